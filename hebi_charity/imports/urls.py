from django.urls import path

from hebi_charity.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.ImportListView.as_view(), name="list"),
    path("<int:pk>/", views.ImportDetailView.as_view(), name="detail"),
]
