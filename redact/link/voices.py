"""Whose a name is because of who says it: "I'm Orla", "they call me Dodds", "Thanks, Kasho".

A speaker is known by the label of the turns, whatever stands in it: a name, initials, a role. What
they say that they are or were called is theirs; so is the name by which the one they talk with
greets or thanks them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from redact.link.clusters import Key
from redact.link.scenes import NameUse

_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Rev|Auntie|Aunty|Uncle|Mama|Mother)\.?\s+)?"
_I = r"(?:I|eh|ah)"
_SMALL = r"(?: (?:still|just|only|always|plain|really|now|then|a|an|the))*"
_MARK = r"[\"“‘']?"
_I_AM = re.compile(
    rf"(?<![\"“‘])\b(?:{_I}['’]m|{_I} am|my name(?:['’]s| is| was)|'s mise){_SMALL}\s+"
    rf"{_TITLE}{_MARK}\Z",
    re.IGNORECASE,
)
_CALLED_ME = re.compile(
    rf"(?<!\byou )\b(?:(?:call|cry|cri|know|knew)(?:s|ed|es|n)? me(?: as)?|"
    rf"(?:got|has|have|had|put) me(?: down)? as|{_I}(?: still)? (?:go|went|get) by){_SMALL}\s+"
    rf"{_TITLE}{_MARK}\Z",
    re.IGNORECASE,
)
_I_WAS = re.compile(
    rf"\b(?:{_I}|it) (?:was|wis)(?: born)?{_SMALL}\s+{_TITLE}{_MARK}\Z", re.IGNORECASE
)
_FORMERLY = re.compile(
    r"[\"”’']?,?\s+(?:before|afore|till|until|as wis|as was|originally|then|back then|at birth|"
    r"(?:for )?(?:\w+ )?(?:years?|months?)|to (?:them|her|him|everybody|everyone)|that)\b|"
    r"[\"”’']?,\s+(?:it means|that means)\b",
    re.IGNORECASE,
)
_TILL_I = re.compile(rf"\s+(?:before|afore|till|until) {_I}\b", re.IGNORECASE)
_IT_WAS = re.compile(r"\bit (?:was|wis)\b[^.]*\Z", re.IGNORECASE)
_I_BEGIN = re.compile(
    rf"(?:[.,]|, (?:and|but))\s+(?:{_I}(?:['’]m| am)|{_I} (?:work|run|drive|do|fix|help|started)|"
    r"(?:n(?:o|ae)body|everybody|everyone|folk|they)(?: \w+)? (?:call|cry|cri|say)\w* me)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[\"”’']?\s*(?:[.,;!?…)\]–—-]|\Z|\s(?:and|an|but|on|in|from|fae|at|here|with|still|to|when|"
    r"now|before|afore|till|until|because|agus|nam)\b)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_THANKS = re.compile(
    r"(?:(?:oh|right|okay|ok|so|well|and|great|lovely|brilliant)[,.]?\s+)*"
    r"(?:thank you|thanks|cheers|hi|hiya|hello|hey|good (?:morning|afternoon|evening)|welcome|"
    r"bye|goodbye|miigwech|mòran taing|gracias)"
    r"(?: very much| so much| again| then| for (?:that|this))?[,.!]?\s+(?:a\s+)?" + _TITLE + r"\Z",
    re.IGNORECASE,
)
_SPOKEN_TO = re.compile(r"\w,\s+(?:a\s+)?" + _TITLE + r"\Z", re.IGNORECASE)
_GREETED = re.compile(r"\s*[,.?!…]|\s*\Z")
_WHO = re.compile(r"\bwho\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SameSpeaker:
    """A use of one person that is a speaker's name, who has another key, and why.

    It `is_said_outright` by "they call me" and "I was … then": such a name may be quite another.
    """

    use: NameUse
    is_said_outright: bool
    key: Key = field(repr=False)
    to: Key = field(repr=False)
    why: str


def says_own_name(use: NameUse) -> bool:
    """Whether the speaker says that this is, or was, a name of theirs."""
    if use.labelled or not use.voice or _POSSESSIVE.match(use.after):
        return False
    before = use.before.casefold()
    if (" me" in before or " by" in before) and _CALLED_ME.search(use.before):
        return True
    if (" was" in before or " wis" in before) and _I_WAS.search(use.before):
        of_it = _IT_WAS.search(use.before)
        return bool((_TILL_I if of_it else _FORMERLY).match(use.after))
    if use.opening == "" and _I_BEGIN.match(use.after):
        return True
    return bool(_I_AM.search(use.before) and _ENDS.match(use.after))


def _is_said_outright(use: NameUse) -> bool:
    """Whether the speaker says that they are or were called so, not only "I'm"."""
    return bool(_CALLED_ME.search(use.before) or _I_WAS.search(use.before))


def is_spoken_to(use: NameUse) -> bool:
    """Whether the turn opens or ends by addressing its listener: "Thanks, Kasho." """
    if use.labelled or use.kin or use.full or not use.listener or not _GREETED.match(use.after):
        return False
    if use.opening is not None and _THANKS.fullmatch(use.opening):
        return True
    ends = use.closes and _SPOKEN_TO.search(use.before) and not _WHO.search(use.before)
    return bool(ends) and use.said_by == "interviewer"


def by_voice(
    placed: Iterable[tuple[NameUse, Key]], interviewees: Mapping[str, Key]
) -> Iterator[SameSpeaker]:
    """Who turns out to be a speaker by what is said. `interviewees` are by transcript."""
    placed = list(placed)
    speaks: dict[tuple[str, tuple[str, ...]], Counter[Key]] = defaultdict(Counter)
    for use, key in placed:
        if use.labelled:
            speaks[use.transcript, use.voice][key] += 1
    speaker = {voice: keys.most_common(1)[0][0] for voice, keys in speaks.items()}
    letters = {(u.transcript, u.voice): u.initials for u, _ in placed if u.labelled and u.initials}
    named: list[tuple[NameUse, Key, tuple[str, tuple[str, ...]], str]] = []
    for use, key in placed:
        if says_own_name(use):
            named.append((use, key, (use.transcript, use.voice), "the speaker's own words"))
        elif is_spoken_to(use) and use.words:
            voice = (use.transcript, use.listener)
            if use.words[0][0] in letters.get(voice, use.words[0][0]):
                named.append((use, key, voice, "the name by which the speaker is addressed"))
    for use, key, voice, _ in sorted(named, key=lambda n: (not n[0].full, n[1][0] == "unsure")):
        if use.said_by == "interviewee" and voice not in speaker and use.transcript in interviewees:
            speaker[voice] = interviewees[use.transcript]
        speaker.setdefault(voice, key)
    for use, key, voice, why in named:
        if key != speaker[voice]:
            yield SameSpeaker(
                use=use,
                is_said_outright=_is_said_outright(use),
                key=key,
                to=speaker[voice],
                why=why,
            )
