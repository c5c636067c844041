"""What the starter says, in the language of the office, before any library is there to translate.

Message ids are English; the Chinese is read from the catalogue's source `locale/zh_Hans/local.po`.
"""

import ast
import functools
import sys
from pathlib import Path

CATALOGUE = Path(__file__).resolve().parents[2] / "locale" / "zh_Hans" / "local.po"


class Stop(Exception):
    """Something that only a person can put right. Its text is the sentence that says what to do."""


def read_catalogue(text: str) -> dict[str, str]:
    """Message ids and their translations from a .po file without plural forms or contexts."""
    messages: dict[str, str] = {}
    fields = {"msgid": "", "msgstr": ""}
    current = ""
    for line in [*text.splitlines(), 'msgid ""']:
        keyword, _, rest = line.partition(" ")
        if keyword in fields:
            if keyword == "msgid":
                messages[fields["msgid"]] = fields["msgstr"]
                fields["msgstr"] = ""
            current = keyword
            fields[current] = ast.literal_eval(rest)
        elif line.startswith('"') and current:
            fields[current] += ast.literal_eval(line)
    messages.pop("", None)
    return messages


@functools.cache
def _messages() -> dict[str, str]:
    return read_catalogue(CATALOGUE.read_text(encoding="utf-8")) if CATALOGUE.exists() else {}


def gettext(message: str) -> str:
    return _messages().get(message) or message


def say(text: str) -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
