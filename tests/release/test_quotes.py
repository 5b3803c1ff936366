"""Single passages: chosen, approved by people, held against consent, and never stale."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.audit.consent_events import QuoteChosen, QuoteDecided
from redact.audit.entries import Actor, LogEntry
from redact.audit.events import Event
from redact.release.quotes import quotes
from tests.agreed import ALL_OPEN, again, table
from tests.conftest import Result, run_redact, study_of, tree

WORD = ("--by", "B. Chair", "--role", "approver")


def log_of(*events: Event) -> tuple[LogEntry, ...]:
    return tuple(
        LogEntry(
            log="redact.study/x",
            number=number,
            time="2026-11-01T10:00:00.000Z",
            before=b"\0" * 32,
            actor=Actor("steward", "data steward"),
            event=event,
        )
        for number, event in enumerate(events)
    )


CHOSEN = QuoteChosen(quote="Q1", doc="D1", start=0, end=9, safe_sha256="ab", by="A")
WORDS = st.builds(
    QuoteDecided,
    quote=st.sampled_from(["Q1", "Q2"]),
    by=st.just("B"),
    role=st.sampled_from(["approver", "Approver ", "ethics committee"]),
    approved=st.booleans(),
)


@given(st.lists(WORDS, max_size=12))
def test_of_words_in_any_order_the_newest_of_each_role_must_approve(
    words: list[QuoteDecided],
) -> None:
    (quote,) = quotes(log_of(CHOSEN, *words))
    newest = {one.role.strip().casefold(): one.approved for one in words if one.quote == "Q1"}
    assert quote.is_approved == (bool(newest) and all(newest.values()))
    assert quote.is_refused == (not all(newest.values()))


@pytest.fixture
def folder(agreed_folder: Path, passphrase_file: Path) -> Path:
    said = table(one="archive open", two="quotes only", three="no sharing")
    assert again(agreed_folder, passphrase_file, said).code == 0
    return agreed_folder


def talk_of(study: Path, word: str) -> str:
    """The neutral name of the interview in whose safe text this stands."""
    return next(one.stem for one in (study / "safe").iterdir() if word in one.read_text("utf-8"))


def told(study: Path, passphrase: Path, *command: object) -> Result:
    return run_redact("quotes", command[0], study, *command[1:], "--passphrase-file", passphrase)


def test_from_a_passage_to_a_document_in_the_register(folder: Path, passphrase_file: Path) -> None:
    study = folder / "study"
    two = talk_of(study, "pelican")
    assert told(study, passphrase_file, "release").code == 2  # none is approved
    by = ("--by", "A. Reader")
    assert told(study, passphrase_file, "add", two, "--lines", "2", *by).code == 0
    assert told(study, passphrase_file, "add", two, "--lines", "2", *by).code == 0  # once
    assert "k " in told(study, passphrase_file, "list").out
    for command in ("approve", "refuse", "approve"):  # words that contradict: the newest
        assert told(study, passphrase_file, command, "q1", *WORD).code == 0
    ethics = ("--by", "C", "--role", "ethics committee")
    assert told(study, passphrase_file, "refuse", "Q1", *ethics).code == 0
    assert told(study, passphrase_file, "release").code == 2
    assert told(study, passphrase_file, "approve", "Q1", *ethics).code == 0
    made = told(study, passphrase_file, "release")
    assert made.code == 0, made.err
    assert told(study, passphrase_file, "release").out == made.out  # nothing new to release
    bag = study / "release" / "quotes-01"
    assert run_redact("release", "verify", bag).code == 0
    said = (bag / "data" / "quotes.md").read_text("utf-8")
    assert "The pelican sang every night." in said
    assert "— " in said
    everything = b"\n".join(tree(bag).values()).decode("utf-8", "replace")
    for original in ("Dunlop", "Sgurr", "barge", "walnut", two):
        assert original not in everything
    listed = run_redact("register", study, "--json").json["releases"]
    assert "quotes-01" in [one["release"] for one in listed]
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert (log.count('"quote.chosen"'), "pelican" in log) == (1, False)
    # Whoever is quoted and withdraws is in that release.
    gone = run_redact("withdraw", study, two, "--by", "A", "--passphrase-file", passphrase_file)
    assert (gone.code, "quotes-01" in gone.out) == (0, True), gone.err
    assert told(study, passphrase_file, "release").code == 2


def test_who_did_not_agree_to_quotes_is_not_quoted(folder: Path, passphrase_file: Path) -> None:
    study = folder / "study"
    three, one = talk_of(study, "walnut"), talk_of(study, "barge")
    by = ("--lines", "2", "--by", "A")
    refused = told(study, passphrase_file, "add", three, *by)
    assert (refused.code, "did not agree to quotes" in refused.err) == (2, True)
    assert told(study, passphrase_file, "add", one, *by).code == 0
    assert told(study, passphrase_file, "approve", "Q1", *WORD).code == 0
    lowered = table(one="team only", two="quotes only", three="no sharing")
    again(folder, passphrase_file, lowered)
    refused = told(study, passphrase_file, "release")
    assert (refused.code, "Q1 (not agreed to)" in refused.err) == (2, True)


def test_a_stale_passage_is_refused(folder: Path, passphrase_file: Path) -> None:
    study, key = folder / "study", ("--passphrase-file", passphrase_file)
    one = talk_of(study, "barge")
    assert told(study, passphrase_file, "add", one, "--lines", "2", "--by", "A").code == 0
    assert told(study, passphrase_file, "approve", "Q1", *WORD).code == 0
    entity = (study / "safe" / f"{one}.txt").read_text("utf-8")
    label = entity[entity.index("[") : entity.index("]") + 1]
    renamed = run_redact("entity", "rename", study, label, "[Guest A]", "--by", "A", *key)
    assert renamed.code == 0, renamed.err
    refused = told(study, passphrase_file, "release")
    assert (refused.code, "Q1 (stale)" in refused.err) == (2, True), refused.err
    refused = told(study, passphrase_file, "approve", "Q1", "--by", "D", "--role", "steward")
    assert (refused.code, "changed since this passage was chosen" in refused.err) == (2, True)
    # The remedy, by a steward who is no approver: taken out, chosen anew, and approved anew.
    settings = study / "study.toml"
    roles = '\n[roles]\nsteward = ["A. Steward"]\napprover = ["B. Chair"]\n'
    settings.write_text(settings.read_text("utf-8") + roles, "utf-8")
    own = ("Q1", "--role", "steward", "--by")
    assert told(study, passphrase_file, "refuse", *own, "Z. Nobody").code == 2
    assert told(study, passphrase_file, "refuse", *own, "A. Steward").code == 0
    assert told(study, passphrase_file, "approve", *own, "A. Steward").code == 2
    assert "no quote is approved" in told(study, passphrase_file, "release").err
    assert told(study, passphrase_file, "add", one, "--lines", "2", "--by", "A").code == 0
    assert told(study, passphrase_file, "approve", "Q2", *WORD).code == 0
    assert told(study, passphrase_file, "release").code == 0


def test_what_the_steward_took_out_is_chosen_anew_and_what_others_refused_is_not(
    folder: Path, passphrase_file: Path
) -> None:
    study = folder / "study"
    add = ("add", talk_of(study, "barge"), "--lines", "2", "--by", "A")
    assert "Q1" in told(study, passphrase_file, *add).out
    assert told(study, passphrase_file, "refuse", "Q1", *WORD).code == 0
    assert "Q1" in told(study, passphrase_file, *add).out
    steward = ("--by", "A", "--role", "steward")
    assert told(study, passphrase_file, "refuse", "Q1", *steward).code == 0
    assert "Q1" in told(study, passphrase_file, *add).out  # the approver is against it still
    assert told(study, passphrase_file, "approve", "Q1", *WORD).code == 0
    assert "Q2" in told(study, passphrase_file, *add).out


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("add", "scot_99", "--lines", "1", "--by", "A"), "no safe transcript of this name"),
        (("add", "ONE", "--lines", "9", "--by", "A"), "there are no such lines"),
        (("add", "ONE", "--lines", "2-1", "--by", "A"), "there are no such lines"),
        (("add", "ONE", "--lines", "x", "--by", "A"), "these are no lines"),
        (("add", "ONE", "--lines", "1", "--by", "Will Dunlop"), "a name of the study"),
        (("approve", "Q9", *WORD), "no quote of this number"),
    ],
)
def test_what_cannot_be_is_refused_and_not_recorded(
    folder: Path, passphrase_file: Path, arguments: tuple[str, ...], what: str
) -> None:
    study = folder / "study"
    log = study / "audit" / "log.jsonl"
    before = log.read_bytes()
    meant = [talk_of(study, "barge") if said == "ONE" else said for said in arguments]
    refused = told(study, passphrase_file, *meant)
    assert (refused.code, what in refused.err) == (2, True), refused.err
    assert log.read_bytes() == before


def test_the_policy_of_quotes_releases_no_transcript(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    study = agreed_folder / "study"
    key = ("--passphrase-file", passphrase_file)
    done = run_redact(
        "run",
        agreed_folder / "talks",
        "--policy",
        "publication-quotes",
        "--change-policy",
        "--out",
        study,
        *key,
    )
    assert done.code == 3, done.err
    assert run_redact("settle", study, "--by", "A", *key).code == 0
    refused = run_redact("release", study, *key)
    assert (refused.code, "releases single passages" in refused.err) == (4, True)
    one = talk_of(study, "barge")
    assert told(study, passphrase_file, "add", one, "--lines", "2", "--by", "A").code == 0
    assert told(study, passphrase_file, "approve", "Q1", *WORD).code == 0
    made = told(study, passphrase_file, "release")
    assert made.code == 0, made.err
    assert "oneworker" in (study / "release/quotes-01/data/quotes.md").read_text("utf-8")
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert "G8 bag" in log[log.rindex('"release.holds"') :]


def test_a_role_is_listed_without_the_names_that_stand_in_it(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    study, key = agreed_folder / "study", ("--passphrase-file", passphrase_file)
    named = ALL_OPEN.replace("oneworker", "sister of Will Dunlop")
    again(agreed_folder, passphrase_file, named)
    policy = ("--policy", "publication-quotes", "--change-policy", "--out", study)
    run_redact("run", agreed_folder / "talks", *policy, *key)
    one = talk_of(study, "barge")
    assert told(study, passphrase_file, "add", one, "--lines", "2", "--by", "A").code == 0
    for more in ((), ("--json",)):
        said = told(study, passphrase_file, "list", *more).out
        assert ("sister of [" in said, "Dunlop" in said) == (True, False)


def test_a_passage_of_several_lines_with_odd_ends_stands_as_it_was(
    tmp_path: Path, passphrase_file: Path
) -> None:
    talk = "INT: And then?\nP01: Una Sgurr rang.\u2028She laughed.\n\nINT: Who?  \nP01: Una.\n"
    study = study_of(tmp_path, {"one.txt": talk}, passphrase_file, "safe-copy")
    key = ("--passphrase-file", passphrase_file)
    name = next((study / "safe").iterdir()).stem
    chosen = ("--lines", "1-5", "--by", "A")
    assert run_redact("quotes", "add", study, name, *chosen, *key).code == 0
    assert run_redact("quotes", "approve", study, "Q1", *WORD, *key).code == 0
    made = run_redact("quotes", "release", study, *key)
    assert made.code == 0, made.err
    said = (study / "release/quotes-01/data/quotes.md").read_text("utf-8")
    assert said.count("\n> ") == 5
    assert "She laughed." in said
    assert "Una" not in said


def test_two_passages_that_say_the_same_each_stand_with_their_speaker(
    tmp_path: Path, passphrase_file: Path
) -> None:
    """A text whose words stand in the heading, the notice and the other passage too."""
    talk = "INT: Quotes\nP01: Una Sgurr rang.\nINT: Quotes\nP01: Una Sgurr rang.\n"
    talks = {"one.txt": talk, "two.txt": talk}
    study = study_of(tmp_path, talks, passphrase_file, "safe-copy")
    for name in sorted(path.stem for path in (study / "safe").iterdir()):
        done = told(study, passphrase_file, "add", name, "--lines", "1-4", "--by", "A")
        assert done.code == 0, done.err
    for number in ("Q1", "Q2"):
        assert told(study, passphrase_file, "approve", number, *WORD).code == 0
    made = told(study, passphrase_file, "release")
    assert made.code == 0, made.err
    said = (study / "release/quotes-01/data/quotes.md").read_text("utf-8")
    assert (said.count(" rang."), said.count("\n— ")) == (4, 2)
    assert said.endswith("\n")
    assert "Sgurr" not in said
