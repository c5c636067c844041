from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class VoteRuleQuerySet(models.QuerySet["VoteRule"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def on(self, day: date) -> Self:
        """The one rule of each kind that holds on this day: the latest day, of two of one day the later recorded."""
        begun = self.filter(valid_from__lte=day).order_by("kind", "-valid_from", "-pk").distinct("kind")
        return self.filter(pk__in=begun.values("pk"))

    def newest_first(self) -> Self:
        return self.order_by("-valid_from", "-pk")

    def for_list(self, *, voters: int, exempt: int, present: int) -> Self:
        """Each with `may_be_put`: whether so many present of so many entitled are enough, as the database counts."""
        entitled = models.Case(models.When(counts_exempt=True, then=Value(voters)), default=Value(voters - exempt))
        enough = Func(
            Value(present),
            entitled,
            F("present_of"),
            F("present_in"),
            F("present_is_more"),
            function="partybranch_reaches",
            output_field=BooleanField(),
        )
        return self.annotate(may_be_put=enough)


class VoteRule(models.Model):
    """Who must be there and what carries, for one kind of vote from a day on. Never edited: a new row follows.

    Fractions are two whole numbers each: `present_of` / `present_in` of those entitled must be there, or more than
    that; `carry_of` / `carry_in` of the base must be in favour, or more. The database counts every vote by the rule
    of its day (中国共产党支部工作条例（试行） art. 11 knows two different comparisons on two bases).
    """

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary resolution")
        ADMISSION = "admission", _("admission of a probationary member")
        PROBATION = "probation", _("confirmation, extension or cancellation of probation")
        ELECTION = "election", _("election")
        DISCIPLINE = "discipline", _("disciplinary measure")

    class Base(models.TextChoices):
        ENTITLED = "entitled", _("those entitled who should attend")
        PRESENT = "present", _("those entitled who are present")

    kind = models.CharField(_("kind of vote"), max_length=10, choices=Kind)
    valid_from = models.DateField(_("valid from"))
    present_of = models.PositiveSmallIntegerField(_("part of those entitled that must be present"))
    present_in = models.PositiveSmallIntegerField(_("out of"))
    present_is_more = models.BooleanField(_("more than this part is asked for"))
    carry_of = models.PositiveSmallIntegerField(_("part that must be in favour"))
    carry_in = models.PositiveSmallIntegerField(_("out of"))
    carry_is_more = models.BooleanField(_("more than this part is asked for"))
    carry_base = models.CharField(_("counted against"), max_length=8, choices=Base)
    counts_written = models.BooleanField(_("written opinions given before the meeting count as votes"))
    counts_exempt = models.BooleanField(_("who has no hard requirement to attend counts among those entitled"))
    source = models.CharField(_("source with article"), max_length=200)
    is_checked = models.BooleanField(_("compared with the text of the source"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = VoteRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of votes")
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "-valid_from", "-id"], name="vote_rule_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=Q(present_of__gt=0, present_in__gt=0, present_of__lte=F("present_in")),
                name="vote_rule_present_is_part",
                violation_error_message=_("The part that must be present lies between nothing and the whole."),
            ),
            models.CheckConstraint(
                condition=Q(carry_of__gt=0, carry_in__gt=0, carry_of__lte=F("carry_in")),
                name="vote_rule_carry_is_part",
                violation_error_message=_("The part that must be in favour lies between nothing and the whole."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="vote_rule_has_source",
                violation_error_message=_("Say which rule or decision this comes from, with its article."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:vote_rules")
