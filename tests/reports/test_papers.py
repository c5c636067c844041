"""Any paper beside the monthly report: asked for, made once, kept, and seen by whom it is for."""

import io
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from hebi_charity.accounts.models import RoleAssignment, User
from hebi_charity.accounts.services.roles import end_role
from hebi_charity.audit.models import Entry
from hebi_charity.core import seals
from hebi_charity.core.registry import PaperSubject, paper_builders
from hebi_charity.files import services as files
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import run_job
from hebi_charity.office.services.form_keys import FormKeyReused
from hebi_charity.reports.models import Paper
from hebi_charity.reports.papers import PaperRefused, Picture, services
from hebi_charity.reports.papers.building import BuiltPaper, NoSuchSubject
from hebi_charity.reports.papers.issue import issue_of, printed
from hebi_charity.reports.papers.sealing import check_papers, seal_of
from tests.donations.factories import UserFactory, set_up_office
from tests.donations.staff import BACKEND, log_in_as, person
from tests.reports.papers import KIND, ask, cards, made

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    with cards() as found:
        yield found


@pytest.fixture
def secretary():
    return person("branch_secretary")


def pages_of(paper: Paper) -> list[str]:
    with paper.pdf.open() as content:
        return [page.extract_text() for page in PdfReader(io.BytesIO(content.read())).pages]


def picture(colour: str = "red", size: tuple[int, int] = (3000, 2000)) -> str:
    """The SHA-256 of a stored picture."""
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, format="JPEG")
    return files.store(content.getvalue(), name="照片.jpg", by=None).sha256


def test_paper_is_kept_with_facts_digest_file_seal_and_its_entry_on_the_side_of_its_app(card, secretary):
    set_up_office()

    paper = made(secretary)

    assert (paper.kind, paper.title, paper.subject_key, paper.version) == (KIND, "年度卡片 2022", "2022", 1)
    assert paper.facts == {"text": "登记的内容，2022年", "pictures": []}
    assert paper.facts_digest == seals.digest(paper.facts)
    (page,) = pages_of(paper)
    text = page.replace("\n", "")
    for words in (
        "登记的内容，2022年",
        secretary.full_name,
        "第 1 次",
        paper.facts_digest[:12],
        "第 1 页　共 1 页",
        "演 示",
    ):
        assert words in text, text
    assert paper.pdf.name == "年度卡片 2022.pdf"
    entry = Entry.objects.of(paper).get()
    assert (entry.act, entry.side, entry.actor) == ("paper.made", "party", secretary)
    assert "年度卡片" not in entry.object_label
    assert list(check_papers()) == []


def acts_on(*papers: Paper) -> list[tuple[str, str, User]]:
    entries = [entry for paper in papers for entry in Entry.objects.of(paper).order_by("pk")]
    return [(entry.act, entry.side, entry.actor) for entry in entries]


def test_same_facts_give_the_paper_that_is_there_to_who_made_it_and_the_log_says_so(card, secretary):
    first = made(secretary)

    again = made(secretary)

    assert again == first
    assert Paper.objects.count() == 1
    assert acts_on(first) == [("paper.made", "party", secretary), ("paper.handed_out", "party", secretary)]
    assert list(check_papers()) == []


def test_colleague_gets_the_next_printing_with_the_own_name_and_each_keeps_the_own_one(card, secretary):
    colleague = person("organisation_member")
    first = made(secretary)

    second = made(colleague)

    assert (second.version, second.made_by, second.facts_digest) == (2, colleague, first.facts_digest)
    (page,) = pages_of(second)
    assert colleague.full_name in page
    assert secretary.full_name not in page
    assert (made(secretary), made(colleague)) == (first, second)
    assert acts_on(first, second) == [
        ("paper.made", "party", secretary),
        ("paper.handed_out", "party", secretary),
        ("paper.made", "party", colleague),
        ("paper.handed_out", "party", colleague),
    ]


def test_own_printing_from_before_a_change_is_not_handed_out_though_it_says_the_same_again(card, secretary):
    made(secretary)
    before, card.text = card.text, "更正后的内容"
    made(secretary)
    card.text = before

    assert made(secretary).version == 3


def test_other_facts_another_key_and_asking_anew_give_another_printing(card, secretary):
    first = made(secretary)
    other_year = made(secretary, "2023")
    card.text = "更正后的内容"
    changed = made(secretary)
    anew = made(secretary, anew=True)

    assert [one.version for one in (first, other_year, changed, anew)] == [1, 1, 2, 3]
    assert changed.facts_digest == anew.facts_digest != first.facts_digest
    assert "更正后的内容" in pages_of(changed)[0]
    assert "登记的内容" in pages_of(first)[0]


def test_one_form_asks_once(card, secretary):
    key = uuid4()

    first, second = ask(secretary, form_key=key), ask(secretary, form_key=key)

    assert first == second
    with pytest.raises(FormKeyReused):
        ask(secretary, "2023", form_key=key)
    assert Job.objects.count() == 1


@pytest.mark.parametrize("key", ["", "22", "2022x", "20222"])
def test_key_of_another_form_is_nothing(card, secretary, key):
    with pytest.raises(NoSuchSubject):
        ask(secretary, key)


def test_who_lacks_the_permission_asks_for_nothing(card):
    with pytest.raises(NoSuchSubject):
        ask(person("administrator"))
    assert not Job.objects.exists()


def test_refusal_of_the_facts_is_the_reason_of_the_job(card, secretary):
    card.refusal = PaperRefused("本年没有记录，请先登记。")
    job = ask(secretary)

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "本年没有记录，请先登记。")
    assert not Paper.objects.exists()


def test_who_lost_the_role_gets_nothing_made_and_reads_no_title(card, secretary, client):
    job = ask(secretary)
    end_role(RoleAssignment.objects.get(user=secretary), by=UserFactory())
    secretary = type(secretary).objects.get(pk=secretary.pk)

    run_job(job.pk)

    client.force_login(secretary, backend=BACKEND)
    pages = [client.get(reverse("jobs:list")), client.get(job.get_absolute_url())]
    assert not Paper.objects.exists()
    for page in pages:
        assert page.status_code == 200
        assert "年度卡片" not in page.content.decode()
        assert "打印资料" in page.content.decode()


def test_worker_that_dies_while_pages_are_made_leaves_nothing_and_the_next_one_makes_it_once(
    card, secretary, monkeypatch
):
    job = ask(secretary)
    real = services.files.attach

    def dies(*args, **kwargs):
        raise MemoryError

    monkeypatch.setattr(services.files, "attach", dies)
    run_job(job.pk)
    assert (Paper.objects.count(), Entry.objects.filter(act="paper.made").count()) == (0, 0)

    monkeypatch.setattr(services.files, "attach", real)
    run_job(job.pk)
    run_job(job.pk)
    assert (Paper.objects.count(), Entry.objects.filter(act="paper.made").count()) == (1, 1)


def test_colleague_who_was_faster_is_not_printed_over(card, secretary, monkeypatch):
    """Facts gathered before a colleague's printing are gathered anew; the own printing is the next one."""
    real, done = services.printed, []

    def slow(*args, **kwargs):
        if not done:
            done.append(1)
            made(person("organisation_member"))
        return real(*args, **kwargs)

    monkeypatch.setattr(services, "printed", slow)

    paper = made(secretary)

    assert (Paper.objects.count(), paper.version) == (2, 2)
    assert paper.made_by == secretary


def test_pictures_are_printed_small_and_counted(card, secretary):
    first, second = picture("red"), picture("green", (800, 1200))
    card.pictures = (Picture(first, "会场"), Picture(second), Picture(first))

    paper = made(secretary)

    with paper.pdf.open() as content:
        reader = PdfReader(io.BytesIO(content.read()))
        sizes = {image.image.size for page in reader.pages for image in page.images}
    assert sizes == {(1000, 667), (667, 1000)}
    assert paper.facts["pictures"][0] == {"sha256": first, "caption": "会场", "side": 1000}
    job = Job.objects.get()
    assert (job.progress_done, job.progress_total) == (2, 2)


def test_small_copy_is_kept_and_one_that_somebody_put_there_is_made_anew(card, secretary):
    given = picture("green")
    card.pictures = (Picture(given, side=300),)
    made(secretary)
    path = f"{files.Attachment.path_of(given)}.paper300"
    with default_storage.open(path, "rb") as content:
        kept = content.read()
    with default_storage.open(path, "wb") as content:
        content.write(kept[:-4] + b"xxxx")

    paper = made(secretary, anew=True)

    with default_storage.open(path, "rb") as content:
        assert content.read() == kept
    with paper.pdf.open() as content:
        (found,) = PdfReader(io.BytesIO(content.read())).pages[0].images
    assert found.image.size == (300, 200)


def test_picture_that_was_changed_in_the_store_stops_the_paper(card, secretary):
    changed = picture("yellow", (600, 400))
    with default_storage.open(files.Attachment.path_of(changed), "wb") as content:
        Image.new("RGB", (10, 10), "blue").save(content, format="JPEG")
    card.pictures = (Picture(changed),)
    job = ask(secretary)

    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"
    assert "图片已丢失，或者存入后被改动" in job.error


def test_picture_that_is_not_among_the_facts_stops_the_paper(card, secretary):
    card.text = "外部文件"
    facts = card.facts(PaperSubject(None, "2022"))
    built = BuiltPaper("年度卡片", replace(facts, text="外部文件"), {}, "0" * 64, None)

    with pytest.raises(FatalURLFetchingError, match="A paper may not load picture:000"):
        printed(built, paper_builders.get(KIND), issue_of(built, by=secretary))


SEEN = ("年度卡片", "登记的内容")
OUTSIDE = ("administrator", "auditor", "leadership", "accountant", "donation_clerk")


@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_sees_title_file_line_or_job(card, secretary, client, role):
    paper, waiting = made(secretary), ask(secretary, "2023")
    user = log_in_as(client, role)

    assert client.get(paper.get_absolute_url()).status_code in {403, 404}
    assert client.get(paper.pdf.get_absolute_url()).status_code == 404
    assert not Paper.objects.visible_to(user).exists()
    pages = ["/", "/search/?q=2022", "/audit/", "/audit/export/", "/reports/", "/reports/papers/", "/jobs/"]
    for page in [*pages, waiting.get_absolute_url(), paper.job.get_absolute_url()]:
        response = client.get(page)
        text = b"".join(response) if response.streaming else response.content
        assert [word for word in SEEN if word in text.decode(errors="ignore")] == [], page


def test_administrator_sees_that_something_is_printed_and_may_let_it_go_on(card, secretary, client):
    card.refusal = PaperRefused("登记的内容缺少一项。")
    job = ask(secretary)
    run_job(job.pk)
    log_in_as(client, "administrator")

    page = client.get(job.get_absolute_url()).content.decode()
    client.post(reverse("jobs:retry", args=[job.pk]))

    assert "打印资料" in page
    assert "缺少一项" not in page
    job.refresh_from_db()
    assert job.state == "waiting"
    assert Entry.objects.get(act="job.retried").object_label == f"后台工作 {job.pk}"


def test_colleague_of_the_branch_finds_list_record_and_file(card, secretary, client):
    paper = made(secretary)
    log_in_as(client, "organisation_member")

    listed = client.get(reverse("reports:papers")).content.decode()
    page = client.get(paper.get_absolute_url()).content.decode()

    assert "年度卡片 2022" in listed
    assert secretary.full_name in page
    assert paper.facts_digest in page
    assert b"".join(client.get(paper.pdf.get_absolute_url())).startswith(b"%PDF")


@pytest.mark.parametrize("count", [1, 5])
def test_list_asks_the_same_however_much_was_printed(card, secretary, client, count, django_assert_num_queries):
    for year in range(2020, 2020 + count):
        made(secretary, str(year))
    client.force_login(secretary, backend=BACKEND)
    client.get(reverse("reports:papers"))

    with django_assert_num_queries(5):
        client.get(reverse("reports:papers"))


def test_button_asks_and_the_progress_page_follows(card, secretary, client):
    client.force_login(secretary, backend=BACKEND)
    sent = {"key": "2022", "form_key": str(uuid4())}

    first = client.post(reverse("reports:paper_create", args=[KIND]), sent)
    again = client.post(reverse("reports:paper_create", args=[KIND]), sent)
    other = client.post(reverse("reports:paper_create", args=[KIND]), sent | {"key": "2023"}, follow=True)

    job = Job.objects.get()
    assert first.url == again.url == job.get_absolute_url()
    assert job.title == "年度卡片 2022"
    assert "此表单已提交过" in other.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"form_key": "x"}, {"key": "x"}, {"subject": "7"}, {"subject": "x"}, {"key": "2022\x00"}]
)
def test_what_no_page_of_ours_sends_is_not_found(card, secretary, client, sent):
    client.force_login(secretary, backend=BACKEND)
    sent = {"form_key": str(uuid4())} | sent if sent else sent

    assert client.post(reverse("reports:paper_create", args=[KIND]), sent).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"facts": {}}, "留存的内容与打印时不同"),
        ({"title": "x"}, "打印后被改动"),
        ({"pdf_sha256": "0" * 64}, "留存的 PDF 与打印时不同"),
        ({}, "操作记录中没有资料"),
    ],
)
def test_check_of_the_books_names_every_forged_paper_by_its_number(card, secretary, changes, words):
    paper = made(secretary)
    values = {field.attname: getattr(paper, field.attname) for field in Paper._meta.concrete_fields}
    forged = Paper(**values | {"id": None, "job_id": None, "version": 2})
    forged.seal = seal_of(forged)
    for name, value in changes.items():
        setattr(forged, name, value)
    forged.save()

    found = {str(each.sentence) for each in check_papers()}

    assert [sentence for sentence in found if words in sentence and f" {forged.pk} " in sentence], found
    assert "年度卡片" not in "".join(found)


def test_paper_is_never_changed_or_deleted(card, secretary):
    paper = made(secretary)

    for statement in ("UPDATE reports_paper SET title = 'x'", "DELETE FROM reports_paper"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Paper.objects.get() == paper


def test_subject_is_a_record_that_the_person_may_see(secretary):
    from tests.partybranch.factories import a_branch

    branch = a_branch("离退休支部")
    with cards(model="partybranch.branch", label=lambda subject: subject.row.name):
        job = services.ask_for_paper(KIND, PaperSubject(branch, "2022"), by=secretary, form_key=uuid4())
        run_job(job.pk)

        paper = Paper.objects.get()
        assert (paper.title, paper.subject_type, paper.subject_id) == (
            "年度卡片 离退休支部",
            "partybranch.branch",
            branch.pk,
        )
        assert paper.subject() == branch
        with pytest.raises(NoSuchSubject):
            ask(secretary)
