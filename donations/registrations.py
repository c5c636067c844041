"""What the donations app offers to the apps below it. Called once, when the app starts."""

from django.utils.translation import gettext_lazy as _

from donations import first_start, shipped, work
from donations.book_checks import acts, logged, numbers, people, periods, rulings, seals, sums
from donations.importing.target import TARGET
from donations.lists import finding
from donations.reporting import month
from hebi_charity.accounts.documents import DocumentKind, document_kinds
from hebi_charity.core import registry, sentences
from hebi_charity.core.guards import binding
from hebi_charity.core.shipped import first_settings, shipped_data

# What the triggers of this app refuse; constraints carry their own sentences.
REFUSALS = {
    "donations_allocations_sum": _(
        "The parts for the funds do not sum to the amount. Please check the amounts of the funds."
    ),
    "donations_platformorder_pool_open": _(
        "This collection of orders is reviewed or voided and takes no more orders. Please import them as a new one."
    ),
    "donations_in_open_month": _(
        "The month is not open, so nothing can be booked in it. Please reload the page: another month is open by now."
    ),
    "donations_another_person": _("You recorded or changed this yourself. Ask a colleague to review it."),
    "donations_not_in_future": _("A gift cannot be dated after today. Please check the day of giving and of receipt."),
    "donations_reversal_of_reviewed": _("Only a reviewed gift can be reversed. Before review it is voided."),
    "donations_reversal_approved_by_another": _("You asked for this reversal yourself. A colleague must decide it."),
    "donations_donation_arrival_by_another": _(
        "You recorded this gift yourself. The cashier or the accountant records its arrival."
    ),
    "donations_fund_fixed": _("Code and restriction of a fund are fixed once money was received for it."),
    "donations_fundallocation_guard": _("The parts of a reviewed gift cannot be changed. A reversal corrects it."),
}

_ACTS = {
    "donor.made": _("recorded a donor"),
    "donor.changed": _("changed a donor"),
    "donation.registered": _("recorded a gift"),
    "donation.changed": _("changed a gift before review"),
    "donation.returned": _("returned a gift"),
    "donation.voided": _("voided a gift"),
    "donation.printed": _("printed the slip"),
    "donation.reviewed": _("reviewed a gift"),
    "donation.arrived": _("recorded that money arrived"),
    "donation.exported": _("exported a list"),
    "donation.bounced": _("recorded that money bounced"),
    "fund.made": _("made a fund"),
    "fund.changed": _("changed a fund"),
    "fund.retired": _("retired a fund"),
    "fund.resumed": _("took a fund into use again"),
    "campaign.made": _("made a campaign"),
    "campaign.changed": _("changed a campaign"),
    "income_kind.ruled": _("recorded a rule of a kind of receipt"),
    "reversal.requested": _("asked for a reversal"),
    "reversal.approved": _("approved a reversal"),
    "reversal.refused": _("refused a reversal"),
}

_BOOK_CHECKS = (
    seals.check_seals,
    sums.check_allocations,
    sums.check_summaries,
    acts.check_reviews,
    acts.check_reversals,
    logged.check_gifts,
    logged.check_reversals_of_log,
    numbers.check_numbers,
    periods.check_periods,
    rulings.check_rulings,
    people.check_people,
)

# key, label, page, who sees it, icon
_MENU = (
    ("gifts", _("Gifts"), "list", "donations.view_donation", "gift"),
    ("donors", _("Donors"), "donor_list", "donations.view_donor", "people"),
    ("funds", _("Funds"), "fund_list", "donations.view_fund", "wallet"),
    ("campaigns", _("Campaigns"), "campaign_list", "donations.view_campaign", "campaign"),
    ("kinds", _("Kinds of receipts"), "kind_list", "donations.view_donation", "book"),
    ("lookup", _("Look up a query code"), "lookup", "donations.view_donation", "search"),
    ("reversals", _("Reversals"), "reversals", "donations.view_donation", "list"),
)


def register() -> None:
    sentences.register(REFUSALS)
    for table, kind in (
        ("donations_donation", "document"),
        ("donations_fundallocation", "document"),
        ("donations_platformorder", "document"),
        ("donations_reversal", "document"),
        ("donations_incomekindrule", "log"),
    ):
        binding(table, kind=kind)
    document_kinds.register(
        "donations.gift", DocumentKind(_("Gift"), "donations.add_donation", "donations.review_donation"), order=10
    )
    document_kinds.register(
        "donations.income",
        DocumentKind(_("Other money in"), "donations.record_income", "donations.review_donation"),
        order=15,
    )
    document_kinds.register(
        "donations.reversal",
        DocumentKind(_("Reversal of a gift"), "donations.request_reversal", approver="donations.approve_reversal"),
        order=20,
    )
    document_kinds.register(
        "office.period", DocumentKind(_("Month's close"), "office.close_period", "office.confirm_period"), order=40
    )
    registry.logged_fields.register("donations.donation.reviewed", registry.LoggedField(_("numbers")))
    registry.logged_fields.register("donations.donation.paper", registry.LoggedField(_("Papers")))
    shipped_data.register("donations.kinds", shipped.ship)
    for key, first in shipped.FIRST_SETTINGS.items():
        first_settings.register(key, first)
    for order, check in enumerate(_BOOK_CHECKS):
        registry.book_checks.register(f"donations.{check.__name__.removeprefix('check_')}", check, order=order)
    registry.import_targets.register("donations", TARGET)
    registry.monthly_sections.register("donations", month.gift_month, order=10)
    registry.period_totals.register(
        "donations",
        registry.PeriodTotals(
            _("Money received"),
            periods.booked_totals,
            {
                "gifts": _("Entries"),
                "person_times": _("Person-times"),
                "amount": _("Booked (yuan)"),
                "reversed_gifts": _("Entries reversed"),
                "reversed_amount": _("Reversed (yuan)"),
            },
        ),
    )
    registry.setting_kinds.register(
        shipped.ARRIVAL_SETTING,
        registry.SettingKind(
            _("Days until awaited money is overdue"),
            _("Cheques and transfers that have not arrived after so many days are shown as overdue."),
            shape="number",
        ),
    )
    registry.setting_kinds.register(
        shipped.LARGE_SETTING,
        registry.SettingKind(
            _("Amount that is asked about once more (yuan)"),
            _("Who records a greater amount is asked once more, in capitals, before it is saved."),
            shape="amount",
        ),
    )
    registry.setting_kinds.register(
        shipped.CONSENT_SETTING,
        registry.SettingKind(
            _("Sentence read to the donor"),
            _("The clerk reads it at the counter; each gift remembers which version was read."),
        ),
    )
    registry.first_steps.register(
        "funds",
        registry.FirstStep(
            _("Funds"),
            _("Every gift is given for a fund. The unrestricted fund takes what is given without a wish."),
            lambda: first_start.FirstFundsForm,
            first_start.make_chosen,
            first_start.say_chosen,
        ),
    )
    for order, (key, label, address, permission, icon) in enumerate(_MENU):
        entry = registry.MenuEntry(
            label, f"donations:{address}", permission, icon=icon, group=_("Donations"), phone=key == "gifts"
        )
        registry.navigation.register(f"donations.{key}", entry, order=100 + 5 * order)
    registry.work_sources.register("donations", work.waiting, order=10)
    for order, source in enumerate((finding.donors, finding.gifts, finding.orders), start=10):
        registry.search_sources.register(f"donations.{source.__name__}", source, order=order)
    registry.start_sources.register("donations", work.this_month, order=10)
    for act, words in _ACTS.items():
        registry.audit_acts.register(act, words)
