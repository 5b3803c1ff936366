"""Who speaks where: labels, times and headers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Span
from redact.transcript.turns import read_structure


def speakers(text: str) -> list[str | None]:
    turns = read_structure(text).turns
    return [text[t.speaker.start : t.speaker.end] if t.speaker else None for t in turns]


def names(text: str) -> list[tuple[str, str]]:
    return [(text[n.span.start : n.span.end], n.label) for n in read_structure(text).names]


@pytest.mark.parametrize(
    ("line", "speaker", "named"),
    [
        ("INT: How are you?", "INT", []),
        ("P07: Grand.", "P07", []),
        ("Morag: Grand.", "Morag", ["Morag"]),
        ("[00:12:31] Dana: Hi.", "Dana", ["Dana"]),
        ("00:12 Dana Ortiz: Hi.", "Dana Ortiz", ["Dana Ortiz"]),
        ("Speaker 2 (Dana): Hi.", "Speaker 2 (Dana)", ["Dana"]),
        ("MORAG MACLEOD: Hi.", "MORAG MACLEOD", ["MORAG MACLEOD"]),
        ("Dana Ortiz  0:32", "Dana Ortiz", ["Dana Ortiz"]),
        ("Support worker: Hi.", "Support worker", []),
        ("Interviewer 2: Hi.", "Interviewer 2", []),
        ("Morag [00:01:02]: Hi.", "Morag", ["Morag"]),
        ("Morag's mum: Hi.", "Morag's mum", ["Morag"]),
    ],
)
def test_a_label_is_read(line: str, speaker: str, named: list[str]) -> None:
    text = f"{line}\nINT: Next.\n"
    assert speakers(text)[0] == speaker
    assert [name for name, _ in names(text)] == named


@pytest.mark.parametrize(
    "line",
    [
        "I said to her in the end: no.",
        "He told me: go home.",
        "half past 10: that was it",
        "see https://example.org: it is there",
        "[laughs] So: aye.",
    ],
)
def test_a_sentence_with_a_colon_is_not_a_label(line: str) -> None:
    text = f"INT: Yes?\nP01: Well.\n{line}\nINT: Next.\n"
    assert len(read_structure(text).turns) == 3


def test_a_lower_case_label_that_comes_back_is_a_label() -> None:
    text = "int: yes\nmorag: aye\nint: and\nmorag: no\nint: right\nmorag: cheers\n"
    assert speakers(text) == ["int", "morag"] * 3
    assert names(text) == [("morag", "PERSON")] * 3


@pytest.mark.parametrize(
    "form", ["{}> {}", "{} >> {}", "{} - {}", "{}| {}", "{}; {}", "[{}] {}", "<{}> {}", "({}) {}"]
)
@pytest.mark.parametrize("who", ["morag", "morag tulloch"])
def test_labels_in_small_letters_with_a_mark_are_labels(form: str, who: str) -> None:
    said = ["Were you there?", "Aye, I was.", "For long?", "All day.", "Right.", "Cheers."]
    text = "".join(form.format((who, "fergus")[n % 2], one) + "\n" for n, one in enumerate(said))
    assert speakers(text) == [who, "fergus"] * 3


def test_a_list_in_small_letters_has_no_speakers() -> None:
    assert not any(speakers("so - we went\nand - we came\nso - we saw\nand - it was it\n"))
    assert not any(speakers("tea - one\nbread - two\nmilk - three\neggs - six\njam - one\n"))


def test_header_lines_give_names_and_are_not_speakers() -> None:
    text = (
        "Participant: Morag MacLeod (team leader)\nOrganisation: Corriedoon Living\n"
        "Location: Largs\n\nInterviewer: So.\nMorag: Aye.\nInterviewer: Right.\n"
    )
    assert names(text)[:3] == [
        ("Morag MacLeod", "PERSON"),
        ("Corriedoon Living", "ORG"),
        ("Largs", "PLACE"),
    ]
    assert [s for s in speakers(text) if s] == ["Interviewer", "Morag", "Interviewer"]


def test_a_text_without_labels_has_a_turn_a_paragraph() -> None:
    text = "First thing.\n\nSecond thing.\n"
    assert len(read_structure(text).turns) == 2


@given(st.text(alphabet="INTPa:[0] \nMorag.()\r", max_size=200))
def test_turns_are_in_order_and_lie_in_the_text(text: str) -> None:
    structure = read_structure(text)
    at = 0
    for turn in structure.turns:
        assert at <= turn.start < turn.end <= len(text)
        at = turn.end
        for part in (turn.speaker, turn.time):
            assert part is None or Span(turn.start, turn.end).overlaps(part)
    for name in structure.names:
        assert 0 <= name.span.start < name.span.end <= len(text)


@pytest.mark.parametrize(
    "label", ["[Person 3]", "Speaker 2 ([Person 3])", "[team leader 2]", "@@Isla Farquhar##"]
)
def test_a_pseudonym_is_a_speaker_and_no_name(label: str) -> None:
    text = f"INT: Hello.\n{label}: Hello yourself.\n"
    structure = read_structure(text)
    (_, second) = structure.turns
    assert second.speaker is not None
    assert text[second.speaker.start : second.speaker.end] == label


def test_a_name_in_brackets_before_a_colon_is_a_speaker_s_name() -> None:
    structure = read_structure("[Morag]: Hello.\n[Morag]: Aye.\n")
    assert [name.why for name in structure.names] == ["speaker label"] * 2


@pytest.mark.parametrize(
    "written",
    [
        "Morag MacLeod  0:00  \nAye, I saw.\n\nSpeaker 2  0:07\nWho?\n",  # Otter
        "Morag MacLeod 0:00\nAye, I saw.\n\nSpeaker 2 0:07\nWho?\n",
        "[Morag MacLeod] 10:00:01\nAye, I saw.\n\n[Speaker 2] 10:00:05\nWho?\n",  # Zoom
        "0:0:0.0 --> 0:0:3.51\nMorag MacLeod\nAye, I saw.\n0:0:4.0 --> 0:0:5.1\nSpeaker 2\nWho?\n",
        "Morag MacLeod   0:03\nAye, I saw.\nSpeaker 2   0:09\nWho?\n",  # Teams
        "Morag MacLeod: [00:00:01] Aye, I saw.\n\nSpeaker 2: [00:00:10] Who?\n",  # Trint
    ],
)
def test_speakers_are_found_as_other_programs_write_them(written: str) -> None:
    assert list(filter(None, speakers(written))) == ["Morag MacLeod", "Speaker 2"]
    safe = written.replace("Morag MacLeod", "[Person 1]")
    assert [who.strip("[]") for who in speakers(safe) if who] == ["Person 1", "Speaker 2"]
    assert names(safe) == []
    (name,) = read_structure(written).names
    assert written[name.span.start : name.span.end] == "Morag MacLeod"


@pytest.mark.parametrize("line", ["Monday 10:30", "See you at 10:30", "Back at Ayr by 9:15"])
def test_a_time_at_the_end_of_a_line_makes_no_speaker(line: str) -> None:
    assert read_structure(f"{line}\nand then we went.\n").names == ()


@pytest.mark.parametrize("gap", ["\t", "   "])
def test_an_initial_and_a_family_name_in_a_column_are_one_label(gap: str) -> None:
    said = ("R. Boyd", "Who is it?"), ("D. Laird", "Me."), ("R. Boyd", "So."), ("D. Laird", "Aye.")
    rows = (gap.join((f"{n}", f"00:{n:02}", *row)) for n, row in enumerate(said, 4))
    assert [who for who in speakers("\n".join(rows)) if who] == [who for who, _ in said]


def test_a_line_of_a_diary_has_no_speaker() -> None:
    text = "Monday 8 January: up at 5.\nTues 9: no carer.\nMarch 9th, 2019: went in.\nJan 2: Aye.\n"
    assert {who for who in speakers(text) if who} <= {"Jan 2"}
