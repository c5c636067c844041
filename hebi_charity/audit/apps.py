from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import sentences
from hebi_charity.core.acts import act_recorders
from hebi_charity.core.guards import binding
from hebi_charity.core.registry import MenuEntry, audit_acts, book_checks, navigation


class AuditConfig(AppConfig):
    name = "hebi_charity.audit"
    label = "audit"
    verbose_name = _("audit")

    def ready(self) -> None:
        from hebi_charity.audit import day_seals, services, settings_held

        binding("audit_entry", kind="log")
        binding("audit_dayseal", kind="log")
        sentences.register(
            {"audit_entry_sealed_day": _("The day of this entry of the log is sealed. Please do the act once more.")}
        )
        book_checks.register("audit.settings", settings_held.check_settings, order=12)
        book_checks.register("audit.days", day_seals.check_days, order=90)
        act_recorders.register("audit", services.record)
        audit_acts.register(services.VIEWED, _("looked at personal data in full"))
        audit_acts.register(services.EXPORTED, _("exported the log"))
        log = {"label": _("Log of acts"), "url_name": "audit:list", "icon": "audit"}
        books, system = _("Books"), _("System")
        navigation.register("audit", MenuEntry(**log, permission="audit.view_entry", group=books), order=650)
        # The administrator reads what concerns log-ins; one person never holds both permissions.
        navigation.register(
            "audit.accounts", MenuEntry(**log, permission="audit.view_account_entries", group=system), order=950
        )
