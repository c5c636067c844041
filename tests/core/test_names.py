"""Names as kept, as compared, as sorted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebi_charity.core.names import clean_name, initials, name_key, sort_key, without_blanks


@pytest.mark.parametrize(
    "text",
    [
        "王五",
        "王　五",
        " 王五",
        "王五\t",
        "王\u00a0五",
        "王\u200b五",
        "\ufeff王五",
        "王\u2060五\u200d",
        "王\u2003五\r\n",
        "王五\x00",
        "王五\ufe0f",
        "王\u3164五",
    ],
)
def test_name_key_ignores_every_blank(text):
    assert name_key(text) == "王五"
    assert without_blanks(text) == "王五"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Tom Lee", "tomlee"),
        ("ＴＯＭ　ＬＥＥ", "tomlee"),
        ("Straße", "strasse"),
        ("（鹤壁）有限公司", "(鹤壁)有限公司"),
        ("阿依•古丽", "阿依·古丽"),
        ("阿依・古丽", "阿依·古丽"),
        ("𠮷野", "𠮷野"),
        ("爱心😀", "爱心😀"),
        ("", ""),
        (" \t", ""),
    ],
)
def test_name_key_folds_width_case_and_dots(text, key):
    assert name_key(text) == key


@given(st.text())
def test_name_key_of_a_key_is_itself(text):
    assert name_key(name_key(text)) == name_key(text)


@given(st.text())
def test_name_key_is_the_same_for_the_clean_name(text):
    assert name_key(clean_name(text)) == name_key(text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("王五", "王五"),
        ("\t王五\u00a0", "王五"),
        ("　王　　五　", "王　五"),
        ("\u200b \ufeff王五\u200b\u3000\u200b", "王五"),
        ("Tom  \t Lee", "Tom Lee"),
        ("王 　五", "王 五"),
        ("ＡＢＣ公司", "ＡＢＣ公司"),
        ("a\x00b", "ab"),
        ("\u202e王五", "王五"),
        ("👨\u200d👩\u200d👧 一家", "👨\u200d👩\u200d👧 一家"),
        ("爱心❤\ufe0f", "爱心❤\ufe0f"),
        ("", ""),
        ("\u3000\u200b", ""),
    ],
)
def test_clean_name_trims_and_keeps_the_display(text, clean):
    assert clean_name(text) == clean


@given(st.text())
def test_clean_name_of_a_clean_name_is_itself(text):
    clean = clean_name(text)
    assert clean_name(clean) == clean
    clean.encode()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("张三", "zhang san"),
        ("单国强", "shan guo qiang"),
        ("仇英", "qiu ying"),
        ("解晓东", "xie xiao dong"),
        ("区华", "ou hua"),
        ("查良镛", "zha liang yong"),
        ("曾国藩", "zeng guo fan"),
        ("曾　国藩", "zeng guo fan"),
        ("朴正", "piao zheng"),
        ("缪昌文", "miao chang wen"),
        ("繁钦", "po qin"),
        ("种师道", "chong shi dao"),
        ("盖叫天", "ge jiao tian"),
        ("任正", "ren zheng"),
        ("尉迟恭", "yu chi gong"),
        ("万俟卨", "mo qi xie"),
        ("长孙无忌", "zhang sun wu ji"),
        ("吕布", "lv bu"),
        ("浚县", "xun xian"),
        ("浚县慈善会", "xun xian ci shan hui"),
        ("鹤壁市浚县第一中学", "he bi shi xun xian di yi zhong xue"),
        ("解放军", "jie fang jun"),
        ("区政府", "qu zheng fu"),
        ("Tom Lee", "tom lee"),
        ("“爱心”协会", "ai xin xie hui"),
        ("中国石化(A1)", "zhong guo shi hua a1"),
        ("José", "jose"),
        ("😀", "~"),
        ("", ""),
    ],
)
def test_sort_key_is_how_the_name_is_said(name, key):
    assert sort_key(name) == key


@pytest.mark.parametrize("character", "䶮𬭼𠮷㛃𬍛𬀩𬣙𰻝")
def test_sort_key_takes_rare_characters(character):
    key = sort_key(f"王{character}")
    assert key.startswith("wang ")
    assert key.isascii()


def test_sort_key_reads_rare_characters_it_knows():
    assert sort_key("刘䶮") == "liu yan"
    assert sort_key("𠮷永") == "ji yong"


@given(st.text())
def test_sort_key_is_short_small_ascii(text):
    key = sort_key(text)
    assert key.isascii()
    assert key == key.lower()
    assert len(key) <= 200


def test_initials_are_first_letters():
    assert initials("单国强") == "sgq"
    assert initials("浚县慈善会") == "xxcsh"
    assert initials("Tom Lee") == "tl"
    assert initials("😀") == ""
