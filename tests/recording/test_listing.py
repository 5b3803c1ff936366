"""`redact times`: every hidden place of a study as a stretch of its recording, without a name."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from redact.audit.events import LinkageRevealed
from redact.audit.reading import read_log
from redact.recording.kinds import ListKind
from tests.conftest import PASSPHRASE, run_redact, study_of, tree
from tests.shared import copy_of, made_once

SAID = "Well I first met Fergus Drummond in Leith and he was kind".split()
WORDS = [{"word": word, "start": 5 + n * 0.4, "end": 5.3 + n * 0.4} for n, word in enumerate(SAID)]
TALKS = {
    "a.json": json.dumps(
        {
            "segments": [
                {"start": 1, "end": 3, "text": "Who is your manager?", "speaker": "SPEAKER_00"},
                {
                    "start": 5,
                    "end": 10,
                    "text": " ".join(SAID),
                    "speaker": "SPEAKER_01",
                    "words": WORDS,
                },
            ]
        }
    ),
    "b.vtt": "WEBVTT\n\n00:00:01.010 --> 00:00:04.000\n<v Interviewer>Who was there?\n\n"
    "00:00:05.000 --> 00:00:09.000\n<v Isla Forbes>It was Fergus Drummond and the others\n\n"
    "00:00:09.000 --> 00:00:59.000\n<v Isla Forbes>and then Fergus Drummond again and all\n",
    "c.txt": "Talk with Isla Forbes\n\nInterviewer: Who?\nIsla Forbes: With Fergus Drummond.\n",
}
NAMES = ("Fergus", "Drummond", "Isla", "Forbes")


@pytest.fixture
def timed_study(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> tuple[Path, Path]:
    def make(folder: Path) -> None:
        (folder / "secret").write_text(PASSPHRASE, "utf-8")
        study_of(folder, TALKS, folder / "secret", "safe-copy")

    made = made_once(tmp_path_factory, "times", make)
    return copy_of(made / "study", tmp_path), made / "secret"


@pytest.mark.model
def test_a_table_has_word_times_shares_and_what_has_none(timed_study: tuple[Path, Path]) -> None:
    study, secret = timed_study
    result = run_redact("times", study, "--as", "csv", "--passphrase-file", secret)
    rows = list(csv.DictReader(io.StringIO(result.out)))
    told = {
        ending: [row for row in rows if row["transcript"].endswith(ending)]
        for ending in ("json", "vtt", "txt")
    }
    words = next(row for row in told["json"] if row["begins"] == "6.500")
    assert (words["ends"], words["how"], words["kind"]) == ("7.400", "word", "PERSON")
    first, long = told["vtt"]
    assert first["how"] == "share"
    assert 4.9 <= float(first["begins"]) < 5.8 < 7.4 < float(first["ends"]) <= 9.1
    assert long["how"] == "share, listen"
    assert [(row["how"], row["line"]) for row in told["txt"]] == [
        ("no time", "1"),
        ("no time", "4"),
    ]
    assert result.code == 3
    assert "tells no times: its 2 hidden places must be found by ear" in result.err
    assert not any(name in result.out + result.err for name in NAMES)


@pytest.mark.model
@pytest.mark.parametrize("kind", [kind for kind in ListKind if kind is not ListKind.CSV])
def test_each_program_gets_a_file_a_transcript_without_a_name(
    timed_study: tuple[Path, Path], tmp_path: Path, kind: str
) -> None:
    study, secret = timed_study
    command = ("times", study, "--as", kind, "--to", tmp_path / "out", "--passphrase-file", secret)
    result = run_redact(*command, "--json")
    assert result.code == 3, result.out + result.err
    files = tree(tmp_path / "out")
    assert len(files) == 2
    assert len(result.json["transcripts"]) == 3
    assert not any(name.encode() in data for data in files.values() for name in NAMES)
    assert run_redact(*command).code == 3
    assert tree(tmp_path / "out") == files
    next((tmp_path / "out").iterdir()).write_text("mine", "utf-8")
    assert run_redact(*command).code == 2


@pytest.mark.model
def test_it_is_a_look_that_the_log_has_and_lies_in_no_study(
    timed_study: tuple[Path, Path],
) -> None:
    study, secret = timed_study
    inside = run_redact(
        "times", study, "--as", "elan", "--to", study / "t", "--passphrase-file", secret
    )
    assert inside.code == 2
    assert run_redact("times", study, "--as", "elan", "--passphrase-file", secret).code == 2
    run_redact("times", study, "--as", "csv", "--passphrase-file", secret)
    events = [entry.event for entry in read_log(study / "audit")]
    looks = [one for one in events if isinstance(one, LinkageRevealed)]
    told = [one.phase for one in looks if one.purpose.startswith("times:")]
    assert told == ["intent", "done"]


@pytest.mark.model
def test_what_was_decided_since_is_in_the_list(
    timed_study: tuple[Path, Path],
) -> None:
    """A list that is behind the decisions would leave a name to be heard."""
    study, secret = timed_study
    table = ("times", study, "--as", "csv", "--passphrase-file", secret)
    assert "[Person 1]" in run_redact(*table).out
    who = ("--by", "I. M.", "--passphrase-file", secret)
    assert run_redact("entity", "act", study, "keep", "[Person 1]", *who).code == 0
    assert "[Person 1]" not in run_redact(*table).out


@pytest.mark.model
def test_a_list_is_put_neither_beside_the_sources_nor_into_a_release(
    tmp_path: Path, passphrase_file: Path
) -> None:
    study_of(tmp_path, TALKS, passphrase_file, "safe-copy")
    key = ("--passphrase-file", passphrase_file)
    bag = tmp_path / "given"
    shutil.copytree(tmp_path / "study" / "release" / "safe-copy-01", bag)
    before = tree(tmp_path / "talks"), tree(bag)
    for to, said in ((tmp_path / "talks", "transcripts lie"), (bag / "data", "or a release")):
        done = run_redact("times", tmp_path / "study", "--as", "praat", "--to", to, *key)
        assert (done.code, said in done.err) == (2, True), done.err
    assert (tree(tmp_path / "talks"), tree(bag)) == before
    beside = ("--to", tmp_path / "lists")
    assert run_redact("times", tmp_path / "study", "--as", "praat", *beside, *key).code in (0, 3)


@pytest.mark.model
def test_lists_of_a_withdrawn_interview_are_told_where_it_goes_and_when_made_anew(
    timed_study: tuple[Path, Path], tmp_path: Path
) -> None:
    study, secret = timed_study
    key = ("--passphrase-file", secret)
    lists = tmp_path / "lists"
    assert run_redact("times", study, "--as", "elan", "--to", lists, *key).code == 3
    (lists / "mine.txt").write_text("mine", "utf-8")
    gone = run_redact("withdraw", study, "b.vtt", "--by", "I. M.", *key)
    assert gone.code == 0, gone.err
    (withdrawn,) = [line for line in gone.out.splitlines() if line.startswith("Lists of")]
    stem = withdrawn.partition("Delete ")[2].partition(".*")[0]
    assert (lists / f"{stem}.eaf").is_file()
    anew = run_redact("times", study, "--as", "elan", "--to", lists, *key)
    told = [line for line in anew.out.splitlines() if "old list" in line]
    assert told == [
        f"{stem}.eaf in {lists} is none of them: if it is an old list of `redact times`, of a "
        "transcript that was withdrawn or tells no times now, delete it."
    ]


@pytest.mark.model
def test_without_lists_a_withdrawal_says_nothing_of_them(timed_study: tuple[Path, Path]) -> None:
    study, secret = timed_study
    gone = run_redact("withdraw", study, "b.vtt", "--by", "I. M.", "--passphrase-file", secret)
    assert gone.code == 0, gone.err
    assert "Lists of" not in gone.out
