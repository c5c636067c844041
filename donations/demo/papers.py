"""A scan for the demonstration: a drawn cheque that nobody could take for a real one."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (900, 420)
GROUND, INK, PALE = "#f4efe0", "#27425f", "#c9bfa2"


def drawn_cheque(number: str) -> BytesIO:
    """A picture (PNG) of an invented cheque with this number. Latin letters only: the drawing's font has no others."""
    picture = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 20, SIZE[0] - 20, SIZE[1] - 20), outline=INK, width=4)
    for height in range(120, 360, 60):
        draw.line((60, height, SIZE[0] - 60, height), fill=PALE, width=3)
    draw.text((60, 50), f"SPECIMEN   No. {number}", fill=INK, font_size=36)
    draw.text((60, 330), "DEMONSTRATION ONLY", fill=INK, font_size=28)
    content = BytesIO()
    picture.save(content, "PNG")
    content.name = f"{number}.png"
    content.seek(0)
    return content
