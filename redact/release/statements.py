"""A consent form sentence by sentence and clause by clause: what each is about, and what it denies.

Whether "they will be destroyed" is a promise hangs on who they are: transcripts are deposited,
recordings, names and signed forms are not. A pronoun stands for what was spoken of last; one that
stands for nothing is taken for the transcripts, for a person looks at what is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Thing(StrEnum):
    """What a clause is about."""

    WORDS = "what people said: transcripts, answers, data"
    RECORDING = "recordings of it"
    IDENTITY = "names, contacts, keys and signed forms"
    PRONOUN = "it, they or these"


_MINE = r"(?:your|my|the|our|this|that|these|those|their|any|all|each|an?)"
_THINGS = re.compile(  # the first that fits: a recording of an interview is a recording
    r"\b(?:"
    r"(?P<IDENTITY>(?:consent|signed|contact|registration) (?:forms?|sheets?|details|information)|"
    r"(?<!in )(?:this|these|your|paper|completed) forms?|"
    r"(?:personal|identif\w+|contact|private|confidential identif\w+) (?:\w+ )?"
    r"(?:details|information|data|identifiers|characteristics|particulars)|"
    r"(?:information|details|data|anything|everything|something|nothing) (?:that|which) "
    r"(?:could|can|may|might|would|will)? ?(?:be used to )?identif\w+|"
    r"(?:real |full |own )?(?:names?|identit(?:y|ies)|address(?:es)?|signatures?|initials|"
    r"who (?:you|they|people|participants) are|pseudonyms?|(?:tele)?phone numbers?|"
    r"e-?mails?|photographs?|photos)|identifiers|"
    r"links?|keys?|lists?|code ?books?|linkage)|"
    rf"(?P<RECORDING>(?:(?:audio|video|sound|voice|digital|tape|original)[- ]?)*"
    rf"(?:recordings?|audio(?: files?)?|tapes?|videos?|sound files?)"
    rf"(?: (?:of|from) (?:{_MINE} )?(?:\w+ )?(?:interviews?|conversations?|groups?))?)|"
    r"(?P<WORDS>transcripts?|transcriptions?|interviews?|data|answers|responses|materials?|"
    r"records|notes|information|everything|anything|nothing|contributions?|words|texts?|stor(?:y|ies)|"
    r"what (?:you|I|we|people|participants|they) (?:\w+ )?(?:say|said|tell|told|discuss\w*|"
    r"talk\w*|share\w*)|written (?:record|version|copy)s?|files?|conversations?)|"
    r"(?P<PRONOUN>it|they|them|these|this|those|all of (?:it|them|this))"
    r")\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not(?! only)|never|nobody|no one|no-one|none|nothing|neither|nor|cannot|no longer|"
    r"(?:under|in) no (?:circumstances?|case|way)|"
    r"no(?= (?:\w+ ){0,3}(?:part|data|transcripts?|interviews?|information|cop(?:y|ies)|third|"
    r"other)))"
    r"\b|n['’]t\b",
    re.IGNORECASE,
)
_ALSO = (
    r"(?!(?:nobody|no one|no-one) (?:else|but|beyond|outside|other)|(?:for|to) (?:nobody|nothing))"
)
_APART = re.compile(  # where one clause ends and another begins
    r"\s*[;:]\s+|,?(?<!nothing)(?<!body)(?<!one)(?<!none)\s+but\s+(?!(?:nothing|no) more)|"
    r",?\s+(?:and then|then|after which|whereas|while|although|though|however)\s+|"
    rf",\s+{_ALSO}(?=(?:so|which|who|where|because|if|unless|as|we|you|they|it|your|the|no|only|"
    r"nobody)\b)|"
    rf",?\s+(?:and|or)\s+{_ALSO}(?=(?:will|we|you|they|it|I|your|"
    r"the [a-z]+ (?:will|is|are|may|can)|only|nobody|no one|are|is|may|can|must|never|not)\b)",
    re.IGNORECASE,
)
_WHEN = re.compile(  # a time or a place, and nothing that something is done to
    r"\b(?:apart|away|separate(?:ly)?|detached|removed) from (?:(?:the|your|my|our|any|all) )?"
    r"(?:\w+ )?(?:transcripts?|interviews?|data|recordings?|answers|responses|files?)\b|"
    r"\b(?:after|before|during|following|until|since|(?:at|by) the end of) "
    r"(?:(?:the|your|my|our|this|"
    r"each|an?) )?(?:interviews?|conversations?|transcriptions?|data collection|recordings?)\b",
    re.IGNORECASE,
)
_VERB = re.compile(  # without one a piece is a part of a list: "the transcript and the recording"
    r"\b(?:will|shall|may|might|can|could|must|should|would|is|are|was|were|be|been|has|have|had|do|"
    r"does|did|won't|\w+n['’]t|\w+ed|kept|given|held|seen|known|see|read|use|share|keep|pass|publish|"
    r"destroy|delete|erase|withdraw|take|give|ask|agree|understand|know|want|store|make|tell)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:be|been|being|is|are|was|were|get|gets)\b")
_LONGEST = 600  # characters that are read as one sentence
_END = re.compile(r"(?<=[.?!;])\s+|\n\s*(?:[-*•☐□]|\d+[.)]|\[ ?\])\s*|\n\s*\n|\n(?=#)")
_NO = re.compile(r"^\W*no\b[,.!]?", re.IGNORECASE)
_YES = re.compile(r"^\W*yes\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause: its words, what it is about by where that begins, and whether it denies it.

    `before` is what was spoken of last before it: a pronoun, or a clause without a subject, means
    that. `answered_no` says that it is a question with that answer.
    """

    text: str = field(repr=False)
    about: tuple[tuple[int, Thing], ...]
    before: frozenset[Thing]
    answered_no: bool = False

    @property
    def is_negated(self) -> bool:
        return self.answered_no or bool(_NOT.search(self.text))

    def is_negated_at(self, at: int) -> bool:
        """Whether something before this place denies what stands there."""
        return self.answered_no or bool(_NOT.search(self.text, 0, at))

    def is_about_data(self, start: int | None = None, end: int = 0) -> bool:
        """Whether it is about what is deposited; with a verb's place, what that is done to.

        In the passive that stands before the verb, else behind it; else it is what the whole
        clause is about.
        """
        meant = {thing for _, thing in self.about}
        if start is not None:
            sides = [{t for at, t in self.about if at < start}]
            sides += [{t for at, t in self.about if at >= end}]
            chosen = sides if _PASSIVE.search(self.text, 0, start) else sides[::-1]
            meant = next(filter(None, chosen), set())
        if Thing.WORDS in meant:
            return True
        if meant - {Thing.PRONOUN}:
            return False
        return Thing.WORDS in self.before or (bool(meant) and not self.before)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the line it begins at, counted from 1, and its clauses."""

    said: str = field(repr=False)
    line: int
    clauses: tuple[Clause, ...] = field(repr=False)


def statements_in(text: str) -> Iterator[Statement]:
    """The sentences that say something, in their order; a question only with its answer."""
    pieces = [one for one in _pieces(text) if one[0]]
    before: frozenset[Thing] = frozenset()
    for number, (said, line) in enumerate(pieces):
        after = pieces[number + 1][0] if number + 1 < len(pieces) else ""
        is_asked = said.endswith("?")
        no = is_asked and bool(_NO.match(after))
        clauses = []
        for words in _clauses(said):
            at_a_time = _WHEN.sub(lambda when: " " * len(when[0]), words)
            about = tuple(
                (found.start(), Thing[found.lastgroup])
                for found in _THINGS.finditer(at_a_time)
                if found.lastgroup is not None
            )
            clauses.append(Clause(text=words, about=about, before=before, answered_no=no))
            named = frozenset(thing for _, thing in about) - {Thing.PRONOUN}
            before = named or before
        if not is_asked or no or _YES.match(after):
            yield Statement(said, line, tuple(clauses))


def _clauses(said: str) -> Iterator[str]:
    """The clauses of a sentence; what has no verb of its own goes with what follows."""
    begun = 0
    for gap in _APART.finditer(said):
        if _VERB.search(said, begun, gap.start()):
            yield said[begun : gap.start()].strip()
            begun = gap.end()
    if said[begun:].strip():
        yield said[begun:].strip()


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Each sentence with its line; one that never ends in pieces that overlap by half."""
    at = 0
    for sentence in _END.split(text):
        at = text.index(sentence, at) if sentence else at
        begins = at + len(sentence) - len(sentence.lstrip())
        starts = [0, *range(_LONGEST // 2, len(sentence) - _LONGEST // 2, _LONGEST // 2)]
        for start in starts:
            said = " ".join(sentence[start : start + _LONGEST].split()).lstrip("-*•#☐□ ").strip()
            yield said, text.count("\n", 0, begins + start) + 1
        at += len(sentence)
