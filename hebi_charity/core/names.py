"""Names of people and organisations: as they are kept, as they are compared, as they are sorted."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict

from hebi_charity.core.surnames import PLACE_READINGS, SURNAME_READINGS

MAX_SORT_KEY = 200

# Most names by far hold only such characters, which every step below would leave as they are.
_INERT = "0-9a-z\u3400-\u4dbf\u4e00-\u9fff\U0001f300-\U0001faff\U00020000-\U0002f7ff"
_is_plain = re.compile(f"[{_INERT}]+").fullmatch
_is_clean = re.compile(f"[A-Z{_INERT}]+(?: [A-Z{_INERT}]+)*").fullmatch

# What shows nothing: controls, zero-width marks, direction marks, variation selectors, fillers, half characters.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
)
# What joins or varies the character before it: hidden when comparing, kept for showing (emoji need them).
_JOINERS = "\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_BLANK = "\\s\u180e\u2800\x85"
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_ENDS = re.compile(f"^[{_BLANK}{_JOINERS}]+|[{_BLANK}]+(?:[{_JOINERS}{_BLANK}]+)?$")
_RUN = re.compile(f"[{_BLANK}]+")
_BLANKS = re.compile(f"[{_BLANK}{_INVISIBLE}{_JOINERS}]+")
# The dots people type inside names of national minorities and foreigners.
_DOTS = dict.fromkeys(map(ord, "•‧∙⋅・᛫⸱"), "·")

_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_BETWEEN_HAN = re.compile("(?<=[\u3400-\u9fff])\\s+(?=[\u3400-\u9fff])")
_ORGANISATION_ENDS = tuple("会司部局校院厂店社村镇县市区府所站处组委队馆团厅乡行坊户堂寺园中心")

load_single_dict({ord("𠮷"): "jí"})  # the other 吉; pypinyin lacks it
load_phrases_dict({place: [[part] for part in said.split()] for place, said in PLACE_READINGS.items()})


def without_blanks(text: str) -> str:
    """The text without any blank, control or invisible character, wherever it stands."""
    if _is_plain(text):
        return text
    return _BLANKS.sub("", text)


def name_key(text: str) -> str:
    """The form under which names are compared: NFKC, no blanks, nothing invisible, case folded, one kind of dot.

    王　五, "王五 " and 王五 (with a zero-width mark) are one name. Fast: a file brings half a million of them.
    """
    if _is_plain(text):
        return text
    if text.isascii() and text.isprintable():
        return text.replace(" ", "").lower()
    text = _BLANKS.sub("", text)
    if _is_plain(text):
        return text
    key = _folded(text)
    # Folding can make what folds again (a blank inside a ligature): the key of a key is itself.
    while (again := _folded(key)) != key:
        key = again
    return key


def _folded(text: str) -> str:
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _BLANKS.sub("", key).translate(_DOTS)


def clean_name(text: str) -> str:
    """The form in which a name is kept and shown: trimmed of every kind of blank, inner runs of blanks made one.

    A run of full-width blanks becomes one full-width blank (王　五 stays), any other run one plain blank. What shows
    nothing is dropped; half-width and full-width letters stay as typed.
    """
    if _is_clean(text) or _is_clean(text := text.strip()):
        return text
    text = _HIDDEN.sub("", text)
    text = _ENDS.sub("", text)
    return _RUN.sub(_one_blank, text)


def _one_blank(run: re.Match[str]) -> str:
    return "\u3000" if set(run[0]) == {"\u3000"} else " "


def sort_key(text: str) -> str:
    """Pinyin without tones, one blank between syllables, small ASCII letters: 单国强 -> shan guo qiang.

    For columns COLLATE "C". Surnames and places are read as people say them (仇 qiu, 浚县 xun xian). A character
    without a known reading becomes ~ and its code, so that it sorts behind all letters. At most 200 places; "" for
    nothing.
    """
    cleaned = _BETWEEN_HAN.sub("", unicodedata.normalize("NFKC", clean_name(text)))
    if not cleaned:
        return ""
    syllables: list[str] = []
    position = 0
    for han in _HAN.finditer(cleaned):
        syllables += _words(cleaned[position : han.start()])
        syllables += _read(han[0], is_person=_is_person(cleaned))
        position = han.end()
    syllables += _words(cleaned[position:])
    return (" ".join(syllables) or "~")[:MAX_SORT_KEY].rstrip()


def initials(text: str) -> str:
    """The first letters of the sort key: 单国强 -> sgq. What has no reading is left out."""
    return "".join(part[0] for part in sort_key(text).split() if part[0] != "~")


def is_pinyin(text: str) -> bool:
    """Whether a text asks for names by their sound."""
    typed = name_key(text)
    return typed.isascii() and typed.isalpha()


def as_pinyin(text: str) -> str:
    """Letters as pinyin is kept, with a blank between syllables that were typed with one."""
    return " ".join(name_key(word) for word in text.split())


def _is_person(name: str) -> bool:
    """Two to four characters that do not end like an organisation: surnames are read as surnames."""
    return _HAN.fullmatch(name) is not None and (
        len(name) <= 2 or (len(name) <= 4 and not name.endswith(_ORGANISATION_ENDS))
    )


def _read(han: str, *, is_person: bool) -> list[str]:
    """The syllables of a run of Chinese characters."""
    if is_person and han[:2] not in PLACE_READINGS:
        for length in (2, 1):
            if said := SURNAME_READINGS.get(han[:length]):
                return said.split() + _pinyin(han[length:])
        # Read alone: as the beginning of a word a surname may be said otherwise.
        return _pinyin(han[:1]) + _pinyin(han[1:])
    return _pinyin(han)


@lru_cache(maxsize=65_536)
def _pinyin(han: str) -> list[str]:
    if not han:
        return []
    # A character that pypinyin does not know comes back as it is, and becomes its code here.
    parts = lazy_pinyin(han, style=Style.NORMAL)
    return [word for part in parts for word in _words(part)]


def _words(text: str) -> list[str]:
    """The words of what is not Chinese: letters and digits in ASCII, accents dropped, signs between words."""
    return re.findall(r"~?[0-9a-z]+", _ascii(text))


def _ascii(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        character if character.isascii() else f" {_code(character)} "
        for character in parts
        if character.isascii() or unicodedata.category(character)[0] in "LN"
    )


def _code(character: str) -> str:
    return f"~{ord(character):x}"
