"""The pages of the demonstration that are looked at: who looks, and the way there. The branch's: branch_pages.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """One page: the picture's name, who looks, and the way there: an address, then links to follow by selector."""

    name: str
    person: str
    address: str
    follow: tuple[str, ...] = ()


FIRST_ROW = "tr[data-href] a"
SCREENS = (
    Screen("login", "", "/accounts/login/"),
    Screen("start-clerk", "clerk", "/"),
    Screen("start-accountant", "accountant", "/"),
    Screen("start-approver", "approver", "/"),
    Screen("start-secretary", "secretary", "/"),
    Screen("gifts-list", "accountant", "/donations/"),
    Screen("gift-form", "clerk", "/donations/new/"),
    Screen("gift-edit", "clerk", "/donations/?state=registered", (FIRST_ROW, "a[href$='/edit/']")),
    Screen("gift-lookup", "clerk", "/donations/lookup/"),
    Screen("income-form", "accountant", "/donations/income/new/"),
    Screen("kinds", "accountant", "/donations/kinds/"),
    Screen("kind", "accountant", "/donations/kinds/", ("main table a",)),
    Screen("kind-rule-form", "accountant", "/donations/kinds/donation/rules/new/"),
    Screen("gift-record", "accountant", "/donations/", (FIRST_ROW,)),
    Screen("gift-to-review", "accountant", "/donations/?state=registered", (FIRST_ROW,)),
    Screen("gift-slip", "clerk", "/donations/?state=reviewed", (FIRST_ROW, "a[href$='/slip/']")),
    Screen("reversals", "approver", "/donations/reversals/"),
    Screen("donors", "clerk", "/donations/donors/"),
    Screen("donor", "clerk", "/donations/donors/", (FIRST_ROW,)),
    Screen("donor-form", "clerk", "/donations/donors/new/"),
    Screen("search", "accountant", "/search/?q=王"),
    Screen("funds", "accountant", "/donations/funds/"),
    Screen("fund", "accountant", "/donations/funds/", (FIRST_ROW,)),
    Screen("fund-form", "accountant", "/donations/funds/new/"),
    Screen("campaigns", "accountant", "/donations/campaigns/"),
    Screen("campaign", "accountant", "/donations/campaigns/", (FIRST_ROW,)),
    Screen("campaign-form", "accountant", "/donations/campaigns/new/"),
    Screen("imports", "clerk", "/imports/"),
    Screen("import-new", "clerk", "/imports/new/"),
    Screen("months", "accountant", "/months/"),
    Screen("month", "accountant", "/months/", ("main table a",)),
    Screen("reports", "leader", "/reports/"),
    Screen("report", "leader", "/reports/", ("main table a",)),
    Screen("report-new", "leader", "/reports/new/"),
    Screen("people", "admin", "/accounts/people/"),
    Screen("person", "admin", "/accounts/people/", ("main table a",)),
    Screen("person-form", "admin", "/accounts/people/new/"),
    Screen("posts", "admin", "/accounts/posts/"),
    Screen("own-account", "clerk", "/accounts/own/"),
    Screen("own-password", "clerk", "/accounts/own/password/"),
    Screen("second-factor", "clerk", "/accounts/own/second-factor/"),
    Screen("log", "auditor", "/audit/"),
    Screen("settings", "accountant", "/settings/"),
    Screen("setting", "accountant", "/settings/", ("main li a",)),
    Screen("organisation", "accountant", "/settings/organisation/"),
    Screen("progress", "accountant", "/jobs/"),
    Screen("party-honours", "secretary", "/party/honours/"),
    Screen("party-honour", "secretary", "/party/honours/", (".wall-card:has(img) a",)),
    Screen("party-honour-drawn", "secretary", "/party/honours/", (".wall-card:has(.plaque-drawn) a",)),
    Screen("party-honour-form", "secretary", "/party/honours/new/"),
    Screen("party-honour-timeline", "secretary", "/party/honours/timeline/"),
    Screen("party-rankings", "secretary", "/party/honours/registers/rankings/"),
    Screen("party-press-report", "secretary", "/party/honours/registers/press/", (FIRST_ROW,)),
    Screen("party-thanks", "secretary", "/party/honours/registers/thanks/"),
    Screen("party-files", "secretary", "/party/files/"),
    Screen("party-files-roll", "secretary", "/imports/new/partybranch-roll/"),
    Screen("party-year", "secretary", "/party/year/"),
    Screen("party-requirements", "secretary", "/party/year/requirements/"),
    Screen("party-requirement-form", "secretary", "/party/year/requirements/new/"),
    Screen("party-warnings", "secretary", "/party/warnings/"),
    Screen("party-calendar", "secretary", "/party/year/calendar/"),
    Screen("party-vote-rules", "secretary", "/party/votes/rules/"),
    Screen("party-vote-rule-form", "secretary", "/party/votes/rules/new/?kind=election"),
    Screen("party-votes", "secretary", "/party/life/?kind=general&state=noticed", (FIRST_ROW,)),
    Screen(
        "party-vote-choose",
        "secretary",
        "/party/life/?kind=general&state=noticed",
        (FIRST_ROW, "a[href$='/votes/new/']"),
    ),
    Screen("party-make-ups", "secretary", "/party/make-ups/"),
    Screen("party-signed-sheet", "secretary", "/party/s/"),
    Screen(
        "party-group-list",
        "secretary",
        "/party/life/?kind=visit&state=noticed",
        (FIRST_ROW, "a[href$='/attendance/']", "a[href$='/paste/']"),
    ),
)
