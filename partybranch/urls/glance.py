"""Addresses of the year at a glance and of the rules behind it."""

from django.urls import path

from partybranch.views import calendar, glance, warnings

urlpatterns = [
    path("year/", glance.GlanceView.as_view(), name="glance"),
    path("warnings/", warnings.WarningListView.as_view(), name="warning_list"),
    path("year/calendar/", calendar.CalendarView.as_view(), name="calendar"),
    path("year/calendar/make/", calendar.CalendarMakeView.as_view(), name="calendar_make"),
    path("year/calendar/withdraw/", calendar.CalendarWithdrawView.as_view(), name="calendar_withdraw"),
    path("year/calendar/year.ics", calendar.CalendarFileView.as_view(), name="calendar_file"),
    path("year/calendar/read/<str:token>.ics", calendar.FeedView.as_view(), name="feed"),
    path("year/requirements/", glance.RequirementListView.as_view(), name="requirement_list"),
    path("year/requirements/new/", glance.RequirementCreateView.as_view(), name="requirement_create"),
    path("year/requirements/<int:pk>/end/", glance.RequirementEndView.as_view(), name="requirement_end"),
    path("year/requirements/<int:pk>/withdraw/", glance.RequirementWithdrawView.as_view(), name="requirement_withdraw"),
]
