"""What it still tells: the verdict for each access, one line a risk, and what would help."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from redact.assess.report import LEVELS, Assessment, assess
from redact.errors import RedactError
from redact.page.making import trouble_of
from redact.page.opened import stamp_of
from redact.page.pages import Pages
from redact.page.release_waits import SHOWN_AFTER
from redact.pipeline import run_stage
from redact.rendering import counted
from redact.study.hold import hold
from redact.study.state import STATE

ACCESS = {
    "open": "Anybody",
    "safeguarded": "Registered users of an archive",
    "controlled": "Researchers whom the archive lets in one by one",
}
OR_THE_TEAM = {**ACCESS, "team": "The own team"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLine:
    """One thing that still tells, why it matters, and the page that helps."""

    head: str
    why: str
    path: str
    button: str


class TellsPage:
    """The page; the figures are counted beside it, and anew when the study changed."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room = pages, pages.room
        self._aside = ThreadPoolExecutor(1, "figures")
        self._asked: tuple[object, Future[Assessment]] | None = None

    def show(self, _: Request) -> Response:
        study, trouble, seen = self.room.study(), None, None
        try:
            seen = self._figures().result(SHOWN_AFTER)
        except TimeoutError:
            pass
        except RedactError as error:
            trouble = trouble_of(error)
        return self.pages.show(
            "tells.html",
            (),
            study=study,
            seen=seen,
            lines=lines_of(seen) if seen else (),
            levels=LEVELS,
            access=ACCESS,
            trouble=trouble,
        )

    def _figures(self) -> Future[Assessment]:
        study = self.room.desk.study
        files = (study.settings, study.policy, study.work / STATE, study.rulings, study.corrections)
        stamps = tuple(map(stamp_of, files))
        if self._asked is None or self._asked[0] != stamps or _failed(self._asked[1]):
            self._asked = (stamps, self._aside.submit(self._count))
        return self._asked[1]

    def _count(self) -> Assessment:
        """As `redact risk` does: of the safe texts with every decision."""

        def counted_now() -> Assessment:
            with hold(self.room.desk.study, self.room.desk.seen):
                self.room.opened.keep(run_stage(self.room.desk, "replace")[0])
                return assess(self.room.desk)

        return self.room.opened.write(counted_now, follows_from_records=True)


def lines_of(seen: Assessment) -> tuple[RiskLine, ...]:
    """What tells, the most pressing first; nothing where nothing was found."""
    lines = []
    if seen.quasi.rows and seen.quasi.columns and seen.unique:
        columns = ", ".join(seen.quasi.columns)
        alone = counted(len(seen.unique), "interview")
        lines.append(
            RiskLine(
                head=f"{alone} of {len(seen.quasi.rows)} can be told apart by {columns}",
                why="Together they fit one interview each in the list that goes out."
                + _smallest(seen),
                path="",
                button="",
            )
        )
    if seen.tells.passages:
        passages = counted(len(seen.tells.passages), "passage singles", "passages single")
        lines.append(
            RiskLine(
                head=f"{passages} somebody out by what is told",
                why="Take the telling words out, say them in other words, or let them stay.",
                path="/details",
                button="Decide on them",
            )
        )
    known = sum(one.fits == 1 for one in seen.tells.organisations)
    if known:
        lines.append(
            RiskLine(
                head=f"{counted(known, 'organisation')} can be told from the others",
                why="By facts that your tables list and the talk still says.",
                path="/details",
                button="Decide on what is told",
            )
        )
    if seen.look.findings:
        words = counted(len(seen.look.findings), "word looks", "words look")
        lines.append(
            RiskLine(
                head=f"{words} like a name in the safe texts",
                why=f"About {seen.look.in_10_000_words:.0f} names in 10,000 words may be left; "
                f"you allowed {seen.most_left:g}.",
                path="/missed",
                button="Look at them",
            )
        )
    return tuple(lines)


def _smallest(seen: Assessment) -> str:
    if seen.suggestion is None or not seen.suggestion.steps:
        return ""
    steps = "; ".join(step.what for step in seen.suggestion.steps)
    return (
        f" The smallest change that is enough for {ACCESS[seen.target].lower()}: {steps}. Write it "
        "into policy.toml of the study, under [release]."
    )


def _failed(asked: Future[Assessment]) -> bool:
    return asked.done() and asked.exception() is not None
