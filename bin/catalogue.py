#!/usr/bin/env python
"""The Chinese message catalogue: compile its parts into one, and check that it is whole.

    python bin/catalogue.py compile          locale/zh_Hans/*.po -> locale/zh_Hans/LC_MESSAGES/django.mo
    python bin/catalogue.py check            every message of the sources is there, and nothing else
    python bin/catalogue.py check PATH ...   only the messages of these files or folders

Babel does the work, so that no gettext program need be installed.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "locale" / "zh_Hans"
COMPILED = PARTS / "LC_MESSAGES" / "django.mo"
SOURCES = ("hebi_charity", "donations", "relief", "partybranch", "templates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*[\d.]*[a-zA-Z]|%[sdifr]|\{\w*\}")
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
TEMPLATE_CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(((?:{LITERAL},?\s*)+)", re.DOTALL)

Key = tuple[str, str]  # context ("" when none) and message id


@dataclass(frozen=True)
class Used:
    """A message as a source file uses it."""

    context: str
    singular: str
    plural: str
    place: str

    @property
    def key(self) -> Key:
        return self.context, self.singular


def used_in_python(path: Path) -> Iterator[Used]:
    """Messages of a Python file, wherever one of the gettext names is called with literal text."""
    with path.open("rb") as source:
        for line, function, texts, _ in extract_python(source, KEYWORDS, [], {"encoding": "utf-8"}):
            found = [text for text in (texts if isinstance(texts, tuple) else (texts,)) if text]
            if found:
                yield as_used(function, found, f"{path.relative_to(ROOT)}:{line}")


def permission_names() -> set[str]:
    """Names of permissions in `Meta.permissions`. Django keeps them in plain text; a part may translate them."""
    found = set()
    for top in SOURCES:
        for path in (ROOT / top).rglob("*.py"):
            if "migrations" in path.parts or "permissions = [" not in (text := path.read_text(encoding="utf-8")):
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "permissions":
                    found |= {leaf.value for leaf in ast.walk(node.value) if isinstance(leaf, ast.Constant)}
    return found


def used_in_template(path: Path) -> Iterator[Used]:
    """Messages of a template. Django turns it into calls; the calls are then read leniently."""
    from django.utils.translation.template import templatize

    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for call in TEMPLATE_CALL.finditer(text):
        literals = [ast.literal_eval(found) for found in re.findall(LITERAL, call[2])]
        line = text.count("\n", 0, call.start()) + 1
        yield as_used(call[1], literals, f"{path.relative_to(ROOT)}:{line}")


def as_used(function: str, texts: list[str], place: str) -> Used:
    context = texts.pop(0) if "pgettext" in function else ""
    plural = texts[1] if function.startswith("n") and len(texts) > 1 else ""
    return Used(context, texts[0], plural, place)


def used_in(paths: Iterable[Path]) -> Iterator[Used]:
    """Every message of these files and folders; migrations repeat the models and are left out."""
    for top in paths:
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        for path in files:
            if "migrations" in path.parts:
                continue
            if path.suffix == ".py":
                yield from used_in_python(path)
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                yield from used_in_template(path)


def read_parts() -> tuple[Catalog, list[str]]:
    """All parts as one catalogue, and what is wrong with them: an unreadable part, one message said in two ways."""
    whole, faults = Catalog(locale="zh_Hans", domain="django", charset="utf-8"), []
    said: dict[Key, tuple[object, str]] = {}
    for path in sorted(PARTS.glob("*.po")):
        with path.open("rb") as source:
            try:
                part = read_po(source, locale="zh_Hans", abort_invalid=True)
            except Exception as error:  # whatever a broken file makes the reader raise is one fault of that file
                faults.append(f"{path.name}: cannot be read: {error}")
                continue
        for message in part:
            if not message.id:
                continue
            before = said.setdefault(key_of(message), (message.string, path.name))
            if before[0] != message.string:
                faults.append(f"{path.name} and {before[1]} say two things for {key_of(message)[1]!r}")
                continue
            whole.add(message.id, message.string, context=message.context, flags=message.flags)
    return whole, faults


def key_of(message: Message) -> Key:
    singular = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    return message.context or "", singular


def strings_of(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (list, tuple)) else [message.string]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def compile_parts() -> list[str]:
    """Write the compiled catalogue; fuzzy and empty entries are left out. Returns what is wrong with the parts."""
    whole, faults = read_parts()
    compiled = io.BytesIO()
    write_mo(compiled, whole)
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    # In one step, so that a process that starts meanwhile never reads half a file.
    beside = COMPILED.with_suffix(".tmp")
    beside.write_bytes(compiled.getvalue())
    beside.replace(COMPILED)
    return faults


def fault_of(used: Used, messages: dict[Key, Message]) -> str:
    """What is wrong with the translation of one used message; "" when nothing is."""
    message = messages.get(used.key)
    if message is None:
        return "missing"
    if message.fuzzy:
        return "fuzzy"
    texts = strings_of(message)
    if not all(texts):
        return "empty"
    if used.plural and not message.pluralizable:
        return "has no msgid_plural"
    wanted = placeholders(used.plural or used.singular)
    if any(placeholders(text) != wanted for text in texts):
        return f"other placeholders than {wanted}"
    return ""


def check(paths: list[Path]) -> list[str]:
    """Everything that keeps the catalogue from being whole, a line each; nothing when it is."""
    whole, faults = read_parts()
    messages = {key_of(message): message for message in whole if message.id}
    tops = paths or [ROOT / name for name in SOURCES if (ROOT / name).exists()]
    found = list(used_in(tops))
    for used in found:
        if fault := fault_of(used, messages):
            faults.append(f"{used.place}: {fault}: {used.singular!r}")
    if not paths:
        dead = messages.keys() - {used.key for used in found} - {("", name) for name in permission_names()}
        faults += [f"no source uses {text!r}" for _, text in sorted(dead)]
    return faults


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            faults = compile_parts()
        case ["check", *paths]:
            faults = check([Path(path).resolve() for path in paths])
        case _:
            print(__doc__)
            return 2
    for fault in faults:
        print(fault)
    print(f"catalogue {arguments[0]}: {'failed, ' + str(len(faults)) + ' faults' if faults else 'ok'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
