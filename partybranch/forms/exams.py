"""An exam, what the list of exams is narrowed to, the outcome of an answer, and results in a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django import forms
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core import dates
from hebi_charity.core.forms import DayField, FormKeyMixin
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.models import Branch, Draw, Exam, Examinee, ExamResult, LifeEvent, Question, QuestionBank
from partybranch.services.exam_results import TypedResult
from partybranch.services.exams import NotEnoughQuestions, SheetPart

Kind = Question.Kind
USUAL = {Kind.SINGLE: (10, 4), Kind.MULTIPLE: (5, 6), Kind.JUDGE: (10, 3), Kind.SHORT: (0, 10)}
EVENTS_SHOWN = 60


class ExamChangeForm(LeftToTheDatabase, forms.ModelForm):
    """Title and room; day, list and questions are fixed."""

    class Meta:
        model = Exam
        fields = ["title", "room"]
        error_messages = {"title": {"required": gettext_lazy("Give the exam a title.")}}


class ExamForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """A new exam: its banks, who takes part, and of a written one how many questions of each kind."""

    held_on = DayField(label=gettext_lazy("day of the exam"))
    banks = forms.ModelMultipleChoiceField(
        label=gettext_lazy("question banks"),
        queryset=QuestionBank.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one question bank.")},
    )

    class Meta:
        model = Exam
        fields = ["mode", "title", "held_on", "room", "takes_part", "event", "resit_of", "hours", "points_to_pass"]
        widgets = {"mode": forms.RadioSelect, "takes_part": forms.RadioSelect}
        error_messages = {"title": {"required": gettext_lazy("Give the exam a title.")}}

    def __init__(self, *args, banks: Iterable[QuestionBank] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["banks"].queryset = banks
        self.initial["held_on"] = dates.today()
        self.there = self.fields["banks"].queryset.by_kind()
        self.fields["banks"].label_from_instance = self._bank_with_numbers
        if len(self.there) == 1:
            self.initial["banks"] = list(self.there)
        # Of today's meeting too, once somebody's coming is recorded: its people are often asked on the spot.
        events = LifeEvent.objects.filter(branch=self.instance.branch).held_by(dates.today() + timedelta(days=1))
        self.fields["event"].queryset = events.order_by("-held_on", "-pk")[:EVENTS_SHOWN]
        self.fields["event"].label_from_instance = lambda event: f"{event.held_on} {event.topic}"
        self.fields["event"].empty_label = _("choose the event of the exam")
        self.fields["event"].help_text = _("Who is recorded there as present or on line takes part.")
        earlier = Exam.objects.filter(branch=self.instance.branch).with_somebody_to_resit()
        self.fields["resit_of"].queryset = earlier.order_by("-held_on", "-pk")[:EVENTS_SHOWN]
        self.fields["resit_of"].label_from_instance = lambda exam: f"{exam.held_on} {exam.title}"
        self.fields["resit_of"].empty_label = _("choose the earlier exam")
        self.fields["resit_of"].help_text = _("Who has not passed there, or was not examined, takes part.")
        self.fields["points_to_pass"].help_text = _("Left empty, every sheet is judged as passed or to resit.")
        for name in ("mode", "takes_part"):
            self.fields[name].choices = Exam._meta.get_field(name).choices
        for kind, (count, points) in USUAL.items():
            self.fields[f"count_{kind}"] = forms.IntegerField(
                label=_("%(kind)s: how many") % {"kind": kind.label},
                min_value=0,
                max_value=100,
                required=False,
                initial=self._usual(kind, count),
            )
            self.fields[f"points_{kind}"] = forms.DecimalField(
                label=_("%(kind)s: points each") % {"kind": kind.label},
                min_value=0,
                max_value=100,
                max_digits=4,
                decimal_places=1,
                required=False,
                initial=points,
            )

    def _bank_with_numbers(self, bank: QuestionBank) -> str:
        numbers = self.there.get(bank.pk, {})
        kinds = [f"{kind.label} {numbers[kind]}" for kind in USUAL if numbers.get(kind)]
        there = "，".join(kinds) or _("no questions yet")
        return f"{bank.name}（{there}）"

    def _usual(self, kind: str, count: int) -> int:
        """Never more than the banks have: whichever of them is chosen, the sheet can be drawn as it is proposed."""
        return min([count, *(numbers[kind] for numbers in self.there.values())])

    def sheet_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"count_{kind}"], self[f"points_{kind}"]) for kind in USUAL]

    def clean_event(self) -> LifeEvent | None:
        return self.cleaned_data.get("event") if self.data.get("takes_part") == Exam.TakesPart.EVENT else None

    def clean_resit_of(self) -> Exam | None:
        return self.cleaned_data.get("resit_of") if self.data.get("takes_part") == Exam.TakesPart.RESIT else None

    def clean_points_to_pass(self) -> Decimal | None:
        is_written = self.data.get("mode") == Exam.Mode.WRITTEN
        return self.cleaned_data.get("points_to_pass") if is_written else None

    def clean(self) -> dict[str, object]:
        data = super().clean()
        total = sum((part.count * part.points for part in self.parts()), Decimal(0))
        least = data.get("points_to_pass")
        if least and least > total:
            sentence = _("The whole sheet gives only %(total)s points. Please lower the points that pass.")
            self.add_error("points_to_pass", sentence % {"total": floatformat(total)})
        if data.get("mode") == Exam.Mode.WRITTEN and data.get("banks"):
            self._hold_against_banks(data["banks"])
        return data

    def _hold_against_banks(self, banks: Iterable[QuestionBank]) -> None:
        """Said beside the number, before the service draws: how many questions of the kind there are."""
        for part in self.parts():
            there = sum(self.there[bank.pk][part.kind] for bank in banks)
            if part.count > there:
                error = NotEnoughQuestions(part.kind, wanted=part.count, there=there)
                self.add_error(f"count_{part.kind}", error.sentence)

    def parts(self) -> list[SheetPart]:
        """The sheet: each kind of which there are some."""
        data = self.cleaned_data
        parts = [
            SheetPart(kind, data.get(f"count_{kind}") or 0, data.get(f"points_{kind}") or Decimal(0)) for kind in USUAL
        ]
        return [part for part in parts if part.count]


class ExamFilterForm(forms.Form):
    """What the list of exams is narrowed to."""

    mode = forms.ChoiceField(
        label=gettext_lazy("kind of exam"), required=False, choices=[("", gettext_lazy("all")), *Exam.Mode.choices]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("state"), required=False, choices=[("", gettext_lazy("all")), *Exam.State.choices]
    )
    branch = forms.ModelChoiceField(
        label=gettext_lazy("Party branch"),
        required=False,
        queryset=Branch.objects.live(),
        empty_label=gettext_lazy("all"),
    )


class MarkForm(forms.Form):
    """One tap marks the answer; who is not there is passed over with a reason."""

    outcome = forms.ChoiceField(
        choices=[choice for choice in Draw.Outcome.choices if choice[0]],
        error_messages={"required": gettext_lazy("Choose passed or to answer again.")},
    )
    note = forms.CharField(label=gettext_lazy("note"), required=False, max_length=200)


class ResultsForm(forms.Form):
    """The table of a written exam: points or a verdict for each name, and what was answered wrongly."""

    def __init__(self, *args, exam: Exam, examinees: Iterable[Examinee], most: Decimal, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.exam, self.examinees, self.most = exam, list(examinees), most
        for one in self.examinees:
            if exam.points_to_pass is None:
                self.fields[f"outcome_{one.pk}"] = forms.ChoiceField(
                    label=one.person.name,
                    required=False,
                    choices=ExamResult.Outcome.choices,
                    widget=forms.RadioSelect,
                )
            else:
                self.fields[f"score_{one.pk}"] = forms.DecimalField(
                    label=one.person.name,
                    required=False,
                    min_value=0,
                    max_digits=5,
                    decimal_places=1,
                    widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
                    error_messages={"invalid": _("Write the points as a number, like 86 or 86.5.")},
                )
            self.fields[f"wrong_{one.pk}"] = forms.CharField(
                label=_("questions answered wrongly"),
                required=False,
                max_length=100,
                widget=forms.TextInput({"inputmode": "text", "autocomplete": "off", "placeholder": "3 7 12"}),
            )

    def lines(self) -> list[tuple[Examinee, forms.BoundField, forms.BoundField]]:
        name = "outcome" if self.exam.points_to_pass is None else "score"
        return [(one, self[f"{name}_{one.pk}"], self[f"wrong_{one.pk}"]) for one in self.examinees]

    def clean(self) -> dict[str, object]:
        data = super().clean()
        numbers = set(self.exam.sheet.values_list("number", flat=True)) if self.examinees else set()
        for one in self.examinees:
            score = data.get(f"score_{one.pk}")
            if score is not None and score > self.most:
                sentence = _("The whole sheet gives %(most)s points. Please check these %(score)s.")
                self.add_error(
                    f"score_{one.pk}", sentence % {"most": floatformat(self.most), "score": floatformat(score)}
                )
            self._read_wrong(one, numbers)
        return data

    def _read_wrong(self, one: Examinee, numbers: set[int]) -> None:
        """“3 7、12” becomes "3,7,12"; each must be on the sheet."""
        name = f"wrong_{one.pk}"
        typed = self.cleaned_data.get(name, "")
        found = typed.replace("，", " ").replace("、", " ").replace(",", " ").split()
        strange = [word for word in found if not word.isascii() or not word.isdigit() or int(word) not in numbers]
        if strange:
            sentence = _("“%(word)s” is no number of the sheet, which has the questions 1 to %(last)s.")
            self.add_error(name, sentence % {"word": strange[0], "last": max(numbers, default=0)})
        else:
            self.cleaned_data[name] = ",".join(str(number) for number in sorted({int(word) for word in found}))

    def typed(self) -> dict[int, TypedResult]:
        """What was typed; names without a result are left as they are."""
        data, found = self.cleaned_data, {}
        for one in self.examinees:
            score, outcome = data.get(f"score_{one.pk}"), data.get(f"outcome_{one.pk}", "")
            if score is not None or outcome:
                found[one.pk] = TypedResult(outcome=outcome, score=score, wrong=data[f"wrong_{one.pk}"])
        return found
