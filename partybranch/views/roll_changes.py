"""The notice of a meeting given anew, because the roll changed after it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from partybranch.models import LifeEvent
from partybranch.services.roll_changes import renew_notice
from partybranch.views.life import LifeActView


class LifeRenewView(LifeActView):
    done = gettext_lazy("The notice is given anew with the roll of that day; the meeting before is called off.")
    again: LifeEvent | None = None

    def act(self, row, data):
        self.again = renew_notice(row, by=self.request.user)

    def next_page(self, row):
        return self.again or row
