from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partybranch.models.register_row import RegisterRow


class PressReport(RegisterRow):
    """One report about us in a newspaper, on a page or on the air: a line of the 宣传报道台账."""

    class Level(models.TextChoices):
        CENTRAL = "central", _("central medium")
        PROVINCIAL = "provincial", _("provincial medium")
        CITY = "city", _("city medium")
        COUNTY = "county", _("county medium")
        INDUSTRY = "industry", _("medium of the trade")
        OWN = "own", _("own page or account")

    WORD = "press"
    SEARCHED = ("medium", "title", "author", "text", "note")

    medium = models.CharField(_("medium"), max_length=60)
    level = models.CharField(_("level of the medium"), max_length=10, choices=Level)
    title = models.CharField(_("title of the report"), max_length=200)
    author = models.CharField(_("author"), max_length=60, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    text = models.TextField(_("what it says, to be quoted"), max_length=5000, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(RegisterRow.Meta):
        verbose_name = _("press report")
        default_permissions = ()
        indexes = [models.Index(fields=["-listed_on", "-id"], name="press_list")]
        constraints = [
            *RegisterRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(medium="") & ~Q(title=""),
                name="press_is_whole",
                violation_error_message=_("A report names its medium and its title."),
            ),
        ]
