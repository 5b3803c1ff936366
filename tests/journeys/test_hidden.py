"""What was hidden stays hidden until a person says of that very thing that it is no name."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from redact.review.verdict import Verdict
from tests.conftest import ROOT, Result, at_length, run_redact, study_of, tree
from tests.faults.hidden import Hiding
from tests.faults.hidden_people import becomes
from tests.faults.hidden_steps import STEPS
from tests.shared import copy_of, made_once

A = (
    "INTERVIEWER: Earl, thanks for sitting down with me. I know you don't love the recorder.\n"
    "EARL: I don't. I had one on me in the service. But Marcy said you're all right.\n"
    "INTERVIEWER: Can you tell me what you do?\n"
    "EARL: I run the council and I do the truck. I met the furnace first.\n"
    "INTERVIEWER: And then you met Marcy.\n"
    "EARL: Marcy started feeding me. She'd bring a plate out.\n"
)
B = (
    "Q: How did it start?\n"
    "A: Earl was sleeping in his truck in the parking lot. That's Earl Stukenborg. He fixed the "
    "furnace, and he was our first employee. My name is Marcy Delgado.\n"
    "Q: And now?\n"
    "A: Now Earl Stukenborg runs the peer group, and we are forty-one people in Waverly.\n"
)
COLUMNS = ("transcript", "sha256", "start", "end", "label", "words", "before", "after", "decision")
Key = tuple[object, ...]


class Sequence(RuleBasedStateMachine):
    """Things that people and detection do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="redact-hidden-"))
        self.hiding = Hiding(self.folder)

    @rule(what=st.sampled_from(sorted(STEPS)), chance=st.integers(0, 2**16))
    def step(self, what: str, chance: int) -> None:
        pick = random.Random(chance)  # noqa: S311 Hypothesis draws it
        self.hiding.step(what, lambda: STEPS[what](self.hiding, pick))

    @invariant()
    def the_gate_knows_all_that_was_hidden(self) -> None:
        self.hiding.asked_of_the_gate()

    def teardown(self) -> None:
        self.hiding.close()


@pytest.mark.property
def test_no_sequence_of_what_is_done_uncovers_a_letter() -> None:
    """The law itself: see `Hiding` for its account, which asks nothing of the package's memory."""
    run_state_machine_as_test(
        Sequence,
        settings=settings(
            max_examples=at_length(12, 3),
            stateful_step_count=at_length(25, 8),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_earlier_of_two_words_that_overlap_counts_when_it_is_taken_back(
    tmp_path: Path,
) -> None:
    """The safe texts were called up to date: the letters that only it had let go stood in clear."""
    hiding = Hiding(tmp_path)
    desk = hiding.desk()
    (doc,) = [d.doc_id for d in desk.key.documents if d.source_name == "talk-2.txt"]
    (text,) = [t.text for t in desk.transcripts if t.id == doc]
    street = text.index("In Earl Street")
    hidden = {("talk-2.txt", street + n) for n, c in enumerate("In Earl Street") if c.isalnum()}
    for start, end in ((street, street + 14), (street - 5, street + 7)):
        none = Verdict(transcript=doc, start=start, end=end, label=None)
        hiding.step("no name", lambda none=none: hiding.decided(none))  # type: ignore[misc]
    assert hidden & hiding.hidden() == set()
    hiding.step("undo", lambda: hiding.taken_back(1))
    assert hidden & hiding.hidden() == {(name, at) for name, at in hidden if at >= street + 8}


@pytest.fixture(scope="module")
def earl(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """A safe copy of the two interviews of a reproduction."""

    def make(folder: Path) -> None:
        study_of(folder, {"uncover-a.txt": A, "uncover-b.txt": B}, passphrase_file, "safe-copy")

    return made_once(tmp_path_factory, "earl", make) / "study"


@pytest.fixture
def study(earl: Path, tmp_path: Path) -> Path:
    return copy_of(earl, tmp_path)


@pytest.fixture
def key(passphrase_file: Path) -> Key:
    return ("--passphrase-file", passphrase_file)


def exported(study: Path, to: Path, kind: str, key: Key) -> Path:
    done = run_redact("decisions", "export", study, "--as", kind, "--to", to, *key)
    assert done.code == 0, done.err
    return to


def brought_in(study: Path, path: Path, kind: str, key: Key, *more: str) -> Result:
    return run_redact("decisions", "import", study, path, "--as", kind, "--by", "AB", *more, *key)


def safe(study: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((study / "safe").iterdir()))


def test_a_later_word_that_a_part_is_a_label_holds_when_the_whole_is_found_again(
    tmp_path: Path,
) -> None:
    """ "In Earl Street" may stay; read as a person's name, "Earl Street" may not."""
    hiding = Hiding(tmp_path)
    street = ("talk-2.txt", 30)
    try:
        hiding.step("may stay", lambda: becomes(hiding, street, "keep"))
        assert street not in hiding.hidden()
        hiding.step("Earl is kept", lambda: hiding.under(4))
        hiding.step("a label", lambda: becomes(hiding, street, "label"))
        assert street in hiding.hidden()
        hiding.step("as it was", lambda: hiding.under(0))
        assert street in hiding.hidden()
    finally:
        hiding.close()


def test_a_missed_name_marked_everywhere_cuts_no_longer_one(
    study: Path, tmp_path: Path, key: Key
) -> None:
    """Reproduction 17: `[Person 3] Stukenborg` was released, and every gate passed."""
    path = exported(study, tmp_path / "out.csv", "table", key)
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    rows.append(dict.fromkeys(COLUMNS, "") | {"words": "Earl", "decision": "PERSON"})
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(made.getvalue(), "utf-8-sig")
    done = brought_in(study, path, "table", key)
    assert done.code == 0, done.err
    assert not {"Stukenborg", "Earl", "EARL"} & set(safe(study).replace("[", " ").split())
    assert "Stukenborg" not in safe(study)
    assert run_redact("release", study, *key).code == 0


def one_label_each(text: str) -> str:
    rows = [json.loads(line) for line in text.splitlines()]
    return "".join(json.dumps({**row, "label": row["label"][:1]}) + "\n" for row in rows)


def one_result_each(text: str) -> str:
    tasks = json.loads(text)
    for task in tasks:
        task["annotations"][-1]["result"] = task["annotations"][-1]["result"][:1]
    return json.dumps(tasks)


@pytest.mark.parametrize("more", [(), ("--uncover",)])
@pytest.mark.parametrize(
    ("kind", "lose"), [("doccano", one_label_each), ("label-studio", one_result_each)]
)
def test_an_export_that_lost_most_of_its_labels_is_refused(
    study: Path, tmp_path: Path, key: Key, kind: str, lose: Callable[[str], str], more: Key
) -> None:
    """Reproduction 9: names stood in clear in safe/, and the release passed."""
    path = exported(study, tmp_path / "out", kind, key)
    path.write_text(lose(path.read_text("utf-8")), "utf-8")
    before = tree(study)
    done = brought_in(study, path, kind, key, *map(str, more))
    assert done.code == 2
    assert "unfinished" in done.err
    assert "redact review" in done.err
    assert not {"Earl", "Marcy", "Stukenborg"} & set(done.err.split())
    assert tree(study) == before


def beside_the_log(study: Path) -> dict[str, bytes]:
    """Every file but the log's, which has that words were listed."""
    return {name: data for name, data in tree(study).items() if not name.startswith("audit")}


def test_what_a_shorter_label_would_uncover_is_listed_and_asked_for(
    study: Path, tmp_path: Path, key: Key
) -> None:
    path = exported(study, tmp_path / "out", "doccano", key)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    (mine,) = (row for row in rows if row["text"] == B)
    at = B.index("Stukenborg")
    mine["label"] = [[s, at - 1, n] if s < at < e else [s, e, n] for s, e, n in mine["label"]]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    before = beside_the_log(study)
    asked = brought_in(study, path, "doccano", key)
    assert asked.code == 2
    assert ":2  PERSON  Stukenborg" in asked.out
    assert "--uncover" in asked.err
    assert "Stukenborg" not in asked.err
    assert beside_the_log(study) == before
    assert brought_in(study, path, "doccano", key, "--uncover").code == 0
    assert safe(study).count("Stukenborg") == 1
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"action":"uncover"' in log
    assert '"counts":{"letters":10,"places":1,"transcripts":1}' in log
    assert "Stukenborg" not in log


def replaced(study: Path, key: Key) -> str:
    done = run_redact("replace", study, *key)
    assert done.code == 0, done.err
    return safe(study)


def test_a_roster_row_taken_out_uncovers_nothing(
    tmp_path: Path, passphrase_file: Path, key: Key
) -> None:
    made = study_of(
        tmp_path,
        {"a.txt": "INT: Who?\nP: Zebulon and the quarry lads, they say.\n"},
        passphrase_file,
        "safe-copy",
        roster="name,kind\nthe quarry lads,ORG\n",
    )
    before = safe(made)
    assert "quarry" not in before
    (tmp_path / "roster.csv").write_text("name,kind\nNobody Else,PERSON\n", "utf-8")
    again = ["run", tmp_path / "talks", "--policy", "safe-copy", "--out", made]
    done = run_redact(*again, "--roster", tmp_path / "roster.csv", *key)
    assert done.code == 0, done.err
    assert safe(made) == before


def test_a_policy_that_keeps_a_kind_uncovers_nothing_of_it(study: Path, key: Key) -> None:
    before = safe(study)
    policy = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
    changed = policy.replace('PERSON = "label"', 'PERSON = "keep"').replace(
        "[keep]\n", '[keep]\npublic_bodies = ["Waverly", "Earl"]\n'
    )
    (study / "policy.toml").write_text(changed, "utf-8")
    assert replaced(study, key) == before
    assert run_redact("release", study, "--name", "again", *key).code == 0


def test_a_damaged_working_file_is_deleted_after_a_withdrawal_and_nothing_comes_out(
    tmp_path: Path, passphrase_file: Path, key: Key
) -> None:
    """A name that only the withdrawn transcript vouched for stays hidden in the others."""
    talks = {
        "one.txt": "INT: Who?\nP: My name is Quillon Zarb, I am Quillon Zarb of Oban.\n",
        "two.txt": "INT: And?\nP: he said quillon and zarb would be in on monday.\n",
    }
    made = study_of(tmp_path, talks, passphrase_file, "safe-copy")
    assert run_redact("withdraw", made, "one", "--by", "AB", *key).code == 0
    (left,) = (made / "safe").iterdir()
    before = left.read_text("utf-8")
    (made / "work" / "mentions.jsonl").unlink()
    assert replaced(made, key) == before


def test_a_withdrawn_name_in_a_paper_is_still_found_by_the_gate(
    tmp_path: Path, passphrase_file: Path, key: Key
) -> None:
    talks = {
        "one.txt": "INT: Who?\nP: My name is Quillon Zarb, of Oban.\n",
        "two.txt": "INT: And?\nP: Morag Haldane came.\n",
    }
    made = study_of(tmp_path, talks, passphrase_file, "safe-copy")
    assert run_redact("withdraw", made, "one", "--by", "AB", *key).code == 0
    settings = (made / "study.toml").read_text("utf-8")
    settings = re.sub(r"(?m)^title = .*$", 'title = "What Quillon Zarb said"', settings)
    (made / "study.toml").write_text(settings, "utf-8")
    done = run_redact("release", made, *key)
    assert done.code == 4, (done.out, done.err)
    assert "G2" in done.err
    assert "Quillon" not in done.out + done.err
