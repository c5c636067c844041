"""What only the operating system can bring: libraries for papers and a browser for tests, on Debian and its kin.

Root installs packages. Anybody else unpacks them into a folder of the house and uses them from there.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .speech import Stop, say
from .speech import gettext as _

PANGO_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
PANGO_LIBRARIES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


def has_apt() -> bool:
    return shutil.which("apt-get") is not None and shutil.which("dpkg-deb") is not None


def is_root() -> bool:
    return os.geteuid() == 0


def install(packages: list[str]) -> None:
    """Install packages as root; the lists of packages are brought up to date only when that is needed."""
    say(_("Installing system packages: {names}").format(names=" ".join(packages)))
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0:
        return
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(_("The system packages could not be installed:") + f"\n{done.stderr.strip()}")


def unpack(packages: list[str], into: Path) -> None:
    """Bring packages and what they need that this machine lacks into a folder, without being root."""
    say(_("Unpacking system packages for this folder only: {names}").format(names=" ".join(packages)))
    state = into / "apt"
    (state / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    (state / "cache" / "archives" / "partial").mkdir(parents=True, exist_ok=True)
    options = ["-o", f"Dir::State::Lists={state}/lists", "-o", f"Dir::Cache={state}/cache", "-qq"]
    options += ["-o", "APT::Sandbox::User="]
    subprocess.run(["apt-get", *options, "update"], check=False)
    plan = _apt([*options, "-s", "--no-install-recommends", "install", *packages], state)
    missing = [line.split()[1] for line in plan.splitlines() if line.startswith("Inst ")]
    if missing:
        _apt([*options, "download", *missing], state)
    for archive in sorted(state.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", archive, into / "root"], check=True)
        archive.unlink()


def _apt(arguments: list[str], folder: Path) -> str:
    done = subprocess.run(["apt-get", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(_("The system packages could not be fetched:") + f"\n{done.stderr.strip()}")
    return done.stdout


def library_path(root: Path) -> str:
    """LD_LIBRARY_PATH for packages unpacked into a folder."""
    triplets = [*(root / "usr/lib").glob("*-linux-gnu*"), *(root / "lib").glob("*-linux-gnu*")]
    nested = {path.parent for triplet in triplets for path in triplet.glob("*/lib*.so*")}  # PulseAudio keeps its own
    return ":".join(str(folder) for folder in [*triplets, *sorted(nested), root / "usr/lib"])


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure_pango(unpacked: Path) -> dict[str, str]:
    """See to the libraries that turn pages into PDF. Gives the environment variables that they need."""
    if all(loads(library) for library in PANGO_LIBRARIES):
        return {}
    if has_apt() and is_root():
        install(PANGO_PACKAGES)
        return {}
    if has_apt():
        if not (unpacked / "root").exists():
            unpack(PANGO_PACKAGES, unpacked)
        return {"LD_LIBRARY_PATH": library_path(unpacked / "root")}
    raise Stop(_("Papers need Pango: install {names}.").format(names=", ".join(PANGO_LIBRARIES)))


def find_browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def ensure_browser(unpacked: Path) -> str:
    """The path of a Chromium for the tests; a machine without one gets one, and no browser is a failure."""
    found = find_browser()
    if found:
        return found
    if not has_apt():
        raise Stop(_("The tests need a browser: install Chromium, or name one in CHROMIUM."))
    if is_root():
        install(["chromium"])
        return find_browser() or sys.exit(1)
    if not (unpacked / "root").exists():
        unpack(["chromium"], unpacked)
    _write_launcher(unpacked / "chromium", unpacked / "root")
    return str(unpacked / "chromium")


def _write_launcher(launcher: Path, root: Path) -> None:
    """Start the unpacked browser with its own libraries. Its sandbox needs root's help and sees only our own pages."""
    launcher.write_text(
        "#!/bin/sh\n"
        f'export LD_LIBRARY_PATH="{library_path(root)}"\n'
        f'exec "{root}/usr/lib/chromium/chromium" --no-sandbox "$@"\n'
    )
    launcher.chmod(0o755)
