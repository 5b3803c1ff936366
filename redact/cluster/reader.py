"""The process of a worker that reads: no network, no memory image, and nothing kept when it ends.

It is told one text at a time and gives offsets, labels and scores back. It ends with its worker,
when the run is over, and by itself when nobody has asked it for a minute: with the process all goes
that its caches hold of what it read.
"""

from __future__ import annotations

import os
import resource
import select
import sys
from collections.abc import Iterator

from redact.cluster.messages import QUESTION, REPLY, LookQuestion, LookReply, packed, unpacked
from redact.cluster.sameness import facts_here
from redact.detect.detector import look
from redact.errors import RedactError
from redact.offline import refuse_network

IDLE = 60.0  # seconds
_AT_ONCE = 1 << 16


def main() -> None:
    """Answers each line of standard input until it ends or nobody asks."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    refuse_network()
    for line in _lines(sys.stdin.fileno()):
        sys.stdout.buffer.write(packed(REPLY, _answer(unpacked(QUESTION, line))))
        sys.stdout.buffer.flush()


def _answer(question: LookQuestion) -> LookReply:
    try:
        if question.asked is None:
            return LookReply(facts=facts_here(question.policy))
        return LookReply(look=look(question.policy, question.asked))
    except RedactError as error:  # of a model that is not there: no word of a transcript
        return LookReply(failed=error.line())
    except Exception as error:  # noqa: BLE001 its message may hold the transcript's words
        return LookReply(failed=type(error).__name__)


def _lines(source: int) -> Iterator[bytes]:
    held = bytearray()
    while select.select([source], [], [], IDLE)[0]:
        piece = os.read(source, _AT_ONCE)
        if not piece:
            return
        held += piece
        while (end := held.find(b"\n")) >= 0:
            line = bytes(held[: end + 1])
            del held[: end + 1]
            yield line


if __name__ == "__main__":
    main()
