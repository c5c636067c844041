from django.urls import path

from hebi_charity.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.ReportListView.as_view(), name="list"),
    path("new/", views.ReportCreateView.as_view(), name="create"),
    path("<int:pk>/", views.ReportDetailView.as_view(), name="detail"),
    path("<int:pk>/mark-checked/", views.ReportCheckView.as_view(), name="mark_checked"),
    path("<int:pk>/issue/", views.ReportIssueView.as_view(), name="issue"),
    path("check/", views.CheckCodeView.as_view(), name="check"),
    path("check/<str:code>/", views.CheckCodeView.as_view(), name="check"),
]
