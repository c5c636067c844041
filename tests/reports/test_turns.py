"""Two reports of one month made at the same time: what is kept last was also gathered last."""

from datetime import date
from decimal import Decimal

import pytest

from hebi_charity.core.registry import monthly_sections
from hebi_charity.office.models import NumberSeries, Period
from hebi_charity.office.services.periods import confirm_period, submit_period
from hebi_charity.reports import services
from hebi_charity.reports.building import build
from hebi_charity.reports.exceptions import Overtaken, ReportRefused
from hebi_charity.reports.models import Report
from tests.donations.factories import FundFactory, UserFactory, reviewed_gift, set_up_office
from tests.reports.factories import gift_month
from tests.reports.test_one_moment import in_own_connection

SEPTEMBER = date(2022, 9, 1)


@pytest.fixture
def meanwhile():
    """Have `act` done in another connection while facts are gathered, so many times."""

    def register(act, *, times: int) -> None:
        left = [times]

        def section(month):
            if left[0]:
                left[0] -= 1
                allowed, left[0] = left[0], 0  # not while the other one gathers its own
                in_own_connection(act)
                left[0] = allowed
            return gift_month()

        monthly_sections.register("test.meanwhile", section, order=999)

    yield register
    monthly_sections._items.pop("test.meanwhile", None)


def close(month: date) -> None:
    period = submit_period(Period.objects.get(month=month), by=UserFactory(), today=date(2026, 11, 24))
    confirm_period(period, by=UserFactory())


@pytest.mark.race
def test_report_overtaken_while_it_was_gathered_is_gathered_anew(committed_db, meanwhile):
    set_up_office(SEPTEMBER)
    fund, clerk, reviewer, colleague = FundFactory(), UserFactory(), UserFactory(), UserFactory()

    def book_close_and_report() -> None:
        reviewed_gift(by=clerk, reviewer=reviewer, allocations=((fund, Decimal("100.00")),))
        close(SEPTEMBER)
        services.make_report("monthly", SEPTEMBER, by=colleague)

    meanwhile(book_close_and_report, times=1)
    services.make_report("monthly", SEPTEMBER, by=UserFactory(), reason="更正")

    first, second = Report.objects.order_by("version")
    assert (first.version, second.version, first.superseded_by) == (1, 2, second)
    assert (first.made_by, first.is_final, second.is_final) == (colleague, True, True)
    assert second.facts["sections"][0]["gift_income"]["this_month"] == "100.00"
    assert NumberSeries.objects.get(kind="report").last == 2


@pytest.mark.race
def test_report_overtaken_again_and_again_is_refused(committed_db, meanwhile, monkeypatch):
    set_up_office(SEPTEMBER)
    colleague = UserFactory()
    monkeypatch.setattr(services, "TURNS", 2)
    meanwhile(lambda: services.make_report("monthly", SEPTEMBER, by=colleague, reason="更正"), times=2)

    with pytest.raises(ReportRefused, match="正在同时编制该月的报表"):
        services.make_report("monthly", SEPTEMBER, by=UserFactory(), reason="更正")

    assert [report.made_by for report in Report.objects.order_by("version")] == [colleague, colleague]


@pytest.mark.django_db
def test_facts_of_before_the_last_version_are_not_kept():
    set_up_office(SEPTEMBER)
    older = build("monthly", SEPTEMBER)
    reviewed_gift()
    newer = build("monthly", SEPTEMBER)
    kept = services.keep_report(newer, "monthly", SEPTEMBER, by=UserFactory())

    with pytest.raises(Overtaken):
        services.keep_report(older, "monthly", SEPTEMBER, by=UserFactory(), reason="更正")

    assert Report.objects.get() == kept
    assert NumberSeries.objects.get(kind="report").last == 1
