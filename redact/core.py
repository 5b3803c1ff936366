"""The nouns of the book: what travels from a transcript to a release.

All are frozen. Offsets are Unicode code points of the transcript's text, end
exclusive. Fields that hold original words are never shown by `repr`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal, Self

VERSION = "0.1.0"

Label = Literal["PERSON", "PLACE", "ORG", "DATE", "AGE", "PHONE", "EMAIL", "URL", "ID", "DETAIL"]
NAMES: tuple[Label, ...] = ("PERSON", "PLACE", "ORG")
LABELS: tuple[Label, ...] = (*NAMES, "DATE", "AGE", "PHONE", "EMAIL", "URL", "ID")
DETAIL: Label = "DETAIL"  # only a person says so: what singles somebody out without a name

DOUBTFUL = 0.65  # the score below which a mention is shown to the reviewer first

Nation = Literal["Scotland", "United States", "unknown"]
Gender = Literal["woman", "man", ""]
Action = Literal[
    "label",
    "surrogate",
    "role",
    "category",
    "generalise",
    "month",
    "year",
    "shift",
    "band",
    "remove",
    "keep",
    "rewrite",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: start, and end exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        """Whether they share a character: spans that only touch do not."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other lies in this one, edges included."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span of one transcript; places are ordered by transcript, then by span."""

    transcript: str
    span: Span

    @classmethod
    def at(cls, transcript: str, start: int, end: int) -> Place:
        return cls(transcript, Span(start, end))

    @property
    def start(self) -> int:
        return self.span.start

    @property
    def end(self) -> int:
        return self.span.end

    def overlaps(self, other: Place) -> bool:
        """Whether both lie in the same transcript and share a character."""
        return self.transcript == other.transcript and self.span.overlaps(other.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's stretch, its label and line end included; label parts where there are any."""

    start: int
    end: int
    speaker: Span | None = None
    time: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """A row of interviews.csv: who was interviewed where. `more` holds its further columns."""

    interview: str = field(repr=False)
    file: str = field(repr=False)
    nation: Nation = "unknown"
    organisation: str = field(default="", repr=False)
    role: str = field(default="", repr=False)
    more: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """A row of roster.csv: a person, place or organisation the steward already knows."""

    row: int
    kind: Label
    name: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    role: str = field(default="", repr=False)
    organisation: str = field(default="", repr=False)
    nation: Nation = "unknown"
    gender: str = field(default="", repr=False)
    category: str = field(default="", repr=False)
    size: str = field(default="", repr=False)
    founded: str = field(default="", repr=False)
    town_class: str = field(default="", repr=False)
    interview: str = field(default="", repr=False)

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One interview as text with its turns; `organisation` is where it was held."""

    id: str
    text: str = field(repr=False)
    turns: tuple[Turn, ...] = ()
    nation: Nation = "unknown"
    organisation: str = field(default="", repr=False)
    interview: str = field(default="", repr=False)


class Source(StrEnum):
    """What saw a mention. The values are words for people, and stand in the files of a study.

    `presidio` is Presidio's name of a recognizer of its own, which gives its member too: studies
    made before there was this list have it on disk.
    """

    presidio: str

    def __new__(cls, words: str, presidio: str = "") -> Self:
        source = str.__new__(cls, words)
        source._value_, source.presidio = words, presidio
        return source

    @classmethod
    def _missing_(cls, value: object) -> Source | None:
        return next((s for s in cls if value and s.presidio == value), None)

    # What a person vouches for
    ROSTER = "roster"
    SPEAKER_LABEL = "speaker label"
    HEADER_LINE = "header line"
    REVIEWER = "reviewer"
    GOLD = "gold"
    # Models, and what the study's other transcripts say
    NAME_MODEL = "name model"
    CORPUS = "corpus"
    NEAR_A_NAME_OF_THE_STUDY = "near a name of the study"
    # What stands around a name, and the tables
    GAZETTEER = "gazetteer"
    GIVEN_AND_FAMILY_NAME = "given and family name"
    GIVEN_NAME = "given name"
    INTRODUCED_AS_A_PERSON = "introduced as a person"
    TITLE = "title"
    ORGANISATION_WORD = "organisation word"
    NAMED_AFTER_A_SAINT = "named after a saint"
    STREET_ADDRESS = "street address"
    CAPITAL = "capital"
    PROPER_NOUN = "proper noun"
    # Rules
    DAY_LEVEL_DATE = "day-level date"
    EXACT_AGE = "exact age"
    PHONE_NUMBER_BY_SHAPE = "phone number by shape"
    POSSIBLE_PHONE_NUMBER_IN_CONTEXT = "possible phone number in context"
    WEB_ADDRESS = "web address"
    SPOKEN_NUMBER = "spoken number"
    SPOKEN_E_MAIL_ADDRESS = "spoken e-mail address"
    SPOKEN_WEB_ADDRESS = "spoken web address"
    SPOKEN_HANDLE = "spoken handle"
    SPELLED_OUT_NAME = "spelled-out name"
    SPELLED_OUT_IDENTIFIER = "spelled-out identifier"
    # The form of an identifier, a kind of redact/detect/identifiers.py each
    CHI_NUMBER_FORM = "CHI number form"
    NHS_NUMBER_FORM = "NHS number form"
    NATIONAL_INSURANCE_NUMBER_FORM = "National Insurance number form"
    POSTCODE_FORM = "postcode form"
    CHARITY_NUMBER_FORM = "charity number form"
    COMPANY_NUMBER_FORM = "company number form"
    CARE_INSPECTORATE_NUMBER_FORM = "Care Inspectorate number form"
    SSSC_NUMBER_FORM = "SSSC number form"
    TAX_REFERENCE_FORM = "tax reference form"
    PASSPORT_NUMBER_FORM = "passport number form"
    DRIVING_LICENCE_NUMBER_FORM = "driving licence number form"
    VEHICLE_REGISTRATION_FORM = "vehicle registration form"
    SORT_CODE_FORM = "sort code form"
    BANK_ACCOUNT_NUMBER_FORM = "bank account number form"
    PVG_NUMBER_FORM = "PVG number form"
    CANDIDATE_NUMBER_FORM = "candidate number form"
    NMC_PIN_FORM = "NMC PIN form"
    POLICE_INCIDENT_NUMBER_FORM = "police incident number form"
    SOCIAL_SECURITY_NUMBER_FORM = "Social Security number form"
    TAXPAYER_NUMBER_FORM = "taxpayer number form"
    EMPLOYER_NUMBER_FORM = "employer number form"
    NATIONAL_PROVIDER_IDENTIFIER_FORM = "National Provider Identifier form"
    MEDICARE_NUMBER_FORM = "Medicare number form"
    DEA_NUMBER_FORM = "DEA number form"
    ZIP_CODE_FORM = "ZIP code form"
    ROUTING_NUMBER_FORM = "routing number form"
    DRIVERS_LICENSE_NUMBER_FORM = "driver's license number form"
    A_NUMBER_FORM = "A-number form"
    SEVIS_NUMBER_FORM = "SEVIS number form"
    UEI_FORM = "UEI form"
    VEHICLE_NUMBER_FORM = "vehicle number form"
    CARD_NUMBER_FORM = "card number form"
    IP_ADDRESS_FORM = "IP address form"
    MAC_ADDRESS_FORM = "MAC address form"
    SOCIAL_HANDLE_FORM = "social handle form"
    REFERENCE_NUMBER_FORM = "reference number form"
    # Presidio's recognizers; the two models come through it
    SPACY = "spaCy model", "SpacyRecognizer"
    GLINER = "GLiNER model", "GLiNERRecognizer"
    PRESIDIO_EMAIL = "Presidio e-mail address", "Email"
    PRESIDIO_URL = "Presidio web address", "UrlRecognizer"
    PRESIDIO_PHONE = "Presidio phone number", "PhoneRecognizer"
    PRESIDIO_IP = "Presidio IP address", "IpRecognizer"
    PRESIDIO_MAC = "Presidio MAC address", "MacAddressRecognizer"
    PRESIDIO_IBAN = "Presidio IBAN", "IbanRecognizer"
    PRESIDIO_CARD = "Presidio card number", "CreditCardRecognizer"
    PRESIDIO_NINO = "Presidio National Insurance number", "UkNinoRecognizer"
    PRESIDIO_NHS = "Presidio NHS number", "NhsRecognizer"
    PRESIDIO_POSTCODE = "Presidio postcode", "UkPostcodeRecognizer"
    PRESIDIO_UK_PASSPORT = "Presidio UK passport number", "UkPassportRecognizer"
    PRESIDIO_UK_LICENCE = "Presidio driving licence number", "UkDrivingLicenceRecognizer"
    PRESIDIO_UK_VEHICLE = "Presidio vehicle registration", "UkVehicleRegistrationRecognizer"
    PRESIDIO_SSN = "Presidio Social Security number", "UsSsnRecognizer"
    PRESIDIO_ITIN = "Presidio taxpayer number", "UsItinRecognizer"
    PRESIDIO_NPI = "Presidio National Provider Identifier", "UsNpiRecognizer"
    PRESIDIO_MBI = "Presidio Medicare number", "UsMbiRecognizer"
    PRESIDIO_US_PASSPORT = "Presidio US passport number", "UsPassportRecognizer"
    PRESIDIO_US_LICENSE = "Presidio driver's license number", "UsLicenseRecognizer"
    PRESIDIO_US_BANK = "Presidio US bank account number", "UsBankRecognizer"
    PRESIDIO_ROUTING = "Presidio routing number", "AbaRoutingRecognizer"
    PRESIDIO_MEDICAL_LICENSE = "Presidio medical license number", "MedicalLicenseRecognizer"
    PRESIDIO = "Presidio", "Presidio"  # another recognizer of its registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place in a transcript that points at someone or something: evidence, not yet identity."""

    place: Place
    label: Label
    score: float
    sources: tuple[Source, ...]
    kind: str = ""

    @property
    def transcript(self) -> str:
        return self.place.transcript

    @property
    def span(self) -> Span:
        return self.place.span

    @property
    def start(self) -> int:
        return self.place.span.start

    @property
    def end(self) -> int:
        return self.place.span.end

    def moved(self, start: int, end: int) -> Mention:
        """The same mention at another span of its transcript."""
        return replace(self, place=Place.at(self.transcript, start, end))


@dataclass(frozen=True, slots=True)
class Kept:
    """A place that looks like a mention and was left, with the rule that left it.

    `reason` is `kept_body` (with the policy's own `term`), `ordinary_word` or `reviewer`.
    """

    place: Place
    reason: Literal["kept_body", "ordinary_word", "reviewer"]
    term: str = ""

    @property
    def transcript(self) -> str:
        return self.place.transcript

    @property
    def span(self) -> Span:
        return self.place.span

    @property
    def start(self) -> int:
        return self.place.span.start

    @property
    def end(self) -> int:
        return self.place.span.end


@dataclass(frozen=True, slots=True)
class Detection:
    """Everything detection decided about one transcript, in text order."""

    transcript: str
    mentions: tuple[Mention, ...]
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person, place, organisation or identifier of the study.

    `why` names the rules that joined its mentions; `question` is set when a
    person should look (two people it might be); `renamed` is the pseudonym a person chose. Of a
    person, `gender` is what titles, relations, pronouns or the roster say, and `interviewed_in` the
    transcripts in which they are the interviewee. `owner` is the person whose address this is.
    `fits` are places, each of somebody it may be; `action` is a person's, above the policy's.
    """

    id: str
    label: Label
    mentions: tuple[Mention, ...]
    kind: str = ""
    why: tuple[str, ...] = ()
    question: str = ""
    roster_row: int = 0
    renamed: str = ""
    gender: Gender = ""
    interviewed_in: tuple[str, ...] = ()
    owner: str = ""
    fits: tuple[Place, ...] = ()
    action: Action | Literal[""] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What happens to an entity, by whose word, and why.

    `text` is what the safe text shows, `short` what it shows for an acronym if that is different.
    """

    entity: str
    action: Action
    pseudonym: str
    by: str
    reason: str
    text: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A span of the original text and what stands there in the safe text."""

    start: int
    end: int
    text: str
    entity: str
    safe_start: int = 0
    safe_end: int = 0


@dataclass(frozen=True, slots=True)
class SafeTranscript:
    """The text that may be shared, and how it came from the original."""

    id: str
    text: str
    replacements: tuple[Replacement, ...]
