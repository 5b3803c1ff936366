"""Questions about who is who at the top of its page: both sides in their words, three buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from redact.core import Place
from redact.errors import UsageError
from redact.link.questions import MayBe, Side, WhoQuestion
from redact.page.replies import to_page
from redact.page.room import Room
from redact.page.show import Quote, ShownStudy
from redact.review.ask import Replied, Reply

if TYPE_CHECKING:
    from redact.page.pages import Pages

_AT_ONCE = 10  # questions
_PRESS = (
    "Tick those who are the same, or choose one by the pseudonym; or press “Somebody else” "
    "or “I cannot tell”. Nothing was recorded."
)

Quoting = Callable[[ShownStudy, tuple[Place, ...]], list[Quote]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSide:
    """A side of a question as the page shows it; `may_be` says why it stands beside another."""

    side: Side
    safe: str
    quote: Quote
    may_be: MayBe | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question with its sides, the one who is asked about first."""

    question: WhoQuestion
    who: AskedSide
    others: tuple[AskedSide, ...]

    @property
    def docs(self) -> frozenset[str]:
        """The transcripts whose words it shows."""
        return frozenset(one.side.example.transcript for one in (self.who, *self.others))


def asked_at_the_top(room: Room, study: ShownStudy, quotes: Quoting) -> tuple[AskedQuestion, ...]:
    """The first questions that nobody has answered."""

    def shown(side: Side, may_be: MayBe | None = None) -> AskedSide:
        decision = study.decisions.get(side.entity)
        safe = (decision.text or decision.pseudonym) if decision else "[new]"
        return AskedSide(
            side=side, safe=safe, quote=quotes(study, (side.example,))[0], may_be=may_be
        )

    return tuple(
        AskedQuestion(
            question=one,
            who=shown(one.who),
            others=tuple(shown(other.side, other) for other in one.others),
        )
        for one in room.questions(_AT_ONCE)
    )


class QuestionsPage:
    """The answer to one question; the list itself stands at the top of Who is who."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root

    async def answer(self, request: Request) -> Response:
        form = await self.pages.form(request)
        said = str(form.get("do", ""))
        reply = next((one for one in Reply if one == said), None)
        numbers = [str(one) for one in form.getlist("same")]
        if reply is None or not all(one.isdecimal() for one in numbers):
            raise UsageError("none of the answers was chosen", where="This question", remedy=_PRESS)
        other = str(form.get("other", "")).strip()
        told = Replied(
            id=str(form.get("id", "")),
            reply=reply,
            numbers=tuple(map(int, numbers)) if reply is Reply.SAME else (),
            pseudonyms=(other,) if other and reply is Reply.SAME else (),
        )
        await run_in_threadpool(self._tell, told)
        return to_page(request, f"{self.root}/entities#questions")

    def _tell(self, told: Replied) -> None:
        try:
            self.room.tell(told)
        except UsageError as error:  # its remedy is for a terminal
            if not any(one.id == told.id for one in self.room.questions()):
                raise UsageError(
                    "this question was answered meanwhile",
                    where="review",
                    remedy="The list has what is asked now. Nothing was recorded.",
                ) from None
            raise UsageError(error.what, where="This question", remedy=_PRESS) from None
