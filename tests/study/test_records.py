"""The rows of a study's files: what was written is read, and damage is told with its place."""

import json
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redact.core import Decision, Detection, Entity, Joined, Kept, Mention, Place, Source, Span
from redact.errors import BadInput
from redact.link.corrections import (
    Act,
    Apart,
    Different,
    DontKnow,
    Group,
    Merge,
    Rename,
    Retype,
    Split,
    Undo,
)
from redact.study import records
from redact.study.placements import Placement, Placements
from redact.study.rulings import Assigned, Left, Read, Ruling, Undoing

FIXTURE = Path(__file__).parent.parent / "fixtures" / "study-938b1ec.tar.gz"
TIME = "2026-01-01T00:00:00.000Z"
HERE, THERE = Place.at("D0001", 3, 9), Place.at("D0002", 0, 4)
MENTION = Mention(
    place=HERE, label="PERSON", score=0.75, sources=(Source.ROSTER, Source.NAME_MODEL), kind="given"
)
GROUP = Group(pseudonym="[Person 1]", label="PERSON", places=(HERE, THERE), roster_row=2)

Reader = Callable[[Path], tuple[Any, ...]]


def corrections() -> tuple[Any, ...]:
    """One of each kind; the undoing last, of the first."""
    common: dict[str, Any] = {"places": (HERE,), "before": (GROUP,), "by": "AB", "time": TIME}
    return (
        Merge(**common),
        Split(**common),
        Apart(**common),
        Different(**common),
        DontKnow(**common),
        Rename(**common, pseudonym="[Manager A]"),
        Retype(**common, label="PLACE"),
        Act(**common, action="keep"),
        Undo(places=(HERE,), by="AB", time=TIME, row=1),
    )


REVIEWS = (
    Ruling(batch=1, place=HERE, label="ORG", by="AB", time=TIME, found_label="PERSON", text="[x]"),
    Ruling(batch=1, place=THERE, label=None, by="AB", time=TIME),
    Undoing(1, "AB", TIME),
    Read(transcript="D0001", by="AB", time=TIME),
    Left(place=HERE, by="AB", time=TIME),
    Assigned(transcript="D0001", to=None, second=True, by="AB", time=TIME),
    Assigned(transcript="D0001", to="CD", second=False, by="AB", time=TIME),
)
ENTITY = Entity(
    id="person-1",
    label="PERSON",
    mentions=(MENTION,),
    kind="given",
    why=("full name",),
    question="who?",
    roster_row=2,
    renamed="[Manager A]",
    gender="woman",
    interviewed_in=("D0001",),
    owner="person-2",
    fits=(THERE,),
    joins=(Joined((HERE, THERE), 1.5),),
    action="role",
)
DECISION = Decision(
    entity="person-1",
    action="label",
    pseudonym="[Person 1]",
    by="policy p 1",
    reason="action",
    text="[Person 1]",
    short="",
)
DETECTION = Detection("D0001", (MENTION,), (Kept(THERE, "kept_body", "NHS"),))
PLACEMENTS = Placements(
    transcript="D0001", file="scot_01.txt", placed=(Placement(Span(3, 9), Span(3, 13), "person-1"),)
)


def write_rulings(path: Path, rows: Any) -> None:
    path.write_bytes(records.ruling_lines(rows))


def write_corrections(path: Path, rows: Any) -> None:
    path.write_bytes(records.correction_lines(rows))


FILES: dict[str, tuple[tuple[Any, ...], Callable[[Path, Any], None], Reader]] = {
    "mentions.jsonl": ((DETECTION,), records.write_detections, records.read_detections),
    "entities.jsonl": ((ENTITY,), records.write_entities, records.read_entities),
    "decisions.jsonl": ((DECISION,), records.write_decisions, records.read_decisions),
    "replacements.jsonl": ((PLACEMENTS,), records.write_placements, records.read_placements),
    "rulings.jsonl": (REVIEWS, write_rulings, records.read_rulings),
    "corrections.jsonl": (corrections(), write_corrections, records.read_corrections),
}
READERS = {name: reader for name, (_, _, reader) in FILES.items()}


def test_nothing_is_said_on_disk_as_it_always_was(tmp_path: Path) -> None:
    """An earlier build reads no null there."""
    silent = Entity(id="place-1", label="PLACE", mentions=(replace(MENTION, kind=None),))
    path = tmp_path / "entities.jsonl"
    records.write_entities(path, (silent,))
    row = json.loads(path.read_text())
    nothing = ("label_kind", "question", "roster_row", "renamed", "gender", "owner", "action")
    assert [row[name] for name in nothing] == ["", "", 0, "", "", "", ""]
    assert row["mentions"][0]["kind"] == ""
    assert records.read_entities(path) == (silent,)


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_is_read_and_every_row_tells_its_kind(name: str, tmp_path: Path) -> None:
    written, write, read = FILES[name]
    write(tmp_path / name, written)
    assert read(tmp_path / name) == written
    rows = [json.loads(line) for line in (tmp_path / name).read_text("utf-8").splitlines()]
    assert all(isinstance(row["kind"], str) and row["kind"] for row in rows)


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """The row, and every part of it that has fields."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from _parts(one)


NULLABLE = ("label", "found_label", "text", "to")  # a string or null in rulings.jsonl


def _other_types(field: str, value: Any) -> tuple[Any, ...]:
    """Values that this field may not have: of other types, or none of its words."""
    if isinstance(value, bool):
        return (0, "true", None, [])
    if isinstance(value, int | float):
        return ("1", True, None, [])
    if isinstance(value, list):
        return (1, "x", True, None, {"x": 1})
    return (1, True, [], {}, 0.5, *(() if field in NULLABLE else (None,)))


def _damages(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each way of damaging a field of the row: its word, and the line."""
    for number, part in enumerate(_parts(row)):
        for field, value in list(part.items()):
            del part[field]
            yield f"{number}.{field} removed", json.dumps(row)
            part[f"{field}s"] = value
            yield f"{number}.{field} renamed", json.dumps(row)
            del part[f"{field}s"]
            for other in _other_types(field, value):
                part[field] = other
                yield f"{number}.{field} of another type", json.dumps(row)
            part[field] = value
        part["more"] = 1
        yield f"{number} with one more", json.dumps(row)
        del part["more"]


EARLIER = {  # rows that differ from those of commit 938b1ec by their kind alone, which tells them
    "decisions.jsonl": ["0 0.kind removed"],
    "entities.jsonl": ["0 0.joins removed"],
    "replacements.jsonl": ["0 0.kind removed"],
    "rulings.jsonl": [f"{row} 0.kind removed" for row in (2, 3, 5, 6)],
}


def _as_earlier(record: Any) -> Any:
    """The record as an earlier build knew it, which kept no joins."""
    return replace(record, joins=()) if isinstance(record, Entity) else record


@pytest.mark.parametrize("name", FILES)
def test_every_damage_to_a_field_names_file_line_and_remedy(name: str, tmp_path: Path) -> None:
    written, write, read = FILES[name]
    path = tmp_path / name
    write(path, written)
    lines = path.read_text("utf-8").splitlines()
    remedy = "Put a backup" if name in ("rulings.jsonl", "corrections.jsonl") else "redact replace"
    for at, line in enumerate(lines):
        for word, damaged in _damages(json.loads(line)):
            rows = [*lines[:at], damaged, *lines[at + 1 :]]
            path.write_text("".join(f"{row}\n" for row in rows), "utf-8")
            if f"{at} {word}" in EARLIER.get(name, ()):
                assert read(path) == tuple(map(_as_earlier, written)), word
                continue
            with pytest.raises(BadInput, match=remedy) as caught:
                read(path)
            assert caught.value.where == f"{path}, line {at + 1}", word


@pytest.mark.parametrize("name", FILES)
@given(data=st.binary(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused_with_their_place(
    name: str, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data + b"\n")
    said = ""
    try:
        READERS[name](path)
    except BadInput as error:
        said = error.where
    assert not said or said.startswith(f"{path}, line ")


def test_an_error_holds_nothing_of_what_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rulings.jsonl"
    path.write_text('{"kind":"read","transcript":["Morag"],"by":"AB","time":"x","batch":0}\n')
    with pytest.raises(BadInput) as caught:
        records.read_rulings(path)
    assert "Morag" not in caught.value.line()
    assert "`read.transcript`" in caught.value.line()


def test_only_a_last_ruling_that_a_crash_cut_off_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "rulings.jsonl"
    whole = records.ruling_lines(REVIEWS)
    path.write_bytes(whole + whole[:40])
    assert records.read_rulings(path) == REVIEWS
    path.write_bytes(whole[:40] + b"\n" + whole)
    with pytest.raises(BadInput):
        records.read_rulings(path)


def test_a_correction_that_undoes_none_before_it_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(records.correction_lines([Merge(places=(HERE,)), Undo(places=(), row=2)]))
    with pytest.raises(BadInput) as caught:
        records.read_corrections(path)
    assert caught.value.where == f"{path}, line 2"


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study that commit 938b1ec made, unpacked."""
    folder = tmp_path_factory.mktemp("earlier")
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.rglob("study.toml")).parent


@pytest.mark.parametrize("name", FILES)
def test_rows_of_an_earlier_build_are_read_and_written_with_their_kind(
    name: str, earlier: Path, tmp_path: Path
) -> None:
    _, write, read = FILES[name]
    path = earlier / ("" if name in ("rulings.jsonl", "corrections.jsonl") else "work") / name
    found_records = read(path)
    assert len(found_records) == len(path.read_text("utf-8").splitlines()) > 0
    write(tmp_path / name, found_records)
    assert read(tmp_path / name) == found_records
    assert all("kind" in json.loads(line) for line in (tmp_path / name).read_text().splitlines())


def test_what_an_earlier_build_decided_is_the_same(earlier: Path) -> None:
    rulings = records.read_rulings(earlier / "rulings.jsonl")
    assert [type(row) for row in rulings] == [Ruling, Ruling, Ruling, Undoing, Left, Assigned]
    made = records.read_corrections(earlier / "corrections.jsonl")
    assert isinstance(made[0], Rename)
    assert made[0].pseudonym == "[Manager A]"
    assert isinstance(made[2], Undo)
    assert made[2].row == 2
    assert isinstance(made[3], Act)
    assert made[3].action == "role"
