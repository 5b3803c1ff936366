"""Presidio's analyzer over the spaCy model, with just the recognizers the study needs.

Presidio is kept from the network: its engine is given ready-made, and the
suffix list of its e-mail and URL recognizers is the one in the package
(`tldextract` would otherwise try to refresh it).
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from redact.core import Label, Mention, Transcript
from redact.detect.model import load_model

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, RecognizerResult

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


class PresidioRecognizer:
    """Every mention that Presidio and the spaCy model see, and which words are proper nouns."""

    def __init__(self, model: str, tagger: bool = True) -> None:
        self._engine = build_engine(model, tagger)

    def find(self, transcript: Transcript) -> tuple[list[Mention], frozenset[int]]:
        """Mentions, and the starts of what the tagger, if there is one, takes for proper nouns."""
        artifacts = self._engine.nlp_engine.process_text(transcript.text, "en")
        # Presidio looks for context words among lemmas; the word as said serves it as well.
        artifacts.lemmas = [token.lower_ for token in artifacts.tokens]
        artifacts.keywords = [word for word in artifacts.lemmas if word.isalnum()]
        results = self._engine.analyze(
            transcript.text, language="en", entities=list(ENTITIES), nlp_artifacts=artifacts
        )
        proper = frozenset(token.idx for token in artifacts.tokens if token.tag_ in ("NNP", "NNPS"))
        return [mention(transcript.id, result) for result in results], proper


def mention(transcript: str, result: RecognizerResult) -> Mention:
    """A Presidio result in our words."""
    label, kind = ENTITIES[result.entity_type]
    metadata = result.recognition_metadata or {}
    source = metadata.get("recognizer_name", "Presidio")
    return Mention(
        transcript, result.start, result.end, label, round(result.score, 3), (source,), kind
    )


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
            self.nlp = {"en": load_model(model, tagger)}  # type: ignore[assignment]

    class Email(known.EmailRecognizer):
        """An address under a suffix nobody registered is still somebody's address."""

        def validate_result(self, pattern_text: str) -> bool | None:
            return True if super().validate_result(pattern_text) else None

    configuration = NerModelConfiguration(
        model_to_presidio_entity_mapping=SPACY_LABELS,
        labels_to_ignore=[
            "CARDINAL", "DATE", "EVENT", "LANGUAGE", "LAW", "MONEY", "NORP", "ORDINAL",
            "PERCENT", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART",
        ],
        low_score_entity_names=[],
    )  # fmt: skip
    engine = LoadedEngine(
        models=[{"lang_code": "en", "model_name": model}], ner_model_configuration=configuration
    )
    engine.load()
    # A full postcode is as sure as an identifier gets; Presidio scores it for use with context.
    postcode = [
        Pattern(pattern.name, pattern.regex, 0.6) for pattern in known.UkPostcodeRecognizer.PATTERNS
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
    return AnalyzerEngine(registry=registry, nlp_engine=engine, default_score_threshold=0.35)
