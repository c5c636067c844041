"""A question bank, one question typed or corrected, and several pasted at once."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.forms import FormKeyMixin, NameField
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.models import Question, QuestionBank
from partybranch.models.question import LETTERS
from partybranch.services.question_rows import NewQuestion, QuestionRow, read_question
from partybranch.services.question_text import rows_of
from partybranch.services.questions import check_rows

ANSWERS = tuple(f"answer_{letter.lower()}" for letter in LETTERS)


class BankChangeForm(LeftToTheDatabase, forms.ModelForm):
    """A question bank."""

    name = NameField(label=gettext_lazy("name of the question bank"), max_length=60)

    class Meta:
        model = QuestionBank
        fields = ["name", "topic"]


class BankForm(FormKeyMixin, BankChangeForm):
    """A new question bank."""


class QuestionFields(forms.Form):
    """A question as it is typed; what is wrong stands beside its field. `new` is the question that was read."""

    kind = forms.ChoiceField(label=gettext_lazy("kind of question"), choices=Question.Kind.choices)
    text = forms.CharField(label=gettext_lazy("question"), required=False, widget=forms.Textarea({"rows": 3}))
    right = forms.CharField(
        label=gettext_lazy("right answer"),
        required=False,
        help_text=gettext_lazy("One letter, or several like ABD; of a judgement 对 or 错; of a short answer nothing."),
    )
    reference = forms.CharField(
        label=gettext_lazy("reference answer or explanation"), required=False, widget=forms.Textarea({"rows": 3})
    )
    source = forms.CharField(
        label=gettext_lazy("source of the question"),
        required=False,
        help_text=gettext_lazy("The law with its article, or the book with its page."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ANSWERS:
            self.fields[name] = forms.CharField(label=Question._meta.get_field(name).verbose_name, required=False)
        self.order_fields(["kind", "text", *ANSWERS, "right", "reference", "source"])
        self.new: NewQuestion | None = None

    def clean(self) -> dict[str, object]:
        data = super().clean()
        answers = tuple(data.get(name, "") for name in ANSWERS)
        words = {name: data.get(name, "") for name in ("kind", "text", "right", "reference", "source")}
        self.new, problems = read_question(QuestionRow(1, answers=answers, **words))
        for problem in problems:
            self.add_error(problem.place if problem.place in self.fields else None, problem.sentence)
        return data


class QuestionForm(FormKeyMixin, QuestionFields):
    """A new question."""


class QuestionCorrectForm(QuestionFields):
    """What is right instead, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say why the question is corrected.")},
    )

    def __init__(self, *args, question: Question, **kwargs) -> None:
        names = ("kind", "text", *ANSWERS, "right", "reference", "source")
        initial = {name: getattr(question, name) for name in names}
        if question.kind == Question.Kind.JUDGE:
            initial |= {"right": question.right_words()} | dict.fromkeys(ANSWERS, "")
        super().__init__(*args, **(kwargs | {"initial": initial}))


class PasteForm(FormKeyMixin, forms.Form):
    """Several questions as text. Each that cannot be kept is named with its line; what was pasted stays."""

    text = forms.CharField(
        label=gettext_lazy("questions as text"),
        max_length=100_000,
        widget=forms.Textarea({"rows": 16}),
        error_messages={"required": gettext_lazy("Paste the questions here first.")},
    )

    def __init__(self, *args, bank: QuestionBank, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.bank = bank
        self.questions: list[NewQuestion] = []

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        checked = check_rows(rows_of(text), bank=self.bank)
        if checked.problems:
            raise forms.ValidationError([problem.line() for problem in checked.problems])
        if not checked.questions:
            raise forms.ValidationError(_("No question was found in the text. Please look at the example."))
        self.questions = checked.questions
        return text
