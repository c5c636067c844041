from django.urls import path

from hebi_charity.accounts.views import acts, first_check, first_start, login, own, people, posts, second_factor

app_name = "accounts"
urlpatterns = [
    path("login/", login.LogInView.as_view(), name="login"),
    path("login/unlock/", login.UnlockView.as_view(), name="unlock"),
    path("first-start/", first_start.FirstStartView.as_view(), name="first_start"),
    path("first-start/<slug:step>/", first_check.FirstStartStepView.as_view(), name="first_start_step"),
    path("logout/", login.LogOutView.as_view(), name="logout"),
    path("second-factor/check/", second_factor.SecondFactorCheckView.as_view(), name="second_factor_check"),
    path("own/", own.OwnAccountView.as_view(), name="own"),
    path("own/large-text/", own.LargeTextView.as_view(), name="large_text"),
    path("own/password/", own.PasswordView.as_view(), name="password"),
    path("own/second-factor/", second_factor.SecondFactorView.as_view(), name="second_factor"),
    path("own/second-factor/app/", second_factor.SecondFactorAppView.as_view(), name="second_factor_app"),
    path("own/second-factor/sheet/", second_factor.SecondFactorSheetView.as_view(), name="second_factor_sheet"),
    path("posts/", posts.PostsView.as_view(), name="posts"),
    path("people/", people.PersonListView.as_view(), name="list"),
    path("people/new/", people.PersonCreateView.as_view(), name="create"),
    path("people/<int:pk>/", people.PersonDetailView.as_view(), name="detail"),
    path("people/<int:pk>/update/", people.PersonUpdateView.as_view(), name="update"),
    path("people/<int:pk>/deactivate/", acts.DeactivateView.as_view(), name="deactivate"),
    path("people/<int:pk>/reactivate/", acts.ReactivateView.as_view(), name="reactivate"),
    path("people/<int:pk>/one-time-password/", acts.OneTimePasswordView.as_view(), name="one_time_password"),
    path("people/<int:pk>/reset-second-factor/", acts.ResetSecondFactorView.as_view(), name="reset_second_factor"),
    path("people/<int:pk>/roles/grant/", acts.GrantRoleView.as_view(), name="grant_role"),
    path("people/<int:pk>/roles/<int:assignment>/end/", acts.EndRoleView.as_view(), name="end_role"),
]
