"""Who speaks, in the layouts that people use: initials, names, codes, roles, and what is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Interview, ListedPerson, RosterEntry, Source, Speaker
from redact.transcript.turns import Structure, read_structure

TALK = (
    "So how did it start?",
    "It started with a letter from Fergus.",
    "And after that?",
    "After that they came out to see us.",
)


def written(form: str, one: str = "KW", two: str = "DM", between: str = "\n") -> str:
    """Four turns of two speakers, their labels written like `form`."""
    labels = (one, two, one, two)
    said = zip(labels, TALK, strict=True)
    return between.join(form.format(label) + words for label, words in said) + "\n"


def labels(text: str, structure: Structure) -> list[str]:
    spans = [turn.speaker for turn in structure.turns if turn.speaker]
    return [text[span.start : span.end] for span in spans]


def speaker(structure: Structure, letters: str) -> Speaker:
    return next(one for one in structure.speakers if one.letters == letters)


FORMS = (
    "{}: ",
    "{}:",
    "{} - ",
    "{} – ",
    "[{}] ",
    "[{}]: ",
    "({}) ",
    "<{}> ",
    "{}\t",
    "{}   ",
    "**{}** ",
    "**{}:** ",
    "**{}**: ",
    ">> {}: ",
    "- {}: ",
    "[00:01:02] {}: ",
    "00:01:02   {}: ",
    "| {} | ",
    "{} [00:01]: ",
    "{}) ",
    "{} → ",
    "{}; ",
    "[{}:] ",
    "[{}, 00:01:02] ",
    "{} (00:01:02) ",
    "00:01:02-00:01:05 {}: ",
    "#00:01:02-3# {}: ",
    "00:01:02: {}: ",
    "#3 {}: ",
    "@{}: ",
    "“{}”: ",
    "<p><strong>{}</strong>: ",
)


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["close", "apart"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("one", "two"), [("KW", "DM"), ("US", "IT"), ("K.W.", "D.M.")])
def test_initials_label_a_person_however_they_are_written(
    form: str, one: str, two: str, between: str
) -> None:
    text = written(form, one, two, between)
    structure = read_structure(text)
    assert [label.strip("[]") for label in labels(text, structure)] == [one, two] * 2
    assert [s.kind for s in structure.speakers] == ["person", "person"]
    found = [text[n.span.start : n.span.end] for n in structure.names]
    assert found == [one, two] * 2


@pytest.mark.parametrize(
    "form",
    [
        "**{}**\n\n",
        "### {}\n\n",
        "=== {} ===\n",
        "**[00:01:02]** {}\n\n",
        "00:01:02\n{}\n",
        "{}\n",
        "{}, [12.03.2024 10:11]\n",
        "{} at 00:01:02\n",
        "{}  6:14 PM\n",
        "Speaker: {}\nTime: 00:01:02\nText: ",
        "10:11:12\t From  {} to  Everyone:\n\t",
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,{},",
    ],
)
def test_a_name_on_a_line_of_its_own_or_in_a_record_is_who_speaks(form: str) -> None:
    text = written(form, "Kirsty Wardlaw", "Dougal Munro", "\n\n")
    structure = read_structure(text)
    assert labels(text, structure) == ["Kirsty Wardlaw", "Dougal Munro"] * 2
    assert [s.kind for s in structure.speakers] == ["person", "person"]
    said = [text[turn.start : turn.end] for turn in structure.turns if turn.speaker]
    assert all(words in turn for words, turn in zip(TALK, said, strict=True))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "code", ["P07", "R1", "INT", "S02", "spk_0", "FGD2", "IDI-17", "Speaker 3"]
)
def test_codes_are_speakers_and_nobody(form: str, code: str) -> None:
    text = written(form, code, "Q", "\n\n")
    assert read_structure(text).names == ()


@pytest.mark.parametrize(
    "legend",
    [
        "KW = Kirsty Wardlaw, researcher\nDM = Dougal Munro, tenant\n\n{}",
        "KW – Kirsty Wardlaw\nDM – Dougal Munro\n\n{}",
        "KW: Kirsty Wardlaw\nDM: Dougal Munro\n\n{}",
        "KW   Kirsty Wardlaw   researcher\nDM   Dougal Munro   tenant\n\n{}",
        "Present: Kirsty Wardlaw (KW), Dougal Munro (DM)\n\n{}",
        "Interviewer | Kirsty Wardlaw (KW)\nParticipant | Dougal Munro (DM)\n\n{}",
        "Talk of Kirsty Wardlaw (KW) with Dougal Munro (DM), tenant\n\n{}",
        "---\ninterviewer: Kirsty Wardlaw\nparticipants:\n  - Dougal Munro (DM)\n---\n\n{}",
        "Interviewer: Kirsty Wardlaw\nParticipant: Munro, Dougal\n\n{}",
        "{}\nSpeakers\nKW = Kirsty Wardlaw\nDM = Dougal Munro\n",
        "{}\nKW – Kirsty Wardlaw, researcher\nDM – Dougal Munro, tenant\n",
    ],
)
def test_legend_and_header_say_whose_initials_they_are(legend: str) -> None:
    text = legend.format(written("{}: ", between="\n\n"))
    structure = read_structure(text)
    assert speaker(structure, "kw").name == "Kirsty Wardlaw"
    assert set(speaker(structure, "dm").name.replace(",", "").split()) == {"Dougal", "Munro"}
    assert len(labels(text, structure)) == 4
    for name in structure.names:
        assert "\n" not in text[name.span.start : name.span.end]


@pytest.mark.parametrize(
    "legend",
    [
        "(KW) Kirsty Wardlaw, researcher\n(DM) Dougal Munro, tenant\n\n{}",
        "KW ....... Kirsty Wardlaw\nDM ....... Dougal Munro\n\n{}",
        "A talk between KW (Kirsty Wardlaw) and DM (Dougal Munro)\n\n{}",
        "Kirsty Wardlaw (hereafter KW) met Dougal Munro (hereafter DM).\n\n{}",
        "{}\nHere KW stands for Kirsty Wardlaw and DM stands for Dougal Munro.\n",
        "{}\nInitials: KW = Kirsty Wardlaw, DM = Dougal Munro\n",
        "{}\nTaking part: Kirsty Wardlaw (KW); Dougal Munro (DM)\n",
    ],
)
def test_a_legend_in_words_tells_whose_initials_they_are_and_is_no_turn(legend: str) -> None:
    text = legend.format(written("{}: ", between="\n\n"))
    structure = read_structure(text)
    assert speaker(structure, "kw").name == "Kirsty Wardlaw"
    assert speaker(structure, "dm").name == "Dougal Munro"
    assert labels(text, structure) == ["KW", "DM"] * 2


def test_a_legend_never_joins_two_people_over_the_end_of_a_line() -> None:
    text = "KW = Kirsty\nDM = Dougal Munro\n\nPresent: Kirsty (KW)\nDougal Munro (DM)\n\n"
    for name in read_structure(text + written("{}: ", between="\n\n")).names:
        assert "\n" not in text[name.span.start : name.span.end]


@pytest.mark.parametrize(("one", "two"), [("MR", "DA"), ("HE", "ME"), ("CC", "AS"), ("FG", "KW")])
def test_initials_that_are_titles_words_or_codes_are_initials(one: str, two: str) -> None:
    text = written("{}: ", one, two, "\n\n")
    structure = read_structure(text)
    assert [s.kind for s in structure.speakers] == ["person", "person"]
    assert labels(text, structure) == [one, two] * 2


def test_a_colon_in_talk_makes_no_label_where_labels_have_another_form() -> None:
    text = "Una - So?\n\nArchie - Two things: one is this.\n\n" * 3
    assert labels(text, read_structure(text)) == ["Una", "Archie"] * 3


def test_a_message_pasted_in_has_no_speakers() -> None:
    mail = "From: Una Haig\nTo: Archie Orr\nSubject: the visit\n\nDear Archie,\n\nThanks.\n"
    text = written("{}: ", "Una", "Archie", "\n\n") + "\n" + mail
    assert labels(text, read_structure(text)) == ["Una", "Archie"] * 2


def test_a_nickname_in_a_legend_has_its_initials() -> None:
    text = 'ZL   Alexander Lowrie ("Zander")   cook\nKW   Kirsty Wardlaw   researcher\n\n'
    structure = read_structure(text + written("{}   ", "KW", "ZL", "\n\n"))
    assert speaker(structure, "zl").name == "Alexander Lowrie"


def test_the_tables_say_whose_initials_they_are() -> None:
    listed = RosterEntry(row=2, kind="PERSON", name="Kirsty Wardlaw", aliases=("Kirsty",))
    labelled = RosterEntry(row=3, kind="PERSON", name="Ana Ruiz Delgado", labels=("DM",))
    text = written("{}: ")
    structure = read_structure(text, (listed, labelled))
    assert speaker(structure, "kw").name == "Kirsty Wardlaw"
    assert speaker(structure, "dm").name == "Ana Ruiz Delgado"
    other = RosterEntry(row=4, kind="PERSON", name="Kenneth Watt")
    assert speaker(read_structure(text, (listed, other)), "kw").name == ""
    row = Interview(interview="S1", file="a.txt", interviewees=(ListedPerson(name="Kenneth Watt"),))
    assert speaker(read_structure(text, (listed, other), row), "kw").name == "Kenneth Watt"


def test_initials_are_the_speakers_elsewhere_too_and_words_stay() -> None:
    text = written("{}: ", "KW", "PA") + "KW: KW was there, K.W. they said. Ask the PA, in PA.\n"
    structure = read_structure(text)
    at_line = text.rindex("KW: KW")
    marks = [text[m.start : m.end] for m in speaker(structure, "kw").marks if m.start >= at_line]
    assert marks == ["KW", "KW", "K.W."]
    assert len(speaker(structure, "pa").marks) == 2


def test_a_full_name_may_be_signed_with_its_initials() -> None:
    text = written("{}: ", "Kirsty Wardlaw", "Dougal Munro") + "\nChecked by K.W.\n"
    signed = [n for n in read_structure(text).names if n.why is Source.SPEAKER_INITIALS]
    assert [text[n.span.start : n.span.end] for n in signed] == ["K.W."]


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Interviewer (T.E.)", [("T.E.", "PERSON")]),
        ("Sorcha O'Hare (she/her)", [("Sorcha O'Hare", "PERSON")]),
        ("Boyd Kerr | Corriedoon Trust", [("Boyd Kerr", "PERSON"), ("Corriedoon Trust", "ORG")]),
        ("Haig, Rona (Guest)", [("Haig, Rona", "PERSON")]),
        ("R. Kynaston", [("R. Kynaston", "PERSON")]),
        ("David Guest", [("David Guest", "PERSON")]),
        ("Fazil al-Hakim", [("Fazil al-Hakim", "PERSON")]),
        ("MR. HASTIE", [("HASTIE", "PERSON")]),
        ("THE WITNESS", []),
        ("THE COURT", []),
        ("MODERATOR", []),
        ("INTERPRETER", []),
        ("SUBJECT", []),
        ("LIA PARMENTER", [("LIA PARMENTER", "PERSON")]),
        ("J.P. McKay", [("J.P. McKay", "PERSON")]),
        ("Respondent (M.R.)", [("M.R.", "PERSON")]),
        ("Health visitor", []),
        ("01_F_43", []),
        ("_____", []),
        ("<anonymised>", []),
        ("[Name]", []),
        ("XXXX", []),
        ("████", []),
    ],
)
def test_a_label_names_whom_it_names(label: str, names: list[tuple[str, str]]) -> None:
    text = written("{}: ", label, "P04", "\n\n")
    structure = read_structure(text)
    assert labels(text, structure) == [label, "P04"] * 2
    found = [(text[n.span.start : n.span.end], n.label) for n in structure.names]
    assert found == names * 2


def test_captions_in_any_file_have_their_speakers_and_no_numbers() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:04,000\nLEWIS: So we begin\n\n"
        "2\n00:00:04,500 --> 00:00:07,000\nand end.\n\n"
        "3\n00:00:07,100 --> 00:00:09,000\nMARGARET: Aye.\n"
    )
    assert labels(text, read_structure(text)) == ["LEWIS", "MARGARET"]
    voices = (
        "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Haig, Rona (Guest)>Aye.</v>\n\n"
        "00:05.000 --> 00:06.000\n<v Boyd Kerr>No.</v>\n"
    )
    structure = read_structure(voices)
    assert labels(voices, structure) == ["Haig, Rona (Guest)", "Boyd Kerr"]


def test_a_deposition_is_read_past_its_line_numbers() -> None:
    text = "".join(
        f"{number:2}   {line}\n"
        for number, line in enumerate(
            (
                "Q.   Your name?",
                "A.   Rona Haig, of",
                "     Corriedoon.",
                "MR. ORR:  Objection.",
                "THE WITNESS:  Aye.",
                "Q.   Go on.",
                "A.   That is all.",
            ),
            start=1,
        )
    )
    assert labels(text, read_structure(text)) == ["Q", "A", "MR. ORR", "THE WITNESS", "Q", "A"]


def test_the_speaker_may_stand_behind_what_is_said() -> None:
    text = "\n\n".join(
        f"{said} ({who})" for said, who in zip(TALK, ("Una", "Archie") * 2, strict=True)
    )
    structure = read_structure(text)
    assert labels(text, structure) == ["Una", "Archie"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Well - I think so.\n\nNo - not me.\n\nWell - maybe.\n\nThe rest is silence.\n",
        "(laughs) Aye.\n\n(pause) No.\n\n(laughs) Aye.\n\n(pause) No.\n",
        "We went to the NHS   and then home.\n\nThat was it.\n\nAnd so to bed.\n",
    ],
)
def test_talk_that_looks_like_labels_has_none(text: str) -> None:
    assert labels(text, read_structure(text)) == []


@given(st.text(alphabet="KW.D: -–[]()<>\t\n|*=,>v 12", max_size=300))
def test_speakers_lie_in_the_text_and_apart(text: str) -> None:
    structure = read_structure(text)
    at = 0
    for turn in structure.turns:
        assert at <= turn.start < turn.end <= len(text)
        at = turn.end
        assert turn.speaker is None or turn.start <= turn.speaker.start < turn.speaker.end <= at
    for one in structure.speakers:
        for span in (*one.labels, *one.marks, *one.named):
            assert span.start < span.end <= len(text)
