"""What can be looked at: the corpus, transcripts, who is who, what was missed, what singles out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from redact.core import LABELS, Place
from redact.custody.keyfile import Opener
from redact.detect.lexicon import is_word_too
from redact.errors import UsageError
from redact.page.counts import bars, by_label_and_nation, people_by_organisation, progress_of
from redact.page.guard import Door
from redact.page.missed import missed_words, rare_words, second_look
from redact.page.plain import action_in_words, kind_in_words, left_out_in_words
from redact.page.replies import PageProblem
from redact.page.room import Room
from redact.page.saved import said_of_saving
from redact.page.show import (
    Quote,
    ShownStudy,
    lines_of,
    marks_of,
    quote_of,
    visible,
)
from redact.page.undoable import undoable
from redact.page.who import Everybody
from redact.rendering import environment_of
from redact.review.occurrences import occurrences
from redact.risk.details import single_out

_SHOWN = 200  # rows of a list at once
_PART_OF = {
    "lines.html": "transcript",
    "entity_rows.html": "entities",
}  # what a script asks for is a look at the same page


_WITH_UNDO = (
    "transcript.html",
    "missed.html",
    "details.html",
    "entities.html",
    "to_settle.html",
)  # it quotes the words of the decision that is undone next


class Pages:
    """One method a page; nothing here writes."""

    def __init__(self, room: Room, door: Door) -> None:
        self.room, self.door, self.everybody = room, door, Everybody()
        self.templates = environment_of("redact.page")
        self.templates.filters["visible"] = visible
        self.templates.filters["left_out"] = left_out_in_words
        self.templates.filters["kind"] = kind_in_words
        self.templates.filters["action"] = action_in_words
        self.templates.filters["quote"] = lambda text: quote(text, safe="")

    def show(
        self, template: str, of: Iterable[str], status: int = 200, **given: Any
    ) -> HTMLResponse:
        """A page with words `of` these transcripts on it; `study` is in all but the first.

        They are in the log before the page is answered. Raises RedactError if they cannot be.
        """
        study = given.get("study")
        undo = undoable(study, given.get("doc", "")) if isinstance(study, ShownStudy) else None
        if docs := frozenset(of) | (undo.docs if undo and template in _WITH_UNDO else frozenset()):
            self.room.look(_PART_OF.get(template, template.removesuffix(".html")), docs)
        page, saving = self.templates.get_template(template), self.room.saving
        common = {
            "undo": undo,
            "csrf": self.door.csrf,
            "by": self.room.by,
            "labels": LABELS,
            "root": self.door.root,
            "saving": saving,
            "saved": said_of_saving(saving) if saving else "",
        }
        return HTMLResponse(page.render(**common, **given), status)

    def not_there(self, study: ShownStudy, what: str, remedy: str) -> HTMLResponse:
        """The page of an address that leads to nothing any more."""
        problem = PageProblem(what=what, remedy=remedy)
        more = {"typed": (), "back": "", "path": ""}
        return self.show("message.html", (), 404, study=study, title=what, problem=problem, **more)

    async def form(self, request: Request) -> FormData:
        """What a form of ours says; UsageError for one that came from elsewhere."""
        form = await request.form(max_files=0, max_fields=2000)
        if not self.door.means(request.headers.get("x-csrf") or text_of(form, "csrf")):
            raise UsageError(
                "this form did not come from this page",
                where="review",
                remedy="redact was started anew since it was opened, or another page sent it. Open "
                "the page anew; nothing was recorded now.",
            )
        return form

    async def start(self, request: Request) -> Response:
        if self.door.knows(request):
            return RedirectResponse(f"{self.door.root}{self.door.home}", 303)
        return self.show("start.html", (), study=None, wrong=False)

    def corpus(self, request: Request) -> Response:
        study = self.room.study()
        rows = progress_of(study)
        mine = request.query_params.get("for", "")
        shown = [
            row
            for row in rows
            if mine in ("", study.readers.get(row.doc), study.seconds.get(row.doc))
        ]
        doubt = {row.name: row.doubtful for row in rows if row.doubtful}
        questions = [who for who in self.everybody.of(study) if who.entity.question]
        comments = self.comments(study)
        held = {t.id for t in study.transcripts if t.organisation}  # a chart names these
        return self.show(
            "corpus.html",
            held | _of(quote for _, quote in comments),
            study=study,
            rows=rows,
            shown=shown,
            mine=mine,
            everybody=sorted({*study.readers.values(), *study.seconds.values()}),
            charts=by_label_and_nation(study),
            has_nations=any(row.nation for row in rows),
            doubt=bars(dict(list(doubt.items())[:40])),
            organisations=bars(people_by_organisation(study)),
            questions=questions,
            agreement=self.room.agreement() if study.seconded else None,
            settled=sum(row.settled for row in rows),
            next=next((row for row in shown if not row.settled), None),
            doubtful=sum(row.doubtful for row in rows),
            comments=comments,
        )

    def comments(self, study: ShownStudy, doc: str = "") -> list[tuple[Any, Quote]]:
        known = {transcript.id for transcript in study.transcripts}
        said = [c for c in study.comments if c.doc in known and doc in ("", c.doc)]
        places = tuple(Place.at(c.doc, c.start, c.end) for c in said)
        return list(zip(said, self.quotes(study, places), strict=True))

    async def missed(self, request: Request) -> Response:
        """What is sought travels in the body: an address would stay in the browser's history."""
        form = await self.form(request) if request.method == "POST" else FormData()
        words, later = text_of(form, "q").strip(), comes_later(request)
        return await run_in_threadpool(self._missed, words, later)

    def _missed(self, sought: str, later: bool) -> Response:
        study = self.room.study()
        places: list[Place] = []
        if sought:
            for transcript in study.transcripts:
                spans = occurrences(transcript.text, sought)
                places += [Place(transcript.id, span) for span in spans]
        seen = () if later else second_look(study)
        rows = () if later else missed_words(study, is_word_too)
        rare = () if later else rare_words(study, is_word_too)
        listed = (*seen[:_SHOWN], *rows[:_SHOWN], *rare[:_SHOWN])
        quoted = {row.words: self.quotes(study, row.places[:1]) for row in listed}
        said = self.quotes(study, tuple(places[:_SHOWN]))
        return self.show(
            "missed.html",
            {p.transcript for row in listed for p in row.places} | _of(said),
            study=study,
            quoted=quoted,
            q=sought,
            later=later,
            lists=(
                (
                    "Words that may be names",
                    "look like a name to a second look that works in another way; a "
                    "release asks that few be left",
                    seen[:_SHOWN],
                    len(seen),
                ),
                (
                    "Other words with a capital",
                    "have a capital in the middle of a sentence",
                    rows[:_SHOWN],
                    len(rows),
                ),
                (
                    "Rare words and numbers",
                    "are numbers, or stand in no list of words and are said once or twice",
                    rare[:_SHOWN],
                    len(rare),
                ),
            ),
            said=said,
            hits=len(places),
            replaced=sum(study.is_found(p.transcript, p.start, p.end) for p in places),
        )

    def details(self, request: Request) -> Response:
        """Passages that single somebody out by what they tell, for a motivated intruder."""
        study = self.room.study()
        passages = [
            p
            for p in single_out(study.transcripts, study.detections)
            if not any(p.place.overlaps(left) for left in study.left)
        ]
        shown = passages[:_SHOWN]
        safe = {
            t.id: lines_of(t, marks_of(study, t.id))
            for t in study.transcripts
            if any(p.transcript == t.id for p in shown)
        }
        rows = [
            (
                p,
                self.quotes(study, (p.place,))[0],
                [(h, study.words_of(Place.at(p.transcript, h.start, h.end))) for h in p.hits],
                _as_shown(safe[p.transcript], p.start, p.end),
            )
            for p in shown
        ]
        docs = {p.transcript for p in shown}
        return self.show("details.html", docs, study=study, rows=rows, count=len(passages))

    def second(self, request: Request) -> Response:
        study = self.room.study()
        agreement = self.room.agreement()
        shown = agreement.differences[:_SHOWN]
        quoted = [self.quotes(study, (d.place,))[0] for d in shown]
        return self.show(
            "second.html",
            _of(quoted),
            study=study,
            agreement=agreement,
            differences=list(zip(shown, quoted, strict=True)),
        )

    def quotes(self, study: ShownStudy, places: tuple[Place, ...]) -> list[Quote]:
        """Each place with the words around it."""
        texts = {t.id: t.text for t in study.transcripts}
        return [
            quote_of(texts[place.transcript], place, study.names.get(place.transcript, ""))
            for place in places
        ]


def _of(quotes: Iterable[Quote]) -> set[str]:
    """The transcripts that these quotes are of."""
    return {quote.place.transcript for quote in quotes}


def text_of(form: FormData, name: str) -> str:
    """A field of a form as text; "" if it is not there."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def comes_later(request: Request) -> bool:
    """Whether a script of ours asks for what takes long after it has the page."""
    return request.cookies.get("script") == "on" and request.headers.get("x-part") != "later"


def opener_of(form: FormData, words: str, identity: str) -> Opener | None:
    """What these fields of a form open a key with: words typed, or a file; None for neither."""
    if typed := text_of(form, words).strip():
        return Opener.from_passphrase(typed)
    if named := text_of(form, identity).strip():
        return Opener.from_identity_file(Path(named))
    return None


def number_of(text: str, otherwise: int = 0) -> int:
    """A whole number of few figures, or `otherwise`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _as_shown(lines: tuple[Any, ...], start: int, end: int) -> str:
    """What a reader of the safe text sees of a passage."""
    shown: list[str] = []
    for line in lines:
        for piece in line.pieces:
            low, high = max(start, piece.start), min(end, piece.start + len(piece.text))
            if low >= high:
                continue
            if piece.mark and piece.mark.state != "kept":
                shown.append(piece.mark.safe if piece.start == piece.mark.start else "")
            else:
                shown.append(piece.text[low - piece.start : high - piece.start])
    return "".join(shown)
