"""What a name is where it stands, whoever is so called elsewhere: "the jail in Walker"."""

from __future__ import annotations

import re
from dataclasses import replace

from redact.core import Mention
from redact.detect.gazetteer import is_place
from redact.detect.ranks import Rank, rank
from redact.transcript.vocabulary import STATES, one_of
from redact.transcript.words import fold

_IN = re.compile(r"\b(?:in|near|outside|across|intae|into)[ \n]\Z", re.IGNORECASE)
_GOES_ON = re.compile(r"['’]|[ ][A-Z]|-\w")  # Walker's, Walker Street
_STATE_BEHIND = re.compile(rf",\s+(?:{one_of((*STATES, 'Scotland', 'England', 'Wales'))})\b")
_LONGEST = 24  # characters before a name in which "in" stands


def at_its_place(text: str, mention: Mention) -> Mention:
    """The mention, as a place if somebody is in it or its state follows: "Gary, Indiana"."""
    if mention.label not in ("PERSON", "ORG") or rank(mention) > Rank.EVIDENCE:
        return mention
    if not is_place(fold(text[mention.start : mention.end])):
        return mention
    near = _IN.search(text, max(0, mention.start - _LONGEST), mention.start)
    if _STATE_BEHIND.match(text, mention.end) or (near and not _GOES_ON.match(text, mention.end)):
        return replace(mention, label="PLACE", kind=None)
    return mention
