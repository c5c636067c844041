"""What is asked once more before money binds: a gift that may be known, a large amount, an old day, no name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from donations.services import donors
from donations.shipped import LARGE_SETTING
from hebi_charity.core import dates
from hebi_charity.core.money import amount_in_words, format_yuan
from hebi_charity.office.models import DatedSetting, Period
from hebi_charity.office.services.form_keys import was_saved_with

if TYPE_CHECKING:
    from donations.forms.gift import GiftForm
    from donations.models import Donation


# Stands among the codes of a yes when the form was to be printed.
PRINT = "print"
# So many days before the first open month a day is taken for a slip of the finger until somebody says yes.
LONG_BEFORE = timedelta(days=60)


@dataclass(frozen=True)
class Question:
    """Asked in a box above the form.

    `code` comes back when the answer is yes; it names what was asked about, so that a yes holds for nothing else.
    """

    code: str
    title: str
    text: str = ""
    known: tuple[Donation, ...] = ()


class AsksBeforeSaving:
    """A form view whose `questions(form)` are asked until each was answered; the answers come as `confirmed`.

    They are for the clerk's own care, no rule: who sends the answer along is not asked.
    """

    day_field = "donated_on"
    open_questions: tuple[Question, ...] = ()
    confirmed: tuple[str, ...] = ()

    @property
    def wants_print(self) -> bool:
        """Whether it is to be printed when saved: by the button, or by a yes to what was asked after that button."""
        return PRINT in self.request.POST or PRINT in self.confirmed

    def form_valid(self, form):
        self.confirmed = tuple(self.request.POST.get("confirmed", "").split())
        asked = self.questions(form)
        self.open_questions = tuple(question for question in asked if question.code not in self.confirmed)
        # Asked last: a second click may look while the first is being saved, and would ask about its own gift.
        if self.open_questions and was_saved_with(form.form_key):
            self.open_questions = ()
        if self.open_questions:
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        codes = [*self.confirmed, *(question.code for question in self.open_questions)]
        if self.wants_print and PRINT not in codes:
            codes.append(PRINT)
        return super().get_context_data(questions=self.open_questions, to_confirm=" ".join(codes), **kwargs)

    def questions(self, form) -> Iterator[Question]:
        yield from about_amount(form.cleaned_data["amount"])
        yield from about_day(form.cleaned_data[self.day_field])


def about_amount(amount: Decimal) -> Iterator[Question]:
    """An amount beyond the setting: perhaps a slip of the finger. The answer holds for this amount only."""
    setting = DatedSetting.objects.in_force(LARGE_SETTING, dates.today())
    if setting and amount > Decimal(setting.value):
        said = {"amount": format_yuan(amount), "words": amount_in_words(amount)}
        text = _("¥%(amount)s, in capitals RMB %(words)s. Compare it with the paper or the money.") % said
        yield Question(f"large:{amount}", _("A very large amount"), text)


def about_day(day: date) -> Iterator[Question]:
    """A day long before the open months, or before the books began. The answer holds for this day only."""
    first = Period.objects.first_open()
    if first and (day < first.month - LONG_BEFORE or not Period.objects.has_begun_by(day)):
        said = {"day": dates.format_day_in_full(day), "month": f"{first.month:%Y-%m}"}
        text = _("The day is %(day)s; the money would be counted in %(month)s, the first open month. Is it right?")
        yield Question(f"day:{day}", _("A day long ago"), text % said)


def about_known(form: GiftForm) -> Iterator[Question]:
    """Gifts that may be this one, recorded before."""
    data = form.cleaned_data
    if form.is_anonymous():
        return
    known = donors.possible_duplicates(name=data["name"], amount=data["amount"], on=data["donated_on"])
    if known:
        seen = ",".join(str(donation.pk) for donation in known)
        yield Question(f"known:{seen}", _("Perhaps recorded already"), known=tuple(known))


def about_name(form: GiftForm) -> Iterator[Question]:
    """An empty name makes the gift anonymous: only when somebody wanted that."""
    if form.is_nameless():
        text = _("No name was typed. Is it an anonymous gift? If not, type the name.")
        yield Question("nameless", _("Record it as anonymous?"), text)
