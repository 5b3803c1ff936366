"""How far a release exposes its people: the worst of the data list, the talk and an intruder.

Each measure is put as a k: among how many a participant could still be any. The data list counts
rows; joined with what the talk states it counts the interviews whose true facts agree; an intruder
who finds r of t, better than chance, leaves t/r to choose from (docs/decisions/051).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from redact.core import Span
from redact.release.findings import Finding
from redact.rendering import counted
from redact.risk.attack import Outcome
from redact.risk.facts import FactKind

BY_CHANCE = 0.05  # an attack that does as well by chance this often shows nothing
DATA_LIST = "the data list"
JOINED = "the data list with what the talk states"
TALK = "what the talk states"  # where the list does not say which row is whose


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFact:
    """What a safe text states of a participant or their organisation, and where it says so.

    `doc` is the interview it is about, `said_in` that whose text has it: another one may speak of
    the organisation by its pseudonym. `value` is the table's, or what they say of themselves;
    `quote` is of the safe text.
    """

    doc: str
    said_in: str
    file: str
    line: int
    kind: FactKind
    value: str = field(repr=False)
    quote: str = field(repr=False)
    span: Span  # of the safe text


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a release: among how many somebody could still be any, and how it was got."""

    what: str
    k: int
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """The measures of one release.

    `k` is that of the data list, 0 without one; `fits` says by neutral name of an interview how
    many interviews agree with its row and what its talk states; with the talk alone where no column
    says which row is whose (`is_joined`).
    """

    k: int = 0
    rows: int = 0
    fits: Mapping[str, int] = field(default_factory=dict)
    is_joined: bool = True
    stated: tuple[StatedFact, ...] = ()
    attacks: tuple[Outcome, ...] = ()

    def measures(self) -> tuple[Measure, ...]:
        """All that say something, the worst first."""
        return tuple(sorted(self._measures(), key=lambda one: one.k))

    def _measures(self) -> Iterator[Measure]:
        if self.k:
            yield Measure(DATA_LIST, self.k, f"of {counted(self.rows, 'interview')}")
        if self.fits:
            joined = min(self.fits.values())
            worst = sum(k == joined for k in self.fits.values())
            how = f"{counted(worst, 'interview')} of {len(self.fits)} could be {joined} only"
            yield Measure(JOINED if self.is_joined else TALK, joined, how)
        for one in self.best_attacks():
            yield Measure(f"an intruder: {one.attack}", one.tried // one.right, went(one))

    def best_attacks(self) -> tuple[Outcome, ...]:
        """Of the attacks that found anybody better than chance the best on each kind of target."""
        best: dict[str, Outcome] = {}
        for one in self.attacks:
            about = one.attack.partition(",")[0]
            if finds_people(one) and (about not in best or one.right > best[about].right):
                best[about] = one
        return tuple(best.values())

    def worst(self) -> int | None:
        """The smallest k of all; None where nothing could be measured."""
        return min((one.k for one in self._measures()), default=None)

    def findings(
        self, least: int, doc_of: Mapping[str, str], listed: Collection[str] = ()
    ) -> Iterator[Finding]:
        """What is below the k that is asked, for the gate; no word of a transcript is in it.

        `doc_of` gives the document by neutral name of an interview; `listed` are those of which the
        data list alone tells too much: nothing is said of their talk.
        """
        if least <= 1:
            return
        for name, k in self.fits.items():
            mine = [one for one in self.stated if one.doc == doc_of.get(name)]
            if k < least and mine and name not in listed:
                kinds = ", ".join(dict.fromkeys(one.kind for one in mine))
                row = ("with ", "its row ") if self.is_joined else ("", "")
                yield Finding(
                    where=mine[0].file,
                    line=mine[0].line,
                    what=f"{row[0]}what it states ({kinds}) {row[1]}fits {k} of {len(self.fits)} "
                    "interviews",
                )
        for one in self.best_attacks():
            if one.tried // one.right < least:
                who = "an intruder with the study's own tables"
                yield Finding(what=f"{who}, {one.attack}: {went(one)}")


def finds_people(one: Outcome) -> bool:
    """Whether an attack found participants or organisations better than chance."""
    about = one.attack.startswith(("people", "interviewees", "organisations"))
    return about and one.right > 0 and one.likely < BY_CHANCE


def went(one: Outcome) -> str:
    """How an attack went, in figures."""
    return f"{one.right} of {one.tried} found ({one.by_chance:.1f} by chance)"


def leads_back(exposure: Exposure) -> str:
    """What every paper says of the way back to people, in the same words, as it was measured."""
    told = (
        "Without the linkage key, which is kept elsewhere, the software cannot turn what stands "
        "there back into what was said. That does not make the transcripts anonymous: what people "
        "say can tell who they are."
    )
    best: dict[str, Outcome] = {}
    for one in exposure.attacks:
        about = one.attack.split(",")[0]
        if one.tried and (about not in best or one.right > best[about].right):
            best[about] = one
    found = [
        f"{best[about].right} of {best[about].tried} {noun} ({best[about].by_chance:.1f} by chance)"
        for about, noun in (("interviewees", "interviewees"), ("organisations", "organisations"))
        if about in best
    ]
    if not found and exposure.attacks:
        return f"{told} How many could be found was not measured: nobody interviewed is on a list."
    if not found:
        return f"{told} How many could be found was not measured: the study lists no people."
    return (
        f"{told} Measured on these texts: somebody who has the study's own list of people, roles "
        f"and organisations and compares it with the talk finds {' and '.join(found)}."
    )
