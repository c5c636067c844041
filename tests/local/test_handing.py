"""What only root does: handing over to an ordinary user. As root bin/test runs this before it hands over itself."""

import os
import pwd
from pathlib import Path

import pytest

from hebi_charity.local import handing
from hebi_charity.local.people import Person, ordinary_person
from hebi_charity.local.speech import Stop

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands over")
nobody = Person("nobody", pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)


def test_root_hands_over_to_an_ordinary_user(monkeypatch):
    monkeypatch.setenv("HEBI_USER", "nobody")

    assert ordinary_person() == nobody


@pytest.mark.parametrize("name", ["root", "nobody-of-this-name"])
def test_root_never_hands_over_to_root(monkeypatch, name):
    monkeypatch.setenv("HEBI_USER", name)

    with pytest.raises(Stop, match="HEBI_USER"):
        ordinary_person()


@pytest.fixture
def desk(tmp_path):
    """A folder that everybody reaches, where root's own folder lies beside it."""
    folder = tmp_path / "var"
    folder.mkdir()
    return folder


def test_file_that_only_root_reads_is_handed_over_and_gone_afterwards(desk, tmp_path):
    secret = tmp_path / "list.csv"
    secret.write_text("姓名,金额\n")
    secret.chmod(0o600)

    with handing.handed_over(["import_donations", str(secret), "--by", "clerk"], desk, nobody) as words:
        copied = words[1]
        assert (words[0], words[2:]) == ("import_donations", ["--by", "clerk"])
        assert os.stat(copied).st_uid == nobody.uid
        assert Path(copied).read_text() == "姓名,金额\n"

    assert list(desk.iterdir()) == []


@pytest.mark.parametrize("shape", [["--output", "{}"], ["--output={}"]])
def test_output_is_put_where_only_root_may_write(desk, tmp_path, shape):
    wanted = tmp_path / "root" / "month.pdf"
    wanted.parent.mkdir(mode=0o700)

    with handing.handed_over([word.format(wanted) for word in shape], desk, nobody) as words:
        Path(words[-1].removeprefix("--output=")).write_text("%PDF")

    assert wanted.read_text() == "%PDF"


def test_output_into_a_folder_that_is_not_there_is_refused(desk, tmp_path):
    with pytest.raises(Stop, match="none"), handing.handed_over(["--output", f"{tmp_path}/none/x"], desk, nobody):
        pass


def test_text_too_long_for_a_file_is_left_as_it_is(desk):
    words = ["shell", "-c", "print(1)\n" * 600]

    with handing.handed_over(words, desk, nobody) as handed:
        assert handed == words


def test_what_root_left_in_a_folder_becomes_the_persons(desk, tmp_path):
    (tmp_path / "secret").touch()
    (desk / "log").mkdir()
    (desk / "log" / "web.log").touch()
    (desk / "link").symlink_to(tmp_path / "secret")

    nobody.own_all(desk, of=0)

    assert [path.lstat().st_uid for path in (desk / "log", desk / "log" / "web.log", desk / "link")] == [nobody.uid] * 3
    assert (tmp_path / "secret").stat().st_uid == 0
