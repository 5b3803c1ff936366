"""The checks of a release in a person's words: what each asks, why, and where it is settled."""

from __future__ import annotations

from dataclasses import dataclass

from redact.release.findings import Gate, GateResult
from redact.release.open_forms import Waiting
from redact.release.profiles import Item, ItemKind
from redact.rendering import counted

_SHOWN = 6  # findings of one check


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWords:
    """What a check is called where it passed, why it is asked, and the page that settles it.

    `remedy` says what to do where the page alone does not; `does` is set where the button does it.
    """

    passed: str
    why: str
    path: str = ""
    button: str = ""
    remedy: str = ""
    does: bool = False


_AGAIN = "Move the safe file out of the folder `safe` of the study first: it is made again."
_TOLD = {
    Gate.CONSENT: CheckWords(
        passed="Whoever is in it agreed to that",
        why="What participants agreed to, or who is spoken of at length, must be looked at first.",
        path="/",
        button="See the interviews",
        remedy="Mark what is said of them at length as a detail in that interview. That it may "
        "stay is said at the terminal: see consent in the guide. Where nobody agreed to this "
        "access, change the access in the description, or the table of interviews.",
    ),
    Gate.REVIEW: CheckWords(
        passed="A person has read every transcript",
        why="No program finds every name: a person's word on each is wanted.",
        path="/",
        button="Read the next one",
    ),
    Gate.NO_ORIGINAL: CheckWords(
        passed="No real name is readable in a safe file",
        why="A person's name that is hidden elsewhere is still readable here.",
        path="/open",
        button="Decide on the words",
    ),
    Gate.SECOND_LOOK: CheckWords(
        passed="Few words look like a name to a second look",
        why="Another, differently built look takes more words for names than you allowed.",
        path="/open",
        button="Decide on the words",
    ),
    Gate.ROUND_TRIP: CheckWords(
        passed="The originals come back, byte for byte",
        why="A safe file does not lead back to its original.",
        path="/apply",
        button="Make it again",
        remedy=_AGAIN,
        does=True,
    ),
    Gate.NO_KEY_OR_SOURCE: CheckWords(
        passed="No key and no original is in the folder",
        why="Something that opens the real names would go out.",
        path="/",
        button="See the interviews",
        remedy="An original goes out where nothing was found in it: read that interview. A key "
        "stands in a paper or a transcript: take it out of the paper, or mark it as a detail.",
    ),
    Gate.HIDDEN_PLACES: CheckWords(
        passed="Nothing is hidden in the files",
        why="A safe file holds something that nobody read: a comment, a property, a picture.",
        path="/apply",
        button="Make it again",
        remedy=_AGAIN,
        does=True,
    ),
    Gate.PAPERS: CheckWords(
        passed="Papers name nobody but those who made the study",
        why="A paper that goes out names a person.",
        path="/open",
        button="Decide on the words",
        remedy="Or say who made the study, or whom to ask, in its description.",
    ),
    Gate.SURROGATES: CheckWords(
        passed="No other name is somebody's real one",
        why="A name that was invented is a real person's, place's or organisation's.",
        path="/entities",
        button="Choose another name",
    ),
    Gate.LOG_AND_KEY: CheckWords(
        passed="The log is unbroken, and the key fits it",
        why="The log or the key is not as it was written.",
        path="/keep#check",
        button="See what is wrong",
        remedy="Put the folders audit, linkage and custody back from your backup, all of one day.",
    ),
    Gate.SMALL_COUNTS: CheckWords(
        passed="Interviews cannot be told apart",
        why="What the list of interviews and the talk still tell fits too few people.",
        path="/tells",
        button="See what would help",
    ),
    Gate.BAG: CheckWords(
        passed="The folder is whole",
        why="The folder is not as it was made.",
        remedy="Nothing of the study is wrong: look whether the disk is full, and try again.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCheck:
    """A check that refuses: its head with a number, why, places in it, the remedy, and the way.

    `does` is set where its button does something, and leads to no page.
    """

    head: str
    why: str
    places: tuple[str, ...] = ()
    more: int = 0
    remedy: str = ""
    path: str = ""
    button: str = ""
    does: bool = False


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
    checks += map(open_check, waits.others)
    return tuple(checks)


def passed_checks(waits: Waiting) -> tuple[str, ...]:
    """What was asked and is in order; and what participants set as a condition, to be read."""
    passed = [_passed(one, waits) for one in waits.gates if one.passed]
    conditions = [
        f"{waits.own_names.get(one.safe_name, one.safe_name)} goes out under a condition that your "
        f"table has: {one.words}"
        for one in waits.conditions
    ]
    return (*passed, *conditions)


def _passed(result: GateResult, waits: Waiting) -> str:
    """Of consent also who is left out, by the steward's own names."""
    said = _TOLD[result.gate].passed
    if result.gate != Gate.CONSENT or not waits.left_out:
        return said
    names = ", ".join(
        f"{waits.own_names.get(one.safe_name, one.safe_name)} ({one.level})"
        for one in waits.left_out
    )
    return f"{said}. Left out: {names}"


def wanted_check(item: Item, title: str) -> OpenCheck:
    """A line of an archive's list that is not there yet, with the page on which it is given."""
    path, button = _GIVEN_ON[item.kind]
    if item.kind is ItemKind.ANSWER and item.field:
        path = f"{path}/{item.field}"
    what = item.what[:1].upper() + item.what[1:]
    return OpenCheck(
        head=what, why=f"{title} asks for it.", remedy=item.remedy, path=path, button=button
    )


_GIVEN_ON = {
    ItemKind.ANSWER: ("/describe", "Answer"),
    ItemKind.PAPER: ("/papers", "Add it"),
    ItemKind.LIST: ("/sources", "See what was read"),
    ItemKind.READING: ("/", "Read the next one"),
    ItemKind.CONSENT: ("/sources", "See what was read"),
    ItemKind.RISK: ("/tells", "See what would help"),
}


def open_check(result: GateResult) -> OpenCheck:
    """A gate that refuses, in a person's words."""
    said = [one.sentence() for one in result.findings]
    told = _TOLD[result.gate]
    return OpenCheck(
        head=f"Not in order: {_lower(told.passed)}",
        why=told.why,
        places=tuple(said[:_SHOWN]),
        more=max(0, len(said) - _SHOWN),
        remedy=told.remedy,
        path=told.path,
        button=told.button,
        does=told.does,
    )


def _check(gate: Gate, head: str, why: str = "") -> OpenCheck:
    told = _TOLD[gate]
    return OpenCheck(head=head, why=why or told.why, path=told.path, button=told.button)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
