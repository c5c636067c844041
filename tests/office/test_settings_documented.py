"""The settings tables of both READMEs name exactly what settings.py and the starter read from the environment."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Not ours to explain: the system's own, and a sign that bin/house gives to itself.
OTHERS = {"PATH", "HEBI_NO_PYTHON"}
READERS = {"environ", "env", "settings"}


def read_by(path: Path) -> set[str]:
    """Names that a Python file reads: env.str("NAME"), os.environ.get("NAME"), settings.get("NAME")."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            reader = node.func.value
            name = getattr(reader, "attr", None) or getattr(reader, "id", None)
            first = node.args[0]
            is_name = isinstance(first, ast.Constant) and re.fullmatch(r"[A-Z][A-Z_]+", str(first.value))
            if name in READERS and is_name and node.func.attr not in {"setdefault", "pop"}:
                found.add(first.value)
    return found


def read_from_environment() -> set[str]:
    files = [ROOT / "hebi_charity" / "settings.py", *(ROOT / "hebi_charity" / "local").rglob("*.py")]
    names = {name for file in files for name in read_by(file)}
    names |= set(re.findall(r"\$\{([A-Z_]+):-\}", (ROOT / "bin" / "house").read_text(encoding="utf-8")))
    return names - OTHERS


def documented_in(readme: str, heading: str) -> set[str]:
    """Names in the first column of the table under a heading."""
    section = (ROOT / readme).read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


@pytest.mark.parametrize(("readme", "heading"), [("README.md", "Settings"), ("README.zh.md", "设置")])
def test_table_names_what_is_read(readme, heading):
    assert documented_in(readme, heading) == read_from_environment()


def test_the_test_itself_sees_every_way_of_reading():
    names = read_from_environment()

    assert {"SECRET_KEY", "DEBUG", "HEBI_FONT_DIR", "WEB_HOST", "DATABASE_WORKER_URL", "HEBI_PYTHON"} <= names
