"""Seconds of replacing in invented corpora of growing size: surrogates against plain labels.

The corpora are those of `linking.py`: 12 people a transcript, all with names to be drawn, which is
many more than interviews have. Labels on the same corpus, in the same run, are the baseline.
"""

from __future__ import annotations

import time
from pathlib import Path

from linking import corpus

from redact.chain import link_mentions, replace_mentions
from redact.policy import load_policy
from redact.transcript.assemble import Corpus

SIZES = (30, 100, 300)
POLICIES = Path(__file__).resolve().parent.parent / "policies"
SECRET = b"the secret of a benchmark, 32 b."


def measure() -> tuple[str, list[tuple[str, ...]]]:
    """A row a corpus: size, seconds with labels, and the other policy's time as a ratio to it."""
    rows: list[tuple[str, ...]] = []
    for size in SIZES:
        transcripts, detections = corpus(size)
        plain, _ = load_policy(POLICIES / "safe-copy.toml")
        entities = link_mentions(Corpus(transcripts), detections, plain)
        people = sum(entity.label == "PERSON" for entity in entities)
        took: dict[str, float] = {}
        for name in ("safe-copy", "other-names"):
            policy, _ = load_policy(POLICIES / f"{name}.toml")
            start = time.perf_counter()
            replace_mentions(Corpus(transcripts), entities, policy, SECRET)
            took[name] = time.perf_counter() - start
        rows.append(
            (
                f"{100 * size:>7,} mentions",
                f"{people:>6,} people",
                f"labels {took['safe-copy']:5.2f} s",
                f"surrogates {took['other-names'] / took['safe-copy']:5.1f}x",
            )
        )
    return "Replacing, one core", rows


if __name__ == "__main__":
    title, table = measure()
    print(title)
    for row in table:
        print("  " + "  ".join(row))
