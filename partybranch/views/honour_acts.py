"""What happens to an honour: moved, revoked, withdrawn, its dossier frozen, cited; and what of it is taken back."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from hebi_charity.core.views import ActView
from hebi_charity.files.services import FileRefused
from partybranch.forms import WithdrawForm
from partybranch.forms.honours import CitationForm, DossierForm, MoveForm, RevokeForm
from partybranch.lists.evidence import chosen
from partybranch.lists.registers import REGISTERS
from partybranch.models import Honour, HonourCitation, HonourDossier
from partybranch.services import honour_dossiers, honours, registers
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.records import FUTURE, RECORDS
from partybranch.views.saving import SavesThroughService

WITHDRAWS = ("partybranch.view_person", "partybranch.withdraw_record")


class HonourActView(ActView):
    permission_required = RECORDS
    model = Honour
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)


class HonourMoveView(HonourActView):
    form_class = MoveForm
    done = gettext_lazy("Saved: it hangs or lies there now. The history keeps where it was before.")

    def act(self, row, data):
        honours.move_honour(row, by=self.request.user, kept_at=data["kept_at"])


class HonourRevokeView(HonourActView):
    form_class = RevokeForm
    done = gettext_lazy("Recorded that it was revoked. It stays readable with day and reason.")

    def act(self, row, data):
        honours.revoke_honour(row, by=self.request.user, day=data["day"], reason=data["reason"])


class HonourWithdrawView(HonourActView):
    permission_required = WITHDRAWS
    form_class = WithdrawForm
    done = gettext_lazy("Withdrawn. It stays readable with your reason; record what is right anew.")

    def act(self, row, data):
        registers.withdraw_row(row, by=self.request.user, reason=data["reason"])


class DossierWithdrawView(HonourWithdrawView):
    model = HonourDossier

    def act(self, row, data):
        honours.withdraw_of_honour(row, by=self.request.user, reason=data["reason"])


class CitationWithdrawView(DossierWithdrawView):
    model = HonourCitation


class OfHonourView(PermissionRequiredMixin, SavesThroughService, FormView):
    """A form about one honour, whose page follows."""

    permission_required = RECORDS

    @cached_property
    def honour(self) -> Honour:
        return get_object_or_404(Honour.objects.visible_to(self.request.user).with_bodies(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(honour=self.honour, **kwargs)


class CitationCreateView(OfHonourView):
    form_class = CitationForm
    template_name = "partybranch/honours/citation_form.html"
    done = gettext_lazy("The citation is recorded.")
    places = {FUTURE: "when", "partybranch_of_live_honour": "cited_in"}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": HonourCitation(honour=self.honour)}

    def save(self, form):
        return honours.cite_honour(form.instance, by=self.request.user, form_key=form.form_key)


class DossierCreateView(OfHonourView):
    form_class = DossierForm
    template_name = "partybranch/honours/dossier_form.html"
    done = gettext_lazy("The dossier is frozen: later changes of the evidence do not change it.")
    refusals = (BrokenRule, FileRefused)
    places = {
        FileRefused: "papers",
        honour_dossiers.DossierEmpty: "application",
        "honour_dossier_one": "application",
        "partybranch_of_live_honour": "application",
    }

    def get_form_kwargs(self):
        words = {word: str(register.title) for word, register in REGISTERS.items()}
        words |= {"life": str(gettext_lazy("Organisational life")), "honours": str(gettext_lazy("Honours"))}
        return super().get_form_kwargs() | {"honour": self.honour, "by": self.request.user, "words": words}

    def sentence(self, error):
        return str(error) if isinstance(error, FileRefused) else super().sentence(error)

    def save(self, form):
        data = form.cleaned_data
        return honour_dossiers.freeze_dossier(
            self.honour,
            application=data["application"],
            evidence=chosen(data["evidence"], by=self.request.user),
            papers=data["papers"],
            by=self.request.user,
            form_key=form.form_key,
        )
