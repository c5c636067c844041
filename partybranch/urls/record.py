"""Addresses of the record of an event."""

from django.urls import path

from partybranch.views import past, pictures, record, together

urlpatterns = [
    path("branches/<int:pk>/life/past/", past.PastEventView.as_view(), name="life_past"),
    path("branches/<int:pk>/life/past/list/", past.PastListView.as_view(), name="life_past_list"),
    path("life/<int:pk>/record/", record.RecordView.as_view(), name="life_record"),
    path("life/<int:pk>/together/", together.TogetherView.as_view(), name="life_together"),
    path("life/<int:pk>/file/", record.FileView.as_view(), name="life_file"),
    path("life/<int:pk>/pictures/", pictures.AddPicturesView.as_view(), name="life_pictures"),
    path("life/pictures/<int:pk>/turn/", pictures.TurnPictureView.as_view(), name="picture_turn"),
    path("life/pictures/<int:pk>/remove/", pictures.RemovePictureView.as_view(), name="picture_remove"),
    path("life/<int:pk>/addendum/", record.AddendumView.as_view(), name="life_addendum"),
]
