"""Recording a row of a register: a ranking, a press report, words of a leader, thanks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.forms import FormKeyMixin
from partybranch.forms.imprecise import ImpreciseDayField
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.models import LeaderWord, PressReport, Ranking, Thanks


class RegisterForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """A row with the day as far as it is known."""

    when = ImpreciseDayField(label=gettext_lazy("when"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "level"):
            if name in self.fields:
                self.fields[name].choices = [("", _("choose one")), *self.fields[name].choices[1:]]

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if when := data.get("when"):
            self.instance.set_when(when)
        return data


class RankingForm(RegisterForm):
    when = ImpreciseDayField(label=gettext_lazy("as of"))
    rank = forms.IntegerField(
        label=gettext_lazy("rank"),
        min_value=1,
        max_value=32767,
        error_messages={"min_value": gettext_lazy("A rank is 1 or more.")},
    )
    out_of = forms.IntegerField(label=gettext_lazy("out of how many"), required=False, min_value=1, max_value=32767)
    field_order = ["activity", "scope", "metric", "rank", "out_of", "result", "when", "source", "note"]

    class Meta:
        model = Ranking
        fields = ["activity", "scope", "metric", "result", "rank", "out_of", "source", "note"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].help_text = _("For example 2021年“99公益日”.")
        self.fields["scope"].help_text = _("For example 全省慈善系统.")
        self.fields["metric"].help_text = _("For example 募集资金.")
        self.fields["result"].help_text = _("Amounts and counts as the source has them.")
        self.fields["out_of"].help_text = _("Empty when it is not known.")
        self.fields["source"].help_text = _("The paper, page or notice it stands in.")

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if data.get("rank") and data.get("out_of") and data["rank"] > data["out_of"]:
            self.add_error("rank", _("The rank cannot lie behind the number of those ranked."))
        return data


class PressReportForm(RegisterForm):
    when = ImpreciseDayField(label=gettext_lazy("printed in the press"))
    link = forms.URLField(
        label=gettext_lazy("link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Copy the whole address of the page, beginning with http.")},
    )
    field_order = ["title", "medium", "level", "when", "author", "link", "text", "note"]

    class Meta:
        model = PressReport
        fields = ["title", "medium", "level", "author", "link", "text", "note"]
        widgets = {"text": forms.Textarea({"rows": 4})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medium"].help_text = _("Without 《》, for example 慈善公益报.")


class LeaderWordForm(RegisterForm):
    when = ImpreciseDayField(label=gettext_lazy("when"))
    field_order = ["kind", "post", "leader", "when", "about", "text", "source", "note"]

    class Meta:
        model = LeaderWord
        fields = ["kind", "post", "leader", "about", "text", "source", "note"]
        widgets = {"text": forms.Textarea({"rows": 4})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].help_text = _("The name where it may be said; else the post alone.")
        self.fields["text"].help_text = _("Word for word, without quotation marks.")
        self.fields["source"].help_text = _("Document, minutes or report in which it stands.")


class ThanksForm(RegisterForm):
    when = ImpreciseDayField(label=gettext_lazy("received"))
    field_order = ["kind", "from_whom", "when", "about", "text", "kept_at", "note"]

    class Meta:
        model = Thanks
        fields = ["kind", "from_whom", "about", "text", "kept_at", "note"]
        widgets = {"text": forms.Textarea({"rows": 3})}


FORMS = {form._meta.model.WORD: form for form in (RankingForm, PressReportForm, LeaderWordForm, ThanksForm)}
