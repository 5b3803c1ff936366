"""The keep-list: bodies, programmes and nations that stay, matched as whole entities.

A longer name around a kept one wins ("NHS Lanarkshire" is not the NHS), and
nothing identifying hides behind one ("the Scottish Government's Morag").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Kept, Mention, Place, Source, Span, Transcript
from redact.detect.combine import is_no_rest
from redact.detect.lexicon import is_function_word, is_never_name, is_ordinary, is_word_too
from redact.transcript.case import is_caseless
from redact.transcript.spans import overlapping
from redact.transcript.vocabulary import UNITS
from redact.transcript.words import APOSTROPHES, Forms, Hit, fold, words

# "the Jobcentre on High Riggs", "Morag and the NHS": two things, not one longer name.
_JOINT_AFTER = re.compile(r"\s*(?:[,;:]|\b(?:on|in|at|from|and|or|with|by)\b)", re.IGNORECASE)
_YEAR_OF_LAW = re.compile(r",?\s+(?:of\s+)?(?:1[89]|20)\d\d\b")
_JOINT_BEFORE = re.compile(r"(?:[,;:]|\b(?:on|in|at|from|and|or|with|by))\s+(?:the\s+)?\Z", re.I)


# A statute by its whole name, brackets and all: "Mental Health (Care and Treatment) (Scotland) Act
# 2003". It is public, unless a word of it is none of the language.
_STATUTE = re.compile(
    r"(?<![\w'’-])(?P<name>[A-Z][\w'’-]+(?:,?\s+(?:and|of|the|for|in|to|with|&|[A-Z][\w'’-]+"
    r"|\([A-Z][^()\n]{2,40}\))){0,9}\s+(?:Act|Regulations|Bill|Order)),?\s+(?:of\s+)?(?:1[89]|20)\d\d\b"
)


A_STATUTE = "an act by its whole name"


# An acronym letter by letter, as transcribers and recognisers write it; no part of a longer run.
_FEWEST, _MOST = 3, 6  # letters: two are anybody's initials
_LETTERS = re.compile(
    r"(?<![\w.'’])(?<!(?<!['’])\b\w\s)[A-Z](?:(?:\.|\s|\.\s)[A-Z]){2,5}\b\.?(?!\s?\w\b)"
)
_SMALL_LETTERS = re.compile(_LETTERS.pattern.replace("A-Z", "A-Za-z"))
_ARTICLES = frozenset("a i".split())  # words of one letter, before an acronym letter by letter
_NUMBERED = re.compile(r"\b1?\d\Z")  # "Section 8", as people say it: Section eight
_VOWELS = frozenset("aeiouy")
_NO_LETTER = re.compile(r"[\W_]+")


def _letters(said: str) -> str:
    """Letters and figures alone, small: a term however it is pointed."""
    return _NO_LETTER.sub("", said).casefold()


def _in_words(term: str) -> str:
    """The term with its last number, below twenty, in a word."""
    return _NUMBERED.sub(lambda figures: UNITS[int(figures[0])], term)


def _is_parted(term: str) -> bool:
    """Whether a term has a mark inside that parts it for a search by words."""
    return "(" in term or any(mark in term for mark in APOSTROPHES)


def _as_spelled(term: str) -> str:
    """A pattern of it: any white space, and "Carer's", "Carers'" and "Carers" alike."""
    return r"\s+".join(_word_as_spelled(word) for word in term.split())


def _word_as_spelled(word: str) -> str:
    base = _POSSESSIVE.sub("", word)
    return re.escape(word) if base == word else rf"{re.escape(base)}['’]?s['’]?"


_POSSESSIVE = re.compile(r"(?:['’]s|s['’])\Z")


def _is_nothing_else(acronym: str) -> bool:
    """Whether a folded acronym of three letters or more has no vowel: it is no word and no name."""
    return len(acronym) >= _FEWEST and _VOWELS.isdisjoint(acronym) and acronym.isalpha()


# What people say behind a body without making it another: "the nhs people", "a dwp letter".
_BESIDE_A_BODY = frozenset(
    "people folk folks lot man men woman women lady ladies guy guys staff office offices "
    "worker workers card cards form forms letter letters money number line website "
    "thing things payment payments application guidance rules side end".split()
)


class KeepList:
    """The policy's terms, looked for in one pass."""

    def __init__(self, terms: tuple[str, ...]) -> None:
        spelled: dict[tuple[str, ...], str] = {}
        for term in terms:
            spelled.setdefault(fold(term), term)
        with_signs = ((term.replace(" and ", " "), term) for term in terms if " and " in term)
        numbered = ((_in_words(term), term) for term in terms if _NUMBERED.search(term))
        in_words = [(said, term) for said, term in numbered if fold(said) not in spelled]
        self._forms = Forms([*((term, term) for term in spelled.values()), *with_signs, *in_words])
        with_marks = sorted(filter(_is_parted, terms), key=len, reverse=True)
        self._parted = {_letters(term): term for term in with_marks}
        acronyms = [term for term in terms if _FEWEST <= len(term) <= _MOST and term.isupper()]
        self._acronyms = {term: term for term in acronyms if term.isalpha()}
        self._words = frozenset(word for term in terms for word in fold(term))
        self._has_laws = any(term.endswith("Act") for term in terms)
        parted = "|".join(map(_as_spelled, with_marks))
        self._spelled = re.compile(rf"(?<!\w)(?:{parted})(?!\w)", re.I) if parted else None

    def _hits(self, text: str, caseless: bool) -> Iterator[Hit[str]]:
        """Every term as a form; one with brackets or "'s" as it is spelled; N.H.S. and D W P."""
        yield from self._forms.find(text)
        for match in self._spelled.finditer(text) if self._spelled else ():
            yield Hit(match.start(), match.end(), self._parted[_letters(match[0])])
        for match in (_SMALL_LETTERS if caseless else _LETTERS).finditer(text):
            said, start = _letters(match[0]).upper(), match.start()
            if said not in self._acronyms and said[0].lower() in _ARTICLES:  # "it's a d w p thing"
                said, start = said[1:], start + 2
            term = self._acronyms.get(said)
            if term is not None:
                yield Hit(start, match.end(), term)

    def _is_of_laws(self, folded: str) -> bool:
        """Whether a word of a statute's name names nobody: English has it, or a kept term."""
        return folded in self._words or is_word_too(folded) or is_ordinary(folded)

    def find(self, transcript: Transcript) -> list[Kept]:
        """Every place of a term. Acronyms ("US") count only in capitals, so that "us" is free.

        One without a vowel ("Dwp") is nothing else, and counts as it is written. Behind a law its
        year stays too.
        """
        caseless = is_caseless(transcript.text)
        found: list[Kept] = []
        for hit in self._hits(transcript.text, caseless):
            term = hit.key
            surface = transcript.text[hit.start : hit.end]
            if term.isupper() and len(term) <= 5 and len(surface) <= len(term):
                folded = surface.casefold()
                spoken = caseless and not is_function_word(folded)
                if not (surface.isupper() or spoken or _is_nothing_else(folded)):
                    continue
            year = _YEAR_OF_LAW.match(transcript.text, hit.end) if term.endswith("Act") else None
            end = year.end() if year else hit.end
            found.append(Kept(Place.at(transcript.id, hit.start, end), "kept_body", term))
        return self._with_statutes(transcript, found) if self._has_laws else found

    def _with_statutes(self, transcript: Transcript, found: list[Kept]) -> list[Kept]:
        """What was found, and acts by their whole names instead of the terms within."""
        acts = [
            Span(*match.span())
            for match in _STATUTE.finditer(transcript.text)
            if all(self._is_of_laws(word.folded) for word in words(match["name"]))
        ]
        pairs = [(one, act) for one in found for act in overlapping(acts, one.span)]
        known = {act for one, act in pairs if one.span.covers(act)}
        within = {one.place for one, act in pairs if act not in known and act.covers(one.span)}
        whole = (Place(transcript.id, act) for act in acts if act not in known)
        left = [one for one in found if one.place not in within]
        return [*left, *(Kept(place, "kept_body", A_STATUTE) for place in whole)]


def settle(
    text: str, mentions: list[Mention], kept: list[Kept]
) -> tuple[list[Mention], list[Kept]]:
    """Mentions with kept terms taken out, and the terms that do stand by themselves."""
    staying = list(kept)
    settled: list[Mention] = []
    for mention in mentions:
        pieces = [mention]
        if Source.SPEAKER_INITIALS in mention.sources:  # "US:" is somebody, whatever the US is
            staying = [term for term in staying if not mention.span.overlaps(term.span)]
            settled.append(mention)
            continue
        for term in kept:
            if mention.span.overlaps(term.span):
                outside = _outside(text, mention, term, kept)
                if outside is None:
                    staying = [item for item in staying if item is not term]
                else:
                    pieces = [part for piece in pieces for part in _cut(text, piece, term)]
        settled += pieces
    return settled, staying


def _outside(text: str, mention: Mention, term: Kept, kept: list[Kept]) -> bool | None:
    """None when the mention is a longer name that merely contains the term.

    Other terms beside it make it no longer: "army national guard" is two.
    """
    if term.span.covers(mention.span):
        return True
    if mention.span.covers(term.span):
        possessive = text[term.end : term.end + 2]
        if len(possessive) == 2 and possessive[0] in APOSTROPHES and possessive[1] in "sS":
            return True
        if _JOINT_AFTER.match(text, term.end) or _JOINT_BEFORE.search(
            text[mention.start : term.start]
        ):
            return True
        beside = [one for one in kept if not one.span.overlaps(term.span)]
        before, after = text[mention.start : term.start], text[term.end : mention.end]
        cased = text[mention.start : mention.end] != text[mention.start : mention.end].lower()
        for side, at in ((before, mention.start), (after, term.end)):
            for word in words(side):
                if any(one.start <= at + word.start < one.end for one in beside):
                    continue
                small = cased and side[word.start].islower()  # "Olmstead printed" is no longer name
                said = not cased and side is after and word.folded in _BESIDE_A_BODY
                said = said or (not cased and word.folded in _ARTICLES)
                if not (small or said or is_never_name(word.folded)):
                    return None
    return True


def _cut(text: str, mention: Mention, term: Kept) -> list[Mention]:
    """What a mention has beside the term that can be a name without it."""
    parts = []
    for start, end in ((mention.start, term.start), (term.end, mention.end)):
        start, end = max(start, mention.start), min(end, mention.end)
        if start >= end:
            continue
        named = [
            word
            for word in words(text[start:end])
            if not is_never_name(word.folded)
            and len(word.folded) > 1
            and word.folded not in _BESIDE_A_BODY
            and not (text[start + word.start].islower() and is_no_rest(text, mention, word.folded))
        ]
        if named:
            parts.append(mention.moved(start + named[0].start, start + named[-1].end))
    return parts
