"""Recording an honour, its dossier and its citations, and what happens to it later."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.forms import DayField, FormKeyMixin, NameField
from hebi_charity.core.names import clean_name
from hebi_charity.files.forms import TAKEN, ManyFilesField, ManyFilesInput
from partybranch.forms.document_no import is_usual, usual_form
from partybranch.forms.imprecise import ImpreciseDayField
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.lists.evidence import offered, title_of, token_of
from partybranch.models import Branch, Honour, HonourCitation, Person

Recipient = Honour.Recipient
LONGEST_BODY = 80
_APART = re.compile(r"[\n\r;；、]+")
# 等四家单位 behind the last body is a note, no body.
_AND_OTHERS = re.compile(r"(.+?)(等[一二两三四五六七八九十百\d]*个?(?:家|部门)?(?:单位|部门|机构)?)\Z")
_YEAR = re.compile(r"(?:19|20|21)\d{2}")


class HonourForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """A new honour. What the certificate does not say stays empty."""

    title = NameField(
        label=gettext_lazy("title of the honour"),
        max_length=120,
        help_text=gettext_lazy("As the certificate or plaque has it, without quotation marks."),
    )
    grantors = forms.CharField(
        label=gettext_lazy("bodies that gave it"),
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("In the order of the certificate, one to a line or with 、 between them."),
        error_messages={"required": gettext_lazy("Name at least one body that gave the honour.")},
    )
    when = ImpreciseDayField(label=gettext_lazy("awarded"), required=False)
    document_no_as = forms.ChoiceField(
        label=gettext_lazy("How shall the number be kept?"), required=False, widget=forms.RadioSelect
    )
    valid_until = DayField(label=gettext_lazy("valid until"), required=False)
    review_due_on = DayField(label=gettext_lazy("next review due on"), required=False)

    FIRST = (
        "title",
        "recipient_kind",
        "branch",
        "person",
        "grantors",
        "grantor_note",
        "when",
        "period_label",
        "level",
        "nature",
    )
    FOLDED = (
        "document_no",
        "document_no_as",
        "document_title",
        "certificate_no",
        "medium",
        "kept_at",
        "valid_until",
        "review_due_on",
        "note",
    )

    class Meta:
        model = Honour
        fields = [
            "title",
            "level",
            "nature",
            "recipient_kind",
            "branch",
            "person",
            "grantor_note",
            "period_label",
            "document_no",
            "document_title",
            "certificate_no",
            "medium",
            "kept_at",
            "valid_until",
            "review_due_on",
            "note",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["branch"].queryset = Branch.objects.live()
        branches = list(fields["branch"].queryset[:2])
        fields["branch"].initial = branches[0].pk if len(branches) == 1 else None
        fields["branch"].empty_label = fields["person"].empty_label = _("not to one of these")
        fields["person"].queryset = Person.objects.order_by("sort_key", "pk")
        for name in ("level", "nature", "recipient_kind"):
            fields[name].choices = [("", _("choose one")), *fields[name].choices[1:]]
        fields["branch"].help_text = _("Only when the Party branch received it.")
        fields["person"].help_text = _("Only when a person received it.")
        fields["grantor_note"].help_text = _("For example 等四家单位, where not every body is known.")
        fields["when"].help_text = _("As far as it is known: 2021, 2021-10 or 2021-10-15; empty when nothing is known.")
        fields["period_label"].help_text = _("For example 2021年度, where the title is given for a year.")
        fields["document_no"].help_text = _("For example 豫组〔2021〕15号. Leave it empty when it is not known.")
        fields["kept_at"].help_text = _("For example: wall of the meeting room on the third floor.")
        if "document_no" in self.data:
            self._offer(self.data["document_no"])
        if not fields["document_no_as"].choices:
            del fields["document_no_as"]

    def _offer(self, typed: str) -> None:
        """What the number may be kept as, when it is not written as numbers usually are."""
        typed = clean_name(typed)
        if not typed or is_usual(typed):
            return
        usual = usual_form(typed)
        choices = [("typed", _("as typed: %(number)s") % {"number": typed})]
        if usual != typed:
            choices.insert(0, ("usual", _("as usual: %(number)s") % {"number": usual}))
        self.fields["document_no_as"].choices = choices

    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    def folded_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FOLDED if name in self.fields]

    def is_fold_open(self) -> bool:
        return any(field.errors for field in self.folded_fields())

    def clean_document_no(self) -> str:
        return clean_name(self.cleaned_data["document_no"])

    def clean_grantors(self) -> list[str]:
        names = [clean_name(part) for part in _APART.split(self.cleaned_data["grantors"])]
        names = [name for name in names if name]
        if not names:
            raise forms.ValidationError(self.fields["grantors"].error_messages["required"], code="required")
        for name in names:
            if len(name) > LONGEST_BODY:
                raise forms.ValidationError(
                    _("“%(name)s…” is too long for one body. Write one body to a line.") % {"name": name[:20]}
                )
            if names.count(name) > 1:
                raise forms.ValidationError(
                    _("“%(name)s” is named twice. Please leave one out.") % {"name": name}, code="twice"
                )
        if len(names) > Honour.MOST_GRANTORS:
            raise forms.ValidationError(_("An honour names one to twenty bodies that gave it."))
        return names

    def clean(self) -> dict[str, object]:
        data = super().clean()
        self._split_note(data)
        self._keep_recipient(data)
        self._keep_number(data)
        if when := data.get("when"):
            found = _YEAR.search(data.get("period_label") or "")
            self.instance.set_when(when, listed_on=date(int(found[0]), 1, 1) if found else None)
        return data

    def _split_note(self, data: dict[str, object]) -> None:
        names = data.get("grantors")
        if names and not data.get("grantor_note") and (found := _AND_OTHERS.match(names[-1])):
            data["grantors"], data["grantor_note"] = [*names[:-1], found[1]], found[2]

    def _keep_recipient(self, data: dict[str, object]) -> None:
        kind = data.get("recipient_kind")
        if kind == Recipient.BRANCH and not data.get("branch"):
            self.add_error("branch", _("Choose the branch that received it."))
        if kind == Recipient.PERSON and not data.get("person"):
            self.add_error("person", _("Choose the person who received it; record the person first if needed."))
        if kind != Recipient.BRANCH:
            data["branch"] = None
        if kind != Recipient.PERSON:
            data["person"] = None

    def _keep_number(self, data: dict[str, object]) -> None:
        typed = data.get("document_no") or ""
        if not typed or is_usual(typed):
            return
        if data.get("document_no_as") == "usual":
            data["document_no"] = usual_form(typed)
        elif data.get("document_no_as") != "typed":
            self.add_error(
                "document_no",
                _("A number is usually written like 豫组〔2021〕15号. Choose below how it shall be kept."),
            )


class MoveForm(forms.Form):
    """Where the plaque or certificate hangs now."""

    kept_at = forms.CharField(
        label=gettext_lazy("where it hangs or is kept"),
        max_length=120,
        error_messages={"required": gettext_lazy("Say where it hangs or is kept now.")},
    )


class RevokeForm(forms.Form):
    """When and why the bodies took the honour back."""

    day = DayField(label=gettext_lazy("revoked on"), no_future=True)
    reason = forms.CharField(
        label=gettext_lazy("why it was revoked"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say why it was revoked, and by which paper.")},
    )


class CitationForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """Where an honour was cited."""

    when = ImpreciseDayField(label=gettext_lazy("when"))

    class Meta:
        model = HonourCitation
        fields = ["cited_in", "note"]
        error_messages = {"cited_in": {"required": gettext_lazy("Say in which paper the honour was cited.")}}

    field_order = ["cited_in", "when", "note"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cited_in"].help_text = _("For example: work summary of 2022, or an application.")

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if when := data.get("when"):
            self.instance.set_when(when)
        return data


class DossierForm(FormKeyMixin, forms.Form):
    """The application, rows of the house as evidence, and files."""

    application = forms.CharField(
        label=gettext_lazy("application in brief"),
        required=False,
        max_length=3000,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("The main deeds as the application told them."),
    )
    evidence = forms.MultipleChoiceField(
        label=gettext_lazy("evidence from our records"), required=False, widget=forms.CheckboxSelectMultiple
    )
    papers = ManyFilesField(
        label=gettext_lazy("application and other papers"),
        required=False,
        widget=ManyFilesInput({"accept": TAKEN}),
        help_text=gettext_lazy("Up to nine at once: pictures, PDF, Word or tables."),
    )

    def __init__(self, *args, honour: Honour, by, words: dict[str, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = [
            (words[word], [(token_of(row), title_of(row)) for row in rows]) for word, rows in offered(honour, by=by)
        ]

    def clean_papers(self) -> list:
        return [paper for paper in self.cleaned_data["papers"] if paper]
