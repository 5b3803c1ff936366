"""What the tests of detection share: a text as a transcript, and what is found in it."""

from __future__ import annotations

from redact.core import Detection, Label, Mention, Place, Source, Transcript
from redact.detect.detector import Recognizer
from redact.transcript.turns import read_structure


def transcript(text: str, name: str = "D1") -> Transcript:
    return Transcript(id=name, text=text, turns=read_structure(text).turns)


def found_by(recognizer: Recognizer, text: str, label: str = "") -> list[str]:
    """The words of a recognizer's mentions, of one label or of all."""
    mentions = recognizer.find(transcript(text))
    return [text[m.start : m.end] for m in mentions if label in ("", m.label)]


def mention(text: str, surface: str, label: Label = "ORG") -> Mention:
    """A model's mention of the first such words in the text."""
    at = text.index(surface)
    return Mention(
        place=Place.at("D1", at, at + len(surface)),
        label=label,
        score=0.85,
        sources=(Source.SPACY,),
    )


def surfaces(detection: Detection, text: str, label: str = "") -> list[str]:
    return [text[m.start : m.end] for m in detection.mentions if label in ("", m.label)]
