"""What saw a mention: every kind of evidence there is, by the words that people read."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


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
    SPEAKER_INITIALS = "initials of a speaker"
    HEADER_LINE = "header line"
    REVIEWER = "reviewer"
    GOLD = "gold"
    HIDDEN_BEFORE = "hidden before"  # and nobody has said that it is no name
    # Models, and what the study's other transcripts say
    NAME_MODEL = "name model"
    CORPUS = "corpus"
    NEAR_A_NAME_OF_THE_STUDY = "near a name of the study"
    HEARD_AS_OTHER_WORDS = "sounds like a name of the study"
    # What stands around a name, and the tables
    GAZETTEER = "gazetteer"
    GIVEN_AND_FAMILY_NAME = "given and family name"
    GIVEN_NAME = "given name"
    INTRODUCED_AS_A_PERSON = "introduced as a person"
    TITLE = "title"
    ORGANISATION_WORD = "organisation word"
    NAMED_AFTER_A_SAINT = "named after a saint"
    KNOWN_BODY = "known organisation"
    STREET_ADDRESS = "street address"
    CAPITAL = "capital"
    PROPER_NOUN = "proper noun"
    # Rules
    DAY_LEVEL_DATE = "day-level date"
    EXACT_AGE = "exact age"
    NUMBER_READ_AS_AN_AGE = "number read as an age"
    NUMBER_READ_AS_A_REFERENCE = "number read as a reference"
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
