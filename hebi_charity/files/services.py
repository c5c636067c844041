"""Storing files and deciding who may open them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.audit import services as audit
from hebi_charity.audit.models import Entry
from hebi_charity.core import seals
from hebi_charity.core.registry import file_access, file_choosing, file_sides
from hebi_charity.files.kinds import FILE_LIMIT, MEGABYTE, is_heif, kind_of
from hebi_charity.files.models import Attachment, Use
from hebi_charity.files.pictures import LARGE, THUMBNAIL, PictureUnreadable, thumbnail, without_metadata
from hebi_charity.files.proof import lies_there, open_as_given, sha256_of

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

DOWNLOADED = "file.downloaded"
REFUSED = "file.refused"
PAPER_ADDED = "file.paper_added"
ORPHANED_AFTER = timedelta(hours=24)


class FileRefused(Exception):
    """The file cannot be taken. The message is a full sentence for the person who chose it."""


def _checked(content: IO[bytes]) -> tuple[IO[bytes], str]:
    """The content to keep and its type. Raises FileRefused."""
    size = content.seek(0, 2)
    if size == 0:
        raise FileRefused(_("The file is empty. Please choose another one."))
    if size > FILE_LIMIT:
        raise FileRefused(
            _("The file is larger than %(limit)d MB. Please split it, or save it smaller.")
            % {"limit": FILE_LIMIT // MEGABYTE}
        )
    kind = kind_of(content)
    if kind is None and is_heif(content):
        raise FileRefused(
            _(
                "This is a HEIC photograph of a telephone, which cannot be opened here. In the telephone choose"
                " Settings, Camera, Formats, Most Compatible and photograph it again, or send it by WeChat and save"
                " that picture."
            )
        )
    if kind is None:
        raise FileRefused(
            _(
                "This kind of file cannot be stored. Please give a picture (JPG, PNG, WebP), a PDF, a table"
                " (.xlsx, .xls, .csv) or a .docx document; save others in WPS as one of these first."
            )
        )
    if size > kind.limit:
        raise FileRefused(
            _("The picture is larger than %(limit)d MB. Please save it smaller and choose it again.")
            % {"limit": kind.limit // MEGABYTE}
        )
    if not kind.is_picture:
        return content, kind.content_type
    try:
        return without_metadata(content, kind.content_type), kind.content_type
    except PictureUnreadable as error:
        raise FileRefused(
            _("The picture is damaged or has too many pixels. Please photograph or scan it again.")
        ) from error


def _plain_name(name: str) -> str:
    """A file name without folders and control characters, at most 150 long with its ending kept."""
    shown = "".join(char for char in PurePath(name.replace("\\", "/")).name if unicodedata.category(char)[0] != "C")
    stem, ending = PurePath(shown or "file").stem, PurePath(shown or "file").suffix[:20]
    return stem[: 150 - len(ending)] + ending


def store(
    content: bytes | IO[bytes],
    *,
    name: str,
    by: User | None,
    owner: models.Model | None = None,
    purpose: str = "",
    chosen_for: type[models.Model] | None = None,
) -> Attachment:
    """Keep a file privately and give its row; with `owner` it is attached to that record at once.

    `chosen_for` is the kind of record it is meant for: until it is attached, its `file_choosing` says who opens it.

    The bytes are written before the row: a rolled back transaction leaves an orphan, which `sweep_files` removes,
    and never a row without its file. Raises FileRefused.
    """
    given = BytesIO(content) if isinstance(content, bytes) else content
    kept, content_type = _checked(given)
    sha256 = sha256_of(kept)
    size = kept.seek(0, 2)
    kept.seek(0)
    path = Attachment.path_of(sha256)
    # A file that no row names yet may be swept at any moment: it is written again, which makes it young. Bytes that
    # somebody else put there give way to the right ones.
    if not (Attachment.objects.filter(sha256=sha256).exists() and lies_there(path, sha256)):
        default_storage.save(path, File(kept))
    with transaction.atomic():
        attachment = Attachment.objects.create(
            sha256=sha256,
            size=size,
            content_type=content_type,
            name=_plain_name(name),
            stored_by=by,
            chosen_for=chosen_for._meta.label_lower if chosen_for else "",
        )
        if owner is not None:
            attach(attachment, to=owner, by=by, purpose=purpose)
    return attachment


def attach(attachment: Attachment, *, to: models.Model, by: User | None, purpose: str = "") -> Use:
    """Attach a stored file to a record; whoever may see the record may then open the file."""
    use = Use(attachment=attachment, owner_type=to._meta.label_lower, owner_id=to.pk, purpose=purpose, used_by=by)
    use.seal = seals.seal(use.sealed_values())
    use.save(force_insert=True)
    return use


class AttachedBefore(FileRefused):
    """The record holds a file with the same content already."""


@transaction.atomic
def add_papers(
    row: models.Model,
    contents: Iterable[IO[bytes]],
    *,
    by: User,
    purpose: str = "paper",
    side: str = Entry.Side.CHARITY,
) -> list[Attachment]:
    """Keep scans and letters of a record: all of them or none; each is an entry of the record's log, on its side.

    Raises FileRefused, whose sentence names the file.
    """
    added = []
    for content in contents:
        try:
            added.append(_add_paper(row, content, by=by, purpose=purpose, side=side))
        except FileRefused as refusal:
            raise type(refusal)(named_refusal(content.name, refusal)) from refusal
    return added


def named_refusal(name: str, refusal: FileRefused) -> str:
    """What is said of a refused file where several were chosen: which one, and why."""
    return _("“%(file)s”: %(why)s") % {"file": _plain_name(name), "why": refusal}


def _add_paper(row: models.Model, content: IO[bytes], *, by: User, purpose: str, side: str) -> Attachment:
    attachment = store(content, name=content.name, by=by)
    if Attachment.objects.of(row).filter(sha256=attachment.sha256).exists():
        raise AttachedBefore(_("This file is attached to the record already."))
    attach(attachment, to=row, by=by, purpose=purpose)
    audit.record(by, PAPER_ADDED, row, changes={"paper": (None, attachment)}, side=side)
    return attachment


def thumbnail_of(attachment: Attachment) -> IO[bytes]:
    """The small picture, made when it is first asked for. The caller closes it.

    Raises PictureUnreadable, FileChanged.
    """
    return _made_smaller(attachment, attachment.thumbnail_path, THUMBNAIL)


def large_picture_of(attachment: Attachment) -> IO[bytes]:
    """The picture as large as a page shows it, made when it is first asked for. The caller closes it.

    Raises PictureUnreadable, FileChanged.
    """
    return _made_smaller(attachment, attachment.large_path, LARGE)


def _made_smaller(attachment: Attachment, path: str, side: int) -> IO[bytes]:
    if not default_storage.exists(path):
        with open_as_given(attachment) as content:
            default_storage.save(path, File(thumbnail(content, side)))
    return default_storage.open(path, "rb")


def attachments_of(row: models.Model) -> list[Attachment]:
    """The files of one record, in the order they were attached."""
    return list(Attachment.objects.of(row))


def may_open(user: User, attachment: Attachment) -> bool:
    """Whether one of the records that hold the file lets this person see it.

    Without a record, who stored it may, as long as that person may keep files for the records it was chosen for.
    """
    uses = list(attachment.uses.all())
    if not uses:
        return attachment.stored_by_id == user.pk and _may_choose(user, attachment.chosen_for)
    return any(_may_see_owner(user, use) for use in uses)


def _may_choose(user: User, kind: str) -> bool:
    """Whether this person still keeps files for records of this kind; of a kind nobody registered, nobody does."""
    if not kind:
        return True
    choosing = file_choosing.get(kind)
    return choosing is not None and choosing.may(user)


def _may_see_owner(user: User, use: Use) -> bool:
    """Ask the owner's registered check; else its own `visible_to` together with its view permission."""
    try:
        model = apps.get_model(use.owner_type)
    except LookupError:
        return False
    rows = model._default_manager.filter(pk=use.owner_id)
    check = file_access.get(use.owner_type)
    if check is not None:
        row = rows.first()
        return row is not None and check(user, row)
    if not hasattr(rows, "visible_to"):
        return False
    may_view = user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    return may_view and rows.visible_to(user).exists()


def side_of(attachment: Attachment) -> str:
    """The side of the log on which acts on a file stand: that of a record it belongs to, the charity's as a rule.

    Of a file that belongs to none yet it is the side of what it was chosen for.
    """
    for use in attachment.uses.all():
        ask = file_sides.get(use.owner_type)
        owner = apps.get_model(use.owner_type)._base_manager.filter(pk=use.owner_id).first() if ask else None
        if owner is not None and (side := ask(owner)) != Entry.Side.CHARITY:
            return side
    choosing = file_choosing.get(attachment.chosen_for)
    return choosing.side if choosing else Entry.Side.CHARITY


def record_download(attachment: Attachment, *, by: User) -> None:
    """Log that a table, which may hold rows about people, left the house."""
    if attachment.is_table:
        audit.record(by, DOWNLOADED, attachment, side=side_of(attachment))


def record_refusal(attachment: Attachment, *, by: User) -> None:
    """Log that somebody asked for a file whose bytes are not those that were given, and got nothing."""
    audit.record(by, REFUSED, attachment, side=side_of(attachment))


def orphans() -> Iterator[str]:
    """Stored files that no row names and that are older than a day: uploads whose transaction was rolled back."""
    before = timezone.now() - ORPHANED_AFTER
    for path in _stored_paths(""):
        if not Attachment.objects.filter(sha256=PurePath(path).stem).exists() and _is_older(path, before):
            yield path


def _is_older(path: str, moment: datetime) -> bool:
    """Whether a stored file was written before. What an upload has just taken away or renamed is not."""
    try:
        return default_storage.get_modified_time(path) < moment
    except FileNotFoundError:
        return False


def _stored_paths(folder: str) -> Iterator[str]:
    if folder and not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    for name in names:
        yield f"{folder}/{name}" if folder else name
    for name in folders:
        yield from _stored_paths(f"{folder}/{name}" if folder else name)


def sweep_orphans() -> int:
    """Remove files that no row names. Gives how many."""
    paths = list(orphans())
    for path in paths:
        default_storage.delete(path)
    return len(paths)
