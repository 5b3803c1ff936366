"""What a transcript says of itself before anybody speaks: `Key: value` lines, tables, front matter.

`Participant: Anna Berg (AB)`, `Interviewer | L.B.`, `**Present:** …`, and YAML between two lines of
hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redact.core import Label, Span
from redact.transcript.lines import TextLine
from redact.transcript.tokens import ROLES
from redact.transcript.vocabulary import MONTHS, folded_words
from redact.transcript.words import fold, fold_word, words

_PERSON = folded_words("header keys of persons")
_PLACE = folded_words("header keys of places")
_ORG = folded_words("header keys of organisations")
_OTHER = folded_words("header keys of other things")
_NAMING: Mapping[Label, frozenset[str]] = {"PERSON": _PERSON, "PLACE": _PLACE, "ORG": _ORG}
# How two words of a key go together: "Date of interview" is a date, "Interviewed by" a person.
_OF = frozenset("of for and the s no number name names by with".split())
_KEY = re.compile(
    r"(?P<key>[^\W\d_][^:|│┃║\t\r\n]{0,40}?)(?:\*{1,3}|_{1,2})?[ \t]*"
    r"(?:(?P<colon>:)(?:\*{1,3}|_{1,2})?(?=[ \t]|\Z)|[ \t][|│┃║]|\t|[ ]{2,}(?=\S))"
    r"[ \t|│┃║:]*"
)
_MONTHS = frozenset(map(fold_word, MONTHS))
_ITEM = re.compile(r"[ \t]*-[ \t]+(?:(?:name|full_name|speaker)[ \t]*:[ \t]*)?", re.IGNORECASE)
_CAP = re.compile(r"[ \t│┃║|*_\"']+\Z")
_NEXT_KEY = re.compile(r"[ ]{2,}(?=[A-Z][^:\r\n]{0,30}:)")
_LONGEST = 400  # characters of a header line; longer ones are talk


_POSSESSIVE = re.compile(r"['’]s\b")  # of a transcriber's note
_MAIL = frozenset({"from", "to", "cc", "bcc", "sent", "subject"})


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A key and its value; `label` is what its names name, None where it names nobody."""

    key: str
    value: Span
    label: Label | None

    @property
    def is_of_mail(self) -> bool:
        """Whether it heads a message, which may be pasted in anywhere."""
        return self.key in _MAIL

    @property
    def may_speak(self) -> bool:
        """Whether its key may label a turn as well: "Interviewer: So how was it?"."""
        return all(word in ROLES or word.isdigit() for word in self.key.split())


def label_of(key: str) -> tuple[bool, Label | None]:
    """Whether this is a key of a header, and what its value names."""
    folded = [word for word in fold(_POSSESSIVE.sub("", key)) if not word.isdigit()]
    if not folded or len(folded) > 6:
        return False, None
    telling = [word for word in folded if word not in _OF] or folded
    joined = " ".join(folded)
    for label, known in _NAMING.items():
        if joined in known or (len(telling) == 1 and telling[0] in known):
            return True, label
    if joined in _OTHER or all(word in _OTHER | _PERSON | _PLACE | _ORG for word in telling):
        return True, None
    return False, None


def read_field(text: str, line: TextLine) -> HeaderField | None:
    """The key and value of a line, if its key is one of a header."""
    if line.is_blank or line.end - line.start > _LONGEST:
        return None
    match = _KEY.match(text, line.at, line.end)
    if match is None:
        return None
    is_known, label = label_of(match["key"])
    tab = text.find("\t", match.end(), line.end)
    if not is_known or (tab >= 0 and not match["colon"]):  # the head of a table
        return None
    end = line.end if tab < 0 else tab
    if after := _NEXT_KEY.search(text, match.end(), end):
        end = after.start()
    if cap := _CAP.search(text, match.end(), end):
        end = cap.start()
    return HeaderField(
        " ".join(fold(match["key"])), Span(match.end(), max(end, match.end())), label
    )


def front_matter(text: str, lines: Sequence[TextLine]) -> int:
    """How many lines of YAML open the text, its hyphens included; 0 without."""
    said = [text[line.start : line.end].strip("\ufeff \t") for line in lines[:80]]
    if not said or said[0] != "---":
        return 0
    closing = next((n for n, one in enumerate(said) if n and one in ("---", "...")), 0)
    return closing + 1 if closing else 0


def read_items(text: str, lines: Sequence[TextLine], at: int) -> tuple[Span, ...]:
    """The items of a list under a key without a value: `participants:`, then `- Anna Berg`."""
    items = []
    for line in lines[at:]:
        match = _ITEM.match(text, line.start, line.end)
        if match is None or match.end() >= line.end:
            break
        items.append(Span(match.end(), line.end))
    return tuple(items)


def whole(text: str, span: Span) -> tuple[Span, ...]:
    """The words of a value from the first with a capital on: the name of a place or body.

    A date is none, and a number behind the name ends it.
    """
    found = list(words(text[span.start : span.end]))
    if any(word.folded in _MONTHS for word in found):
        return ()
    said = [text[span.start + word.start : span.start + word.end] for word in found]
    first = next((n for n, one in enumerate(said) if one[:1].isupper()), None)
    if first is None:
        return ()
    if first and any(c.isdigit() for c in said[first - 1]):
        first -= 1  # the number of a house
    numbered = (n for n, one in enumerate(said) if n > first and any(map(str.isdigit, one)))
    last = next(numbered, len(said)) - 1
    return (Span(span.start + found[first].start, span.start + found[max(first, last)].end),)
