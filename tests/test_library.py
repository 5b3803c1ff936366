"""redact from Python: texts in, safe texts out, and no word of them anywhere else."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import redact
from redact import Pseudonymised, pseudonymise
from redact.core import Interview, RosterEntry
from redact.errors import UsageError
from redact.library import Interviews, Roster
from redact.policy import load_policy
from tests.conftest import ROOT, SAMPLES, run_redact

pytestmark = pytest.mark.model

LIBRARY = ROOT / "docs" / "library.md"
SECRET = b"the secret of a test"
TALK = "INT: How is Morag MacLeod?\nP01: Morag is <b>grand</b> & well, in Kilmarnock.\n"
OTHER = "INT: Who else?\nP02: Ruaridh Baird, on 07700 900123. Morag MacLeod knows Ruaridh.\n"


@pytest.fixture(scope="module")
def done() -> Pseudonymised:
    return pseudonymise({"one": TALK, "two": OTHER}, secret=SECRET)


def test_every_example_of_the_guide_to_the_library_is_true() -> None:
    failed, tried = doctest.testfile(
        str(LIBRARY), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8"
    )
    assert (failed, tried > 15) == (0, True)


def test_the_guide_says_first_what_is_missing_without_a_study() -> None:
    _, _, first, *_ = LIBRARY.read_text("utf-8").splitlines()
    assert "Without a study there is no key, no log and no gate" in first


def test_a_person_is_the_same_in_all_texts_and_nothing_else_changes(done: Pseudonymised) -> None:
    person = next(d.pseudonym for d in done.decisions if d.entity == done.entities[0].id)
    names = ("Morag", "MacLeod", "Ruaridh", "Baird", "Kilmarnock", "900123")
    assert not [name for name in names for text in done.texts.values() if name in text]
    assert [text.count(person) for text in done.texts.values()] in ([2, 1], [0, 2])
    assert "is <b>grand</b> & well, in " in done.texts["one"]


def test_the_same_secret_gives_the_same_result_and_another_numbers_anew() -> None:
    people = ("Morag MacLeod", "Ruaridh Baird", "Ishbel Nairn", "Dougal Fyfe")
    texts = {name: f"P01: {name} came.\n" for name in people}
    first = pseudonymise(texts, secret=SECRET)
    assert pseudonymise(dict(reversed(texts.items())), secret=SECRET).texts == first.texts
    others = [pseudonymise(texts, secret=bytes([n])).texts for n in range(4)]
    assert any(other != first.texts for other in others)


def test_the_result_holds_and_shows_no_original_word(done: Pseudonymised) -> None:
    shown = f"{done!r}{done.mentions}{done.entities}{done.decisions}{done._repr_html_()}"
    assert not [name for name in ("Morag", "Ruaridh", "Kilmarnock") if name in shown]


def test_jupyter_is_shown_marked_text_in_which_markup_is_text(done: Pseudonymised) -> None:
    page = done._repr_html_()
    assert "&lt;b&gt;grand&lt;/b&gt; &amp; well" in page
    assert page.count("<mark title='PERSON'>") == 5
    assert "<b>" not in page
    hostile = pseudonymise({"<img src=x>": "P01: Ask Morag MacLeod."})._repr_html_()
    assert "<img" not in hostile


def test_jupyter_is_shown_the_beginning_of_long_texts_and_of_many() -> None:
    talk = "P01: Ask Morag MacLeod.\n" + "P02: We talked on and on of that.\n" * 400
    page = pseudonymise({f"text {n}": talk for n in range(5)})._repr_html_()
    assert "and 2 more texts" in page
    assert len(page) < 15_000


def test_one_row_of_the_table_a_mention(done: Pseudonymised) -> None:
    frame = done.to_frame()
    assert len(frame) == len(done.mentions)
    for row in frame.itertuples():
        assert done.texts[row.transcript][row.safe_start : row.safe_end] == row.safe_text


def test_without_pandas_a_table_is_refused_with_the_remedy() -> None:
    script = (
        "import sys; sys.modules['pandas'] = None\n"
        "from redact import Pseudonymised as P\n"
        "from redact.errors import RedactError\n"
        "try: P(texts={}, mentions=(), entities=(), decisions=()).to_frame()\n"
        "except RedactError as error: print(error)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "pip install pandas" in said.stdout


def test_tables_are_files_rows_or_records_and_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("kind,name\nORG,the Lum\n", "utf-8")
    (tmp_path / "interviews.csv").write_text("interview,file\nS1,talk.txt\n", "utf-8")
    texts = {"talk.txt": "P01: I was at the Lum for years.\n"}
    tables: list[tuple[Roster, Interviews]] = [
        (tmp_path / "roster.csv", tmp_path / "interviews.csv"),
        ([{"kind": "ORG", "name": "the Lum"}], [{"interview": "S1", "file": "talk.txt"}]),
        (
            [RosterEntry(row=7, kind="ORG", name="the Lum")],
            [Interview(interview="S1", file="talk")],
        ),
    ]
    made = [pseudonymise(texts, "safe-copy", roster, rows, SECRET) for roster, rows in tables]
    assert "[Organisation 1]" in made[0].texts["talk.txt"]
    assert made[0] == made[1] == made[2]


@pytest.mark.parametrize(
    ("roster", "said"),
    [
        ([{"kind": "ORG", "nmae": "x"}], "roster, row 1: there is no column `name`"),
        ([{"kind": "ORG", "name": "x"}, {"kind": "BODY", "name": "x"}], "roster, row 2: the kind"),
        ([{"kind": "ORG", "name": "x", "alias": "y"}], "Did you mean `aliases`"),
        ([{"kind": "ORG", "name": 7}], "roster, row 1: the cell `name` is no text"),
    ],
    ids=["column missing", "kind unknown", "column unknown", "no text"],
)
def test_a_row_that_is_wrong_is_named(roster: list[dict[str, str]], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        pseudonymise("nothing", roster=roster)


def test_one_text_of_several_is_asked_for_by_name(done: Pseudonymised) -> None:
    with pytest.raises(UsageError, match=r"by its name"):
        _ = done.text


def test_a_policy_is_a_name_a_file_or_a_record() -> None:
    path = ROOT / "policies" / "archive-marks.toml"
    policies = ("archive-marks", path, str(path), load_policy(path)[0])
    assert len({pseudonymise(TALK, policy, secret=SECRET).text for policy in policies}) == 1


def test_the_command_line_finds_what_the_library_finds(tmp_path: Path) -> None:
    source = SAMPLES / "transcripts" / "leith_hope.txt"
    out = tmp_path / "mentions.jsonl"
    roster, interviews = SAMPLES / "roster.csv", SAMPLES / "interviews.csv"
    tables = ("--roster", roster, "--interviews", interviews)
    said = run_redact("detect", source, "--policy", "safe-copy", "--out", out, "--json", *tables)
    made = pseudonymise(
        {source.stem: source.read_text("utf-8")}, roster=roster, interviews=interviews
    )
    assert said.json["mentions"] == len(made.mentions)
    assert said.json["entities"] == len(made.entities)


def test_what_redact_offers_is_there_by_name_and_nothing_else() -> None:
    assert all(getattr(redact, name) for name in redact.__all__)
    assert set(redact.__all__) <= set(dir(redact))
    assert not hasattr(redact, "anonymise")
