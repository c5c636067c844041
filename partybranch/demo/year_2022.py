"""What the branch held in 2021 and 2022, as far as the press tells it; hours, rooms and words are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from partybranch.models import LifeEvent, LifePicture

Kind, Lecturer = LifeEvent.Kind, LifeEvent.Lecturer
SHEET, PAGE, PHOTO = LifePicture.Kind.SHEET, LifePicture.Kind.PAGE, LifePicture.Kind.PHOTOGRAPH
WHOLE = (SHEET, PAGE, PAGE, PHOTO, PHOTO, PHOTO)
ROOM, WECHAT = "三楼会议室", "支部微信群（线上）"
FIRST, SECOND, COMMITTEE = "第一党小组", "第二党小组", "支委会"


@dataclass(frozen=True)
class Held:
    """One event: its day, kind, topic and outcome, and what else is known."""

    day: date
    kind: str
    topic: str
    outcome: str
    place: str = ROOM
    begins_at: time = time(9, 0)
    body: str = ""
    text: str = ""
    lecturer_kind: str = ""
    lecturer: str = ""
    with_others: bool = False
    is_online: bool = False
    shown: tuple[str, ...] = ()


def committee(month: int, day: int, topic: str, outcome: str) -> Held:
    return Held(date(2022, month, day), Kind.COMMITTEE_MEETING, topic, outcome, body=COMMITTEE, begins_at=time(15, 0))


def group(month: int, day: int, name: str, topic: str) -> Held:
    return Held(
        date(2022, month, day), Kind.GROUP_MEETING, topic, f"{name}成员逐一发言，交流了{topic}的体会。", body=name
    )


def theme_day(month: int, day: int, topic: str, outcome: str, **more: object) -> Held:
    return Held(date(2022, month, day), Kind.THEME_DAY, topic, outcome, **more)


def general(month: int, day: int, topic: str, outcome: str, **more: object) -> Held:
    return Held(date(2022, month, day), Kind.GENERAL_MEETING, topic, outcome, **more)


# Of 2022 the committee did not meet in July and August, May, August and December saw no theme day, and the second
# group met no more after June.
YEAR = (
    Held(
        date(2021, 7, 1),
        Kind.STUDY,
        "收看庆祝中国共产党成立100周年大会",
        "全体党员集中收看大会直播，会后谈了感受。",
        begins_at=time(8, 0),
        shown=(SHEET, PHOTO),
    ),
    Held(
        date(2021, 7, 24),
        Kind.THEME_DAY,
        "抗洪救灾党员突击行动",
        "党员分三组值守物资接收点，登记、清点、装车，值守到当晚十点。",
        place="市慈善总会物资接收点",
        shown=(PHOTO, PHOTO),
    ),
    Held(
        date(2021, 10, 29),
        Kind.GENERAL_MEETING,
        "传达“全省示范离退休干部党支部”命名决定",
        "学习了命名决定，讨论了今后的努力方向。",
    ),
    committee(1, 14, "研究全年学习计划", "拟定2022年支部学习计划，提交党员大会讨论。"),
    general(
        1,
        21,
        "通过2022年支部学习计划",
        "一致通过支部学习计划；每名党员、干部、职工各订一份个人学习方案，自学与集中学习、线上与线下相结合。",
        with_others=True,
        text="一、书记说明学习计划。\n二、讨论：老同志集中学习安排在上午，行动不便的送学上门。\n三、表决通过。",
        shown=WHOLE,
    ),
    theme_day(1, 28, "走访慰问困难老党员", "走访困难老党员六户，送去慰问金和年货。", place="淇滨区"),
    committee(2, 11, "筹备组织生活会", "确定组织生活会时间和谈心谈话安排。"),
    Held(
        date(2022, 2, 18),
        Kind.LIFE_MEETING,
        "2021年度组织生活会",
        "支委会和党员逐一对照检查，开展批评与自我批评，列出整改事项五条。",
        text="会前开展谈心谈话，征求意见十二条。",
        shown=(SHEET, PAGE, PAGE),
    ),
    theme_day(2, 25, "学习市委表彰决定，重建家园再出发", "学习市委关于灾后重建表彰的决定，交流各自岗位的打算。"),
    committee(3, 4, "安排学雷锋志愿服务", "确定志愿服务两项：社区敬老、义务理发。"),
    Held(
        date(2022, 3, 11),
        Kind.LECTURE,
        "从党的百年历程看初心使命",
        "邀请领导讲授党课，党员记学习笔记。",
        lecturer_kind=Lecturer.LEADER,
        lecturer="市委老干部局领导（演示虚构）",
        with_others=True,
        shown=WHOLE,
    ),
    group(3, 18, FIRST, "《中国共产党简史》"),
    group(3, 18, SECOND, "《中国共产党简史》"),
    theme_day(3, 25, "义务植树", "在淇河岸边植树八十棵。", place="淇河湿地公园", shown=(PHOTO,)),
    committee(4, 8, "研究参观学习安排", "定于4月15日组织参观郭亮村，安排车辆和随行医护。"),
    Held(
        date(2022, 4, 15),
        Kind.VISIT,
        "参观辉县郭亮村挂壁公路",
        "实地学习郭亮村党员带领群众凿洞修路的事迹，返程车上交流体会。",
        place="辉县市郭亮村",
        begins_at=time(8, 0),
        with_others=True,
        shown=(SHEET, PHOTO, PHOTO, PHOTO),
    ),
    theme_day(4, 15, "弘扬太行精神，做合格党员", "在郭亮村重温入党誓词。", place="辉县市郭亮村", begins_at=time(11, 0)),
    general(4, 22, "一季度工作情况通报", "听取支委会一季度工作情况，同意二季度安排。"),
    committee(5, 6, "研究线上党课", "定于5月13日用微信上党课，由年轻党员帮老同志学会使用。"),
    Held(
        date(2022, 5, 13),
        Kind.LECTURE,
        "微信党课：学习《做合格的共产党员》",
        "在支部微信群讲课、答问，党员把学习笔记拍照发到群里。",
        place=WECHAT,
        is_online=True,
        lecturer_kind=Lecturer.OWN,
        lecturer="罗美玲（支部宣传委员）",
    ),
    committee(6, 10, "筹备七一活动", "确定七一党员大会和参观毛连洞村的安排。"),
    Held(
        date(2022, 6, 17),
        Kind.VISIT,
        "参观淇滨区毛连洞村红色教育基地",
        "听讲解员介绍当年的斗争故事，向老区群众了解今天的生活。",
        place="淇滨区毛连洞村",
        begins_at=time(8, 30),
        shown=(SHEET, PHOTO, PHOTO),
    ),
    group(6, 22, FIRST, "参观毛连洞村"),
    group(6, 22, SECOND, "参观毛连洞村"),
    theme_day(6, 24, "为困难党员送温暖", "看望困难老党员和困难群众，帮助联系医疗救助。", place="山城区"),
    general(
        7, 1, "庆祝中国共产党成立101周年", "为老党员过政治生日，书记讲话，集体诵读入党誓词。", shown=(PHOTO, PHOTO)
    ),
    theme_day(7, 15, "整理抗洪救灾档案", "把2021年抗洪救灾的照片、票据、感谢信整理成册。"),
    Held(
        date(2022, 8, 12),
        Kind.LECTURE,
        "慈善法与慈善组织公信力",
        "邀请专家授课，讲解信息公开和募捐管理，现场答问。",
        lecturer_kind=Lecturer.EXPERT,
        lecturer="高校公益法律教师（演示虚构）",
        with_others=True,
    ),
    Held(
        date(2022, 8, 26),
        Kind.TRAINING,
        "腾讯“99公益日”业务培训",
        "从会领导到工作人员全程听课，现场提问检验学习效果，答错的当场再讲。",
        begins_at=time(14, 30),
        with_others=True,
        text="上级培训班学成的同志担任教员。现场提问二十题。",
        shown=(SHEET, PAGE, PHOTO, PHOTO),
    ),
    committee(9, 2, "“99公益日”党员分工", "党员包干联系乡镇和企业，老党员负责接待咨询。"),
    theme_day(
        9, 7, "带头捐款，乡村振兴有我", "党员带头捐款，在捐赠点服务群众。", place="市民广场捐赠点", shown=(PHOTO, PHOTO)
    ),
    group(9, 16, FIRST, "“99公益日”"),
    Held(
        date(2022, 10, 16),
        Kind.STUDY,
        "收听收看党的二十大开幕会",
        "全体党员集中收看开幕会，认真听取大会报告；要求原原本本学习二十大文件。",
        begins_at=time(10, 0),
        with_others=True,
        text="九点半签到。十点收看直播。会后十一位同志发言。",
        shown=WHOLE,
    ),
    committee(10, 21, "部署学习党的二十大精神", "制定学习计划，购买学习辅导读物，行动不便的党员送书上门。"),
    theme_day(10, 28, "原原本本学报告", "分段诵读大会报告，党员结合本职谈体会。"),
    committee(11, 4, "研究“99公益日”总结", "汇总活动情况，提出表扬名单。"),
    Held(
        date(2022, 11, 11),
        Kind.LECTURE,
        "学习党的二十大精神",
        "专家宣讲，党员提问，布置个人学习体会。",
        lecturer_kind=Lecturer.EXPERT,
        lecturer="党校教员（演示虚构）",
    ),
    general(11, 18, "“99公益日”活动总结", "通报全市筹款情况和全省第4名的成绩，总结经验，找出不足。", with_others=True),
    theme_day(11, 25, "学习二十大，奉献在慈善", "党员承诺一件实事，年底前完成。"),
    committee(12, 9, "年度工作总结", "讨论年度工作总结初稿和民主评议准备。"),
    group(12, 16, FIRST, "年度小结"),
)
TOGETHER = Held(
    date(2022, 2, 18),
    Kind.REVIEW,
    "2021年度民主评议党员",
    "党员个人自评、党员互评、民主测评，支委会综合确定等次并向本人反馈。",
    text="民主测评票当场收回，由两人清点。",
)
