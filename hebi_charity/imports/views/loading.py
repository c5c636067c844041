"""A file comes in, and a person says how it is read."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView, TemplateView

from hebi_charity.core.export import xlsx_response
from hebi_charity.core.views import redirect_anywhere
from hebi_charity.imports.exceptions import FileNotRead, NotTheMaker, PlanRefused
from hebi_charity.imports.forms import UploadForm
from hebi_charity.imports.models import Import
from hebi_charity.imports.services import planning, uploading
from hebi_charity.imports.showing.steps import steps_of
from hebi_charity.imports.targets import EntryTarget, ImportTarget, target_named, target_of, targets_for
from hebi_charity.imports.views.acts import REFUSALS, sentence_of
from hebi_charity.imports.views.allowed import ForTarget
from hebi_charity.imports.views.looking import looking_at
from hebi_charity.office.services.form_keys import FormKeyReused


def answered_by_link(target: ImportTarget, query: QueryDict) -> dict[str, str]:
    """What the link to the page answers beforehand of the target's own questions."""
    return {name: query[name] for name in target.by_link if name in query}


class ImportCreateView(ForTarget, FormView):
    """Choose a file. It is looked at at once and kept."""

    allowed = "load"
    template_name = "imports/upload.html"
    form_class = UploadForm
    target = uploading.GIFTS

    def has_permission(self):
        return self.target in targets_for(self.request.user, "load")

    def form_valid(self, form):
        given = form.cleaned_data["file"]
        try:
            imported = uploading.upload(
                given.file, name=given.name, by=self.request.user, form_key=form.form_key, target=self.target
            )
        except FileNotRead as refused:
            form.add_error("file", str(refused))
            return self.form_invalid(form)
        except FormKeyReused:
            form.add_error(None, _("Another file was chosen on this page before. Open the page anew for this one."))
            return self.form_invalid(form)
        answered = answered_by_link(target_named(self.target), self.request.GET)
        return redirect(reverse("imports:plan", args=[imported.pk], query=answered))

    def get_context_data(self, **kwargs):
        target = target_named(self.target)
        steps = steps_of(None, is_alone=not target.needs_second_person)
        return super().get_context_data(steps=steps, target=target, target_key=self.target, **kwargs)


class ImportCreateForView(ImportCreateView):
    """The same for the target that the address names; one on which this person may not load is not found."""

    def has_permission(self):
        return bool(targets_for(self.request.user, "load"))

    def dispatch(self, request, *args, **kwargs):
        self.target = kwargs["target"]
        may_load = request.user.is_authenticated and self.has_permission()
        if may_load and self.target not in targets_for(request.user, "load"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class TemplateTableView(ForTarget, View):
    """The empty table with the headings of a target, to be filled in."""

    http_method_names: ClassVar[list[str]] = ["get", "head"]

    def has_permission(self):
        return bool(self.offered())

    def offered(self) -> dict[str, EntryTarget]:
        """The targets this person may load that have such a table."""
        found = {key: target_named(key) for key in targets_for(self.request.user, "load")}
        return {key: target for key, target in found.items() if isinstance(target, EntryTarget)}

    def get(self, request, target):
        offered = self.offered()
        if target not in offered:
            raise Http404
        return xlsx_response(offered[target].template())


class PlanView(ForTarget, TemplateView):
    """How the file is read: what was found, to be corrected, and what the file does not say, to be given."""

    allowed = "load"
    template_name = "imports/plan.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and self.has_permission():
            self.imported = self.find(kwargs["pk"])
            if self.imported.recorded_by_id != request.user.pk or not self.imported.is_before_submission:
                return self.not_allowed() if request.method in {"GET", "HEAD", "POST"} else self.refuse_method()
        return super().dispatch(request, *args, **kwargs)

    def refuse_method(self):
        return self.http_method_not_allowed(self.request)

    def find(self, pk):
        rows = self.rows().select_related("file", "recorded_by", "returned_by")
        return get_object_or_404(rows, pk=pk)

    def not_allowed(self):
        """It went on, perhaps while this page stood open: say so, and lead to where it stands."""
        if self.imported.recorded_by_id != self.request.user.pk:
            sentence = sentence_of(NotTheMaker())
        else:
            sentence = _(
                "This import has gone on (now: %(state)s). How the file is read can no longer be changed, and nothing"
                " was changed. Here you see where it stands and what can be done."
            ) % {"state": self.imported.get_state_display()}
        messages.warning(self.request, sentence)
        return redirect_anywhere(self.request, self.imported)

    def get_context_data(self, looking=None, **kwargs):
        others = Import.objects.visible_to(self.request.user).same_file_as(self.imported).select_related("recorded_by")
        kept = answered_by_link(target_of(self.imported), self.request.GET)
        return super().get_context_data(
            imported=self.imported,
            looking=looking or looking_at(self.imported, kept=kept),
            steps=steps_of(self.imported, at=1),
            others=others,
            **kwargs,
        )

    def post(self, request, pk):
        looking = looking_at(self.imported, request.POST)
        if "look" in request.POST or looking.wants_another_look():
            return self.look_again(looking)
        if not looking.is_valid():
            return self.show(looking)
        try:
            planning.ask_check(self.imported, looking.plan(), by=request.user)
        except PlanRefused as refused:
            looking.add_refusals(refused.errors)
            return self.show(looking)
        except REFUSALS as error:
            messages.warning(request, sentence_of(error))
        return redirect(self.imported)

    def look_again(self, looking):
        """Another sheet, line or encoding: show what is found there, and keep what was answered."""
        if not looking.can_look():
            return self.show(looking)
        try:
            self.imported = planning.look_again(self.imported, by=self.request.user, **looking.wish())
        except FileNotRead as refused:
            looking.refuse_look(str(refused))
            return self.show(looking)
        except REFUSALS as error:
            messages.warning(self.request, sentence_of(error))
            return redirect_anywhere(self.request, self.imported)
        return self.show(looking_at(self.find(self.imported.pk), kept=looking.answers()))

    def show(self, looking):
        return self.render_to_response(self.get_context_data(looking=looking))
