from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet
from partybranch.models.branch import Branch
from partybranch.models.dated import Dated
from partybranch.models.person import Person

if TYPE_CHECKING:
    from datetime import date


class HonourQuerySet(BindingQuerySet):
    def with_bodies(self) -> Self:
        """Each with who received it and who gave it."""
        return self.select_related("branch", "person").prefetch_related("grantors")

    def of_person(self, person: Person) -> Self:
        """What this person received, the newest first."""
        return self.filter(person=person).order_by("-listed_on", "-pk")

    def standing(self) -> Self:
        """What was neither withdrawn nor revoked."""
        return self.live().filter(revoked_on__isnull=True)

    def due_by(self, day: date) -> Self:
        """What is in force and whose next review or end is due by this day."""
        return self.standing().filter(Q(review_due_on__lte=day) | Q(valid_until__lte=day))

    def containing(self, text: str) -> Self:
        """Whose title, bodies, numbers or period hold the text."""
        given_by = HonourGrantor.objects.filter(honour=OuterRef("pk"), name__icontains=text)
        columns = ("title", "period_label", "document_no", "document_title", "certificate_no", "grantor_note", "note")
        columns = (*columns, "awarded_as")
        found = Q(Exists(given_by)) | Q(person__name__icontains=text) | Q(branch__name__icontains=text)
        for column in columns:
            found |= Q(**{f"{column}__icontains": text})
        return self.filter(found)


class Honour(Dated, Binding):
    """An honour of the branch, the federation or a person. Recorded once, withdrawn or revoked, never edited.

    Commendations of Party and government organs are controlled projects (国家功勋荣誉表彰条例,
    评比达标表彰活动管理办法): what a social organisation awards is an honour of the trade, and a place in a list
    is a `Ranking`.
    """

    class Level(models.TextChoices):
        NATIONAL = "national", _("national")
        PROVINCIAL = "provincial", _("of province or ministry")
        CITY = "city", _("of city or department")
        COUNTY = "county", _("of county or section")
        UNIT = "unit", _("of a unit or the trade")

    class Nature(models.TextChoices):
        INNER_PARTY = "inner", _("commendation inside the Party")
        PARTY_GOVERNMENT = "government", _("commendation by Party and government")
        INDUSTRY = "industry", _("honour of the trade")
        ACTIVITY = "activity", _("prize of an activity")
        OTHER = "other", _("other honour")

    class Recipient(models.TextChoices):
        BRANCH = "branch", _("the Party branch")
        FEDERATION = "federation", _("the federation")
        PERSON = "person", _("a person")

    class Medium(models.TextChoices):
        CERTIFICATE = "certificate", _("certificate")
        PLAQUE = "plaque", _("plaque")
        BANNER = "banner", _("banner")
        CUP = "cup", _("cup")

    MOST_GRANTORS = 20

    title = models.CharField(_("title of the honour"), max_length=120)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    recipient_kind = models.CharField(_("who received it"), max_length=10, choices=Recipient)
    branch = models.ForeignKey(
        Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="honours", null=True, blank=True
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="honours", null=True, blank=True
    )
    grantor_note = models.CharField(_("note on the bodies"), max_length=60, blank=True)
    grantor_count = models.PositiveSmallIntegerField(editable=False)
    period_label = models.CharField(_("year or activity it stands for"), max_length=60, blank=True)
    document_no = models.CharField(_("number of the document"), max_length=60, blank=True)
    document_title = models.CharField(_("title of the document"), max_length=120, blank=True)
    certificate_no = models.CharField(_("number of the certificate"), max_length=60, blank=True)
    medium = models.CharField(_("what was handed over"), max_length=12, choices=Medium, blank=True)
    kept_at = models.CharField(_("where it hangs or is kept"), max_length=120, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    review_due_on = models.DateField(_("next review due on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    moved_at = models.DateTimeField(null=True, editable=False)
    revoked_on = models.DateField(_("revoked on"), null=True, editable=False)
    revoked_reason = models.CharField(_("why it was revoked"), max_length=200, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    revoked_at = models.DateTimeField(null=True, editable=False)
    # What the recipient was called when it was recorded: the database says so. "" where it was recorded before that.
    awarded_as = models.CharField(max_length=100, blank=True, default="", editable=False)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = _("honour")
        default_permissions = ()
        indexes = [models.Index(fields=["-listed_on", "-id"], name="honour_wall")]
        constraints = [
            *Binding.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title=""),
                name="honour_has_title",
                violation_error_message=_("Give the title of the honour as the certificate has it."),
            ),
            models.CheckConstraint(
                condition=Q(recipient_kind="branch", branch__isnull=False, person__isnull=True)
                | Q(recipient_kind="federation", branch__isnull=True, person__isnull=True)
                | Q(recipient_kind="person", branch__isnull=True, person__isnull=False),
                name="honour_recipient_fits_kind",
                violation_error_message=_("Say who received it: one branch, the federation, or one person."),
            ),
            models.CheckConstraint(
                condition=Q(grantor_count__gte=1, grantor_count__lte=20),
                name="honour_has_grantors",
                violation_error_message=_("An honour names one to twenty bodies that gave it."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("listed_on")),
                name="honour_valid_after_award",
                violation_error_message=_("It cannot end before it was given. Please check the two days."),
            ),
            models.CheckConstraint(
                condition=Q(review_due_on__isnull=True) | Q(review_due_on__gte=F("listed_on")),
                name="honour_review_after_award",
                violation_error_message=_("The next review lies after the award. Please check the two days."),
            ),
            models.CheckConstraint(
                condition=Q(
                    revoked_on__isnull=True, revoked_by__isnull=True, revoked_at__isnull=True, revoked_reason=""
                )
                | (
                    Q(revoked_on__isnull=False, revoked_by__isnull=False, revoked_at__isnull=False)
                    & ~Q(revoked_reason="")
                ),
                name="honour_revoked_has_reason",
                violation_error_message=_("What is revoked names the day, the reason, and who recorded it."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("listed_on")),
                name="honour_revoked_after_award",
                violation_error_message=_("It cannot be revoked before it was given. Please check the day."),
            ),
            models.CheckConstraint(
                condition=Q(moved_by__isnull=True, moved_at__isnull=True)
                | Q(moved_by__isnull=False, moved_at__isnull=False),
                name="honour_moved_has_person",
                violation_error_message=_("A new place names who recorded it, and when."),
            ),
            models.UniqueConstraint(
                fields=["title", "recipient_kind", "branch", "person", "period_label", "listed_on"],
                condition=NOT_WITHDRAWN,
                nulls_distinct=False,
                name="honour_once",
                violation_error_message=_("This honour is recorded already. Please look at the wall first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:honour_detail", args=[self.pk])

    def recipient(self, federation: str) -> str:
        """Who received it, as it was called when the honour was recorded (decision 11); `federation` is its name today.

        One recorded before names were kept is told with today's. Every reader asks this.
        """
        return self.awarded_as or self.recipient_today(federation)

    def recipient_today(self, federation: str) -> str:
        """Who received it, as it is called now."""
        if self.recipient_kind == self.Recipient.BRANCH:
            return self.branch.name
        return self.person.name if self.recipient_kind == self.Recipient.PERSON else federation

    def is_revoked(self) -> bool:
        return self.revoked_on is not None

    def bodies(self) -> str:
        """Who gave it, in the order of the certificate, with the note behind."""
        return "、".join(grantor.name for grantor in self.grantors.all()) + self.grantor_note


class HonourGrantor(models.Model):
    """One body that gave an honour, at its place in the order of the certificate. Recorded with the honour."""

    honour = models.ForeignKey(Honour, on_delete=models.PROTECT, related_name="grantors")
    place = models.PositiveSmallIntegerField(_("place in the order"))
    name = models.CharField(_("body that gave it"), max_length=80)

    class Meta:
        verbose_name = _("body that gave an honour")
        default_permissions = ()
        ordering = ["honour", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["honour", "place"],
                name="honour_grantor_place_once",
                violation_error_message=_("Another body stands at this place of the order."),
            ),
            models.UniqueConstraint(
                fields=["honour", "name"],
                name="honour_grantor_once",
                violation_error_message=_("This body is named twice. Please leave one out."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="honour_grantor_has_name",
                violation_error_message=_("A body needs its name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
