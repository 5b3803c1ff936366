"""Whether what a reviewer says is about places of the study; an error says which is not."""

from __future__ import annotations

import itertools

from redact.core import DETAIL, LABELS, Place
from redact.errors import UsageError
from redact.review.detail import check_detail
from redact.review.places import PlaceRefused
from redact.review.verdict import Verdict
from redact.study.desk import Desk

_SELECT = "Select the words in the original, then say what they are."


def check_places(desk: Desk, places: tuple[Verdict, ...]) -> None:
    """Raises UsageError unless each is of words of the study, and no two are of the same."""
    length = {t.id: len(t.text) for t in desk.transcripts}
    if not places:
        raise UsageError("nothing is chosen", where="review", remedy=_SELECT)
    for place in places:
        if place.transcript not in length:
            raise not_there()
        if not 0 <= place.start < place.end <= length[place.transcript]:
            at = Place.at(place.transcript, 0, length[place.transcript])
            raise PlaceRefused("what you chose is not in this interview", desk, at, _SELECT)
        if not desk.words_of(place.place).strip():
            raise PlaceRefused("only blanks are chosen, and no word", desk, place.place, _SELECT)
        if place.label not in (None, DETAIL, *LABELS):
            remedy = "Say what it is: a person, a place, an organisation and so on."
            raise PlaceRefused("no kind of name is chosen", desk, place.place, remedy)
        if place.label == DETAIL:
            check_detail(desk, place.place, place.text)
        elif place.text:
            raise PlaceRefused(
                "only a telling detail can be said in other words",
                desk,
                place.place,
                "Say that it tells who it is, or leave the other words empty.",
            )
    ordered = sorted(places, key=lambda p: (p.transcript, p.start))
    for one, other in itertools.pairwise(ordered):
        if one.place.overlaps(other.place):
            raise PlaceRefused(
                "two decisions are about the same words here",
                desk,
                other.place,
                "Leave one of the two out. Nothing was recorded.",
            )


def not_there() -> UsageError:
    """The error of whoever speaks of an interview that the study does not have."""
    return UsageError(
        "this interview is not in the study any more",
        where="review",
        remedy="It may have been withdrawn meanwhile. Nothing was recorded.",
    )
