"""What stands in a speaker's label: names, initials, codes, roles, and what else people put there.

Initials of two letters and more point at a person. A code (P07, S02, spk_0, INT, a single letter)
and a role (WITNESS, MODERATOR) point at nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from redact.core import Label, Span
from redact.transcript.vocabulary import folded_words, one_of, word_list
from redact.transcript.words import fold_word, words

# A pseudonym in a speaker's place: "[Person 3]:", "Speaker 2 ([Person 3]):", "@@Isla##:"; and what
# somebody hid before us: "[Name]", XXXX, ████.
PSEUDONYM = r"\[[^\W\d_][^\[\]\n\r:]{0,59}\]|@@[^@#\n\r:]{1,59}##"
EMPTIED = (
    rf"(?:(?:[\[({{]|<{{1,2}})(?i:{one_of(word_list('what stands for a name'))})(?:[ ]?\d{{1,3}})?"
    r"(?:[\])}]|>{1,2})"
    r"|[Xx]{3,}|[█▇■]{2,}|_{3,})"
)
_OURS = re.compile(r"@@[^@#\n\r:]{1,59}##")
_NUMBERED = re.compile(r"(?:[A-Za-z]{1,12}[-_ ]?)?\d{1,4}[A-Za-z]?\Z")
_LETTERED = re.compile(r"[A-Z]{1,4}[-_ ]\d{1,4}(?:[-_ ]\d{1,4})?\Z")
# K.W., K. W., K-W, KW, LWB, HMcR, O'B
_INITIALS = re.compile(
    r"[A-Z](?:a?c(?=[A-Z]))?(?:\.[ ]?|[-'’])?"
    r"(?:[A-Z](?:a?c(?=[A-Z]))?(?:\.[ ]?|[-'’])?){1,4}\Z"
)
_DOTTED_SMALL = re.compile(r"(?:[a-z]\.){2,4}\Z")
_SMALL = re.compile(r"[a-z]{2,4}\Z")
_PIECES = re.compile(r"[^\s|/,;()\[\]<>{}]+")
# Part of a name where names stand around it: al-Khatib, van der Ploeg.
PARTICLES = frozenset(
    "de la las los del van der den ter von zu al el bin ibn da dos di du st".split()
)
_TITLES = folded_words("titles")
_BESIDE_NAMES = _TITLES | folded_words("letters behind a name")
_VOWEL = re.compile(r"[AEIOUY]")
_TITLED = re.compile(r"\b[^\W\d_a-z][a-zß-öø-ÿ]{2,3}\b")
_HIDDEN = re.compile(r"(?:[xX_*█▇■#.…-]){2,}\Z")

# Words of a label that say what somebody is, not who.
ROLES = frozenset(
    """int interviewer interviewee participant respondent speaker facilitator moderator
    researcher transcriber unknown unidentified male female person voice p r i q a m f s
    narrator operator host guest worker social support manager team leader lead director
    deputy assistant senior junior head chief executive officer carer caregiver service user
    client staff member coordinator co ordinator chair chairperson nurse doctor volunteer
    tenant resident friend neighbour neighbor colleague admin
    administrator advocate navigator case caseworker specialist supervisor practitioner
    peer youth housing outreach key the and of inaudible crosstalk
    question answer note notes date time location interview all both group everyone several
    multiple speakers participants interviewers new other am pm""".split()
).union(
    folded_words("titles", "cue"),
    folded_words("kin", "role"),
    folded_words("people", "role"),
    folded_words("roles of speakers"),
    folded_words("said beside a label"),
    word_list("numbers below twenty")[1:4],
    word_list("ordinals below twenty")[1:4],
)
CODES = folded_words("codes of speakers")
SOUNDS = folded_words("sounds")
ABBREVIATIONS = folded_words("abbreviations before a colon")

Kind = Literal["name", "initials", "code", "role", "letter", "pseudonym"]


@dataclass(frozen=True, slots=True)
class LabelPiece:
    """A stretch of a label and what it is; `label` is what a name names."""

    span: Span
    kind: Kind
    label: Label = "PERSON"


def letters_of(written: str) -> str:
    """The letters of initials, folded: `kw` of KW, K.W. and K. W.; "" for what is none."""
    if not is_initials(written):
        return ""
    return "".join(c for c in written if c.isalpha()).casefold()


def is_initials(written: str) -> bool:
    """Whether this is written as the initials of a person are: KW, K.W., HMcR."""
    return bool(_INITIALS.match(written)) and sum(c.isupper() for c in written) > 1


def is_small_initials(written: str) -> bool:
    """The same in small letters (kw, k.w.), which only a legend makes initials."""
    return bool(_SMALL.match(written) or _DOTTED_SMALL.match(written))


def is_code(written: str) -> bool:
    """Whether this is a code for a speaker: P07, R1, IDI-17, spk_0, a letter, a number, INT."""
    plain = written.strip(".*_")
    return bool(
        len(plain) < 2
        or _NUMBERED.match(plain)
        or _LETTERED.match(plain)
        or _HIDDEN.match(plain)
        or fold_word(plain) in CODES
    )


def initials_of(name: tuple[str, ...]) -> frozenset[str]:
    """All that a person of this folded name may be called by initials: first and last, or all.

    The last may be written longer: HMcR for Hattie McCrindle.
    """
    if len(name) < 2:
        return frozenset()
    first, last = name[0], name[-1]
    every = "".join(word[0] for word in name)
    found = {first[0] + last[0], every, first[0] + name[1][0]}
    if last.startswith("mc") and len(last) > 2:
        found |= {first[0] + last[:3], first[0] + "mac" + last[2], first[0] + "m" + last[2]}
    if len(last) > 1 and last[0] in "od":
        found.add(first[0] + last[:2])
    return frozenset(found)


def fits(letters: str, name: tuple[str, ...], *, in_legend: bool = False) -> bool:
    """Whether these letters are initials of this folded name.

    A legend may have the surname first, so that two words fit in either order.
    """
    is_reversed = in_legend and len(name) == 2 and letters == name[1][0] + name[0][0]
    return is_reversed or letters in initials_of(name)


def read_label(
    text: str, span: Span, known: frozenset[str] = frozenset()
) -> tuple[LabelPiece, ...]:
    """What stands in a label, in order. `known` are initials, folded, that are a person's for sure.

    Surname and given name with a comma between them are one name: "Halvorsen, Ingeborg".
    """
    pieces: list[LabelPiece] = []
    at = span.start
    for hidden in _OURS.finditer(text, span.start, span.end):
        pieces += _read(text, Span(at, hidden.start()), known)
        pieces.append(LabelPiece(Span(*hidden.span()), "pseudonym"))
        at = hidden.end()
    return tuple(pieces + _read(text, Span(at, span.end), known))


def _read(text: str, span: Span, known: frozenset[str]) -> list[LabelPiece]:
    said = text[span.start : span.end]
    whole = said.strip(" \t[](){}<>*_")
    if whole and _stands_for_somebody(text, whole, known, alone=True):
        at = span.start + said.index(whole)
        return [LabelPiece(Span(at, at + len(whole)), "initials")]
    cased = any(c.isupper() for c in said)
    found: list[LabelPiece] = []
    for match in _PIECES.finditer(text, span.start, span.end):
        opens = not text[span.start : match.start()].strip()
        found += _word(text, Span(*match.span()), known, cased, opens)
    return _joined(text, found)


def _stands_for_somebody(
    text: str, written: str, known: frozenset[str], alone: bool = False
) -> bool:
    """Whether these are initials of a person, known or not; beside a name it may be a title."""
    if not alone and letters_small(written) in _BESIDE_NAMES:
        return False
    if is_small_initials(written):
        return letters_small(written) in known
    if not is_initials(written):
        return False
    if letters_of(written) in known:
        return True
    if alone and len(letters_of(written)) == 2:
        return not is_code(written)  # MR, ME or PM alone is no title, word or time
    named = _is_name_in_capitals(text, written, known) or fold_word(written) in ROLES
    return not is_code(written) and not named


def letters_small(written: str) -> str:
    """The letters of initials in small letters, folded."""
    return written.replace(".", "").casefold()


def _is_name_in_capitals(text: str, written: str, known: frozenset[str]) -> bool:
    """ADE where somebody in the text says Ade, ESKO: a name in capitals, no initials."""
    plain = letters_of(written)
    if plain in known or "." in written or len(plain) < 3 or not written.isupper():
        return False
    if plain in _titled(text):
        return True
    return len(plain) > 3 and bool(_VOWEL.search(written[1:]))


@lru_cache(maxsize=4)
def _titled(text: str) -> frozenset[str]:
    """The short words that stand in the text with one capital, folded: Ade, Ally."""
    return frozenset(match[0].casefold() for match in _TITLED.finditer(text))


_OPENING, _CLOSING = frozenset("([<{"), frozenset(")]>}")  # "Respondent (M.R.)" has no Mr


def _word(
    text: str, span: Span, known: frozenset[str], cased: bool, opens: bool
) -> list[LabelPiece]:
    written = text[span.start : span.end]
    before, behind = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    alone = (before in _OPENING and behind in _CLOSING) or (opens and written.count(".") > 1)
    if _stands_for_somebody(text, written, known, alone):
        return [LabelPiece(span, "initials")]
    found: list[LabelPiece] = []
    for word in words(written):
        place = Span(span.start + word.start, span.start + word.end)
        surface = text[place.start : place.end]
        kind: Kind = "role"
        if len(surface) == 1 and surface.isalpha():
            kind = "letter"
        elif word.folded in ROLES or word.folded in _TITLES:
            kind = "role"
        elif any(c.isdigit() for c in surface) or is_code(surface):
            kind = "code"
        elif surface[:1].isupper() or not cased or word.folded in PARTICLES:
            kind = "name"
        found.append(LabelPiece(place, kind))
    return found


_WITHIN = re.compile(r"[\s\-'’.\"“”]*\Z")
_COMMA = re.compile(r",[ \t]+\Z")
_EMPLOYER = re.compile(r"[ \t]*[|@•·/][ \t]*\Z|[ \t]+(?:at|from|of)[ \t]+\Z")


_TO_A_NAME = re.compile(r"[ ]\Z")  # what stands between initials and the name they belong to


def _joined(text: str, found: list[LabelPiece]) -> list[LabelPiece]:
    """Neighbouring words of one name as one piece; the employer behind a name is no person."""
    joined: list[LabelPiece] = []
    commas = sum(text[one.span.end : one.span.end + 1] == "," for one in found)
    for one in found:
        last = joined[-1] if joined else None
        between = text[last.span.end : one.span.start] if last else ""
        if last is None or not _goes_on(text, last, one, between, commas):
            employer = last is not None and last.kind == "name" and _EMPLOYER.match(between)
            is_name = one.kind in ("name", "initials")
            joined.append(LabelPiece(one.span, "name", "ORG") if employer and is_name else one)
        else:
            joined[-1] = LabelPiece(Span(last.span.start, one.span.end), "name", last.label)
    return [_finished(text, one) for one in joined if not _is_particle(text, one)]


def _goes_on(text: str, last: LabelPiece, one: LabelPiece, between: str, commas: int) -> bool:
    """Whether a word is more of the name before it, or of the initial before it."""
    beside = bool(_WITHIN.match(between))
    surname_first = commas == 1 and bool(_COMMA.match(between)) and last.label == "PERSON"
    if last.kind == "letter":
        return one.kind == "name" and beside
    if last.kind == "initials":  # J.P. McKay, and LIA PARMENTER
        return one.kind == "name" and bool(_TO_A_NAME.match(between))
    if last.kind != "name":
        return False
    if one.kind in ("name", "initials", "letter"):
        return beside or surname_first
    # A role with a capital straight behind a name is part of it: David Guest, Ann Friend.
    return one.kind == "role" and between == " " and text[one.span.start].isupper()


def _is_particle(text: str, one: LabelPiece) -> bool:
    return one.kind == "name" and text[one.span.start : one.span.end].casefold() in PARTICLES


def _finished(text: str, one: LabelPiece) -> LabelPiece:
    """A letter alone is a code; an initial at a name's end has its full stop."""
    if one.kind == "letter":
        return LabelPiece(one.span, "code")
    start, end = one.span.start, one.span.end
    dotted = one.kind == "name" and text[end : end + 1] == "." and end - start > 2
    if dotted and not text[end - 2].isalnum():
        return LabelPiece(Span(start, end + 1), "name", one.label)
    return one
