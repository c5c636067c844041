"""How tests ask for the pages of study: addresses, what a form says, what is typed."""

from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image


def address(name: str, *args: object) -> str:
    return reverse(f"partybranch:{name}", args=args)


def photograph(name: str = "心得.jpg", colour: str = "white") -> SimpleUploadedFile:
    """A photograph with a place and a camera in its metadata."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    content = BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def typed(who, **changes) -> dict[str, object]:
    return {
        "form_key": str(uuid4()),
        "person": who.pk,
        "subject": "《中国共产党简史》第一章",
        "starts_on": "2024-3-20",
        "quantity": "1.5",
    } | changes
