"""Addresses of study."""

from django.urls import path

from partybranch.views import study, study_forms

urlpatterns = [
    path("study/", study.StudyView.as_view(), name="study"),
    path("study/confirm/", study.StudyConfirmView.as_view(), name="study_confirm"),
    path("study/hours/", study_forms.HoursView.as_view(), name="study_hours"),
    path("study/hours/rules/new/", study_forms.HourRuleView.as_view(), name="study_hour_rule"),
    path("study/hours/targets/new/", study_forms.HourTargetView.as_view(), name="study_hour_target"),
    path("study/records/<int:pk>/", study.LearningDetailView.as_view(), name="learning_detail"),
    path("study/records/<int:pk>/confirm/", study.LearningConfirmView.as_view(), name="learning_confirm"),
    path("study/records/<int:pk>/withdraw/", study.LearningWithdrawView.as_view(), name="learning_withdraw"),
    path("study/records/<int:pk>/pictures/", study.NotePicturesView.as_view(), name="learning_pictures"),
    path("study/occasions/<int:pk>/", study.OccasionDetailView.as_view(), name="study_occasion"),
    path("study/occasions/<int:pk>/withdraw/", study.OccasionWithdrawView.as_view(), name="study_occasion_withdraw"),
    path("study/duties/<int:pk>/link/", study.DutyLinkView.as_view(), name="duty_link"),
    path("study/duties/<int:pk>/withdraw/", study.DutyWithdrawView.as_view(), name="duty_withdraw"),
    path("branches/<int:pk>/study/self/new/", study_forms.SelfStudyView.as_view(), name="self_study"),
    path("branches/<int:pk>/study/courses/new/", study_forms.CourseView.as_view(), name="course"),
    path("branches/<int:pk>/study/lectures/new/", study_forms.LectureView.as_view(), name="lecture"),
    path("life/<int:pk>/credit/", study_forms.CreditEventView.as_view(), name="life_credit"),
    path("people/<int:pk>/study/", study.PersonStudyView.as_view(), name="person_study"),
    path("own/study/", study.OwnStudyView.as_view(), name="own_study"),
]
