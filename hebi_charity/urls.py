"""The address book: one prefix per app."""

from django.urls import include, path

urlpatterns = [
    path("", include("hebi_charity.office.urls")),
    path("accounts/", include("hebi_charity.accounts.urls")),
    path("audit/", include("hebi_charity.audit.urls")),
    path("files/", include("hebi_charity.files.urls")),
    path("jobs/", include("hebi_charity.jobs.urls")),
    path("imports/", include("hebi_charity.imports.urls")),
    path("reports/", include("hebi_charity.reports.urls")),
    path("donations/", include("donations.urls")),
    path("party/", include("partybranch.urls")),
]

handler400 = "hebi_charity.office.views.errors.bad_request"
handler403 = "hebi_charity.office.views.errors.permission_denied"
handler404 = "hebi_charity.office.views.errors.page_not_found"
handler500 = "hebi_charity.office.views.errors.server_error"
