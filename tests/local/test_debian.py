"""What the operating system brings: unpacked packages, fonts, files that root hands over, who runs what."""

import os
import pwd
from pathlib import Path

import pytest

from hebi_charity.local import fonts, handing
from hebi_charity.local.debian import library_path
from hebi_charity.local.people import Person, ordinary_person
from hebi_charity.local.speech import Stop

is_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands over")
nobody = Person("nobody", pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)


def test_libraries_in_a_folder_of_their_own_are_found(tmp_path):
    for name in ("usr/lib/x86_64-linux-gnu/libnss3.so", "usr/lib/x86_64-linux-gnu/pulseaudio/libpulsecommon-16.1.so"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert library_path(tmp_path).split(":") == [
        f"{tmp_path}/usr/lib/x86_64-linux-gnu",
        f"{tmp_path}/usr/lib/x86_64-linux-gnu/pulseaudio",
        f"{tmp_path}/usr/lib",
    ]


def test_fonts_of_the_office_come_first(tmp_path, monkeypatch):
    (tmp_path / "字体 & 标志").mkdir()
    monkeypatch.setenv("HEBI_FONT_DIR", str(tmp_path / "字体 & 标志"))

    text = fonts.write_configuration(tmp_path).read_text()

    assert f"<dir>{tmp_path}/字体 &amp; 标志</dir>" in text
    assert fonts.folders()[0] == tmp_path / "字体 & 标志"
    assert "noto_cjk_sans_otc" in str(fonts.folders()[-1])


def test_font_folder_that_is_not_there_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setenv("HEBI_FONT_DIR", str(tmp_path / "none"))

    assert tmp_path / "none" not in fonts.folders()


@is_root
def test_root_hands_over_to_an_ordinary_user(monkeypatch):
    monkeypatch.setenv("HEBI_USER", "nobody")

    assert ordinary_person() == nobody


@is_root
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


@is_root
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


@is_root
@pytest.mark.parametrize("shape", [["--output", "{}"], ["--output={}"]])
def test_output_is_put_where_only_root_may_write(desk, tmp_path, shape):
    wanted = tmp_path / "root" / "month.pdf"
    wanted.parent.mkdir(mode=0o700)

    with handing.handed_over([word.format(wanted) for word in shape], desk, nobody) as words:
        Path(words[-1].removeprefix("--output=")).write_text("%PDF")

    assert wanted.read_text() == "%PDF"


@is_root
def test_output_into_a_folder_that_is_not_there_is_refused(desk, tmp_path):
    with pytest.raises(Stop, match="none"), handing.handed_over(["--output", f"{tmp_path}/none/x"], desk, nobody):
        pass
