from partybranch.models.addendum import Addendum
from partybranch.models.attendance import Attendance
from partybranch.models.branch import Body, Branch
from partybranch.models.calendar_address import CalendarAddress
from partybranch.models.circumstance import Circumstance
from partybranch.models.exam import Exam, ExamBank, Examinee
from partybranch.models.exam_answer import Draw, ExamResult, SheetQuestion
from partybranch.models.honour import Honour, HonourGrantor
from partybranch.models.honour_dossier import DossierItem, HonourCitation, HonourDossier
from partybranch.models.hours import HourRule, HourTarget
from partybranch.models.leader_word import LeaderWord
from partybranch.models.learning import LearningRecord
from partybranch.models.life_event import LifeEvent
from partybranch.models.life_picture import LifePicture
from partybranch.models.loaded_row import LoadedRow
from partybranch.models.make_up import MakeUp
from partybranch.models.membership import Membership
from partybranch.models.minutes import Minutes
from partybranch.models.observer import Observer
from partybranch.models.person import Person
from partybranch.models.press_report import PressReport
from partybranch.models.question import Question, QuestionBank
from partybranch.models.ranking import Ranking
from partybranch.models.requirement import Requirement
from partybranch.models.stage_change import StageChange
from partybranch.models.standing import Standing
from partybranch.models.study_material import IssueLine, IssueList, MaterialLoan, MaterialPurchase, StudyMaterial
from partybranch.models.study_occasion import PassOnDuty, StudyOccasion
from partybranch.models.study_plan import PersonalPlan, StudyPlan, StudyPlanItem
from partybranch.models.term import Term
from partybranch.models.thanks import Thanks
from partybranch.models.vote import Vote, VoteCandidate
from partybranch.models.vote_rule import VoteRule

__all__ = [
    "Addendum",
    "Attendance",
    "Body",
    "Branch",
    "CalendarAddress",
    "Circumstance",
    "DossierItem",
    "Draw",
    "Exam",
    "ExamBank",
    "ExamResult",
    "Examinee",
    "Honour",
    "HonourCitation",
    "HonourDossier",
    "HonourGrantor",
    "HourRule",
    "HourTarget",
    "IssueLine",
    "IssueList",
    "LeaderWord",
    "LearningRecord",
    "LifeEvent",
    "LifePicture",
    "LoadedRow",
    "MakeUp",
    "MaterialLoan",
    "MaterialPurchase",
    "Membership",
    "Minutes",
    "Observer",
    "PassOnDuty",
    "Person",
    "PersonalPlan",
    "PressReport",
    "Question",
    "QuestionBank",
    "Ranking",
    "Requirement",
    "SheetQuestion",
    "StageChange",
    "Standing",
    "StudyMaterial",
    "StudyOccasion",
    "StudyPlan",
    "StudyPlanItem",
    "Term",
    "Thanks",
    "Vote",
    "VoteCandidate",
    "VoteRule",
]
