"""Documents with every element and attribute of the published schemas, a name in each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import batched

from tests.conftest import ROOT
from tests.formats import test_opendocument, test_word
from tests.formats.plant_everywhere import NAME, Planted

TABLES = ROOT / "redact" / "data" / "structure"
REFUSED = ("w:altChunk", "w:object", "w:control")  # which a reader refuses at once
DECLARED = {".docx": ("w", "mc", "wp", "r", "v"), ".odt": ()}
TOGETHER = 40


@dataclass(frozen=True, slots=True)
class SchemaElement:
    """An element of a schema and its attributes, by their names with prefix."""

    name: str
    attributes: tuple[str, ...]

    def planted(self) -> str:
        """It with a name as its text and as every value."""
        values = "".join(f' {one}="{NAME}"' for one in self.attributes)
        return f"<{self.name}{values}>{NAME}</{self.name}>"


def schema(ending: str) -> Iterator[SchemaElement]:
    """The elements of the tables, those that do not go out too."""
    of_kind = "office" if ending == ".docx" else "opendocument"
    spaces = _spaces()
    for table in (of_kind, "by_hand"):
        for line in (TABLES / f"{table}.txt").read_text("utf-8").splitlines():
            name, *items = line.split() or [""]
            names = dict.fromkeys(re.split("!*=", item)[0] for item in items if "=" in item)
            known = [one for one in names if ":" in one and one.partition(":")[0] in spaces]
            plain = [one for one in names if one != "." and ":" not in one]
            if name.partition(":")[0] in spaces and name not in REFUSED:
                yield SchemaElement(name, (*known, *plain))


def documents(ending: str) -> Iterator[Planted]:
    """All of them, some in a document."""
    for several in batched(schema(ending), TOGETHER):
        place = f"{several[0].name} to {several[-1].name}"
        make = _word if ending == ".docx" else _odf
        yield Planted(place, f"a{ending}", partial(make, several))


def _spaces() -> dict[str, str]:
    lines = (TABLES / "by_hand.txt").read_text("utf-8").splitlines()
    pairs = (line.split()[1:] for line in lines if line.startswith("space "))
    return {prefix: space for prefix, space in pairs if prefix != "xml"}


def _declarations(but: tuple[str, ...]) -> str:
    return "".join(f' xmlns:{one}="{uri}"' for one, uri in _spaces().items() if one not in but)


def _word(several: tuple[SchemaElement, ...]) -> bytes:
    body = "".join(f"<w:p><w:r>{one.planted()}</w:r></w:p>" for one in several)
    seen = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    return test_word.with_body(body + seen, attributes=_declarations(DECLARED[".docx"]))


def _odf(several: tuple[SchemaElement, ...]) -> bytes:
    body = "".join(f"<text:p>{one.planted()}</text:p>" for one in several)
    parts = test_word.members(test_opendocument.odt("<text:p>x</text:p>"))
    content = parts["content.xml"].decode()
    there = tuple(re.findall(r"xmlns:(\w+)=", content))
    head = "<office:document-content"
    content = content.replace(head, head + _declarations(there), 1)
    content = content.replace("<text:p>x</text:p>", f"<text:p>x</text:p>{body}", 1)
    return test_word.zipped({**parts, "content.xml": content.encode()})
