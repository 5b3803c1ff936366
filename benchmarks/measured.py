"""What is found, beside other programs that run offline: writes the tables of docs/measured.md.

    python benchmarks/measured.py [CORPORA] > tables.md

Names only (persons, places, organisations), in case and in lower case, without any table. CORPORA
is the folder of open annotated English that the name model is trained from; without it the samples
alone are measured. Of GUM one document in eight is kept back from training, by a hash; of the
interviews three whole studies are (training/name_model/interviews.py).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import spacy

from redact.chain import find_mentions
from redact.core import NAMES
from redact.detect.presidio import build_engine
from redact.detect.spacy_model import model_folder
from redact.evaluate.gold import KEEP, GoldDocument, GoldSpan, lowered, read_gold
from redact.evaluate.metrics import Figure, Predicted, evaluate
from redact.policy import DEFAULT_MODEL, Policy, load_policy
from redact.transcript.assemble import assemble

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training" / "name_model"))
SAMPLES = ("co-production/gold.jsonl", "further/seen.jsonl", "further/unseen.jsonl")
_LABELS = {"PERSON": "PERSON", "LOCATION": "PLACE", "ORGANIZATION": "ORG"}

View = Callable[[tuple[GoldDocument, ...]], dict[str, tuple[Predicted, ...]]]


@dataclass(frozen=True, slots=True)
class Test:
    """A set of annotated texts; of kept bodies nothing is asked here."""

    name: str
    documents: tuple[GoldDocument, ...]


def by_redact(policy: Policy) -> View:
    def view(documents: tuple[GoldDocument, ...]) -> dict[str, tuple[Predicted, ...]]:
        corpus = assemble({document.id: document.text for document in documents}, (), ())
        return {
            found.transcript: tuple(
                Predicted(start=m.start, end=m.end, label=m.label)
                for m in found.mentions
                if m.label in NAMES
            )
            for found in find_mentions(corpus, policy)
        }

    return view


def by_presidio() -> View:
    """Presidio's analyzer as it comes, over the same spaCy model."""
    engine = build_engine(DEFAULT_MODEL)
    engine.nlp_engine.nlp["en"] = spacy.load(model_folder(DEFAULT_MODEL))  # type: ignore[attr-defined]

    def view(documents: tuple[GoldDocument, ...]) -> dict[str, tuple[Predicted, ...]]:
        return {
            document.id: tuple(
                Predicted(start=r.start, end=r.end, label=_LABELS[r.entity_type])
                for r in engine.analyze(document.text, language="en", entities=list(_LABELS))
            )
            for document in documents
        }

    return view


def tests(corpora: Path | None) -> Iterator[Test]:
    for name in SAMPLES:
        yield Test(f"samples/{name}", _names_of(read_gold(ROOT / "samples" / name)))
    if corpora is None:
        return
    training = import_module("data"), import_module("interviews")  # scripts beside each other
    held = training[0].read_corpus(corpora, "gum_train_open")[1]
    yield Test("GUM, kept back: talk, court, speeches, vlogs and prose", tuple(map(_gold, held)))
    for study in sorted(training[1].HELD_BACK):
        lines = (corpora / "talk" / "gold.jsonl").read_text("utf-8").splitlines()
        of_study = [d for d in map(json.loads, lines) if d["study"] == study]
        yield Test(f"interviews kept back: {study}", _names_of(tuple(map(_gold, of_study))))


def _gold(row: dict[str, Any]) -> GoldDocument:
    spans = (GoldSpan(start=s["start"], end=s["end"], label=s["label"]) for s in row["spans"])
    return GoldDocument(id=row["id"], text=row["text"], spans=tuple(spans))


def _names_of(documents: tuple[GoldDocument, ...]) -> tuple[GoldDocument, ...]:
    wanted = {*NAMES, KEEP}
    return tuple(
        replace(one, spans=tuple(s for s in one.spans if s.label in wanted)) for one in documents
    )


def main() -> None:
    corpora = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    policy, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    views = {"redact": by_redact(policy), "Presidio": by_presidio()}
    for test in tests(corpora):
        words = sum(len(document.text.split()) for document in test.documents)
        print(f"**{test.name}** ({len(test.documents)} texts, {words:,} words)\n")
        print("| | case | persons | places | organisations | precision |")
        print("|---|---|---|---|---|---|")
        for name, view in views.items():
            for case in ("as written", "lower"):
                documents = test.documents
                if case == "lower":
                    documents = tuple(map(lowered, documents))
                figures = evaluate(documents, view(documents))
                cells = [_cell(figures["covered"].get(label)) for label in NAMES]
                cells.append(_cell(figures.get("precision", {}).get("ALL")))
                print(f"| {name} | {case} | {' | '.join(cells)} |", flush=True)
        print(flush=True)


def _cell(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return ""
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


if __name__ == "__main__":
    main()
