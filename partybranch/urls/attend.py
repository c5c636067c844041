"""Addresses of what belongs to attendance: printed sheets that come back, and more."""

from django.urls import path

from partybranch.views import make_ups, observers, relay, sheets

urlpatterns = [
    path("s/", sheets.SheetView.as_view(), name="sheet"),
    path("s/<slug:code>/", sheets.SheetOpenView.as_view(), name="sheet_open"),
    path("life/<int:pk>/observers/new/", observers.ObserverCreateView.as_view(), name="observer_create"),
    path("observers/<int:pk>/withdraw/", observers.ObserverWithdrawView.as_view(), name="observer_withdraw"),
    path("life/<int:pk>/paste/", relay.RelayView.as_view(), name="life_relay"),
    path("make-ups/", make_ups.MakeUpListView.as_view(), name="make_up_list"),
    path("life/<int:pk>/make-ups/new/", make_ups.MakeUpCreateView.as_view(), name="make_up_create"),
    path("make-ups/<int:pk>/withdraw/", make_ups.MakeUpWithdrawView.as_view(), name="make_up_withdraw"),
]
