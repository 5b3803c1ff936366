"""The gates: strict about every form of the linkage key, and not useless."""

import pytest

from redact.core import Kept, Place, Replacement, SafeTranscript
from redact.custody.payload import Entry, Form
from redact.release.findings import sentences
from redact.release.gates import (
    ReleasedText,
    account_for,
    gate_hidden_places,
    gate_no_original,
    gate_no_secret,
    gate_review,
    gate_surrogates,
    keep_spans,
)
from redact.study.search import words_of
from tests.custody.test_payload import make_key


def key_with(*forms: tuple[str, str]) -> object:
    entries = tuple(
        Entry(
            pseudonym=f"[X {n}]",
            type=label,
            forms=(Form(text=text, count=1),),
            decided_by="t",
            reason="t",
        )
        for n, (label, text) in enumerate(forms)
    )
    return make_key(entries=entries, replacements=())


KEY = key_with(
    ("PERSON", "Morag MacLeod"), ("PERSON", "Will"), ("PERSON", "Zoë"), ("PLACE", "Kilmarnock"),
    ("PHONE", "07700 900 123"), ("EMAIL", "dana.ortiz@hb.example"), ("AGE", "83"),
    ("ORG", "Harbor Bridge"), ("PERSON", "O'Neil"),
)  # fmt: skip


def refused(text: str, name: str = "transcripts/scot_01.txt", **more: object) -> bool:
    released = ReleasedText(name, text, **more)  # type: ignore[arg-type]
    return not gate_no_original(KEY, [released], [name]).passed  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "it was Morag MacLeod", "it was MORAG MCLEOD", "it was morag\nmacleod", "morag-macleod",
        "see MoragMacLeod_notes", "Kilmarnock's", "Kilmar-\nnock", "NewKilmarnock2", "zoe came",
        "ZOE\u0308 came",
        "ring 07700900123", "ring 07700-900-123", "ring 07700 900\n123", "dana.ortiz@hb.example",
        "mailto:DANA.ORTIZ@HB.EXAMPLE", "https://harborbridge.example", "O’Neil", "oneil said",
        "Will came", "he will", "Mor\u00adag MacLeod", "Morag\u00a0MacLeod",
    ],
)  # fmt: skip
def test_a_form_of_the_key_in_a_transcript_is_refused(text: str) -> None:
    assert refused(text, is_transcript=True)


@pytest.mark.parametrize(
    "text", ["Moragh", "willing", "77009001234567", "Zoey", "83 buses", "Neil"]
)
def test_other_words_and_bare_numbers_pass(text: str) -> None:
    assert not refused(text, is_transcript=True)


def test_an_ordinary_word_passes_only_where_a_decision_was_recorded() -> None:
    replaced = Replacement(start=0, end=4, text="", entity="", safe_start=0, safe_end=10)
    safe = SafeTranscript("D1", "[Person 1] said he will and Will", (replaced,))
    kept = [Kept(Place.at("D1", 13, 17), "ordinary_word")]
    sure = account_for(safe, kept)
    result = gate_no_original(
        KEY,  # type: ignore[arg-type]
        [ReleasedText("t", safe.text, sure=sure, is_transcript=True)],
        [],
    )
    assert safe.text[19:23] == "will"
    assert dict(result.explained) == {"ordinary_word": 1}
    assert len(result.findings) == 1


def test_findings_name_file_and_line_and_never_the_name() -> None:
    text = "first\nsecond Kilmarnock\n"
    result = gate_no_original(KEY, [ReleasedText("transcripts/scot_01.txt", text)], [])  # type: ignore[arg-type]
    assert sentences(result.findings) == (
        "transcripts/scot_01.txt, line 2: a form of kind PLACE from the linkage key",
    )
    assert result.places() == ("transcripts/scot_01.txt, line 2",)


def test_our_own_words_pass_in_our_documents_but_not_in_tables() -> None:
    assert not refused("we hope he will", "README.md", ours=words_of("we hope he will"))
    assert not refused("Will", "README.md")
    assert refused("Kilmarnock", "README.md", ours=words_of("nothing"))
    assert refused("kilmarnocks", "README.md", ours=words_of("nothing"))
    assert refused("kilmarnocks", "README.md", ours=words_of("kilmarnocks"))  # a log's own words
    assert refused("Will", "interviews.csv", strict=True)
    assert not refused("will", "interviews.csv", strict=True)


def test_a_long_name_that_is_a_word_is_that_word_in_our_papers_and_no_run_of_letters() -> None:
    key = key_with(("PERSON", "Patience"))
    paper = "documentation/topic-guide.md"
    for text, name, found in (("with patience", paper, False), ("see patienceQuill", paper, True),
                              ("with Patience", "transcripts/scot_01.txt", True)):  # fmt: skip
        released = ReleasedText(name, text, is_transcript=name.startswith("transcripts"))
        result = gate_no_original(key, [released], [name])  # type: ignore[arg-type]
        assert result.passed is not found


def test_a_form_within_an_ordinary_word_of_our_own_is_that_word() -> None:
    key = key_with(("PERSON", "resident"))
    for ours, passed in (("the residents", True), ("nothing", False)):
        released = ReleasedText("policy.toml", "the residents", ours=words_of(ours))
        assert gate_no_original(key, [released], []).passed is passed  # type: ignore[arg-type]


def test_a_kept_body_that_is_also_a_form_passes_inside_its_own_name() -> None:
    text = "Harbor Bridge Act 2001"
    sure = keep_spans(text, ["Harbor Bridge Act"])
    assert not refused(text, "policy.toml", sure=sure)
    assert refused("Harbor Bridge", "policy.toml", sure=keep_spans("Harbor Bridge", ["Act"]))


@pytest.mark.parametrize(
    "name", ["transcripts/Kilmarnock.txt", "transcripts/morag_macleod.txt", "07700900123.txt"]
)
def test_a_name_in_a_file_name_is_refused(name: str) -> None:
    assert refused("nothing", name)


def test_key_material_and_sources_never_go_out() -> None:
    files = {
        "a.txt": b"age-encryption.org/v1\n-> X25519 x",
        "b.txt": b"note AGE-SECRET-KEY-PQ-1ABC",
        "c.txt": b"PRIVATE+KEY+redact",
        "d.txt": b"fine",
    }
    result = gate_no_secret(files, frozenset({"digest"}), {"d.txt": "digest", "a.txt": "other"})
    assert len(result.findings) == 4


def test_review_is_asked_for_by_policy_and_always_where_nothing_was_found() -> None:
    assert gate_review(False, ["scot_01.txt"], []).passed
    assert not gate_review(True, ["scot_01.txt"], []).passed
    assert not gate_review(False, [], ["scot_01.txt"]).passed


@pytest.mark.parametrize(
    ("invented", "passes"),
    [("Ailsa Brodie", True), ("Ailsa MacLeod", False), ("Kilmarnock", False), ("[Person 1]", True)],
)
def test_an_invented_name_is_no_real_one_of_the_study(invented: str, passes: bool) -> None:
    """Not in any word of it, whoever's or whatever place's it is; and the gate says no name."""
    one = Entry(pseudonym=invented, type="PERSON", forms=(Form(text="Zoë", count=1),),
                decided_by="t", reason="t")  # fmt: skip
    key = make_key(entries=(*KEY.entries, one), replacements=())  # type: ignore[attr-defined]
    found = gate_surrogates(key)
    assert found.passed == passes
    assert "MacLeod" not in str(found)


def test_a_hidden_place_that_is_left_is_named_by_kind() -> None:
    assert gate_hidden_places([("a.docx", {}), ("b.odt", {})]).passed
    found = gate_hidden_places([("a.docx", {"comments": 2})])
    assert sentences(found.findings) == ("a.docx: 2 comments",)
