"""Names read out letter by letter, and the word they spell: "twee, t h u y", "N, A, W", "T-H-U-Y".

Who spells a name has just said it, and a speech recogniser wrote what it heard: the word before the
letters is the name too, and words before that one as far as they sound like what is spelled. The
word itself is a name wherever else it stands in the transcript.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from jellyfish import jaro_winkler_similarity, metaphone

from redact.core import Label, Mention, Place, Source, Transcript
from redact.core.kept_lists import kept_terms
from redact.detect import operating_points as points
from redact.detect.gazetteer import name_fact
from redact.detect.lexicon import is_function_word, is_ordinary, is_word_too, names_nothing
from redact.transcript.case import is_caseless
from redact.transcript.words import Word, fold_word, words

_LETTER = r"(?:double[ -])?[^\W\d_]"
_FILLED = r"(?:[ ](?:em|um|uh|er|erm)\b,?)?"
_JOINT = rf"(?:[-–]\n?[ ]?|[.,]{_FILLED}[ ]|,|[ ]{{1,2}})"
_RUN = re.compile(
    rf"(?<![\w'’.-]){_LETTER}(?:{_JOINT}{_LETTER}){{2,}}(?![\w'’]|[-–]\w)", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"(?<![\w.])[^\W\d_](?:\.[^\W\d_]){2,}\.?(?!\w)")
_ARTICLE = re.compile(r"a[ ](?=[A-Z])")
_DOUBLED = re.compile(r"double[ -]([^\W\d_])", re.IGNORECASE)
_FILLER = re.compile(r"\b(?:em|um|uh|erm?)\b", re.IGNORECASE)
_NOT_A_LETTER = re.compile(r"[\W\d_]+")
_SAID_ALOUD = re.compile(r"[-–,]")
_VOWELS = frozenset("aeiouy")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_WORD = 4  # letters of a spelled word that is taken for somebody's name by its look
_FURTHEST = 4  # words before the letters that may all be the name as it was heard
_ALIKE = 0.68  # Jaro-Winkler of sounds: "dom brow ski" and Dombrowski
_NO_NAMES = frozenset(
    """abc adhd aka asap atm bbc bbq bsc byob ceo cctv cpr cv diy dna dob dvd eta faq fbi fyi gcse
    gps hiv iep iou iq irs it iv kgb lgbt mba mph mri msc nato oap obe pcr pdf phd ptsd rip rsvp sms
    sos sql tba tbc tbd tlc tv uk ukip un us usa usb vat vhs vip wifi""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spelled:
    """Letters said one by one, and what they spell, folded."""

    start: int
    end: int
    word: str = field(repr=False)
    aloud: bool  # with commas or hyphens, as acronyms are not


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """Words said just before the letters; `is_alike` if they sound like what these spell."""

    start: int
    end: int
    is_alike: bool


class SpelledNameRecognizer:
    """Spelled names and initials, the word said before them, and the same word elsewhere."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        spelled = tuple(_spelled_in(text))
        if not spelled:
            return
        said, caseless = words(text), is_caseless(text)
        for one in spelled:
            heard = _heard_before(said, one)
            if heard and not (caseless or heard.is_alike or text[heard.start].isupper()):
                heard = None
            yield _mention(transcript, one.start, one.end, "PERSON" if heard else _label(one))
            if heard is not None:
                yield _mention(transcript, heard.start, heard.end, "PERSON")
        names = {one.word for one in spelled if _spreads(one.word)}
        for word in said:
            if word.folded in names:
                yield _mention(transcript, word.start, word.end, "PERSON")


def _spelled_in(text: str) -> Iterator[_Spelled]:
    for match in _RUN.finditer(text):
        article = _ARTICLE.match(match[0])
        start = match.start() + (article.end() if article else 0)
        run = text[start : match.end()]
        letters = _NOT_A_LETTER.sub("", _FILLER.sub("", _DOUBLED.sub(r"\1\1", run)))
        word = fold_word(letters)
        if _is_name(word):
            aloud = bool(_SAID_ALOUD.search(run))
            yield _Spelled(start=start, end=match.end(), word=word, aloud=aloud)
    for match in _ABBREVIATED.finditer(text):
        word = fold_word(match[0].replace(".", ""))
        if _is_name(word):
            yield _Spelled(start=match.start(), end=match.end(), word=word, aloud=False)


def _is_name(word: str) -> bool:
    """Not a stutter ("I, I, I"), labels (Q, A), the alphabet, a kept body, what everybody has."""
    few = set(word)
    if len(few) < 2 or few <= {"a", "i", "o"} or few == {"a", "q"} or word in _ALPHABET:
        return False
    return word not in _NO_NAMES and word not in _kept() and not names_nothing(word)


@cache
def _kept() -> frozenset[str]:
    """Kept bodies and programmes of one short word: NHS, SSI."""
    terms = (t for name in ("public-bodies", "programmes", "nations") for t in kept_terms(name))
    return frozenset(fold_word(term) for term in terms if term.isalpha())


def _label(one: _Spelled) -> Label:
    """A body where the letters look like initials: no vowel, or few of them and no known name."""
    known = name_fact(one.word)
    as_word = len(one.word) >= _SHORTEST_WORD and bool(_VOWELS & set(one.word))
    return "PERSON" if known.given or known.family or one.aloud or as_word else "ORG"


def _heard_before(said: tuple[Word, ...], one: _Spelled) -> _Heard | None:
    """Where the name was said just before it was spelled, as it was heard; None if it was not."""
    before = [w for w in said if w.end <= one.start and one.start - w.end <= 3][-1:]
    if not before or is_function_word(before[0].folded) or before[0].folded in _INTRODUCING:
        return None
    at = said.index(before[0])
    near = said[max(0, at - _FURTHEST + 1) : at + 1]
    heard = {n: "".join(w.folded for w in near[-n:]) for n in range(1, len(near) + 1)}
    best = max(heard, key=lambda n: (_sounds(heard[n], one.word), -n))
    if _sounds(heard[best], one.word) >= _ALIKE:
        return _Heard(start=near[-best].start, end=near[-1].end, is_alike=True)
    if len(one.word) < _SHORTEST_WORD or len(before[0].folded) < 3:
        return None
    return _Heard(start=before[0].start, end=before[0].end, is_alike=False)


# Words that lead up to the letters and are not what is spelled.
_INTRODUCING = frozenset(
    """spelled spelt spell spelling letters letter called name names surname capital first last
    middle wrote written write writes type typed types put puts has have had says said say reads
    read goes initials code word means stands""".split()
)


def _sounds(heard: str, spelled: str) -> float:
    return jaro_winkler_similarity(metaphone(heard), metaphone(spelled))


def _spreads(word: str) -> bool:
    return len(word) > 2 and not (is_word_too(word) or is_ordinary(word) or is_function_word(word))


def _mention(transcript: Transcript, start: int, end: int, label: Label) -> Mention:
    return Mention(
        place=Place.at(transcript.id, start, end),
        label=label,
        score=points.SPELLED_OUT,
        sources=(Source.SPELLED_OUT_NAME,),
    )
