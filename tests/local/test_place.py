"""Where an office lives: two modes never share a folder, and nothing foreign is taken for one."""

import os
import stat
from pathlib import Path

import pytest

from hebi_charity.local import place as places
from hebi_charity.local import setting_up
from hebi_charity.local.place import Place, asked_folder, claim_folder, copy_code
from hebi_charity.local.speech import Stop


def place_at(var, *, asked=None):
    return Place(code=Path("/nowhere"), var=var, asked_var=asked or var, venv=Path("/nowhere"), person=None)


def test_new_folder_is_closed_to_others_and_stamped(tmp_path):
    claim_folder(place_at(tmp_path / "var"), "real")

    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    assert places.stamped_mode(tmp_path / "var") == "real"


@pytest.mark.parametrize(
    ("stamped", "asked", "sentence"),
    [
        ("real", "demo", "正式"),
        ("real", "test", "正式"),
        ("demo", "real", "demo"),
        ("test", "real", "test"),
        ("test", "demo", "test"),
        ("demo", "bench", "demo"),
    ],
)
def test_folder_of_another_mode_is_refused_and_left_alone(tmp_path, stamped, asked, sentence):
    claim_folder(place_at(tmp_path / "var"), stamped)

    with pytest.raises(Stop, match=sentence):
        claim_folder(place_at(tmp_path / "var"), asked)

    assert places.stamped_mode(tmp_path / "var") == stamped
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["mode"]


@pytest.mark.parametrize(("stamped", "command", "words"), [("real", "run", []), ("demo", "run", ["--real"])])
def test_command_stops_at_the_other_mode_before_it_does_anything(tmp_path, monkeypatch, stamped, command, words):
    (tmp_path / "mode").write_text(stamped)
    monkeypatch.setenv("HEBI_VAR", str(tmp_path))
    mode, _words = setting_up.mode_of(command, words)

    with pytest.raises(Stop):
        setting_up.set_up(command, mode)

    assert [path.name for path in tmp_path.iterdir()] == ["mode"]


def test_folder_with_something_else_in_it_is_refused(tmp_path):
    (tmp_path / "thesis.odt").touch()

    with pytest.raises(Stop, match="HEBI_VAR"):
        claim_folder(place_at(tmp_path), "demo")

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_tests_and_benchmarks_stay_out_of_the_folder_that_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("HEBI_VAR", str(tmp_path))

    assert [asked_folder(mode) for mode in ("demo", "real", "test", "bench")] == [
        tmp_path,
        tmp_path,
        tmp_path / "test",
        tmp_path / "bench",
    ]


def test_without_a_name_each_mode_has_its_own_folder(monkeypatch):
    monkeypatch.delenv("HEBI_VAR", raising=False)

    assert len({asked_folder(mode) for mode in places.MODES}) == 4


@pytest.mark.parametrize(
    ("command", "words", "mode"),
    [
        ("run", [], "demo"),
        ("run", ["--real"], "real"),
        ("manage", ["--real", "check_books"], "real"),
        ("test", ["--real"], "test"),
        ("check", [], "test"),
        ("bench", [], "bench"),
    ],
)
def test_mode_of_a_command(monkeypatch, tmp_path, command, words, mode):
    monkeypatch.setenv("HEBI_VAR", str(tmp_path))

    assert setting_up.mode_of(command, words)[0] == mode


@pytest.mark.parametrize("stamped", ["demo", "real"])
def test_management_works_in_whatever_the_named_folder_is(monkeypatch, tmp_path, stamped):
    monkeypatch.setenv("HEBI_VAR", str(tmp_path))
    (tmp_path / "mode").write_text(stamped)

    assert setting_up.mode_of("manage", ["check_books"]) == (stamped, ["check_books"])


def test_unknown_word_for_the_start_is_refused():
    with pytest.raises(Stop, match="bin/run"):
        setting_up.mode_of("run", ["--reel"])


def test_tests_never_touch_a_named_server_without_its_superuser(monkeypatch):
    for name in setting_up.SERVERS:
        monkeypatch.setenv(name, "postgres://office@example.org/office")
    monkeypatch.delenv("DATABASE_SUPERUSER_URL", raising=False)

    setting_up.forget_servers_of_others()

    assert [name for name in setting_up.SERVERS if name in os.environ] == []


def test_tests_take_a_named_server_with_its_superuser(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://app@example.org/test")
    monkeypatch.setenv("DATABASE_SUPERUSER_URL", "postgres://postgres@example.org/postgres")

    setting_up.forget_servers_of_others()

    assert os.environ["DATABASE_URL"] == "postgres://app@example.org/test"


def test_copy_of_the_code_follows_it_and_leaves_out_what_is_installed(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    for name in (".git/config", ".venv/bin/python", "var/demo/env", "app/old.py", "app/run", "node_modules/x"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name)
    (source / "app" / "run").chmod(0o700)
    (source / "app" / "old.py").chmod(0o600)
    copy_code(source, target)
    (target / ".venv").mkdir()
    (source / "app" / "old.py").rename(source / "app" / "new.py")

    copy_code(source, target)

    found = {str(path.relative_to(target)): stat.S_IMODE(path.stat().st_mode) for path in target.rglob("*.*")}
    assert sorted(path.name for path in target.iterdir()) == [".venv", "app"]
    assert found == {".venv": found[".venv"], "app/new.py": 0o644}
    assert stat.S_IMODE((target / "app" / "run").stat().st_mode) == 0o755


def test_folder_that_was_named_points_to_where_the_data_really_is(tmp_path):
    claim_folder(place_at(tmp_path / "shelter", asked=tmp_path / "asked"), "demo")

    assert (tmp_path / "asked" / "env").readlink() == tmp_path / "shelter" / "env"
    assert places.stamped_mode(tmp_path / "asked") == "demo"
