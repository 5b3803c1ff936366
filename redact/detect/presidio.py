"""Presidio's analyzer over the spaCy model, with just the recognizers the study needs.

Presidio is kept from the network: its engine is given ready-made, and the
suffix list of its e-mail and URL recognizers is the one in the package
(`tldextract` would otherwise try to refresh it).
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from redact.core import Label, Mention, Place, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.confidence import Sightings
from redact.detect.spacy_model import load_gliner, load_model

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, RecognizerResult

STRETCH = 20_000  # characters, about 3,500 words
_SENTENCE_END = re.compile(r"[.!?]\s+|\n+")
_SPACE = re.compile(r"\s+")

# Presidio's entity → our label and the kind of identifier (`kind` only with ID).
ENTITIES: dict[str, tuple[Label, str]] = {
    "PERSON": ("PERSON", ""),
    "LOCATION": ("PLACE", ""),
    "ORGANIZATION": ("ORG", ""),
    "PHONE_NUMBER": ("PHONE", ""),
    "EMAIL_ADDRESS": ("EMAIL", ""),
    "URL": ("URL", ""),
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
        if gliner:
            self._engine.registry.add_recognizer(load_gliner(gliner, GLINER_LABELS))

    def find(self, transcript: Transcript) -> Sightings:
        """Mentions; likely is what the tagger, if there is one, takes for a proper noun."""
        mentions: list[Mention] = []
        proper: set[int] = set()
        for start, end in stretches(transcript):
            text = transcript.text[start:end]
            artifacts = self._engine.nlp_engine.process_text(text, "en")
            # Presidio looks for context words among lemmas; the word as said serves it as well.
            artifacts.lemmas = [token.lower_ for token in artifacts.tokens]
            artifacts.keywords = [word for word in artifacts.lemmas if word.isalnum()]
            results = self._engine.analyze(
                text, language="en", entities=list(ENTITIES), nlp_artifacts=artifacts
            )
            mentions += [mention(transcript.id, result, start) for result in results]
            proper |= {start + t.idx for t in artifacts.tokens if t.tag_ in ("NNP", "NNPS")}
        return Sightings(tuple(mentions), dict.fromkeys(proper, 1.0))


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


def mention(transcript: str, result: RecognizerResult, offset: int = 0) -> Mention:
    """A Presidio result in our words; `offset` is where the text that it read begins."""
    label, kind = ENTITIES[result.entity_type]
    metadata = result.recognition_metadata or {}
    source = _source(str(metadata.get("recognizer_name", "")))
    start, end = offset + result.start, offset + result.end
    return Mention(
        place=Place.at(transcript, start, end),
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
        registry=registry, nlp_engine=engine, default_score_threshold=points.PRESIDIO_LEAST
    )
