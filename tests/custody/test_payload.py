"""The linkage key's payload: canonical, strict, never contradicting itself."""

import json
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from redact.custody.payload import (
    Document,
    Entry,
    Form,
    LinkageKey,
    Replaced,
    dump_payload,
    load_payload,
)
from redact.errors import KeyRefused


def make_key(**changes: Any) -> LinkageKey:
    document = Document(
        doc_id="D0001",
        source_name="one.txt",
        source_path="/invented/one.txt",
        source_sha256="0" * 64,
        text_sha256="0" * 64,
        encoding="utf-8",
        bom="",
        guessed=False,
        safe_name="scot_01.txt",
        safe_sha256="1" * 64,
    )
    forms = (Form(text="Morag MacLeod", count=1), Form(text="Morag", count=1))
    entry = Entry(
        pseudonym="[Person 1]", type="PERSON", forms=forms, decided_by="policy", reason="full name"
    )
    first = Replaced(doc="D0001", start=4, end=17, safe_start=4, safe_end=14, entry=0, form=0)
    second = Replaced(doc="D0001", start=20, end=25, safe_start=17, safe_end=27, entry=0, form=1)
    key = LinkageKey(
        linkage_id="00000000-0000-4000-8000-000000000000",
        project="invented",
        log="redact.study/invented",
        log_key="redact.study/invented+00000000+AAAA",
        created="2026-11-24T00:00:00.000Z",
        supersedes=None,
        checkpoint="checkpoint\n",
        tool_version="0.1.0",
        secret=bytes(range(32)),
        documents=(document,),
        entries=(entry,),
        replacements=(first, second),
    )
    return replace(key, **changes)


def test_a_key_comes_back_as_it_was() -> None:
    key = make_key()
    assert load_payload(dump_payload(key)) == key


def test_the_payload_is_canonical_json_padded_to_four_kibibytes() -> None:
    data = dump_payload(make_key())
    assert len(data) % 4096 == 0
    assert rfc8785.dumps(json.loads(data)) == data


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text())
def test_any_text_is_written_as_rfc_8785_writes_it(form: str, reason: str) -> None:
    """Control characters, quotes, U+007F, U+2028, astral: `rfc8785` is the oracle."""
    reason = reason.encode("utf-8", "replace").decode("utf-8")
    entry = (
        make_key()
        .entries[0]
        .model_copy(update={"forms": (Form(text=form, count=2**53 - 1),), "reason": reason})
    )
    key = make_key(entries=(entry,), replacements=())
    data = dump_payload(key)
    assert rfc8785.dumps(json.loads(data)) == data
    assert load_payload(data) == key


@pytest.mark.parametrize(
    "edit",
    [
        lambda body: body.update(extra=1),
        lambda body: body.pop("pad"),
        lambda body: body.update(format="redact-linkage/3"),
        lambda body: body["documents"][0].update(note="x"),
        lambda body: body["entries"][0].update(type=1),
        lambda body: body["replacements"][0].update(start="4"),
        lambda body: body["replacements"][0].update(start=-1),
        lambda body: body.update(hmac_key="short"),
    ],
)
def test_unknown_missing_or_mistyped_fields_are_refused(edit: Any) -> None:
    body = json.loads(dump_payload(make_key()))
    edit(body)
    with pytest.raises(KeyRefused) as refused:
        load_payload(rfc8785.dumps(body))
    assert "Morag" not in str(refused.value)


def test_a_payload_that_is_not_canonical_is_refused() -> None:
    with pytest.raises(KeyRefused):
        load_payload(json.dumps(json.loads(dump_payload(make_key()))).encode())


def test_contradictions_are_refused_on_writing() -> None:
    key = make_key()
    first, second = key.replacements
    entry = key.entries[0]
    broken: list[dict[str, Any]] = [
        {"documents": key.documents * 2},
        {"entries": (entry, entry)},
        {"replacements": (second, first)},
        {"replacements": (first, replace(second, start=10, end=15))},
        {"replacements": (first, replace(second, entry=1))},
        {"replacements": (first, replace(second, form=2))},
        {"replacements": (replace(first, end=16),)},
        {"replacements": (first, replace(second, safe_start=18, safe_end=28))},
        {"replacements": (replace(first, doc="D0002"),)},
    ]
    for changes in broken:
        with pytest.raises(KeyRefused) as refused:
            dump_payload(replace(key, **changes))
        assert "Morag" not in str(refused.value)


def test_no_repr_of_the_key_shows_a_name_or_its_secret() -> None:
    key = make_key()
    shown = repr(key) + repr(key.entries) + repr(key.documents)
    assert "Morag" not in shown
    assert "one.txt" not in shown
    assert repr(key.secret) not in shown


def test_damaged_bytes_are_refused_without_showing_them() -> None:
    data = dump_payload(make_key())
    for at in range(0, len(data), 37):
        for candidate in (data[:at], data[:at] + b"\xff" + data[at + 1 :]):
            with pytest.raises(KeyRefused) as refused:
                load_payload(candidate)
            assert "Morag" not in str(refused.value)
