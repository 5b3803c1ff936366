"""Seconds and memory of linking invented corpora of growing size; growth should be near linear.

Each transcript has 100 mentions (70 of persons, 15 of places, 15 of organisations) in 200 words of
filler; forty transcripts share an organisation. The smallest corpus is the baseline of the ratios.
"""

from __future__ import annotations

import random
import resource
import time

from redact.core import Detection, Label, Mention, Place, Source, Transcript
from redact.link.linker import link

SIZES = (100, 1_000, 10_000)
_GIVEN = "Morag Will Pang Dana Karin Effie Hugh Joy Danny Angela Marcus Beatriz Tou Mai".split()
_FAMILY_PARTS = ("Mac Mc Ken Dal Bar Tor Lin Had Wes Nor Gil Brod Stew Camp").split()
_FAMILY_ENDS = "ley ton son bell ford man wick more well ham land".split()
_SAID = (" said ", ", and then ", " told me about ", ". Well, ", " and ", " was at ", " with ")


def corpus(transcripts: int) -> tuple[tuple[Transcript, ...], tuple[Detection, ...]]:
    """Invented transcripts and the mentions in them; the same on every run."""
    rng = random.Random(20261124)  # noqa: S311 invented text
    made, detections = [], []
    for number in range(transcripts):
        people = [
            (rng.choice(_GIVEN), rng.choice(_FAMILY_PARTS) + rng.choice(_FAMILY_ENDS) + str_of(rng))
            for _ in range(12)
        ]
        orgs = [f"{rng.choice(_FAMILY_PARTS)}{rng.choice(_FAMILY_ENDS)} Support" for _ in range(4)]
        text, mentions = "", []
        for count in range(100):
            label: Label = "PERSON" if count % 20 < 14 else "PLACE" if count % 20 < 17 else "ORG"
            given, family = rng.choice(people)
            surface = {
                "PERSON": rng.choice([given, given, f"{given} {family}", f"Mrs {family}"]),
                "PLACE": rng.choice(_FAMILY_PARTS) + rng.choice(_FAMILY_ENDS),
                "ORG": rng.choice(orgs),
            }[label]
            text += rng.choice(_SAID)
            start, name = len(text), f"D{number}"
            text += surface
            mentions.append(
                Mention(
                    place=Place.at(name, start, len(text)),
                    label=label,
                    score=0.9,
                    sources=(Source.GOLD,),
                )
            )
        made.append(
            Transcript(id=f"D{number}", text=text, organisation=f"Organisation {number // 40}")
        )
        detections.append(Detection(f"D{number}", tuple(mentions)))
    return tuple(made), tuple(detections)


def str_of(rng: random.Random) -> str:
    """Three letters, so that family names are many."""
    return "".join(rng.choices("abcdeglmnorst", k=3))


def measure() -> tuple[str, list[tuple[str, ...]]]:
    """Title and rows: mentions, seconds, seconds per mention against the smallest corpus."""
    rows: list[tuple[str, ...]] = []
    baseline = 0.0
    for size in SIZES:
        transcripts, detections = corpus(size)
        start = time.perf_counter()
        entities = link(transcripts, detections)
        took = time.perf_counter() - start
        each = took / (100 * size)
        baseline = baseline or each
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
        rows.append(
            (
                f"{100 * size:>9,} mentions",
                f"{len(entities):>7,} entities",
                f"{took:7.1f} s",
                f"{each / baseline:5.2f}x a mention",
                f"peak {peak:.2f} GB",
            )
        )
    return "Linking, one core; the peak is the whole process with its corpus", rows


if __name__ == "__main__":
    title, table = measure()
    print(title)
    for row in table:
        print("  " + "  ".join(row))
