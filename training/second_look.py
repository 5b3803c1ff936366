"""Trains the second look's labeller of words (redact/risk/labeller.py). For maintainers.

    .venv/bin/python training/second_look.py CORPORA redact/data/second_look.crfsuite

On the same seven in eight documents of the open corpora as the name model, as they stand and in
another guise (data.disguise), and on invented talk. About two minutes on one core; the same corpora
give the same bytes. The module of the name model's training is read for its texts only.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import pycrfsuite

sys.path.insert(0, str(Path(__file__).resolve().parent / "name_model"))
from data import CORPORA, Passage, disguise, passages, read_corpus
from talk import conversations

from redact.risk.labeller import NAME, NO_NAME, features, runs

SEED = 7
CONVERSATIONS = 6000


def texts(corpora: Path) -> list[Passage]:
    """All that is learned from, in the order it is learned."""
    rng = random.Random(SEED)
    real = [
        passage
        for name in CORPORA
        for document in read_corpus(corpora, name)[0]
        for passage in passages(document)
    ]
    disguised = [disguise(passage, rng) for passage in real]
    talk = [disguise(passage, rng) for passage in conversations(rng, CONVERSATIONS)]
    return [*real, *disguised, *talk]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.3, "c2": 0.02, "max_iterations": 100})
    for passage in texts(given.corpora):
        for run in runs(passage.text):
            labels = [
                NAME
                if any(start <= word.start < end for start, end, _ in passage.spans)
                else NO_NAME
                for word in run
            ]
            trainer.append(features(passage.text, run), labels)
    trainer.train(str(given.out))


if __name__ == "__main__":
    main()
