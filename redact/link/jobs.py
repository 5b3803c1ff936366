"""What work the talk says a person does, where it tells two people of one first name apart.

"Morag in finance" and "Morag, our cook" are not one Morag on the strength of her first name alone.
Words that say rank and not work (manager, boss, worker) tell nobody apart and are not listed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from redact.link.scenes import NameUse

_JOBS = (
    "cook|chef|cleaner|driver|receptionist|nurse|midwife|doctor|plumber|joiner|electrician|teacher|"
    "accountant|bookkeeper|finance|payroll|personnel|hr|gardener|janitor|caretaker|custodian|warden|"
    "librarian|treasurer|secretary|chaplain|priest|minister|lawyer|solicitor|barber|hairdresser|"
    "physio|physiotherapist|psychologist|psychiatrist|dentist|pharmacist|fundraiser|fundraising|"
    "it|reception|kitchen|security|maintenance|transport|carpenter|builder|butcher|baker|farmer"
)
_AFTER = re.compile(
    rf",?\s+(?:(?:the|our|my|a|an|his|her|their|that|who(?:['’]s| is| was)(?: the| our| a)?)\s+|"
    rf"(?:in|from|on|at)\s+(?:the\s+)?)({_JOBS})\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b(?:the|our|my|a|his|her|their)\s+({_JOBS}),?\s+(?:called\s+|is\s+|was\s+)?\Z",
    re.IGNORECASE,
)
_REACH = 50  # code points
_LAST_WORDS = frozenset((*_JOBS.split("|"), "called", "is", "was"))
_SAME = {"finance": "accountant", "payroll": "accountant", "bookkeeper": "accountant"}
_SAME |= {"kitchen": "cook", "chef": "cook", "reception": "receptionist", "hr": "personnel"}
_SAME |= {"custodian": "janitor", "caretaker": "janitor", "maintenance": "janitor"}
_SAME |= {"physiotherapist": "physio", "fundraising": "fundraiser", "solicitor": "lawyer"}


def job_said(use: NameUse) -> str:
    """The work said beside the name; nothing if none is. "in IT" needs its capitals."""
    phrase = _AFTER.match(use.after) or _said_before(use.before)
    if phrase is None or phrase[1] == "it":
        return ""
    word = phrase[1].casefold()
    return _SAME.get(word, word)


def _said_before(before: str) -> re.Match[str] | None:
    """ "our cook called …"; looked at closely only where the last word can be one of it."""
    last = before.rstrip().rpartition(" ")[2].rstrip(",").casefold()
    if last.isalpha() and last not in _LAST_WORDS:
        return None
    return _BEFORE.search(before, max(0, len(before) - _REACH))


class Jobs:
    """Jobs said of a lone name, by how far it reaches and transcript."""

    def __init__(self) -> None:
        self._said: dict[tuple[object, ...], dict[str, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )

    def hear(self, home: tuple[str, ...], use: NameUse) -> None:
        if job := job_said(use):
            self._said[home, use.words][use.transcript].add(job)

    def apart(self, home: tuple[str, ...], use: NameUse) -> tuple[str, ...]:
        """What to add to a lone name's key if it stands for several people here; else nothing.

        The transcripts that name a job agree with each other or are kept apart; one that names
        none then stands alone, for nobody can tell whose it is.
        """
        said = self._said.get((home, use.words), {})
        if not said or set.intersection(*said.values()):
            return ()
        return tuple(sorted(said.get(use.transcript, ()))) or (use.transcript,)


def heard(uses: Iterable[tuple[tuple[str, ...], NameUse]]) -> Jobs:
    """The jobs of all lone names; each with how far it reaches."""
    jobs = Jobs()
    for home, use in uses:
        jobs.hear(home, use)
    return jobs
