"""The same facts give the same bytes, digest and seal."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import models
from django.utils.translation import gettext_lazy

from hebi_charity.core.seals import canonical, digest, seal


class State(models.TextChoices):
    REVIEWED = "reviewed", "reviewed"


FACTS = {
    "名": "王五",
    "amount": Decimal("5"),
    "day": date(2026, 3, 1),
    "at": datetime(2026, 3, 1, 8, tzinfo=timezone(timedelta(hours=8))),
    "state": State.REVIEWED,
    "parts": [Decimal("1.5"), None, True, 3],
    "of": UUID(int=1),
}
BYTES = (
    '{"amount":"5.00","at":"2026-03-01T00:00:00.000000Z","day":"2026-03-01",'
    '"of":"00000000-0000-0000-0000-000000000001","parts":["1.50",null,true,3],"state":"reviewed","名":"王五"}'
)


def test_canonical_is_sorted_utf8_json():
    assert canonical(FACTS) == BYTES.encode()


def test_canonical_does_not_see_order_zone_or_trailing_zeros():
    turned = dict(reversed(FACTS.items())) | {
        "amount": Decimal("5.0000"),
        "at": datetime(2026, 3, 1, tzinfo=UTC),
        "parts": (Decimal("1.50000000"), None, True, 3),
    }
    assert canonical(turned) == canonical(FACTS)


@pytest.mark.parametrize(
    ("number", "text"),
    [("-0", "0.00"), ("1E+3", "1000.00"), ("7.12345678", "7.12345678"), ("7.12000000", "7.12"), ("0.5", "0.50")],
)
def test_canonical_number_loses_nothing(number, text):
    assert canonical({"n": Decimal(number)}) == f'{{"n":"{text}"}}'.encode()


@pytest.mark.parametrize(
    "value",
    [1.0, Decimal("NaN"), datetime(2026, 3, 1), b"x", {1: "x"}, {"a"}, gettext_lazy("core"), object()],
)
def test_canonical_refuses_what_has_no_single_form(value):
    with pytest.raises(ValueError, match=r"canonical form|sealed"):
        canonical({"x": value})


def test_digest_is_sha256():
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_seal_needs_the_key(settings):
    settings.SEAL_KEY = "first"
    sealed = seal(FACTS)
    assert seal(dict(reversed(FACTS.items()))) == sealed
    assert seal(FACTS | {"amount": Decimal("5.01")}) != sealed
    settings.SEAL_KEY = "second"
    assert seal(FACTS) != sealed
