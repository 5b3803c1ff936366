"""What it still tells: the verdict for each access, one line a risk, and what would help."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.assess.report import LEVELS, Assessment, assess
from redact.errors import RedactError, StudyChanged, UsageError
from redact.page.making import Trouble, trouble_of
from redact.page.opened import stamp_of
from redact.page.pages import Pages, text_of
from redact.page.release_waits import SHOWN_AFTER
from redact.page.saying_less import saying_less, steps_in_words, take_policy
from redact.pipeline import run_stage
from redact.policy import policy_digest
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
        self._before: bytes | None = None  # the policy before less was said, while the page is open

    def show(self, _: Request) -> Response:
        return self._show(None)

    def _show(self, trouble: Trouble | None) -> Response:
        study, seen, status = self.room.study(), None, 400 if trouble else 200
        try:
            seen = self._figures().result(SHOWN_AFTER)
        except TimeoutError:
            pass
        except RedactError as error:
            trouble = trouble or trouble_of(error)
        return self.pages.show(
            "tells.html",
            (),
            status,
            study=study,
            seen=seen,
            lines=lines_of(seen) if seen else (),
            levels=LEVELS,
            access=ACCESS,
            less=smallest.steps if (smallest := seen.suggestion if seen else None) else (),
            less_in_words=steps_in_words(smallest.steps) if smallest else "",
            can_undo=self._before is not None,
            approval=self.room.desk.policy.governance.approval == "required",
            digest=policy_digest(self.room.desk.policy_data),
            trouble=trouble,
        )

    async def change(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._change, text_of(form, "do"), text_of(form, "seen"))

    def _change(self, do: str, seen: str) -> Response:
        """Says less in the list as it was proposed, or takes that back while the page is open."""
        desk = self.room.desk
        try:
            if seen != policy_digest(desk.policy_data):
                raise StudyChanged(
                    "the policy is another than the one that was shown",
                    remedy="It is shown as it is now. Nothing was changed.",
                )
            if do == "undo" and self._before is not None:
                take_policy(self.room.opened, self._before)
                self._before = None
            elif do == "less":
                smallest = self._figures().result().suggestion
                if smallest is None or not smallest.steps:
                    raise UsageError(
                        "there is no such change", where="the list", remedy="It is enough as it is."
                    )
                take_policy(self.room.opened, saying_less(desk, smallest.steps))
                self._before = desk.policy_data
        except RedactError as error:
            return self._show(trouble_of(error))
        return RedirectResponse(f"{self.pages.door.root}/tells", 303)

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
                why="Together they fit one interview each in the list that goes out.",
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


def _failed(asked: Future[Assessment]) -> bool:
    return asked.done() and asked.exception() is not None
