from django.urls import path

from hebi_charity.imports.views import acts, listing, loading, record

app_name = "imports"
urlpatterns = [
    path("", listing.ImportListView.as_view(), name="list"),
    path("new/", loading.ImportCreateView.as_view(), name="create"),
    path("new/<slug:target>/", loading.ImportCreateForView.as_view(), name="create_for"),
    path("template/<slug:target>/", loading.TemplateTableView.as_view(), name="template"),
    path("<int:pk>/", record.ImportDetailView.as_view(), name="detail"),
    path("<int:pk>/plan/", loading.PlanView.as_view(), name="plan"),
    path("<int:pk>/progress/", record.ProgressView.as_view(), name="progress"),
    path("<int:pk>/rejected/", record.RejectedView.as_view(), name="rejected"),
    path("<int:pk>/rejected/export/", record.RejectedExportView.as_view(), name="rejected_export"),
    path("<int:pk>/doubts/", record.DoubtsView.as_view(), name="doubts"),
    path("<int:pk>/take-in/", acts.TakeInView.as_view(), name="take_in"),
    path("<int:pk>/undo/", acts.UndoView.as_view(), name="undo"),
    path("<int:pk>/answer/", acts.AnswerView.as_view(), name="answer"),
    path("<int:pk>/submit/", acts.SubmitView.as_view(), name="submit"),
    path("<int:pk>/confirm/", acts.ConfirmView.as_view(), name="confirm"),
    path("<int:pk>/return/", acts.ReturnView.as_view(), name="return"),
    path("<int:pk>/discard/", acts.DiscardView.as_view(), name="discard"),
    path("<int:pk>/resume/", acts.ResumeView.as_view(), name="resume"),
]
