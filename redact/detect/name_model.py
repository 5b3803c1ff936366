"""The name model made for interview talk: persons, places and organisations, with or without case.

A folder holds `model.onnx`, `tokenizer.json` and `model.json` (labels, calibration, checksums);
ours is `redact/data/name_model`, and its card says what it was trained on and how well it does.
A transcript is read in overlapping windows; each word takes its scores from the window in which
it stands nearest to the middle, so that no name is cut by an edge.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from redact.core import Label, Mention, Place, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.confidence import KindShares, Sightings
from redact.detect.readings import Readings
from redact.errors import UsageError
from redact.transcript.case import is_caseless, word_cases
from redact.transcript.words import Word, words

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

WINDOW = 126  # pieces, beside the two that open and close a window
STEP = 110
FILES = ("model.onnx", "tokenizer.json")
_KINDS: tuple[Label, ...] = ("PERSON", "PLACE", "ORG")
OURS = Path(__file__).resolve().parent.parent / "data" / "name_model"
_BREAK = frozenset('.,;:?!\n\r()[]{}"“”<>|/')


@dataclass(frozen=True, slots=True, kw_only=True)
class WordReading:
    """What the model makes of a word: how probably it is in a name, of which kind, and opens it.

    `shares` are the probabilities of a person, a place and an organisation, uncalibrated.
    """

    word: Word
    name: float
    label: Label
    opens: bool
    shares: KindShares


class NameModel:
    """A model folder, checked and loaded; one thread, the same answer on every run."""

    def __init__(self, folder: Path) -> None:
        facts = check_folder(folder)
        import onnxruntime
        import tokenizers

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: tokenizers.Tokenizer = tokenizers.Tokenizer.from_file(
            str(folder / "tokenizer.json")
        )
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._open = self._tokenizer.token_to_id("[CLS]") or 0
        self._close = self._tokenizer.token_to_id("[SEP]") or 0
        labels: list[str] = facts["labels"]
        self._width = len(labels)
        self._first = {kind: labels.index(f"B-{kind}") for kind in _KINDS}
        self._next = {kind: labels.index(f"I-{kind}") for kind in _KINDS}
        given, right = zip(*facts["calibration"], strict=True)
        self._given, self._right = np.array(given), np.array(right)
        self._readings: Readings[Any] = Readings()

    def read(self, text: str) -> list[WordReading]:
        """Every word of the text, in order."""
        coded = self._tokenizer.encode(text, add_special_tokens=False)
        if not coded.ids:
            return []
        offsets = np.array(coded.offsets)
        ids, cases = np.array(coded.ids), word_cases(text)[offsets[:, 0]]
        asked = ids.tobytes() + cases.tobytes()
        shares = self._readings.of(asked, lambda: self._shares(ids, cases))
        names = np.interp(1 - shares[:, 0], self._given, self._right)
        readings, piece = [], 0
        for word in words(text):
            while piece < len(offsets) and offsets[piece, 1] <= word.start:
                piece += 1
            last = piece
            while last < len(offsets) and offsets[last, 0] < word.end:
                last += 1
            if last > piece:
                readings.append(self._reading(word, names[piece:last], shares[piece:last]))
                piece = last
        return readings

    def _reading(self, word: Word, names: Any, shares: Any) -> WordReading:
        summed = shares.mean(0)
        kinds = [float(summed[self._first[kind]] + summed[self._next[kind]]) for kind in _KINDS]
        label = _KINDS[kinds.index(max(kinds))]
        opens = shares[0][self._first[label]] > shares[0][self._next[label]]
        person, place, organisation = kinds
        return WordReading(
            word=word,
            name=float(names.max()),
            label=label,
            opens=bool(opens),
            shares=(person, place, organisation),
        )

    def _shares(self, ids: Any, cases: Any) -> Any:
        """For each piece the probability of each label."""
        starts = list(range(0, max(1, len(ids) - WINDOW + STEP), STEP))
        logits = np.zeros((len(ids), self._width), dtype=np.float32)
        nearest = np.full(len(ids), -1)
        for start in starts:
            end = min(start + WINDOW, len(ids))
            # One window a call: the eight-bit scales are taken over all that is asked at once, so
            # with others beside it a word's probability would depend on what they say.
            shape = (1, end - start + 2)
            batch = {name: np.zeros(shape, dtype=np.int64) for name in ("input_ids", "case_ids")}
            batch["attention_mask"] = np.ones(shape, dtype=np.int64)
            batch["input_ids"][0] = (self._open, *ids[start:end], self._close)
            batch["case_ids"][0, 1:-1] = cases[start:end]
            answers = self._session.run(None, batch)[0][0, 1:-1]
            at = np.arange(start, end)
            room = np.minimum(at - start, end - 1 - at)
            room = np.where((start == 0) & (at < WINDOW // 2), WINDOW, room)
            room = np.where((end == len(ids)) & (at >= end - WINDOW // 2), WINDOW, room)
            better = room > nearest[start:end]
            logits[start:end][better] = answers[better]
            nearest[start:end][better] = room[better]
        odds = np.exp(logits - logits.max(1, keepdims=True))
        return odds / odds.sum(1, keepdims=True)


@cache
def name_recognizer(name: str) -> NameModelRecognizer | None:
    """The recognizer that a policy asks for: ours for "", none for "none", or a model folder's.

    A process checks and loads a model once.
    """
    if name == "none":
        return None
    return NameModelRecognizer(NameModel(Path(name) if name else OURS))


class NameModelRecognizer:
    """Runs of words that the model takes for a name; weak words count beside a strong one."""

    def __init__(self, model: NameModel) -> None:
        self._model = model

    def find(self, transcript: Transcript) -> Sightings:
        """Mentions, and how probably each word is in a name."""
        readings = self._model.read(transcript.text)
        caseless = is_caseless(transcript.text)
        likely = {reading.word.start: reading.name for reading in readings}
        mentions: list[Mention] = []
        run: list[WordReading] = []
        for reading in readings:
            if reading.name < points.MODEL_LEAST:
                mentions += _mention(transcript, run, caseless)
                run = []
                continue
            if run and not _goes_on(transcript.text, run[-1], reading):
                mentions += _mention(transcript, run, caseless)
                run = []
            run.append(reading)
        mentions += _mention(transcript, run, caseless)
        kinds = {r.word.start: r.shares for r in readings if sum(r.shares) >= points.KIND_LEAST}
        return Sightings(tuple(mentions), likely, kinds)


def _goes_on(text: str, last: WordReading, reading: WordReading) -> bool:
    between = text[last.word.end : reading.word.start]
    if _BREAK.intersection(between) and between != ". ":
        return False
    return reading.label == last.label and not reading.opens


def _mention(transcript: Transcript, run: list[WordReading], caseless: bool) -> list[Mention]:
    if not run:
        return []
    score = round(max(reading.name for reading in run), 3)
    start, end = run[0].word.start, run[-1].word.end
    written_small = not caseless and transcript.text[start:end].islower()
    if end - start < 2:
        return []  # a letter by itself is somebody's only where a label or a legend says so
    if written_small and score < points.MODEL_LEAST_SMALL:
        return []
    return [
        Mention(
            place=Place.at(transcript.id, start, end),
            label=run[0].label,
            score=score,
            sources=(Source.NAME_MODEL,),
        )
    ]


def check_folder(folder: Path) -> dict[str, Any]:
    """The facts of a model folder; UsageError unless every file is there and unaltered."""
    try:
        facts: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
        sums = facts["sha256"]
        for name in FILES:
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != sums[name]:
                raise UsageError(
                    f"{name} of the name model is not the file that was measured",
                    where=str(folder),
                    remedy="Install redact again, or name another model folder in the policy.",
                )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"this is no name model: {type(error).__name__} while reading it",
            where=str(folder),
            remedy="A model folder holds model.onnx, tokenizer.json and model.json.",
        ) from None
    return facts
