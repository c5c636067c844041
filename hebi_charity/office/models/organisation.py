from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """The one organisation this installation serves. Its row is made by the first-start wizard or the demonstration."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("full name"), max_length=80)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    public_fundraising_since = models.DateField(
        _("public fundraising status since"),
        null=True,
        blank=True,
        help_text=_("Leave empty when the organisation does not hold the status."),
    )
    books_from = models.DateField(_("books begin in the month of"))
    set_up_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="organisation_only_one",
                violation_error_message=_("There is one organisation only."),
            ),
            models.CheckConstraint(
                condition=Q(books_from__day=1),
                name="organisation_books_from_first_of_month",
                violation_error_message=_("The books begin on the first day of a month."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
