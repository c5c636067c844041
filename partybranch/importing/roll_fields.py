"""The columns of a roll as offices keep it, and the words in them."""

from __future__ import annotations

from hebi_charity.imports.entries.fields import CHOICE, DAY, MONTH, Field
from partybranch.models import Person, StageChange

Stage = StageChange.Stage
STUDY = "study"

SEXES = {"男": Person.Sex.MALE.value, "女": Person.Sex.FEMALE.value, "男性": "male", "女性": "female"}
STAGES = {
    "正式党员": Stage.FULL.value,
    "预备党员": Stage.PROBATIONARY.value,
    "发展对象": Stage.CANDIDATE.value,
    "入党积极分子": Stage.ACTIVIST.value,
    "入党申请人": Stage.APPLICANT.value,
    "群众": STUDY,
    "党员": "full",
    "中共党员": "full",
    "中共正式党员": "full",
    "正式": "full",
    "中国共产党党员": "full",
    "预备": "probationary",
    "中共预备党员": "probationary",
    "预备期": "probationary",
    "积极分子": "activist",
    "申请人": "applicant",
    "申请入党人": "applicant",
    "发展": "candidate",
    "职工": STUDY,
    "职工群众": STUDY,
    "非党员": STUDY,
    "非中共党员": STUDY,
    "普通群众": STUDY,
    "共青团员": STUDY,
}
RETIRED = {"是": "yes", "否": "no"} | dict.fromkeys(
    ("离休", "退休", "离退休", "已退休", "已离退休", "已离休", "有", "√", "✓", "y", "1", "对"), "yes"
)
RETIRED |= dict.fromkeys(("在职", "在岗", "不是", "未退休", "没有", "×", "n", "0"), "no")
YES = {"是", "有", "√", "✓", "对", "y", "yes", "1"}
NO = {"否", "无", "没有", "不是", "不", "×", "n", "no", "0", "正常", "在册", "-", "/", "—"}

# Headings by which a column is recognised, as rolls and the exports of other programs carry them; the first is ours.
HEADINGS = {
    key: tuple(names.split())
    for key, names in {
        "name": "姓名 党员姓名 名字 人员姓名",
        "sex": "性别",
        "birth": "出生年月 出生日期 出生年月日 出生时间 生日 出生",
        "identifier": "身份证号 身份证号码 身份证 公民身份号码 公民身份证号 居民身份证号码 证件号码",
        "branch": (
            "党支部 支部 所在党支部 所属党支部 所在支部 所属支部 支部名称 党支部名称 支部/党小组 所在党组织 所属党组织"
        ),
        "group": "党小组 所在党小组 所属党小组 小组",
        "stage": "党员类别 发展阶段 人员类别 政治面貌 党员类型 类别 身份 党员类别/发展阶段",
        "applied_on": "申请入党时间 申请入党日期 递交入党申请书时间 递交入党申请书日期 申请时间",
        "activist_on": "确定为积极分子时间 列为积极分子时间 列为积极分子日期 确定积极分子时间 积极分子时间",
        "candidate_on": "确定为发展对象时间 列为发展对象时间 列为发展对象日期 确定发展对象时间 发展对象时间",
        "admitted_on": (
            "入党时间 入党日期 入党年月 入党年月日 加入党组织日期 加入党组织时间 加入中共日期 "
            "加入中国共产党时间 接收为预备党员时间"
        ),
        "confirmed_on": "转正时间 转正日期 转正年月 转为正式党员日期 转为正式党员时间 转正",
        "joined_on": (
            "转入日期 转入时间 转入支部时间 进入党支部日期 进入党支部时间 组织关系转入时间 组织关系转入日期 "
            "转入本支部时间"
        ),
        "came_from": "转入前党支部 原党支部 原所在党支部 转自 从何处转入 转出单位 原单位党组织",
        "post": "职务 现任职务 原职务 单位及职务 工作单位及职务 职务职级 职务/原职务 工作岗位",
        "phone": "联系电话 电话 手机 手机号 手机号码 联系方式 电话号码",
        "retired": "是否离退休 是否退休 离退休 是否离退休党员 在职/离退休 人员状态 在职情况",
        "retired_on": "离退休时间 退休时间 离退休日期 退休日期 离休时间",
        "mobile": "流动 是否流动 流动党员 是否流动党员 外出流动 流动去向 外出地点",
        "exempt": "不作硬性要求 是否不作硬性要求 不做硬性要求 不作硬性要求原因",
        "lost": "失联 是否失联 失联党员 是否失联党员",
        "situation": "流动/不作硬性要求/失联 党员状态 情况 特殊情况 党员情况",
        "note": "备注 说明",
    }.items()
}


def _field(key: str, **values: object) -> Field:
    """A column under our own heading, which is also what sentences call it: people read it in their table."""
    return Field(key, HEADINGS[key][0], HEADINGS[key], **values)


FIELDS = (
    _field("name", required=True, longest=60),
    _field("sex", kind=CHOICE, choices=SEXES),
    _field("birth", kind=MONTH),
    _field("identifier", personal=True),
    _field("branch", longest=80),
    _field("group", longest=40),
    _field("stage", kind=CHOICE, choices=STAGES),
    _field("applied_on", kind=DAY),
    _field("activist_on", kind=DAY),
    _field("candidate_on", kind=DAY),
    _field("admitted_on", kind=DAY),
    _field("confirmed_on", kind=DAY),
    _field("joined_on", kind=DAY),
    _field("came_from", longest=80),
    _field("post", longest=80),
    _field("phone", personal=True),
    _field("retired", kind=CHOICE, choices=RETIRED),
    _field("retired_on", kind=DAY),
    _field("mobile", longest=180),
    _field("exempt", longest=180),
    _field("lost", longest=180),
    _field("situation", longest=180),
    _field("note", longest=200),
)
