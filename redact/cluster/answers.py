"""A worker's answer, held against the text that it is about before anything is done with it."""

from __future__ import annotations

from redact.cluster.messages import REPLY, LookReply, unpacked
from redact.core import Place, Transcript
from redact.detect.detector import failed
from redact.detect.evidence import Look
from redact.errors import RedactError


def look_of(reply: str, asked: Transcript) -> Look:
    """The look of a reader's line; RedactError if it is none of this transcript."""
    try:
        said: LookReply = unpacked(REPLY, reply.encode("ascii"))
    except (ValueError, RecursionError):
        raise _no_look(asked) from None
    if said.failed:
        raise failed(asked.id, said.failed)
    if said.look is None or not _is_of(said.look, asked):
        raise _no_look(asked)
    return said.look


def _is_of(look: Look, asked: Transcript) -> bool:
    """Whether every place that it names is one of this text."""
    places: list[Place] = [one.place for one in (*look.mentions, *look.kept)]
    end = len(asked.text)
    return all(
        place.transcript == asked.id and place.start < place.end <= end for place in places
    ) and all(0 <= at < end for words in (look.likely, look.kinds) for at in words)


def _no_look(asked: Transcript) -> RedactError:
    return RedactError(
        "what a worker of the cluster answered about this transcript is no look at it",
        where=asked.id,
        remedy="Begin its workers anew and run the same command again, or run it without "
        "--cluster: what was done is kept",
    )
