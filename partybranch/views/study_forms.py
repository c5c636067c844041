"""Forms of the room of study: self-study, courses, lectures, the hours of a meeting, conversions and targets."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import CreateView, FormView, TemplateView

from hebi_charity.files.services import AttachedBefore, FileRefused
from partybranch.forms.study import CourseForm, CreditForm, HourRuleForm, HourTargetForm, LectureForm, SelfStudyForm
from partybranch.models import Attendance, Branch, HourRule, HourTarget, LifeEvent, PassOnDuty
from partybranch.services import hour_rules, learning, study
from partybranch.services.broken_rules import BrokenRule
from partybranch.views.records import FUTURE, RECORDS
from partybranch.views.saving import SavesThroughService
from partybranch.views.study import CONFIRMS, SEES, study_address
from partybranch.views.withdrawn import OpensUntilWithdrawn

LENGTH = {
    "learning_has_hours": "quantity",
    "partybranch_hours_fit_days": "quantity",
    "partybranch_self_study_fits_day": "quantity",
    learning.DAYS_TAKEN: "quantity",
    learning.DaysTaken: "quantity",
    learning.MoreThanTheDays: "quantity",
}
DAYS = LENGTH | {
    FUTURE: "starts_on",
    "partybranch_learner_in_branch": "starts_on",
    "learning_days_in_order": "ends_on",
    learning.NoConversion: "starts_on",
}


class OfBranchView(PermissionRequiredMixin, OpensUntilWithdrawn, SavesThroughService, FormView):
    """A form about people of the branch in the address. `title` and `lead` say what it does."""

    permission_required = RECORDS
    template_name = "partybranch/study/form.html"
    title = lead = ""

    @cached_property
    def branch(self) -> Branch:
        return get_object_or_404(Branch.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"branch": self.branch}

    def get_context_data(self, **kwargs):
        words = {"title": self.title, "lead": self.lead, "back_url": study_address(self.branch)}
        return super().get_context_data(branch=self.branch, **(words | kwargs))


class SelfStudyView(OfBranchView):
    form_class = SelfStudyForm
    title = gettext_lazy("Record self-study")
    lead = gettext_lazy("As the person states it. It counts when the secretary has confirmed it.")
    done = gettext_lazy("Recorded. It counts when the secretary has confirmed it.")
    refusals = (BrokenRule, FileRefused)
    places = DAYS | {FileRefused: "pictures", AttachedBefore: "pictures"}

    def get_initial(self):
        return {"person": self.request.GET.get("person", "")}

    def save(self, form):
        return study.state_self_study(
            form.entry(), by=self.request.user, form_key=form.form_key, pictures=form.chosen_pictures()
        )

    def sentence(self, error):
        return str(error) if isinstance(error, FileRefused) else super().sentence(error)


class CourseView(OfBranchView):
    form_class = CourseForm
    title = gettext_lazy("Record a course outside")
    done = gettext_lazy("The course is recorded for all who went.")
    places = DAYS | {FUTURE: "ends_on", "study_occasion_days_in_order": "ends_on", study.NobodySent: "people"}

    def save(self, form):
        return study.record_course(form.entry(), by=self.request.user, form_key=form.form_key)


class LectureView(OfBranchView):
    form_class = LectureForm
    title = gettext_lazy("Record a lecture given")
    lead = gettext_lazy("Somebody of the branch taught the others. A duty to pass a course on is settled with it.")
    done = gettext_lazy("The lecture is recorded.")
    places = DAYS | {
        FUTURE: "day",
        "partybranch_learner_in_branch": "day",
        "partybranch_passed_on_by_learner": "duty",
        "learning_once_an_occasion": "event",
        "partybranch_lecture_of_who_came": "event",
        learning.NoConversion: "day",
    }

    def get_initial(self):
        asked = self.request.GET.get("duty", "")
        if not asked.isdecimal():
            return {}
        duty = PassOnDuty.objects.visible_to(self.request.user).of_branch(self.branch).open().numbered(asked)
        return {"duty": duty.pk, "person": duty.person_id, "subject": duty.occasion.title} if duty else {}

    def save(self, form):
        return study.record_lecture(form.entry(), by=self.request.user, form_key=form.form_key)


class CreditEventView(PermissionRequiredMixin, SavesThroughService, FormView):
    """The hours of a meeting for all who came, in one act."""

    permission_required = RECORDS
    form_class = CreditForm
    template_name = "partybranch/study/credit.html"
    places = LENGTH | {learning.NoConversion: "unit"}

    @cached_property
    def event(self) -> LifeEvent:
        return get_object_or_404(LifeEvent.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_initial(self):
        usual = learning.measure_of(self.event)
        return {"unit": usual.unit, "quantity": usual.quantity.quantize(Decimal(1))}

    def get_context_data(self, **kwargs):
        came = self.event.attendance.filter(status__in=Attendance.CAME).count()
        return super().get_context_data(event=self.event, came=came, **kwargs)

    def save(self, form):
        self.count = learning.credit_event(self.event, by=self.request.user, measure=form.measure())
        return self.event.study_occasion

    def said(self, row):
        if not self.count:
            return _("Nothing is new: all who came have these hours already.")
        done = ngettext(
            "Hours are credited to %(count)s person.", "Hours are credited to %(count)s people.", self.count
        )
        return done % {"count": self.count}


class HoursView(PermissionRequiredMixin, TemplateView):
    """Which conversions and targets hold, since when and by which paper."""

    permission_required = SEES
    template_name = "partybranch/study/hours.html"

    def get_context_data(self, **kwargs):
        rules = HourRule.objects.visible_to(self.request.user).order_by("unit", "-valid_from")
        targets = HourTarget.objects.visible_to(self.request.user).order_by("duty", "-valid_from")
        tables = [
            (rules, _("Conversion into hours"), _("unit of study"), reverse("partybranch:study_hour_rule")),
            (targets, _("Hours asked for a year"), _("whose target"), reverse("partybranch:study_hour_target")),
        ]
        return super().get_context_data(tables=tables, **kwargs)


class HourFigureView(PermissionRequiredMixin, SavesThroughService, CreateView):
    permission_required = CONFIRMS
    template_name = "partybranch/study/form.html"
    title = ""
    lead = gettext_lazy("It holds from its day on; records of earlier days stay as they were computed.")
    done = gettext_lazy("Recorded. It holds from its day on.")

    def get_context_data(self, **kwargs):
        words = {"title": self.title, "lead": self.lead, "back_url": reverse("partybranch:study_hours")}
        return super().get_context_data(**(words | kwargs))

    def save(self, form):
        return hour_rules.record_figure(form.instance, by=self.request.user, form_key=form.form_key)

    def next_page(self, row):
        return "partybranch:study_hours"


class HourRuleView(HourFigureView):
    form_class = HourRuleForm
    title = gettext_lazy("Record a conversion into hours")
    places = {
        "hour_rule_once_a_day": "valid_from",
        "hour_rule_within_a_day": "hours",
        "hour_rule_has_source": "source",
    }


class HourTargetView(HourFigureView):
    form_class = HourTargetForm
    title = gettext_lazy("Record hours asked for a year")
    places = {
        "hour_target_once_a_day": "valid_from",
        "hour_target_within_reason": "hours",
        "hour_target_has_source": "source",
    }
