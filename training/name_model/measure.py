"""The evaluation table of the card: how much each view covers. For maintainers.

    python training/name_model/measure.py CORPORA [--trial FOLDER] > table.md

On documents of the open corpora that no model saw (the md model of spaCy saw other text) and on the
hand-written transcripts of samples/: the md model alone, a model trained as in the trial (the corpora
only; FOLDER is its export), ours alone, and the whole of detection; in case and lower-cased. Shares
fully covered and precision by character, as `redact evaluate` counts them, with 95% intervals.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import spacy
from data import CORPORA, read_corpus

from redact.core import NAMES, Mention, Transcript
from redact.detect.detector import detect
from redact.detect.name_model import OURS, NameModel, NameModelRecognizer
from redact.detect.presidio import SPACY_LABELS
from redact.detect.spacy_model import model_folder
from redact.evaluate.gold import GoldDocument, GoldSpan, lowered, read_gold
from redact.evaluate.metrics import Figure, Predicted, evaluate
from redact.policy import DEFAULT_MODEL, Keep, load_policy
from redact.transcript.captions import as_heard
from redact.transcript.turns import read_structure

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("co-production/gold.jsonl", "further/seen.jsonl", "further/unseen.jsonl")
SCOTTISH_FURTHER = frozenset(
    "auto_borders dundee_care focus_orkney auto_glasgow captions_edinburgh inverness_young".split()
)
_SHORT = {"LOCATION": "PLACE", "ORGANIZATION": "ORG", "PERSON": "PERSON"}

View = Callable[[tuple[GoldDocument, ...]], dict[str, tuple[Predicted, ...]]]


def transcript_of(document: GoldDocument) -> Transcript:
    return Transcript(id=document.id, text=document.text, turns=read_structure(document.text).turns)


def named(mentions: Iterable[Mention]) -> tuple[Predicted, ...]:
    return tuple(
        Predicted(start=m.start, end=m.end, label=m.label, entity="")
        for m in mentions
        if m.label in NAMES
    )


def by_md() -> View:
    nlp = spacy.load(model_folder(DEFAULT_MODEL))

    def view(documents: tuple[GoldDocument, ...]) -> dict[str, tuple[Predicted, ...]]:
        return {
            document.id: tuple(
                Predicted(
                    start=e.start_char,
                    end=e.end_char,
                    label=_SHORT[SPACY_LABELS[e.label_]],
                    entity="",
                )
                for e in nlp(document.text).ents
                if e.label_ in SPACY_LABELS
            )
            for document in documents
        }

    return view


def by_model(folder: Path) -> View:
    recognizer = NameModelRecognizer(NameModel(folder))

    def view(documents: tuple[GoldDocument, ...]) -> dict[str, tuple[Predicted, ...]]:
        heard = {d.id: replace(transcript_of(d), text=as_heard(d.text)) for d in documents}
        return {name: named(recognizer.find(heard[name])[0]) for name in heard}

    return view


def union(first: View, second: View) -> View:
    def view(documents: tuple[GoldDocument, ...]) -> dict[str, tuple[Predicted, ...]]:
        one, two = first(documents), second(documents)
        return {name: one[name] + two[name] for name in one}

    return view


def whole(recall: str) -> View:
    policy, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    section = policy.detect.model_copy(update={"recall": recall})
    # The corpora annotate nations and public bodies as names; here nothing is kept on purpose.
    policy = policy.model_copy(update={"detect": section, "keep": Keep()})

    def view(documents: tuple[GoldDocument, ...]) -> dict[str, tuple[Predicted, ...]]:
        found = detect(tuple(map(transcript_of, documents)), policy)
        return {detection.transcript: named(detection.mentions) for detection in found}

    return view


def texts(corpora: Path) -> dict[str, tuple[GoldDocument, ...]]:
    """Gold by the name of the test; labels other than names are left out."""
    tests: dict[str, list[GoldDocument]] = {"corpora, held back": []}
    for name in CORPORA:
        for row in read_corpus(corpora, name)[1]:
            spans = tuple(
                GoldSpan(start=s["start"], end=s["end"], label=s["label"]) for s in row["spans"]
            )
            document = GoldDocument(
                id=f"{name}/{row['id']}", text=row["text"], spans=spans, genre=row["genre"]
            )
            tests["corpora, held back"].append(document)
            tests.setdefault(f"of these {row['genre']}", []).append(document)
    with (ROOT / "samples" / "co-production" / "interviews.csv").open(encoding="utf-8") as table:
        scottish = {
            Path(row["file"]).stem for row in csv.DictReader(table) if row["nation"] == "Scotland"
        }
    scottish |= SCOTTISH_FURTHER
    for name in SAMPLES:
        documents = [
            replace(d, spans=tuple(s for s in d.spans if s.label in NAMES))
            for d in read_gold(ROOT / "samples" / name)
        ]
        tests[f"samples/{name}"] = documents
        for document in documents:
            nation = "Scotland" if document.id in scottish else "United States"
            tests.setdefault(f"of these {nation}", []).append(document)
    return {name: tuple(documents) for name, documents in tests.items()}


def cell(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "—"
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--trial", type=Path, help="a model folder trained on the corpora only")
    given = parser.parse_args()
    views: dict[str, View] = {"md": by_md()}
    if given.trial:
        views |= {
            "trial model": by_model(given.trial),
            "trial and md": union(views["md"], by_model(given.trial)),
        }
    views |= {
        "our model": by_model(OURS),
        "redact, high": whole("high"),
        "redact, balanced": whole("balanced"),
        "redact, precise": whole("precise"),
    }
    for test, documents in texts(given.corpora).items():
        print(f"\n{test} ({len(documents)} documents)\n")
        print("| | case | PERSON | PLACE | ORG | precision |\n|---|---|---|---|---|---|")
        for case in ("as written", "lower"):
            told = documents if case == "as written" else tuple(map(lowered, documents))
            for name, view in views.items():
                figures = evaluate(told, view(told))
                cells = [cell(figures["covered"].get(label)) for label in NAMES]
                cells.append(cell(figures["precision"]["ALL"]))
                print(f"| {name} | {case} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
