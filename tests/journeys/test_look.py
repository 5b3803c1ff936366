"""A person looks at a folder before anything is made: all is told, nothing is written."""

from pathlib import Path

from tests.conftest import ROOT, run_redact, tree
from tests.formats.test_understood import TALK


def test_a_look_tells_each_file_what_is_passed_over_and_what_cannot_be_taken(
    tmp_path: Path,
) -> None:
    source = tmp_path / "my talks"
    (source / "Round 1").mkdir(parents=True)
    (source / "Round 1" / "P1.txt").write_text(TALK, "utf-8")
    (source / "Thumbs.db").write_bytes(b"x")
    (source / "roster.csv").write_text("kind,name\n", "utf-8")
    (source / "talk.mp3").write_bytes(b"ID3")
    before = tree(tmp_path)
    told = run_redact("look", source)
    assert told.code == 3
    for said in (
        "IG (a person, Ishbel Gunn): 2 turns",
        "English",
        "Thumbs.db",
        "--roster",
        "this is a recording",
    ):
        assert said in told.out
    clean = run_redact("look", source, "--skip", "*.mp3")
    assert (clean.code, f"redact run '{source}'" in clean.out) == (0, True)
    body = run_redact("look", source, "--json").json
    assert body["files"][0]["speakers"][1]["name"] == "Ishbel Gunn"
    assert [Path(one["where"]).name for one in body["refused"]] == ["talk.mp3"]
    assert tree(tmp_path) == before


def test_a_look_shows_how_tables_would_be_read_and_what_fits_nothing(tmp_path: Path) -> None:
    source = tmp_path / "talks"
    source.mkdir()
    (source / "P1.txt").write_text(TALK, "utf-8")
    (source / "roster.csv").write_text(
        "People we know\n\nWho they are;Full name;Nickname\ncook;Ishbel Gunn;Ish\ncook;Rab Orde;\n",
        "cp1252",
    )
    (source / "list.csv").write_text("Transcript,With whom\nP1,Ishbel Gunn\nP9,Rab Orde\n", "utf-8")
    told = run_redact("look", source, "--interviews", source / "list.csv")
    assert told.code == 0
    for said in (
        "A 'Who they are' = role; B 'Full name' = name; C 'Nickname' = also called",
        "A 'Transcript' = file; B 'With whom' = interviewee",
        "roster rows with a name that no transcript has: 5",
        "interviews rows that fit no transcript: 3",
        f"--roster {source / 'roster.csv'} --interviews {source / 'list.csv'}",
    ):
        assert said in told.out
    body = run_redact("look", source, "--interviews", source / "list.csv", "--json").json
    assert [table["role"] for table in body["tables"]] == ["roster", "interviews"]
    assert body["tables_fit"]["rows_without_transcript"] == [3]
    (source / "roster.csv").write_text("colour;weight\nred;4\nblue;5\n", "utf-8")
    refused = run_redact("look", source, "--interviews", source / "list.csv")
    assert (refused.code, "Write `name` over the column of names" in refused.out) == (2, True)


def test_a_policy_that_lies_among_the_transcripts_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, "utf-8")
    (tmp_path / "mine.toml").write_bytes((ROOT / "policies" / "safe-copy.toml").read_bytes())
    assert run_redact("look", tmp_path).code == 3
    assert run_redact("look", tmp_path, "--policy", tmp_path / "mine.toml").code == 0


def test_another_language_is_said_aloud(tmp_path: Path) -> None:
    german = "A: Das war im Herbst, da war ich noch ganz neu in der Stadt, und dann hat mich die "
    (tmp_path / "a.txt").write_text(german + "Frau Oldenkott gefragt, ob ich mitmache.\n", "utf-8")
    assert "does not look like English" in run_redact("look", tmp_path / "a.txt").out


def test_a_look_at_a_study_or_at_nothing_says_what_to_name(
    tmp_path: Path, small_study: tuple[Path, Path]
) -> None:
    study, _ = small_study
    assert "Name the folder its transcripts came from" in run_redact("look", study).err
    (tmp_path / "empty").mkdir()
    assert run_redact("look", tmp_path / "empty").code == 2
    assert run_redact("look", tmp_path / "absent").code == 2
