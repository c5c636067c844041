"""The room of honours is the branch's roles' alone: pages, files, search, log, and no word of membership elsewhere."""

import pytest

from hebi_charity.accounts.role_data import ROLES
from hebi_charity.core.registry import search_sources
from hebi_charity.files import services as files
from partybranch.models import (
    DossierItem,
    Honour,
    HonourCitation,
    HonourDossier,
    LeaderWord,
    PressReport,
    Ranking,
    Thanks,
)
from partybranch.services import registers
from tests.donations.factories import UserFactory
from tests.donations.staff import BACKEND, log_in_as, person
from tests.partybranch.factories import a_branch, member
from tests.partybranch.honours.factories import ROWS, a_citation, a_dossier, a_picture, an_honour

pytestmark = pytest.mark.django_db
PARTY = ("branch_secretary", "organisation_member")
OUTSIDE = [role.code for role in ROLES if role.code not in PARTY]
NAME, TITLE, FILE = "慕容雪松", "优秀共产党员", "慕容雪松的证书.jpg"
MODELS = (DossierItem, Honour, HonourCitation, HonourDossier, LeaderWord, PressReport, Ranking, Thanks)


@pytest.fixture
def honour(db):
    """A person's honour inside the Party, with everything that could leak."""
    a_branch()
    found = an_honour(title=TITLE, nature="inner", recipient_kind="person", person=member(name=NAME))
    registers.add_scans(found, [a_picture(FILE)], by=UserFactory())
    a_dossier(found, evidence=[make(note=TITLE) for make in ROWS.values()], papers=[a_picture(FILE, "red")])
    a_citation(found, note=NAME)
    return found


@pytest.mark.parametrize("role", [*OUTSIDE, None])
def test_nothing_of_an_honour_is_seen_outside_the_branch(client, honour, role):
    if role:
        log_in_as(client, role)
    else:
        client.force_login(UserFactory(), backend=BACKEND)
    scan, paper = files.attachments_of(honour)[0], files.attachments_of(honour.dossiers.get())[0]
    pages = ["/", f"/search/?q={TITLE[:4]}", f"/search/?q={NAME[:3]}", "/jobs/", "/audit/", "/audit/export/"]
    pages += [honour.get_absolute_url(), "/party/honours/", "/party/honours/timeline/", "/party/honours/export/"]
    pages += [f"/party/honours/registers/{word}/" for word in ROWS] + [
        f"/party/honours/registers/{word}/export/" for word in ROWS
    ]
    closed = [url for one in (scan, paper) for url in (one.get_absolute_url(), one.thumbnail_url, one.large_url)]

    for page in [*pages, *closed]:
        response = client.get(page)
        text = (b"".join(response) if response.streaming else response.content).decode(errors="ignore")
        assert [word for word in (NAME, TITLE, FILE) if word in text] == [], page
    assert {client.get(url).status_code for url in closed} == {404}


@pytest.mark.parametrize("role", OUTSIDE)
@pytest.mark.parametrize("model", MODELS)
def test_rows_are_visible_to_the_branch_s_roles_alone(honour, role, model):
    assert not model.objects.visible_to(person(role)).exists()
    assert model.objects.visible_to(person("organisation_member")).exists()


@pytest.mark.parametrize("role", OUTSIDE)
def test_search_gives_nothing_to_others(honour, role):
    user = person(role)

    assert [hit for source in search_sources for hit in source(user, TITLE)] == []


@pytest.mark.parametrize("role", PARTY)
def test_branch_s_roles_find_honours_and_rows_of_the_registers(client, honour, role):
    log_in_as(client, role)
    page = client.get("/search/", {"q": TITLE}).content.decode()

    assert honour.get_absolute_url() in page
    assert page.count("/party/honours/registers/") == 4
