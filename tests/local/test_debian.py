"""What the operating system brings: unpacked packages, fonts."""

from hebi_charity.local import fonts
from hebi_charity.local.debian import library_path


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
