from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partybranch.models.register_row import RegisterRow


class Thanks(RegisterRow):
    """A letter of thanks or a banner that somebody sent."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("letter of thanks")
        BANNER = "banner", _("banner of thanks")

    WORD = "thanks"
    SEARCHED = ("from_whom", "about", "text", "kept_at", "note")

    kind = models.CharField(_("letter or banner"), max_length=12, choices=Kind)
    from_whom = models.CharField(_("giver of the thanks"), max_length=100)
    about = models.CharField(_("for what"), max_length=200)
    text = models.TextField(_("wording"), max_length=5000, blank=True)
    kept_at = models.CharField(_("where it hangs or is kept"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(RegisterRow.Meta):
        verbose_name = _("letter or banner of thanks")
        default_permissions = ()
        indexes = [models.Index(fields=["-listed_on", "-id"], name="thanks_list")]
        constraints = [
            *RegisterRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(from_whom="") & ~Q(about=""),
                name="thanks_is_whole",
                violation_error_message=_("Say from whom the thanks came, and for what."),
            ),
        ]
