"""Pinyin as people type it, without blanks, parted into syllables as sort keys keep it: wangdeming -> wang de ming."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from pypinyin.constants import PINYIN_DICT

LONGEST_SYLLABLE, MOST_SPELLINGS, LONGEST_TYPED = 6, 8, 40


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """Every syllable of the dictionary without its tone; ü as v, as sort keys write it."""
    said = {reading for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    plain = {_plain(reading) for reading in said}
    return frozenset(one for one in plain if one.isascii() and one.isalpha() and set(one) & set("aeiouv"))


def _plain(reading: str) -> str:
    parts = unicodedata.normalize("NFKD", reading).replace("u\u0308", "v")
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(one[:length] for one in _syllables() for length in range(1, len(one) + 1))


def spellings(letters: str) -> list[str]:
    """The ways to read these letters as two syllables and more, with a blank between; a few at most.

    A last syllable that is only begun counts where the letters are no whole syllables: wangdem -> wang de m.
    """
    words = letters.split()
    if not words or len(letters) > LONGEST_TYPED:
        return []
    found = _joined(words, last=_syllables()) or _joined(words, last=_beginnings())
    return [spelling for spelling in found if " " in spelling]


def _joined(words: list[str], *, last: frozenset[str]) -> list[str]:
    ends = [*([_syllables()] * (len(words) - 1)), last]
    parted = [list(islice(_parted(word, end), MOST_SPELLINGS)) for word, end in zip(words, ends, strict=True)]
    return [" ".join(parts) for parts in islice(product(*parted), MOST_SPELLINGS)]


def _parted(word: str, last: frozenset[str]) -> Iterator[str]:
    """The word in whole syllables but for its last part, which is one of `last`; the longest first syllables first."""
    if word in last:
        yield word
    for length in range(min(LONGEST_SYLLABLE, len(word) - 1), 0, -1):
        if word[:length] in _syllables():
            yield from (f"{word[:length]} {rest}" for rest in _parted(word[length:], last))
