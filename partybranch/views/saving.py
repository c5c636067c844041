"""Forms of the branch save through services, and broken rules are said in the words of this app."""

from hebi_charity.office.views import saving
from partybranch.services import broken_rules
from partybranch.services.sentences import sentence_of


class SavesThroughService(saving.SavesThroughService):
    refusals = (broken_rules.BrokenRule,)
    sentence_of = staticmethod(sentence_of)
