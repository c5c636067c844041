"""Days of the office: read as people type them, and the months they fall into. Every day is Shanghai's."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
SPOKEN = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "明日": 1, "后天": 2}

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z", re.ASCII)
_FULL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?\Z", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?\Z", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})|(\d{2}))(?:月份?)?\Z", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{2})(\d{2})\Z", re.ASCII)
_CLOCK = re.compile(r"(?<=\d)([日号]?)[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\Z", re.ASCII)


class DayError(ValueError):
    """What was typed is not a day; `sentence` says what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def today() -> date:
    """The day it is in Shanghai."""
    return timezone.now().astimezone(SHANGHAI).date()


def day_of(moment: datetime) -> date:
    """The Shanghai day of a moment. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(SHANGHAI).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """First moment of a Shanghai day and first moment after it, in UTC."""
    start, end = (datetime.combine(each, time.min, SHANGHAI) for each in (day, day + timedelta(days=1)))
    return start.astimezone(UTC), end.astimezone(UTC)


def parse_day(text: str, *, today: date) -> date:
    """Read a day: 20260301, 2026-3-1, 2026/3/1, 2026.3.1, 2026年3月1日 or 1号, 3.1 or 0301 (this year), 今天, 昨天.

    A time of day behind it, as spreadsheets write, is passed over. Raises DayError (a ValueError) with a sentence.
    """
    cleaned = _plain(_CLOCK.sub(r"\1", unicodedata.normalize("NFKC", text).strip()))
    if cleaned in SPOKEN:
        return today + timedelta(days=SPOKEN[cleaned])
    if found := _COMPACT.match(cleaned) or _FULL.match(cleaned):
        year, month, day = (int(part) for part in found.groups())
    elif found := _SHORT.match(cleaned) or _MONTH_DAY.match(cleaned):
        year, month, day = today.year, int(found[1]), int(found[2])
    elif lacking := parse_month(text):
        raise DayError(
            _("“%(text)s” lacks the day. Please write the whole date, for example %(example)s.")
            % {"text": text.strip()[:30], "example": lacking.isoformat()}
        )
    else:
        raise DayError(
            _("“%(text)s” is not a date. Please write it like 2026-03-01, 20260301, 3.1 or 今天.")
            % {"text": text.strip()[:30]}
        )
    if not 1900 <= year <= 2199:
        raise DayError(_("The year %(year)d cannot be right. Please check the date.") % {"year": year})
    try:
        return date(year, month, day)
    except ValueError:
        raise DayError(
            _("There is no day “%(text)s” in the calendar. Please check month and day.") % {"text": text.strip()[:30]}
        ) from None


def parse_month(text: str) -> date | None:
    """Read a month as its first day: 2026-03, 202603, 2026.3, 2026年3月, 2026/3, 2026、3. None for anything else."""
    found = _MONTH.match(_plain(unicodedata.normalize("NFKC", text)))
    if not found or not 1900 <= int(found[1]) <= 2199 or not 1 <= (month := int(found[2] or found[3])) <= 12:
        return None
    return date(int(found[1]), month, 1)


def _plain(text: str) -> str:
    """Without blanks, and with a point where somebody wrote 。 or 、 between figures."""
    return re.sub(r"(?<=\d)[。、](?=\d)", ".", re.sub(r"\s+", "", text)).rstrip("。.")


def month_start(day: date) -> date:
    """The first day of the month this day lies in."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after the one this day lies in."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def previous_month(day: date) -> date:
    """The first day of the month before the one this day lies in."""
    return month_start(month_start(day) - timedelta(days=1))


def month_end(day: date) -> date:
    """The last day of the month this day lies in."""
    return next_month(day) - timedelta(days=1)


def format_day(day: date | None) -> str:
    """2026-03-01 as screens show it; nothing for None."""
    return "" if day is None else day.isoformat()


def format_day_in_full(day: date | None) -> str:
    """2026年3月1日 as papers show it; nothing for None."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"
