"""The checks of a release in a person's words: what each asks, why, and where it is settled."""

from __future__ import annotations

from dataclasses import dataclass

from redact.release.findings import Gate, GateResult
from redact.release.open_forms import Waiting
from redact.rendering import counted

_SHOWN = 6  # findings of one check


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWords:
    """What a check is called where it passed, why it is asked, and the page that settles it."""

    passed: str
    why: str
    path: str
    button: str


def _words(passed: str, why: str, path: str = "", button: str = "") -> CheckWords:
    return CheckWords(passed=passed, why=why, path=path, button=button)


_TOLD = {
    Gate.REVIEW: _words(
        "A person has read every transcript",
        "No program finds every name: a person's word on each is wanted.",
        "/",
        "Read the next one",
    ),
    Gate.NO_ORIGINAL: _words(
        "No real name is readable in a safe file",
        "A person's name that is hidden elsewhere is still readable here.",
        "/open",
        "Decide on the words",
    ),
    Gate.SECOND_LOOK: _words(
        "Few words look like a name to a second look",
        "Another, differently built look takes more words for names than you allowed.",
        "/open",
        "Decide on the words",
    ),
    Gate.ROUND_TRIP: _words(
        "The originals come back, byte for byte",
        "A safe file does not lead back to its original.",
        "/keep",
        "See what is wrong",
    ),
    Gate.NO_KEY_OR_SOURCE: _words(
        "No key and no original is in the folder",
        "Something that opens the real names would go out.",
    ),
    Gate.HIDDEN_PLACES: _words(
        "Nothing is hidden in the files",
        "A safe file holds something that nobody read: a comment, a property, a picture.",
    ),
    Gate.PAPERS: _words(
        "Papers name nobody but those who made the study",
        "A paper that goes out names a person.",
        "/open",
        "Decide on the words",
    ),
    Gate.SURROGATES: _words(
        "No other name is somebody's real one",
        "A name that was invented is a real person's, place's or organisation's.",
        "/entities",
        "Choose another name",
    ),
    Gate.LOG_AND_KEY: _words(
        "The log is unbroken, and the key fits it",
        "The log or the key is not as it was written.",
        "/keep",
        "See what is wrong",
    ),
    Gate.SMALL_COUNTS: _words(
        "Interviews cannot be told apart",
        "What the list of interviews and the talk still tell fits too few people.",
        "/tells",
        "See what would help",
    ),
    Gate.BAG: _words("The folder is whole", "The folder is not as it was made."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCheck:
    """A check that refuses: its head with a number, why, places in it, the remedy, and the way."""

    head: str
    why: str
    places: tuple[str, ...]
    more: int
    remedy: str
    path: str
    button: str


def open_checks(waits: Waiting) -> tuple[OpenCheck, ...]:
    """What is open, the nearest to a person first: reading, words, and then all else."""
    checks = []
    if waits.unread:
        checks.append(
            _check(
                Gate.REVIEW,
                f"{counted(len(waits.unread), 'interview has', 'interviews have')} not been read",
            )
        )
    if waits.forms:
        head = f"{counted(len(waits.forms), 'word', 'words')} may be names"
        why = f"{_TOLD[Gate.SECOND_LOOK].why} {waits.look}." if waits.look else ""
        checks.append(_check(Gate.NO_ORIGINAL, head, why))
    checks += [_of(one) for one in waits.others]
    return tuple(checks)


def passed_checks(waits: Waiting) -> tuple[str, ...]:
    """What was asked and is in order."""
    return tuple(_TOLD[one.gate].passed for one in waits.gates if one.passed)


def _of(result: GateResult) -> OpenCheck:
    said = [one.sentence() for one in result.findings]
    return OpenCheck(
        head=f"Not in order: {_lower(_TOLD[result.gate].passed)}",
        why=_TOLD[result.gate].why,
        places=tuple(said[:_SHOWN]),
        more=max(0, len(said) - _SHOWN),
        remedy=result.remedy,
        path=_TOLD[result.gate].path,
        button=_TOLD[result.gate].button,
    )


def _check(gate: Gate, head: str, why: str = "") -> OpenCheck:
    told = _TOLD[gate]
    return OpenCheck(
        head=head,
        why=why or told.why,
        places=(),
        more=0,
        remedy="",
        path=told.path,
        button=told.button,
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
