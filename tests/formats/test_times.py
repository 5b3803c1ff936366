"""Times beside words: units are told by how fast people talk, or not believed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core.timed import Timed, milliseconds
from redact.formats.registry import read_file
from redact.formats.times import (
    Moment,
    SaidBetween,
    SaidColumns,
    moment,
    timed,
    timed_columns,
)
from tests.formats.transcripts import FILES


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("00:00:01,250", 1250),
        ("1:02:03.5", 3_723_500),
        ("02:03", 123_000),
        ("7.25", 7250),
        ("ten", None),
        ("1:2:3:4", None),
    ],
)
def test_a_clock_tells_milliseconds(said: str, when: int | None) -> None:
    assert milliseconds(said) == when


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("1.5", Moment(1.5)),
        ("1500", Moment(1500.0)),
        ("1.300s", Moment(1300.0, True)),
        ("PT1M1.5S", Moment(61_500.0, True)),
        ("00:00:02.5", Moment(2500.0, True)),
        ("soon", None),
        ("PT", None),
    ],
)
def test_a_field_tells_a_number_or_a_time(said: str, when: Moment | None) -> None:
    assert moment(said) == when


@given(
    lengths=st.lists(st.integers(20, 80), min_size=1, max_size=40),
    unit=st.sampled_from((1.0, 1000.0, 1e7)),
)
def test_the_unit_is_that_in_which_people_talk(lengths: list[int], unit: float) -> None:
    """Fourteen characters a second, in seconds, milliseconds or ticks."""
    said, at, second = [], 0, 0.0
    for length in lengths:
        ends = second + length / 14
        begins = Moment(second * unit)
        said.append(SaidBetween(start=at, end=at + length, begins=begins, ends=Moment(ends * unit)))
        at, second = at + length, ends
    made = timed(said)
    assert len(made) == len(lengths)
    assert abs(made[-1].ends - second * 1000) <= 2


def test_samples_are_no_milliseconds() -> None:
    """Sixteen thousand a second would make an hour of four minutes: no time is better."""
    ends = Moment(40 / 14 * 16_000)
    assert timed([SaidBetween(start=0, end=40, begins=Moment(0), ends=ends)]) == ()


def test_what_has_no_end_ends_where_the_next_begins() -> None:
    said = [SaidBetween(start=n * 30, end=n * 30 + 30, begins=Moment(n * 2.0)) for n in range(3)]
    assert timed(said) == (
        Timed(start=0, end=30, begins=0, ends=2000),
        Timed(start=30, end=60, begins=2000, ends=4000),
    )


def test_words_that_begin_together_share_what_follows() -> None:
    said = [
        SaidBetween(start=n * 10, end=n * 10 + 9, begins=Moment(2.0 * (n // 3))) for n in range(7)
    ]
    assert [(one.begins, one.ends) for one in timed(said)] == [(0, 2000)] * 3 + [(2000, 4000)] * 3


def told(name: str, text: str) -> dict[str, tuple[int, int]]:
    """By what is said: from when to when, as the file tells; bracketed where it is somewhere."""
    reading = read_file(text.encode(), name, name)
    return {
        f"[{said}]" if one.is_somewhere else said: (one.begins, one.ends)
        for one in reading.times
        if (said := reading.text[one.start : one.end].strip())
    }


@pytest.mark.parametrize(
    ("name", "words", "when"),
    [
        ("short.textgrid", "It was Fergus", (0, 1000)),
        ("short.textgrid", "in Kilmarnock.", (1000, 3500)),
        ("exmaralda.exb", "Who came to the door?", (0, 2500)),
        ("exmaralda.exb", "It was Fergus Baird, from Kilmarnock.", (2500, 7124)),
        ("folker.flk", "who came to the door", (0, 2431)),
        ("folker.flk", "it was fergus baird", (2431, 5500)),
        ("tei.xml", "Who came?", (0, 2500)),
        ("tei.xml", "It was Fergus Baird.", (2500, 6100)),
        ("transcriber.trs", "It was Fergus Baird from", (2500, 6111)),
        ("transcriber.trs", "Kilmarnock.", (6111, 12_500)),
        ("chat.cha", "who came to the door ?", (0, 2100)),
        (
            "chat.cha",
            "it was Fergus Baird &-um (.) [= the postman] from Kilmarnock .",
            (2100, 6500),
        ),
        ("ohms.xml", "REID: Who came to", (0, 60_000)),
        (
            "ohms.xml",
            'the door?\n\nMACLEOD: It was Fergus Baird & his "brother",\nfrom',
            (60_000, 120_000),
        ),
    ],
)
def test_what_is_said_has_the_time_of_its_file(
    name: str, words: str, when: tuple[int, int]
) -> None:
    text = FILES[name].replace("3(7)", "4(1)") if name == "ohms.xml" else FILES[name]
    assert told(name, text)[words] == when


def test_points_without_a_time_make_one_stretch_or_leave_it_open() -> None:
    known = FILES["exmaralda.exb"].replace('<tli id="T2"/>', '<tli id="T2" time="4.0"/>')
    assert told("a.exb", known)["It was Fergus"] == (2500, 4000)
    open_end = FILES["exmaralda.exb"].replace(
        '<event start="T2" end="T3">Baird, from Kilmarnock. </event>', ""
    )
    assert told("a.exb", open_end)["[It was Fergus]"] == (2500, 7124)
    endless = FILES["exmaralda.exb"].replace(' time="7.123456789"', "")
    assert list(told("a.exb", endless)) == ["Who came to the door?"]


def test_points_within_a_turn_part_it() -> None:
    folker = FILES["folker.flk"].replace(
        '<pause duration="micro"/>', '<time timepoint-reference="TLI_X"/>'
    )
    point = '<timepoint timepoint-id="TLI_2"'
    folker = folker.replace(point, f'<timepoint timepoint-id="TLI_X" absolute-time="3.5"/>{point}')
    assert told("a.flk", folker)["it was"] == (2431, 3500)
    assert told("a.flk", folker)["fergus baird"] == (3500, 5500)
    tei = FILES["tei.xml"].replace('synch="#T1"', 'synch="#TX"')
    point = '<when xml:id="T2"'
    tei = tei.replace(point, f'<when xml:id="TX" interval="1.5" since="#T1"/>{point}')
    assert told("a.tei", tei)["Fergus Baird."] == (4000, 6100)
    tei = tei.replace('unit="s"', 'unit="ms"').replace('"2.5"', '"2500"').replace('"1.5"', '"150"')
    assert told("a.tei", tei)["It was"] == (2500, 2650)


def test_who_speaks_when_in_a_turn_of_two_nobody_knows() -> None:
    both = FILES["transcriber.trs"].replace('<Turn speaker="spk1"', '<Turn speaker="spk1 spk2"')
    assert told("a.trs", both)["[Kilmarnock.]"] == (6111, 12_500)


def test_parts_of_an_annotation_of_elan_are_one_stretch() -> None:
    """A tier that parts another has no times of its own: its parts follow each other."""
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="ts{n}"{when}/>'
        for n, when in enumerate((' TIME_VALUE="1200"', "", ' TIME_VALUE="5600"'))
    )
    parts = "".join(
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="b{n}" ANNOTATION_REF="a0"{before}>'
        f"<ANNOTATION_VALUE>{said}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        for n, (said, before) in enumerate(
            (("We saw", ""), ("Ailsa there", ' PREVIOUS_ANNOTATION="b0"'))
        )
    )
    whole = "".join(
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{n}" TIME_SLOT_REF1="ts{n}" '
        f'TIME_SLOT_REF2="ts{n + 1}"><ANNOTATION_VALUE>{said}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>"
        for n, said in enumerate(("We met", "Ailsa Reid"))
    )
    eaf = (
        '<ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00+00:00" FORMAT="3.0">'
        f'<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/><TIME_ORDER>{slots}</TIME_ORDER>'
        f'<TIER TIER_ID="R" LINGUISTIC_TYPE_REF="a">{whole}</TIER>'
        f'<TIER TIER_ID="R2" PARENT_REF="R" LINGUISTIC_TYPE_REF="a">{parts}</TIER>'
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="a" TIME_ALIGNABLE="true"/></ANNOTATION_DOCUMENT>'
    )
    assert told("a.eaf", eaf) == {
        "We met Ailsa Reid": (1200, 5600),
        "[We saw Ailsa there]": (1200, 5600),
    }


def test_a_time_on_a_line_of_its_own_is_of_the_turn_of_chat_above_it() -> None:
    chat = FILES["chat.cha"].replace("aye . \x15", "aye .\n\t\x15")
    assert told("a.cha", chat)["aye ."] == (6500, 7000)


@pytest.mark.parametrize(
    ("sync", "marks"),
    [
        ("1:|1(2)|2(1)", [(0, 60), (60, 120), (120, 150)]),
        ("5:|1(2)|", [(0, 300)]),
        ("", []),
        ("1:|900(2)|x", []),
    ],
)
def test_marks_of_ohms_are_minutes_at_lines_and_words(
    sync: str, marks: list[tuple[int, int]]
) -> None:
    text = FILES["ohms.xml"].replace("1:|1(4)|3(7)|", sync).replace("00:12:01", "00:02:30")
    assert [*told("a.xml", text).values()] == [(first * 1000, last * 1000) for first, last in marks]


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 90), st.floats(0, 1e5), st.floats(0, 1e5)),
        max_size=30,
    ),
    st.integers(0, 30),
    st.sampled_from((1.0, 1000.0)),
)
def test_columns_tell_what_each_word_would(
    said: list[tuple[int, int, float, float]], cut: int, unit: float
) -> None:
    told = [(start, end, begins * unit, stops * unit) for start, end, begins, stops in said]
    parts = [part for part in (told[:cut], told[cut:]) if part]
    columns = [SaidColumns(*map(np.array, zip(*part, strict=True))) for part in parts]
    items = [item for part in columns for item in part.items()]
    assert items == [SaidBetween(s, e, Moment(b), Moment(t)) for s, e, b, t in told]
    assert (timed_columns(columns) if columns else ()) == timed(items)
