"""Where bin/house arrives. Run as a script, so that the project's package and its libraries are not imported."""

import os
import sys
from pathlib import Path

# As `local`, not `hebi_charity.local`: the parent package needs libraries that may not be there yet.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from local import setting_up  # noqa: E402
from local.speech import Stop, complain  # noqa: E402
from local.speech import gettext as _  # noqa: E402


def main(command: str, words: list[str]) -> int:
    if command in {"run", "test", "check", "bench", "manage"}:
        return setting_up.main(command, words)
    from local import commands, serving

    mode, var, *rest = words
    if command in {"serve", "keep"}:
        if os.geteuid() == 0:
            raise Stop(_("The servers never run as root; use bin/run."))
        return getattr(serving, command)(mode, Path(var))
    return commands.COMMANDS[command](mode, Path(var), rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except Stop as stop:
        complain(str(stop))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
