"""A transcript to be read: original and safe text, turn by turn, and the place that is asked."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from redact.core import DETAIL, Span
from redact.page.edges import moved_edges
from redact.page.pages import Pages, number_of
from redact.page.show import Mark, lines_of, marks_of, with_times


class ReadingPage:
    """The page of one transcript, and some of its turns anew; nothing is decided here."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room = pages, pages.room

    def show(self, request: Request) -> Response:
        study, doc = self.room.study(), request.path_params["doc"]
        transcript = study.transcript(doc)
        if transcript is None:
            remedy = "It may have been withdrawn meanwhile. *Interviews* has those that there are."
            return self.pages.not_there(study, "there is no such interview", remedy)
        marks = with_times(marks_of(study, doc), transcript)
        at = number_of(request.query_params.get("at", "-1"), -1)
        chosen = next((m for m in marks if m.start == at), None) or _first(marks)
        place = _place(request, chosen)
        return self.pages.show(
            "transcript.html",
            (doc,),
            study=study,
            doc=doc,
            transcript=transcript,
            marks=marks,
            lines=lines_of(transcript, marks),
            chosen=chosen,
            name=study.names[doc],
            following=_following(marks, chosen),
            before=_before(marks, chosen),
            doubtful=sum(m.state == "doubtful" for m in marks),
            settled=doc in study.settled,
            place=place,
            moved=() if place is None else moved_edges(transcript.text, place),
            words="" if place is None else transcript.text[place.start : place.end],
            comments=self.pages.comments(study, doc),
            detail=DETAIL,
            recording=doc in self.room.recordings,
        )

    def lines(self, request: Request) -> Response:
        """Some turns of a transcript as they are now, for the script."""
        study, doc = self.room.study(), request.path_params["doc"]
        transcript = study.transcript(doc)
        wanted = {number_of(n, -1) for n in request.query_params.get("n", "").split(",")}
        marks = with_times(marks_of(study, doc), transcript) if transcript else ()
        lines = lines_of(transcript, marks) if transcript else ()
        return self.pages.show(
            "lines.html",
            (doc,) if transcript else (),
            study=study,
            doc=doc,
            chosen=None,
            lines=[line for line in lines if line.number in wanted],
        )


def _place(request: Request, chosen: Mark | None) -> Span | None:
    """The stretch of the chosen mark, or the longer or shorter one that the address has for it."""
    if chosen is None:
        return None
    start, end = (number_of(request.query_params.get(name, ""), -1) for name in ("from", "to"))
    touches = 0 <= start < end and start < chosen.end and chosen.start < end
    return Span(start, end) if touches else Span(chosen.start, chosen.end)


def _first(marks: tuple[Mark, ...]) -> Mark | None:
    return next((m for m in marks if m.state == "doubtful"), marks[0] if marks else None)


def _following(marks: tuple[Mark, ...], chosen: Mark | None) -> Mark | None:
    """The next doubtful mark after the chosen one, or from the top."""
    doubtful = [m for m in marks if m.state == "doubtful" and m is not chosen]
    after = [m for m in doubtful if chosen is not None and m.start > chosen.start]
    return next(iter(after or doubtful), None)


def _before(marks: tuple[Mark, ...], chosen: Mark | None) -> Mark | None:
    return next((m for m in reversed(marks) if chosen is not None and m.start < chosen.start), None)
