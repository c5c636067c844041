"""The fonts of papers: the office's own 仿宋 and 小标宋, else Debian's Noto Serif CJK, else the bundled Noto Sans CJK.

The style sheets of the papers name the families in this order; this configuration says where the files lie.
"""

import importlib.util
import os
from pathlib import Path
from xml.sax.saxutils import escape

SONG = Path("/usr/share/fonts/opentype/noto")  # where Debian's fonts-noto-cjk puts the Song face

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans CJK SC</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Sans CJK SC</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>Noto Sans Mono CJK SC</family></prefer></alias>
</fontconfig>
"""


def folders() -> list[Path]:
    """Where fonts are looked for: HEBI_FONT_DIR, the system's Song face, the bundled face. Only folders that exist."""
    spec = importlib.util.find_spec("noto_cjk_sans_otc")
    bundled = Path(spec.submodule_search_locations[0]) if spec else Path("/usr/share/fonts")
    own = os.environ.get("HEBI_FONT_DIR", "")
    return [folder for folder in ([Path(own)] if own else []) + [SONG, bundled] if folder.is_dir()]


def write_configuration(var: Path) -> Path:
    """Write the data folder's own font configuration; FONTCONFIG_FILE names it."""
    path = var / "fonts.conf"
    lines = "\n".join(f"  <dir>{escape(str(folder))}</dir>" for folder in folders())
    text = CONFIGURATION.format(folders=lines, cache=escape(str(var / "font-cache")))
    if not path.exists() or path.read_text() != text:
        draft = path.with_suffix(".new")
        draft.write_text(text)
        draft.replace(path)
    return path
