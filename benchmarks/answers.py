"""Seconds that an answer and a merge cost on 180 interviews: linked again is only what they touch.

The corpus is that of benchmarks/linking.py: 18,000 mentions; seconds are of the processor, for one
core. Each row is the median and the most of twenty: a merge applied, an answer applied (the first
of those beside a question is the same), and the list of questions after it. The first list
reads the whole study, and so does linking, which is the baseline. What a person waits for on disk
(the study read and written, safe texts) is measured by benchmarks/increments.py and review.py.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import islice

from linking import corpus

from redact.chain import corrected_entities
from redact.core import Entity
from redact.link.asking import Questioner
from redact.link.corrections import Correction, Merge
from redact.link.linker import link
from redact.link.questions import WhoQuestion
from redact.transcript.assemble import Corpus

INTERVIEWS = 180
TIMES = 20


def timed[T](work: Callable[[], T]) -> tuple[float, T]:
    """Seconds that it took, and what came of it."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def measure() -> tuple[str, list[tuple[str, ...]]]:
    """Title and rows: what was done, seconds, and the share of linking the whole."""
    transcripts, detections = corpus(INTERVIEWS)
    whole = Corpus(transcripts=transcripts, roster=())
    link(transcripts[:2], detections[:2])  # the tables are read
    baseline, entities = timed(lambda: link(transcripts, detections))
    asking = Questioner(transcripts)
    first, questions = timed(lambda: list(asking.questions(entities)))
    said: list[Correction] = []
    merges, answers, lists = [], [], []

    def apply(correction: Correction) -> tuple[Entity, ...]:
        said.append(correction)
        return corrected_entities(whole, entities, said, len(said) - 1)

    def ask() -> list[WhoQuestion]:
        return list(islice(asking.questions(entities, said), TIMES))

    for count in range(TIMES):
        one, other = [e for e in entities if e.label == "PERSON"][7 * count : 7 * count + 2]
        places = (one.mentions[0].place, other.mentions[0].place)
        took, entities = timed(partial(apply, Merge(places=places)))
        merges.append(took)
        ask()
        ticked = tuple(side.places[0] for side in questions[count].sides[:2])
        took, entities = timed(partial(apply, Merge(places=ticked)))
        answers.append(took)
        took, _ = timed(ask)
        lists.append(took)
    rows: list[tuple[str, ...]] = [
        ("linking the whole", f"{baseline:6.3f} s", "", "baseline"),
        ("the first list of questions", f"{first:6.3f} s", "", f"{first / baseline:5.2f}x"),
    ]
    for name, some in (
        ("a merge", merges),
        ("an answer", answers),
        ("the list after it", lists),
    ):
        middle = statistics.median(some)
        rows.append(
            (name, f"{middle:6.3f} s", f"most {max(some):.3f}", f"{middle / baseline:5.2f}x")
        )
    count = sum(len(found.mentions) for found in detections)
    return f"An answer on {INTERVIEWS} interviews, {count:,} mentions, {len(questions)} asked", rows


if __name__ == "__main__":
    title, table = measure()
    print(title)
    for name, *cells in table:
        print(f"  {name:28}" + "  ".join(cells))
