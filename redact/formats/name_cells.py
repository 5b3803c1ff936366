"""Whether a stretch of a table's cell is a name, and what around it is none: titles, remarks."""

from __future__ import annotations

import re

from redact.transcript.vocabulary import word_list

FORMER = re.compile(
    r"(?:n[eé]e|was|were|formerly|former|ex|maiden(?: name)?|born|prev(?:iously)?|now|"
    r"married(?: name)?)\b[\s.:-]*",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:not|no|none|n/?a|nil|unknown|unnamed|anon\w*|see|same|various|several|tba|tbc|as above|"
    r"dto|ditto|left|yes|cancelled)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    """de del della da di dos du la le los las lo el al ap bin binti bint ibn ben van von vander ver
    der den ter ten te zu zur y e st mac mc nic nan na the wee auld old young
    big o of and""".split()
)
_TITLES = frozenset(word.casefold().rstrip(".") for word in word_list("titles")) | frozenset(
    "cllr fr sr dr. hon lord lady laird mp msp phd md rn mrs. canon sgt pc det insp".split()
)
_DEGREES = frozenset("phd md rn msp mp mbe obe cbe jr sr ii iii iv esq retired".split())
_KIN = frozenset(
    (
        *(word.casefold() for word in word_list("kin")),
        *(word.casefold() for word in word_list("people")),
    )
)


def without_talk(text: str) -> tuple[str, str]:
    """A name without the remark that goes on behind it in small letters, and the remark."""
    words = words_in(text)
    if len(words) <= 3 and all(word == word.lower() for word in words):
        return text, ""
    for at, word in enumerate(words):
        is_small = word[:1].islower() and word.casefold() not in _PARTICLES
        if at and (is_small or word[:1].isdigit()) and "'" not in word[:3]:
            return " ".join(words[:at]), " ".join(words[at:])
    return text, ""


def without_titles(text: str) -> str:
    words = words_in(text)
    while len(words) > 1 and words[0].casefold().strip(".,") in _TITLES | _KIN:
        words = words[1:]
    while len(words) > 1 and words[-1].casefold().strip(".,") in _DEGREES:
        words = words[:-1]
    if len(words) == 1 and words[0].casefold().strip(".,") in _TITLES:
        return ""
    return " ".join(words)


def is_degree(text: str) -> bool:
    words = [word.casefold().replace(".", "") for word in words_in(text)]
    return bool(words) and all(word in _DEGREES for word in words)


def is_name(text: str) -> bool:
    """Whether a cell of a column of names is one: letters first, no sentence, no "6 people"."""
    words = words_in(text)
    if not words or len(words) > 7 or not has_letter(text) or _NOT.match(text):
        return False
    if text[:1].isdigit() or any(len(word) > 40 for word in words):
        return False
    if all(word == word.lower() for word in words):  # typed without capitals
        return len(words) <= 3 and not any(word.strip(".,") in _KIN for word in words)
    return True


def is_other_name(text: str) -> bool:
    """Whether what stands in brackets or among other names is one: it has a capital, no remark."""
    words = words_in(text)
    if not is_name(text) or len(words) > 5:
        return False
    if all(word.casefold().strip(".,") in _TITLES for word in words) or is_degree(text):
        return False
    small = [w for w in words if w[:1].islower() and w.casefold() not in _PARTICLES]
    capital = [w for w in words if w[:1].isupper()]
    if not capital:
        return False
    if words[0].casefold() in _KIN and words[0][:1].islower():
        return False
    return not small


def are_initials_of(said: str, name: str) -> bool:
    mine = [word[0].casefold() for word in re.split(r"[\s-]+", name) if word[:1].isalpha()]
    letters = [c.casefold() for c in said if c.isupper()]
    return bool(letters and mine) and letters[0] == mine[0] and all(c in mine for c in letters)


def plain_case(text: str) -> str:
    """A name without the capitals that only set a surname off: LEASK, MCDONALD, O'NEIL."""

    def small(match: re.Match[str]) -> str:
        return match[0][0] + match[0][1:].lower()

    return " ".join(
        re.sub(r"[^\W\d_]{2,}", small, word) if word.isupper() and len(word) > 3 else word
        for word in words_in(small_particles(text))
    )


def small_particles(text: str) -> str:
    words = words_in(text)
    if len(words) < 2 or not all(word.isupper() for word in words):
        return text
    return " ".join(word.title() if len(word) <= 3 else word for word in words)


def words_in(text: str) -> list[str]:
    return [word for word in text.split() if any(c.isalnum() for c in word)]


def has_letter(text: str) -> bool:
    return any(c.isalpha() for c in text)


def spaced(text: str) -> str:
    return (
        " ".join(text.replace("\r", "\n").replace("\n", " ; ").split())
        if "\n" in text
        else (" ".join(text.split()))
    )


def is_former(said: str) -> bool:
    """Whether it is a former name with the word that says so: "was Wrona", "née Currie"."""
    was = FORMER.match(said)
    return was is not None and is_other_name(said[was.end() :])


def is_small_name(said: str) -> bool:
    """Whether it may be a nickname that was typed without a capital."""
    words = words_in(said)
    return len(words) == 1 and is_name(said) and said.casefold() not in _KIN and len(said) > 2
