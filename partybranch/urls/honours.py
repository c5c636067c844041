"""Addresses of honours and of the registers beside them."""

from django.urls import path

from partybranch.views import honour_acts, honours, registers

urlpatterns = [
    path("honours/", honours.HonourWallView.as_view(), name="honour_list"),
    path("honours/new/", honours.HonourCreateView.as_view(), name="honour_create"),
    path("honours/timeline/", honours.HonourTimelineView.as_view(), name="honour_timeline"),
    path("honours/export/", honours.HonourExportView.as_view(), name="honour_export"),
    path("honours/<int:pk>/", honours.HonourDetailView.as_view(), name="honour_detail"),
    path("honours/<int:pk>/scans/", honours.HonourScansView.as_view(), name="honour_scans"),
    path("honours/<int:pk>/withdraw/", honour_acts.HonourWithdrawView.as_view(), name="honour_withdraw"),
    path("honours/<int:pk>/revoke/", honour_acts.HonourRevokeView.as_view(), name="honour_revoke"),
    path("honours/<int:pk>/move/", honour_acts.HonourMoveView.as_view(), name="honour_move"),
    path("honours/<int:pk>/dossier/", honour_acts.DossierCreateView.as_view(), name="honour_dossier"),
    path("honours/<int:pk>/cite/", honour_acts.CitationCreateView.as_view(), name="honour_cite"),
    path("dossiers/<int:pk>/withdraw/", honour_acts.DossierWithdrawView.as_view(), name="dossier_withdraw"),
    path("citations/<int:pk>/withdraw/", honour_acts.CitationWithdrawView.as_view(), name="citation_withdraw"),
    path("honours/registers/<slug:kind>/", registers.RegisterListView.as_view(), name="register_list"),
    path("honours/registers/<slug:kind>/new/", registers.RegisterCreateView.as_view(), name="register_create"),
    path("honours/registers/<slug:kind>/export/", registers.RegisterExportView.as_view(), name="register_export"),
    path("honours/registers/<slug:kind>/<int:pk>/", registers.RegisterDetailView.as_view(), name="register_detail"),
    path("honours/registers/<slug:kind>/<int:pk>/scans/", registers.RegisterScansView.as_view(), name="register_scans"),
    path(
        "honours/registers/<slug:kind>/<int:pk>/withdraw/",
        registers.RegisterWithdrawView.as_view(),
        name="register_withdraw",
    ),
]
