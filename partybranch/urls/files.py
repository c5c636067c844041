"""The address of what can be loaded from tables; the loading itself is the floor's."""

from django.urls import path

from partybranch.views import files

urlpatterns = [
    path("files/", files.FilesView.as_view(), name="files"),
]
