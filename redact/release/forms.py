"""The released transcripts once more, as files that a word processor opens: .docx or .rtf.

Which one an archive would rather have is its profile's to say, and the policy may say otherwise.
They are written anew from the released text: no property, name or date is in them, and the same
text gives the same bytes. `said_otherwise` reads them back, for gate G6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from redact.errors import BadInput
from redact.formats import plain_word
from redact.formats.registry import read_file
from redact.formats.slots import WHOLE
from redact.policy.sections import Handling
from redact.release.findings import Finding
from redact.release.unread import unread

Form = Literal["docx", "rtf"]
FOLDERS: Mapping[Form, str] = {"docx": "as-docx", "rtf": "as-rtf"}
_WORD = re.compile(r"\\([a-z]+|[^a-z])")
_CONTROLS = frozenset(
    "rtf ansi ansicpg uc deff fonttbl f fswiss paperw paperh margl margr margt margb pard fs par "
    "tab u \\ { }".split()
)
_RTF_HEAD = (
    "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0\\fswiss Calibri;}}"
    "\\paperw11906\\paperh16838\\margl1134\\margr1134\\margt1134\\margb1134\\pard\\f0\\fs22\n"
)


def form_name(name: str, form: Form) -> str:
    """What transcripts/scot_01.txt is called in this form: as-rtf/scot_01.rtf."""
    return f"{FOLDERS[form]}/{name.rpartition('/')[2].rpartition('.')[0]}.{form}"


def in_form(text: str, form: Form) -> bytes:
    """The text as such a file, a line a paragraph; what no Word file can hold is left out."""
    text = plain_word.NOT_IN_XML.sub("", text)
    return _rtf(text) if form == "rtf" else plain_word.write({WHOLE: text.encode("utf-8")})


def _rtf(text: str) -> bytes:
    lines = text.removesuffix("\n").split("\n")
    return (_RTF_HEAD + "".join(f"{_escaped(line)}\\par\n" for line in lines) + "}\n").encode(
        "ascii"
    )


def _escaped(line: str) -> str:
    """Signs of RTF with a backslash, others than ASCII by their numbers in UTF-16, signed."""
    said = []
    for char in line:
        if char in "\\{}":
            said.append(f"\\{char}")
        elif char == "\t":
            said.append("\\tab ")
        elif " " <= char <= "~":
            said.append(char)
        else:
            units = char.encode("utf-16-le")
            for at in range(0, len(units), 2):
                number = int.from_bytes(units[at : at + 2], "little", signed=True)
                said.append(f"\\u{number}?")
    return "".join(said)


def said_otherwise(payload: Mapping[str, bytes], handling: Handling) -> Iterator[Finding]:
    """Where a file says another word than its text, or something in a hidden place."""
    texts = [name for name in payload if name.startswith("transcripts/")]
    for form in FOLDERS:
        for text in texts:
            name = form_name(text, form)
            if name not in payload:
                continue
            said = plain_word.NOT_IN_XML.sub("", payload[text].decode("utf-8"))
            try:
                read = read_file(payload[name], name, name, handling).text
            except BadInput:
                yield Finding(where=name, what="it cannot be read again")
                continue
            if read.split() != said.split():
                yield Finding(where=name, what="it says something else than its text")
            if form == "docx":
                yield from unread(name, payload[name], said)
            elif not _CONTROLS.issuperset(_WORD.findall(payload[name].decode("ascii"))):
                yield Finding(where=name, what="control words that hold more than text")
