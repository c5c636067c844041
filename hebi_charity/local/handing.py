"""Files that root names on the command line, for a command that does not run as root."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .people import Person
from .speech import Stop
from .speech import gettext as _


@contextlib.contextmanager
def handed_over(words: list[str], var: Path, person: Person) -> Iterator[list[str]]:
    """The same words with readable copies of unreadable files; `--output` is written aside and put in its place."""
    with tempfile.TemporaryDirectory(dir=var, prefix="handing-") as folder:
        desk = Path(folder)
        person.own(desk)
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
                copy = desk / str(place) / Path(word).name
                copy.parent.mkdir()
                shutil.copyfile(word, copy)
                for path in (copy.parent, copy):
                    person.own(path)
                readable[place] = str(copy)
        yield readable
        for wanted, written in outputs.items():
            if written.exists():
                shutil.copyfile(written, wanted)


def _is_closed(path: Path, person: Person) -> bool:
    try:
        return path.is_file() and not person.may(path.absolute(), "r")
    except OSError:  # a word too long for the name of a file is no file
        return False
