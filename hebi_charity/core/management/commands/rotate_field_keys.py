"""Bring every encrypted value under the newest key of FIELD_KEYS. May be stopped and started again at any time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, models, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from hebi_charity.core import encryption


def encrypted_fields() -> Iterator[models.Field]:
    """Every encrypted column of every installed model."""
    for model in apps.get_models():
        if not model._meta.proxy:
            yield from (field for field in model._meta.local_concrete_fields if getattr(field, "is_encrypted", False))


class Command(BaseCommand):
    help = "Encrypt every personal value anew under the newest key. Put the new key first into FIELD_KEYS before."

    def add_arguments(self, parser):
        parser.add_argument("--chunk", type=int, default=500, help="rows of one transaction")
        parser.add_argument("--check", action="store_true", help="only count what still needs an older key")

    def handle(self, *args, chunk, check, **options):
        counts: Counter[str] = Counter()
        for field in encrypted_fields():
            of_field = Counter()
            for rows in chunks_of(field, chunk):
                of_field += bring_up_to_date(field, rows, is_check=check)
            self.stdout.write(f"{field.sealed_for}: {summary(of_field)}")
            counts += of_field
        result = f"rotate_field_keys: {{}} {summary(counts)}"
        if counts["unreadable"] or counts["refused"] or (check and counts["old"]):
            raise CommandError(result.format("failed"))
        self.stdout.write(result.format("ok"))


def summary(counts: Counter[str]) -> str:
    return " ".join(f"{name}={counts[name]}" for name in ("rows", "rotated", "old", "unreadable", "refused"))


def chunks_of(field: models.Field, size: int) -> Iterator[list[tuple[int, str]]]:
    """(key, token) of every row that has a value, in the order of the keys."""
    rows = (
        field.model._base_manager.annotate(encrypted_text=Cast(field.name, TextField()))
        .exclude(encrypted_text="")
        .order_by("pk")
    )
    rows, last = rows.filter(encrypted_text__isnull=False).values_list("pk", "encrypted_text"), None
    while chunk := list((rows if last is None else rows.filter(pk__gt=last))[:size]):
        yield chunk
        last = chunk[-1][0]


def bring_up_to_date(field: models.Field, rows: list[tuple[int, str]], *, is_check: bool) -> Counter[str]:
    """Encrypt these rows anew in one transaction; a guarded table that refuses is counted, not forced."""
    counts = Counter(rows=len(rows))
    stale = [(key, token) for key, token in rows if not encryption.is_under_newest_key(token)]
    if is_check:
        return counts + Counter(old=len(stale))
    try:
        with transaction.atomic():
            for key, token in stale:
                counts[rotate_row(field, key, token)] += 1
    except DatabaseError:
        return Counter(rows=len(rows), refused=len(stale))
    return counts


def rotate_row(field: models.Field, key: int, token: str) -> str:
    try:
        renewed = encryption.rotate(token)
    except encryption.UnreadableValue:
        return "unreadable"
    same = field.model._base_manager.annotate(encrypted_text=Cast(field.name, TextField())).filter(
        pk=key, encrypted_text=token
    )
    # Nothing is updated when somebody saved the row meanwhile: what was saved is under the newest key already.
    same.update(**{field.name: Value(renewed, output_field=TextField())})
    return "rotated"
