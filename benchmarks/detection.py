"""Words per second of detection, against the spaCy pass that it contains.

All in one process and one run on the same text (the samples): the model's `ner`
alone is the baseline; Presidio's analyzer is run on whole transcripts and turn
by turn; `redact detect` is the detector with all its recognizers and the corpus
as evidence.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from redact.core import Transcript
from redact.detect.detector import detect
from redact.detect.presidio import ENTITIES, build_engine
from redact.detect.spacy_model import model_folder
from redact.policy import DEFAULT_MODEL, load_policy
from redact.transcript.turns import read_structure

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def measure() -> tuple[str, list[tuple[str, ...]]]:
    """Title and rows: what ran, words per second, time as a ratio to the baseline."""
    policy, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    gold = (ROOT / "samples" / "co-production" / "gold.jsonl").read_text("utf-8").splitlines()
    texts = [(row["id"], row["text"]) for row in map(json.loads, gold)]
    transcripts = tuple(
        Transcript(id=name, text=text, turns=read_structure(text).turns) for name, text in texts
    )
    words = sum(len(text.split()) for _, text in texts)
    nlp = spacy.load(model_folder(DEFAULT_MODEL))
    engine = build_engine(DEFAULT_MODEL)
    engine.nlp_engine.nlp["en"] = nlp  # type: ignore[attr-defined]  # Presidio as it comes

    def raw() -> None:
        with nlp.select_pipes(enable=["ner"]):
            list(nlp.pipe(text for _, text in texts))

    def whole() -> None:
        for _, text in texts:
            engine.analyze(text, language="en", entities=list(ENTITIES))

    def by_turn() -> None:
        for transcript in transcripts:
            for turn in transcript.turns:
                piece = transcript.text[turn.start : turn.end]
                engine.analyze(piece, language="en", entities=list(ENTITIES))

    jobs: dict[str, Callable[[], object]] = {
        "spaCy, ner only (baseline)": raw,
        "Presidio over md, whole": whole,
        "Presidio over md, by turn": by_turn,
        "redact detect": lambda: detect(transcripts, policy),
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    baseline = medians["spaCy, ner only (baseline)"]
    rows: list[tuple[str, ...]] = [
        (f"{name:28}", f"{words / seconds:7.0f} words/s", f"{seconds / baseline:5.2f}x the time")
        for name, seconds in medians.items()
    ]
    return f"Detection, {words} words, one core, median of {ROUNDS} rounds in turn", rows
