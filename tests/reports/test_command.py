import hashlib
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from hebi_charity.reports.models import Report
from tests.accounts.factories import make_person
from tests.donations.factories import reviewed_gift, set_up_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    set_up_office(date(2022, 9, 1))


def run(tmp_path, *arguments: str) -> dict[str, str]:
    """Run the command; give its last line as a dictionary with the file's own digest."""
    output, out = tmp_path / "report.pdf", StringIO()
    call_command("make_report", "monthly", "2022-09", "--output", str(output), *arguments, stdout=out)
    head, *pairs = out.getvalue().splitlines()[-1].split()
    assert head == "make_report:"
    return dict(pair.split("=") for pair in pairs) | {"file": hashlib.sha256(output.read_bytes()).hexdigest()}


def test_report_by_a_person_is_kept_and_handed_out_again(tmp_path):
    make_person("accountant", username="kuaiji")

    first, second = run(tmp_path, "--by", "kuaiji"), run(tmp_path, "--by", "kuaiji")

    report = Report.objects.get()
    assert first == second
    assert first["number"] == report.report_no
    assert (first["version"], first["state"], first["period"]) == ("1", "made", "2022-09")
    assert first["sha256"] == first["file"] == report.pdf_sha256
    assert first["facts"] == report.facts_digest


def test_changed_month_becomes_the_next_version(tmp_path):
    make_person("accountant", username="kuaiji")
    run(tmp_path, "--by", "kuaiji")
    reviewed_gift(amount=Decimal("5.00"))

    assert run(tmp_path, "--by", "kuaiji")["version"] == "2"


def test_without_a_maker_a_preview_is_printed_and_nothing_is_kept(tmp_path):
    done = run(tmp_path)

    assert (done["number"], done["version"], done["state"]) == ("-", "0", "preview")
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("monthly", "2022-13"), "请按2022-09的格式填写月份"),
        (("monthly", "September"), "请按2022-09的格式填写月份"),
        (("yearly", "2022-09"), "没有“yearly”这种报告"),
        (("monthly", "2022-08"), "该月尚未启用账务"),
        (("monthly", "2022-09", "--by", "nobody"), "“nobody”不是可以编制报告的人员"),
    ],
)
def test_impossible_wish_is_a_sentence(tmp_path, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("make_report", *arguments, "--output", str(tmp_path / "x.pdf"))


def test_person_without_the_permission_makes_no_report(tmp_path):
    make_person("cashier", username="chuna")

    with pytest.raises(CommandError, match="不是可以编制报告的人员"):
        run(tmp_path, "--by", "chuna")


def test_paper_that_was_changed_is_not_handed_out(tmp_path):
    make_person("accountant", username="kuaiji")
    run(tmp_path, "--by", "kuaiji")
    Path(default_storage.path(Report.objects.get().pdf.path)).write_bytes(b"%PDF-1.7 forged")

    with pytest.raises(CommandError, match="保存的 PDF 与生成时不同"):
        run(tmp_path, "--by", "kuaiji")
