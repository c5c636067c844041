from django.urls import path

from hebi_charity.reports import views
from hebi_charity.reports.papers import views as papers

app_name = "reports"
urlpatterns = [
    path("", views.ReportListView.as_view(), name="list"),
    path("new/", views.ReportCreateView.as_view(), name="create"),
    path("<int:pk>/", views.ReportDetailView.as_view(), name="detail"),
    path("<int:pk>/mark-checked/", views.ReportCheckView.as_view(), name="mark_checked"),
    path("<int:pk>/issue/", views.ReportIssueView.as_view(), name="issue"),
    path("papers/", papers.PaperListView.as_view(), name="papers"),
    path("papers/<int:pk>/", papers.PaperDetailView.as_view(), name="paper"),
    path("papers/new/<str:kind>/", papers.PaperCreateView.as_view(), name="paper_create"),
    path("check/", views.CheckCodeView.as_view(), name="check"),
    path("check/<str:code>/", views.CheckCodeView.as_view(), name="check"),
]
