"""接龙: the text of the group is pasted, shown as it was understood, and recorded once it is confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from hebi_charity.core import dates
from hebi_charity.core.sentences import REFUSED_BY_DATABASE, add_refusal
from partybranch.forms.relay import RelayConfirmForm, RelayTextForm
from partybranch.lists import life
from partybranch.lists.namesakes import told_apart
from partybranch.models import LifeEvent
from partybranch.services import events, relay
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.filed import OpensUntilFiled
from partybranch.views.records import RECORDS

NO_NAMES = gettext_lazy("No line with a name was found. Please paste the list of names too.")
NO_LEAVES = gettext_lazy(
    "The day of this event has not come: only a leave may be recorded now, and no line asks for one."
)


class RelayView(PermissionRequiredMixin, OpensUntilFiled, TemplateView):
    """First the text, then what was understood of it. Nothing is written before it is confirmed."""

    permission_required = RECORDS
    template_name = "partybranch/attend/relay.html"

    @cached_property
    def event(self) -> LifeEvent:
        return get_object_or_404(LifeEvent.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def rows(self):
        return life.list_of(self.event)

    def get_context_data(self, **kwargs):
        facts = {"event": self.event, "text_form": RelayTextForm(), "has_come": self.event.has_come(dates.today())}
        return super().get_context_data(**(facts | kwargs))

    def post(self, request, *args, **kwargs):
        text_form = RelayTextForm(request.POST)
        if not text_form.is_valid():
            return self.render_to_response(self.get_context_data(text_form=text_form))
        read = relay.understood(text_form.cleaned_data["text"], self.rows)
        has_come = self.event.has_come(dates.today())
        read = read if has_come else relay.leaves_alone(read)
        if not read.lines:
            text_form.add_error("text", NO_NAMES if has_come else NO_LEAVES)
            return self.render_to_response(self.get_context_data(text_form=text_form))
        is_confirmed = "confirm" in request.POST
        apart = told_apart((row.person for row in self.rows), branch=self.event.branch_id, day=self.event.held_on)
        facts = {"lines": read.lines, "rows": self.rows, "apart": apart, "has_come": has_come}
        form = RelayConfirmForm(request.POST if is_confirmed else None, **facts)
        if is_confirmed and form.is_valid() and self.save(form):
            return self.go_on(read.beyond)
        facts = {"form": form, "aside": read.aside, "beyond": read.beyond}
        return self.render_to_response(self.get_context_data(text_form=text_form, **facts))

    def go_on(self, beyond: tuple[str, ...]) -> HttpResponse:
        """To the event; where the text has more names than were asked of at once, to the rest of it."""
        if not beyond:
            return redirect(self.event)
        rest = RelayTextForm(initial={"text": "\n".join(beyond)})
        return self.render_to_response(self.get_context_data(text_form=rest))

    def save(self, form: RelayConfirmForm) -> bool:
        try:
            count = events.record_attendance(self.event, form.marks(), by=self.request.user, shown=form.shown())
        except events.AttendanceChanged as error:
            form.add_error(None, sentence_of(error))
            form.say_all_changed(error.rows)
        except BrokenRule as error:
            form.add_error(None, sentence_of(error))
        except REFUSED_BY_DATABASE as error:
            add_refusal(form, error)
        else:
            messages.success(self.request, _("Attendance of %(count)s people is recorded.") % {"count": count})
            self.tell_left_out(form)
            return True
        return False

    def tell_left_out(self, form: RelayConfirmForm) -> None:
        for name, line in form.recorded_by_another():
            messages.info(
                self.request, _("%(name)s is recorded by the line “%(line)s”.") % {"name": name, "line": line}
            )
        if lines := form.left_out():
            words = _("Not recorded: %(lines)s. Where it is needed, tap the names one by one.")
            messages.warning(self.request, words % {"lines": "、".join(f"“{line}”" for line in lines)})
