"""A transcript with marks that nobody sees in its names and numbers is made safe like any other."""

import random
import re

import pytest

from redact import pseudonymise
from redact.transcript.folding import unmarked
from tests.transcript.test_folding import MARKS

pytestmark = pytest.mark.model

SECRET = b"the secret of a test"
TALK = """INT: How is Morag MacLeod?
Ishbel Nairn: Morag is well, in Kilmarnock. She was born on 14 March 1961 and is 62 now.
INT: And the number?
Ishbel Nairn: 0141 496 0123, or 07700 900123. Mail morag.macleod@harbour.example any time.
She has the NI number QQ 12 34 56 C, lives at 14 Dunlop Street, and works for Harbour Bridge Trust.
Ruaridh Baird told Mrs MacLeod so, and Dr Dougal Fyfe of Inverurie.
"""
LEFT = (
    "morag macleod ishbel nairn kilmarnock 1961 0123 900123 harbour 123456 dunlop ruaridh baird "
    "dougal fyfe inverurie"
).split()


def squashed(text: str) -> str:
    return re.sub(r"[^\w]", "", unmarked(text)).casefold()


def written_oddly(text: str, seed: int) -> str:
    """A mark after letters and figures, seldom two."""
    draw = random.Random(seed)  # noqa: S311
    return "".join(
        char + draw.choice(MARKS) if char.isalnum() and draw.random() < 0.4 else char
        for char in text
    )


def in_figures_of(zero: str, text: str) -> str:
    return "".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in text)


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


WRITINGS = {
    "marks": written_oddly(TALK, 1),
    "other marks": written_oddly(TALK, 2),
    "Arabic-Indic figures": in_figures_of("\u0660", TALK),
    "Devanagari figures": in_figures_of("\u0966", TALK),
    "wide letters": wide(TALK),
    "entities": re.sub(r"[aeiou01]", lambda m: f"&#{ord(m[0])};", TALK),
    "escapes of programs": re.sub(r"[aeiou01]", lambda m: f"\\u{ord(m[0]):04x}", TALK),
    "escapes of addresses": re.sub(r"[aeiou01]", lambda m: f"%{ord(m[0]):02X}", TALK),
}


@pytest.mark.parametrize("how", WRITINGS)
def test_whatever_the_writing_the_same_is_hidden(how: str) -> None:
    plain = pseudonymise(TALK, secret=SECRET).texts["text"]
    text = WRITINGS[how]
    safe = pseudonymise(text, secret=SECRET)
    assert [name for name in LEFT if name in squashed(safe.texts["text"])] == []
    assert re.findall(r"\[[^\]]*\]", safe.texts["text"]) == re.findall(r"\[[^\]]*\]", plain)
    for made in safe.safe[0].replacements:
        hidden = text[made.start : made.end]
        assert hidden[0] not in MARKS
        assert unmarked(hidden) in TALK
