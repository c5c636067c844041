"""Addresses of the year at a glance and of the rules behind it."""

from django.urls import path

from partybranch.views import calendar, glance, warnings

urlpatterns = [
    path("year/", glance.GlanceView.as_view(), name="glance"),
    path("warnings/", warnings.WarningListView.as_view(), name="warning_list"),
    path("calendar/", calendar.CalendarView.as_view(), name="calendar"),
    path("calendar/make/", calendar.CalendarMakeView.as_view(), name="calendar_make"),
    path("calendar/withdraw/", calendar.CalendarWithdrawView.as_view(), name="calendar_withdraw"),
    path("calendar/year.ics", calendar.CalendarFileView.as_view(), name="calendar_file"),
    path("calendar/read/<str:token>.ics", calendar.FeedView.as_view(), name="feed"),
    path("requirements/", glance.RequirementListView.as_view(), name="requirement_list"),
    path("requirements/new/", glance.RequirementCreateView.as_view(), name="requirement_create"),
    path("requirements/<int:pk>/end/", glance.RequirementEndView.as_view(), name="requirement_end"),
    path("requirements/<int:pk>/withdraw/", glance.RequirementWithdrawView.as_view(), name="requirement_withdraw"),
]
