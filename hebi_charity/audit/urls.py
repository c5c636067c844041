from django.urls import path

from hebi_charity.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.EntryListView.as_view(), name="list"),
    path("export/", views.EntryExportView.as_view(), name="export"),
]
