"""Whether case and sentence take a word for a name where it stands: "Will said", "and Hope"."""

from __future__ import annotations

import re

from redact.core import Span
from redact.detect.lexicon import is_never_name
from redact.transcript.case import begins_sentence, is_caseless
from redact.transcript.vocabulary import folded_words, one_of, word_list

_TITLED = one_of((*folded_words("titles", "cue"), *word_list("kin", "sure")))
_CUE_BEFORE = re.compile(
    rf"\b(?:{_TITLED}|wee|auld|old|young|big|pal|called|named|cheers|thanks|thank you|hi|hiya|"
    r"hello|bye|and|with|to|from|asked|told|saw|see|phoned|rang|met|know|knew)[\s,.]+\Z",
    re.IGNORECASE,
)
_NAMING = re.compile(
    rf"\b(?:{_TITLED}|wee|auld|pal|called|named|cheers|hiya|thanks|thank you|told|asked|phoned|"
    r"rang|met)[\s,.]+\Z",
    re.IGNORECASE,
)
# What only somebody does: behind "hope" or "will" without a capital it makes a name of them.
_SAYING = re.compile(
    r"(?:['’]s\b|\s+(?:says|said|goes|told|tells|asked|rang|phoned|came|comes|went|backed|knew|knows|"
    r"wants|wanted|took|takes|gave|runs|ran|works|worked|drove|sat|stood|laughed|cried)\b)",
    re.IGNORECASE,
)
# After a name at the start of a sentence: what people do, or nothing at all ("Norm. Norm who?").
_DOING = re.compile(
    r"(?:['’]s\b)?(?:\s+(?:says?|said|is|was|isn['’]t|wasn['’]t|has|had|hasn['’]t|goes|went|came|comes|told|"
    r"tells|rang|phoned|called|always|never|just|used|does|doesn['’]t|did|didn['’]t|asked|gave|took|got|"
    r"wants|wanted|knows|knew|works|worked|runs|ran|left|died|signed|retired|stayed|drew|gets)\b"
    r"|[.!?](?:\s|\Z))",
    re.IGNORECASE,
)


def speaks_for_name(text: str, there: Span, is_proper: bool = False) -> bool:
    """Whether case and sentence take this word for a name here.

    `is_proper` says that a model does; without one the sentence alone speaks.
    """
    start, end = there.start, there.end
    before = text[max(0, start - 24) : start]
    surface = text[start:end]
    if is_caseless(text):
        named = _NAMING.search(before) or _SAYING.match(text, end)
        return is_proper or bool(named)
    if not surface[0].isupper():
        return False
    if begins_sentence(text, start):
        return is_proper or bool(_DOING.match(text, end))
    return not is_never_name(surface.casefold()) or bool(_CUE_BEFORE.search(before))
