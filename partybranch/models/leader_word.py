from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partybranch.models.register_row import RegisterRow


class LeaderWord(RegisterRow):
    """What a leader wrote or said of our work (领导批示、肯定), with the paper in which it stands."""

    class Kind(models.TextChoices):
        INSTRUCTION = "instruction", _("written instruction")
        PRAISE = "praise", _("words of approval")

    WORD = "words"
    SEARCHED = ("leader", "post", "about", "text", "source", "note")

    kind = models.CharField(_("kind of words"), max_length=12, choices=Kind)
    leader = models.CharField(_("leader"), max_length=40, blank=True)
    post = models.CharField(_("post of the leader"), max_length=80)
    about = models.CharField(_("about what"), max_length=160)
    text = models.TextField(_("wording"), max_length=5000)
    source = models.CharField(_("paper it stands in"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(RegisterRow.Meta):
        verbose_name = _("words of a leader")
        default_permissions = ()
        indexes = [models.Index(fields=["-listed_on", "-id"], name="word_list")]
        constraints = [
            *RegisterRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(post="") & ~Q(about="") & ~Q(text="") & ~Q(source=""),
                name="word_is_whole",
                violation_error_message=_("Words of a leader name the post, the matter, the wording and the paper."),
            ),
        ]
