"""Addresses of the record of an event."""

from django.urls import path

from partybranch.views import record

urlpatterns = [
    path("life/<int:pk>/record/", record.RecordView.as_view(), name="life_record"),
    path("life/<int:pk>/file/", record.FileView.as_view(), name="life_file"),
    path("life/<int:pk>/addendum/", record.AddendumView.as_view(), name="life_addendum"),
]
