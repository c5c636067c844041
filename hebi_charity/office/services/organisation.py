"""The organisation this office serves: set up once, changed later with an entry in the log."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from hebi_charity.core.acts import record_act
from hebi_charity.office.models import Organisation
from hebi_charity.office.services.periods import open_books

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@transaction.atomic
def set_up_organisation(*, by: AbstractBaseUser, books_from: date, **facts: object) -> Organisation:
    """Name the organisation and open its books with a month. Raises IntegrityError when it was set up before."""
    organisation = Organisation(books_from=books_from.replace(day=1), **facts)
    organisation.save(force_insert=True)
    open_books(organisation.books_from)
    told = ("name", "credit_code", "public_fundraising_since", "books_from")
    changes = {name: (None, getattr(organisation, name)) for name in told}
    record_act(by, "organisation.set_up", organisation, changes=changes)
    return organisation
