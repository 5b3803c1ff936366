"""Tables of talk: rows are turns, other cells come after, and nothing runs."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import BadInput
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.policy import Handling

NAME = re.compile(r"Morag|Fergus(?:\s+MacLeod)?")
TALK = " Who is it? Me, Morag. And Fergus MacLeod came."
WORDS = [" Who is it?", " Me, Morag.", " And Fergus MacLeod came."]


def made_safe(data: bytes, name: str, handling: Handling | None = None) -> tuple[bytes, str]:
    handling = handling or Handling()
    reading = read_file(data, name, name, handling)
    edits = [
        Edit(m.start(), m.end(), "[Person 1]" if m[0] == "Morag" else "[Person 2]")
        for m in NAME.finditer(reading.text)
    ]
    written = write_file(reading, edits, name, handling)
    made = written.data
    return made, written.text


TABLE = (
    b'start,speaker,text,note,"a ""b"""\r\n00:01,INT,Who?,,1\r\n'
    b'00:02,Morag,"Me, ""Morag"",\r\naye",Morag cried,2\r\n00:04,Morag,-Fergus,=Fergus,3\r\n'
)


def test_rows_are_turns_and_other_cells_come_after() -> None:
    reading = read_file(TABLE, "a.csv", "a")
    assert reading.text == (
        'INT: Who?\nMorag: Me, "Morag",\r\naye -Fergus\nMorag cried\n=Fergus\na "b"'
    )
    assert reading.dropped == {"formulas made text": 2}


def test_a_spreadsheet_reads_the_safe_cells_and_runs_none() -> None:
    data, _ = made_safe(TABLE, "a.csv")
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert rows[0] == ["start", "speaker", "text", "note", 'a "b"']
    assert rows[2] == ["00:02", "[Person 1]", 'Me, "[Person 1]",\r\naye', "[Person 1] cried", "2"]
    assert rows[3] == ["00:04", "[Person 1]", "'-[Person 2]", "'=[Person 2]", "3"]


def test_the_policy_names_columns_that_are_not_known() -> None:
    table = b"wer;was\nMorag;Ich bin's, Fergus\n"
    with pytest.raises(BadInput, match="no column") as refused:
        read_file(table, "a.csv", "a.csv")
    assert "speech" in refused.value.at_a_terminal
    handling = Handling(speech=("was",), speaker=("Wer",))
    data, text = made_safe(table, "a.csv", handling)
    assert text == "[Person 1]: Ich bin's, [Person 2]\nwer\nwas"
    assert data == b'wer;was\n[Person 1];"Ich bin\'s, [Person 2]"\n'


def test_talk_without_heads_is_read_by_its_look() -> None:
    rows = b"".join(
        b"%s\t00:0%d\t%s\n" % (who, at, said)
        for at, (who, said) in enumerate(
            [
                (b"Morag", b"I came here in the spring, I think."),
                (b"INT", b"And then what happened to you there?"),
                (b"Morag", b"Then Fergus came along to the office."),
                (b"INT", b"Right."),
            ]
        )
    )
    data, text = made_safe(rows, "a.tsv")
    assert text.startswith("[Person 1]: I came here")
    assert b"[Person 1]\t00:02\tThen [Person 2] came" in data


def test_a_list_of_people_without_heads_is_no_talk() -> None:
    people = b"Morag,team leader,Leith\nFergus,driver,Leith\nMorag,cook,Ayr\nAnn,cook,Ayr\n"
    with pytest.raises(BadInput, match="no column"):
        read_file(people, "a.csv", "a.csv")


def test_a_head_that_is_not_usual_is_words_too() -> None:
    data, text = made_safe(b"text,Morag said,start\nI spoke.,1,2\n", "a.csv")
    assert text == "I spoke.\n[Person 1] said"
    assert data == b"text,[Person 1] said,start\nI spoke.,1,2\n"


@pytest.mark.parametrize("data", [b'""', b'text\n"Morag', b'text\n"a"b\n', b"a,b\n1,2\n"])
def test_malformed_tables_are_refused_naming_the_line(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read_file(data, "a.csv", "a.csv")
    assert "line" in refused.value.where
    assert "Morag" not in refused.value.line()


CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(',"\n\t;'), max_size=12
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.booleans(), st.booleans())
def test_cells_are_those_that_the_csv_module_reads(
    rows: list[tuple[str, str]], tabbed: bool, quote_all: bool
) -> None:
    """Python's csv is the oracle: what it writes is read, and it reads what we write."""
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter="\t" if tabbed else ",",
        lineterminator="\n",
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writerows([("text", "note"), ("said", "noted"), *rows])
    raw = out.getvalue().encode()
    name = "a.tsv" if tabbed else "a.csv"
    reading = read_file(raw, name, name)
    words = {reading.text[slot.start : slot.end] for slot in reading.slots}
    figures = re.compile(r"[\s\d:.,+%-]*\Z")
    for row in rows:
        for cell in row:
            plain = cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell
            assert plain in words or figures.match(plain) or not plain.strip()
    data = write_file(reading, [], name).data
    mark = writer.dialect.delimiter
    again = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=mark))
    assert [[c.removeprefix("'") for c in row] for row in again if any(row)][2:] == [
        [c.removeprefix("'") for c in row] for row in rows if any(row)
    ]


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_a_number_with_a_plus_at_the_head_of_a_cell_can_be_replaced(suffix: str) -> None:
    """The apostrophe that keeps it from being run stays before what stands for it."""
    between = "," if suffix == ".csv" else "\t"
    data = between.join(["speaker", "text\nA", "+447700900456 is mine\n"]).encode()
    reading = read_file(data, f"a{suffix}", "a")
    start = reading.text.index("+44")
    written = write_file(reading, [Edit(start, start + 13, "[phone number]")], f"a{suffix}")
    assert written.text == "A: [phone number] is mine"
    assert b"'[phone number] is mine" in written.data


TALK_ROWS = "1{0}INT{0}Who is it?\r\n2{0}Morag{0}Me Morag.\r\n"


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
@pytest.mark.parametrize(
    "above",
    [
        "",
        "sep={0}\r\n",
        "A talk of ours{0}{0}\r\n",
        "A talk{0}{0}\r\n\r\n{0}Morag and Fergus\r\n",
    ],
)
def test_heads_stand_anywhere_near_the_top(above: str, delimiter: str) -> None:
    table = f"{above}Turn{{0}}Speaker{{0}}What was said\r\n{TALK_ROWS}".format(delimiter)
    reading = read_file(table.encode(), "a.csv", "a")
    assert reading.text.startswith("INT: Who is it?\nMorag: Me Morag.")
    made, _ = made_safe(table.encode(), "a.csv")
    assert b"Morag" not in made
    assert b"What was said" in made
    assert "What was said" in reading.text  # on no table of structure, so it is read as words


def test_a_cell_that_is_such_a_word_is_no_head() -> None:
    table = b"who,when,remark\nMorag,May,text\nFergus,June,said\n"
    with pytest.raises(BadInput, match="no column"):
        read_file(table, "a.csv", "a.csv")
