"""Events on their way to the record, made as the services make them."""

from datetime import time
from io import BytesIO
from uuid import uuid4

from PIL import Image

from hebi_charity.accounts.models import User
from hebi_charity.files import services as files
from hebi_charity.files.models import Attachment
from partybranch.models import Branch, LifeEvent, LifePicture, Minutes
from partybranch.services import events, filing, pictures
from partybranch.services import minutes as minutes_service
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, member, noticed_event

OUTCOME = "全体党员一致同意本月学习计划。"


def write(event: LifeEvent, *, by: User | None = None, version: int | None = None, **changes) -> Minutes:
    """The six facts and the minutes, complete unless said otherwise."""
    newest = Minutes.objects.newest(event)
    event = LifeEvent.objects.get(pk=event.pk)
    person = event.branch.memberships.first().person
    facts = {
        "topic": event.topic,
        "begins_at": time(9, 0),
        "place": "三楼会议室",
        "chair": person,
        "recorder": person,
    }
    words = {"outcome": OUTCOME, "text": "会议由支部书记主持。"}
    values = {name: changes.get(name, value) for name, value in words.items()}
    return minutes_service.write_minutes(
        event,
        by=by or UserFactory(),
        version=(newest.version if newest else 0) if version is None else version,
        facts=facts | {name: value for name, value in changes.items() if name in facts},
        **values,
    )


def attended(event: LifeEvent, *, by: User | None = None) -> LifeEvent:
    """Everybody on the list came."""
    marks = {row.pk: ("present", "") for row in event.attendance.filter(status="expected")}
    events.record_attendance(event, marks, by=by or UserFactory())
    return event


def ready_event(**facts) -> LifeEvent:
    """An event of 20 March 2024 that lacks nothing for the filing; of a branch with one member where none is there."""
    if not Branch.objects.exists():
        a_branch()
    if not Branch.objects.first().memberships.exists():
        member()
    event = attended(noticed_event(**facts))
    write(event)
    return LifeEvent.objects.get(pk=event.pk)


def filed_event(*, by: User | None = None, **facts) -> LifeEvent:
    return filing.file_event(ready_event(**facts), by=by or UserFactory())


def a_picture(size: tuple[int, int] = (40, 20), colour: str = "red", name: str = "照片.jpg", **options) -> BytesIO:
    """A photograph as a browser sends it: wider than high."""
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, "JPEG", **options)
    content.seek(0)
    content.name = name
    return content


def an_attachment() -> Attachment:
    """A picture in the store that belongs to no record yet."""
    return files.store(a_picture(), name="a.jpg", by=UserFactory())


def a_picture_of(event: LifeEvent, kind: str = "photo", *, is_removed: bool = False) -> LifePicture:
    chosen = [pictures.Chosen(kind, an_attachment())]
    row = pictures.add_pictures(event, chosen, by=UserFactory(), form_key=uuid4())[0]
    return pictures.remove_picture(row, by=UserFactory()) if is_removed else row
