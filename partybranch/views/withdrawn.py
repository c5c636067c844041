"""Of a branch that was withdrawn no form opens that could only be refused at its end."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect

from partybranch.models import Branch
from partybranch.services.broken_rules import BranchWithdrawn


class OpensUntilWithdrawn:
    """Opens the form of `branch`; of a withdrawn one its page, with the sentence what to do. After the permission."""

    branch: Branch

    def dispatch(self, request, *args, **kwargs):
        # What a form does not answer to is said by the form itself.
        if request.method.lower() not in self.http_method_names or not self.branch.is_withdrawn():
            return super().dispatch(request, *args, **kwargs)
        messages.warning(request, BranchWithdrawn.sentence)
        return redirect(self.branch)
