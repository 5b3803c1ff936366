"""`make torture`: every attack and fault in full, as a table for the README."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.conftest import PASSPHRASE, run_redact
from tests.faults import attacks
from tests.faults.attacks import Count
from tests.faults.injected import available

EVERY = 10**9


def small_study(folder: Path) -> tuple[Path, Path]:
    """A finished study whose second custodian opens it without a slow passphrase."""
    source, passphrase, identity = folder / "src", folder / "pass", folder / "mine.txt"
    source.mkdir(parents=True)
    (source / "one.txt").write_text("INT: Who?\nP: Morag MacLeod, in Oban.\n", "utf-8")
    passphrase.write_text(PASSPHRASE + "\n", "utf-8")
    study, key = folder / "study", ("--passphrase-file", passphrase)
    assert run_redact("run", source, "--policy", "safe-copy", "--out", study, *key).code == 0
    recipient = run_redact("key", "new", identity, "--json").json["recipient"]
    added = run_redact("key", "add-custodian", study, "mine", "--recipient", recipient, *key)
    assert added.code == 0, added.err
    removed = run_redact("key", "remove-custodian", study, "steward", *key)
    assert removed.code == 0, removed.err
    return study, identity


def parts(folder: Path, full: bool) -> list[Callable[[], Count | list[Count] | None]]:
    """Each part as a call, in full or in the short form that CI runs."""

    def place(name: str) -> Path:
        made = folder / name
        made.mkdir()
        return made

    some = EVERY if full else 12
    calls: list[Callable[[], Count | list[Count] | None]] = []
    if available():
        study, identity = small_study(folder / "study")
        kill, error = "signal=SIGKILL", "error=ENOSPC"
        calls += [
            lambda: attacks.kills_of_an_append(place("k1"), some),
            lambda: attacks.kills_of_a_recovery(place("k2"), some),
            lambda: attacks.errors_of_an_append(place("k3"), some),
            lambda: attacks.faults_of_the_key(place("k4"), study, identity, some,
                                              "SIGKILL in a sealing", attacks.sealing, kill),
            lambda: attacks.faults_of_the_key(place("k5"), study, identity, some,
                                              "ENOSPC in a sealing", attacks.sealing, error),
            lambda: attacks.faults_of_the_key(place("k6"), study, identity, some,
                                              "SIGKILL in a rotation", attacks.rotating, kill),
            lambda: attacks.faults_of_a_release(place("k7"), study, identity, some, kill),
            lambda: attacks.faults_of_a_release(place("k8"), study, identity, some, error),
        ]  # fmt: skip
    else:
        print("skipped: strace is not here, or may not trace", file=sys.stderr)
    calls += [
        lambda: attacks.random_kills(place("r"), 500 if full else 20),
        lambda: attacks.writers_at_once(place("w"), 8, 250 if full else 10),
        lambda: attacks.full_disk(place("d")),
        lambda: attacks.changed_bytes_of_the_log(place("b1"), 1 if full else 23),
        lambda: attacks.changed_bytes_of_the_checkpoint(place("b2"), 1 if full else 51),
        lambda: attacks.changed_bytes_of_a_sealed_file(1 if full else 101),
        lambda: attacks.rearranged_lines(place("l")),
        lambda: attacks.rolled_back(place("o")),
        lambda: attacks.fuzz(1_000_000 if full else 2_000),
    ]
    return calls


def main() -> None:
    """Runs everything and prints the table; exit 1 if anything went wrong."""
    full = "--short" not in sys.argv
    wrong = 0
    with tempfile.TemporaryDirectory(dir=".") as folder:
        print("| what | cases | went wrong | | seconds |\n|---|---:|---:|---|---:|", flush=True)
        for part in parts(Path(folder).resolve(), full):
            started = time.monotonic()
            found = part()
            if found is None:
                print("| a full 48 KiB disk | not allowed here | | | |")
                continue
            for count in found if isinstance(found, list) else [found]:
                wrong += count.wrong
                seconds = time.monotonic() - started
                print(f"| {count.what} | {count.tried:,} | {count.wrong} | {count.more} | "
                      f"{seconds:.0f} |", flush=True)  # fmt: skip
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
