"""The stages one at a time, the deposit with its review, and runs that were stopped."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES, run_redact, tree
from tests.journeys.test_samples import linkage_payload


def test_stages_one_by_one_do_what_run_does(
    tmp_path: Path, small_source: Path, passphrase_file: Path, small_study: tuple[Path, Path]
) -> None:
    study, key = tmp_path / "slow", ["--passphrase-file", passphrase_file]
    assert run_redact("init", small_source, "--policy", "safe-copy", "--out", study, *key).code == 0
    for stage in ("detect", "link", "replace", "release"):
        assert run_redact(stage, study, *key).code == 0
        before = tree(study)
        assert run_redact(stage, study, *key).code == 0
        assert tree(study) == before, stage
    by_stages = {f["text"] for e in linkage_payload(study)["entries"] for f in e["forms"]}
    by_run = {f["text"] for e in linkage_payload(small_study[0])["entries"] for f in e["forms"]}
    assert by_stages == by_run


def test_a_later_stage_runs_the_earlier_ones(
    tmp_path: Path, small_source: Path, passphrase_file: Path
) -> None:
    study, key = tmp_path / "s", ["--passphrase-file", passphrase_file]
    run_redact("init", small_source, "--policy", "safe-copy", "--out", study, *key)
    assert run_redact("release", study, *key).code == 0
    assert (study / "release" / "safe-copy-01").is_dir()


def test_a_deposit_waits_for_a_person(
    tmp_path: Path, small_source: Path, passphrase_file: Path
) -> None:
    study, key = tmp_path / "s", ["--passphrase-file", passphrase_file]
    arguments = ["run", small_source, "--policy", "archive-deposit", "--out", study, *key]
    first = run_redact(*arguments)
    assert first.code == 3
    assert "redact settle" in first.out
    assert not list((study / "release").iterdir())
    refused = run_redact("release", study, *key)
    assert (refused.code, "G1 review" in refused.err) == (4, True)
    assert run_redact("settle", study, "interview_01", "--by", "A. Steward", *key).code == 0
    assert run_redact("release", study, *key).code == 4
    assert run_redact("settle", study, "nobody_01", "--by", "A. Steward", *key).code == 2
    assert run_redact("settle", study, "--by", "A. Steward", *key).code == 0
    assert run_redact(*arguments).code == 0
    readme = study / "release" / "archive-deposit-01" / "data" / "README.md"
    assert "MACHINE ONLY" not in readme.read_text("utf-8")
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"by":"A. Steward"' in log
    assert '"gate":"G1 review","passed":false' in log


def test_a_settled_transcript_that_changes_must_be_settled_again(
    tmp_path: Path, small_source: Path, passphrase_file: Path
) -> None:
    study, key = tmp_path / "s", ["--passphrase-file", passphrase_file]
    arguments = ["run", small_source, "--policy", "archive-deposit", "--out", study, *key]
    run_redact(*arguments)
    run_redact("settle", study, "--by", "A. Steward", *key)
    roster = tmp_path / "roster.csv"
    roster.write_text("kind,name\nORG,the office by the grand\nPERSON,Grand\n", "utf-8")
    roster.write_text("kind,name,aliases\nPERSON,Elsie Grand,she is in\n", "utf-8")
    assert run_redact(*arguments, "--roster", roster).code == 3
    assert run_redact("release", study, *key).code == 4


def test_pseudonyms_stay_when_the_roster_adds_a_name(
    tmp_path: Path, small_source: Path, passphrase_file: Path
) -> None:
    study, key = tmp_path / "s", ["--passphrase-file", passphrase_file]
    arguments = ["run", small_source, "--policy", "safe-copy", "--out", study, *key]
    assert run_redact(*arguments).code == 0
    before = {
        f["text"]: e["pseudonym"] for e in linkage_payload(study)["entries"] for f in e["forms"]
    }
    roster = tmp_path / "roster.csv"
    roster.write_text("kind,name\nPERSON,How is\nPERSON,Who else\n", "utf-8")
    assert run_redact(*arguments, "--roster", roster).code == 0
    after = {
        f["text"]: e["pseudonym"] for e in linkage_payload(study)["entries"] for f in e["forms"]
    }
    assert {text: after.get(text) for text in before} == before
    assert "Who else" in after
    assert (study / "release" / "safe-copy-02").is_dir()
    assert len(list((study / "linkage").glob("*.age"))) == 1


def test_detect_writes_offsets_and_no_text(tmp_path: Path, gold: list[dict[str, Any]]) -> None:
    rows = [{"id": row["id"], "text": row["text"]} for row in gold[:2]]
    source = tmp_path / "texts.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    for row in rows:
        (folder / f"{row['id']}.txt").write_bytes(b"\xef\xbb\xbf" + row["text"].encode())
    outputs = []
    for place in (source, folder):
        out = tmp_path / f"{place.name}.mentions"
        result = run_redact("detect", place, "--policy", "safe-copy", "--out", out, "--json")
        assert result.code == 0, result.err
        outputs.append(out.read_text("utf-8"))
    assert outputs[0] == outputs[1]
    texts = {row["id"]: row["text"] for row in rows}
    for line in outputs[0].splitlines():
        found = json.loads(line)
        assert found.keys() == {"id", "spans"}
        assert len(found["spans"]) > 40
        for span in found["spans"]:
            assert span.keys() - {"kind"} == {
                "start",
                "end",
                "label",
                "score",
                "source",
                "entity_id",
            }
            assert 0 <= span["start"] < span["end"] <= len(texts[found["id"]])
            assert 0 < span["score"] <= 1
            assert ("kind" in span) == (span["label"] == "ID")
    for surface in ("Pang", "Anoka", "Effie"):
        assert surface not in outputs[0]


def test_detect_needs_policy_and_out_together(tmp_path: Path, small_source: Path) -> None:
    assert run_redact("detect", small_source, "--policy", "safe-copy").code == 2
    assert run_redact("detect", small_source, "--out", tmp_path / "m").code == 2
    one = small_source / "one.txt"
    assert run_redact("detect", one, "--policy", "safe-copy", "--out", one).code == 2


def test_a_jsonl_source_goes_the_whole_way(tmp_path: Path, passphrase_file: Path) -> None:
    source, key = tmp_path / "texts.jsonl", ["--passphrase-file", passphrase_file]
    text = "INT: Who?\nP01: Agnieszka Wrona in Largs.\n"
    source.write_text(json.dumps({"id": "talk", "text": text}) + "\n", "utf-8")
    study = tmp_path / "s"
    assert run_redact("run", source, "--policy", "safe-copy", "--out", study, *key).code == 0
    assert run_redact("restore", study, "--to", tmp_path / "b", *key).code == 0
    assert tree(tmp_path / "b") == {"talk.txt": text.encode()}


def test_a_transcript_in_which_nothing_is_found_needs_a_person(
    tmp_path: Path, passphrase_file: Path
) -> None:
    source, study = tmp_path / "source", tmp_path / "s"
    source.mkdir()
    (source / "a.txt").write_text("INT: and then?\nP01: well it was fine you know\n", "utf-8")
    key = ["--passphrase-file", passphrase_file]
    result = run_redact("run", source, "--policy", "safe-copy", "--out", study, *key)
    assert (result.code, "open: 1 transcript to read" in result.out) == (3, True)
    refused = run_redact("release", study, *key)
    assert (refused.code, "nothing was found" in refused.err) == (4, True)
    assert run_redact("settle", study, "--by", "A. Steward", *key).code == 0
    assert run_redact("release", study, *key).code == 0


def test_a_custodian_s_own_identity_opens_the_study(
    tmp_path: Path, small_source: Path, passphrase_file: Path
) -> None:
    from redact.custody.age import HybridIdentity, X25519Identity

    custodian = HybridIdentity.generate()
    identity = tmp_path / "identity.txt"
    identity.write_text(f"# created today\n{custodian.text()}\n", "utf-8")
    study = tmp_path / "s"
    arguments = ["run", small_source, "--policy", "safe-copy", "--out", study]
    arguments += ["--passphrase-file", passphrase_file, "--recipient"]
    assert run_redact(*arguments, str(X25519Identity.generate().recipient())).code == 2
    assert run_redact(*arguments, str(custodian.recipient())).code == 0
    opened = run_redact("restore", study, "--to", tmp_path / "b", "--identity", identity)
    assert opened.code == 0, opened.err


STOPPED_AFTER = (0.3, 1.1, 2.2, 3.1, 3.9)


@pytest.mark.parametrize("seconds", STOPPED_AFTER)
def test_a_run_that_was_killed_goes_on(
    tmp_path: Path, passphrase_file: Path, seconds: float
) -> None:
    study = tmp_path / "s"
    source = SAMPLES / "transcripts" / "leith_hope.txt"
    arguments = ["run", str(source), "--policy", "safe-copy", "--out", str(study)]
    arguments += ["--passphrase-file", str(passphrase_file)]
    with subprocess.Popen(
        [sys.executable, "-m", "redact.cli", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ},
    ) as killed:
        try:
            killed.wait(seconds)
        except subprocess.TimeoutExpired:
            killed.send_signal(signal.SIGKILL)
    assert run_redact(*arguments).code == 0
    verified = run_redact("audit", "verify", study, "--passphrase-file", passphrase_file)
    assert verified.code == 0, verified.out
    assert run_redact("release", "verify", study / "release" / "safe-copy-01").code == 0
    assert not list(tmp_path.rglob(".*.tmp"))
