"""Addresses of question banks and exams."""

from django.urls import path

from partybranch.views import draws, exams, questions

urlpatterns = [
    path("branches/<int:pk>/exams/new/", exams.ExamCreateView.as_view(), name="exam_create"),
    path("exams/", exams.ExamListView.as_view(), name="exam_list"),
    path("exams/<int:pk>/", exams.ExamDetailView.as_view(), name="exam_detail"),
    path("exams/<int:pk>/edit/", exams.ExamUpdateView.as_view(), name="exam_update"),
    path("exams/<int:pk>/close/", exams.ExamCloseView.as_view(), name="exam_close"),
    path("exams/<int:pk>/call-off/", exams.ExamCallOffView.as_view(), name="exam_call_off"),
    path("exams/<int:pk>/results/", exams.ExamResultsView.as_view(), name="exam_results"),
    path("exams/<int:pk>/oral/", draws.OralView.as_view(), name="exam_oral"),
    path("exams/<int:pk>/draw/", draws.ExamDrawView.as_view(), name="exam_draw"),
    path("exams/<int:pk>/screen/", draws.ScreenView.as_view(), name="exam_screen"),
    path("exams/results/<int:pk>/withdraw/", exams.ExamResultWithdrawView.as_view(), name="result_withdraw"),
    path("exams/draws/<int:pk>/", draws.DrawView.as_view(), name="draw_detail"),
    path("exams/draws/<int:pk>/reveal/", draws.DrawRevealView.as_view(), name="draw_reveal"),
    path("exams/draws/<int:pk>/withdraw/", draws.DrawWithdrawView.as_view(), name="draw_withdraw"),
    path("banks/", questions.BankListView.as_view(), name="bank_list"),
    path("banks/new/", questions.BankCreateView.as_view(), name="bank_create"),
    path("banks/<int:pk>/", questions.BankDetailView.as_view(), name="bank_detail"),
    path("banks/<int:pk>/edit/", questions.BankUpdateView.as_view(), name="bank_update"),
    path("banks/<int:pk>/questions/new/", questions.QuestionCreateView.as_view(), name="bank_question"),
    path("banks/<int:pk>/paste/", questions.QuestionPasteView.as_view(), name="bank_paste"),
    path("banks/questions/<int:pk>/", questions.QuestionDetailView.as_view(), name="question_detail"),
    path("banks/questions/<int:pk>/correct/", questions.QuestionCorrectView.as_view(), name="question_correct"),
    path("banks/questions/<int:pk>/withdraw/", questions.QuestionWithdrawView.as_view(), name="question_withdraw"),
]
