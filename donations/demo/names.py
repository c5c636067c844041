"""Invented names, among them characters that few fonts hold."""

from __future__ import annotations

from random import Random

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林郑"
_GIVEN = ("晓梅", "建国", "志强", "玉兰", "文博", "雨桐", "海燕", "德明", "秀英", "子轩", "春生", "丽华", "国栋", "静")
_RARE = ("王䶮", "李𬭼", "𠮷田村老年协会", "赵㛃")
_UNITS = (
    "淇水惠民商贸有限公司",
    "鹿鸣建筑工程有限公司",
    "云蒙食品厂",
    "红旗路社区居民委员会",
    "第九实验小学",
    "同心志愿者协会",
    "桑园村村民委员会",
    "金穗农业专业合作社",
)


def donor_names(count: int, *, random: Random) -> list[str]:
    """As many names as asked for: people mostly, units and rare characters among them."""
    people = [random.choice(_SURNAMES) + random.choice(_GIVEN) for _ in range(count)]
    for position, name in enumerate((*_RARE, *_UNITS)):
        if position * 5 < count:
            people[position * 5] = name
    return people
