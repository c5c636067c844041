"""Forms of the branch save through services, and broken rules are said in the words of this app."""

from hebi_charity.office.views import saving
from partybranch.services import broken_rules
from partybranch.services.meanwhile import ChangedMeanwhile
from partybranch.services.sentences import sentence_of


class SavesThroughService(saving.SavesThroughService):
    refusals = (broken_rules.BrokenRule,)
    sentence_of = staticmethod(sentence_of)


class SavesOwnChanges(SavesThroughService):
    """Of a form that RemembersWhatItShowed: what a colleague saved meanwhile in the same field is said beside it."""

    def save(self, form):
        try:
            return self.save_changes(form, form.changes())
        except ChangedMeanwhile as error:
            form.say_changed(error.now)
            raise
