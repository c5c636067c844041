from django.urls import path

from hebi_charity.files import views

app_name = "files"
urlpatterns = [
    path("<int:pk>/", views.DownloadView.as_view(), name="download"),
    path("<int:pk>/small/", views.ThumbnailView.as_view(), name="thumbnail"),
    path("<int:pk>/large/", views.LargePictureView.as_view(), name="large"),
]
