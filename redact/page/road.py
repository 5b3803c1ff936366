"""The addresses of the road in an open study, beside those of the review."""

from __future__ import annotations

from starlette.routing import Route

from redact.custody.keyfile import Opener
from redact.page.describing import DescribePages
from redact.page.home import HomePage
from redact.page.pages import Pages


def road_of(pages: Pages, opener: Opener | None) -> list[Route]:
    """Home, checks, release, keep safe; `opener` is what opened the study."""
    home, describe = HomePage(pages), DescribePages(pages)
    return [
        Route("/tasks", home.show),
        Route("/progress", home.moved),
        Route("/describe", describe.answers),
        Route("/describe/{field}", describe.question),
        Route("/describe/{field}", describe.answer, methods=["POST"]),
    ]
