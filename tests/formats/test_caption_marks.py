"""Marks of captions are structure only with the values that W3C and players know."""

import pytest

from redact.formats.caption_marks import (
    SRT_TAG,
    TIMES,
    VTT_TAG,
    is_cue_number,
    is_heading,
    is_region,
    is_style,
    unknown_in,
)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("1", True),
        ("d2c1f0e0-0001-4000-8000-00000000000a/12-0", True),
        ("00000000-0000-0000-0000-441414960771/1-0", False),
        ("1 - opening", False),
        ("Fae", False),
        ("01414960771", False),
    ],
)
def test_only_numbers_and_guids_name_cues(line: str, kept: bool) -> None:
    assert is_cue_number(line) is kept


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Kind: captions", True),
        ("Language: en-GB", True),
        ("X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000", True),
        ("Kind: Morag", False),
        ("Language: Morag", False),
        ("Producer: Morag", False),
        ("X-TIMESTAMP-MAP=MPEGTS:441414960771", False),
    ],
)
def test_headings_say_what_players_ask(line: str, kept: bool) -> None:
    assert is_heading(line) is kept


def test_regions_and_styles_of_all_cues_stay() -> None:
    assert is_region(["REGION", "id:r1", "width:40%", "lines:3", "scroll:up"])
    assert not is_region(["REGION", "id:morag"])
    assert is_style(["STYLE", "::cue { color: #fff; font-family: Arial }"])
    assert is_style(["STYLE", "::cue {", "  background-color: rgba(0, 0, 0, 0.8);", "}"])
    assert not is_style(["STYLE", "::cue(.morag) { color: red }"])
    assert not is_style(["STYLE", "::cue { color: red; /* Morag */ }"])
    assert not is_style(["STYLE", "::cue { font-family: Morag }"])


@pytest.mark.parametrize(
    ("tag", "unknown"),
    [
        ("<v Morag>", ""),
        ("<v.loud Morag>", ""),
        ("<v.morag Isla>", ".morag"),
        ("<c.yellow.bg_black>", ""),
        ("<c.morag>", ".morag"),
        ("<i Morag>", " Morag"),
        ("<lang en>", ""),
        ("<lang Morag>", " Morag"),
        ("<00:01:02.500>", ""),
        ("</v>", ""),
        ("</v Morag>", "</v Morag>"),
        ("<morag>", "<morag>"),
        ('<font color="#ff0000" size=3>', ""),
        ('<font color="Morag">', ' color="Morag"'),
        ("{\\an8}", ""),
        ("{\\fnMorag}", "{\\fnMorag}"),
    ],
)
def test_of_a_tag_goes_what_no_table_has(tag: str, unknown: str) -> None:
    match = VTT_TAG.fullmatch(tag)
    assert match
    assert "".join(tag[one.start : one.end] for one in unknown_in(match)) == unknown


def test_in_subrip_only_what_players_know_is_a_tag() -> None:
    assert SRT_TAG.fullmatch("<i>")
    assert SRT_TAG.fullmatch('<font color="red">')
    assert not SRT_TAG.search("<laughs> <v Morag> <italic>")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("00:01.000 --> 00:02.000 align:left line:-1 region:r1", True),
        ("00:00:01,000 --> 00:00:02,000 X1:100", True),
        ("00:01.000 --> 00:02.000 region:morag", False),
        ("01414960771 --> 00:02.000", False),
        ("so --> there", False),
    ],
)
def test_times_have_settings_of_the_standard(line: str, kept: bool) -> None:
    assert (TIMES.fullmatch(line) is not None) is kept
