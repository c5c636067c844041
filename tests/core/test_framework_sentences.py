"""What Django's own fields refuse is said in our words, in every form."""

import gettext
from pathlib import Path

import django
import pytest
from django import forms
from django.db import models

from hebi_charity.core.forms import framework

OF_DJANGO = gettext.translation("django", Path(django.__file__).parent / "conf" / "locale", languages=["zh_Hans"])


class EveryKind(forms.Form):
    text = forms.CharField(max_length=3)
    number = forms.IntegerField(min_value=1, max_value=9, required=False)
    way = forms.ChoiceField(choices=[("cash", "现金")], required=False)
    ways = forms.MultipleChoiceField(choices=[("cash", "现金")], required=False)
    money = forms.DecimalField(max_digits=4, decimal_places=2, required=False)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "text", "请填写这一项。"),
        ({"text": "a\0"}, "text", "这里有看不见的特殊字符（空字符），不能保存。请删掉这段文字，重新输入一遍。"),
        ({"text": "一二三四"}, "text", "最多 3 个字，现在有 4 个，请缩短。"),
        ({"number": "x"}, "number", "请填写整数，例如 12。"),
        ({"number": "0"}, "number", "不能小于 1，请修改。"),
        ({"number": "10"}, "number", "不能大于 9，请修改。"),
        ({"way": "信鸽"}, "way", "“信鸽”不在可选的范围内，请从列表中重新选择。"),
        ({"ways": ["信鸽"]}, "ways", "“信鸽”不在可选的范围内，请从列表中重新选择。"),
        ({"money": "x"}, "money", "请填写数字，例如 12.5。"),
        ({"money": "1.234"}, "money", "最多 2 位小数，请修改。"),
        ({"money": "123"}, "money", "数字太大：小数点前最多 2 位，请检查。"),
    ],
)
def test_refusal_of_a_plain_field_is_our_sentence(typed, field, sentence):
    assert EveryKind(typed).errors[field] == [sentence]


def test_row_that_is_not_there_is_our_sentence():
    field = forms.ModelChoiceField(queryset=models.QuerySet(model=django.apps.apps.get_model("accounts.User")).none())

    with pytest.raises(forms.ValidationError) as refused:
        field.clean("7")

    assert refused.value.messages == ["选的这一项不在可选的范围内（可能刚被停用），请从列表中重新选择。"]


@pytest.mark.parametrize("message", framework.SENTENCES)
def test_message_is_one_that_django_says(message):
    assert OF_DJANGO.gettext(message) != message
