"""What the search over everything finds among donors, gifts and platform orders: the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from donations.lists.donors import found_donors
from donations.lists.searching import searched
from donations.models import Donation, Donor, PlatformOrder
from hebi_charity.core.names import name_key
from hebi_charity.core.paging import in_order
from hebi_charity.core.registry import SEARCH_HITS, SearchHit

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

HITS = SEARCH_HITS + 1


def donors(user: User, text: str) -> list[SearchHit]:
    """Donors by name, pinyin or the tail of the telephone."""
    rows = found_donors(Donor.objects.visible_to(user).not_merged(), text)
    found = in_order(rows, "id", descending=True)[:HITS]
    return [
        SearchHit(
            donor.name,
            f"{donor.get_kind_display()} ···{donor.phone_tail}" if donor.phone_tail else donor.get_kind_display(),
            donor.get_absolute_url(),
            _("Donors"),
        )
        for donor in found
    ]


def gifts(user: User, text: str) -> list[SearchHit]:
    """Gifts as the box of their own list finds them."""
    rows = Donation.objects.visible_to(user).select_related("donor", "kind")
    found = in_order(searched(rows, text), "donated_on", descending=True)[:HITS]
    return [
        SearchHit(
            gift.donation_no,
            f"{gift.donor.name if gift.donor else gift.kind.name} {gift.amount:,.2f} {gift.donated_on}",
            gift.get_absolute_url(),
            _("Gifts"),
        )
        for gift in found
    ]


def orders(user: User, text: str) -> list[SearchHit]:
    """Payments of a platform, POS or bank list, by order number or its last six characters, or by name."""
    rows = PlatformOrder.objects.visible_to(user).select_related("donation")
    found = list(rows.numbered(text)[:HITS]) or rows.newest_holding(name_key(text), limit=HITS)
    return [
        SearchHit(
            order.order_no or order.nickname,
            f"{order.nickname} {order.amount:,.2f} {order.donated_on}（{order.donation.donation_no}）",
            _address(order),
            _("Platform orders"),
        )
        for order in found
    ]


def _address(order: PlatformOrder) -> str:
    """The order on its pool's page; a nickname stays out of the address."""
    page = reverse("donations:order_list", args=[order.donation_id])
    return f"{page}?{urlencode({'q': order.order_no})}" if order.order_no else page
