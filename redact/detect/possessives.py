"""The "'s" that ends a body's name: St Kessog's, at Durand's, Barnardo's.

Names lose what is said after them, a person's possessive as well. But what is called after a
saint or its founder has the "'s" in its name, and goes with it. So it does where nothing that
somebody has follows: "a night at St Brigid's." and not "the Lintel's van".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from redact.core import Mention
from redact.detect.gazetteer import body_kind
from redact.transcript.words import APOSTROPHES, fold

_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s\b", re.IGNORECASE)
# What follows a whole name: a mark, the end, or a word that no noun of its own begins with.
_NOTHING_HAD = re.compile(
    r"\s*(?:[.,;:?!)\]”\"—–|]|\n|\Z|"
    r"\s(?:and|or|but|so|because|in|on|at|to|from|with|by|when|where|who|which|that|then|since|"
    r"after|before|until|is|was|were|will|would|has|had|did|does|do|called|said|sent|gave)\b)",
    re.IGNORECASE,
)
_SAINTS = frozenset(("st", "saint", "ss", "our", "dr"))


def with_possessives(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions, bodies with the "'s" that is part of their name."""
    return [_with_possessive(text, mention) for mention in mentions]


def _with_possessive(text: str, mention: Mention) -> Mention:
    ending = _POSSESSIVE.match(text, mention.end)
    if ending is None or mention.label not in ("ORG", "PERSON"):
        return mention
    folded = fold(text[mention.start : mention.end])
    listed = body_kind(folded, possessive=True) != body_kind(folded, possessive=False)
    saint = bool(folded) and folded[0] in _SAINTS
    if mention.label == "PERSON":  # Dr Gray is somebody, Dr Gray's is a hospital
        known = saint and listed
        return (
            replace(mention.moved(mention.start, ending.end()), label="ORG") if known else mention
        )
    if saint or listed or _NOTHING_HAD.match(text, ending.end()):
        return mention.moved(mention.start, ending.end())
    return mention
