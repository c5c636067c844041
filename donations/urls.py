from django.urls import path

from donations.views import acts, donors, gifts

app_name = "donations"
urlpatterns = [
    path("", gifts.DonationListView.as_view(), name="list"),
    path("totals/", gifts.DonationTotalsView.as_view(), name="totals"),
    path("new/", gifts.DonationCreateView.as_view(), name="create"),
    path("review/", acts.BulkReviewView.as_view(), name="bulk_review"),
    path("donors/", donors.DonorListView.as_view(), name="donor_list"),
    path("donors/new/", donors.DonorCreateView.as_view(), name="donor_create"),
    path("donors/suggest/", donors.DonorSuggestView.as_view(), name="donor_suggest"),
    path("donors/<int:pk>/", donors.DonorDetailView.as_view(), name="donor_detail"),
    path("donors/<int:pk>/totals/", donors.DonorTotalsView.as_view(), name="donor_totals"),
    path("donors/<int:pk>/edit/", donors.DonorUpdateView.as_view(), name="donor_update"),
    path("donors/<int:pk>/reveal/", donors.DonorRevealView.as_view(), name="donor_reveal"),
    path("reversals/", acts.ReversalListView.as_view(), name="reversals"),
    path("reversals/<int:pk>/decide/", acts.ReversalDecisionView.as_view(), name="reversal_decide"),
    path("<int:pk>/", gifts.DonationDetailView.as_view(), name="detail"),
    path("<int:pk>/edit/", gifts.DonationUpdateView.as_view(), name="update"),
    path("<int:pk>/slip/", gifts.SlipView.as_view(), name="slip"),
    path("<int:pk>/slip/print/", gifts.SlipPrintedView.as_view(), name="slip_print"),
    path("<int:pk>/review/", acts.ReviewView.as_view(), name="review"),
    path("<int:pk>/return/", acts.ReturnView.as_view(), name="return"),
    path("<int:pk>/void/", acts.VoidView.as_view(), name="void"),
    path("<int:pk>/arrive/", acts.ArriveView.as_view(), name="arrive"),
    path("<int:pk>/bounce/", acts.BounceView.as_view(), name="bounce"),
    path("<int:pk>/reverse/", acts.RequestReversalView.as_view(), name="reverse"),
]
