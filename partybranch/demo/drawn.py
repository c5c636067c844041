"""Pictures of the demonstration: drawn, so that nobody real is in them and no page of a real notebook."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from partybranch.models import LifePicture

PAPER, LINE, INK, RED = "#f6f1e3", "#cdbf9f", "#2b3a55", "#a63a32"
SKIES = ("#cfe3ee", "#e9dcc3", "#d5e6d3", "#e3d6e4")
PAGE, VIEW = (900, 1200), (1200, 900)


def drawn(kind: str, day: date, number: int) -> BytesIO:
    """A JPEG of a sign-in sheet, a page of a notebook or a view: the same for the same day and number."""
    chance = Random(f"{kind} {day} {number}")  # noqa: S311  # nosec B311  a drawing, no secret
    draw = {LifePicture.Kind.SHEET: _sheet, LifePicture.Kind.PAGE: _page}.get(kind, _view)
    content = BytesIO()
    draw(chance).save(content, "JPEG", quality=70)
    content.name = f"{day:%Y%m%d}-{number + 1}.jpg"
    content.seek(0)
    return content


def _scribble(draw: ImageDraw.ImageDraw, chance: Random, left: int, right: int, middle: int, height: int = 14) -> None:
    """A line of handwriting that says nothing."""
    points, place = [], left
    while place < right:
        points.append((place, middle + chance.randint(-height, height)))
        place += chance.randint(7, 16)
    draw.line(points, fill=INK, width=3, joint="curve")


def _page(chance: Random) -> Image.Image:
    picture = Image.new("RGB", PAGE, PAPER)
    draw = ImageDraw.Draw(picture)
    for height in range(150, PAGE[1] - 60, 62):
        draw.line((70, height + 24, PAGE[0] - 60, height + 24), fill=LINE, width=2)
        if height < PAGE[1] - chance.randint(120, 420):
            _scribble(draw, chance, 90, chance.randint(520, PAGE[0] - 80), height)
    draw.line((130, 40, 130, PAGE[1] - 40), fill=RED, width=2)
    return picture


def _sheet(chance: Random) -> Image.Image:
    picture = Image.new("RGB", PAGE, "#ffffff")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((330, 60, 570, 96), fill=INK)
    for row in range(15):
        top = 150 + row * 66
        draw.rectangle((70, top, PAGE[0] - 70, top + 66), outline=LINE, width=2)
        draw.rectangle((100, top + 22, 240, top + 46), fill="#8d99ab")
        if chance.random() < 0.9:
            _scribble(draw, chance, 430, 620, top + 34, height=18)
    draw.line((340, 150, 340, 150 + 15 * 66), fill=LINE, width=2)
    return picture


def _view(chance: Random) -> Image.Image:
    """Hills, or people before a wall: what a photograph of a visit or a meeting shows from afar."""
    picture = Image.new("RGB", VIEW, chance.choice(SKIES))
    draw = ImageDraw.Draw(picture)
    for depth, colour in enumerate(("#9db4b8", "#7b968f", "#5d7a67")):
        points = [(0, VIEW[1])]
        points += [(x, 380 + depth * 110 + chance.randint(-70, 70)) for x in range(0, VIEW[0] + 1, 100)]
        draw.polygon([*points, (VIEW[0], VIEW[1])], fill=colour)
    draw.rectangle((330, 250, 870, 310), fill=RED)
    for number in range(9):
        left, top = 210 + number * 88, 590 + chance.randint(-18, 18)
        draw.ellipse((left, top, left + 56, top + 60), fill="#e3c4a8")
        draw.rounded_rectangle(
            (left - 14, top + 60, left + 70, top + 220), 26, fill=chance.choice((INK, "#4d5f4a", RED))
        )
    return picture
