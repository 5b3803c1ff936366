"""What a worker answers is taken for a look only where it is one of the text that was asked."""

from __future__ import annotations

import pytest

from redact.cluster.answers import look_of
from redact.cluster.messages import REPLY, LookReply, packed
from redact.core import Kept, Mention, Place, Source
from redact.detect.evidence import Look
from redact.errors import RedactError
from redact.transcript.assemble import make_transcript

ASKED = make_transcript("talk.txt", "P01: Aye, so we went down to the hall.\n")


def named(place: Place) -> Mention:
    return Mention(place=place, label="PERSON", score=0.5, sources=(Source.CORPUS,))


def reply(*, mention: Place | None = None, kept: Place | None = None, word: int = 0) -> str:
    """The answer that names these places, and beside them nothing but a word."""
    mentions = [named(mention)] if mention else []
    left = [Kept(kept, "ordinary_word")] if kept else []
    look = Look(mentions=tuple(mentions), kept=tuple(left), likely={word: 0.5}, modelled=True)
    return packed(REPLY, LookReply(look=look)).decode("ascii")


def test_a_look_up_to_the_last_letter_is_taken() -> None:
    end = len(ASKED.text)
    place = Place.at("talk.txt", end - 1, end)
    look = look_of(reply(mention=place, kept=place, word=end - 1), ASKED)
    assert [one.place for one in (*look.mentions, *look.kept)] == [place, place]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "no JSON",
        '{"look": {"mentions": 1}}',
        "[" * 100_000,
        "{}",
        reply(mention=Place.at("talk.txt", 5, len(ASKED.text) + 1)),
        reply(mention=Place.at("other.txt", 5, 8)),
        reply(kept=Place.at("talk.txt", 5, 5)),
        reply(word=len(ASKED.text)),
        reply(word=-1),
    ],
    ids=range(10),
)
def test_another_answer_is_told_as_the_workers_with_the_document(said: str) -> None:
    with pytest.raises(RedactError, match="a worker of the cluster answered") as error:
        look_of(said, ASKED)
    assert error.value.where == "talk.txt"
    assert "--cluster" in error.value.remedy


def test_an_error_of_the_reader_is_told_as_one() -> None:
    with pytest.raises(RedactError, match=r"talk\.txt: .* could not be analysed \(KeyError\)"):
        look_of(packed(REPLY, LookReply(failed="KeyError")).decode("ascii"), ASKED)
