"""Pictures of an event: added up to nine at once, turned by quarters, taken away before the filing. Never edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core import seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.files import services as files
from hebi_charity.files.kinds import kind_of
from hebi_charity.files.models import Attachment, Use
from hebi_charity.files.pictures import turned
from hebi_charity.files.proof import open_as_given
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, settle_form_key
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
class Chosen:
    """A picture that is kept already: what it shows, and by how many quarters it is turned clockwise."""

    kind: str
    attachment: Attachment
    turns: int = 0


@dataclass(frozen=True)
class Stored:
    """What became of the files that somebody chose: those that are kept, and a sentence for each that is not."""

    kept: list[Chosen]
    refusals: list[str]


def store_pictures(kind: str, contents: Iterable[tuple[IO[bytes], int]], *, by: User) -> Stored:
    """Keep what is a picture, without its metadata, each with its turns; one that is refused takes no other along.

    They belong to no record yet: only who stored them opens them, as long as that person has a role in the branch.
    """
    kept, refusals = [], []
    for content, turns in contents:
        try:
            kept.append(Chosen(kind, store_picture(content, by=by), turns))
        except files.FileRefused as refusal:
            refusals.append(_("“%(file)s”: %(why)s") % {"file": content.name, "why": refusal})
    return Stored(kept, refusals)


def store_picture(content: IO[bytes], *, by: User) -> Attachment:
    """Raises FileRefused for what is no picture that we take."""
    kind = kind_of(content)
    if kind and not kind.is_picture:
        raise files.FileRefused(_("Only pictures belong here (JPG, PNG, WebP)."))
    return files.store(content, name=content.name, by=by, chosen_for=LifeEvent)


def kept_by(user: User, chosen: Iterable[tuple[str, int, int]]) -> list[Chosen]:
    """Pictures that this person stored a moment ago and that belong to no record, from (kind, id, turns)."""
    wanted = [(kind, pk, turns) for kind, pk, turns in chosen if kind in LifePicture.Kind.values]
    there = {row.pk: row for row in Attachment.objects.visible_to(user).filter(pk__in=[pk for _, pk, _ in wanted])}
    used = set(Use.objects.filter(attachment__in=there).values_list("attachment_id", flat=True))
    return [
        Chosen(kind, there[pk], turns % QUARTERS)
        for kind, pk, turns in wanted
        if pk in there and pk not in used and there[pk].is_picture
    ]


@atomic_with_retry
def add_pictures(
    event: LifeEvent, chosen: Iterable[Chosen], *, by: User, form_key: UUID, caption: str = ""
) -> list[LifePicture]:
    """Give stored pictures to an event, with one caption for them all. What the event shows already is left out.

    Raises NotNoticed, AlreadyFiled and FormKeyReused.
    """
    event = noticed_event(event)
    chosen = list(chosen)
    shown = [[each.kind, each.attachment.sha256, each.turns] for each in chosen]
    digest = seals.digest({"event": event.pk, "pictures": shown, "caption": caption})
    try:
        claim_form_key(form_key, form="partybranch.pictures", digest=digest, by=by)
    except AlreadySubmitted:
        return []
    there = set(event.pictures.shown().values_list("given__sha256", flat=True))
    rows = [attach(event, each, by=by, caption=caption) for each in chosen if each.attachment.sha256 not in there]
    if rows:
        settle_form_key(form_key, rows[0])
        record(by, "party.pictures_added", event, changes={"pictures": (None, len(rows))})
    return rows


def attach(event: LifeEvent, chosen: Chosen, *, by: User, caption: str) -> LifePicture:
    """One picture of a locked event; from now on the branch's roles open it, and nobody else."""
    files.attach(chosen.attachment, to=event, by=by, purpose=chosen.kind)
    row = LifePicture.objects.create(
        event=event,
        kind=chosen.kind,
        given=chosen.attachment,
        attachment=chosen.attachment,
        caption=caption,
        added_by=by,
    )
    return turn_to(row, chosen.turns, by=by) if chosen.turns else row


@atomic_with_retry
def turn_picture(picture: LifePicture, *, by: User) -> LifePicture:
    """Turn it a quarter clockwise, always from the picture as it was given, so that turning loses nothing.

    Raises NotNoticed, AlreadyFiled and AlreadyRemoved.
    """
    picture = open_picture(picture)
    turn_to(picture, (picture.turns + 1) % QUARTERS, by=by)
    record(by, "party.picture_turned", picture.event)
    return picture


def turn_to(picture: LifePicture, turns: int, *, by: User) -> LifePicture:
    """Show the picture as it was given, turned so many quarters; `given` must be at hand."""
    picture.turns, picture.attachment = turns, picture.given
    if turns:
        picture.attachment = turned_copy(picture.given, turns, by=by)
        files.attach(picture.attachment, to=picture.event, by=by, purpose=picture.kind)
    picture.save(update_fields=["turns", "attachment"])
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
