"""Addresses of what belongs to attendance: printed sheets that come back, and more."""

from django.urls import path

from partybranch.views import sheets

urlpatterns = [
    path("s/", sheets.SheetView.as_view(), name="sheet"),
    path("s/<slug:code>/", sheets.SheetOpenView.as_view(), name="sheet_open"),
]
