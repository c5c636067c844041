"""From facts to bytes: a template, a print style sheet, and a fetcher that reaches our own assets and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

ASSETS = settings.BASE_DIR / "static" / "pdf"


PICTURE = "picture:"


class AssetFetcher(URLFetcher):
    """Lets a paper load files below static/pdf, and the pictures of its own facts as `picture:SHA-256`.

    The network, data addresses and the rest of the disk are refused, and so is every picture that was not given.
    """

    def __init__(self, pictures: Mapping[str, Path] | None = None) -> None:
        super().__init__()
        self.pictures = pictures or {}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith(PICTURE):
            given = self.pictures.get(url.removeprefix(PICTURE))
            if given is None:
                raise FatalURLFetchingError(f"A paper may not load {url}")
            # As a file: WeasyPrint then reads it again where it is printed, and keeps no picture in memory.
            return URLFetcherResponse(given.as_uri(), given.read_bytes(), {"Content-Type": "image/jpeg"})
        if not is_asset(url):
            raise FatalURLFetchingError(f"A paper may not load {url}")
        return super().fetch(url, headers)


def is_asset(url: str) -> bool:
    """Whether this address is a file of ours. Links and `..` are resolved first."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return False
    return Path(url2pathname(parts.path)).resolve().is_relative_to(ASSETS.resolve())


def style_sheet(css: str) -> Path:
    """The print style sheet of this name below static/. Raises ValueError for a name that leads elsewhere."""
    path = (ASSETS.parent / css).resolve()
    if not path.is_relative_to(ASSETS.resolve()):
        raise ValueError(f"{css} is not a print style sheet of ours")
    return path


def render_html(template: str, facts: object, **context: object) -> str:
    """The page a paper is printed from. Every paper of the demonstration carries its watermark."""
    return render_to_string(template, {"facts": facts, "is_demo": settings.HEBI_MODE == "demo", **context})


def render_pdf(
    template: str,
    facts: object,
    *,
    css: str = "pdf/report.css",
    pictures: Mapping[str, Path] | None = None,
    **context: object,
) -> bytes:
    """Print facts with a template: bytes of a PDF with bookmarks. The same facts give the same pages.

    `pictures` are small JPEG files by the SHA-256 their originals have; the page names them `picture:SHA-256`. Raises
    FatalURLFetchingError when the template refers to anything but these and our own assets.
    """
    page = HTML(
        string=render_html(template, facts, **context),
        base_url=f"{ASSETS.as_uri()}/",
        url_fetcher=AssetFetcher(pictures),
    )
    # A path, not a CSS object: an object would drop @font-face without a warning.
    return page.write_pdf(stylesheets=[style_sheet(css)])
