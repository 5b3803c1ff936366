"""What places of codings count, and codings that are called as the words they lie on."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import BadInput
from redact.formats.registry import read_file
from tests.formats.safe_files import said_beside
from tests.formats.test_refi_qda import (
    TEXT,
    TXT,
    guid,
    made_safe,
    members,
    project,
    selection,
    with_parts,
)


def quoted(places: list[tuple[int, int]], length: int, mark: str) -> bytes:
    """The project with codings that are called after the words they lie on, cut off."""
    marks = "".join(
        selection(n % 5 + 4, start, end, _in_a_line(TEXT[start:end])[:length] + mark)
        for n, (start, end) in enumerate(places)
    )

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].replace(b"</TextSource>", marks.encode() + b"</TextSource>")
        return {**parts, "project.qde": xml}

    return with_parts(project([]), change)


def _in_a_line(text: str) -> str:
    return text.replace("\n", " ").rstrip()


@pytest.mark.parametrize("mark", ["", "...", "…"])
def test_a_coding_called_after_its_words_follows_them(mark: str) -> None:
    """Where a program cut the words in a name, no half of it is a name of its own."""
    start = TEXT.index("Me, ")
    data = quoted([(start, start + 17)], 7, mark)  # "Me, Mor"
    reading = read_file(data, "a.qdpx", "a.qdpx")
    assert not any(line.startswith("Me, Mor") for line in reading.text.splitlines()[3:])
    safe, _ = made_safe(data)
    assert f'name="Me, [P 1]{mark}"'.encode() in members(safe)["project.qde"]
    again, _ = made_safe(safe)
    assert members(again) == members(safe)


@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
            lambda pair: (min(pair), max(pair))
        ),
        min_size=1,
        max_size=5,
    ),
    st.integers(1, 20),
    st.sampled_from(["", "...", " "]),
)
def test_names_of_codings_are_read_again_as_they_were(
    places: list[tuple[int, int]], length: int, mark: str
) -> None:
    """Copies of the text or words of their own: no name is left in either."""
    safe, text = made_safe(quoted(places, length, mark))
    assert not re.search("(?i)morag|fergus|kilmarnock", "".join(said_beside(safe, "a.qdpx")))
    assert read_file(safe, "a.qdpx", "a.qdpx").text == text


def test_a_name_that_is_like_its_words_only_when_safe_stays_a_name() -> None:
    """ "Morag MacLeod" over "Morag: Me" is no quotation, and both are [P 1] then."""
    safe, text = made_safe(project([(10, 20)]))
    assert "\n[P 1]\n" in text
    assert b'name="[P 1] "' in members(safe)["project.qde"]
    again, said = made_safe(safe)
    assert (members(again), said) == (members(safe), text)


@pytest.mark.parametrize(
    ("origin", "units"),
    [
        ("NVivo", lambda text: len(text.encode("utf-16-le")) // 2),
        ("ATLAS.ti 24", lambda text: len(text.replace("\r\n", "\n"))),
        ("MAXQDA", len),
    ],
)
def test_places_are_counted_as_the_program_counts_them(
    origin: str, units: Callable[[str], int]
) -> None:
    """Faces are two to NVivo, breaks one to ATLAS.ti: before and after a name was replaced."""
    face = "\U0001f600"
    text = f"INT: Who {face}?\r\nMorag: Me, Morag MacLeod {face},\r\nand Fergus. Aye {face}.\r\n"
    words = (f"Who {face}?", f"{face},\r\nand", f"Aye {face}")
    places = [(text.index(one), text.index(one) + len(one)) for one in words]
    counted = [(units(text[:start]), units(text[:end])) for start, end in places]
    safe, _ = made_safe(project(counted, text, origin=origin))
    parts = members(safe)
    said = parts[f"Sources/{TXT}"].decode()
    found = re.findall(rb'startPosition="(\d+)" endPosition="(\d+)"', parts["project.qde"])
    ends = {units(said[:at]): at for at in range(len(said) + 1)}
    assert [said[ends[int(start)] : ends[int(end)]] for start, end in found] == list(words)
    with pytest.raises(BadInput, match="outside its text"):
        read_file(project([(0, units(text) + 1)], text, origin=origin), "a.qdpx", "a")


FACES = "INT: Who \U0001f600?\r\nMorag: Me, \U0001f600 Morag MacLeod,\r\nand Fergus. Aye.\r\n"
WAYS: list[tuple[str, Callable[[str], int]]] = [
    ("QualCoder 3.6", lambda text: len(text.replace("\r\n", "\n"))),
    ("QualCoder 3.6", len),
    ("MAXQDA 24", lambda text: len(text.encode("utf-16-le")) // 2),
    ("ATLAS.ti", lambda text: len(text.replace("\r\n", "\n").encode("utf-16-le")) // 2),
    ("a program of our own", lambda text: len(text.encode("utf-16-le")) // 2),
]


@pytest.mark.parametrize(("origin", "units"), WAYS)
def test_codings_called_after_their_words_tell_how_places_are_counted(
    origin: str, units: Callable[[str], int]
) -> None:
    """Whatever a program of this name does as a rule; a mark of UTF-8 before the text is none."""
    words = ("Me, \U0001f600", "and Fergus", "Aye.")
    places = [(FACES.index(one), FACES.index(one) + len(one)) for one in words]
    counted = [(units(FACES[:start]), units(FACES[:end])) for start, end in places]

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].decode()
        for name in words:
            xml = xml.replace(
                'name="Morag MacLeod" startPosition', f'name="{name}" startPosition', 1
            )
        parts[f"Sources/{TXT}"] = "\ufeff".encode() + parts[f"Sources/{TXT}"]
        return {**parts, "project.qde": xml.encode()}

    safe, _ = made_safe(with_parts(project(counted, FACES, origin=origin), change))
    parts = members(safe)
    said = parts[f"Sources/{TXT}"].decode("utf-8-sig")
    found = re.findall(rb'startPosition="(\d+)" endPosition="(\d+)"', parts["project.qde"])
    ends = {units(said[:at]): at for at in range(len(said) + 1)}
    now = [said[ends[int(start)] : ends[int(end)]] for start, end in found]
    assert now == ["Me, \U0001f600", "and [P 1]", "Aye."]
    assert b'name="and [P 1]"' in parts["project.qde"]


@pytest.mark.parametrize("points", [True, False])
def test_what_a_note_selects_lies_in_the_text_that_it_is_of(points: bool) -> None:
    """As QualCoder writes annotations; one of which nobody says the text loses its place."""
    start = TEXT.index("Fergus")
    note = (
        f'<Notes><Note guid="{guid("d")}"><PlainTextContent>Shy of Morag</PlainTextContent>'
        f'<PlainTextSelection guid="{guid("e")}" startPosition="{start}" '
        f'endPosition="{start + 6}"/></Note></Notes>'
    )
    ref = f'<NoteRef targetGUID="{guid("d")}"/>' if points else ""

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].replace(b"</TextSource>", f"{ref}</TextSource>".encode())
        xml = xml.replace(b"</Sources>", f"</Sources>{note}".encode())
        return {**parts, "project.qde": xml}

    data = with_parts(project([]), change)
    reading = read_file(data, "a.qdpx", "a.qdpx")
    assert reading.dropped.get("places of notes", 0) == int(not points)
    safe, text = made_safe(data)
    assert "Shy of [P 1]" in text
    said = members(safe)[f"Sources/{TXT}"].decode()
    found = re.findall(rb'startPosition="(\d+)" endPosition="(\d+)"', members(safe)["project.qde"])
    assert [said[int(start) : int(end)] for start, end in found] == (["[P 1]"] if points else [])
