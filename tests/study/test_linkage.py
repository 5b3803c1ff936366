"""What the linkage key comes to say, and that every source comes back out of it to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.audit.log import open_log
from redact.core import Entity, Label, Mention, Place, SafeTranscript, Source, Span
from redact.custody.payload import LinkageKey
from redact.errors import RedactError, Tampered
from redact.formats.registry import read_file
from redact.formats.source_file import SourceFile
from redact.policy import Handling
from redact.replace.grammar import GRAMMAR
from redact.replace.splice import Planned, splice
from redact.study.create import create_study
from redact.study.desk import Desk, open_desk
from redact.study.folder import Study
from redact.study.linkage import (
    SafeFile,
    as_text_only,
    grown_key,
    made_file,
    original,
    read_safe,
)
from tests.study.conftest import OPENER, OWN, order_of

HANDLING = Handling()


def source_of(data: bytes, name: str = "one.txt", encoding: str | None = None) -> SourceFile:
    reading = read_file(data, name, name, HANDLING, encoding)
    sha256 = hashlib.sha256(data).hexdigest()
    return SourceFile(name=name, path=name, sha256=sha256, reading=reading)


TEXT = st.text(alphabet="abc é\n𝒳'", min_size=1, max_size=40).filter(str.strip)


@given(TEXT, st.lists(st.integers(0, 40), max_size=6), st.sampled_from(["", "[Person 1]", "𝒳"]))
def test_a_safe_file_says_its_safe_text_and_where_each_replacement_stands(
    text: str, edges: list[int], instead: str
) -> None:
    source = source_of(text.encode("utf-8"))
    at = sorted({edge for edge in edges if edge <= len(source.text)})
    spans = [Span(start, end) for start, end in zip(at[::2], at[1::2], strict=False)]
    planned = [Planned(span, instead, "e") for span in spans]
    file, safe = made_file(source, splice("D1", source.text, planned), HANDLING)
    assert file.data.decode("utf-8") == file.text == safe.text
    for item in safe.replacements:
        assert safe.text[item.safe_start : item.safe_end] == item.text == instead


def test_a_replacement_that_the_file_cannot_say_is_refused_with_the_way_out() -> None:
    source = source_of("P: Zoë came.\n".encode("latin-1"), encoding="latin-1")
    at = source.text.index("Zoë")
    safe = splice("D1", source.text, [Planned(Span(at, at + 3), "Łucja", "e")])
    with pytest.raises(RedactError, match="cannot be written in") as refused:
        made_file(source, safe, HANDLING)
    assert refused.value.where == "one.txt"
    assert "UTF-8" in refused.value.remedy
    assert "Zoë" not in str(refused.value)


def entity(desk: Desk, name: str, words: str, label: Label = "PERSON") -> Entity:
    """Whoever these words are, wherever they stand in the study."""
    mentions = []
    for transcript in desk.transcripts:
        at = transcript.text.find(words)
        while at >= 0:
            place = Place.at(transcript.id, at, at + len(words))
            mentions.append(Mention(place=place, label=label, score=0.9, sources=(Source.GOLD,)))
            at = transcript.text.find(words, at + 1)
    assert mentions, words
    return Entity(id=name, label=label, mentions=tuple(mentions), why=("full name",))


def pseudonymised(
    desk: Desk, entities: Iterable[Entity], grammar: str = ""
) -> tuple[LinkageKey, tuple[SafeFile, ...], tuple[SafeTranscript, ...]]:
    """The key and safe files with each entity under its id in brackets, as `replace` makes them."""
    entities = tuple(entities)
    files, safe = [], []
    for source, transcript in zip(desk.sources, desk.transcripts, strict=True):
        planned = [
            Planned(m.place.span, f"[{e.id}]", e.id)
            for e in entities
            for m in e.mentions
            if m.transcript == transcript.id
        ]
        if grammar and (at := transcript.text.find(grammar)) >= 0:
            planned.append(Planned(Span(at, at + len(grammar)), "", GRAMMAR))
        file, text = made_file(source, splice(transcript.id, source.text, planned), HANDLING)
        files.append(file)
        safe.append(text)
    pseudonyms = {e.id: f"[{e.id}]" for e in entities}
    with open_log(desk.log, desk.actor()) as log:
        key = grown_key(desk, log, entities, pseudonyms, tuple(safe), tuple(files))
    return key, tuple(files), tuple(safe)


def test_the_key_says_who_is_who_in_which_words_how_often(started: Study) -> None:
    desk = open_desk(started, OPENER)
    morag = entity(desk, "Person 1", "Morag")
    nobody = replace(entity(desk, "Person 2", "Will Dunlop"), mentions=())
    phone = entity(desk, "Phone number 1", "07700 900 123", "PHONE")
    key, files, _ = pseudonymised(desk, (morag, nobody, phone))
    said = [(e.pseudonym, e.type, [(f.text, f.count) for f in e.forms]) for e in key.entries]
    assert said == [
        ("[Person 1]", "PERSON", [("Morag", 2)]),
        ("[Phone number 1]", "PHONE", [("07700 900 123", 1)]),
    ]
    assert key.entries[0].reason == "full name"
    assert [d.safe_sha256 for d in key.documents] == [
        hashlib.sha256(file.data).hexdigest() for file in files
    ]
    assert len({d.safe_name for d in key.documents}) == 2
    assert not any(d.safe_name in ("one.txt", "two.txt") for d in key.documents)


def test_every_source_comes_back_by_name_and_to_the_byte(started: Study) -> None:
    """Byte-order mark and Windows line ends too; and what grammar changed beside a name."""
    desk = open_desk(started, OPENER)
    people = (entity(desk, "Person 1", "Morag"), entity(desk, "Person 2", "Will "))
    key, files, _ = pseudonymised(desk, people, grammar="is ")
    assert not as_text_only(key, key.documents, files)
    for document, file, source in zip(key.documents, files, desk.sources, strict=True):
        assert original(key, document, file) == (source.name, Path(source.path).read_bytes())
    (grammar,) = [entry for entry in key.entries if entry.decided_by == "grammar"]
    assert [form.text for form in grammar.forms] == ["is "]


def test_a_safe_file_that_was_edited_does_not_restore(started: Study, tmp_path: Path) -> None:
    desk = open_desk(started, OPENER)
    key, files, _ = pseudonymised(desk, (entity(desk, "Person 1", "Morag"),))
    for document, file in zip(key.documents, files, strict=True):
        (tmp_path / document.safe_name).write_bytes(file.data)
        assert read_safe(tmp_path, document, HANDLING) == file
        edited = file.data.replace(b"INT", b"ING")
        reading = read_file(edited, document.safe_name, "x", HANDLING, document.encoding)
        with pytest.raises(Tampered, match="does not restore") as refused:
            original(key, document, SafeFile(document.doc_id, edited, reading))
        assert refused.value.where == document.safe_name
        (tmp_path / document.safe_name).write_bytes(edited)
        with pytest.raises(Tampered, match="missing or was edited"):
            read_safe(tmp_path, document, HANDLING)
        (tmp_path / document.safe_name).unlink()
        with pytest.raises(Tampered, match="missing or was edited") as gone:
            read_safe(tmp_path, document, HANDLING)
        assert "redact replace" in str(gone.value)
    with pytest.raises(Tampered, match="does not restore"):
        as_text_only(key, key.documents, files[::-1])


def test_an_organisation_that_only_the_table_names_has_a_pseudonym_in_the_key(
    started: Study, tmp_path: Path
) -> None:
    interviews = tmp_path / "interviews.csv"
    rows = "S1,one.txt,Scotland,Corrie House,cook\nS2,two.txt,Scotland,Kilmarnock,cook\n"
    interviews.write_text("interview,file,nation,organisation,role\n" + rows, "utf-8")
    order = replace(order_of(started.root.parent / "source"), interviews=interviews)
    study, _, _ = create_study(tmp_path / "other", order, (("steward", OWN.recipient()),))
    desk = open_desk(study, OPENER)
    key, _, _ = pseudonymised(desk, (entity(desk, "Organisation 1", "Kilmarnock", "ORG"),))
    said = [(e.pseudonym, e.forms[0].text, e.decided_by) for e in key.entries]
    assert said[0][:2] == ("[Organisation 1]", "Kilmarnock")  # said aloud: no second pseudonym
    assert said[1:] == [("[Organisation 2]", "Corrie House", "interviews.csv")]
