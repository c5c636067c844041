"""Typed values go back into a finished page."""

import pytest

from hebi_charity.accounts.refill import refill

FORM = '<form method="post" action="/here/">{}</form>'


def filled(html, **fields):
    return refill(FORM.format(html), fields, path="/here/")


@pytest.mark.parametrize(
    ("html", "fields", "expected"),
    [
        ('<input name="a">', {"a": ["1"]}, '<input name="a" value="1">'),
        ('<input name="a" value="0">', {"a": ['"<>&']}, '<input name="a" value="&quot;&lt;&gt;&amp;">'),
        ('<input type="hidden" name="a" value="0"/>', {"a": ["7"]}, '<input type="hidden" name="a" value="7">'),
        ('<input name="a"><input name="a">', {"a": ["1", "2"]}, '<input name="a" value="1"><input name="a" value="2">'),
        ('<input name="a"><input name="a">', {"a": ["1"]}, '<input name="a" value="1"><input name="a" value="">'),
        ('<textarea name="a">old &amp;</textarea>', {"a": ["<b>"]}, '<textarea name="a">&lt;b&gt;</textarea>'),
        (
            '<select name="a"><option value="1" selected>x<option value="2">y</select>',
            {"a": ["2"]},
            '<select name="a"><option value="1">x<option value="2" selected>y</select>',
        ),
        ('<input type="checkbox" name="a" checked>', {}, '<input type="checkbox" name="a">'),
        ('<input type="radio" name="a" value="2">', {"a": ["2"]}, '<input type="radio" name="a" value="2" checked>'),
        ('<input type="password" name="a">', {"a": ["1"]}, '<input type="password" name="a">'),
        ('<input type="file" name="a">', {"a": ["1"]}, '<input type="file" name="a">'),
        ('<input name="csrfmiddlewaretoken" value="t">', {}, '<input name="csrfmiddlewaretoken" value="t">'),
        ("<p>a &amp; b &#20013; <!--c--></p>", {"a": ["1"]}, "<p>a &amp; b &#20013; <!--c--></p>"),
    ],
)
def test_values_are_put_back(html, fields, expected):
    assert filled(html, **fields) == FORM.format(expected)


@pytest.mark.parametrize(
    "opening", ['<form method="get" action="/here/">', '<form method="post" action="/there/">', ""]
)
def test_other_forms_are_left_alone(opening):
    html = f'<!doctype html>{opening}<input name="a" value="0">'

    assert refill(html, {"a": ["1"]}, path="/here/") == html


def test_form_without_an_address_posts_to_the_page_without_the_token():
    html = '<form method="post"><input name="a"></form>'

    expected = '<form method="post" action="/here/"><input name="a" value="1"></form>'
    assert refill(html, {"a": ["1"]}, path="/here/") == expected
