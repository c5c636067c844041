"""签到表 from the frozen list: who stands on it, the code that finds the meeting, and pages that hold."""

from datetime import time
from uuid import uuid4

import pytest

from hebi_charity.core.registry import PaperSubject
from hebi_charity.jobs.running import run_job
from hebi_charity.reports.papers import services
from partybranch.services.sheet_codes import code_of, shown
from tests.donations.staff import person
from tests.partybranch.factories import a_branch, an_event, circumstance, member, noticed_event, staff
from tests.partybranch.papers.making import pages_of, printed

pytestmark = pytest.mark.django_db
KIND = "partybranch.sign_in_sheet"


def test_sheet_names_the_meeting_and_everybody_on_the_frozen_list():
    a_branch("离退休干部党支部")
    first, second = member(name="䶮𬭼𠮷㛃"), member(name="张建国")
    circumstance(second, "exempt", reason="行动不便")
    staff(name="李学工")
    event = noticed_event(topic="学习二十大精神", place="市慈善总会会议室", begins_at=time(9, 0), chair=first)
    member(name="后来的人")

    paper = printed(KIND, event)

    facts = paper.facts
    assert {(line["name"], line["remark"]) for line in facts["lines"]} == {("䶮𬭼𠮷㛃", ""), ("张建国", "不作硬性要求")}
    assert [line["number"] for line in facts["lines"]] == [1, 2]
    assert facts["expected"] == 1
    assert (paper.title, facts["branch"]) == ("签到表 2024-03-20 学习二十大精神", "离退休干部党支部")
    (page,) = pages_of(paper)
    for words in (
        "学习二十大精神",
        "䶮𬭼𠮷㛃",
        "张建国",
        "市慈善总会会议室",
        "2024年3月20日 09:00",
        shown(code_of(event)),
        "列席",
    ):
        assert words in page
    assert "后来的人" not in page
    assert "李学工" not in page


def test_thirty_people_and_the_longest_name_stay_on_their_lines_and_the_foot_is_never_alone():
    a_branch()
    for number in range(29):
        member(name=f"张建国{number}")
    member(name="阿卜杜热合曼·买买提艾力·吐尔逊江")
    event = noticed_event()

    pages = pages_of(printed(KIND, event))

    assert len(pages) == 2
    for page in pages:
        assert shown(code_of(event)) in page
        assert "签名" in page
    assert "阿卜杜热合曼·买买提艾力·吐尔逊江" in "".join(pages).replace("\n", "")
    assert "记录人：" in pages[1]
    assert "列席" in pages[1]


def test_before_the_notice_there_is_no_list_to_print():
    member()
    job = services.ask_for_paper(KIND, PaperSubject(an_event(), ""), by=person("organisation_member"), form_key=uuid4())
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, "请先发出通知" in job.error) == ("failed", True)
