"""What constraints and triggers of the honours hold, each broken once past the services: for `test_rules`."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from hebi_charity.core import dates
from partybranch.models import DossierItem, Honour, HonourCitation, HonourDossier, HonourGrantor
from partybranch.models.binding import Binding
from tests.donations.factories import UserFactory
from tests.partybranch.honours.factories import (
    a_citation,
    a_dossier,
    a_press_report,
    a_ranking,
    an_honour,
    leader_words,
    some_thanks,
)

SHA = "0" * 64
WITHDRAWN = "撤销的记录要写明撤销人、时间和原因。"
PRECISE = "日期只能记到已知的程度（年、月或日）。"
ROWS = {
    "ranking": a_ranking,
    "pressreport": a_press_report,
    "leaderword": leader_words,
    "thanks": some_thanks,
    "honourcitation": lambda: a_citation(an_honour()),
}


def changed(make: Callable[[], Binding], **values: object) -> Callable[[], object]:
    """A row that is there, changed like this past the services; values may be asked for late."""

    def break_it() -> object:
        row = make()
        found = {name: value() if callable(value) else value for name, value in values.items()}
        return type(row).objects.filter(pk=row.pk).update(**found)

    return break_it


def inserted(make: Callable[[], Binding], **values: object) -> Callable[[], object]:
    """A copy of a row as a new one, with other values."""

    def break_it() -> object:
        row = make()
        row.pk, row._state.adding = None, True
        for name, value in values.items():
            setattr(row, name, value() if callable(value) else value)
        return row.save(force_insert=True)

    return break_it


def tomorrow() -> date:
    return dates.today() + timedelta(days=1)


def grantor_afterwards() -> None:
    HonourGrantor.objects.create(honour=an_honour(), place=3, name="省丙会")


def item_afterwards() -> None:
    DossierItem.objects.create(
        dossier=a_dossier(an_honour()), place=1, kind="evidence", source_type="x", source_id=1, title="x", digest=SHA
    )


def honour_without_bodies() -> None:
    row = an_honour()
    row.pk, row.title = None, "没有单位的荣誉"
    row.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def of_withdrawn_honour() -> None:
    honour = an_honour()
    Honour.objects.filter(pk=honour.pk).update(
        withdrawn_by=UserFactory(), withdrawn_at=timezone.now(), withdrawal_reason="录入错误"
    )
    a_citation(honour)


def grantors_of_place(**values: object) -> None:
    HonourGrantor.objects.create(**({"honour": an_honour(), "place": 1, "name": "省丙会"} | values))


def items_of_dossier(**values: object) -> None:
    dossier = a_dossier(an_honour(), evidence=[a_ranking()])
    first = dossier.items.get()
    facts = {"kind": "evidence", "source_type": "x", "source_id": 1, "title": "x", "digest": SHA, "place": 1}
    if values.pop("same", False):
        facts |= {"source_type": first.source_type, "source_id": first.source_id, "place": 2}
    DossierItem.objects.create(**({"dossier": dossier} | facts | values))


def dossier_again() -> None:
    a_dossier(an_honour_with_dossier())


def an_honour_with_dossier() -> Honour:
    honour = an_honour()
    a_dossier(honour)
    return honour


def new_dossier(**values: object) -> None:
    facts = {"honour": an_honour(), "application": "x", "item_count": 0, "digest": SHA, "recorded_by": UserFactory()}
    HonourDossier.objects.create(**(facts | values))


def citation_of_nothing() -> None:
    row = HonourCitation(honour=an_honour(), cited_in="", recorded_by=UserFactory(), listed_on=date(2022, 1, 1))
    row.happened_on = row.listed_on
    row.save(force_insert=True)


CASES = {
    "honour_withdrawn_has_reason": (inserted(an_honour, title="y", withdrawn_at=timezone.now), WITHDRAWN),
    "honourdossier_withdrawn_has_reason": (
        inserted(lambda: a_dossier(an_honour()), withdrawn_at=timezone.now),
        WITHDRAWN,
    ),
    **{
        f"{name}_withdrawn_has_reason": (inserted(make, withdrawn_at=timezone.now), WITHDRAWN)
        for name, make in ROWS.items()
    },
    **{
        f"{name}_day_fits_precision": (inserted(make, precision="month", happened_on=date(2022, 3, 2)), PRECISE)
        for name, make in ({"honour": an_honour} | ROWS).items()
    },
    **{
        f"partybranch_not_in_future: {name}": (
            inserted(make, precision="day", happened_on=tomorrow, listed_on=tomorrow),
            "这个日期还没有到。请到当天以后再登记。",
        )
        for name, make in ROWS.items()
    },
    "honour_has_title": (inserted(an_honour, title=""), "请照证书填写荣誉名称。"),
    "honour_recipient_fits_kind": (
        inserted(an_honour, recipient_kind="person"),
        "请写明获得者：一个党支部、总会或一个人。",
    ),
    "honour_has_grantors": (inserted(an_honour, title="y", grantor_count=0), "授予单位应有 1 至 20 家。"),
    "honour_valid_after_award": (
        inserted(an_honour, title="y", valid_until=date(2021, 9, 30)),
        "有效期不能早于授予日期。请核对这两个日期。",
    ),
    "honour_review_after_award": (
        inserted(an_honour, title="y", review_due_on=date(2021, 9, 30)),
        "复审日期不能早于授予日期。请核对这两个日期。",
    ),
    "honour_revoked_has_reason": (
        inserted(an_honour, title="y", revoked_on=date(2022, 1, 1)),
        "被撤销的荣誉要写明日期、原因和登记人。",
    ),
    "honour_revoked_after_award": (
        changed(
            an_honour,
            revoked_on=date(2021, 9, 1),
            revoked_reason="x",
            revoked_by=UserFactory,
            revoked_at=timezone.now,
        ),
        "撤销日期不能早于授予日期。请核对。",
    ),
    "honour_moved_has_person": (
        inserted(an_honour, title="y", moved_at=timezone.now),
        "变更存放地点要写明登记人和时间。",
    ),
    "honour_once": (inserted(an_honour), "这项荣誉已经登记过。请先查看荣誉墙。"),
    "honour_grantor_place_once": (grantors_of_place, "这个次序上已有另一家单位。"),
    "honour_grantor_once": (lambda: grantors_of_place(place=3, name="省甲厅"), "同一家单位写了两次。请去掉一个。"),
    "honour_grantor_has_name": (lambda: grantors_of_place(name=""), "请填写授予单位名称。"),
    "partybranch_part_of_whole": (
        grantor_afterwards,
        "授予单位、佐证材料随荣誉或申报材料一次登记，之后不能添加。",
    ),
    "partybranch_part_of_whole: evidence": (
        item_afterwards,
        "授予单位、佐证材料随荣誉或申报材料一次登记，之后不能添加。",
    ),
    "partybranch_whole_has_parts": (honour_without_bodies, "授予单位或佐证没有登记完整。请重试。"),
    "partybranch_of_live_honour": (of_withdrawn_honour, "这项荣誉的记录已撤销。请先登记正确的荣誉。"),
    "honour_dossier_one": (dossier_again, "这项荣誉的申报材料已经封存。要重做请先撤销原来的。"),
    "honour_dossier_digest_is_hex": (lambda: new_dossier(digest="x"), "摘要值应为 64 位十六进制数字。"),
    "honour_dossier_not_empty": (
        lambda: new_dossier(application=""),
        "申报材料至少要有申报简述或一件佐证。",
    ),
    "dossier_item_place_once": (items_of_dossier, "这个次序上已有另一件佐证。"),
    "dossier_item_once": (lambda: items_of_dossier(same=True), "这件佐证已在申报材料中。"),
    "dossier_item_digest_is_hex": (lambda: items_of_dossier(digest="x"), "摘要值应为 64 位十六进制数字。"),
    "honour_citation_has_place": (citation_of_nothing, "请写明在哪份材料中引用。"),
    "ranking_is_whole": (inserted(a_ranking, source=""), "请写明活动、范围、指标和来源。"),
    "ranking_from_first": (inserted(a_ranking, rank=0), "名次应为 1 或更大的整数。"),
    "ranking_within_all": (inserted(a_ranking, rank=5, out_of=4), "名次不能大于参加排名的总数。请核对。"),
    "press_is_whole": (inserted(a_press_report, medium=""), "请写明媒体和标题。"),
    "word_is_whole": (inserted(leader_words, text=""), "请写明领导职务、事项、内容和出处。"),
    "thanks_is_whole": (inserted(some_thanks, about=""), "请写明谁送来、为何事。"),
}
