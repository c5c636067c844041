"""资料: what was printed, one paper, and asking for one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView, View

from hebi_charity.core.registry import PaperBuilder, paper_builders
from hebi_charity.core.views import KeysetListMixin
from hebi_charity.office.services.form_keys import FormKeyReused
from hebi_charity.reports.models import Paper
from hebi_charity.reports.papers import services
from hebi_charity.reports.papers.building import NoSuchSubject, Wanted
from hebi_charity.reports.papers.forms import PaperForm


class PrintsSomething(UserPassesTestMixin):
    """For who may print at least one kind of paper."""

    @cached_property
    def kinds(self) -> dict[str, PaperBuilder]:
        """The kinds of paper that this person may see."""
        return {kind: one for kind, one in paper_builders.items() if self.request.user.has_perm(one.permission)}

    def test_func(self) -> bool:
        return bool(self.kinds)


class PaperListView(PrintsSomething, KeysetListMixin, ListView):
    template_name = "reports/paper_list.html"
    partial_template_name = "reports/_papers.html"
    page_key = "id"

    @property
    def kind(self) -> str:
        """The kind that is asked for; "" for all, or one that this person does not see."""
        asked = self.request.GET.get("kind", "")
        return asked if asked in self.kinds else ""

    def get_queryset(self):
        return Paper.objects.visible_to(self.request.user).of_kind(self.kind).select_related("made_by", "pdf")

    def get_context_data(self, **kwargs):
        return super().get_context_data(kinds=self.kinds, kind=self.kind, **kwargs)


class PaperDetailView(PrintsSomething, DetailView):
    template_name = "reports/paper_detail.html"
    context_object_name = "paper"

    def get_queryset(self):
        return Paper.objects.visible_to(self.request.user).select_related("made_by", "pdf")

    def get_context_data(self, **kwargs):
        paper = self.object
        printings = Paper.objects.of(paper.kind, paper.subject_id, paper.subject_key).select_related("made_by")
        return super().get_context_data(printings=printings.reverse(), subject=paper.subject(), **kwargs)


class PaperCreateView(PrintsSomething, View):
    """The button 打印. The progress page of the job follows."""

    http_method_names = ["post"]

    def test_func(self) -> bool:
        # Who may print nothing learns of no kind, not even that there is none of this name.
        kind = self.kwargs["kind"]
        return super().test_func() and (kind in self.kinds or paper_builders.get(kind) is None)

    def post(self, request, kind):
        form = PaperForm(request.POST)
        if not form.is_valid():
            raise Http404
        data = form.cleaned_data
        wanted = Wanted(kind, data["subject"], data["key"])
        try:
            job = services.ask_for_paper(
                kind, wanted.subject(request.user), by=request.user, form_key=data["form_key"], anew=data["anew"]
            )
        except NoSuchSubject as error:
            raise Http404 from error
        except FormKeyReused:
            messages.warning(request, _("This form was submitted before."))
            return redirect("reports:papers")
        return redirect(job)
