"""The gates: strict about every form of the linkage key, and not useless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import DETAIL, Kept, Place, Replacement, SafeTranscript, Span
from redact.custody.payload import Entry, Form, LinkageKey
from redact.release.findings import sentences
from redact.release.gates import (
    gate_hidden_places,
    gate_log_and_key,
    gate_no_original,
    gate_no_secret,
    gate_review,
    gate_surrogates,
)
from redact.release.released import Accounted, ReleasedText, account_for, keep_spans
from redact.replace.splice import Planned, splice
from redact.study.search import words_of
from tests.custody.test_payload import make_key


def key_with(*forms: tuple[str, str]) -> LinkageKey:
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
    ("PERSON", "Morag MacLeod"),
    ("PERSON", "Will"),
    ("PERSON", "Zoë"),
    ("PLACE", "Kilmarnock"),
    ("PHONE", "07700 900 123"),
    ("EMAIL", "dana.ortiz@hb.example"),
    ("AGE", "83"),
    ("ORG", "Harbor Bridge"),
    ("PERSON", "O'Neil"),
)


def refused(text: str, name: str = "transcripts/scot_01.txt", **more: object) -> bool:
    released = ReleasedText(name, text, **more)  # type: ignore[arg-type]
    return not gate_no_original(KEY, [released], [name]).passed


@pytest.mark.parametrize(
    "text",
    [
        "it was Morag MacLeod",
        "it was MORAG MCLEOD",
        "it was morag\nmacleod",
        "morag-macleod",
        "see MoragMacLeod_notes",
        "Kilmarnock's",
        "Kilmar-\nnock",
        "NewKilmarnock2",
        "zoe came",
        "ZOE\u0308 came",
        "ring 07700900123",
        "ring 07700-900-123",
        "ring 07700 900\n123",
        "dana.ortiz@hb.example",
        "mailto:DANA.ORTIZ@HB.EXAMPLE",
        "https://harborbridge.example",
        "O’Neil",
        "oneil said",
        "Will came",
        "he will",
        "Mor\u00adag MacLeod",
        "Morag\u00a0MacLeod",
    ],
)
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
        KEY,
        [ReleasedText("t", safe.text, sure=sure, is_transcript=True)],
        [],
    )
    assert safe.text[19:23] == "will"
    assert dict(result.explained) == {"ordinary_word": 1}
    assert len(result.findings) == 1


def test_findings_name_file_and_line_and_never_the_name() -> None:
    text = "first\nsecond Kilmarnock\n"
    result = gate_no_original(KEY, [ReleasedText("transcripts/scot_01.txt", text)], [])
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
    for text, name, found in (
        ("with patience", paper, False),
        ("see patienceQuill", paper, True),
        ("with Patience", "transcripts/scot_01.txt", True),
    ):
        released = ReleasedText(name, text, is_transcript=name.startswith("transcripts"))
        result = gate_no_original(key, [released], [name])
        assert result.passed is not found


def test_a_form_within_an_ordinary_word_of_our_own_is_that_word() -> None:
    key = key_with(("PERSON", "resident"))
    for ours, passed in (("the residents", True), ("nothing", False)):
        released = ReleasedText("policy.toml", "the residents", ours=words_of(ours))
        assert gate_no_original(key, [released], []).passed is passed


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
    one = Entry(
        pseudonym=invented,
        type="PERSON",
        forms=(Form(text="Zoë", count=1),),
        decided_by="t",
        reason="t",
    )
    key = make_key(entries=(*KEY.entries, one), replacements=())
    found = gate_surrogates(key)
    assert found.passed == passes
    assert "MacLeod" not in str(found)


@pytest.mark.parametrize(
    ("label", "passes"),
    [
        ("[Person 1]", True),
        ("[finance manager 2]", True),
        ("[sister of Morag MacLeod 1]", False),
        ("[macleod family 1]", False),
        ("[manager of Zoë]", False),
        ("[harbor bridge of the town 1]", True),
    ],
)
def test_no_label_names_somebody_of_the_study(label: str, passes: bool) -> None:
    """A role of the roster or a new name for a pseudonym may do so, or come to."""
    form = Form(text="Ada", count=1)
    one = Entry(pseudonym=label, type="PERSON", forms=(form,), decided_by="t", reason="t")
    found = gate_surrogates(make_key(entries=(*KEY.entries, one), replacements=()))
    assert found.passed == passes
    assert "Zoë" not in str(found)


def test_a_hidden_place_that_is_left_is_named_by_kind() -> None:
    assert gate_hidden_places([("a.docx", {}), ("b.odt", {})]).passed
    found = gate_hidden_places([("a.docx", {"comments": 2})])
    assert sentences(found.findings) == ("a.docx: comments (2)",)


WORDS = "ash birch cedar dogwood elder fir gorse hazel".split()


@given(st.lists(st.sampled_from(["plain", "hidden", "kept", "detail"]), min_size=1, max_size=12))
def test_what_is_accounted_for_is_just_what_stands_there(what: list[str]) -> None:
    """Kept words are found in the safe text as they were, pseudonyms whole, details not at all."""
    text, at = "", 0
    planned, kept, wanted = [], [], []
    for number, one in enumerate(what):
        word = f"{WORDS[number % len(WORDS)]}{number}"
        span = Span(at, at + len(word))
        if one in ("hidden", "detail"):
            shown = f"[{'X' * (number % 7)}{number}]"
            planned.append(Planned(span, shown, DETAIL if one == "detail" else "person-1"))
            wanted += [(shown, "pseudonym")] if one == "hidden" else []
        elif one == "kept":
            kept.append(Kept(Place("D1", span), "ordinary_word"))
            wanted.append((word, "ordinary_word"))
        text += f"{word} "
        at = len(text)
    safe = splice("D1", text, planned)
    accounted = account_for(safe, reversed(kept))
    said = [(safe.text[one.span.start : one.span.end], one.reason) for one in accounted]
    assert said == wanted


def test_a_kept_term_is_found_as_the_policy_spells_it_with_its_brackets() -> None:
    text = "Under the Carers (Scotland) Act and the carers scotland act."
    found = keep_spans(text, ["Carers (Scotland) Act"])
    assert Accounted(Span(10, 31), "kept_body") in found


def test_a_finding_and_a_released_text_never_show_what_they_hold() -> None:
    released = ReleasedText("a.txt", "Morag", sure=(Accounted(Span(0, 5), "pseudonym"),))
    assert "Morag" not in repr(released)
    result = gate_no_original(KEY, [released, ReleasedText("b.txt", "Morag MacLeod")], [])
    assert "Morag" not in repr(result)


@pytest.mark.parametrize("status", ["tampered", "self-attested", "residue", "jntact"])
def test_only_an_intact_log_passes_and_the_gate_says_what_is_wrong(status: str) -> None:
    assert gate_log_and_key("intact", ()).passed
    result = gate_log_and_key(status, ["line 3 was changed"])
    assert sentences(result.findings) == (
        f"audit log: {status}",
        "audit log: line 3 was changed",
    )
    assert result.places() == ("audit log",)


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("residents", True),
        ("the residents", True),
        ("residents came", True),
        ("2residents", False),
        ("residents2", False),
        ("Xresidents", False),
    ],
)
def test_a_form_is_explained_only_by_the_whole_word_it_lies_in(text: str, passes: bool) -> None:
    key = key_with(("PERSON", "resident"))
    released = ReleasedText("policy.toml", text, ours=words_of("residents"))
    assert gate_no_original(key, [released], []).passed is passes


def test_a_file_may_be_called_by_a_word_but_not_by_a_name() -> None:
    key = key_with(("PERSON", "Hope"), ("PERSON", "Kenna Strachan"))
    for name, passes in (("hope.txt", True), ("Kenna-Strachan.txt", False)):
        assert gate_no_original(key, [], [name]).passed is passes


def test_an_invented_name_that_is_real_is_told_by_its_number_from_one() -> None:
    entries = KEY.entries
    real = Entry(
        pseudonym="Kilmarnock",
        type="PERSON",
        forms=(Form(text="Ada", count=1),),
        decided_by="t",
        reason="t",
    )
    result = gate_surrogates(make_key(entries=(real, *entries), replacements=()))
    assert result.places() == ("entry 1 of the linkage key",)


def test_the_name_of_a_released_file_stands_in_the_tables_beside_it() -> None:
    """A steward took "interview 01" for a name: every list of files would be refused for good."""
    key = key_with(("PERSON", "Interview 01"))
    names = ["transcripts/interview_01.txt"]
    for text, passes in (
        ('"transcripts/interview_01.txt",3', True),
        ("file,line\ninterview_01.txt,3", True),
        ("file,line\nthe interview 01,3", False),
        ("interview_01.txt.old,3", False),
    ):
        listed = ReleasedText("interviews.csv", text, strict=True)
        assert gate_no_original(key, [listed], names).passed is passes, text
    talk = ReleasedText(names[0], "we met (interview_01.txt) there", is_transcript=True)
    assert not gate_no_original(key, [talk], names).passed
    assert not gate_no_original(key_with(("ID", "44710")), [], ["projects/44710.qdpx"]).passed
