from django.urls import path

from hebi_charity.office.views import awake, favicon, health, months, search, settings, start

app_name = "office"
urlpatterns = [
    path("", start.StartView.as_view(), name="start"),
    path("search/", search.SearchView.as_view(), name="search"),
    path("work/count/", start.WorkCountView.as_view(), name="work_count"),
    path("months/", months.MonthListView.as_view(), name="months"),
    path("months/<int:pk>/", months.MonthDetailView.as_view(), name="month"),
    path("months/<int:pk>/submit/", months.MonthSubmitView.as_view(), name="month_submit"),
    path("months/<int:pk>/confirm/", months.MonthConfirmView.as_view(), name="month_confirm"),
    path("months/<int:pk>/return/", months.MonthReturnView.as_view(), name="month_return"),
    path("settings/", settings.SettingListView.as_view(), name="settings"),
    path("settings/organisation/", settings.OrganisationView.as_view(), name="organisation"),
    path("settings/<str:key>/", settings.SettingDetailView.as_view(), name="setting"),
    path("favicon.ico", favicon.FaviconView.as_view(), name="favicon"),
    path("awake/", awake.AwakeView.as_view(), name="awake"),
    path("health/live", health.LiveView.as_view(), name="live"),
    path("health/ready", health.ReadyView.as_view(), name="ready"),
]
