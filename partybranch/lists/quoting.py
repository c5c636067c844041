"""Honours and registers as sentences to be quoted in a yearly summary or a report, one for each row."""

from __future__ import annotations

from django.db.models import Model
from django.utils.translation import gettext as _

from hebi_charity.office.models import Organisation
from partybranch.lists.filed_names import now_called
from partybranch.models import Honour, LeaderWord, PressReport, Ranking, Thanks
from partybranch.models.dated import Precision

# What ends like this is won and is no title that one bears.
PRIZES = ("奖", "杯", "奖章", "奖牌")


def federation_name() -> str:
    """The federation as its own row names it."""
    return Organisation.objects.values_list("name", flat=True).first() or _("Charity federation")


def told_recipient(honour: Honour, federation: str) -> str:
    """王五（现名王武）: who received the honour, with today's name where it is another. For pages, not to be quoted."""
    return now_called(honour.recipient(federation), honour.recipient_today(federation))


def quote_of(row: Model, federation: str, *, with_day: bool = True) -> str:
    """A row as one sentence. A day is said no more precisely than it is known, and left out when it is not."""
    said = _QUOTES[type(row)](row, federation)
    is_said = with_day and row.precision != Precision.UNKNOWN
    return f"{row.when()}，{said}" if is_said else said


def _inner(text: str) -> str:
    """A title within quotation marks has the single ones inside."""
    return text.replace("“", "‘").replace("”", "’")


def _bracketed(text: str) -> str:
    return f"（{text}）" if text else ""


def _honour(row: Honour, federation: str) -> str:
    said = {
        "who": row.recipient(federation),
        "bodies": row.bodies(),
        "period": row.period_label,
        "title": _inner(row.title),
        "document": _bracketed(row.document_no),
    }
    if row.title.endswith(PRIZES):
        return _("%(bodies)s gave %(who)s the prize %(period)s “%(title)s”%(document)s.") % said
    return _("%(bodies)s gave %(who)s the title %(period)s “%(title)s”%(document)s.") % said


def _ranking(row: Ranking, federation: str) -> str:
    among = _("of %(count)s") % {"count": row.out_of} if row.out_of else ""
    said = {
        "who": federation,
        "activity": row.activity,
        "metric": row.metric,
        "result": _bracketed(row.result),
        "scope": row.scope,
        "rank": row.rank,
        "among": _bracketed(among),
    }
    return _("in %(activity)s %(who)s was number %(rank)s%(among)s of %(scope)s by %(metric)s%(result)s.") % said


def _press(row: PressReport, federation: str) -> str:
    said = {"medium": row.medium, "title": row.title, "text": row.text}
    if row.text:
        return _("%(medium)s printed “%(title)s”: %(text)s") % said
    return _("%(medium)s printed “%(title)s”.") % said


def _words(row: LeaderWord, federation: str) -> str:
    said = {
        "leader": f"{row.post}{row.leader}",
        "about": row.about,
        "text": row.text,
        "source": row.source,
    }
    if row.kind == LeaderWord.Kind.INSTRUCTION:
        return _("%(leader)s instructed about %(about)s: “%(text)s” (%(source)s)") % said
    return _("%(leader)s said of %(about)s: “%(text)s” (%(source)s)") % said


def _thanks(row: Thanks, federation: str) -> str:
    said = {
        "giver": row.from_whom,
        "what": row.get_kind_display(),
        "about": row.about,
        "text": row.text,
    }
    if row.text:
        return _("%(giver)s sent a %(what)s for %(about)s: “%(text)s”") % said
    return _("%(giver)s sent a %(what)s for %(about)s.") % said


_QUOTES = {Honour: _honour, Ranking: _ranking, PressReport: _press, LeaderWord: _words, Thanks: _thanks}
