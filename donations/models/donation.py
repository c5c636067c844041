from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from donations.models.donation_queries import DonationQuerySet
from donations.models.donation_rules import INDEXES, RULES
from donations.models.income_kind import IncomeKind
from hebi_charity.core.masking import mask_name


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
        indexes = INDEXES
        constraints = RULES

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

    def has_slip(self) -> bool:
        """Whether a slip may be handed out: not for money that was voided, reversed or came back (退票)."""
        is_single_gift = self.kind_id == IncomeKind.GIFT and self.shape == self.Shape.SINGLE
        is_gone = self.state == self.State.VOIDED or self.arrival == self.Arrival.BOUNCED or self.is_reversed()
        return is_single_gift and not is_gone

    def is_awaited(self) -> bool:
        """Whether it is reviewed and its money is still awaited (a cheque)."""
        return self.state == self.State.REVIEWED and self.arrival == self.Arrival.PENDING and not self.is_reversed()
