"""Donors: made at the counter, found again by strong keys only, never merged on a bare name."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from donations.models import Donation, Donor
from hebi_charity.audit import services as audit
from hebi_charity.core import seals
from hebi_charity.core.encryption import keyed_hash
from hebi_charity.core.names import clean_name, initials, name_key, sort_key
from hebi_charity.core.paging import in_order
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, settle_form_key

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

ANONYMOUS_NAME = "爱心人士"
_ENTERPRISE = ("公司", "集团", "厂", "店", "合作社", "企业", "商行", "超市", "酒店", "饭店", "银行", "事务所")
_ORGANISATION = tuple(
    "局 委员会 办公室 学校 中学 小学 大学 学院 幼儿园 医院 卫生院 协会 商会 学会 基金会 总会 中心 支队 大队 村 街道 "
    "社区 政府 支部 党委 工会 法院 检察院 慈善会 教会 寺 庙".split()
)


@dataclass(frozen=True)
class NewDonor:
    """What the counter types of a donor it did not choose from the list."""

    name: str
    kind: str = ""
    phone: str = ""
    identifier_type: str = ""
    identifier: str = ""
    address: str = ""
    note: str = ""

    def digest(self) -> str:
        """What makes two submissions the same; keyed, because a telephone number alone is soon guessed."""
        return seals.seal(asdict(self))


def guess_kind(name: str) -> str:
    """The kind of donor a name sounds like; the clerk can correct it."""
    cleaned = clean_name(name)
    if not cleaned or cleaned in {ANONYMOUS_NAME, "匿名"}:
        return Donor.Kind.ANONYMOUS
    if cleaned.endswith(_ENTERPRISE):
        return Donor.Kind.ENTERPRISE
    return Donor.Kind.ORGANISATION if cleaned.endswith(_ORGANISATION) else Donor.Kind.PERSON


def anonymous_donor() -> Donor:
    """The one donor that stands for people who do not give a name; made with the shipped data."""
    return Donor.objects.get(kind=Donor.Kind.ANONYMOUS, name=ANONYMOUS_NAME, merged_into__isnull=True)


def fill_keys(donor: Donor) -> Donor:
    """Set the search keys that follow from the name, phone and identifier."""
    donor.name = clean_name(donor.name)
    # One character may become several in a key (㍿ is 株式会社): what does not fit its column is cut.
    donor.name_key, donor.initials = name_key(donor.name)[:120], initials(donor.name)[:120]
    donor.sort_key = sort_key(donor.name)
    donor.phone_hash = keyed_hash(donor.phone, purpose="phone") if donor.phone else ""
    donor.phone_tail = donor.phone[-4:] if donor.phone else ""
    donor.identifier_hash = keyed_hash(donor.identifier, purpose="identifier") if donor.identifier else ""
    return donor


def strong_match(entry: NewDonor) -> Donor | None:
    """The donor this surely is: the same identifier, or the same phone together with the same name."""
    current = Donor.objects.current()
    if entry.identifier:
        found = current.filter(identifier_hash=keyed_hash(entry.identifier, purpose="identifier")).first()
        if found:
            return found
    if entry.phone:
        same_phone = Q(phone_hash=keyed_hash(entry.phone, purpose="phone"))
        return current.filter(same_phone, name_key=name_key(entry.name)).first()
    return None


@transaction.atomic
def find_or_make_donor(entry: NewDonor, *, by: User) -> Donor:
    """The donor with the same strong key, else a new one. A name alone never finds anybody."""
    kind = entry.kind or guess_kind(entry.name)
    if kind == Donor.Kind.ANONYMOUS:
        return anonymous_donor()
    if found := strong_match(entry):
        return found
    return _make(entry, kind=kind, by=by)


def _make(entry: NewDonor, *, kind: str, by: User) -> Donor:
    donor = fill_keys(Donor(**asdict(entry) | {"kind": kind}))
    donor.save()
    audit.record(by, "donor.made", donor)
    return donor


@atomic_with_retry
def register_donor(entry: NewDonor, *, by: User, form_key: UUID) -> Donor:
    """Record a donor before any gift. The same form gives the first result again.

    Raises FormKeyReused, and IntegrityError when another donor has the identifier.
    """
    try:
        claim_form_key(form_key, form="donations.donor", digest=entry.digest(), by=by)
    except AlreadySubmitted as first:
        return Donor.objects.get(pk=first.result_id)
    donor = _make(entry, kind=entry.kind or guess_kind(entry.name), by=by)
    settle_form_key(form_key, donor)
    return donor


def perhaps_same(entry: NewDonor) -> QuerySet[Donor]:
    """Donors on record who may be the one that is being typed."""
    return Donor.objects.perhaps_same(
        name_key=name_key(entry.name),
        phone_hash=keyed_hash(entry.phone, purpose="phone") if entry.phone else "",
        identifier_hash=keyed_hash(entry.identifier, purpose="identifier") if entry.identifier else "",
    )


@atomic_with_retry
def change_donor(donor: Donor, *, by: User, reason: str = "", **fields: str | bool) -> Donor:
    """Correct a donor's own data. Gifts keep pointing at the donor; the log keeps what changed, masked.

    Raises IntegrityError when another donor has the identifier.
    """
    donor = Donor.objects.select_for_update().get(pk=donor.pk)
    before = {name: getattr(donor, name) for name in fields}
    for name, value in fields.items():
        setattr(donor, name, value)
    fill_keys(donor)
    donor.save()
    changes = {name: (before[name], getattr(donor, name)) for name in fields}
    audit.record(by, "donor.changed", donor, changes=changes, reason=reason)
    return donor


def keep_phone(donor: Donor, phone: str, *, by: User) -> bool:
    """Add the telephone typed with a gift to a donor on record who had none. False when another one is there."""
    if not donor.phone:
        change_donor(donor, by=by, phone=phone)
        return True
    return donor.phone == phone


def suggestions(text: str, *, limit: int = 10) -> QuerySet[Donor]:
    """Donors whose name holds the characters, the newest first, or whose pinyin or initials begin so; no count."""
    typed = name_key(text)
    if not typed:
        return Donor.objects.none()
    current = Donor.objects.current().identified()
    if typed.isascii() and typed.isalpha():
        return current.sounding(typed).order_by("sort_key", "id")[:limit]
    return in_order(current.holding(typed), "id", descending=True)[:limit]


def possible_duplicates(*, name: str, amount: Decimal, on: date) -> QuerySet[Donation]:
    """Gifts that may be this one typed before: same name and amount within three days, not voided or reversed."""
    return (
        Donation.objects.not_reversed()
        .exclude(state=Donation.State.VOIDED)
        .filter(
            donor__name_key=name_key(name),
            amount=amount,
            donated_on__range=(on - timedelta(days=3), on + timedelta(days=3)),
        )
        .select_related("donor", "recorded_by")
        .order_by("-donated_on", "-id")[:5]
    )
