"""Secrets and ports of a data folder: made once, for the owner's eyes only; the real environment wins."""

import re
import socket
import stat

import pytest

from hebi_charity.local import environment
from hebi_charity.local.speech import Stop

NAMES = {*environment.SECRETS, *environment.PORTS}


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_secrets_and_ports_are_written_once_for_the_owner_alone(tmp_path):
    environment.make_secrets(tmp_path)
    first = (tmp_path / "env").read_text()
    environment.make_secrets(tmp_path)

    assert (tmp_path / "env").read_text() == first
    assert mode_of(tmp_path / "env") == 0o600
    assert set(environment.read_file(tmp_path)) == NAMES
    assert [path.name for path in tmp_path.iterdir()] == ["env"]


def test_two_folders_share_no_secret(tmp_path):
    values = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        environment.make_secrets(tmp_path / name)
        values.append(environment.read_file(tmp_path / name))

    assert {name for name in environment.SECRETS if values[0][name] == values[1][name]} == set()


def test_secret_that_is_missing_is_added_and_the_others_stay(tmp_path):
    environment.write_file(tmp_path, {"SECRET_KEY": "kept", "OF_THE_OFFICE": "also kept"})

    environment.make_secrets(tmp_path)

    values = environment.read_file(tmp_path)
    assert (values["SECRET_KEY"], values["OF_THE_OFFICE"]) == ("kept", "also kept")
    assert set(values) == {*NAMES, "OF_THE_OFFICE"}


def test_data_without_secrets_is_not_given_new_ones(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("18\n")

    with pytest.raises(Stop, match="备份"):
        environment.make_secrets(tmp_path)

    assert not (tmp_path / "env").exists()


def test_port_that_something_took_meanwhile_is_chosen_anew(tmp_path, taken_port):
    environment.make_secrets(tmp_path)
    before = environment.read_file(tmp_path)
    environment.write_file(tmp_path, before | {"HEBI_VALKEY_PORT": str(taken_port)})

    values = environment.settle_ports(tmp_path)

    assert int(values["HEBI_VALKEY_PORT"]) != taken_port
    assert values | {"HEBI_VALKEY_PORT": ""} == before | {"HEBI_VALKEY_PORT": ""}
    assert environment.read_file(tmp_path) == values
    assert environment.settle_ports(tmp_path) == values
    assert mode_of(tmp_path / "env") == 0o600


def test_ports_of_servers_lie_outside_those_of_outgoing_connections():
    with open("/proc/sys/net/ipv4/ip_local_port_range") as file:
        lowest = int(file.read().split()[0])

    assert environment.free_port() in environment.SERVER_PORTS
    assert max(environment.SERVER_PORTS) < lowest or lowest < 20_000  # some machines give almost all of them away


def test_real_environment_wins_and_server_secrets_stay_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "from outside")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    values = {"SECRET_KEY": "from the file", "OF_THE_OFFICE": "own", "HEBI_SUPERUSER_PASSWORD": "secret"}

    settings = environment.settings_of(tmp_path, "real", values)

    assert (settings["SECRET_KEY"], settings["OF_THE_OFFICE"]) == ("from outside", "own")
    assert (settings["HEBI_VAR"], settings["HEBI_MODE"]) == (str(tmp_path), "real")
    assert "HEBI_SUPERUSER_PASSWORD" not in settings
    assert "PYTHONPATH" not in settings


@pytest.mark.parametrize(("mode", "told"), [("demo", "demo"), ("real", "real"), ("test", "demo"), ("bench", "demo")])
def test_only_real_mode_is_real(tmp_path, mode, told):
    assert environment.settings_of(tmp_path, mode, {})["HEBI_MODE"] == told


@pytest.mark.parametrize("named", ["eighty", "0", "65536", "-1", "80.0"])
def test_port_that_is_no_port_is_refused(monkeypatch, named):
    monkeypatch.setenv("PORT", named)

    with pytest.raises(Stop, match=re.escape(named)):
        environment.web_port("127.0.0.1")


def test_named_port_that_is_taken_is_refused(monkeypatch, taken_port):
    monkeypatch.setenv("PORT", str(taken_port))

    with pytest.raises(Stop, match=f"端口 {taken_port} "):
        environment.web_port("127.0.0.1")


def test_port_that_was_not_named_makes_way(monkeypatch, taken_port):
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setattr(environment, "DEFAULT_PORT", taken_port)

    assert taken_port < environment.web_port("127.0.0.1") < taken_port + 100


def test_demonstration_password_is_made_once_and_easy_to_type(tmp_path):
    password = environment.demo_password(tmp_path)

    assert environment.demo_password(tmp_path) == password
    assert re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}", password)
    assert mode_of(tmp_path / "demo-password") == 0o600
