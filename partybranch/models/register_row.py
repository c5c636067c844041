"""What the registers beside the honours have in common: dated rows, recorded once, withdrawn with a reason."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db.models import Q
from django.urls import reverse

from partybranch.models.binding import Binding, BindingQuerySet
from partybranch.models.dated import Dated


class RegisterQuerySet(BindingQuerySet):
    def containing(self, text: str) -> Self:
        """Rows one of whose texts holds the text."""
        found = Q()
        for column in self.model.SEARCHED:
            found |= Q(**{f"{column}__icontains": text})
        return self.filter(found)


class RegisterRow(Dated, Binding):
    """A row of one register. `WORD` names the register in addresses; the texts in `SEARCHED` find a row."""

    WORD: ClassVar[str]
    SEARCHED: ClassVar[tuple[str, ...]]

    objects = RegisterQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [*Binding.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:register_detail", args=[self.WORD, self.pk])
