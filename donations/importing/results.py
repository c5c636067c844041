"""Where the gifts of an import are found."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from donations.models import Donation
from hebi_charity.imports.models import Import

POOLS_SHOWN = 10


def results(imported: Import) -> list[tuple[str, str]]:
    """The list of its gifts, and the pages of its pools."""
    documents = Donation.objects.filter(source_import=imported)
    pools = documents.filter(shape=Donation.Shape.POOL).order_by("donation_no")[:POOLS_SHOWN]
    found = [(_("Platform gift %(number)s") % {"number": pool.donation_no}, pool.get_absolute_url()) for pool in pools]
    if documents.filter(shape=Donation.Shape.SINGLE).exists():
        query = urlencode({"import_no": imported.import_no})
        found.insert(0, (_("Show the gifts of this import"), f"{reverse('donations:list')}?{query}"))
    return found
