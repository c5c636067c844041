"""A vote as the tellers counted it, a ballot with several names, and a new rule of votes from a day on."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.forms import DayField, FormKeyMixin
from hebi_charity.core.sentences import sentence_of
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.models import Person, Vote, VoteCandidate, VoteRule
from partybranch.models.vote import ABOUT_A_PERSON

Kind = VoteRule.Kind
NAMES, MOST_NAMES = 4, 12
NUMBERS = ("present", "written", "written_yes", "issued", "returned", "valid", "yes", "no", "abstain")
BALLOTS = ("issued", "returned", "valid")
# Whom a vote may concern: the rule of the database, and what is said where nobody is to be chosen from.
CONCERNED = {
    Kind.ADMISSION: (
        "partybranch_vote_on_candidate",
        gettext_lazy(
            "On the day of the meeting nobody of this branch was a candidate for admission. Please record the stage on"
            " the page of the person first."
        ),
    ),
    Kind.PROBATION: (
        "partybranch_vote_on_probationary",
        gettext_lazy(
            "On the day of the meeting nobody of this branch was a probationary member. Please record the stage on the"
            " page of the person first."
        ),
    ),
    Kind.DISCIPLINE: (
        "partybranch_vote_on_member",
        gettext_lazy(
            "On the day of the meeting nobody of this branch was a member, on probation or full. Please look at the"
            " roll of that day."
        ),
    ),
}


def count_field(label: str = "", *, required: bool = False, **more: object) -> forms.IntegerField:
    """A count of people or ballots; on a phone the keys of figures open."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=0,
        max_value=9999,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Write a whole number, for example 8."),
            "required": gettext_lazy("Give the number; 0 if there is none."),
        },
        **more,
    )


class VoteForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """One vote of one kind. Only what this kind has is asked; `written` only where the rule counts it."""

    class Meta:
        model = Vote
        fields = ["matter", "person", "decision", "way", "counted_out_basis", *NUMBERS]
        widgets = {"way": forms.RadioSelect, "decision": forms.RadioSelect}
        error_messages = {"matter": {"required": gettext_lazy("Say what was put to the vote.")}}

    def __init__(self, *args, people: QuerySet[Person], rule: VoteRule, exempt: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in NUMBERS:
            self.fields[name] = count_field(self.fields[name].label, required=name == "present")
        self._leave_out(rule, exempt)
        if "person" in self.fields:
            self._ask_whom(people)
        if "decision" in self.fields:
            self.fields["decision"].choices = Vote.Decision.choices
            self.fields["decision"].required = True
        if "way" in self.fields:
            self.fields["issued"].help_text = _("By show of hands leave the three boxes of ballots empty.")
            if self.instance.kind in Vote.SECRET:
                self.fields["way"].help_text = _(
                    "The rules for admitting members (中国共产党发展党员工作细则) ask for a secret ballot on"
                    " admission, and for the same on the confirmation. Choose the show of hands only if hands were"
                    " raised: the record will say so; then please ask the superior body whether to vote anew."
                )
        self.fields["present"].help_text = _("As the list has it; fewer if somebody left before.")
        self.fields["returned"].help_text = _("More returned than handed out voids the vote; record it all the same.")

    def _ask_whom(self, people: QuerySet[Person]) -> None:
        field = self.fields["person"]
        field.queryset = people
        field.required = True
        field.error_messages["required"] = _("Say whom the vote concerns.")
        if self.instance.kind in CONCERNED:
            rule, nobody = CONCERNED[self.instance.kind]
            field.error_messages["invalid_choice"] = sentence_of(rule)
            field.help_text = "" if people.exists() else nobody

    def _leave_out(self, rule: VoteRule, exempt: int) -> None:
        kind = self.instance.kind
        unasked = {
            "person": kind not in ABOUT_A_PERSON,
            "decision": kind != Kind.PROBATION,
            "way": kind == Kind.ELECTION,
            "counted_out_basis": kind != Kind.ELECTION or rule.counts_exempt or not exempt,
            "written": not rule.counts_written,
            "written_yes": not rule.counts_written,
            **dict.fromkeys(("yes", "no", "abstain"), kind == Kind.ELECTION),
        }
        for name, is_unasked in unasked.items():
            if is_unasked:
                del self.fields[name]

    def clean(self) -> dict[str, object]:
        data = super().clean()
        is_by_hands = data.get("way") == Vote.Way.HANDS
        for name in NUMBERS:
            if data.get(name) is None and name in self.fields and name not in self.errors:
                data[name] = None if name in BALLOTS and (is_by_hands or name != "valid") else 0
        if data.get("valid") == 0 and is_by_hands:
            data["valid"] = None
        return data

    def ballot(self) -> list[VoteCandidate]:
        return []


class ElectionForm(VoteForm):
    """An election: posts to fill, and each name on the ballot with its votes."""

    seats = count_field(gettext_lazy("posts to fill"), required=True, initial=1)

    field_order = ["matter", "seats", "counted_out_basis", "present", *BALLOTS]

    def __init__(self, *args, people: QuerySet[Person], names: int = NAMES, **kwargs) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.lines_shown = names
        choices = [("", _("no candidate")), *((person.pk, person.name) for person in people)]
        self.people = {person.pk: person for person in people}
        for number in range(1, names + 1):
            self.fields[f"name_{number}"] = forms.TypedChoiceField(
                label=_("name %(number)s") % {"number": number},
                choices=choices,
                required=False,
                coerce=int,
                empty_value=None,
                error_messages={"invalid_choice": sentence_of("partybranch_ballot_of_full_members")},
            )
            for way, label in (("yes", _("in favour")), ("no", _("against")), ("abstain", _("abstained"))):
                self.fields[f"{way}_{number}"] = count_field(label)

    def plain_fields(self) -> list[forms.BoundField]:
        counted = ("name_", "yes_", "no_", "abstain_")
        return [field for field in self if not field.name.startswith(counted)]

    def lines(self) -> list[dict[str, forms.BoundField]]:
        return [
            {way: self[f"{way}_{number}"] for way in ("name", "yes", "no", "abstain")}
            for number in range(1, self.lines_shown + 1)
        ]

    def clean(self) -> dict[str, object]:
        data = super().clean()
        chosen = [data.get(f"name_{number}") for number in range(1, self.lines_shown + 1)]
        for number, name in enumerate(chosen, start=1):
            counts = [data.get(f"{way}_{number}") for way in ("yes", "no", "abstain")]
            if name is None and any(count is not None for count in counts):
                self.add_error(f"name_{number}", _("Choose the name to which these votes belong."))
            elif name is not None and name in chosen[: number - 1]:
                self.add_error(f"name_{number}", _("This name stands on the ballot already."))
            elif name is not None:
                self._check_line(number, [count or 0 for count in counts])
        if not any(chosen):
            self.add_error("name_1", _("Choose the names on the ballot."))
        return data

    def _check_line(self, number: int, counts: list[int]) -> None:
        """What the database will say of a line, said beside the line. A void vote is not counted."""
        data = self.cleaned_data
        valid, issued, returned = data.get("valid"), data.get("issued"), data.get("returned")
        is_void = issued is not None and returned is not None and returned > issued
        if valid is not None and not is_void and sum(counts) != valid:
            self.add_error(
                f"yes_{number}",
                _("These votes make %(sum)s, the valid ballots are %(valid)s. Please count again.")
                % {"sum": sum(counts), "valid": valid},
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.seats = self.cleaned_data.get("seats") or 0
        self.instance.names = len(self.ballot())

    def ballot(self) -> list[VoteCandidate]:
        data = self.cleaned_data
        return [
            VoteCandidate(
                person=self.people[data[f"name_{number}"]],
                yes=data.get(f"yes_{number}") or 0,
                no=data.get(f"no_{number}") or 0,
                abstain=data.get(f"abstain_{number}") or 0,
            )
            for number in range(1, self.lines_shown + 1)
            if data.get(f"name_{number}")
        ]


class VoteRuleForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """A rule that holds from a day on; votes of earlier days keep theirs."""

    valid_from = DayField(label=gettext_lazy("valid from"))

    class Meta:
        model = VoteRule
        fields = [
            "kind",
            "valid_from",
            "present_of",
            "present_in",
            "present_is_more",
            "carry_of",
            "carry_in",
            "carry_is_more",
            "carry_base",
            "counts_written",
            "counts_exempt",
            "source",
            "is_checked",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("present_of", "present_in", "carry_of", "carry_in"):
            self.fields[name] = count_field(self.fields[name].label, required=True)
        for name in ("present_of", "carry_of"):
            self.fields[name].help_text = _("For half write 1, below it out of 2; for four fifths 4 out of 5.")
        self.fields["kind"].choices = Kind.choices
        self.fields["carry_base"].choices = VoteRule.Base.choices
        self.fields["source"].help_text = _("Name of the paper, its number, the article, or the decision.")
        self.fields["source"].error_messages["required"] = _(
            "Say which rule or decision this comes from, with its article."
        )
        for name in ("present_is_more", "carry_is_more"):
            self.fields[name].help_text = _("Ticked: more than this part. Not ticked: this part is enough.")
