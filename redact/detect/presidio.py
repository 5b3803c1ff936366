"""Presidio's analyzer over the spaCy model, with just the recognizers the study needs.

Presidio is kept from the network: its engine is given ready-made, and the
suffix list of its e-mail and URL recognizers is the one in the package
(`tldextract` would otherwise try to refresh it).
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from redact.core import Label, Mention, Place, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.confidence import Sightings
from redact.detect.phones import is_dialled
from redact.detect.readings import Readings
from redact.detect.spacy_model import load_gliner, load_model

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, RecognizerResult

STRETCH = 20_000  # characters, about 3,500 words
_SENTENCE_END = re.compile(r"[.!?]\s+|\n+")
_SPACE = re.compile(r"\s+")
# spaCy takes a run without blanks apart mark by mark, and looks at the rest each time: 1,500
# brackets took it 1.5 s, twice as many four times that.
_RUN = re.compile(r"\S{60,}")
# Presidio's patterns of addresses cost the cube of such a run (2,500 letters of "a." took 14 s).
_PIECE = 200
_LONG_RUN = re.compile(rf"\S{{{2 * _PIECE},}}")
_NO_LETTER = re.compile(r"[^\w\s]|_")

# Presidio's entity → our label and the kind of identifier (`kind` only with ID).
ENTITIES: dict[str, tuple[Label, str | None]] = {
    "PERSON": ("PERSON", None),
    "LOCATION": ("PLACE", None),
    "ORGANIZATION": ("ORG", None),
    "PHONE_NUMBER": ("PHONE", None),
    "EMAIL_ADDRESS": ("EMAIL", None),
    "URL": ("URL", None),
    "IP_ADDRESS": ("ID", "IP address"),
    "MAC_ADDRESS": ("ID", "MAC address"),
    "IBAN_CODE": ("ID", "bank account number"),
    "CREDIT_CARD": ("ID", "card number"),
    "UK_NINO": ("ID", "National Insurance number"),
    "UK_NHS": ("ID", "NHS number"),
    "UK_POSTCODE": ("ID", "postcode"),
    "UK_PASSPORT": ("ID", "passport number"),
    "UK_DRIVING_LICENCE": ("ID", "driving licence number"),
    "UK_VEHICLE_REGISTRATION": ("ID", "vehicle registration"),
    "US_SSN": ("ID", "Social Security number"),
    "US_ITIN": ("ID", "taxpayer number"),
    "US_NPI": ("ID", "National Provider Identifier"),
    "US_MBI": ("ID", "Medicare number"),
    "US_PASSPORT": ("ID", "passport number"),
    "US_DRIVER_LICENSE": ("ID", "driver's license number"),
    "US_BANK_NUMBER": ("ID", "bank account number"),
    "ABA_ROUTING_NUMBER": ("ID", "routing number"),
    "MEDICAL_LICENSE": ("ID", "medical license number"),
}
SPACY_LABELS = {
    "PERSON": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORG": "ORGANIZATION",
}

GLINER_LABELS = {"person": "PERSON", "place": "LOCATION", "organization": "ORGANIZATION"}


class PresidioRecognizer:
    """Every mention that Presidio and the spaCy model see, and which words are proper nouns."""

    def __init__(self, model: str, tagger: bool = True, gliner: str = "") -> None:
        self._engine = build_engine(model, tagger)
        self._readings: Readings[_Reading] = Readings()
        if gliner:
            self._engine.registry.add_recognizer(load_gliner(gliner, GLINER_LABELS))

    def find(self, transcript: Transcript) -> Sightings:
        """Mentions; likely is what the tagger, if there is one, takes for a proper noun."""
        mentions: list[Mention] = []
        proper: set[int] = set()
        for start, end in stretches(transcript):
            text = transcript.text[start:end]
            asked = text.encode("utf-8", "surrogatepass")
            seen = self._readings.of(asked, partial(self._read, text))
            mentions += [
                replace(one, place=Place.at(transcript.id, start + one.start, start + one.end))
                for one in seen.mentions
            ]
            proper |= {start + at for at in seen.proper}
        return Sightings(tuple(mentions), dict.fromkeys(proper, 1.0))

    def _read(self, text: str) -> _Reading:
        artifacts = self._engine.nlp_engine.process_text(_without_long_runs(text), "en")
        # Presidio looks for context words among lemmas; the word as said serves it as well.
        artifacts.lemmas = [token.lower_ for token in artifacts.tokens]
        artifacts.keywords = [word for word in artifacts.lemmas if word.isalnum()]
        found: list[Mention] = []
        for view in _views(text):
            results = self._engine.analyze(
                view.text, language="en", entities=list(ENTITIES), nlp_artifacts=artifacts
            )
            for result in results:
                result.end = view.goes_on.get(result.end, result.end)
            found += [
                mention("", one)
                for one in results
                if not (
                    _is_a_speaker(view.text, one)
                    or _cuts_a_word(view.text, one)
                    or _is_a_phone(view.text, one)
                )
            ]
        proper = frozenset(t.idx for t in artifacts.tokens if t.tag_ in ("NNP", "NNPS"))
        return _Reading(tuple(found), proper)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is seen of a stretch, by offsets in it: mentions, and the starts of proper nouns."""

    mentions: tuple[Mention, ...]
    proper: frozenset[int] = field(repr=False)


def _is_a_speaker(text: str, result: RecognizerResult) -> bool:
    """Letters and two colons ("DB::", "Dad::") that would be a short address of IPv6."""
    said = text[result.start : result.end]
    return result.entity_type == "IP_ADDRESS" and said.endswith(":") and said[:-2].isalpha()


def _is_a_phone(text: str, result: RecognizerResult) -> bool:
    """A number as it is dialled in the United States, whose last digit happens to check."""
    return result.entity_type == "UK_NHS" and is_dialled(text[result.start : result.end])


def _cuts_a_word(text: str, result: RecognizerResult) -> bool:
    """A web address that ends inside a word: "...an" of "...and", for .an is a suffix."""
    return (
        result.entity_type == "URL"
        and text[result.end - 1 : result.end].isalnum()
        and text[result.end : result.end + 1].isalnum()
    )


@dataclass(frozen=True, slots=True)
class _View:
    """A text with its long runs cut; what ends at a cut goes on to the end of its run."""

    text: str
    goes_on: Mapping[int, int]


def _views(text: str) -> list[_View]:
    """The text; one with long runs twice, cut at other places, so that none cuts every mention."""
    runs = [run.span() for run in _LONG_RUN.finditer(text)]
    if not runs:
        return [_View(text, {})]
    views = []
    for first in (_PIECE // 2, _PIECE):
        cuts = {at: end for start, end in runs for at in range(start + first, end, _PIECE)}
        marks = list(text)
        for at in cuts:
            marks[at] = " "
        views.append(_View("".join(marks), cuts))
    return views


def _without_long_runs(text: str) -> str:
    """The text with blanks for the marks in runs of many letters, of the same length.

    For the model's eyes only: Presidio's patterns and the name model read the text as it is.
    """
    return _RUN.sub(lambda run: _NO_LETTER.sub(" ", run[0]), text)


@cache
def presidio_recognizer(model: str, tagger: bool, gliner: str) -> PresidioRecognizer:
    """The recognizer over this model; a process loads it once for all policies and rosters."""
    return PresidioRecognizer(model, tagger, gliner)


def stretches(transcript: Transcript, most: int = STRETCH) -> list[tuple[int, int]]:
    """(start, end) of runs of whole turns, so that a long transcript takes no more memory.

    A run has from `most` to twice as many characters, the last one fewer or up to twice.
    A single turn longer than a stretch is cut after a sentence, at worst between two words.
    """
    text, edges, last = transcript.text, [0], 0
    starts = [turn.start for turn in transcript.turns]
    while len(text) - last > 2 * most:
        at = bisect_right(starts, last + most)
        last = starts[at] if at < len(starts) and starts[at] <= last + 2 * most else 0
        if last <= edges[-1]:
            first = edges[-1] + most
            room = _SENTENCE_END.search(text, first, first + most) or _SPACE.search(text, first)
            last = room.end() if room else len(text)
        edges.append(last)
    return list(pairwise([*edges, len(text)]))


def mention(transcript: str, result: RecognizerResult) -> Mention:
    """A Presidio result in our words."""
    label, kind = ENTITIES[result.entity_type]
    metadata = result.recognition_metadata or {}
    source = _source(str(metadata.get("recognizer_name", None)))
    return Mention(
        place=Place.at(transcript, result.start, result.end),
        label=label,
        score=round(result.score, 3),
        sources=(source,),
        kind=kind,
    )


def _source(recognizer: str) -> Source:
    try:
        return Source(recognizer)
    except ValueError:  # one that somebody else put into Presidio's registry
        return Source.PRESIDIO


def build_engine(model: str, tagger: bool = True) -> AnalyzerEngine:
    """An AnalyzerEngine over this model, with our registry and no way to the network."""
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    import presidio_analyzer.predefined_recognizers as known
    import tldextract
    import tldextract.tldextract as suffixes
    from presidio_analyzer import AnalyzerEngine, Pattern, RecognizerRegistry
    from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    suffixes.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)

    class LoadedEngine(SpacyNlpEngine):
        """Takes the model we loaded and checked; never offers to download one."""

        def load(self) -> None:
            vars(self).update(nlp={"en": load_model(model, tagger)})  # declared as None there

    class Email(known.EmailRecognizer):
        """An address under a suffix nobody registered is still somebody's address."""

        def validate_result(self, pattern_text: str) -> bool | None:
            return True if super().validate_result(pattern_text) else None

    configuration = NerModelConfiguration(
        model_to_presidio_entity_mapping=SPACY_LABELS,
        labels_to_ignore=(
            "CARDINAL DATE EVENT LANGUAGE LAW MONEY NORP ORDINAL PERCENT PRODUCT QUANTITY TIME "
            "WORK_OF_ART"
        ).split(),
        low_score_entity_names=[],
    )
    engine = LoadedEngine(
        models=[{"lang_code": "en", "model_name": model}], ner_model_configuration=configuration
    )
    engine.load()
    postcode = [
        Pattern(pattern.name, pattern.regex, points.POSTCODE)
        for pattern in known.UkPostcodeRecognizer.PATTERNS
    ]
    recognizers = [
        known.SpacyRecognizer(supported_entities=["PERSON", "LOCATION", "ORGANIZATION"]),
        Email(),
        known.UrlRecognizer(),
        known.PhoneRecognizer(supported_regions=("GB", "US"), leniency=1),
        known.IpRecognizer(),
        known.MacAddressRecognizer(),
        known.IbanRecognizer(),
        known.CreditCardRecognizer(),
        known.UkNinoRecognizer(),
        known.NhsRecognizer(),
        known.UkPostcodeRecognizer(patterns=postcode),
        known.UkPassportRecognizer(),
        known.UkDrivingLicenceRecognizer(),
        known.UkVehicleRegistrationRecognizer(),
        known.UsSsnRecognizer(),
        known.UsItinRecognizer(),
        known.UsNpiRecognizer(),
        known.UsMbiRecognizer(),
        known.UsPassportRecognizer(),
        known.UsLicenseRecognizer(),
        known.UsBankRecognizer(),
        known.AbaRoutingRecognizer(),
        known.MedicalLicenseRecognizer(),
    ]
    registry = RecognizerRegistry(
        recognizers=recognizers, global_regex_flags=re.MULTILINE | re.IGNORECASE
    )
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=engine,
        default_score_threshold=points.PRESIDIO_LEAST,
        # Whole words: "public" and "policy" hold "lic", and made a licence of a room.
        context_aware_enhancer=LemmaContextAwareEnhancer(context_matching_mode="whole_word"),
    )
