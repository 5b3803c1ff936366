"""A name in every place of a file of each format, one at a time: what goes out holds none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from redact.errors import RedactError
from tests.conftest import ROOT
from tests.faults.operations import Count
from tests.formats import maximal
from tests.formats.plant_everywhere import Fate, Planted, fate_of, some_of

SAMPLES = ROOT / "samples" / "formats" / "transcripts"
FILES = ("docx", "odt", "xlsx", "qdpx", "eaf", "html")


def everywhere(some: int) -> Iterator[Callable[[], Count]]:
    """A row for each format, with about so many of its places."""
    for ending in FILES:
        yield partial(_planted, ending, some)
    for ending in (".docx", ".odt"):
        yield partial(_schema, ending, some)


def _schema(ending: str, some: int) -> Count:
    """Every element of a schema with the name in all its fields."""
    tried = list(maximal.documents(ending))[:some]
    wrong = [planted.place for planted in tried if _is_wrong(planted)]
    elements = min(sum(1 for _ in maximal.schema(ending)), len(tried) * maximal.TOGETHER)
    return Count(f"planted: schema of {ending}", elements, len(wrong), ", ".join(wrong[:3]))


def _planted(ending: str, some: int) -> Count:
    file = f"morag-{ending}.{ending}"
    places = some_of(file, (SAMPLES / file).read_bytes(), some)
    wrong = [planted.place for planted in places if _is_wrong(planted)]
    return Count(f"planted: {ending}", len(places), len(wrong), ", ".join(wrong[:3]))


def _is_wrong(planted: Planted) -> bool:
    """Whether the name is left, or the file is refused without a word why."""
    try:
        return fate_of(planted) is Fate.LEFT
    except RedactError:
        return True
