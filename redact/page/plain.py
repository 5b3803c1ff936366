"""What the program calls things by its own short codes, in a person's words: for every page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from redact.core import DETAIL, Source

_KINDS = {
    "PERSON": "person",
    "PLACE": "place",
    "ORG": "organisation",
    "DATE": "date",
    "AGE": "age",
    "PHONE": "phone number",
    "EMAIL": "e-mail address",
    "URL": "web address",
    "ID": "number or code",
    DETAIL: "telling detail",
}
_ACTIONS = {
    "label": "a label, as [Person 3]",
    "surrogate": "another name",
    "role": "the role",
    "category": "what kind of thing it is",
    "generalise": "a wider place",
    "month": "the month",
    "year": "the year",
    "shift": "another date, moved by a secret number of days",
    "band": "an age group",
    "remove": "nothing",
    "keep": "the words as they are",
    "rewrite": "other words",
}
_LIKE_A_NAME = "it reads like a name"
_WHY = {
    Source.ROSTER: "it is in your table of people, places and organisations",
    Source.SPEAKER_LABEL: "it says who speaks",
    Source.SPEAKER_INITIALS: "these are initials of somebody who speaks",
    Source.HEADER_LINE: "it stands in the head of the transcript",
    Source.REVIEWER: "a person said so",
    Source.GOLD: "a person marked it",
    Source.HIDDEN_BEFORE: "it was hidden before, and nobody has said that it is no name",
    Source.NAME_MODEL: _LIKE_A_NAME,
    Source.SPACY: _LIKE_A_NAME,
    Source.GLINER: _LIKE_A_NAME,
    Source.CORPUS: "the same words are a name elsewhere in the study",
    Source.NEAR_A_NAME_OF_THE_STUDY: "it is nearly spelled like a name of the study",
    Source.HEARD_AS_OTHER_WORDS: "it sounds like a name of the study",
    Source.GAZETTEER: "there is a place of that name",
    Source.GIVEN_AND_FAMILY_NAME: "it is a first name with a family name",
    Source.GIVEN_NAME: "it is a known first name",
    Source.INTRODUCED_AS_A_PERSON: "the sentence speaks of a person",
    Source.TITLE: "a title stands before it",
    Source.ORGANISATION_WORD: "it has a word in it that organisations have in their names",
    Source.NAMED_AFTER_A_SAINT: "it is named after a saint",
    Source.KNOWN_BODY: "there is an organisation of that name",
    Source.STREET_ADDRESS: "it reads like an address",
    Source.CAPITAL: "it has a capital",
    Source.PROPER_NOUN: "it stands where a name stands",
    Source.DAY_LEVEL_DATE: "it is a date to the day",
    Source.EXACT_AGE: "it is an exact age",
    Source.NUMBER_READ_AS_AN_AGE: "the number may be an age",
    Source.NUMBER_READ_AS_A_REFERENCE: "the number may be somebody's reference",
    Source.PHONE_NUMBER_BY_SHAPE: "it looks like a phone number",
    Source.POSSIBLE_PHONE_NUMBER_IN_CONTEXT: "it may be a phone number",
    Source.SPELLED_OUT_NAME: "it is a name, spelled out",
    Source.SPELLED_OUT_IDENTIFIER: "it is a number or code, spelled out",
    Source.PRESIDIO: "it looks like a number or code",
}
_FIELDS = {
    "--to": "who has it",
    "--on": "the day",
    "--until": "the last day",
    "--purpose": "what for",
    "--agreement": "under which agreement",
    "--access": "who may see it there",
    "--anyway": "why they have it all the same",
    "--by": "your name",
    "--role": "in which role",
    "--reference": "reference",
    "--reason": "the reason",
    "--name": "the name of the release",
    "--recipient": "their recipient",
    "--second-passphrase-file or --second-identity": "the second custodian",
    "--encoding": "how the text is written",
    "--language": "the language",
    "--originals": "where the originals are",
    "--policy": "the policy",
    "--change-policy": "the policy",
    "--second": "the second reader",
    "--override": "two people's word",
    "redact key": "the key",
    "redact key rotate": "a new key",
    "redact key split": "the shares",
    "redact key destroy": "the end of the key",
    "redact withdraw": "take a participant out",
    "redact tables": "the whole list",
    "redact incident": "a name found after a release",
    "redact describe": "the description",
    "redact audit": "the log",
    "describe": "the description",
    "keep": "who keeps it safe",
    "review": "",
    "redact entity": "",
}
_LEFT_OUT = {
    "unknown structure": "parts that redact does not know",
    "numbers of programs": "numbers that only a program uses",
}
_FORM, _PRESIDIO = " form", "Presidio "
_WITH_AN = re.compile(r"[aeio]|(?:A|IBAN|IP|NHS|NMC|SSSC)\b")  # how its first word is said
_ALONE = frozenset({"it has a capital", "it stands where a name stands", _LIKE_A_NAME})


def kind_in_words(label: str | None) -> str:
    """What kind of name a label stands for, without an article; "no name" for none."""
    return _KINDS[label] if label else "no name"


def field_in_words(where: str) -> str:
    """The field of a page that an option of a command is; anything else as it is."""
    return _FIELDS.get(where, where)


def left_out_in_words(kind: str) -> str:
    """What was left out of a safe file, for people who know no formats."""
    return _LEFT_OUT.get(kind, kind)


def action_in_words(action: str) -> str:
    """What is shown in the place of a name."""
    return _ACTIONS[action]


def why_in_words(sources: Sequence[Source]) -> str:
    """Why something was found, as a sentence without its full stop; "" where nothing says."""
    said = list(dict.fromkeys(_of_source(one) for one in sources))
    if len(said) == 1 and said[0] in _ALONE:
        said.append("nothing else points to a name")
    whole = "; ".join(said)
    return whole[:1].upper() + whole[1:]


def _of_source(source: Source) -> str:
    if source in _WHY:
        return _WHY[source]
    thing = str(source).removeprefix(_PRESIDIO).removesuffix(_FORM)
    return f"it looks like {'an' if _WITH_AN.match(thing) else 'a'} {thing}"
