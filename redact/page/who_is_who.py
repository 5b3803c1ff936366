"""Who is who: everybody as the pages list them, sought and decided on; and one with all places."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from redact.core import LABELS
from redact.link.corrections import Act, Correction, Rename, Retype, Undo, can_be_undone, undone
from redact.page.pages import Pages, comes_later, number_of, text_of
from redact.page.plain import action_in_words, kind_in_words
from redact.page.questions import asked_at_the_top
from redact.page.show import ShownStudy
from redact.page.who import may_be_one, sought
from redact.policy import Actions

_SHOWN_OF_OTHERS = 4
_SHOWN = 50  # rows of a list at once
_MOST = 2000  # rows of a list that grew while it was scrolled
_PLACES = 200  # of one of them
_LAST = 12  # corrections that are shown


class WhoIsWho:
    """The list of everybody, and the page of one of them; nothing is decided here."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room = pages, pages.room

    async def show(self, request: Request) -> Response:
        """The list. Words that are sought travel in the body: an address stays in the history."""
        form = await self.pages.form(request) if request.method == "POST" else FormData()
        asked = {**request.query_params, **{name: text_of(form, name) for name in form}}
        part = request.headers.get("x-part") == "rows"
        return await run_in_threadpool(self._show, asked, part, comes_later(request))

    def _show(self, asked: dict[str, str], part: bool, later: bool) -> Response:
        study, label = self.room.study(), asked.get("label", "")
        label = label if label in LABELS else ""
        words = asked.get("q", "").strip()
        rows = self.pages.everybody.of(study)
        if label:
            rows = tuple(who for who in rows if who.entity.label == label)
        if words:
            rows = sought(rows, words)
        first = number_of(asked.get("from", "0"))
        upto = min(number_of(asked.get("to", "0")), _MOST) if part else 0
        shown = rows[first : max(first + _SHOWN, upto)]
        is_top = not (label or first or words or part)
        later = later and is_top and not self.room.is_asking
        is_asked = is_top and not later
        questions = asked_at_the_top(self.room, study, self.pages.quotes) if is_asked else ()
        return self.pages.show(
            "entity_rows.html" if part else "entities.html",
            {p.transcript for who in shown for p in who.places}
            | {doc for one in questions for doc in one.docs},
            study=study,
            asked=questions,
            later=later,
            rows=shown,
            quoted={who.entity.id: self.pages.quotes(study, who.places[:2]) for who in shown},
            label=label,
            q=words,
            first=first,
            more=len(rows) > first + _SHOWN,
            step=_SHOWN,
            count=len(rows),
            last=_last(study),
            actions=_actions(label),
            said_of=_said_of,
        )

    def one(self, request: Request) -> Response:
        """One entity with all its places, beside those it may be one with."""
        study = self.room.study()
        entity = study.entities.get(request.path_params["entity"])
        if entity is None:
            remedy = "It was joined with another, or parted. Look for the name in Who is who."
            return self.pages.not_there(study, "this one is not there any more", remedy)
        who = next(one for one in self.pages.everybody.of(study) if one.entity.id == entity.id)
        near = [
            (one, self.pages.quotes(study, one.places[:_SHOWN_OF_OTHERS]))
            for one in may_be_one(self.pages.everybody.of(study), entity)
        ]
        places = who.places[:_PLACES]
        quoted = self.pages.quotes(study, places)
        return self.pages.show(
            "who.html",
            {p.transcript for one in (who, *(other for other, _ in near)) for p in one.places},
            study=study,
            who=who,
            near=near,
            places=quoted,
            actions=_actions(entity.label),
        )


def _last(study: ShownStudy) -> list[tuple[int, Correction, bool, bool]]:
    """The newest corrections: number, what it is, whether it is undone, and whether it can be."""
    gone = undone(study.corrections)
    numbered = list(enumerate(study.corrections, start=1))
    newest = [(n, row) for n, row in reversed(numbered) if not isinstance(row, Undo)][:_LAST]
    return [(n, row, n in gone, can_be_undone(study.corrections, n)) for n, row in newest]


def _actions(label: str) -> tuple[str, ...]:
    """What can become of entities of this label, or of any where none is chosen."""
    if label in LABELS:
        return Actions.possible(label)
    return tuple(dict.fromkeys(a for one in LABELS for a in Actions.possible(one)))


def _said_of(correction: Correction) -> str | None:
    """What the correction gives, in words; None for those that give nothing."""
    match correction:
        case Rename(pseudonym=given):
            return given
        case Retype(label=label):
            return kind_in_words(label)
        case Act(action=action):
            return action_in_words(action)
    return None
