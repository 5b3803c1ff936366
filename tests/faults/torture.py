"""`make torture`: every attack and fault in full, as a table for docs/custody.md.

`--row TEXT` (as often as you like) runs the rows whose names have this in them, `--list` names all;
`--share 0.1` runs a tenth of what is drawn (errors, pairs of commands, fuzz), never of the kills.
`--short` is what the tests run.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from redact.review.programs import COLUMNS
from tests.conftest import PASSPHRASE, ROOT, run_redact
from tests.faults import (
    agreeing,
    attacks,
    commands,
    governed,
    hidden_steps,
    looks,
    operations,
    pairs,
    planting,
)
from tests.faults.injected import available
from tests.faults.operations import Count, Operation, SmallStudy

EVERY = 10**9
AT_ONCE = 2  # processes
Made = Count | list[Count] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Finished studies, each to be copied: one to be killed on, one to look into, one for pairs."""

    killed: SmallStudy
    looked: SmallStudy
    paired: pairs.Ground
    policy: Path
    table: Path
    sources: tuple[Path, Path]
    statement: Path


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; its work takes the ground and a folder of its own."""

    name: str
    work: Callable[[Ground, Path], Made]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of each kind is run.

    `kills` and `errors` are of calls that change the disk, each with so many `others`; `points` and
    `partners` of pairs of commands; `some` of what else is drawn.
    """

    kills: tuple[int, int]
    errors: tuple[int, int]
    points: int
    partners: int
    some: int
    masks: int
    bytes: int
    studies: tuple[int, int]
    fuzz: int
    random: int


SHORT = Size(
    kills=(5, 0),
    errors=(4, 2),
    points=1,
    partners=1,
    some=8,
    masks=101,
    bytes=23,
    studies=(3, 8),
    fuzz=2_000,
    random=20,
)


def full(share: float) -> Size:
    """All of it, and of what is drawn this share."""

    def part(of: int) -> int:
        return max(1, round(of * share))

    return Size(
        kills=(EVERY, 40),
        errors=(EVERY if share == 1 else part(400), part(100)),
        points=part(4),
        partners=EVERY,
        some=EVERY,
        masks=1,
        bytes=1,
        studies=(part(200), 25),
        fuzz=part(1_000_000),
        random=part(500),
    )


def small_study(folder: Path) -> SmallStudy:
    """A finished study whose second custodian opens it without a slow passphrase."""
    source, passphrase, identity = folder / "src", folder / "pass", folder / "mine.txt"
    source.mkdir(parents=True)
    (source / "one.txt").write_text(
        "INT: Who?\nP: Catriona MacAllister, in Lochgilphead.\n", "utf-8"
    )
    (source / "two.rtf").write_text(  # comes out as .docx: the file itself lies sealed
        r"{\rtf1\ansi INT: Who?\par P: Alexander, in Drumnadrochit. Not Catriona.\par}", "utf-8"
    )
    passphrase.write_text(PASSPHRASE + "\n", "utf-8")
    study, key = folder / "study", ("--passphrase-file", passphrase)
    made = run_redact("run", source, "--policy", "safe-copy", "--out", study, *key, "--json")
    assert made.code in (0, 3), made.err
    recipient = run_redact("key", "new", identity, "--json").json["recipient"]
    added = run_redact("key", "add-custodian", study, "mine", "--recipient", recipient, *key)
    assert added.code == 0, added.err
    removed = run_redact("key", "remove-custodian", study, "steward", *key)
    assert removed.code == 0, removed.err
    settings = (study / "study.toml").read_text("utf-8").split('"')
    log_key = next(text for text in settings if "+" in text)
    assert operations.leaks(study) == "", operations.leaks(study)
    return SmallStudy(study, identity, log_key)


def ground(folder: Path) -> Ground:
    """Another policy, a table of decisions, and the sources as they are and with one more."""
    place = _made(folder / "given")
    policy, table, more, statement = (
        place / name for name in ("another.toml", "decided.csv", "src", "statement.txt")
    )
    text = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
    policy.write_text(text.replace('version = "', 'version = "9.', 1), "utf-8")
    statement.write_text("I wiped it today.\n", "utf-8")
    with table.open("w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, COLUMNS, restval="")
        rows.writeheader()
        rows.writerow({"words": "Who", "decision": "PERSON"})
    killed = small_study(folder / "killed")
    source = killed.identity.parent / "src"
    _made(more)
    for path in source.iterdir():
        (more / path.name).write_bytes(path.read_bytes())
    (more / "three.txt").write_text("INT: Who?\nP: Alexander again.\n", "utf-8")
    return Ground(
        killed=killed,
        looked=small_study(folder / "looked"),
        paired=pairs.ground(small_study(folder / "other"), _made(folder / "pairs")),
        policy=policy,
        table=table,
        sources=(source, more),
        statement=statement,
    )


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


OPERATIONS: dict[str, Callable[[Ground, Path], Operation]] = {
    "a run with a new transcript": lambda g, _: commands.running(
        g.killed, "a run with a new transcript", g.sources[1], g.policy, 3
    ),
    "a run under another policy": lambda g, _: commands.running(
        g.killed, "a run under another policy", g.sources[0], g.policy, 2
    ),
    "a release": lambda g, _: operations.releasing(g.killed),
    "a withdrawal": lambda g, _: operations.withdrawing(g.killed),
    "an import of decisions": lambda g, _: commands.importing(g.killed, g.table),
    "a decision on the page": lambda g, _: commands.deciding(g.killed),
    "a list taken back": lambda g, place: commands.taking_list(g.killed, place),
    "a merge": lambda g, _: commands.merging(g.killed),
    "an approval": lambda g, _: governed.approving(g.killed),
    "a release given": lambda g, _: governed.giving(g.killed),
    "a release of quotes": lambda g, place: governed.quoting(g.killed, place),
    "a lowered consent": lambda g, place: governed.lowering(g.killed, place),
    "a word on a third party": lambda g, place: agreeing.deciding_on_somebody(g.killed, place),
    "a holder told": lambda g, place: agreeing.telling(g.killed, place),
    "a word on a quote": lambda g, place: agreeing.approving_a_quote(g.killed, place),
    "a table of consent": lambda g, place: agreeing.recording(g.killed, place),
    "an incident": lambda g, place: governed.reporting(g.killed, place),
    "a destruction": lambda g, _: operations.destroying(g.killed, g.statement),
    "a rotation": lambda g, _: operations.rotating(g.killed),
    "a description": lambda g, _: commands.describing(g.killed),
    "a sealing": lambda g, _: operations.sealing(g.killed),
    "a change of the log's key": lambda _, place: operations.changing_key(place),
    "a recovery": lambda _, place: operations.recovering(place),
    "two appends": lambda _, place: operations.appending(place),
}


def _killed(make: Callable[[Ground, Path], Operation], size: Size, g: Ground, place: Path) -> Made:
    return operations.kills(make(g, _made(place / "pattern")), place, *size.kills)


def _failed(make: Callable[[Ground, Path], Operation], size: Size, g: Ground, place: Path) -> Made:
    return operations.errors(make(g, _made(place / "pattern")), place, *size.errors)


def rows(size: Size) -> list[Row]:
    """Every row; the longest first, so that both processes are busy to the end."""
    made: list[Row] = []
    if available():
        for name, make in OPERATIONS.items():
            made.append(Row(f"SIGKILL in {name}", partial(_killed, make, size)))
            made.append(Row(f"an error in {name}", partial(_failed, make, size)))
    else:
        print("skipped: strace is not here, or may not trace", file=sys.stderr)
    made += _of_pairs(size)
    made += [
        Row("planted", lambda _, __, call=call: call())  # type: ignore[misc]
        for call in planting.everywhere(size.some)
    ]
    made += [
        Row("hidden", lambda _, place: hidden_steps.sequences(place, *size.studies)),
        Row("looks", lambda g, place: looks.looks_logged(g.looked, place)),
        Row("rollback x command", lambda g, p: looks.rolled_back_audits(g.looked, p, size.some)),
        Row("rollback x folders", lambda g, place: looks.folders_put_back(g.looked, place)),
        Row("clocks", lambda g, place: looks.wrong_clocks(g.looked, place)),
        Row("random SIGKILLs", lambda _, place: attacks.random_kills(place, size.random)),
        Row("writers", lambda _, place: attacks.writers_at_once(place, 8, size.random // 2)),
        Row("a full disk", lambda _, place: attacks.full_disk(place)),
        Row("bytes: log", lambda _, p: attacks.changed_bytes_of_the_log(p, size.bytes)),
        Row("bytes: notes", lambda _, p: attacks.changed_bytes_of_notes(p, size.masks)),
        Row("bytes: sealed", lambda _, __: attacks.changed_bytes_of_a_sealed_file(size.masks)),
        Row("lines", lambda _, place: attacks.rearranged_lines(place)),
        Row("rollback: anchor", lambda _, place: attacks.rolled_back(place)),
        Row("rewritten", lambda _, place: attacks.rewritten(place)),
    ]
    made += [
        Row("fuzz", lambda _, __, call=call: call())  # type: ignore[misc]
        for call in attacks.fuzz(size.fuzz)
    ]
    return made


def _of_pairs(size: Size) -> list[Row]:
    def paused(number: int, g: Ground, place: Path) -> Made:
        act = g.paired.acts[number]
        return pairs.pairs(g.paired, place, act, size.points, size.partners)

    def agreed(number: int, g: Ground, place: Path) -> Made:
        made = agreeing.ground(g.killed, _made(place / "ground"))
        return pairs.pairs(made, place, made.acts[number], size.points, size.partners)

    return [
        Row("without the lock", lambda g, place: pairs.unlocked(g.paired, place)),
        *(
            Row(f"{name} paused by every other", partial(paused, number))
            for number, name in enumerate(pairs.NAMES)
        ),
        *(
            Row(f"{name} paused by every other", partial(agreed, number))
            for number, name in enumerate(agreeing.NAMES)
        ),
    ]


_rows: list[Row] = []  # set before the workers are forked: a call cannot be sent to them
_ground: list[Ground] = []


def _run(number: int, folder: Path) -> tuple[list[Count], float]:
    started = time.monotonic()
    found = _rows[number].work(_ground[0], _made(folder / f"row-{number}"))
    counts = found if isinstance(found, list) else [found] if found else []
    return counts, time.monotonic() - started


def main() -> None:
    """Runs the rows, two at once, and prints each when it is done; exit 1 if any went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--row", action="append", metavar="TEXT")
    parser.add_argument("--share", default=1.0, type=float)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    size = SHORT if given.short else full(given.share)
    wanted = given.row or [""]
    _rows.extend(row for row in rows(size) if any(text in row.name for text in wanted))
    if given.list:
        print("\n".join(dict.fromkeys(row.name for row in _rows)))
        return
    wrong = 0
    with tempfile.TemporaryDirectory(dir=".") as made:
        folder = Path(made).resolve()
        _ground.append(ground(folder))
        print("| what | cases | went wrong | | seconds |\n|---|---:|---:|---|---:|", flush=True)
        with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("fork")) as workers:
            running = {workers.submit(_run, n, folder): row for n, row in enumerate(_rows)}
            for done in as_completed(running):
                if error := done.exception():
                    name, said = running[done].name, f"it ended with {type(error).__name__}"
                    counts, seconds = [Count(name, 0, 1, said)], 0.0
                else:
                    counts, seconds = done.result()
                wrong += sum(count.wrong for count in counts)
                _print(counts, seconds)
    sys.exit(1 if wrong else 0)


def _print(counts: list[Count], seconds: float) -> None:
    if not counts:
        print("| a full 48 KiB disk | not allowed here | | | |", flush=True)
    for one in counts:
        cells = (one.what, f"{one.tried:,}", str(one.wrong), one.more, f"{seconds:.0f}")
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
