from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Round
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from donations.models.income_kind import IncomeKind
from donations.models.name_grams import NamedQuerySet, NameGrams
from hebi_charity.accounts.models import User
from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.core.local_day import LocalDay
from hebi_charity.core.masking import mask_name
from hebi_charity.office.services.numbers import NUMBER_DIGITS, numbers_ending

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model


class DonationQuerySet(NamedQuerySet["Donation"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("donations.view_donation") else self.none()

    def of_donor(self, donor: Model) -> Self:
        return self.filter(donor=donor)

    def of_donors(self, donors: Iterable[Model]) -> Self:
        return self.filter(donor__in=[donor.pk for donor in donors])

    def single(self) -> Self:
        return self.filter(shape=Donation.Shape.SINGLE)

    def of_query_code(self, code: str) -> Donation | None:
        return self.filter(query_code=code).first()

    def pools(self) -> Self:
        return self.filter(shape=Donation.Shape.POOL)

    def printable(self) -> Self:
        """Gifts of one donor that have a slip: a voided one has none any more."""
        return self.gifts().filter(shape=Donation.Shape.SINGLE).exclude(state=Donation.State.VOIDED)

    def gifts(self) -> Self:
        return self.filter(kind=IncomeKind.GIFT)

    def other_income(self) -> Self:
        return self.exclude(kind=IncomeKind.GIFT)

    def of_fund(self, fund: Model) -> Self:
        """Documents with a part for this fund. A fund is named once in a document, so no row comes twice."""
        return self.filter(allocations__fund=fund)

    def of_campaign(self, campaign: Model) -> Self:
        return self.filter(campaign=campaign)

    def registered(self) -> Self:
        return self.filter(state=Donation.State.REGISTERED)

    def reviewed(self) -> Self:
        return self.filter(state=Donation.State.REVIEWED)

    def not_reversed(self) -> Self:
        return self.filter(reversal__isnull=True)

    def awaiting_review_by(self, user: User) -> Self:
        """What another person recorded, and nobody but others changed: two accounts of one person are one."""
        own = User.objects.accounts_of_same_person(user).values("pk")
        changed = Entry.objects.filter(
            object_type="donations.donation", object_id=OuterRef("pk"), act="donation.changed", actor__in=own
        )
        return self.registered().exclude(recorded_by__in=own).exclude(Exists(changed))

    def returned_to(self, user: User) -> Self:
        return self.filter(state=Donation.State.RETURNED, recorded_by=user)

    def awaiting_arrival(self) -> Self:
        return self.reviewed().not_reversed().filter(arrival=Donation.Arrival.PENDING)

    def numbered(self, text: str) -> Self:
        """Documents with exactly this number, query code, or cheque, bank or order number."""
        return self.filter(Q(donation_no=text) | Q(query_code=text.upper()) | Q(voucher_no=text) & ~Q(voucher_no=""))

    def ending(self, digits: str) -> Self:
        """Documents by the last digits of the number: 41 or 000041 for …-000041; four and more find every such one."""
        if not (digits.isascii() and digits.isdigit() and len(digits) <= NUMBER_DIGITS):
            return self.none()
        return self.filter(donation_no__in=numbers_ending(digits, kinds=("donation", "income")))

    def among(self, rows: Iterable[Donation]) -> Self:
        return self.filter(pk__in=[row.pk for row in rows])

    def overdue(self, *, days: int) -> Self:
        """Awaited money that was given longer ago than this."""
        return self.awaiting_arrival().filter(donated_on__lt=dates.today() - timedelta(days=days))

    def booked_between(self, first: object, last: object) -> Self:
        return self.reviewed().filter(booked_on__range=(first, last))


class Donation(models.Model):
    """Money that came in once (收款): a gift of one donor, a pool of platform orders, or other income.

    It is numbered when it is saved, binds when another person reviews it, and is never deleted: before review it is
    voided with a reason, afterwards reversed by a document. Only gifts have donors; every kind goes to funds.
    Amounts are yuan; `person_times` are 人次.
    """

    PERSONAL_FIELDS = {"payer_name": mask_name, "public_name": mask_name}

    class Shape(models.TextChoices):
        SINGLE = "single", _("single document")
        POOL = "pool", _("pool of orders")

    class State(models.TextChoices):
        REGISTERED = "registered", _("awaiting review")
        RETURNED = "returned", _("returned")
        REVIEWED = "reviewed", _("reviewed")
        VOIDED = "voided", _("voided")
        MERGING = "merging", _("being merged into the books")

    class Arrival(models.TextChoices):
        ARRIVED = "arrived", _("arrived")
        PENDING = "pending", _("not arrived yet")
        BOUNCED = "bounced", _("bounced")
        PLATFORM = "platform", _("raised on a platform, settled apart")

    class Channel(models.TextChoices):
        CASH = "cash", _("cash")
        BANK = "bank", _("bank transfer")
        CHEQUE = "cheque", _("cheque")
        WECHAT = "wechat", _("WeChat")
        ALIPAY = "alipay", _("Alipay")
        POS = "pos", _("POS or QR code")
        PLATFORM = "platform", _("online platform")
        POST = "post", _("post office")

    class PayerRelation(models.TextChoices):
        SELF = "", _("the donor pays")
        PASSED_ON = "passed_on", _("passed on by another")
        ON_BEHALF = "on_behalf", _("given on behalf of another")
        SENDER = "sender", _("pays in its own name, no gift")

    class PublicMode(models.TextChoices):
        FULL = "full", _("under the real name")
        SURNAME = "surname", _("surname only")
        ANONYMOUS = "anonymous", _("anonymous")
        CUSTOM = "custom", _("a public name of the donor's choice")
        NONE = "none", _("does not apply")

    class ReceiptDisposition(models.TextChoices):
        PENDING = "pending", _("bill to be issued")
        WAIVED = "waived", _("the donor says no bill is needed")
        ANONYMOUS = "anonymous", _("anonymous, no bill")
        NOT_RECEIPTABLE = "not_receiptable", _("may not have a bill")
        PLATFORM = "platform", _("the platform issues it on request")

    donation_no = models.CharField(_("number"), max_length=20, unique=True, db_collation="C", editable=False)
    query_code = models.CharField(_("query code"), max_length=6, unique=True, db_collation="C", editable=False)
    shape = models.CharField(max_length=6, choices=Shape, default=Shape.SINGLE, editable=False)
    kind = models.ForeignKey("donations.IncomeKind", on_delete=models.PROTECT, verbose_name=_("kind of receipt"))
    donor = models.ForeignKey(
        "donations.Donor", on_delete=models.PROTECT, related_name="donations", null=True, verbose_name=_("donor")
    )
    # The donor's name as it is compared, kept here by the database so that lists need not look it up (0003).
    name_key = models.CharField(max_length=120, blank=True, db_default="", editable=False)
    payer_name = models.CharField(_("paid by"), max_length=120, blank=True)
    payer_relation = models.CharField(_("payer's part"), max_length=10, choices=PayerRelation, blank=True)
    campaign = models.ForeignKey(
        "donations.Campaign",
        on_delete=models.PROTECT,
        related_name="donations",
        null=True,
        blank=True,
        verbose_name=_("campaign"),
    )
    channel = models.CharField(_("way of payment"), max_length=12, choices=Channel)
    voucher_no = models.CharField(_("cheque, bank or order number"), max_length=64, blank=True, db_collation="C")
    amount = models.DecimalField(_("amount (yuan)"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    foreign_amount = models.DecimalField(
        _("amount in foreign currency"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    booked_rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8, null=True, blank=True)
    person_times = models.PositiveIntegerField(_("person-times"), default=1)
    order_count = models.PositiveIntegerField(null=True, editable=False)
    orders_digest = models.CharField(max_length=64, blank=True, editable=False)
    donated_on = models.DateField(_("given on"))
    donated_at = models.DateTimeField(_("given at"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    booked_on = models.DateField(_("booked on"), null=True, editable=False)
    arrival = models.CharField(_("arrival"), max_length=8, choices=Arrival, default=Arrival.ARRIVED)
    arrival_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    public_mode = models.CharField(_("how it is published"), max_length=10, choices=PublicMode)
    public_name = models.CharField(_("public name"), max_length=60, blank=True)
    hides_amount = models.BooleanField(_("amount is not published"), default=False)
    consent = models.ForeignKey(
        "office.DatedSetting",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("sentence read to the donor"),
    )
    receipt_disposition = models.CharField(_("donation bill"), max_length=16, choices=ReceiptDisposition)
    note = models.CharField(_("note"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REGISTERED, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_on = models.DateField(editable=False)
    returned_reason = models.CharField(max_length=200, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    reviewed_at = models.DateTimeField(null=True, editable=False)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    voided_at = models.DateTimeField(null=True, editable=False)
    void_reason = models.CharField(max_length=200, blank=True, editable=False)
    reversal = models.ForeignKey(
        "donations.Reversal", on_delete=models.PROTECT, related_name="reversed_donations", null=True, editable=False
    )
    content_key = models.BinaryField(max_length=32, null=True, editable=False)
    occurrence = models.PositiveIntegerField(default=1, editable=False)
    loose_key = models.BigIntegerField(null=True, editable=False)
    # `import` is a word of the language.
    source_import = models.ForeignKey(
        "imports.Import",
        on_delete=models.PROTECT,
        related_name="donations",
        db_column="import_id",
        db_index=False,
        null=True,
        editable=False,
        verbose_name=_("import record"),
    )
    import_row = models.PositiveIntegerField(_("line of the file"), null=True, editable=False)
    printed_times = models.PositiveSmallIntegerField(_("times printed"), default=0, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)

    objects = DonationQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift")
        permissions = [
            ("review_donation", "May review what another recorded"),
            ("void_donation", "May void a gift before review"),
            ("record_income", "May record money that is no gift"),
            ("record_arrival", "May record that money arrived or bounced"),
            ("export_donations", "May export lists of gifts"),
        ]
        indexes = [
            models.Index(fields=["-donated_on", "-id"], name="donation_list"),
            models.Index(fields=["-amount", "-id"], name="donation_by_amount"),
            models.Index(fields=["donor", "-donated_on"], name="donation_by_donor"),
            models.Index(fields=["booked_on", "id"], condition=Q(booked_on__isnull=False), name="donation_booked"),
            models.Index(fields=["campaign", "donated_on"], name="donation_by_campaign"),
            models.Index(fields=["state", "id"], condition=~Q(state="reviewed"), name="donation_open_work"),
            GinIndex(NameGrams("name_key", Value(0)), name="donation_name_grams"),
            models.Index(fields=["voucher_no"], condition=~Q(voucher_no=""), name="donation_voucher"),
            models.Index(
                fields=["loose_key"],
                condition=Q(loose_key__isnull=False, reversal__isnull=True),
                name="donation_loose",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="donation_amount_positive",
                violation_error_message=_("The amount must be greater than 0."),
            ),
            models.CheckConstraint(
                condition=Q(currency="CNY", foreign_amount__isnull=True, booked_rate__isnull=True)
                | Q(
                    ~Q(currency="CNY"),
                    currency__regex="^[A-Z]{3}$",
                    foreign_amount__isnull=False,
                    booked_rate__isnull=False,
                    foreign_amount__gt=0,
                    booked_rate__gt=0,
                    amount=Round(F("foreign_amount") * F("booked_rate"), 2, output_field=models.DecimalField()),
                ),
                name="donation_foreign_amount_matches",
                violation_error_message=_(
                    "A gift in foreign currency needs its amount and rate, and the yuan must equal amount times rate."
                ),
            ),
            models.CheckConstraint(
                condition=Q(shape="pool", donor__isnull=True, order_count__isnull=False, order_count__gt=0)
                | Q(shape="single", order_count__isnull=True, orders_digest=""),
                name="donation_pool_has_orders",
                violation_error_message=_("A pool has orders and no donor; a single gift has no orders."),
            ),
            models.CheckConstraint(
                condition=Q(shape="pool") | Q(kind="donation", donor__isnull=False) | ~Q(kind="donation"),
                name="donation_gift_has_donor",
                violation_error_message=_("A gift needs a donor; choose 匿名 when nobody is to be named."),
            ),
            models.CheckConstraint(
                condition=Q(kind="donation") | Q(donor__isnull=True, public_mode="none", person_times=0),
                name="donation_other_income_has_no_donor",
                violation_error_message=_("Only gifts have donors and person-times."),
            ),
            models.CheckConstraint(
                condition=Q(payer_relation="", payer_name="") | (~Q(payer_relation="") & ~Q(payer_name="")),
                name="donation_payer_has_relation",
                violation_error_message=_("Say who paid and whether the money was passed on or given on behalf."),
            ),
            models.CheckConstraint(
                condition=(Q(public_mode="custom") & ~Q(public_name=""))
                | (~Q(public_mode="custom") & Q(public_name="")),
                name="donation_custom_public_name",
                violation_error_message=_("Give the public name the donor wishes, or choose another way."),
            ),
            models.CheckConstraint(
                condition=Q(arrival__in=["arrived"], received_on__isnull=False)
                | Q(arrival__in=["pending", "bounced", "platform"], received_on__isnull=True),
                name="donation_arrived_has_day",
                violation_error_message=_("Money that arrived has the day it was received; other money has none yet."),
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("donated_on")),
                name="donation_received_after_given",
                violation_error_message=_("The money cannot be received before it was given."),
            ),
            models.CheckConstraint(
                condition=Q(donated_at__isnull=True) | Q(donated_on=LocalDay("donated_at")),
                name="donation_given_same_day",
                violation_error_message=_("The day and the moment of the gift do not agree."),
            ),
            models.CheckConstraint(
                condition=(Q(state="reviewed", reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(seal=""))
                | (
                    ~Q(state="reviewed")
                    & Q(reviewed_by__isnull=True, reviewed_at__isnull=True, seal="", reversal__isnull=True)
                ),
                name="donation_reviewed_has_reviewer",
                violation_error_message=_("A reviewed gift names its reviewer and is sealed."),
            ),
            models.CheckConstraint(
                condition=Q(state="reviewed", arrival="arrived", booked_on__isnull=False)
                | ((~Q(state="reviewed") | ~Q(arrival="arrived")) & Q(booked_on__isnull=True)),
                name="donation_booked_when_reviewed_and_arrived",
                violation_error_message=_("A gift is booked when it is reviewed and its money has arrived."),
            ),
            models.CheckConstraint(
                condition=Q(booked_on__isnull=True) | Q(booked_on__gte=F("received_on")),
                name="donation_booked_after_received",
                violation_error_message=_("A gift cannot be booked before it was received."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("recorded_by")),
                name="donation_maker_is_not_checker",
                violation_error_message=_("The person who recorded a gift cannot review it. Ask a colleague."),
            ),
            models.CheckConstraint(
                condition=Q(arrival_by__isnull=True) | ~Q(arrival_by=F("recorded_by")),
                name="donation_arrival_by_another",
                violation_error_message=_(
                    "The person who recorded a gift cannot record its arrival. Ask the cashier or the accountant."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(state="voided", voided_by__isnull=False, voided_at__isnull=False) & ~Q(void_reason=""))
                | (~Q(state="voided") & Q(voided_by__isnull=True, voided_at__isnull=True, void_reason="")),
                name="donation_voided_has_reason",
                violation_error_message=_("Give the reason for voiding."),
            ),
            models.CheckConstraint(
                condition=Q(state="returned") & ~Q(returned_reason="") | ~Q(state="returned"),
                name="donation_returned_has_reason",
                violation_error_message=_("Say what is to be changed."),
            ),
            models.UniqueConstraint(
                fields=["content_key", "occurrence"],
                condition=Q(reversal__isnull=True, content_key__isnull=False) & ~Q(state="voided"),
                name="donation_content_once",
                violation_error_message=_("This row of a list is known already."),
            ),
            models.UniqueConstraint(
                fields=["source_import", "import_row"],
                name="donation_import_row_once",
                violation_error_message=_("This line of the file is a gift already."),
            ),
            models.UniqueConstraint(
                fields=["source_import", "donated_on"],
                condition=Q(shape="pool"),
                name="donation_one_pool_a_day_per_import",
                violation_error_message=_("The file has a pool for this day already."),
            ),
            models.CheckConstraint(
                condition=Q(source_import__isnull=True, import_row__isnull=True)
                | Q(source_import__isnull=False, shape="pool", import_row__isnull=True)
                | Q(source_import__isnull=False, shape="single", import_row__isnull=False),
                name="donation_import_and_row",
                violation_error_message=_("A gift from a file names the import and its line, a pool the import."),
            ),
            models.CheckConstraint(
                condition=~Q(state="merging") | Q(shape="pool", source_import__isnull=False),
                name="donation_merging_is_pool",
                violation_error_message=_("Only a pool of an import can be in the course of being merged."),
            ),
        ]

    def __str__(self) -> str:
        return self.donation_no

    def get_absolute_url(self) -> str:
        return reverse("donations:detail", args=[self.pk])

    def audit_label(self) -> str:
        return self.donation_no

    def named_as(self) -> str:
        """The donor as the donor wishes to be named in public and on the slip; "" for money without a donor."""
        if self.donor is None:
            return ""
        return {
            self.PublicMode.SURNAME: mask_name(self.donor.name),
            self.PublicMode.ANONYMOUS: str(_("a kind person")),
            self.PublicMode.CUSTOM: self.public_name,
        }.get(self.public_mode, self.donor.name)

    def is_reversed(self) -> bool:
        return self.reversal_id is not None

    def is_changeable(self) -> bool:
        """Whether nobody has reviewed or voided it: it can still be changed."""
        return self.state in {self.State.REGISTERED, self.State.RETURNED}

    def is_awaited(self) -> bool:
        """Whether it is reviewed and its money is still awaited (a cheque)."""
        return self.state == self.State.REVIEWED and self.arrival == self.Arrival.PENDING and not self.is_reversed()

    def counts_as_arrived(self) -> bool:
        """Whether totals, bills and balances may count it: reviewed, arrived and not reversed."""
        return self.state == self.State.REVIEWED and self.arrival == self.Arrival.ARRIVED and not self.is_reversed()
