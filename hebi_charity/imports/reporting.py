"""The report of a check: what the file holds and what would be taken in, as it is shown, submitted and frozen."""

from __future__ import annotations

from decimal import Decimal

from hebi_charity.imports import judging
from hebi_charity.imports.judging import Found
from hebi_charity.imports.models import Import
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.staging import last_row

MOST_DAYS = 40


def yuan(fen: int | None) -> str | None:
    """Fen as text in yuan."""
    return None if fen is None else f"{Decimal(fen) / 100:.2f}"


def make_report(imported: Import, found: dict[str, Found], read: dict) -> dict[str, object]:
    """Put together what the child read and what the checks found. Sums are text in yuan (or the currency's unit).

    Keys: `read` {currency: {count, sum}}; `accepted`, `known`, `duplicates`, `rejected` {count, sum}; `gifts` and
    `orders` (new rows by what they become); `documents` they make; `days` [{day, count, sum}], the first forty of
    `day_count`; `months` [{month, shape, sum}] of receipt; `reasons` {code: rows}; `controls` (totals printed in the
    file, with what was read up to there);
    `possible_duplicates` {count, rows}; `blank`, `masked`, `split`, `unclear` {count, rows}; `last_row`; `warnings`
    (codes with values, for `sentences.sentence_for_warning`).
    """
    repeated, repeated_rows = judging.repeated(imported)
    new = found["new"]
    report: dict[str, object] = {
        "read": {
            currency: {"count": read["counts"][currency], "sum": yuan(read["sums"][currency])}
            for currency in sorted(read["counts"])
        },
        "accepted": _line(new),
        "known": _line(found["known"]),
        "duplicates": _line(found["duplicate"]),
        "rejected": _line(found["rejected"]),
        "gifts": new.gifts,
        "orders": new.orders,
        "documents": new.gifts + len(new.order_days),
        "days": [
            {"day": day.isoformat(), "count": count, "sum": f"{amount:.2f}"}
            for day, (count, amount) in sorted(new.days.items())[:MOST_DAYS]
        ],
        "day_count": len(new.days),
        "months": [
            {"month": month.isoformat(), "shape": shape, "sum": f"{amount:.2f}"}
            for (month, shape), amount in sorted(new.months.items())
        ],
        "reasons": judging.reasons(imported),
        "controls": [_control(control) for control in read["controls"]],
        "possible_duplicates": {"count": repeated, "rows": repeated_rows},
        "blank": read["blank"],
        "masked": read["masked"],
        "split": read["split"],
        "unclear": {"count": read["unclear"], "rows": read["unclear_rows"]},
        "stray_numbers": read["stray_numbers"],
        "last_row": last_row(imported.pk),
    }
    report["warnings"] = warnings(imported, report)
    return report


def _line(found: Found) -> dict[str, object]:
    return {"count": found.rows, "sum": f"{found.amount:.2f}"}


def _control(control: dict) -> dict[str, object]:
    kept = {key: value for key, value in control.items() if key not in {"fen", "read_fen"}}
    return kept | {"sum": yuan(control["fen"]), "read_sum": yuan(control["read_fen"])}


def warnings(imported: Import, report: dict) -> list[dict[str, object]]:
    """What a person should look at before submitting, as codes with the values their sentences need."""
    found = [warning for control in report["controls"] if (warning := _of_control(control))]
    counted = (
        ("repeated_rows", report["possible_duplicates"]["count"]),
        ("rejected_rows", report["rejected"]["count"]),
        ("duplicate_numbers", report["duplicates"]["count"]),
        ("unclear_names", report["unclear"]["count"]),
        ("split_names", report["split"]),
        ("masked_names", report["masked"]),
        ("stray_numbers", report["stray_numbers"]),
    )
    found += [{"code": code, "count": count} for code, count in counted if count]
    found += [
        {"code": "foreign_currency", "currency": currency, **figures}
        for currency, figures in report["read"].items()
        if currency != "CNY"
    ]
    found += _of_known(report)
    return found + _of_file(imported)


def _of_control(control: dict) -> dict[str, object] | None:
    if control["sum_agrees"] is False:
        return {
            "code": "control_sum_differs",
            "row": control["row"],
            "sum": control["sum"],
            "read": control["read_sum"],
        }
    if control["count_agrees"] is False:
        code = "control_count_differs_alone" if control["sum_agrees"] else "control_count_differs"
        return {"code": code, "row": control["row"], "count": control["count"], "read": control["read_count"]}
    return None


def _of_known(report: dict) -> list[dict[str, object]]:
    known, accepted = report["known"]["count"], report["accepted"]["count"]
    if not known:
        return []
    return [{"code": "some_known" if accepted else "all_known", "count": known}]


def _of_file(imported: Import) -> list[dict[str, object]]:
    plan = Plan.of(imported.plan)
    found: list[dict[str, object]] = []
    earlier = Import.objects.done_before_with_file_of(imported)
    if earlier:
        found.append({"code": "same_file", "number": earlier.import_no})
    if kept_out := imported.look.get("kept_out"):
        found.append({"code": "kept_out", "columns": "、".join(kept_out)})
    if plan.received_on and plan.shape == "named" and not plan.names_day:
        found.append({"code": "day_given", "day": plan.received_on.isoformat()})
    return found
