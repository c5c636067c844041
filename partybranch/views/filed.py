"""Of an event that is filed or called off no form opens that could only be refused at its end."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect

from partybranch.models import LifeEvent
from partybranch.services.broken_rules import AlreadyFiled, CalledOff


class OpensUntilFiled:
    """Opens the form of `event`; of a filed or cancelled one its page, with the sentence that says why."""

    event: LifeEvent

    def get(self, request, *args, **kwargs):
        if not (self.event.is_filed() or self.event.is_cancelled()):
            return super().get(request, *args, **kwargs)
        messages.warning(request, AlreadyFiled.sentence if self.event.is_filed() else CalledOff.sentence)
        return redirect(self.event)
