"""What only root does: handing over to an ordinary user. As root bin/test runs this before it hands over itself."""

import os
import pwd
import stat
import tempfile
from pathlib import Path

import pytest

from hebi_charity.local import environment, guests, handing, locks, setting_up
from hebi_charity.local.people import Person, acting_as, ordinary_person
from hebi_charity.local.place import STAMP, Place, claim_folder
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
def desk():
    """The data folder of an ordinary user, where that user reaches it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        var = Path(folder) / "var"
        var.mkdir(mode=0o700)
        nobody.own(var)
        yield var


@pytest.fixture
def secret(tmp_path):
    """What only root reads and writes."""
    path = tmp_path / "secret"
    path.write_text("geheim")
    path.chmod(0o600)
    return path


def is_untouched(secret):
    status = secret.stat()
    return (status.st_uid, stat.S_IMODE(status.st_mode), secret.read_text()) == (0, 0o600, "geheim")


def place_at(var):
    return Place(code=Path("/nowhere"), var=var, asked_var=var, venv=Path("/nowhere"), person=nobody)


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


@pytest.mark.parametrize("name", [environment.FILE, STAMP, locks.OFFICE, locks.GUESTS, guests.KEEPER_LOG])
@pytest.mark.parametrize("lay", [os.symlink, os.link])
def test_link_in_the_persons_folder_gives_no_file_of_root_away(desk, secret, name, lay):
    lay(secret, desk / name)

    with pytest.raises(Stop, match="链接"):
        setting_up.take_over(place_at(desk), with_all=False)
    nobody.own_all(desk, of=0)

    assert is_untouched(secret)


def test_files_that_root_brought_back_become_the_persons(desk):
    (desk / environment.FILE).write_text("SECRET_KEY=kept\n")

    setting_up.take_over(place_at(desk), with_all=False)

    assert (desk / environment.FILE).stat().st_uid == nobody.uid


def test_folder_that_is_a_link_of_the_person_is_refused(desk, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o750)
    (desk / "test").symlink_to(closed)
    os.lchown(desk / "test", nobody.uid, nobody.gid)

    with pytest.raises(Stop, match="链接"):
        claim_folder(place_at(desk / "test"), "test")

    assert (closed.stat().st_uid, stat.S_IMODE(closed.stat().st_mode)) == (0, 0o750)


def test_folder_that_root_put_elsewhere_is_taken(desk):
    (desk.parent / "named").symlink_to(desk)

    claim_folder(place_at(desk.parent / "named"), "demo")

    assert (desk / STAMP).read_text() == "demo\n"
    assert (desk / STAMP).stat().st_uid == nobody.uid


@pytest.mark.parametrize("name", [locks.GUESTS, locks.OFFICE, guests.KEEPER_LOG])
def test_root_borrows_no_servers_over_a_link(desk, secret, monkeypatch, name):
    for each in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(each, raising=False)
    (desk / name).symlink_to(secret)

    with pytest.raises(Stop, match="链接"), guests.servers("demo", desk, nobody):
        pass

    assert is_untouched(secret)


@pytest.mark.parametrize("name", ["env", "fonts.conf", "fonts.new"])
def test_root_reads_and_writes_nothing_of_its_own_for_a_command_over_a_link(desk, secret, name):
    (desk / name).symlink_to(secret)

    with pytest.raises(PermissionError):
        guests._settings("demo", desk, [], nobody)

    assert os.geteuid() == 0
    assert is_untouched(secret)


def test_draft_that_is_a_link_is_not_written_through(desk, secret):
    (desk / "env.new").symlink_to(secret)

    environment.write_file(desk, {"SECRET_KEY": "new"})

    assert is_untouched(secret)
    assert not (desk / "env").is_symlink()
    assert environment.read_file(desk) == {"SECRET_KEY": "new"}


def test_link_in_the_place_of_a_result_is_not_followed(desk, tmp_path, secret):
    wanted = tmp_path / "root" / "month.pdf"
    wanted.parent.mkdir(mode=0o700)

    with pytest.raises(Stop, match="链接"), handing.handed_over(["--output", str(wanted)], desk, nobody) as words:
        Path(words[1]).symlink_to(secret)

    assert not wanted.exists()
    assert list(desk.iterdir()) == []


def test_file_that_only_root_reads_is_not_handed_over_through_a_link_of_the_person(desk, secret):
    link = desk / "list.csv"
    link.symlink_to(secret)
    os.lchown(link, nobody.uid, nobody.gid)

    with pytest.raises(Stop, match="nobody"), handing.handed_over([str(link)], desk, nobody):
        pass

    assert [path.name for path in desk.iterdir()] == ["list.csv"]


def test_root_is_root_again_after_acting_as_somebody(secret):
    groups = os.getgroups()

    with pytest.raises(PermissionError), acting_as(nobody):
        secret.read_text()

    assert (os.geteuid(), os.getegid(), os.getgroups()) == (0, 0, groups)


def test_file_that_goes_meanwhile_is_passed_over(desk, monkeypatch):
    (desk / "here").touch()
    walked = list(os.fwalk(desk))
    folder = os.open(desk, os.O_RDONLY)
    monkeypatch.setattr(os, "fwalk", lambda path: [(walked[0][0], [], ["gone", "here"], folder)])

    nobody.own_all(desk, of=0)

    assert (desk / "here").stat().st_uid == nobody.uid
    os.close(folder)
