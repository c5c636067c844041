"""A picture of an invented plaque, so that the demonstration's wall shows one; it says that it is a specimen."""

from __future__ import annotations

import importlib.util
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1500, 1000)
GOLD, PALE, RED, INK = "#c9a24a", "#f3e2b3", "#a3161c", "#4a2a12"
SIMPLIFIED = "Noto Sans CJK SC"


def drawn_plaque(lines: list[str], bodies: list[str], when: str) -> BytesIO:
    """A brass plaque with these lines; the words of the bodies and the day stand below at the right."""
    picture = Image.new("RGB", SIZE, GOLD)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((30, 30, SIZE[0] - 30, SIZE[1] - 30), fill=PALE, outline=INK, width=6)
    draw.rectangle((52, 52, SIZE[0] - 52, SIZE[1] - 52), outline=RED, width=4)
    for place, line in enumerate(lines):
        draw.text((SIZE[0] / 2, 260 + place * 170), line, fill=RED, font=_font(120), anchor="mm")
    for place, line in enumerate([*bodies, when]):
        draw.text((SIZE[0] - 120, 660 + place * 70), line, fill=INK, font=_font(46), anchor="rm")
    draw.text((100, SIZE[1] - 90), "演示样张", fill=INK, font=_font(40), anchor="lm")
    content = BytesIO()
    picture.save(content, "JPEG", quality=85)
    content.name = "奖牌.jpg"
    content.seek(0)
    return content


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The bundled face in its simplified form; without it the drawing's own, which has Latin letters only."""
    spec = importlib.util.find_spec("noto_cjk_sans_otc")
    folder = Path(spec.submodule_search_locations[0]) if spec else Path("/usr/share/fonts/opentype/noto")
    for path in sorted(folder.glob("NotoSansCJK-Regular.ttc")):
        for index in range(5):
            font = ImageFont.truetype(str(path), size, index=index)
            if font.getname()[0] == SIMPLIFIED:
                return font
    return ImageFont.load_default(size)
