"""Addresses of votes and of the rules they are counted by."""

from django.urls import path

from partybranch.views import votes

urlpatterns = [
    path("life/<int:pk>/votes/new/", votes.VoteChooseView.as_view(), name="vote_choose"),
    path("life/<int:pk>/votes/new/<slug:kind>/", votes.VoteCreateView.as_view(), name="vote_create"),
    path("votes/<int:pk>/withdraw/", votes.VoteWithdrawView.as_view(), name="vote_withdraw"),
    path("votes/rules/", votes.VoteRuleListView.as_view(), name="vote_rules"),
    path("votes/rules/new/", votes.VoteRuleCreateView.as_view(), name="vote_rule_create"),
]
