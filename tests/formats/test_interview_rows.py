"""Columns of consent: heads as people write them, older studies as they were, nothing repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.core.consent import ConsentLevel
from redact.errors import UsageError
from redact.formats.column_heads import OF_CONSENT, Meaning
from redact.formats.columns import KeptColumns
from redact.formats.table_remarks import Told
from redact.formats.tables import TableRead, read_table


def read(folder: Path, text: str, kept: KeptColumns | None = None) -> TableRead:
    path = folder / "interviews.csv"
    path.write_text(text, "utf-8")
    return read_table(path, "interviews", kept)


@pytest.mark.parametrize(
    ("head", "meaning"),
    [
        ("Consent", Meaning.CONSENT),
        ("consent level", Meaning.CONSENT),
        ("Agreed to", Meaning.CONSENT),
        ("Data sharing permission", Meaning.CONSENT),
        ("Date of consent", Meaning.CONSENT_DATE),
        ("consent_date", Meaning.CONSENT_DATE),
        ("Consent form version", Meaning.CONSENT_FORM),
        ("Withdrawal deadline", Meaning.WITHDRAW_UNTIL),
        ("Can withdraw until", Meaning.WITHDRAW_UNTIL),
        ("Conditions of use", Meaning.CONDITIONS),
    ],
)
def test_heads_are_known_as_people_write_them(tmp_path: Path, head: str, meaning: Meaning) -> None:
    said = read(tmp_path, f"interview,file,{head}\n1,a.txt,archive open\n")
    assert [one.meaning for one in said.columns][2] == meaning
    assert said.interviews[0].more == ()  # it is no further column, and never released


def test_a_table_without_such_columns_says_nothing_of_consent(tmp_path: Path) -> None:
    for text in ("interview,file\n1,a.txt\n", "interview,file,consent\n1,a.txt,yes\n2,b.txt,No\n"):
        said = read(tmp_path, text)
        assert [one.consent for one in said.interviews] == [None] * len(said.interviews)


def test_levels_are_read_under_any_head_and_of_several_columns_the_strictest_counts(
    tmp_path: Path,
) -> None:
    for text, level in (
        ("file,Concent lvl\na.txt,no sharing\n", ConsentLevel.NO_SHARING),
        ("file,consent,consent\na.txt,archive open,no sharing\n", ConsentLevel.NO_SHARING),
        ("file,consent,agreed\na.txt,quotes only,archive open\n", ConsentLevel.QUOTES),
        ("file,consent,consent\na.txt,team only,quotes only\n", ConsentLevel.NO_SHARING),
    ):
        (one,) = read(tmp_path, text).interviews
        assert one.consent is not None, text
        assert one.consent.holds is level, text


def test_a_head_that_says_consent_and_is_not_read_is_told(tmp_path: Path) -> None:
    for head in ("consent", "Consent to share", "consent team / archive", "no archive consent"):
        said = read(tmp_path, f"file,{head}\na.txt,no\nb.txt,yes\n")
        assert Told.CONSENT_UNREAD in {one.told for one in said.remarks}, head
    said = read(tmp_path, "file,consent\na.txt,archive open\n")
    assert said.remarks == ()


ANSWERS = [  # as studies keep them: the heads, and the answers of one interview
    ("consent archive y/n", "y", "archive restricted"),
    ("Shared with archive?", "Yes", "archive restricted"),
    ("Shared with archive?", "no", "no sharing"),
    ("May be deposited", "\N{CHECK MARK}", "archive restricted"),
    ("Consent to open archive", "yes", "archive open"),
    ("Open access permission", "yes", "archive open"),
    ("OK to quote", "agreed", "quotes only"),
    ("Happy to share with the research team", "x", "team only"),
    ("Consent team,Consent archive", "yes,no", "team only"),
    ("Consent team,Consent archive", "yes,yes", "archive restricted"),
    ("Consent team,Consent archive,Consent quotes", "yes,yes,no", "team only"),
    ("Consent archive,Consent quotes", "no,yes", "quotes only"),
    ("Consent archive,Consent open access", "yes,no", "archive restricted"),
    ("Consent archive,Consent open access", "no,yes", "no sharing"),
    ("Consent archive,Consent to quotes", "yes,", "team only"),
    ("Consent archive,consent", "yes,quotes only", "quotes only"),
    ("Consent archive,Archive permission", "yes,no", "no sharing"),
    ("Consent archive", "yes but not the bit about my manager", "no sharing"),
    ("Consent archive", "", "no sharing"),
]


@pytest.mark.parametrize(("heads", "said", "level"), ANSWERS)
def test_yes_and_no_are_read_where_the_head_says_to_what(
    tmp_path: Path, heads: str, said: str, level: str
) -> None:
    """No answer ever lets an interview go where nobody said yes to."""
    others = ",".join("yes" for _ in heads.split(",")).replace("yes,yes", "yes,no", 1)
    if heads.endswith(",consent"):
        others = "no,archive open"
    rows = f"{said},a.txt\n{others},b.txt\n{others},c.txt\n"
    read_as = read(tmp_path, f"{heads},file\n{rows}")
    one = read_as.interviews[0]
    assert one.consent is not None
    assert one.consent.holds.value == level
    assert one.more == ()
    told = {remark.told for remark in read_as.remarks if remark.row == 2}
    assert (Told.NO_ANSWER in told) is ("manager" in said)
    assert Told.CONSENT_UNREAD not in told


@pytest.mark.parametrize(
    "head",
    ["archive", "Archived", "Consent form archived on", "quotes used", "team", "Refused archive"],
)
def test_a_head_that_is_of_no_agreement_is_not_read_as_one(tmp_path: Path, head: str) -> None:
    said = read(tmp_path, f"interview,file,{head}\n1,a.txt,yes\n2,b.txt,no\n")
    assert [one.consent for one in said.interviews] == [None, None]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (
            "ID;level;until\n1;team only;2026-12-31\n2;archive open;\n",
            ["team only", "archive open"],
        ),
        ("Participant,Archive,Quotes\nAda Rill,yes,yes\n", ["archive restricted"]),
        ("Notes,Answer,File\nnot my manager,quotes,a.txt\n", ["quotes only"]),
        ("A list of ours\n\nfile,agreed to\na.txt,internal\n", ["team only"]),
        ("participant,consent\nAda Rill,yes\nBo Fenn,no\n", ["no sharing", "no sharing"]),
        ("file,archived\na.txt,yes\n", ["no sharing"]),
    ],
)
def test_a_table_of_consent_is_read_in_any_order_and_nothing_said_is_the_strictest(
    tmp_path: Path, text: str, levels: list[str]
) -> None:
    path = tmp_path / "consent.csv"
    path.write_text(text, "utf-8")
    said = read_table(path, "consent")
    assert [one.consent.holds.value for one in said.interviews if one.consent] == levels
    unread = Told.NO_CONSENT_COLUMN in {one.told for one in said.remarks}
    assert unread is (levels[0] == "no sharing")


def test_a_word_that_is_no_level_names_the_nearest_also_there(tmp_path: Path) -> None:
    path = tmp_path / "consent.csv"
    path.write_text("file,level\na.txt,archive opne\n", "utf-8")
    with pytest.raises(UsageError) as raised:
        read_table(path, "consent")
    assert "`archive open`" in raised.value.remedy
    assert "opne" not in str(raised.value)


def test_a_study_that_left_answers_aside_goes_on_as_it_was(tmp_path: Path) -> None:
    before = (("A", Meaning.ID), ("B", Meaning.FILE), ("C", Meaning.OTHER))
    kept = KeptColumns(guessed=before, chosen=before)
    text = "interview,file,consent archive\n1,a.txt,yes\n"
    assert read(tmp_path, text, kept).interviews[0].consent is None
    assert read(tmp_path, text).interviews[0].consent is not None


def test_of_two_rows_on_one_file_the_stricter_counts(tmp_path: Path) -> None:
    said = read(tmp_path, "file,consent\na.txt,archive open\na.txt,quotes only\n")
    (one,) = said.interviews
    assert one.consent is not None
    assert one.consent.holds is ConsentLevel.QUOTES
    assert {remark.told for remark in said.remarks} == {Told.SAME_FILE, Told.CONSENT_TWICE}


def test_days_that_cannot_be_are_told_and_not_used(tmp_path: Path) -> None:
    said = read(
        tmp_path,
        "file,consent,consent date,withdraw until\n"
        "a.txt,archive open,30 February 2026,2026-12-31\n"
        "b.txt,archive open,2026-05-01,2026-04-01\n"
        "c.txt,archive open,03/05/2026,\n",
    )
    days = [(one.consent.given, one.consent.until) for one in said.interviews if one.consent]
    assert days == [("", "2026-12-31"), ("2026-05-01", "2026-04-01"), ("", "")]
    told = [(remark.row, remark.told) for remark in said.remarks]
    assert told == [(2, Told.NO_DAY), (3, Told.DAYS_TURNED), (4, Told.NO_DAY)]


def test_a_study_of_an_earlier_build_is_read_as_it_was(tmp_path: Path) -> None:
    """There such a column was left aside: other words in it refuse nothing, levels count."""
    before = (("A", Meaning.ID), ("B", Meaning.FILE), ("C", Meaning.OTHER))
    kept = KeptColumns(guessed=before, chosen=before)
    free = "interview,file,consent\n1,a.txt,written and audio agreed\n"
    assert read(tmp_path, free, kept).interviews[0].consent is None
    with pytest.raises(UsageError, match="no level that redact knows"):
        read(tmp_path, free)
    levels = read(tmp_path, "interview,file,consent\n1,a.txt,team only\n", kept)
    assert levels.interviews[0].consent is not None
    # What a person chose in tables.toml holds.
    guessed = (*before[:2], ("C", Meaning.CONSENT))
    chosen = KeptColumns(guessed=guessed, chosen=before)
    assert read(tmp_path, free, chosen).interviews[0].consent is None


def test_every_meaning_of_consent_can_be_chosen_by_a_word() -> None:
    assert {Meaning(one.value) for one in OF_CONSENT} == set(OF_CONSENT)
