"""Forms of the gifts save through services, and broken rules are said in the words of this app."""

from donations.services import broken_rules
from donations.services.sentences import sentence_of
from hebi_charity.office.views import saving


class SavesThroughService(saving.SavesThroughService):
    refusals = (broken_rules.BrokenRule,)
    sentence_of = staticmethod(sentence_of)
