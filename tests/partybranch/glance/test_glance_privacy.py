"""Nothing of the year, the rules or the calendar is seen by any other role, nor by strangers with a wrong address."""

from datetime import date

import pytest

from hebi_charity.accounts.role_data import ROLES
from hebi_charity.core import dates
from partybranch.models import Requirement
from partybranch.services.calendar_addresses import make_address
from tests.donations.staff import log_in_as, person
from tests.partybranch.factories import a_branch, circumstance, member, noticed_event
from tests.partybranch.glance.factories import a_rule

pytestmark = pytest.mark.django_db
OUTSIDE = [role.code for role in ROLES if role.code not in {"branch_secretary", "organisation_member"}]
PLANTED = ("离退休干部第九党支部", "慕容雪松", "关于离退休干部党支部组织生活的通知", "重温入党誓词", "淇滨区会议室")
PAGES = ("/party/year/", "/party/year/requirements/", "/party/year/calendar/", "/party/year/calendar/year.ics")


@pytest.fixture
def year(db):
    branch = a_branch(PLANTED[0])
    circumstance(member(name=PLANTED[1]), "lost", starts_on=date(2024, 1, 1), reason="失联")
    a_rule(branch=branch)
    noticed_event(topic=PLANTED[3], place=PLANTED[4], held_on=dates.today())


@pytest.mark.parametrize("role", OUTSIDE)
def test_other_roles_see_nothing_of_the_year(client, year, role):
    user = log_in_as(client, role)
    token = make_address(by=user)  # past the page, which they cannot open
    seen = [client.get(page) for page in (*PAGES, "/party/warnings/", f"/party/year/calendar/read/{token}.ics")]
    seen += [client.get(page) for page in ("/", "/search/?q=重温", "/audit/", "/jobs/", "/work/count/", "/settings/")]

    assert [response.status_code for response in seen[:6]] == [403, 403, 403, 403, 403, 404]
    texts = [response.content.decode() for response in seen]
    assert [word for text in texts for word in PLANTED if word in text] == []
    assert [word for word in ("年度一览", "久未参加") if word in texts[6]] == []
    assert not Requirement.objects.visible_to(user).exists()


def test_address_names_no_member_of_the_branch(client, year):
    token = make_address(by=person("branch_secretary"))

    text = client.get(f"/party/year/calendar/read/{token}.ics").content.decode().replace("\r\n ", "")

    assert "淇滨区会议室" in text
    assert [word for word in PLANTED[:4] if word in text] == []
