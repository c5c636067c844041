"""Addresses of the Party branch, room by room."""

from partybranch.urls import attend, exams, files, glance, honours, life, members, record, study, votes

app_name = "partybranch"
urlpatterns = [
    *members.urlpatterns,
    *life.urlpatterns,
    *honours.urlpatterns,
    *attend.urlpatterns,
    *record.urlpatterns,
    *glance.urlpatterns,
    *study.urlpatterns,
    *votes.urlpatterns,
    *exams.urlpatterns,
    *files.urlpatterns,
]
