from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partybranch.models.register_row import RegisterRow


class Ranking(RegisterRow):
    """The place of the federation among others in a campaign: a result with its source, no certificate."""

    WORD = "rankings"
    SEARCHED = ("activity", "scope", "metric", "result", "source", "note")

    activity = models.CharField(_("campaign or activity"), max_length=120)
    scope = models.CharField(_("among whom"), max_length=60)
    metric = models.CharField(_("ranked by"), max_length=60)
    result = models.CharField(_("own result"), max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"))
    out_of = models.PositiveSmallIntegerField(_("out of how many"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(RegisterRow.Meta):
        verbose_name = _("ranking")
        default_permissions = ()
        indexes = [models.Index(fields=["-listed_on", "-id"], name="ranking_list")]
        constraints = [
            *RegisterRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(activity="") & ~Q(scope="") & ~Q(metric="") & ~Q(source=""),
                name="ranking_is_whole",
                violation_error_message=_("A ranking names the campaign, among whom, by what, and its source."),
            ),
            models.CheckConstraint(
                condition=Q(rank__gte=1),
                name="ranking_from_first",
                violation_error_message=_("A rank is 1 or more."),
            ),
            models.CheckConstraint(
                condition=Q(out_of__isnull=True) | Q(out_of__gte=F("rank")),
                name="ranking_within_all",
                violation_error_message=_("The rank cannot lie behind the number of those ranked."),
            ),
        ]
