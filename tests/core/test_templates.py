"""The filters of `{% load hebi %}` and the shared views."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.views.generic import TemplateView
from django_htmx.middleware import HtmxDetails

from hebi_charity.core.views import HtmxPartialMixin


@pytest.mark.parametrize(
    ("expression", "value", "shown"),
    [
        ("yuan", Decimal("1234.5"), "1,234.50"),
        ("yuan", None, ""),
        ("wan", Decimal("38169900"), "3,816.99"),
        ("in_words", Decimal("100000001"), "壹亿零壹元整"),
        ("in_words", None, ""),
        ("day", date(2026, 3, 1), "2026-03-01"),
        ("day", datetime(2026, 8, 31, 16, tzinfo=UTC), "2026-09-01"),
        ("day", None, ""),
        ("day_in_full", date(2026, 3, 1), "2026年3月1日"),
        ("moment", datetime(2026, 8, 31, 16, 5, tzinfo=UTC), "2026-09-01 00:05"),
        ("moment", None, ""),
        ("count", 554300, "554,300"),
        ("count", None, ""),
        ("mask_name", "欧阳娜娜", "欧阳**"),
        ("mask_phone", "13812345678", "138****5678"),
        ("mask_identifier", "41062119900101001X", "4106************1X"),
        ("mask_card", "6228480012345678901", "***************8901"),
    ],
)
def test_filter_shows(expression, value, shown):
    assert Template(f"{{% load hebi %}}{{{{ value|{expression} }}}}").render(Context({"value": value})) == shown


class Page(HtmxPartialMixin, TemplateView):
    template_name = "page.html"
    partial_template_name = "_part.html"
    response_class = staticmethod(lambda request, template, context, **kwargs: HttpResponse(",".join(template)))


@pytest.mark.parametrize(
    ("headers", "template"),
    [
        ({}, "page.html"),
        ({"HX-Request": "true"}, "_part.html"),
        ({"HX-Request": "true", "HX-Boosted": "true"}, "page.html"),
    ],
)
def test_htmx_gets_the_fragment_and_caches_know(rf, headers, template):
    request = rf.get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    response = Page.as_view()(request)
    assert response.content.decode() == template
    assert response["Vary"] == "HX-Request"
