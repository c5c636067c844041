"""Nobody outside the branch learns what was held, said, resolved or photographed."""

from uuid import uuid4

import pytest

from hebi_charity.accounts.role_data import ROLES
from partybranch.models import Addendum, LifeEvent, LifePicture, Minutes
from partybranch.services import filing
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as, person
from tests.partybranch.record.factories import a_picture_of, ready_event, write

pytestmark = pytest.mark.django_db
OUTSIDE = [role.code for role in ROLES if role.code not in {"branch_secretary", "organisation_member"}]
TOPIC, OUTCOME, TEXT, ADDENDUM = "讨论慕容雪松转正", "同意慕容雪松按期转正", "慕容雪松发言", "慕容雪松当天在线"


@pytest.fixture
def filed(db):
    event = ready_event(topic=TOPIC)
    write(event, outcome=OUTCOME, text=TEXT)
    a_picture_of(event)
    filing.file_event(event, by=UserFactory())
    filing.add_addendum(event, by=UserFactory(), text=ADDENDUM, form_key=uuid4())
    return event


@pytest.mark.parametrize("role", OUTSIDE)
def test_nothing_of_the_record_is_seen_outside_the_branch(client, filed, role):
    log_in_as(client, role)
    own = filed.get_absolute_url()
    pages = ["/", "/search/?q=慕容", "/jobs/", "/work/count/", "/audit/", "/audit/export/", "/party/life/"]
    pages += [own, f"{own}record/", f"/party/branches/{filed.branch_id}/life/past/list/?kind=lecture&held_on=2024-3-20"]

    for page in pages:
        response = client.get(page)
        text = (b"".join(response) if response.streaming else response.content).decode(errors="ignore")
        assert [word for word in (TOPIC, OUTCOME, TEXT, ADDENDUM, "慕容雪松") if word in text] == [], page


@pytest.mark.parametrize("role", OUTSIDE)
def test_rows_of_the_record_are_visible_to_the_branch_s_roles_alone(filed, role):
    user, secretary = person(role), person("branch_secretary")
    for model in (LifeEvent, Minutes, LifePicture, Addendum):
        assert not model.objects.visible_to(user).exists()
        assert model.objects.visible_to(secretary).exists()
