"""The notice of a meeting given anew, because the roll changed after it: asked first, for it calls a meeting off."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybranch.lists.life import list_of
from partybranch.lists.roll_changes import changed_roll
from partybranch.models import LifeEvent
from partybranch.services.broken_rules import AlreadyFiled, CalledOff, NotNoticed
from partybranch.services.roll_changes import RollUnchanged, renew_notice
from partybranch.services.sentences import sentence_of
from partybranch.views.asking import AsksFirst
from partybranch.views.life import LifeActView


class LifeRenewView(AsksFirst, LifeActView):
    title = gettext_lazy("Call this meeting off and give its notice anew?")
    button = gettext_lazy("Call it off and give the notice anew")
    consequence = gettext_lazy(
        "This meeting is called off and stays readable; that cannot be undone. One with the same facts is noticed with"
        " the list of the roll of that day, and leaves are taken over. Please send the new notice to the group: it says"
        " that it replaces the earlier one."
    )
    done = gettext_lazy("The notice is given anew with the roll of that day; the meeting before is called off.")
    again: LifeEvent | None = None

    def hindrance(self, row):
        if row.is_filed():
            return sentence_of(AlreadyFiled())
        if row.is_cancelled():
            return sentence_of(CalledOff())
        if not row.is_noticed():
            return sentence_of(NotNoticed())
        changed = changed_roll(row, list_of(row))
        return changed.hinders if changed else sentence_of(RollUnchanged())

    def facts(self, row):
        changed = changed_roll(row, list_of(row))
        facts = [(_("topic"), row.topic), (_("held on"), row.held_on)]
        return [*facts, *((words.rstrip("：:"), names) for words, names in changed.lines)] if changed else facts

    def act(self, row, data):
        self.again = renew_notice(row, by=self.request.user)

    def next_page(self, row):
        return self.again or row
