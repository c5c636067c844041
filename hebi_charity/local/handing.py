"""Files that root names on the command line, for a command that does not run as root."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .links import open_itself, refuse_links_of
from .people import Person, acting_as
from .speech import Stop
from .speech import gettext as _


@contextlib.contextmanager
def handed_over(words: list[str], var: Path, person: Person) -> Iterator[list[str]]:
    """The same words with readable copies of unreadable files; `--output` is written aside and put in its place.

    The desk is the person's, and root touches what lies on it with the person's rights alone.
    """
    with acting_as(person):
        desk = Path(tempfile.mkdtemp(dir=var, prefix="handing-"))
    try:
        readable, outputs = list(words), {}
        for place, word in enumerate(words):
            value = word.partition("=")[2] if word.startswith("--output=") else word
            is_output = value != word or (place > 0 and words[place - 1] == "--output")
            if is_output and not person.may(Path(value).absolute().parent, "w"):
                if not Path(value).absolute().parent.is_dir():
                    raise Stop(_("There is no folder {folder}.").format(folder=Path(value).absolute().parent))
                outputs[Path(value).absolute()] = desk / Path(value).name
                readable[place] = word[: len(word) - len(value)] + str(desk / Path(value).name)
            elif not is_output and not word.startswith("-") and _is_closed(Path(word), person):
                readable[place] = str(_copy_for(person, Path(word), desk / str(place)))
        yield readable
        for wanted, written in outputs.items():
            _bring_back(written, wanted, person)
    finally:
        with acting_as(person):
            shutil.rmtree(desk, ignore_errors=True)


def _copy_for(person: Person, source: Path, folder: Path) -> Path:
    refuse_links_of(person.uid, person.name, source.absolute())
    with source.open("rb") as read, acting_as(person):
        folder.mkdir()
        with (folder / source.name).open("xb") as written:
            shutil.copyfileobj(read, written)
    return folder / source.name


def _bring_back(written: Path, wanted: Path, person: Person) -> None:
    """Put a result where only root may write; nothing when there is none. Raises Stop for a link in its place."""
    with acting_as(person):
        if not os.path.lexists(written):
            return
        descriptor = open_itself(written, os.O_RDONLY)
    with os.fdopen(descriptor, "rb") as read, wanted.open("wb") as target:
        shutil.copyfileobj(read, target)


def _is_closed(path: Path, person: Person) -> bool:
    try:
        return path.is_file() and not person.may(path.absolute(), "r")
    except OSError:  # a word too long for the name of a file is no file
        return False
