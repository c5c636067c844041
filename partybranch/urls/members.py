"""Addresses of the roll, of people and of the branch with its bodies."""

from django.urls import path

from partybranch.views import branches, people, records, roll

urlpatterns = [
    path("", roll.RollView.as_view(), name="roll"),
    path("export/", roll.RollExportView.as_view(), name="export"),
    path("medal/", roll.MedalView.as_view(), name="medal"),
    path("own/", people.OwnRecordView.as_view(), name="own"),
    path("people/new/", people.PersonCreateView.as_view(), name="person_create"),
    path("people/<int:pk>/", people.PersonDetailView.as_view(), name="person_detail"),
    path("people/<int:pk>/edit/", people.PersonUpdateView.as_view(), name="person_update"),
    path("people/<int:pk>/reveal/", people.PersonRevealView.as_view(), name="person_reveal"),
    path("people/<int:pk>/stage/", records.StageCreateView.as_view(), name="person_stage"),
    path("people/<int:pk>/transfer-in/", records.TransferInView.as_view(), name="person_transfer_in"),
    path("people/<int:pk>/transfer-out/", records.TransferOutView.as_view(), name="person_transfer_out"),
    path("people/<int:pk>/circumstance/", records.CircumstanceCreateView.as_view(), name="person_circumstance"),
    path("people/<int:pk>/term/", records.TermCreateView.as_view(), name="person_term"),
    path("people/<int:pk>/standing/", records.StandingCreateView.as_view(), name="person_standing"),
    path("records/<slug:kind>/<int:pk>/end/", records.EndView.as_view(), name="row_end"),
    path("records/<slug:kind>/<int:pk>/withdraw/", records.WithdrawView.as_view(), name="row_withdraw"),
    path("branches/", branches.BranchListView.as_view(), name="branch_list"),
    path("branches/new/", branches.BranchCreateView.as_view(), name="branch_create"),
    path("branches/<int:pk>/", branches.BranchDetailView.as_view(), name="branch_detail"),
    path("branches/<int:pk>/edit/", branches.BranchUpdateView.as_view(), name="branch_update"),
    path("branches/<int:pk>/bodies/new/", branches.BodyCreateView.as_view(), name="body_create"),
    path("bodies/<int:pk>/withdraw/", branches.BodyWithdrawView.as_view(), name="body_withdraw"),
    path("branches/<int:pk>/withdraw/", branches.BranchWithdrawView.as_view(), name="branch_withdraw"),
    path("bodies/<int:pk>/dissolve/", branches.BodyDissolveView.as_view(), name="body_dissolve"),
]
