"""A roll that was loaded is seen by the branch's roles alone: its list line, page, file, rows, job and log."""

import pytest
from django.urls import reverse

from hebi_charity.accounts.role_data import ROLES
from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import period_close_checks, search_sources, start_sources, work_sources
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.jobs.models import Job
from tests.donations.factories import set_up_office
from tests.donations.staff import log_in_as, person
from tests.imports.factories import merged_pool
from tests.imports.pages import browser
from tests.partybranch.factories import a_branch
from tests.partybranch.files.rolls import card, checked, line, table, taken_in, uploaded

PARTY = ("branch_secretary", "organisation_member")
OUTSIDE = [role.code for role in ROLES if role.code not in PARTY]
NAME, FILE, PHONE = "慕容雪松", "党员名册.xlsx", "13800009876"
pytestmark = pytest.mark.django_db


@pytest.fixture
def rolls(db):
    """A roll with everything that could leak: one that is checked with a refused line, one that is done."""
    a_branch("离退休第九党支部")
    secretary = person("branch_secretary")
    done = taken_in(table(line(NAME, "女", "1952.6", "党员", "1985.7.1", "1986.7.1", card(), PHONE)), by=secretary)
    waits = checked(
        table(line("慕容雪梅", "女", "1953.6", "党员", "1985.7.1", "1986.7.1"), line(NAME, "女", "1952.6", "党员")),
        by=secretary,
    )
    return done, waits


def leaks(text: str, *rolls: Import) -> list[str]:
    words = (NAME, "慕容雪梅", PHONE, FILE, card(), *(each.import_no for each in rolls))
    return [word for word in words if word in text]


def test_no_page_shows_a_roll_to_other_roles(client, rolls):
    for role in OUTSIDE:
        log_in_as(client, role)
        look_everywhere(client, rolls, role)


def look_everywhere(client, rolls: tuple[Import, Import], role: str) -> None:
    number = rolls[0].import_no
    pages = ["/", "/imports/", "/imports/?state=checked", "/imports/new/partybranch-roll/", "/work/count/"]
    pages += [f"/search/?q={number}", "/search/?q=慕容", "/jobs/", "/audit/", "/audit/export/", "/accounts/posts/"]
    pages += [f"/audit/?record={number}", "/imports/template/partybranch-roll/", "/party/files/"]
    for roll in rolls:
        addresses = ("detail", "plan", "progress", "rejected", "rejected_export", "doubts")
        pages += [reverse(f"imports:{name}", args=[roll.pk]) for name in addresses]
        pages += [roll.file.get_absolute_url()]
    pages += [job.get_absolute_url() for job in Job.objects.all()]
    for page in pages:
        response = client.get(page)
        text = b"".join(response) if response.streaming else response.content
        # What somebody typed into a search is no answer.
        typed = () if number in page else rolls
        assert leaks(text.decode(errors="ignore"), *typed) == [], (role, page)


def test_rows_and_registries_give_nothing_of_a_roll_to_other_roles(rolls):
    for role in OUTSIDE:
        user = person(role)
        assert not Import.objects.visible_to(user).exists()
        assert [hit for source in search_sources for hit in source(user, rolls[0].import_no)] == []
        shown = [str(source(user)) for source in start_sources] + [str(source(user)) for source in work_sources]
        assert [leaks(text, *rolls) for text in shown if leaks(text, *rolls)] == []


def test_nobody_else_acts_on_a_roll(rolls):
    acts = ("submit", "take_in", "confirm", "return", "discard", "undo", "resume", "answer", "doubts")
    for role in OUTSIDE:
        client = browser(person(role))
        codes = {name: client.post(reverse(f"imports:{name}", args=[rolls[1].pk])).status_code for name in acts}
        assert set(codes.values()) <= {403, 404}, (role, codes)

    assert Import.objects.get(pk=rolls[1].pk).state == "checked"


def test_log_of_a_roll_stands_on_the_side_of_the_branch_with_its_file(rolls):
    secretary = browser(rolls[0].recorded_by)
    list(secretary.get(rolls[0].file.get_absolute_url()).streaming_content)
    list(secretary.get(reverse("imports:rejected_export", args=[rolls[1].pk])).streaming_content)

    entries = Entry.objects.filter(object_type__in=["imports.import", "files.attachment"])
    assert set(entries.values_list("side", flat=True)) == {"party"}
    assert {"file.downloaded", "import.rejected_exported"} <= set(entries.values_list("act", flat=True))
    for role in ("auditor", "administrator"):
        assert not Entry.objects.visible_to(person(role)).filter(pk__in=entries).exists()


def test_administrator_learns_of_a_job_only_that_a_file_is_checked(client, rolls):
    log_in_as(client, "administrator")

    assert leaks(client.get("/jobs/").content.decode(), *rolls) == []


@pytest.mark.parametrize("role", PARTY)
def test_branch_s_roles_see_rolls_and_nothing_of_money(client, rolls, role):
    set_up_office()
    money = merged_pool()
    log_in_as(client, role)

    page = client.get("/imports/").content.decode()

    assert (rolls[0].import_no in page, FILE in page, money.import_no in page) == (True, True, False)
    assert client.get(money.get_absolute_url()).status_code == 404
    assert client.get(rolls[0].get_absolute_url()).status_code == 200


def test_numbers_of_the_charity_s_imports_have_no_gap_of_a_roll(rolls):
    set_up_office()

    assert merged_pool().import_no.endswith("-000001")
    assert [roll.import_no for roll in rolls] == ["演党导2026-000001", "演党导2026-000002"]


def test_staged_rows_and_look_hold_no_number_of_a_person_in_clear(rolls):
    imported = checked(
        table(line("慕容雪竹", "女", "1950.6", "党员", "1985.7.1", "1986.7.1", card("19500615"), PHONE)),
        by=rolls[0].recorded_by,
    )

    row = StagedRow.objects.get(of_import=imported)
    kept = str(row.payload) + str(imported.look) + str(imported.report) + str(imported.plan)
    assert PHONE not in kept
    assert card("19500615") not in kept
    assert imported.look["rows"][0][7:9] == ["•••", "•••"]


def test_months_close_whatever_happens_to_a_roll(rolls):
    set_up_office()

    assert [
        sentence for check in period_close_checks for sentence in check(rolls[0].recorded_on) if "导" in sentence
    ] == []


def test_same_file_loaded_as_gifts_does_not_tell_of_the_roll(rolls):
    set_up_office()
    with rolls[0].file.open() as file:
        content = file.read()
    again = uploaded(content, by=person("branch_secretary"))

    assert list(Import.objects.same_file_as(again)) == [rolls[0]]
    clerk = person("donation_clerk")
    assert list(Import.objects.visible_to(clerk).same_file_as(again)) == []
