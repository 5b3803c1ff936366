"""The addresses of the road in an open study, beside those of the review."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import Route

from redact.custody.keyfile import Opener
from redact.page.approving import ApprovalPage
from redact.page.describing import DescribePages
from redact.page.home import HomePage
from redact.page.incidents import IncidentPages
from redact.page.keeping import KeepPages
from redact.page.key_pages import KeyPages
from redact.page.other_columns import ColumnsPage
from redact.page.pages import Pages
from redact.page.papers import PapersPage
from redact.page.registering import RegisterPage
from redact.page.releasing import ReleasePages
from redact.page.telling import TellsPage
from redact.page.two_people import TwoPeoplePage


def road_of(pages: Pages, opener: Opener | None, leave: Callable[[], None] | None) -> list[Route]:
    """Home, checks, release, keep safe; `opener` is what opened the study, `leave` leaves it."""
    home, describe = HomePage(pages), DescribePages(pages)
    papers, columns = PapersPage(pages), ColumnsPage(pages, opener, leave)
    register, incident = RegisterPage(pages), IncidentPages(pages)
    approval = ApprovalPage(pages)
    key = KeyPages(pages, opener)
    two, tells = TwoPeoplePage(pages, opener), TellsPage(pages)
    release, keep = ReleasePages(pages, opener), KeepPages(pages, opener)
    return [
        Route("/tasks", home.show),
        Route("/progress", home.moved),
        Route("/columns", columns.show),
        Route("/columns", columns.say, methods=["POST"]),
        Route("/describe", describe.answers),
        Route("/describe/{field}", describe.question),
        Route("/describe/{field}", describe.answer, methods=["POST"]),
        Route("/papers", papers.show),
        Route("/papers", papers.say, methods=["POST"]),
        Route("/tells", tells.show),
        Route("/tells", tells.change, methods=["POST"]),
        Route("/before", release.before),
        Route("/approve", approval.show),
        Route("/approve", approval.record, methods=["POST"]),
        Route("/release", release.make, methods=["POST"]),
        Route("/two-people", two.show),
        Route("/two-people", two.say, methods=["POST"]),
        Route("/register", register.show),
        Route("/register.csv", register.table),
        Route("/given", register.to_register),
        Route("/given", register.give, methods=["POST"]),
        Route("/ended", register.end, methods=["POST"]),
        Route("/incident", incident.all),
        Route("/incident", incident.open, methods=["POST"]),
        Route("/incident/{number}", incident.one),
        Route("/incident/{number}", incident.do, methods=["POST"]),
        Route("/incident/{number}/notice.txt", incident.text),
        Route("/withdraw", release.leaving),
        Route("/withdraw", release.leave, methods=["POST"]),
        Route("/keep", keep.show),
        Route("/keep", keep.do, methods=["POST"]),
        Route("/rotate", key.rotation),
        Route("/rotate", key.rotate, methods=["POST"]),
        Route("/split", key.shares),
        Route("/split", key.split, methods=["POST"]),
        Route("/destroy", key.end),
        Route("/destroy", key.destroy, methods=["POST"]),
    ]
