from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hebi_charity.imports.models import Import
from partybranch.models.membership import Membership
from partybranch.models.person import Person
from partybranch.models.question import Question

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class LoadedRowQuerySet(models.QuerySet["LoadedRow"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def of_import(self, imported: Import) -> Self:
        return self.filter(source_import=imported).order_by("row_no")

    def still_there(self) -> Self:
        """What counts of an import: all it made, of one that was taken back what was not withdrawn."""
        is_live = Q(membership__withdrawn_at__isnull=True) & Q(question__withdrawn_at__isnull=True)
        return self.exclude(Q(source_import__state=Import.State.UNDONE) & ~is_live)


class LoadedRow(models.Model):
    """What one row of a loaded file became: a person with the stay that begins it, or a question. Never changed.

    `made` are the keys of all binding rows that were recorded with the person, by model, so that the whole can be taken
    back.
    """

    source_import = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="+", db_index=False)
    row_no = models.PositiveIntegerField(_("line"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", null=True)
    made = models.JSONField(default=dict)

    objects = LoadedRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row taken in from a file")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["source_import", "row_no"],
                name="loaded_row_once",
                violation_error_message=_("This line of the file was taken in already."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, membership__isnull=False, question__isnull=True)
                | Q(person__isnull=True, membership__isnull=True, question__isnull=False),
                name="loaded_row_person_or_question",
                violation_error_message=_("A line of a file became a person or a question."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
