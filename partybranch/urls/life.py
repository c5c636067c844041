"""Addresses of organisational life."""

from django.urls import path

from partybranch.views import life, roll_changes

urlpatterns = [
    path("branches/<int:pk>/life/new/", life.LifeCreateView.as_view(), name="life_create"),
    path("life/", life.LifeListView.as_view(), name="life_list"),
    path("life/export/", life.LifeExportView.as_view(), name="life_export"),
    path("life/<int:pk>/", life.LifeDetailView.as_view(), name="life_detail"),
    path("life/<int:pk>/edit/", life.LifeUpdateView.as_view(), name="life_update"),
    path("life/<int:pk>/notice/", life.LifeNoticeView.as_view(), name="life_notice"),
    path("life/<int:pk>/attendance/", life.AttendanceView.as_view(), name="life_attendance"),
    path("life/<int:pk>/call-off/", life.LifeCallOffView.as_view(), name="life_call_off"),
    path("life/<int:pk>/renew/", roll_changes.LifeRenewView.as_view(), name="life_renew"),
]
