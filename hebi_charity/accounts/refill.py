"""Puts typed values back into the forms of a finished page, whatever view made it."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

CHECKED_KINDS = {"checkbox", "radio"}
LEFT_ALONE = {"password", "file", "submit", "button", "image", "reset"}


def refill(html: str, fields: dict[str, list[str]], *, path: str) -> str:
    """The page with the values in the forms that post to `path`; a name that comes several times is filled in order.

    Fields the page does not have (rows that a script added) are left out.
    """
    filler = _Filler(fields, path)
    filler.feed(html)
    filler.close()
    return "".join(filler.out)


class _Filler(HTMLParser):
    """Copies the page unchanged but for the values of inputs, text areas and choices in POST forms."""

    def __init__(self, fields: dict[str, list[str]], path: str) -> None:
        super().__init__(convert_charrefs=False)
        self.fields = fields
        self.path = path
        self.used: dict[str, int] = {}
        self.out: list[str] = []
        self.is_in_post_form = False
        self.choices: list[str] | None = None
        self.is_skipping_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or ""
        values = dict(attrs)
        if tag == "form":
            target = (values.get("action") or self.path).partition("?")[0]
            self.is_in_post_form = (values.get("method") or "").lower() == "post" and target == self.path
            text = _built(tag, values | {"action": self.path}, "", False) if self.is_in_post_form else text
        elif self.is_in_post_form:
            text = self._filled(tag, values, text)
        self.out.append(text)
        if tag == "textarea" and self.is_in_post_form and values.get("name") in self.fields:
            self.out.append(escape(self._next(values["name"] or "")))
            self.is_skipping_text = True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_in_post_form = False
        elif tag == "select":
            self.choices = None
        elif tag == "textarea":
            self.is_skipping_text = False
        self.out.append(f"</{tag}>")

    def _filled(self, tag: str, values: dict[str, str | None], text: str) -> str:
        name = values.get("name") or ""
        if tag == "select":
            self.choices = self.fields.get(name)
            return text
        if tag == "option" and self.choices is not None:
            return _built(tag, values, "selected", (values.get("value") or "") in self.choices)
        if tag != "input" or name == "csrfmiddlewaretoken":
            return text
        kind = (values.get("type") or "text").lower()
        if kind in LEFT_ALONE:
            return text
        if kind in CHECKED_KINDS:
            # A box that was cleared is not in what was sent, so every box of the form is set.
            return _built(tag, values, "checked", (values.get("value") or "on") in self.fields.get(name, []))
        if name in self.fields:
            return _built(tag, values | {"value": self._next(name)}, "", False)
        return text

    def _next(self, name: str) -> str:
        position = self.used.get(name, 0)
        self.used[name] = position + 1
        values = self.fields[name]
        return values[position] if position < len(values) else ""

    def _copy(self, text: str) -> None:
        if not self.is_skipping_text:
            self.out.append(text)

    def handle_data(self, data: str) -> None:
        self._copy(data)

    def handle_entityref(self, name: str) -> None:
        self._copy(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._copy(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.out.append(f"<?{data}>")


def _built(tag: str, values: dict[str, str | None], flag: str, is_set: bool) -> str:
    parts = [tag]
    for name, value in values.items():
        if name != flag:
            parts.append(name if value is None else f'{name}="{escape(value)}"')
    if is_set:
        parts.append(flag)
    return f"<{' '.join(parts)}>"
