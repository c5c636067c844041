"""Where things are: the code, the data folder and the virtual environment, all within reach of who runs them."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .people import Person, acting_as
from .speech import Stop
from .speech import gettext as _

CHECKOUT = Path(__file__).resolve().parents[2]
KEPT_IN_COPY = {".git", ".venv", "var", "node_modules", "__pycache__"}
MODES = ("demo", "real", "test", "bench")
STAMP = "mode"


@dataclass(frozen=True)
class Place:
    """One office on this machine. `asked_var` is what the caller named, `var` where the data really is."""

    code: Path
    var: Path
    asked_var: Path
    venv: Path
    person: Person | None

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"


def asked_folder(mode: str) -> Path:
    """The data folder the caller means: HEBI_VAR, else var/<mode>; tests and benchmarks never use the office's own."""
    named = os.environ.get("HEBI_VAR")
    if not named:
        return CHECKOUT / "var" / mode
    folder = Path(named).expanduser().absolute()
    return folder if mode in {"demo", "real"} else folder / mode


def shelter(path: Path, kind: str) -> Path:
    """A folder that an ordinary user can enter, in place of one below somebody's closed folder."""
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:10]
    return Path("/var/lib/hebi_charity") / f"{kind}-{digest}"


def find_place(mode: str, person: Person | None) -> Place:
    """Decide where code, data and environment are; copy the code when the ordinary user cannot read it."""
    asked = asked_folder(mode)
    venv = Path(os.environ.get("HEBI_VENV") or CHECKOUT / ".venv").expanduser().absolute()
    if person is None:
        return Place(CHECKOUT, asked, asked, venv, None)
    code = CHECKOUT
    if not (person.may(CHECKOUT, "rx") and person.may(CHECKOUT / "manage.py", "r")):
        code = shelter(CHECKOUT, "code")
        copy_code(CHECKOUT, code)
    if not can_enter(person, venv):
        venv = shelter(venv, "venv")
    var = asked if can_enter(person, asked) else shelter(asked, "var")
    return Place(code, var, asked, venv, person)


def can_enter(person: Person, path: Path) -> bool:
    """Whether the person could enter the folder once it is there and theirs: every parent must let them through."""
    parent = path.parent
    while not parent.exists():
        parent = parent.parent
    return person.may(parent, "x")


def copy_code(source: Path, target: Path) -> None:
    """Make `target` a readable copy of the checkout, leaving out data and what is installed."""
    target.mkdir(parents=True, exist_ok=True, mode=0o755)
    for folder, names, files in os.walk(source):
        names[:] = [name for name in names if name not in KEPT_IN_COPY]
        here = target / Path(folder).relative_to(source)
        here.mkdir(exist_ok=True, mode=0o755)
        for name in files:
            _copy_if_newer(Path(folder) / name, here / name)
        for extra in here.iterdir():
            if extra.name not in {*names, *files, *KEPT_IN_COPY} and extra.suffix != ".mo":
                shutil.rmtree(extra) if extra.is_dir() else extra.unlink()


def _copy_if_newer(source: Path, target: Path) -> None:
    status = source.stat()
    if target.exists() and target.stat().st_mtime_ns == status.st_mtime_ns and target.stat().st_size == status.st_size:
        return
    shutil.copyfile(source, target)
    os.utime(target, ns=(status.st_mtime_ns, status.st_mtime_ns))
    target.chmod(0o755 if status.st_mode & 0o100 else 0o644)


def stamped_mode(folder: Path) -> str | None:
    stamp = folder / STAMP
    return stamp.read_text().strip() if stamp.exists() else None


def claim_folder(place: Place, mode: str) -> None:
    """Make the data folder, give it to who runs the office, and stamp it; refuse a folder of the other mode."""
    stamped = stamped_mode(place.var)
    if stamped is None and place.var.exists() and any(place.var.iterdir()):
        sentence = _("{folder} is not empty and not an office's folder: name another one in HEBI_VAR.")
        raise Stop(sentence.format(folder=place.var))
    if stamped not in {None, mode}:
        raise Stop(refusal(place.asked_var, stamped, mode))
    try:
        place.var.mkdir(parents=True, exist_ok=True)
        if place.person:
            place.person.own(itself(place.var), 0o700)
        else:
            place.var.chmod(0o700)
        if stamped is None:
            with acting_as(place.person):
                (place.var / STAMP).write_text(mode + "\n")
    except PermissionError as error:
        sentence = _("{folder} cannot be written; name another folder in HEBI_VAR.")
        raise Stop(sentence.format(folder=place.var)) from error
    if place.var != place.asked_var:
        _point_to_shelter(place)


def itself(folder: Path) -> Path:
    """Where a folder is that root put elsewhere, as on another disk; links of others are left for `own` to refuse."""
    return folder.resolve() if folder.is_symlink() and folder.lstat().st_uid == 0 else folder


def _point_to_shelter(place: Place) -> None:
    """Leave pointers in the folder that was named, so that log-ins and logs are found where they are looked for."""
    place.asked_var.mkdir(parents=True, exist_ok=True)
    for name in ("env", "demo-password", "log", STAMP):
        pointer = place.asked_var / name
        if not pointer.is_symlink() and not pointer.exists():
            pointer.symlink_to(place.var / name)


def refusal(folder: Path, stamped: str, mode: str) -> str:
    if stamped == "real":
        sentence = _("{folder} holds real records: start it with bin/run --real, or name another folder in HEBI_VAR.")
    elif mode == "real":
        sentence = _("{folder} is not for real records (it is marked {stamped}): name another folder in HEBI_VAR.")
    else:
        sentence = _("{folder} is marked {stamped} and cannot be used here: name another folder in HEBI_VAR.")
    return sentence.format(folder=folder, stamped=stamped)
