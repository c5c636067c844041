"""Study materials: titles with their copies, purchases, lists that are signed, loans."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView, FormView, TemplateView, View

from hebi_charity.core.views import ActView
from hebi_charity.files.services import AttachedBefore, FileRefused, attachments_of
from hebi_charity.office.forms import ReasonForm
from partybranch.forms.materials import HandOutForm, LoanForm, MaterialForm, PurchaseForm, ReturnForm
from partybranch.lists import materials as lists
from partybranch.models import Branch, IssueLine, IssueList, MaterialLoan, MaterialPurchase, StudyMaterial
from partybranch.services import materials
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.records import FUTURE, RECORDS
from partybranch.views.saving import SavesThroughService
from partybranch.views.study import CONFIRMS, SEES, chosen_branch
from partybranch.views.withdrawn import OpensUntilWithdrawn

STOCK = "partybranch_stock_not_negative"


def materials_address(branch: Branch) -> str:
    return reverse("partybranch:material_list") + f"?branch={branch.pk}"


class MaterialListView(PermissionRequiredMixin, TemplateView):
    permission_required = SEES
    template_name = "partybranch/study/materials.html"

    def get_context_data(self, **kwargs):
        branch, user = chosen_branch(self.request), self.request.user
        context = super().get_context_data(branch=branch, **kwargs)
        if branch is None:
            return context
        return context | {
            "materials": list(lists.materials_of(branch, by=user)),
            "issue_lists": list(lists.lists_of(branch, by=user)),
            "loans": list(lists.loans_out(branch, by=user)),
            "return_form": ReturnForm(),
        }


class MaterialDetailView(PermissionRequiredMixin, DetailView):
    permission_required = SEES
    template_name = "partybranch/study/material.html"
    context_object_name = "material"

    def get_queryset(self):
        return StudyMaterial.objects.visible_to(self.request.user).counted().select_related("branch")

    def get_context_data(self, **kwargs):
        purchases = list(self.object.purchases.select_related("recorded_by", "withdrawn_by"))
        for purchase in purchases:
            purchase.papers = attachments_of(purchase)
        loans = self.object.loans.select_related("person", "withdrawn_by")
        lines = self.object.issue_lines.select_related("person", "issue_list", "withdrawn_by")
        lines = lines.order_by("-issue_list__issued_on", "person__sort_key", "pk")
        return super().get_context_data(purchases=purchases, loans=loans, issue_lines=lines, **kwargs)


class MaterialFormView(PermissionRequiredMixin, SavesThroughService):
    permission_required = RECORDS
    template_name = "partybranch/study/form.html"
    title = lead = ""

    def get_context_data(self, **kwargs):
        words = {"title": self.title, "lead": self.lead, "back_url": self.back()}
        return super().get_context_data(**(words | kwargs))


class MaterialCreateView(MaterialFormView, OpensUntilWithdrawn, CreateView):
    form_class = MaterialForm
    title = gettext_lazy("Record a study material")
    done = gettext_lazy("Recorded. Now record the copies that came in.")
    places = {"study_material_has_title": "title", "study_material_title_once": "title"}

    @cached_property
    def branch(self) -> Branch:
        return get_object_or_404(Branch.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": StudyMaterial(branch=self.branch)}

    def back(self):
        return materials_address(self.branch)

    def save(self, form):
        return materials.add_material(form.instance, by=self.request.user, form_key=form.form_key)


class OfMaterialView(MaterialFormView, CreateView):
    @cached_property
    def material(self) -> StudyMaterial:
        rows = StudyMaterial.objects.visible_to(self.request.user).select_related("branch")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.form_class._meta.model(material=self.material)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(lead=self.material.title, **kwargs)

    def back(self):
        return self.material.get_absolute_url()

    def next_page(self, row):
        return self.material


class PurchaseView(OfMaterialView):
    form_class = PurchaseForm
    title = gettext_lazy("Record a purchase")
    done = gettext_lazy("The copies are recorded.")
    refusals = (BrokenRule, FileRefused)
    places = {
        FUTURE: "bought_on",
        "material_purchase_has_copies": "copies",
        "material_purchase_price_fits": "unit_price",
        FileRefused: "invoice",
        AttachedBefore: "invoice",
    }

    def save(self, form):
        return materials.record_purchase(
            form.instance, by=self.request.user, form_key=form.form_key, papers=form.papers()
        )

    def sentence(self, error):
        return str(error) if isinstance(error, FileRefused) else super().sentence(error)


class LoanView(OfMaterialView):
    form_class = LoanForm
    title = gettext_lazy("Lend a copy")
    done = gettext_lazy("The loan is recorded.")
    places = {FUTURE: "lent_on", "material_loan_due_after_lent": "due_on", STOCK: "person"}

    def save(self, form):
        return materials.lend(form.instance, by=self.request.user, form_key=form.form_key)


class HandOutView(MaterialFormView, OpensUntilWithdrawn, FormView):
    form_class = HandOutForm
    title = gettext_lazy("Hand out material")
    lead = gettext_lazy(
        "Everybody chosen gets the same. Print the list afterwards, have it signed and tick who signed."
    )
    done = gettext_lazy("Handed out. Print the list and have it signed.")
    places = {FUTURE: "issued_on", materials.NobodyToIssueTo: "people"}

    @cached_property
    def branch(self) -> Branch:
        return get_object_or_404(Branch.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        rows = lists.materials_of(self.branch, by=self.request.user)
        return super().get_form_kwargs() | {"branch": self.branch, "materials": rows}

    def back(self):
        return materials_address(self.branch)

    def save(self, form):
        data = form.cleaned_data
        row = IssueList(branch=self.branch, title=data["title"], issued_on=data["issued_on"])
        return materials.hand_out(row, data["people"], form.copies(), by=self.request.user, form_key=form.form_key)


class IssueListView(PermissionRequiredMixin, DetailView):
    permission_required = SEES
    template_name = "partybranch/study/issue_list.html"
    context_object_name = "issue_list"

    def get_queryset(self):
        return IssueList.objects.visible_to(self.request.user).select_related("branch", "recorded_by")

    def get_context_data(self, **kwargs):
        signed = lists.signed_list(self.object)
        rows = [(line, list(zip(signed.titles, line.copies, strict=True))) for line in signed.lines]
        return super().get_context_data(signed=signed, rows=rows, **kwargs)


class SignedView(PermissionRequiredMixin, View):
    """Tick who has signed on the print."""

    permission_required = RECORDS
    http_method_names = ["post"]

    def post(self, request, pk):
        row = get_object_or_404(IssueList.objects.visible_to(request.user), pk=pk)
        asked = [int(one) for one in request.POST.getlist("people") if one.isdecimal() and len(one) < 19]
        count = materials.tick_signed(row, asked, by=request.user)
        if count:
            messages.success(request, _("Signatures of %(count)s people are recorded.") % {"count": count})
        else:
            messages.warning(request, _("Tick at least one person who has signed."))
        return redirect(row)


class ReturnView(ActView):
    permission_required = RECORDS
    model = MaterialLoan
    form_class = ReturnForm
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)
    done = gettext_lazy("The copy is back.")

    def act(self, row, data):
        materials.take_back(row, by=self.request.user, day=data["day"])


class MaterialWithdrawView(ActView):
    permission_required = CONFIRMS
    form_class = ReasonForm
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)
    done = gettext_lazy("Withdrawn. It stays readable with your reason; record what is right anew.")

    def act(self, row, data):
        materials.withdraw_material_row(row, by=self.request.user, reason=data["reason"])


class PurchaseWithdrawView(MaterialWithdrawView):
    model = MaterialPurchase


class IssueLineWithdrawView(MaterialWithdrawView):
    model = IssueLine


class LoanWithdrawView(MaterialWithdrawView):
    model = MaterialLoan
