"""`make torture`: every attack and fault in full, as a table for the README."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.conftest import PASSPHRASE, run_redact
from tests.faults import attacks, operations
from tests.faults.injected import available
from tests.faults.operations import ERRORS, KILL, Count, Operation, SmallStudy

EVERY = 10**9
Part = Callable[[], Count | list[Count] | None]


def small_study(folder: Path) -> SmallStudy:
    """A finished study whose second custodian opens it without a slow passphrase."""
    source, passphrase, identity = folder / "src", folder / "pass", folder / "mine.txt"
    source.mkdir(parents=True)
    (source / "one.txt").write_text(
        "INT: Who?\nP: Catriona MacAllister, in Lochgilphead.\n", "utf-8"
    )
    (source / "two.txt").write_text(
        "INT: Who?\nP: Alexander, in Drumnadrochit. Not Catriona.\n", "utf-8"
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


def parts(folder: Path, full: bool) -> list[Part]:
    """Each part as a call, in full or in the short form that CI runs."""
    some = EVERY if full else 8
    calls: list[Part] = []

    def place(name: str) -> Path:
        made = folder / name
        made.mkdir()
        return made

    def cut_short(operation: Operation) -> Iterator[Part]:
        where = operation.name.replace(" ", "-").replace("'", "")
        for number, kinds in enumerate(((KILL,), ERRORS)):
            work = place(f"{where}-{number}")
            yield lambda work=work, kinds=kinds: operations.faults(operation, work, kinds, some)  # type: ignore[misc]

    if available():
        study = small_study(place("small"))
        statement = folder / "statement.txt"
        statement.write_text("I wiped it today.\n", "utf-8")
        for operation in (
            operations.releasing(study),
            operations.withdrawing(study),
            operations.destroying(study, statement),
            operations.rotating(study),
            operations.sealing(study),
            operations.changing_key(place("changing")),
            operations.recovering(place("recovering")),
            operations.appending(place("appending")),
        ):
            calls += cut_short(operation)
    else:
        print("skipped: strace is not here, or may not trace", file=sys.stderr)
    masks = 1 if full else 101
    calls += [
        lambda: attacks.random_kills(place("r"), 500 if full else 20),
        lambda: attacks.writers_at_once(place("w"), 8, 250 if full else 10),
        lambda: attacks.full_disk(place("d")),
        lambda: attacks.changed_bytes_of_the_log(place("b1"), 1 if full else 23),
        lambda: attacks.changed_bytes_of_notes(place("b2"), masks),
        lambda: attacks.changed_bytes_of_a_sealed_file(masks),
        lambda: attacks.rearranged_lines(place("l")),
        lambda: attacks.rolled_back(place("o")),
        lambda: attacks.rewritten(place("x")),
        *attacks.fuzz(1_000_000 if full else 2_000),
    ]
    return calls


_parts: list[Part] = []  # set before the workers are forked: a call cannot be sent to them


def _run(number: int) -> tuple[list[Count], float]:
    started = time.monotonic()
    found = _parts[number]()
    counts = found if isinstance(found, list) else [found] if found else []
    return counts, time.monotonic() - started


def main() -> None:
    """Runs everything, as many parts at once as there are cores; exit 1 if anything went wrong."""
    wrong = 0
    with tempfile.TemporaryDirectory(dir=".") as folder:
        _parts.extend(parts(Path(folder).resolve(), "--short" not in sys.argv))
        print("| what | cases | went wrong | | seconds |\n|---|---:|---:|---|---:|", flush=True)
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as workers:
            for counts, seconds in workers.map(_run, range(len(_parts))):
                if not counts:
                    print("| a full 48 KiB disk | not allowed here | | | |")
                for count in counts:
                    wrong += count.wrong
                    print(
                        f"| {count.what} | {count.tried:,} | {count.wrong} | {count.more} | "
                        f"{seconds:.0f} |",
                        flush=True,
                    )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
