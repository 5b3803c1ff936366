"""Law 4 in figures: looks at originals, audit folders of every earlier state, clocks: counts."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from redact.audit.events import LinkageRevealed, RunFinished
from redact.audit.log import open_log
from redact.audit.reading import read_log
from tests.conftest import Result, run_redact
from tests.faults.operations import ACTOR, Count, SmallStudy, names_in

# What goes on between two states of the log: words before the study, words after it.
STEPS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("reveal",), ("Person 1", "--reason", "a query")),
    (("settle",), ("--by", "A. Steward")),
    (("entity", "rename"), ("Person 1", "[Boss]", "--by", "A. Steward")),
    (("release",), ("--name", "later")),
    (("key", "drill"), ()),
    (("key", "rotate"), ()),
    (("explain",), ("Boss", "--originals", "--reason", "a query")),
    (("decisions", "export"), ("--as", "table", "--to", "{work}/table.csv")),
    (("restore",), ("--to", "{work}/back")),
    (("audit", "anchor"), ("--where", "office")),
)
NOTICING: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("audit", "verify"), ()),
    (("audit", "report"), ("--to", "{work}/report.md")),
    (("key", "check"), ()),
    (("reveal",), ("Boss", "--reason", "x")),
    (("replace",), ()),
    (("release",), ("--name", "noticed")),
    (("settle",), ("--by", "A. Steward")),
    (("review",), ("--by", "A. Steward", "--no-browser", "--idle", "0.01")),
    (("key", "rotate"), ()),
    (("key", "drill"), ()),
)
LOOKS = (STEPS[0], STEPS[6], STEPS[7], STEPS[8], (("questions",), ()))
_NO_KEY = (("audit", "anchor"),)


def _ask(
    study: SmallStudy, folder: Path, work: Path, words: Sequence[str], more: Sequence[str]
) -> Result:
    given = [word.format(work=work) for word in more]
    key = () if tuple(words) in _NO_KEY else ("--identity", study.identity)
    return run_redact(*words, folder, *given, *key)


def looks_logged(study: SmallStudy, work: Path) -> Count:
    """Each look: in the log before and after; and not shown where the log takes no line."""
    wrong: list[str] = []
    cases = [(look, able) for look in LOOKS for able in (True, False)]
    for (words, more), able in cases:
        folder = _fresh(study.folder, work)
        if words[0] == "explain":
            more = ("Person 1", *more[1:])
        if not able:
            (folder / "audit" / "signing.key").unlink()
        before = len(_looks(folder))
        done = _ask(study, folder, folder.parent, words, more)
        made = [one.phase for one in _looks(folder)[before:]]
        out = [path for name in ("table.csv", "back") if (path := folder.parent / name).exists()]
        if able and (done.code, made) != (0, ["intent", "done"]):
            wrong.append(f"{words}: {done.code} {made}")
        if not able and (done.code == 0 or out or names_in(done.out.encode())):
            wrong.append(f"{words}: shown without the log")
    return Count("looks at originals x logged", len(cases), len(wrong), "; ".join(wrong[:5]))


def _looks(folder: Path) -> list[LinkageRevealed]:
    return [e.event for e in read_log(folder / "audit") if isinstance(e.event, LinkageRevealed)]


def rolled_back_audits(study: SmallStudy, work: Path, of: int) -> Count:
    """Every earlier audit folder put back after every step, asked by every command."""
    folder = _fresh(study.folder, work)
    states: list[Path] = []
    wrong: list[str] = []
    tried = 0
    for number, (words, more) in enumerate(STEPS[: max(2, of)]):
        shutil.copytree(folder / "audit", work / f"audit-{number}")
        states.append(work / f"audit-{number}")
        for out in ("table.csv", "back"):
            _remove(work / "whole" / out)
        done = _ask(study, folder, work / "whole", words, more)
        if done.code not in (0, 3):
            wrong.append(f"{words} itself: {done.err}")
        for state, (asked, given) in _cases(states, of):
            copied = work / "back" / "study"
            shutil.rmtree(work / "back", ignore_errors=True)
            shutil.copytree(folder, copied)
            shutil.rmtree(copied / "audit")
            shutil.copytree(state, copied / "audit")
            told = _ask(study, copied, work / "back", asked, given)
            tried += 1
            if told.code != 1 or names_in((told.out + told.err).encode()):
                wrong.append(f"{state.name} after {words}: {asked} gives {told.code}")
    return Count(
        "rollback: every earlier audit folder x command", tried, len(wrong), "; ".join(wrong[:5])
    )


def _cases(
    states: list[Path], of: int
) -> Iterator[tuple[Path, tuple[tuple[str, ...], tuple[str, ...]]]]:
    """All earlier states by all commands; in the short form the last one, by turns."""
    if of >= len(STEPS):
        return itertools.product(states, NOTICING)
    at = 3 * len(states)
    return ((states[-1], NOTICING[n % len(NOTICING)]) for n in range(at, at + 3))


PARTS = ("audit.checkpoint", "linkage", "custody", "release")


def folders_put_back(study: SmallStudy, work: Path) -> Count:
    """An older audit/ with every set of what else remembers it, but not all: noticed by two."""
    folder = _fresh(study.folder, work)
    shutil.copytree(folder, work / "old")
    wrong = [
        f"{words}: {done.err}"
        for words, more in (STEPS[2], STEPS[3], STEPS[5])
        if (done := _ask(study, folder, work / "whole", words, more)).code
    ]
    sets = [s for size in range(len(PARTS)) for s in itertools.combinations(PARTS, size)]
    for parts in sets:
        copied = work / "put" / "study"
        shutil.rmtree(work / "put", ignore_errors=True)
        shutil.copytree(folder, copied)
        for part in ("audit", *parts):
            _remove(copied / part)
            old = work / "old" / part
            (shutil.copytree if old.is_dir() else shutil.copy)(old, copied / part)
        told = _ask(study, copied, work, ("audit", "verify"), ())
        refused = _ask(study, copied, work, ("key", "drill"), ())
        if (told.code, refused.code) != (1, 1):
            wrong.append(f"{parts}: verify {told.code}, drill {refused.code}")
    return Count(
        "rollback: audit/ with every set of folders",
        2 * len(sets),
        len(wrong),
        "; ".join(wrong[:5]),
    )


def wrong_clocks(study: SmallStudy, work: Path) -> Count:
    """One command at a wrong time, then work at the right one: told as that, and it goes on."""
    wrong: list[str] = []
    times = [f"{year}-02-28T12:00:00.000Z" for year in (1970, 2016, 2027, 2036, 2099, 9999)]
    cases = [(time, first) for time in times for first in (True, False)]
    for time, right_before in cases:
        folder = _fresh(study.folder, work)
        with open_log(folder / "audit", ACTOR) as log:
            if right_before:
                log.append(RunFinished("right", "done", 0))
            log.clock = lambda time=time: time  # type: ignore[misc]
            log.append(RunFinished("wrong", "done", 0))
        told = _ask(study, folder, work, ("audit", "verify"), ())
        if told.code != (3 if time > "2026-12" else 0):
            wrong.append(f"{time}: verify {told.code}")
        revealed = _ask(study, folder, work, ("reveal",), ("Person 1", "--reason", "x"))
        after = _ask(study, folder, work, ("audit", "verify"), ())
        if (revealed.code, after.code) != (0, 0):
            wrong.append(f"{time}: work {revealed.code}, verify then {after.code}")
    return Count(
        "a clock that was wrong once x goes on", len(cases), len(wrong), "; ".join(wrong[:5])
    )


def _fresh(study: Path, work: Path) -> Path:
    """A copy of the study to work on, in a folder of its own."""
    shutil.rmtree(work / "whole", ignore_errors=True)
    return Path(shutil.copytree(study, work / "whole" / "study"))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
