"""Steps of gifts, their parts, months and reports that are left out or taken twice."""

from tests.guards.ways.copying import copy_of

AROUND_THE_STEPS = {
    "part added to a reviewed gift": (
        "INSERT INTO donations_fundallocation (donation_id, fund_id, amount) VALUES ({reviewed}, {other_fund}, 1)",
    ),
    "part of a reviewed gift moved to another fund": (
        "UPDATE donations_fundallocation SET fund_id = {other_fund} WHERE donation_id = {reviewed}",
    ),
    "part of a reviewed gift moved to another gift": (
        "UPDATE donations_fundallocation SET donation_id = {registered} WHERE donation_id = {reviewed}",
    ),
    "part moved into a reviewed gift": (
        "UPDATE donations_fundallocation SET donation_id = {reviewed} WHERE donation_id = {registered}",
    ),
    "part moved away from a gift that needs it": (
        "UPDATE donations_fundallocation SET donation_id = {other_registered} WHERE donation_id = {registered}",
        "UPDATE donations_donation SET amount = 200 WHERE id = {other_registered}",
    ),
    "part taken from a gift that needs it": ("DELETE FROM donations_fundallocation WHERE donation_id = {registered}",),
    "gift raised without its parts": ("UPDATE donations_donation SET amount = 101 WHERE id = {registered}",),
    "order added to a reviewed pool": (
        copy_of(
            "donations_platformorder", "donation_id = {open_pool}", id="900001", donation_id="{pool}", order_no='"9"'
        )
        + "AND row_no = 1",
    ),
    "order added to a single gift": (
        copy_of(
            "donations_platformorder",
            "donation_id = {open_pool}",
            id="900001",
            donation_id="{registered}",
            order_no='"9"',
        )
        + "AND row_no = 1",
    ),
    "order of a pool reversed by another's reversal": (
        "UPDATE donations_platformorder SET reversal_id = {approved} WHERE donation_id = {pool}",
    ),
    "gift reversed by a reversal that is only requested": (
        "UPDATE donations_donation SET reversal_id = {requested} WHERE id = {requested_gift}",
    ),
    "gift reversed by another's reversal": (
        "UPDATE donations_donation SET reversal_id = {approved} WHERE id = {reviewed}",
    ),
    "reviewed together with a reversal": (
        (
            "UPDATE donations_donation SET state = 'reviewed', reviewed_by_id = {other}, reviewed_at = now(),"
            " booked_on = received_on, seal = 'x', reversal_id = {approved} WHERE id = {registered}"
        ),
    ),
    "reviewed by its own maker": (
        (
            "UPDATE donations_donation SET state = 'reviewed', reviewed_by_id = recorded_by_id, reviewed_at = now(),"
            " booked_on = received_on, seal = 'x' WHERE id = {registered}"
        ),
    ),
    "maker changed so that the maker can review": (
        "UPDATE donations_donation SET recorded_by_id = {other} WHERE id = {registered}",
    ),
    "reviewed although it was returned": (
        (
            "UPDATE donations_donation SET state = 'reviewed', reviewed_by_id = {other}, reviewed_at = now(),"
            " booked_on = received_on, seal = 'x', returned_reason = '' WHERE id = {returned}"
        ),
    ),
    "booked in a closed month": (
        (
            "UPDATE donations_donation SET state = 'reviewed', reviewed_by_id = {other}, reviewed_at = now(),"
            " seal = 'x', donated_on = '2022-01-05', received_on = '2022-01-05', booked_on = '2022-01-05'"
            " WHERE id = {registered}"
        ),
    ),
    "arrived in a closed month": (
        (
            "UPDATE donations_donation SET arrival = 'arrived', arrival_by_id = {other}, received_on = '2022-09-05',"
            " booked_on = '2021-12-31' WHERE id = {pending}"
        ),
    ),
    "reversed in a closed month": (
        (
            "UPDATE donations_reversal SET state = 'approved', approved_by_id = {other}, approved_at = now(),"
            " reversed_on = '2022-01-31' WHERE id = {requested}"
        ),
    ),
    "reversal approved by who asked": (
        (
            "UPDATE donations_reversal SET state = 'approved', approved_by_id = recorded_by_id, approved_at = now(),"
            " reversed_on = '2026-11-30' WHERE id = {requested}"
        ),
    ),
    "second reversal of a reversed gift": (
        copy_of(
            "donations_reversal", "id = {requested}", id="900001", reversal_no='"冲1"', donation_id="{reversed_gift}"
        ),
    ),
    "voided gift brought back": (
        (
            "UPDATE donations_donation SET state = 'registered', voided_by_id = NULL, voided_at = NULL,"
            " void_reason = '' WHERE state = 'voided'"
        ),
    ),
    "month closed before the one before it": (
        "UPDATE office_period SET state = 'closing', submitted_by_id = {other} WHERE month = '2022-09-01'",
    ),
    "report replaced by itself": (
        "UPDATE reports_report SET state = 'superseded', superseded_by_id = id, superseded_at = now()",
    ),
    "closed month opened again": ("UPDATE office_period SET state = 'open' WHERE state = 'closed'",),
}
