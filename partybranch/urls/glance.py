"""Addresses of the year at a glance and of the rules behind it."""

from django.urls import path

from partybranch.views import glance

urlpatterns = [
    path("year/", glance.GlanceView.as_view(), name="glance"),
    path("requirements/", glance.RequirementListView.as_view(), name="requirement_list"),
    path("requirements/new/", glance.RequirementCreateView.as_view(), name="requirement_create"),
    path("requirements/<int:pk>/end/", glance.RequirementEndView.as_view(), name="requirement_end"),
    path("requirements/<int:pk>/withdraw/", glance.RequirementWithdrawView.as_view(), name="requirement_withdraw"),
]
