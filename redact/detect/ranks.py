"""How sure each source of a mention is, whatever its score: what decides where two overlap."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from redact.core import Mention, Source


class Rank(IntEnum):
    """How sure a source is; the higher wins.

    A guess has only a capital or a likeness to go by. A view is one reading of a name, by a model
    or a table of given names. Evidence is a name with what stands around it. A rule reads a form
    that hardly anything else has, a transcript's structure says who speaks, and the roster lists.
    """

    GUESS = 0
    VIEW = 1
    EVIDENCE = 2
    RULE = 3
    STRUCTURE = 4
    LISTED = 5


RANKS: Mapping[Source, Rank] = {
    Source.ROSTER: Rank.LISTED,
    Source.SPEAKER_LABEL: Rank.STRUCTURE,
    Source.SPEAKER_INITIALS: Rank.STRUCTURE,
    Source.HEADER_LINE: Rank.STRUCTURE,
    Source.CORPUS: Rank.EVIDENCE,
    Source.HEARD_AS_OTHER_WORDS: Rank.EVIDENCE,
    Source.GAZETTEER: Rank.EVIDENCE,
    Source.INTRODUCED_AS_A_PERSON: Rank.EVIDENCE,
    Source.GIVEN_AND_FAMILY_NAME: Rank.EVIDENCE,
    Source.ORGANISATION_WORD: Rank.EVIDENCE,
    Source.KNOWN_BODY: Rank.EVIDENCE,
    Source.NAMED_AFTER_A_SAINT: Rank.VIEW,
    Source.GIVEN_NAME: Rank.VIEW,
    Source.SPACY: Rank.VIEW,
    Source.NAME_MODEL: Rank.VIEW,
    Source.NEAR_A_NAME_OF_THE_STUDY: Rank.GUESS,
    Source.CAPITAL: Rank.GUESS,
    Source.PROPER_NOUN: Rank.GUESS,
    Source.REVIEWER: Rank.RULE,
    Source.GOLD: Rank.RULE,
    Source.HIDDEN_BEFORE: Rank.RULE,
    Source.TITLE: Rank.RULE,
    Source.STREET_ADDRESS: Rank.RULE,
    Source.DAY_LEVEL_DATE: Rank.RULE,
    Source.EXACT_AGE: Rank.RULE,
    Source.NUMBER_READ_AS_AN_AGE: Rank.RULE,
    Source.NUMBER_READ_AS_A_REFERENCE: Rank.RULE,
    Source.PHONE_NUMBER_BY_SHAPE: Rank.RULE,
    Source.POSSIBLE_PHONE_NUMBER_IN_CONTEXT: Rank.RULE,
    Source.WEB_ADDRESS: Rank.RULE,
    Source.SPOKEN_NUMBER: Rank.RULE,
    Source.SPOKEN_E_MAIL_ADDRESS: Rank.RULE,
    Source.SPOKEN_WEB_ADDRESS: Rank.RULE,
    Source.SPOKEN_HANDLE: Rank.RULE,
    Source.SPELLED_OUT_NAME: Rank.RULE,
    Source.SPELLED_OUT_IDENTIFIER: Rank.RULE,
    Source.CHI_NUMBER_FORM: Rank.RULE,
    Source.NHS_NUMBER_FORM: Rank.RULE,
    Source.NATIONAL_INSURANCE_NUMBER_FORM: Rank.RULE,
    Source.POSTCODE_FORM: Rank.RULE,
    Source.CHARITY_NUMBER_FORM: Rank.RULE,
    Source.COMPANY_NUMBER_FORM: Rank.RULE,
    Source.CARE_INSPECTORATE_NUMBER_FORM: Rank.RULE,
    Source.SSSC_NUMBER_FORM: Rank.RULE,
    Source.TAX_REFERENCE_FORM: Rank.RULE,
    Source.PASSPORT_NUMBER_FORM: Rank.RULE,
    Source.DRIVING_LICENCE_NUMBER_FORM: Rank.RULE,
    Source.VEHICLE_REGISTRATION_FORM: Rank.RULE,
    Source.SORT_CODE_FORM: Rank.RULE,
    Source.BANK_ACCOUNT_NUMBER_FORM: Rank.RULE,
    Source.PVG_NUMBER_FORM: Rank.RULE,
    Source.CANDIDATE_NUMBER_FORM: Rank.RULE,
    Source.NMC_PIN_FORM: Rank.RULE,
    Source.POLICE_INCIDENT_NUMBER_FORM: Rank.RULE,
    Source.SOCIAL_SECURITY_NUMBER_FORM: Rank.RULE,
    Source.TAXPAYER_NUMBER_FORM: Rank.RULE,
    Source.EMPLOYER_NUMBER_FORM: Rank.RULE,
    Source.NATIONAL_PROVIDER_IDENTIFIER_FORM: Rank.RULE,
    Source.MEDICARE_NUMBER_FORM: Rank.RULE,
    Source.DEA_NUMBER_FORM: Rank.RULE,
    Source.ZIP_CODE_FORM: Rank.RULE,
    Source.ROUTING_NUMBER_FORM: Rank.RULE,
    Source.DRIVERS_LICENSE_NUMBER_FORM: Rank.RULE,
    Source.A_NUMBER_FORM: Rank.RULE,
    Source.SEVIS_NUMBER_FORM: Rank.RULE,
    Source.UEI_FORM: Rank.RULE,
    Source.VEHICLE_NUMBER_FORM: Rank.RULE,
    Source.CARD_NUMBER_FORM: Rank.RULE,
    Source.IP_ADDRESS_FORM: Rank.RULE,
    Source.MAC_ADDRESS_FORM: Rank.RULE,
    Source.SOCIAL_HANDLE_FORM: Rank.RULE,
    Source.REFERENCE_NUMBER_FORM: Rank.RULE,
    Source.GLINER: Rank.RULE,
    Source.PRESIDIO_EMAIL: Rank.RULE,
    Source.PRESIDIO_URL: Rank.RULE,
    Source.PRESIDIO_PHONE: Rank.RULE,
    Source.PRESIDIO_IP: Rank.RULE,
    Source.PRESIDIO_MAC: Rank.RULE,
    Source.PRESIDIO_IBAN: Rank.RULE,
    Source.PRESIDIO_CARD: Rank.RULE,
    Source.PRESIDIO_NINO: Rank.RULE,
    Source.PRESIDIO_NHS: Rank.RULE,
    Source.PRESIDIO_POSTCODE: Rank.RULE,
    Source.PRESIDIO_UK_PASSPORT: Rank.RULE,
    Source.PRESIDIO_UK_LICENCE: Rank.RULE,
    Source.PRESIDIO_UK_VEHICLE: Rank.RULE,
    Source.PRESIDIO_SSN: Rank.RULE,
    Source.PRESIDIO_ITIN: Rank.RULE,
    Source.PRESIDIO_NPI: Rank.RULE,
    Source.PRESIDIO_MBI: Rank.RULE,
    Source.PRESIDIO_US_PASSPORT: Rank.RULE,
    Source.PRESIDIO_US_LICENSE: Rank.RULE,
    Source.PRESIDIO_US_BANK: Rank.RULE,
    Source.PRESIDIO_ROUTING: Rank.RULE,
    Source.PRESIDIO_MEDICAL_LICENSE: Rank.RULE,
    Source.PRESIDIO: Rank.RULE,
}

# Sources that say little by themselves.
WEAK = frozenset(source for source, rank in RANKS.items() if rank <= Rank.VIEW)


def rank(mention: Mention) -> Rank:
    """How sure the mention's best source is."""
    return max(RANKS[source] for source in mention.sources)
