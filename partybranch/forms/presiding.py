"""Chair and recorder of an event: chosen from the roll of its day."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.sentences import sentence_of
from partybranch.lists.of_the_day import people_ever, people_of
from partybranch.models import Branch, Person
from partybranch.services.broken_rules import NobodyExpected
from partybranch.services.presiding import ON_ROLL, off_roll


class Offered(ModelChoiceIterator):
    def __init__(self, field: PersonField) -> None:
        super().__init__(field)
        if field.offered is not None:
            self.queryset = field.offered


class PersonField(forms.ModelChoiceField):
    """Somebody of the branch. Known is whoever is or was in it; `offered` are those of the day."""

    iterator = Offered
    offered: QuerySet[Person] | None = None

    def __init__(self, queryset: QuerySet[Person] | None = None, **kwargs) -> None:
        kwargs = {"required": False, "empty_label": _("not settled yet")} | kwargs
        super().__init__(Person.objects.none() if queryset is None else queryset, **kwargs)

    def of(self, branch: Branch, day: date | None, *, chosen: object) -> None:
        """Offer who was there on this day, and who is chosen already.

        Where the day is not known yet, whoever was ever there, with the day on which somebody left.
        """
        text = str(getattr(chosen, "pk", chosen) or "")
        also = [int(text)] if text.isascii() and text.isdigit() and len(text) < 19 else []
        self.offered = people_of(branch, day, also=also) if day else people_ever(branch)
        self.queryset = Person.objects.of_branch(branch)

    def label_from_instance(self, person: Person) -> str:
        left_on = getattr(person, "left_on", None)
        return gettext("%(name)s (left on %(day)s)") % {"name": person, "day": left_on} if left_on else str(person)


class ChoosesFromTheRoll(forms.Form):
    """A form with chair and recorder. Who was not there on the day is refused beside the field, and stays chosen."""

    def offer_people(self, branch: Branch, day: date | None) -> None:
        """Call once, when the form is made; `day` where the form does not ask for it, or nothing was typed yet."""
        self.branch_of_people, self.day_of_people = branch, self._day_typed() if self._asks_of_day() else day
        for name in ON_ROLL:
            field = self.fields[name]
            sent = self.data.get(self.add_prefix(name)) if self.is_bound else self.get_initial_for_field(field, name)
            field.of(branch, self.day_of_people, chosen=sent)
        self.fields["chair"].help_text = _(
            "Who was in the branch on that day. Where a leader of the superior presided, choose who convened the"
            " meeting, and record the leader among the observers."
        )

    def clean(self) -> dict[str, object]:
        data = super().clean()
        off = off_roll(self.branch_of_people, self.day_of_people, data) if self.day_of_people else {}
        if off and self._asks_of_day() and not people_of(self.branch_of_people, self.day_of_people).exists():
            self.add_error("held_on", NobodyExpected.sentence)
            return data
        for name, rule in off.items():
            self.add_error(name, sentence_of(rule))
        return data

    def _asks_of_day(self) -> bool:
        return self.is_bound and "held_on" in self.fields and not self.fields["held_on"].disabled

    def _day_typed(self) -> date | None:
        """The day as it was sent; None where it is none."""
        try:
            return self.fields["held_on"].clean(self.data.get(self.add_prefix("held_on")))
        except ValidationError:
            return None
