"""Commands of consent, killed at every system call and paused by each other: done once, or said.

Their study has a person spoken of at length, a quote, and a release that somebody has who is to
give it back.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from redact.audit.consent_events import (
    ConsentRecorded,
    HolderTold,
    QuoteDecided,
    ThirdPartyDecided,
)
from redact.audit.reading import read_log
from redact.cli import main
from redact.study.consent import agreed
from tests.conftest import run_redact
from tests.faults.injected import Outcome
from tests.faults.interleaved import Do
from tests.faults.operations import Operation, SmallStudy
from tests.faults.pairs import Act, Ground

_TALK = (
    "INT: Tell me of your brother.\nP: Hector Drummond went to sea. Hector Drummond wrote to us. "
    "Hector Drummond had a dog. We missed Hector Drummond. Nobody cooks like Hector Drummond.\n"
)
_HOLDER = "Leith Archive"
_REASON = "his sister asked him"
NAMES = ("third", "told", "quotes approve", "consent", "withdraw of one", "rotate with consent")


@dataclass(frozen=True, slots=True)
class AgreedStudy:
    """The study as it was made, its sources, and the pseudonym of whom it speaks at length."""

    study: SmallStudy
    sources: Path
    who: str

    @property
    def key(self) -> tuple[str, str]:
        return ("--identity", str(self.study.identity))

    @property
    def third(self) -> tuple[str, ...]:
        return (self.who, "--stays", "--by", "THI", "--reason", _REASON)

    @property
    def told(self) -> tuple[str, ...]:
        return ("--to", _HOLDER, "--on", datetime.now(UTC).date().isoformat())

    @property
    def approve(self) -> tuple[str, ...]:
        return ("Q1", "--by", "QUO", "--role", "approver")

    def run(self, consent: Path) -> Do:
        """A run with this table of consent."""
        words = ("run", str(self.sources), "--consent", str(consent), "--out")
        return lambda folder: main([*words, str(folder), *self.key])


def agreed_study(study: SmallStudy, place: Path) -> AgreedStudy:
    """Made of the small study in a place of its own."""
    folder, sources, table = place / "agreed" / "study", place / "src", place / "consent.csv"
    shutil.copytree(study.folder, folder)
    shutil.copytree(study.identity.parent / "src", sources)
    (sources / "three.txt").write_text(_TALK, "utf-8")
    made = AgreedStudy(SmallStudy(folder, study.identity, study.log_key), sources, "")
    release = sorted(one.name for one in (folder / "release").iterdir())[0]
    day = datetime.now(UTC).date().isoformat()
    given = (release, "--to", _HOLDER, "--on", day, "--purpose", "a second coding")
    _done("release", "given", folder, *given, *made.key)
    table.write_text(_levels("quotes only", "archive open", "archive open"), "utf-8")
    interviews = place / "interviews.csv"  # else whoever is named alone is taken for interviewed
    interviews.write_text("file,interviewee\nthree.txt,Una Gillespie\n", "utf-8")
    out = ("--interviews", interviews, "--consent", table, "--out", folder)
    assert run_redact("run", sources, *out, *made.key).code in (0, 3)
    third = run_redact("consent", "third", folder, *made.key, "--json").json["third_parties"]
    made = AgreedStudy(made.study, sources, third[0]["pseudonym"])
    stays = (made.who, "--stays", "--by", "A. Steward", "--reason", _REASON)
    _done("consent", "third", folder, *stays, *made.key)
    _done("quotes", "add", folder, "interview_01", "--lines", "1", "--by", "A", *made.key)
    return made


def _levels(one: str, two: str, three: str) -> str:
    return f"file,level\none.txt,{one}\ntwo.rtf,{two}\nthree.txt,{three}\n"


def _done(*words: object) -> None:
    done = run_redact(*words)
    assert done.code == 0, done.err


def deciding_on_somebody(study: SmallStudy, place: Path) -> Operation:
    """A word on somebody spoken of at length: in the log once."""
    made = agreed_study(study, place)
    return _said_once(made, "a word on a third party", ("consent", "third"), made.third, "THI")


def telling(study: SmallStudy, place: Path) -> Operation:
    """That a holder was told: in the log once."""
    made = agreed_study(study, place)
    return _said_once(made, "a holder told", ("consent", "told"), made.told, _HOLDER)


def approving_a_quote(study: SmallStudy, place: Path) -> Operation:
    """A word on a quote: in the log once."""
    made = agreed_study(study, place)
    return _said_once(made, "a word on a quote", ("quotes", "approve"), made.approve, "QUO")


def _said_once(
    made: AgreedStudy, name: str, words: tuple[str, str], more: tuple[str, ...], by: str
) -> Operation:
    def holds(folder: Path, ended: Outcome) -> bool:
        if made.study.again(folder, *words, more=more) != 0:
            return False
        return _times_said(folder, by) == 1 and _goes_on(made, folder)

    return Operation(name, made.study.folder, made.study.command(*words, more=more), holds)


def _times_said(folder: Path, by: str) -> int:
    """How often somebody's word of one of these kinds is in the log."""
    events = [entry.event for entry in read_log(folder / "audit")]
    people = [one.by for one in events if isinstance(one, ThirdPartyDecided | QuoteDecided)]
    told = [one.to for one in events if isinstance(one, HolderTold)]
    return [*people, *told].count(by)


def recording(study: SmallStudy, place: Path) -> Operation:
    """A run whose table of consent says other levels: each in the log once, the strict ones too."""
    made, table = agreed_study(study, place), place / "lowered.csv"
    table.write_text(_levels("no sharing", "no sharing", "archive open"), "utf-8")

    def holds(folder: Path, ended: Outcome) -> bool:
        out = ("--consent", table, "--out", folder, *made.key)
        if run_redact("run", made.sources, *out).code not in (0, 3):
            return False
        entries = read_log(folder / "audit")
        recorded = sum(isinstance(entry.event, ConsentRecorded) for entry in entries)
        levels = sorted(one.level for one in agreed(entries))
        strict = levels == ["archive open", "no sharing", "no sharing"]
        return recorded == 5 and strict and _goes_on(made, folder)

    do = made.run(table)

    def work(folder: Path, acknowledge: Callable[[], None]) -> None:
        do(folder)

    return Operation("a table of consent", made.study.folder, work, holds)


def ground(study: SmallStudy, place: Path) -> Ground:
    """The same study for pairs, with the commands of consent and two that take from it."""
    made, table = agreed_study(study, place), place / "lowered.csv"
    table.write_text(_levels("no sharing", "archive open", "archive open"), "utf-8")

    def command(*words: str, more: tuple[str, ...] = ()) -> Do:
        return lambda folder: main([*words, str(folder), *more, *made.key])

    def is_lowered(folder: Path) -> bool:
        return "no sharing" in {one.level for one in agreed(read_log(folder / "audit"))}

    def is_rotated(folder: Path) -> bool:
        return '"change":"rotated"' in (folder / "audit" / "log.jsonl").read_text("utf-8")

    acts = (
        Act("third", command("consent", "third", more=made.third), lambda f: _is_said(f, "THI")),
        Act("told", command("consent", "told", more=made.told), lambda f: _is_said(f, _HOLDER)),
        Act(
            "quotes approve",
            command("quotes", "approve", more=made.approve),
            lambda f: _is_said(f, "QUO"),
        ),
        Act("consent", made.run(table), is_lowered),
        Act(
            "withdraw of one",
            command("withdraw", more=("two", "--by", "WIT")),
            lambda f: (f / "withdrawn.txt").exists(),
        ),
        Act("rotate with consent", command("key", "rotate"), is_rotated),
    )
    assert tuple(act.name for act in acts) == NAMES
    return Ground(made.study, {"mine": study.opener()}, acts)


def _is_said(folder: Path, by: str) -> bool:
    return _times_said(folder, by) > 0


def _goes_on(made: AgreedStudy, folder: Path) -> bool:
    """The key opens and the log is whole, and no name of a talk stands in it."""
    log = (folder / "audit" / "log.jsonl").read_text("utf-8")
    return "Drummond" not in log and run_redact("key", "check", folder, *made.key).code == 0
