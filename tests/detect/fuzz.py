"""A mutation fuzzer for the chain: any text is read, detected, linked and replaced, or refused.

    python -m tests.detect.fuzz 500

Wrong is an error that nobody foresaw, a mention outside its text, and a safe text that still holds
what was said to be replaced at the same place.
"""

from __future__ import annotations

import random
import sys
import time

from redact import pseudonymise
from redact.errors import RedactError
from redact.library import Pseudonymised
from tests.conftest import SAMPLES
from tests.faults.attacks import mutated

LINES = 12  # of a sample: enough for names to be said again
STRANGE = (
    "(",
    "a-",
    "@",
    "e\u0301",
    "\u200b",
    "&amp;",
    "%41",
    "[Person 1] ",
    "@@Isla##",
    "\r\n",
    "1/",
)


def texts(count: int, seed: int) -> list[str]:
    """Pieces of the samples with bytes changed, and runs of what is rarely typed put in."""
    draw = random.Random(seed)
    samples = [path.read_text("utf-8") for path in sorted((SAMPLES / "transcripts").glob("*.txt"))]
    made = []
    for _ in range(count):
        lines = draw.choice(samples).splitlines(keepends=True)
        first = draw.randrange(max(1, len(lines) - LINES))
        piece = "".join(lines[first : first + LINES])
        text = mutated(piece.encode(), draw).decode("utf-8", "replace")
        if draw.random() < 0.5:
            at = draw.randrange(len(text) + 1)
            text = text[:at] + draw.choice(STRANGE) * draw.randrange(1, 200) + text[at:]
        made.append(text)
    return made


def what_is_wrong(text: str) -> str:
    """What went wrong with a text; nothing where all is well."""
    try:
        made = pseudonymise(text, secret=b"the secret of a fuzzer, 32 bytes")
    except RedactError as refused:
        return "" if "could not be analysed" not in refused.what else refused.what
    except Exception as error:  # noqa: BLE001 that is what is looked for
        return type(error).__name__
    return _out_of_place(text, made)


def _out_of_place(text: str, made: Pseudonymised) -> str:
    if any(not 0 <= one.start < one.end <= len(text) for one in made.mentions):
        return "a mention outside its text"
    (safe,) = made.safe
    at = last = 0
    rebuilt = ""
    for one in safe.replacements:
        rebuilt += safe.text[at : one.safe_start] + text[one.start : one.end]
        at, last = one.safe_end, one.end
    return "" if rebuilt + safe.text[at:] == text and last <= len(text) else "it cannot be undone"


def fuzz(count: int, seed: int = 27) -> tuple[int, str]:
    """How many of so many texts went wrong, and what the first did."""
    wrong = [said for text in texts(count, seed) if (said := what_is_wrong(text))]
    return len(wrong), wrong[0] if wrong else ""


def main() -> None:
    count = int(sys.argv[1])
    started = time.monotonic()
    wrong, first = fuzz(count)
    took = time.monotonic() - started
    print("| what | cases | went wrong | | seconds |\n|---|---:|---:|---|---:|")
    print(f"| mutated transcripts through the chain | {count:,} | {wrong} | {first} | {took:.0f} |")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
