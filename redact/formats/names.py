"""Names that people give to styles, lists and the like: made anew, the same one in all places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count

from redact.formats.allowed import published


@dataclass(frozen=True, slots=True)
class NameSpace:
    """Names of one kind of thing: the new form, with `%d`; what stays, as programs write it."""

    form: str
    stays: re.Pattern[str]
    listed: str = ""  # a list of published names, which stay too


def _space(form: str, stays: str = "", listed: str = "") -> NameSpace:
    own = re.escape(form).replace("%d", "[0-9]{1,6}")
    return NameSpace(form, re.compile(f"(?:{own}|{stays})" if stays else own, re.ASCII), listed)


_ODF = (
    "(?:M?[PTLN]|fr|gr|dp|ch|co|ro|ta|ce|pm|fs|fd|Sect|ListLabel_20_|WWNum|WW8Num|WW_CharLFO|Mfr"
    "|Mgr|Mdp|MP|ML|MT|Numbering_20_|List_20_|Heading_20_|Contents_20_|Table|Tabelle|Frame|"
    "Illustration|Default_20_Drawing_20_Style|Converted|WW8Num[0-9]{1,3}z)[0-9]{0,5}"
    r"(?:P[0-9]{1,3}|\.[A-Z]{1,2}[0-9]{0,4}|\.[0-9]{1,4})?"
)
# As programs number what stands in a transcript, but for what people may have meant by letters.
_NUMBERED = "(?:[A-Za-z]|seg|tok|sent|word|spk|SPK|TIE|TLI|tli|au|ag|pc|pers|top|to)[-_]?[0-9]{1,6}"
SPACES: Mapping[str, NameSpace] = {
    "word-style": _space("Style%d", "[0-9]{1,3}", "style-names"),
    "word-style-name": _space("Style %d", "", "style-names"),
    "relation": _space("rId%d"),
    "drawing": _space("%d"),
    "style": _space("S%d", _ODF, "odf-styles"),
    "face": _space("F%d"),
    "table": _space("Table%d"),
    "id": _space("id%d", "(?:list|ftn|refn|cp)[0-9]{1,6}"),
    "sheet": _space("Sheet%d", r"(?:Sheet|Tabelle|Feuil|Hoja)\s?[0-9]{1,3}"),
    "cell-style": _space("Style %d", "", "cell-styles"),
    "class": _space("c%d", "WordSection[0-9]{1,3}", "classes"),
    "annotation": _space("a%d"),
    "slot": _space("ts%d"),
    "type": _space("type%d", "default-lt|default|utterance|words?|word|transcription|translation"),
    "vocabulary": _space("cv%d"),
    "entry": _space("cve%d"),
    "external": _space("er%d"),
    "point": _space("T%d", _NUMBERED),
    "voice": _space("SPK%d", _NUMBERED),
    "language": _space("lang%d", "eng?|und|zxx"),
    "source": _space(
        "internal://source-%d.txt",
        r"internal://[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\.[a-z]{3,4}",
    ),
    "guid": NameSpace(
        "00000000-0000-4000-8000-%012d",
        re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?", re.ASCII),
    ),
}


@dataclass(slots=True)
class Names:
    """The new names of one file; `parts` is all of it, so that no new name is an old one."""

    parts: Mapping[str, bytes] = field(repr=False)
    made: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    taken: dict[str, set[int]] = field(default_factory=dict)

    def stays(self, space: str, value: str) -> bool:
        """Whether a name is one that programs give."""
        names = SPACES[space]
        if names.stays.fullmatch(value):
            return True
        return bool(names.listed) and folded(value) in folded_list(names.listed)

    def new(self, space: str, value: str) -> str:
        """The name that stands for another one, in the whole file."""
        known = self.made.get((space, value))
        if known is None:
            form = SPACES[space].form
            taken = self.taken.setdefault(form, self._numbers(form))
            number = next(n for n in count(len(self.made) + 1) if n not in taken)
            taken.add(number)
            known = self.made[space, value] = form % number
        return known

    def _numbers(self, form: str) -> set[int]:
        """The numbers that names of this form have in the file."""
        head, _, tail = form.partition("%")
        digits = b"([0-9]{12})" if tail == "012d" else b"([0-9]{1,6})"
        pattern = re.compile(rb"(?<!\w)" + re.escape(head.encode()) + digits + rb"(?!\w)")
        return {int(n) for data in self.parts.values() for n in pattern.findall(data)}


def folded(name: str) -> str:
    """A name of a style as it is compared: Word writes `heading 1`, `Heading1`, `heading-1`."""
    return re.sub(r"_20_|[ -]", "", name.lower())


@cache
def folded_list(name: str) -> frozenset[str]:
    """A published list of names, as they are compared."""
    return frozenset(folded(one) for one in published(name))
