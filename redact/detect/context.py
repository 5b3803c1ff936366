"""What a listener hears around a name: where it stands, what leads up to it, what follows.

Three recognizers over the tables of `gazetteer`: places, people and organisations.
In cased transcripts a capital in mid-sentence is itself evidence. In transcripts
without case only the tables and the words around can speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redact.core import Label, Mention, Place, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.gazetteer import PlaceFact, body_forms, is_place, name_fact, place_forms
from redact.detect.lexicon import is_function_word, is_never_name, is_word_too
from redact.transcript.case import begins_sentence, is_caseless
from redact.transcript.vocabulary import folded_words, one_of, word_list
from redact.transcript.words import Word, fold, fold_word, words

_AT_PLACE = re.compile(
    r"(?<!\w)(?:in|at|from|fae|frae|to|tae|near|around|roond|round|through|outside|ootside|doon|"
    r"down|up|over|ower|oot|out|across|towards|via|of|for|leave|left|visit|visited|called|town of|"
    r"city of|village of|live|lives|lived|north of|south of|east of|west of)\s+(?:the\s+|in\s+)?\Z",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(
    r"(?<!\w)(?:in|fae|frae|from|near|outside|ootside|doon|down in|over in|up in|oot in|out in|at|"
    r"across|lives in|living in)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_LEADING_UP = one_of(
    word for section in ("titles", "kin", "people") for word in word_list(section, "cue")
)
_OFTEN_GIVEN = 100  # as the lists count given names: Jesus, not So
_SAID_TO_BE_A_NAME = re.compile(r"\s+(?:is|was)\s+(?:my|his|her|their)\s+(?:\w+\s+)?name\b")
_TO_PERSON = re.compile(
    rf"(?<!\w)(?:{_LEADING_UP}|ma pal|my pal|pal|mate|wee|auld|big|young|called|named|cheers|"
    r"thanks|thank you|hi|hiya|hello|neighbour|neighbor|boss|manager|colleague|worker|fella|wifie|"
    r"name'?s|name is|i'?m|this is|that'?s|ask for|asked|told|phoned|rang|friend)[\s,]+\Z",
    re.IGNORECASE,
)
_ORG_WORD = (
    "Project|House|Centre|Center|Trust|Association|Services?|Collective|Church|School|Council|"
    "Foundation|Partnership|Hospital|Hostel|Academy|University|College|Housing|Society|Network|"
    "Alliance|Agency|Authority|Institute|Ministries|Mission|Charity|Charities|Clinic|Initiative|"
    "Coalition|Federation|Fellowship|Union|Club|Company|Group|Board|Department|Nursery|Preschool|"
    "Advocacy|Forum|Fund|Bureau|Cafe|Café|Library|Museum|Theatre|Hotel|Bank|Residential|Homes|"
    "Lodge|Hall|Hub|Ltd|Inc|LLC|Co-op|Cooperative|Collaborative|Commission|Diocese|Archdiocese|"
    "Clubhouse|Kitchen|Jail|Prison|Penitentiary|Tabernacle|Pharmacy|Surgery|Infirmary|Kirk|Hospice|"
    "Shelter|Pantry|Foodbank|Ministry|Workshops?|Elementary|Reentry|Outreach|Rehab|Counseling|"
    "Parish|Mosque|Temple|Synagogue|Chapel|Cathedral|Consortium|Corps|Enterprises|Solutions|Care"
)
# Of these some are words of talk as well: they count where a name's capitals lead up to them.
_ORG_WORD_WITH_CAPITAL = (
    "Aid|Unit|Ward|Market|Supermarket|Practice|Primary|High|Intermediate|Families|Manor|Farms|"
    "Industries|Partners|Associates|Systems|Rooms|Hoose|Bakery|Diner|Motel|Apartments|Allies|Shed|"
    "Playgroup|Gurdwara|Healthcare|Homecare|Behavioral|Legal|Advocates|Jobs|Supply|Terminals"
)
_ANY_ORG_WORD = f"{_ORG_WORD}|{_ORG_WORD_WITH_CAPITAL}"
_JOINING = r"(?:of|for|and|the|&|in|at|on|de|la)"
_ORG = re.compile(
    rf"(?<![\w’'])(?:[A-Z][\w’'&.-]*\s+)(?:(?:[A-Z][\w’'&.-]*|{_JOINING})\s+){{0,5}}?"
    rf"(?:{_ANY_ORG_WORD})\b(?:\s+(?:{_ANY_ORG_WORD})\b)*"
    rf"(?:\s+(?:of|for)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s*){{1,3}}(?<!\s))?"
)
_OF = re.compile(
    r"(?<![\w’'])(?:(?!The\b)[A-Z][\w’'-]+\s+){0,2}?(?:City|Office|Department|Bureau|Commonwealth|Archdiocese|Diocese|Church|University|"
    r"College|Friends|Society|County|Town|Borough|State|Ministry|Institute|School|Sisters|Daughters|"
    r"Boys and Girls Club|Order)\s+(?:of|for)\s+(?:the\s+)?"
    r"(?:[A-Z][\w’'-]*(?:\s+(?:and|&|of))?\s*){1,4}"
)
_SMALL_ORG_WORDS = frozenset(fold_word(word.rstrip("?")) for word in _ORG_WORD.split("|"))
ORG_WORDS = _SMALL_ORG_WORDS | frozenset(map(fold_word, _ORG_WORD_WITH_CAPITAL.split("|")))
_PARTICLES = frozenset(
    "nic mac mhic ni nan nam a van von der den de del la las los da dos bin ibn al el".split()
)
_MONTHS = folded_words("months")
_AFTER_THE = re.compile(r"(?<!\w)[Tt]he\s+\Z")
_SAINT = re.compile(r"(?<!\w)(?:St|Saint)\.?\s+[A-Z][\w’'-]+")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


class PlaceRecognizer:
    """Known places where the sentence agrees."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        caseless = is_caseless(text)
        last = -1
        for hit in place_forms().find(text):
            if hit.start < last:
                continue
            score = self._score(text, hit.start, hit.end, hit.key, caseless)
            if score:
                last = hit.end
                yield Mention(
                    place=Place.at(transcript.id, hit.start, hit.end),
                    label="PLACE",
                    score=score,
                    sources=(Source.GAZETTEER,),
                )

    def _score(self, text: str, start: int, end: int, fact: PlaceFact, caseless: bool) -> float:
        """How much speaks for the place; 0 for nothing."""
        folded = fold(text[start:end])
        before = text[max(0, start - 24) : start]
        if len(folded) == 1 and folded[0] in _MONTHS:
            return 0.0
        if not caseless:
            if not all(text[start + w.start].isupper() for w in _long_words(text[start:end])):
                return 0.0
            if len(folded) > 1:
                return points.PLACE_OF_WORDS
            if begins_sentence(text, start) and not _AT_PLACE.search(before):
                either = is_word_too(folded[0]) or name_fact(folded[0]).given
                return 0.0 if either else points.PLACE_FIRST
            located = bool(_AT_PLACE.search(before))
            if is_never_name(folded[0]):
                return 0.0
            known = name_fact(folded[0])
            if is_word_too(folded[0]) or known.given > 20 or known.family > 100:
                return points.PLACE_OR_NAME_LOCATED if located else 0.0
            return points.PLACE_LOCATED if located else points.PLACE_ALONE
        if all(is_word_too(word) for word in folded):
            return 0.0
        located = bool(_IN_PLACE.search(before))
        if len(folded) > 1 and not is_function_word(folded[0]):
            sure = located or fact.kind != "post place"
            return points.PLACE_SMALL_OF_WORDS if sure else 0.0
        if len(folded[0]) < 4:
            return 0.0
        known = name_fact(folded[0])
        if located:
            return points.PLACE_SMALL_LOCATED
        plain = fact.kind in ("post place", "neighbourhood") or (
            known.given > 5 or known.family > 20
        )
        return 0.0 if plain or fact.people < 5_000 else points.PLACE_SMALL_ALONE


def _long_words(surface: str) -> Sequence[Word]:
    return [word for word in words(surface) if word.end - word.start > 3] or words(surface)


@dataclass(frozen=True, slots=True)
class _PersonName:
    """How many words are a person's name, how surely, and what says so."""

    words: int
    score: float
    why: Source


class PersonRecognizer:
    """Known names, and any capitalised word behind a cue that leads up to a person."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        caseless = is_caseless(text)
        found = words(text)
        at = 0
        while at < len(found):
            name = self._read(text, found, at, caseless)
            if name is None:
                at += 1
                continue
            after = at + name.words
            after += self._particles(text, found, after, caseless)
            place = Place.at(transcript.id, found[at].start, found[after - 1].end)
            yield Mention(place=place, label="PERSON", score=name.score, sources=(name.why,))
            at = after

    def _read(
        self, text: str, found: Sequence[Word], at: int, caseless: bool
    ) -> _PersonName | None:
        """The name of a person that begins with this word, if one does."""
        word = found[at]
        surface = text[word.start : word.end]
        if len(word.folded) < 2 or any(c.isdigit() for c in surface):
            return None
        fact = name_fact(word.folded)
        if is_never_name(word.folded):
            is_name = fact.given >= _OFTEN_GIVEN and not caseless and surface[0].isupper()
            return self._read_exclaimed(text, found, at) if is_name else None
        cue = bool(_TO_PERSON.search(text[max(0, word.start - 24) : word.start]))
        follows = self._family_follows(text, found, at, caseless)
        ordinary = is_word_too(word.folded)
        if caseless:
            if ordinary:
                if not (fact.given and follows):
                    return None
                score = points.FULL_NAME_SMALL_ORDINARY
                return _PersonName(2, score, Source.GIVEN_AND_FAMILY_NAME)
            if fact.given >= 3 and follows:
                return _PersonName(2, points.FULL_NAME_SMALL, Source.GIVEN_AND_FAMILY_NAME)
            if fact.given >= 40 or (cue and fact.given >= 2):
                return _PersonName(1, points.GIVEN_NAME_SMALL, Source.GIVEN_NAME)
            return None
        if not surface[0].isupper() or (surface.isupper() and len(surface) < 4):
            return None
        first = begins_sentence(text, word.start)
        if (fact.given or cue) and follows and not (first and ordinary and not fact.given):
            return _PersonName(2, points.FULL_NAME, Source.GIVEN_AND_FAMILY_NAME)
        if cue and not first:
            return _PersonName(1, points.INTRODUCED, Source.INTRODUCED_AS_A_PERSON)
        if ordinary:
            return None
        if fact.given >= 5:
            score = points.GIVEN_NAME_FIRST if first else points.GIVEN_NAME
            return _PersonName(1, score, Source.GIVEN_NAME)
        return None

    def _read_exclaimed(self, text: str, found: Sequence[Word], at: int) -> _PersonName | None:
        """A given name that is mostly an exclamation: "Jesus Ibarra", "Jesus is my name"."""
        word = found[at]
        if _SAID_TO_BE_A_NAME.match(text, word.end):
            return _PersonName(1, points.INTRODUCED, Source.INTRODUCED_AS_A_PERSON)
        if not self._family_follows(text, found, at, caseless=False):
            return None
        family = name_fact(found[at + 1].folded)
        if family.family < 3 or family.given >= family.family or is_word_too(found[at + 1].folded):
            return None
        return _PersonName(2, points.FULL_NAME, Source.GIVEN_AND_FAMILY_NAME)

    def _particles(self, text: str, found: Sequence[Word], at: int, caseless: bool) -> int:
        """How many words more a name goes on behind a particle: "Mairi | Nic a' Ghobhainn"."""
        ahead = at
        while ahead < len(found) and found[ahead].folded in _PARTICLES and ahead - at < 2:
            ahead += 1
        if caseless or ahead == at or ahead >= len(found):
            return 0
        between = text[found[at - 1].end : found[ahead].start]
        capital = text[found[ahead].start].isupper()
        return ahead - at + 1 if capital and not re.search(r"[.,;:?!\n]", between) else 0

    def _family_follows(self, text: str, found: Sequence[Word], at: int, caseless: bool) -> bool:
        """Whether the next word, right behind, can be this person's family name."""
        if at + 1 >= len(found):
            return False
        word = found[at + 1]
        if text[found[at].end : word.start] != " " or is_never_name(word.folded):
            return False
        fact = name_fact(word.folded)
        if caseless:
            return fact.family >= 1 and not is_word_too(word.folded)
        return text[word.start].isupper() and not text[word.start : word.end].isupper()


class OrganisationRecognizer:
    """Names that end or begin in an organisation's word, and what is called "the Haven"."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        if is_caseless(text):
            yield from self._without_case(transcript)
            yield from self._known(transcript, caseless=True)
            return
        yield from self._known(transcript, caseless=False)
        for pattern, why in (
            (_ORG, Source.ORGANISATION_WORD),
            (_OF, Source.ORGANISATION_WORD),
            (_SAINT, Source.NAMED_AFTER_A_SAINT),
        ):
            for match in pattern.finditer(text):
                start, end = _trimmed(text, *match.span())
                start = start if pattern is _OF else _behind_opening(text, start, end)
                if start < end:
                    place = Place.at(transcript.id, start, end)
                    yield Mention(
                        place=place, label="ORG", score=points.ORGANISATION, sources=(why,)
                    )

    def _known(self, transcript: Transcript, caseless: bool) -> Iterator[Mention]:
        """Bodies of the table whose name is hardly anything else, with the "'s" that ends it."""
        text = transcript.text
        for hit in body_forms().find(text):
            end = hit.end + 2 if hit.key.is_possessive else hit.end
            if hit.key.is_possessive and text[hit.end : end] not in ("'s", "’s"):
                continue
            acronym = hit.key.form.isupper()
            if caseless and acronym and len(hit.key.form) < 5:
                continue  # "cab", "arc"
            if not caseless and not _is_written_as(text[hit.start : hit.end], acronym):
                continue
            yield Mention(
                place=Place.at(transcript.id, hit.start, end),
                label="ORG",
                score=points.ORGANISATION,
                sources=(Source.KNOWN_BODY,),
            )

    def _without_case(self, transcript: Transcript) -> Iterator[Mention]:
        """An organisation's word with the names and places right before it."""
        text = transcript.text
        found = words(text)
        for at, word in enumerate(found):
            if word.folded not in _SMALL_ORG_WORDS:
                continue
            first = at
            while first > 0 and at - first < 4 and self._names_it(text, found, first - 1):
                first -= 1
            if first < at:
                yield Mention(
                    place=Place.at(transcript.id, found[first].start, word.end),
                    label="ORG",
                    score=points.ORGANISATION_SMALL,
                    sources=(Source.ORGANISATION_WORD,),
                )

    def _names_it(self, text: str, found: Sequence[Word], at: int) -> bool:
        """Whether this word, right before the next, is a name or place."""
        if text[found[at].end : found[at + 1].start] not in (" ", "-"):
            return False
        folded = found[at].folded
        if is_word_too(folded):
            return False
        fact = name_fact(folded)
        return is_place((folded,)) or fact.given >= 3 or fact.family >= 20


def _behind_opening(text: str, start: int, end: int) -> int:
    """Where the name begins behind a sentence's first words: "And Moray Women's Aid"; `end` if
    one word is left ("The Trust")."""
    found = words(text[start:end])
    if not begins_sentence(text, start) or not is_function_word(found[0].folded):
        return start
    named = [word for word in found if not is_function_word(word.folded)]
    return start + named[0].start if len(named) > 1 else end


def _is_written_as(surface: str, acronym: bool) -> bool:
    """Whether a known body has its capitals here: all of them, or one a word."""
    if acronym:
        return surface.isupper()
    return all(
        surface[word.start].isupper()
        for word in words(surface)
        if not is_function_word(word.folded)
    )


class LastNet:
    """What nothing else explains: a capital in mid-sentence, or a proper noun to the tagger.

    People capitalise names. What stands so, is no word of talk and is never written
    small in the study, is taken for a name; its score says that a person should look.
    In a transcript without case the tagger's proper nouns take the capitals' place.
    """

    def find(self, transcript: Transcript, proper: frozenset[int]) -> Iterator[Mention]:
        """Mentions; `proper` are the starts of words tagged as proper nouns."""
        text = transcript.text
        if is_caseless(text):
            yield from self._tagged(transcript, proper)
            return
        for word in words(text):
            surface = text[word.start : word.end]
            if not surface[0].isupper() or surface.isupper() or len(surface) < 3:
                continue
            if is_function_word(word.folded) or begins_sentence(text, word.start):
                continue
            label = _likely_label(word.folded)
            after_the = _AFTER_THE.search(text[max(0, word.start - 5) : word.start])
            score = points.CAPITAL_AFTER_THE if after_the else points.CAPITAL
            yield Mention(
                place=Place.at(transcript.id, word.start, word.end),
                label=label,
                score=score,
                sources=(Source.CAPITAL,),
            )

    def _tagged(self, transcript: Transcript, proper: frozenset[int]) -> Iterator[Mention]:
        for word in words(transcript.text):
            known = is_word_too(word.folded) or any(c.isdigit() for c in word.folded)
            if word.start in proper and len(word.folded) > 2 and not known:
                yield Mention(
                    place=Place.at(transcript.id, word.start, word.end),
                    label=_likely_label(word.folded),
                    score=points.PROPER_NOUN,
                    sources=(Source.PROPER_NOUN,),
                )


def _likely_label(folded: str) -> Label:
    if name_fact(folded).given:
        return "PERSON"
    return "PLACE" if is_place((folded,)) else "ORG"
