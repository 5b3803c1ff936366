"""A guard in CI: fails where a part of redact takes a third longer than it did.

What a part takes is told beside spaCy's `ner` over the same texts. All is measured in one process
and in turn, by the processor's time and not by the clock, and each round is held against the
baseline before and behind it: so a busy machine, or a slow one, tells nothing. What seems too slow
is measured once more before the guard says so. The ratios to keep to stand in expected_ratios.toml;
who makes a part quicker, or has to make it slower, writes them anew on a quiet machine:

Usage: python benchmarks/guard.py [--write]
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from pathlib import Path

import spacy

from redact.chain import find_everywhere, link_mentions, replace_mentions
from redact.core import Transcript
from redact.detect.detector import detect
from redact.detect.key_search import KeySearch
from redact.detect.spacy_model import model_folder
from redact.policy import DEFAULT_MODEL, load_policy
from redact.risk.labeller import name_chances
from redact.transcript.assemble import assemble

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = Path(__file__).with_name("expected_ratios.toml")
TRANSCRIPTS, ROUNDS = 5, 5
WORSE = 4 / 3
SECRET = bytes(32)  # of no study: what is drawn must be the same each time


def jobs() -> dict[str, Callable[[], object]]:
    """By name what is measured; the first is the baseline."""
    policy, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    gold = (ROOT / "samples" / "co-production" / "gold.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in gold[:TRANSCRIPTS]]
    told = {str(row["id"]): str(row["text"]) for row in rows}
    corpus, times = assemble(told), count(1)
    texts = [one.text for one in corpus.transcripts]
    nlp = spacy.load(model_folder(DEFAULT_MODEL), enable=["tok2vec", "ner"])
    found = find_everywhere(corpus, detect(corpus.transcripts, policy, workers=1))
    entities = link_mentions(corpus, found, policy)
    text_of = {one.id: one.text for one in corpus.transcripts}
    forms = [
        (mention.label, text_of[one.transcript][mention.start : mention.end])
        for one in found
        for mention in one.mentions
    ]
    return {
        "spaCy, ner": lambda: list(nlp.pipe(texts)),
        "detection": lambda: detect(_new(told, next(times)), policy, workers=1),
        "forms everywhere": lambda: find_everywhere(corpus, found),
        "who is who": lambda: link_mentions(corpus, found, policy),
        "replacing": lambda: replace_mentions(corpus, entities, policy, SECRET),
        "search of the key": lambda: _searched(forms, texts),
        "second look": lambda: [name_chances(text) for text in texts],
        "redact --help": _helped,
    }


def _new(told: Mapping[str, str], number: int) -> tuple[Transcript, ...]:
    """The transcripts as nobody has looked at them yet: looks at the same text are remembered."""
    return assemble({name: f"{text}R: Take {number}.\n" for name, text in told.items()}).transcripts


def _searched(forms: Iterable[tuple[str, str]], texts: Iterable[str]) -> None:
    search = KeySearch(forms)
    for text in texts:
        for _ in search.find_all(text):
            pass


def _helped() -> None:
    words = [sys.executable, "-m", "redact.cli", "--help"]
    subprocess.run(words, stdout=subprocess.DEVNULL, check=True)


def ratios(measured: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The median over all rounds of what each takes beside the baseline of its round."""
    baseline, *others = measured
    for job in measured.values():
        job()  # once, so that nothing is loaded while it is measured
    seen: dict[str, list[float]] = {name: [] for name in others}
    for _ in range(ROUNDS):
        took = {name: _processor(job) for name, job in measured.items()}
        beside = (took[baseline] + _processor(measured[baseline])) / 2
        for name in others:
            seen[name].append(took[name] / beside)
    return {name: statistics.median(values) for name, values in seen.items()}


def _processor(job: Callable[[], object]) -> float:
    """Seconds of processor, of this process and of those that it waited for."""

    def spent() -> float:
        of_children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + of_children.ru_utime + of_children.ru_stime

    before = spent()
    job()
    return spent() - before


def too_slow(expected: Mapping[str, float], measured: Mapping[str, float]) -> list[str]:
    """What takes more than a third longer than expected, and what nobody expects anything of."""
    return [name for name, ratio in measured.items() if ratio > WORSE * expected.get(name, 0.0)]


def main() -> int:
    """Prints the ratios; 1 if one of them is worse, twice in turn."""
    measured = jobs()
    now = ratios(measured)
    if "--write" in sys.argv[1:]:
        lines = [f'"{name}" = {ratio:.3f}\n' for name, ratio in now.items()]
        EXPECTED.write_text(f"# Beside {next(iter(measured))} = 1; see guard.py.\n{''.join(lines)}")
    expected = tomllib.loads(EXPECTED.read_text("utf-8"))
    if too_slow(expected, now):
        again = ratios(measured)
        now = {name: min(ratio, again[name]) for name, ratio in now.items()}
    slow = too_slow(expected, now)
    print(f"Processor beside {next(iter(measured))} = 1, median of {ROUNDS} rounds in turn")
    for name, ratio in now.items():
        mark = "TOO SLOW" if name in slow else ""
        print(f"  {name:20} {ratio:7.3f}  expected {expected.get(name, 0.0):7.3f}  {mark}".rstrip())
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
