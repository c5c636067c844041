"""Of an event that is filed no form opens that could only be refused at its end."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect

from partybranch.models import LifeEvent
from partybranch.services.broken_rules import AlreadyFiled


class OpensUntilFiled:
    """Opens the form of `event`; of a filed one its page, with the sentence that an addendum can be written."""

    event: LifeEvent

    def get(self, request, *args, **kwargs):
        if not self.event.is_filed():
            return super().get(request, *args, **kwargs)
        messages.warning(request, AlreadyFiled.sentence)
        return redirect(self.event)
