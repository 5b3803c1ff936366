"""Decisions on a study: into the safe text, into the log without a name, undone, never lost."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from redact.core import DETAIL
from redact.custody.keyfile import Opener
from redact.errors import UsageError
from redact.pipeline import run_stage
from redact.release.gates import gate_no_original
from redact.release.gather import gather
from redact.release.released import ReleasedText
from redact.review import comment, decide
from redact.review.decide import Stale
from redact.review.verdict import Verdict
from redact.study.desk import open_desk
from redact.study.folder import Study
from redact.study.linkage import read_safe
from redact.study.rulings import Ruling
from tests.conftest import PASSPHRASE, Result
from tests.review.conftest import TEXT, Made, place

SAMPLES = Path(__file__).parents[2] / "samples"


def test_what_was_missed_is_replaced_and_what_is_no_name_stays(made: Made) -> None:
    decide.decide(made.desk(), [place("grand", "PLACE"), place("Fergus Petrie", None)], "AB", 0)
    safe = made.safe()
    assert "It was [Place" in safe
    assert "Fergus Petrie" in safe
    decide.undo(made.desk(), 1, "AB")
    assert "Fergus" not in made.safe()
    assert "It was grand" in made.safe()


def test_a_place_that_stays_on_the_reviewers_word_passes_the_gate(made: Made) -> None:
    """Fergus Petrie is in the linkage key, the boat stays: the gate knows whose word it is."""
    boat = TEXT.rindex("Fergus Petrie")
    decide.decide(made.desk(), [place("Fergus Petrie", None, boat)], "AB", 0)
    assert made.safe().count("Fergus Petrie") == 1
    done = made.redact("release", made.root, "--name", "after", *made.key)
    assert done.code == 0, done.err
    (row,) = decide.rows_of(made.desk())
    assert isinstance(row, Ruling)
    assert row.found_label == "PERSON"
    log = (made.root / "audit" / "log.jsonl").read_text("utf-8")
    assert re.search(r'"explained":{[^}]*"reviewer":[12]', log)


def test_every_decision_is_in_the_log_and_no_word_of_the_transcript(made: Made) -> None:
    decide.decide(made.desk(), [place("grand", "PLACE"), place("Will", "PERSON")], "AB", 0)
    decide.undo(made.desk(), 1, "CD")
    entries = [json.loads(line)["data"] for line in (made.root / "audit" / "log.jsonl").open()]
    said = [e for e in entries if "review" in str(e.get("action"))]
    assert [(e["by"], e["action"], e["counts"]) for e in said] == [
        ("AB", "review", {"PERSON": 1, "PLACE": 1}),
        ("CD", "undo review", {"places": 2}),
    ]
    kept = (made.root / "rulings.jsonl").read_text("utf-8")
    for words in ("grand", "Will", "Morag"):
        assert words not in kept
        assert words not in json.dumps(entries)
    assert (made.root / "rulings.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_decision_on_what_somebody_else_decided_since_is_refused_with_theirs(made: Made) -> None:
    first = decide.decide(made.desk(), [place("Morag Haldane", "PERSON")], "AB", 0)
    with pytest.raises(Stale, match="AB has decided") as refused:
        decide.decide(made.desk(), [place("Haldane", None)], "CD", 0)
    assert [(r.by, r.label) for r in refused.value.newer] == [("AB", "PERSON")]
    decide.decide(made.desk(), [place("grand", "PLACE")], "CD", 0)  # of another place
    decide.decide(made.desk(), [place("Haldane", None)], "CD", first + 1)


def test_a_line_that_a_crash_cut_off_is_passed_over_and_written_over(made: Made) -> None:
    decide.decide(made.desk(), [place("grand", "PLACE")], "AB", 0)
    path = made.root / "rulings.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    assert len(decide.rows_of(made.desk())) == 1
    decide.decide(made.desk(), [place("Will", "PERSON")], "AB", 1)
    assert [row.batch for row in decide.rows_of(made.desk())] == [1, 2]
    assert path.read_bytes().startswith(whole)


def test_everywhere_is_every_place_with_these_words(made: Made) -> None:
    desk = made.desk()
    places = decide.everywhere(desk, place("Will", "PERSON"))
    assert [TEXT[p.start : p.end] for p in places] == ["Will", "will"]
    found = decide.everywhere(desk, place("Morag Haldane", None))
    assert [TEXT[p.start : p.end] for p in found] == ["Morag Haldane"]


@pytest.mark.parametrize(
    "places",
    [
        [],
        [Verdict(transcript="D9999", start=0, end=3, label="PERSON")],
        [Verdict(transcript="D0001", start=5, end=5, label="PERSON")],
        [Verdict(transcript="D0001", start=-1, end=3, label="PERSON")],
        [Verdict(transcript="D0001", start=0, end=10**9, label="PERSON")],
        [Verdict(transcript="D0001", start=0, end=3, label="MORAG")],  # type: ignore[arg-type]
        [
            Verdict(transcript="D0001", start=0, end=5, label="PERSON"),
            Verdict(transcript="D0001", start=4, end=9, label=None),
        ],
        [
            Verdict(
                transcript="D0001", start=TEXT.index("\n"), end=TEXT.index("\n") + 1, label="PERSON"
            )
        ],
    ],
)
def test_what_is_no_place_is_refused_and_not_recorded(made: Made, places: list[Verdict]) -> None:
    before = (made.root / "audit" / "log.jsonl").read_bytes()
    with pytest.raises(UsageError) as refused:
        decide.decide(made.desk(), places, "AB", 0)
    assert not re.search("Morag|Haldane", refused.value.line())
    assert (made.root / "audit" / "log.jsonl").read_bytes() == before
    assert not (made.root / "rulings.jsonl").exists()


def test_nothing_that_was_undone_can_be_undone_again(made: Made) -> None:
    decide.decide(made.desk(), [place("grand", "PLACE")], "AB", 0)
    decide.undo(made.desk(), 1, "AB")
    with pytest.raises(UsageError, match="does not hold any more"):
        decide.undo(made.desk(), 1, "AB")


@pytest.mark.model
def test_a_withdrawn_participants_decisions_go_with_the_transcript(
    redact: Callable[..., Result], tmp_path: Path, passphrase_file: Path
) -> None:
    source, root = tmp_path / "talks", tmp_path / "study"
    source.mkdir()
    for name in ("one", "two"):
        (source / f"{name}.txt").write_text(f"{TEXT}R: The file is {name}.\n", "utf-8")
    key = ("--passphrase-file", passphrase_file)
    assert redact("run", source, "--policy", "safe-copy", "--out", root, *key).code == 0
    made = Made(root, redact, key)
    for number, transcript in enumerate(made.desk().transcripts):
        start = transcript.text.index("grand")
        place = Verdict(transcript=transcript.id, start=start, end=start + 5, label="PLACE")
        decide.decide(made.desk(), [place], "AB", number)
    assert len(decide.rows_of(made.desk())) == 2
    for doc in ("D0001", "D0002"):
        comment.comment(made.desk(), doc, 5, 9, f"on {doc}", "AB")
    for step in (
        ("rename", "Person 1", "[The lady]"),
        ("undo", "1"),
        ("merge", "Person 1", "Person 2"),
    ):
        command, *more = step
        done = redact("entity", command, root, *more, "--by", "AB", *key)
        assert done.code == 0, done.err
    assert redact("withdraw", root, "one", "--by", "AB", *key).code == 0
    (left,) = decide.rows_of(made.desk())
    assert isinstance(left, Ruling)
    assert left.transcript == made.desk().transcripts[0].id
    (said,) = made.desk().key.comments
    assert said.doc == left.transcript
    gone = {"D0001", "D0002"} - {said.doc}
    assert not gone.intersection(re.findall(r"D\d{4}", (root / "corrections.jsonl").read_text()))
    done = redact("entity", "undo", root, "3", "--by", "AB", *key)  # numbers are as they were
    assert done.code == 0, done.err


def test_the_sample_of_a_second_reading_is_the_same_again_and_grows(made: Made) -> None:
    desk = made.desk()
    assert decide.sample(desk, 0.01) == {"D0001"}  # at least one
    assert decide.sample(desk, 0.01) <= decide.sample(desk, 1.0)


def test_a_detail_is_bracketed_or_said_otherwise_and_comes_back(made: Made) -> None:
    """What singles somebody out goes, with the names in it; the key restores every word."""
    boat = place("Fergus Petrie is a boat", DETAIL, TEXT.index("Petrie."))
    decide.decide(made.desk(), [boat], "AB", 0)
    assert "R: [detail removed] as well, mind." in made.safe()
    reworded = Verdict(
        transcript=boat.transcript,
        start=boat.start,
        end=boat.end,
        label=DETAIL,
        text="it is the name of a  boat",
    )
    decide.decide(made.desk(), [reworded], "AB", 1)
    assert "R: [it is the name of a boat] as well, mind." in made.safe()
    key = ("--passphrase-file", *made.key[1:])
    assert made.redact("settle", made.root, "--by", "AB", *key).code == 0
    assert made.redact("release", made.root, *key).code == 0
    bag = made.root / "release" / "safe-copy-02"
    assert '"DETAIL": 1' in (bag / "data" / "redaction-summary.json").read_text("utf-8")
    assert "| DETAIL | 1 | 1 |" in (bag / "data" / "README.md").read_text("utf-8")
    back = made.root.parent / "back"
    assert made.redact("restore", made.root, "--to", back, *key).code == 0
    assert (back / "one.txt").read_text("utf-8") == TEXT
    decide.undo(made.desk(), 2, "AB")
    decide.undo(made.desk(), 1, "AB")
    assert "detail" not in made.safe()


def test_a_name_that_only_a_detail_had_is_still_looked_for(made: Made) -> None:
    """It has no entry in the key any more, but the gate must find it elsewhere."""
    boat = place("Fergus Petrie is a boat", DETAIL, TEXT.index("Petrie."))
    decide.decide(made.desk(), [boat], "AB", 0)
    made.safe()
    contents = gather(made.desk())
    assert contents.in_details == (("PERSON", "Fergus Petrie"),)
    alone = replace(contents.key, entries=(), replacements=())
    texts = [ReleasedText("x", "Ask Fergus Petrie.", is_transcript=True)]
    assert gate_no_original(alone, texts, ()).passed
    assert not gate_no_original(alone, texts, (), contents.in_details).passed


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("grand at Corriedoon, so it was.\nR: Fergus", ""),
        ("R: Will came", ""),
        ("It was gran", ""),
        ("t was grand", ""),
        ("It was grand", "Morag was grand"),
        ("It was grand", "[Person 1]"),
        ("It was grand", "two\nlines [of] it"),
        ("It was grand", "x" * 201),
    ],
    ids=[
        "two turns",
        "a label",
        "half its end",
        "half its start",
        "a name",
        "a pseudonym",
        "brackets",
        "too long",
    ],
)
def test_other_words_are_of_one_turn_and_name_nobody(made: Made, words: str, text: str) -> None:
    start = TEXT.index(words)
    wanted = Verdict(
        transcript="D0001", start=start, end=start + len(words), label=DETAIL, text=text
    )
    with pytest.raises(UsageError):
        decide.decide(made.desk(), [wanted], "AB", 0)
    assert not made.desk().study.rulings.exists()


@pytest.mark.model
def test_a_detail_is_bracketed_in_every_kind_of_file_or_refused_when_it_is_marked(
    redact: Callable[..., Result], tmp_path: Path, passphrase_file: Path
) -> None:
    """One interview in every format: what is decided can always be written, and comes back."""
    key = ("--passphrase-file", passphrase_file)
    root = tmp_path / "study"
    done = redact(
        "run", SAMPLES / "formats" / "transcripts", "--policy", "safe-copy", "--out", root, *key
    )
    assert done.code == 0, done.err
    desk = open_desk(Study(root), Opener.from_passphrase(PASSPHRASE))
    refused = []
    for transcript, source in zip(desk.transcripts, desk.sources, strict=True):
        start = transcript.text.index("started as a support")
        end = transcript.text.index("pushed me into") + len("pushed me into")
        wanted = Verdict(
            transcript=transcript.id, start=start, end=end, label=DETAIL, text="had another job"
        )
        try:
            decide.decide(desk, [wanted], "AB", 99)
        except UsageError:
            refused.append(source.name.rpartition(".")[2])
    assert set(refused) <= {"json"}
    run_stage(open_desk(Study(root), Opener.from_passphrase(PASSPHRASE)), "replace")
    done = redact("restore", root, "--to", tmp_path / "back", *key)
    assert done.code == 0, done.err
    now = open_desk(Study(root), Opener.from_passphrase(PASSPHRASE))
    texts = [read_safe(root / "safe", d, now.policy.formats).text for d in now.key.documents]
    assert sum("[had another job]" in text for text in texts) == len(texts) - len(refused)


@pytest.mark.parametrize("to", ["9", "0", "-1", "x", ""])
def test_a_record_that_undoes_nothing_is_damaged(made: Made, to: str) -> None:
    row = {"action": "undo", "places": [], "to": to, "before": []}
    (made.root / "corrections.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    done = made.redact("replace", made.root, "--passphrase-file", *made.key[1:])
    assert (done.code, "record of a person's corrections is damaged" in done.err) == (1, True)
    assert "Traceback" not in done.err
