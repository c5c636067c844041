"""Pictures of an event: added up to nine at once, turned by quarters, taken away before the filing. Never edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.files import services as files
from hebi_charity.files.models import Attachment
from hebi_charity.files.pictures import turned
from hebi_charity.files.proof import open_as_given
from partybranch.models import LifeEvent, LifePicture
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.events import noticed_event
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

QUARTERS = 4


class AlreadyRemoved(BrokenRule):
    """A picture that was taken away is neither turned nor taken away again."""

    sentence = gettext_lazy("This picture was taken away already. Please reload the page.")


@dataclass(frozen=True)
class Stored:
    """What became of the files that somebody chose: those that are kept, and a sentence for each that is not."""

    kept: list[Attachment]
    refusals: list[str]


def store_pictures(contents: Iterable[IO[bytes]], *, by: User) -> Stored:
    """Keep what is a picture, without its metadata; one that is refused takes no other along.

    They belong to no record yet: only who stored them opens them.
    """
    kept, refusals = [], []
    for content in contents:
        try:
            attachment = files.store(content, name=content.name, by=by)
            if not attachment.is_picture:
                raise files.FileRefused(_("Only pictures belong here (JPG, PNG, WebP)."))
        except files.FileRefused as refusal:
            refusals.append(_("“%(file)s”: %(why)s") % {"file": content.name, "why": refusal})
        else:
            kept.append(attachment)
    return Stored(kept, refusals)


@atomic_with_retry
def add_pictures(
    event: LifeEvent, kind: str, attachments: Iterable[Attachment], *, by: User, caption: str = ""
) -> list[LifePicture]:
    """Give stored pictures to an event, with one caption for them all. Raises NotNoticed and AlreadyFiled."""
    event = noticed_event(event)
    rows = [attach(event, kind, attachment, by=by, caption=caption) for attachment in attachments]
    if rows:
        record(by, "party.pictures_added", event, changes={"pictures": (None, len(rows))})
    return rows


def attach(event: LifeEvent, kind: str, attachment: Attachment, *, by: User, caption: str) -> LifePicture:
    """One picture of a locked event; from now on the branch's roles open it, and nobody else."""
    files.attach(attachment, to=event, by=by, purpose=kind)
    return LifePicture.objects.create(
        event=event, kind=kind, given=attachment, attachment=attachment, caption=caption, added_by=by
    )


@atomic_with_retry
def turn_picture(picture: LifePicture, *, by: User) -> LifePicture:
    """Turn it a quarter clockwise, always from the picture as it was given, so that turning loses nothing.

    Raises NotNoticed, AlreadyFiled and AlreadyRemoved.
    """
    picture = open_picture(picture)
    picture.turns = (picture.turns + 1) % QUARTERS
    picture.attachment = picture.given
    if picture.turns:
        picture.attachment = turned_copy(picture.given, picture.turns, by=by)
        files.attach(picture.attachment, to=picture.event, by=by, purpose=picture.kind)
    picture.save(update_fields=["turns", "attachment"])
    record(by, "party.picture_turned", picture.event)
    return picture


def turned_copy(given: Attachment, turns: int, *, by: User) -> Attachment:
    """The same picture turned so many quarters clockwise, as a file of its own."""
    with open_as_given(given) as content:
        return files.store(turned(content, given.content_type, turns), name=given.name, by=by)


@atomic_with_retry
def remove_picture(picture: LifePicture, *, by: User) -> LifePicture:
    """Take a wrong picture away; the row stays. Raises NotNoticed, AlreadyFiled and AlreadyRemoved."""
    picture = open_picture(picture)
    picture.removed_by, picture.removed_at = by, timezone.now()
    picture.save(update_fields=["removed_by", "removed_at"])
    record(by, "party.picture_removed", picture.event)
    return picture


def open_picture(picture: LifePicture) -> LifePicture:
    """The picture, its event locked. Raises NotNoticed, AlreadyFiled and AlreadyRemoved."""
    event = noticed_event(picture.event)
    picture = LifePicture.objects.select_for_update(of=("self",)).select_related("given").get(pk=picture.pk)
    if picture.removed_at:
        raise AlreadyRemoved
    picture.event = event
    return picture
