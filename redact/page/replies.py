"""What a form is answered: the next page, or what is amiss, in words for a person or a script."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from redact.study.rulings import Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class PageProblem:
    """An error in a steward's words; `at` and `href` are the line it is about, "" where none is."""

    what: str
    remedy: str
    at: str = field(default="", repr=False)
    href: str = ""
    newer: tuple[Ruling, ...] = ()

    @property
    def line(self) -> str:
        """All of it in one paragraph."""
        what = self.what[:1].upper() + self.what[1:]
        return f"{self.at}: {self.what}. {self.remedy}" if self.at else f"{what}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A field of a form that was refused, as it was filled in; one that was typed has a label."""

    name: str
    value: str = field(repr=False)
    label: str = ""


def wants_json(request: Request) -> bool:
    """Whether a script of ours asks, which says the answer where it was asked for."""
    return "application/json" in request.headers.get("accept", "")


def to_page(request: Request, path: str) -> Response:
    """To this page; a script is told where it is, and goes there itself."""
    return JSONResponse({"to": path}) if wants_json(request) else RedirectResponse(path, 303)
