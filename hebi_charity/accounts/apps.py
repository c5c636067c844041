from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

ACTS = {
    "logged_in": _("logged in"),
    "logged_out": _("logged out"),
    "unlocked": _("opened the covered page again"),
    "log_in_failed": _("failed log-in"),
    "log_in_closed": _("log-in closed after failed attempts"),
    "setup_code_refused": _("wrong set-up code at the first start"),
    "person_added": _("added a person"),
    "person_changed": _("changed a person"),
    "person_deactivated": _("deactivated a person"),
    "person_reactivated": _("reactivated a person"),
    "role_granted": _("gave a role"),
    "role_ended": _("ended a role"),
    "written_decision_recorded": _("recorded a written decision"),
    "password_changed": _("changed the own password"),
    "one_time_password_issued": _("made a one-time password"),
    "administrator_reset": _("reset the administrator on the server"),
    "second_factor_app_set_up": _("set up the app as second factor"),
    "second_factor_sheet_made": _("made a sheet of codes"),
    "second_factor_failed": _("wrong code of the second factor"),
    "second_factor_reset": _("reset the second factor"),
}


class AccountsConfig(AppConfig):
    name = "hebi_charity.accounts"
    label = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        from hebi_charity.accounts import role_data, role_guides, work
        from hebi_charity.accounts.errors import LINK_STAYS
        from hebi_charity.accounts.services import sync_roles
        from hebi_charity.core import sentences
        from hebi_charity.core.guards import binding
        from hebi_charity.core.registry import (
            LoggedField,
            MenuEntry,
            audit_acts,
            logged_fields,
            navigation,
            start_sources,
            work_sources,
        )
        from hebi_charity.core.shipped import shipped_data

        for code, title in ACTS.items():
            audit_acts.register(f"accounts.{code}", title)
        navigation.register(
            "accounts.people",
            MenuEntry(_("People and roles"), "accounts:list", permission="accounts.manage_people", group=_("System")),
            order=900,
        )
        navigation.register(
            "accounts.posts",
            MenuEntry(_("Posts and documents"), "accounts:posts", permission="accounts.view_posts", group=_("System")),
            order=910,
        )
        logged_fields.register("accounts.user.role", LoggedField(_("Role"), role_data.title_of))
        start_sources.register("accounts.guide", role_guides.guide_of, order=5)
        work_sources.register("accounts.first_log_ins", work.first_log_ins, order=60)
        work_sources.register("accounts.stuck", work.stuck_documents, order=70)
        sentences.register(
            {
                "accounts_roles_may_not_meet": _(
                    "One person may not hold these two roles. End the other role first, or choose another person."
                ),
                "accounts_main_account_fixed": LINK_STAYS,
                "accounts_main_account_is_first": _(
                    "Accounts of one person all belong to the first one. Choose that account, or another person's."
                ),
            }
        )
        binding("accounts_roleassignment", kind="document")
        binding("accounts_writtendecision", kind="log")
        shipped_data.register("accounts.roles", sync_roles)
