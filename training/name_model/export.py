"""Writes trained weights as the ONNX model that redact ships. For maintainers.

    python training/name_model/export.py WEIGHTS.pt CORPORA redact/data/name_model

Weights of the matrix products are kept in eight bits, one scale a column; then the scores are
calibrated on the documents held back and the interviews to choose by: a straight line between
measured shares of right words.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from data import CORPORA, LABELS, passages, read_corpus
from interviews import to_choose_by
from onnxruntime.quantization import QuantType, quantize_dynamic
from train import BASE, NameModel, load_tokenizer

from redact.transcript.case import word_cases

BINS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)


def write_onnx(weights: Path, out: Path, whole: bool) -> None:
    """The model in ONNX; in 32 bits if `whole`, otherwise with its weights in 8."""
    model = NameModel()
    model.load_state_dict(torch.load(weights))
    model.eval()
    example = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "windows", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model,
            (example, example, example),
            str(plain),
            input_names=["input_ids", "attention_mask", "case_ids"],
            output_names=["logits"],
            dynamic_axes=dict.fromkeys(("input_ids", "attention_mask", "case_ids", "logits"), axes),
            opset_version=17,
            dynamo=False,
        )
        if whole:
            shutil.copy(plain, out)
        else:
            quantize_dynamic(plain, out, weight_type=QuantType.QInt8, per_channel=True)


def word_scores(session, tokenizer, text: str) -> list[tuple[int, int, float]]:
    """(start, end, probability of being in a name) of every piece of a passage."""
    coded = tokenizer.encode(text)
    case = word_cases(text)
    cases = [
        0 if special else int(case[start])
        for (start, _), special in zip(coded.offsets, coded.special_tokens_mask, strict=True)
    ]
    logits = session.run(
        None,
        {
            "input_ids": np.array([coded.ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(coded.ids)), dtype=np.int64),
            "case_ids": np.array([cases], dtype=np.int64),
        },
    )[0][0]
    odds = np.exp(logits - logits.max(-1, keepdims=True))
    odds /= odds.sum(-1, keepdims=True)
    return [
        (start, end, float(1 - share[0]))
        for (start, end), special, share in zip(
            coded.offsets, coded.special_tokens_mask, odds, strict=True
        )
        if not special
    ]


def calibrate(model: Path, corpora: Path) -> list[tuple[float, float]]:
    """(score given, share right) pairs, both rising, measured on held-back documents."""
    session = onnxruntime.InferenceSession(str(model))
    tokenizer = load_tokenizer()
    given: list[tuple[float, bool]] = []
    held = [document for name in CORPORA for document in read_corpus(corpora, name)[1]]
    for document in (*held, *to_choose_by(corpora)):
        for passage in passages(document):
            for text in (passage.text, passage.text.lower()):
                if len(text) != len(passage.text):
                    continue
                for start, _, score in word_scores(session, tokenizer, text):
                    given.append((score, any(a <= start < b for a, b, _ in passage.spans)))
    given.sort()
    edges = [0.0, *BINS, 1.01]
    pairs, least = [(0.0, 0.0)], 0.0
    for low, high in zip(edges, edges[1:], strict=False):
        inside = [(s, right) for s, right in given if low <= s < high]
        if len(inside) >= 20:
            least = max(least, sum(right for _, right in inside) / len(inside))
            pairs.append((round(sum(s for s, _ in inside) / len(inside), 4), round(least, 4)))
    return [*pairs, (1.0, max(least, pairs[-1][1]))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("weights", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--whole", action="store_true", help="32-bit weights, to compare with")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    model = given.out / "model.onnx"
    write_onnx(given.weights, model, given.whole)
    shutil.copy(BASE / "tokenizer.json", given.out / "tokenizer.json")
    facts = {
        "labels": list(LABELS),
        "calibration": calibrate(model, given.corpora),
        "sha256": {
            name: hashlib.sha256((given.out / name).read_bytes()).hexdigest()
            for name in ("model.onnx", "tokenizer.json")
        },
    }
    (given.out / "model.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
