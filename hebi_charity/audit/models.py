"""The log of acts: who did what to which row, and who looked at whose data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

ACCOUNTS = "accounts."


def today_in_shanghai() -> Cast:
    """The day of an act by the database's clock, for `Entry.on`."""
    return Cast(Func(Value("Asia/Shanghai"), Now(), function="timezone"), models.DateField())


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: User) -> Self:
        """The auditor reads the charity's side, the administrator what concerns log-ins, the branch its own."""
        allowed = Q(pk__in=[])
        if user.has_perm("audit.view_entry"):
            allowed |= Q(side=Entry.Side.CHARITY)
        if user.has_perm("audit.view_account_entries"):
            allowed |= Q(side=Entry.Side.CHARITY, object_type__startswith=ACCOUNTS)
        if user.has_perm("audit.view_party_entries"):
            allowed |= Q(side=Entry.Side.PARTY)
        return self.filter(allowed)

    def of(self, row: models.Model) -> Self:
        """The history of one record, oldest first."""
        return self.filter(object_type=row._meta.label_lower, object_id=row.pk).order_by("pk")

    def found(
        self,
        *,
        person: str = "",
        act: str = "",
        record: str = "",
        since: date | None = None,
        until: date | None = None,
    ) -> Self:
        """Search: part of a name or account, the act, the beginning of the record's label, first and last day."""
        entries = self
        if person:
            # The few people first: joined, the log itself would be read to its end for a rare name.
            people = get_user_model()._default_manager.filter(
                Q(full_name__icontains=person) | Q(username__icontains=person)
            )
            entries = entries.filter(actor__in=list(people.values_list("pk", flat=True)))
        conditions = {"act": act, "object_label__startswith": record, "on__gte": since, "on__lte": until}
        return entries.filter(**{name: value for name, value in conditions.items() if value})

    def reveals(self) -> Self:
        """Every time somebody looked at personal data in full."""
        return self.filter(act=Entry.VIEWED)


class Entry(models.Model):
    """One human act. Inserted in the transaction of the act itself and never changed.

    Holds no personal data: the label names the record by number, personal fields are masked with a keyed hash.
    A bulk act (an import, an export, a review of many) is one entry with its count, sums and digest.
    """

    VIEWED = "personal_data.viewed"

    class Side(models.TextChoices):
        CHARITY = "charity", _("charity")
        PARTY = "party", _("Party branch")

    at = models.DateTimeField(_("time"), db_default=Now(), editable=False)
    on = models.DateField(_("day"), db_default=today_in_shanghai(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+", null=True
    )
    act = models.CharField(_("act"), max_length=60, db_collation="C")
    object_type = models.CharField(_("kind of record"), max_length=80, blank=True, db_collation="C")
    object_id = models.BigIntegerField(_("record"), null=True)
    object_label = models.CharField(_("record"), max_length=120, blank=True, db_collation="C")
    changes = models.JSONField(_("changes"), default=dict, encoder=DjangoJSONEncoder)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    side = models.CharField(_("side"), max_length=10, choices=Side, default=Side.CHARITY)
    count = models.PositiveIntegerField(_("rows"), null=True)
    sums = models.JSONField(_("sums"), default=dict, encoder=DjangoJSONEncoder)
    digest = models.CharField(_("digest of the rows"), max_length=64, blank=True, db_collation="C")
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, db_collation="C")
    import_ref = models.BigIntegerField(_("import"), null=True)
    import_row = models.PositiveIntegerField(_("row of the file"), null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the log")
        verbose_name_plural = _("log of acts")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [
            ("view_account_entries", _("Can read what concerns log-ins and roles in the log")),
            ("view_party_entries", _("Can read the Party branch's side of the log")),
            ("export_entry", _("Can export the log")),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="entry_of_object"),
            models.Index(fields=["actor", "on", "id"], name="entry_of_actor"),
            models.Index(fields=["act", "on", "id"], name="entry_of_act"),
            models.Index(fields=["on", "id"], name="entry_of_day"),
            models.Index(fields=["object_label", "id"], name="entry_of_label"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=["charity", "party"]),
                name="entry_side_known",
                violation_error_message=_("An entry of the log belongs to the charity or to the Party branch."),
            ),
            # Who belongs to the Party is nobody's business outside the branch (个人信息保护法 art. 28).
            models.CheckConstraint(
                condition=~Q(object_type__regex=r"^partybranch\.") | Q(side="party"),
                name="entry_of_branch_on_its_side",
                violation_error_message=_("What concerns the Party branch stands on its own side of the log."),
            ),
            models.CheckConstraint(
                condition=Q(object_id__isnull=True) | ~Q(object_type=""),
                name="entry_object_has_type",
                violation_error_message=_("An entry of the log that names a record must name its kind."),
            ),
            models.CheckConstraint(
                condition=~Q(act="personal_data.viewed") | ~Q(reason=""),
                name="entry_view_has_reason",
                violation_error_message=_("Looking at personal data in full needs a reason."),
            ),
            models.CheckConstraint(
                condition=Q(import_row__isnull=True) | Q(import_ref__isnull=False),
                name="entry_import_row_has_import",
                violation_error_message=_("A row number of a file needs its import."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.object_label}"


class DaySeal(models.Model):
    """The close of one day of the log: a keyed seal over its entries, chained to the day before. Never changed.

    Days without entries have one too, so that none can be taken away. `count` is entries, `digest` the SHA-256 over
    them, `before` the seal of the day before ("" for the first).
    """

    day = models.DateField(_("day"), unique=True)
    count = models.PositiveIntegerField(_("entries"))
    first_entry = models.BigIntegerField(_("first entry"), null=True)
    last_entry = models.BigIntegerField(_("last entry"), null=True)
    digest = models.CharField(_("digest of the entries"), max_length=64, db_collation="C")
    before = models.CharField(_("seal of the day before"), max_length=64, blank=True, db_collation="C")
    seal = models.CharField(_("seal"), max_length=64, db_collation="C")
    sealed_at = models.DateTimeField(_("sealed at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("sealed day of the log")
        verbose_name_plural = _("sealed days of the log")
        ordering = ["day"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
