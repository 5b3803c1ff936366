"""The log as people see it: filtered, an entry a line, digests shortened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from redact.audit.entries import Actor
from redact.audit.events import CheckpointAnchored, DecisionRecorded, LinkageSealed
from redact.audit.log import open_log
from redact.audit.reading import read_log, select, words_of
from redact.audit.verify import verify_log
from redact.errors import Tampered, UsageError
from tests.conftest import run_redact


def test_the_log_is_shown_an_entry_a_line_and_filtered(study: tuple[Path, list[object]]) -> None:
    made, _ = study
    every = run_redact("audit", "show", made).out.splitlines()
    assert len(every) == len(read_log(made / "audit"))
    gates = run_redact("audit", "show", made, "--event", "gate").out.splitlines()
    assert gates
    assert all("gate.evaluated" in line for line in gates)
    last = run_redact("audit", "show", made, "--last", 1).out.splitlines()
    assert last == every[-1:]
    about = run_redact("audit", "show", made, "--doc", "D0001", "--json").json["entries"]
    assert about
    assert all("D0001" in json.dumps(entry["data"]) for entry in about)
    assert run_redact("audit", "show", made, "--since", "2999-01-01").out.strip() == ""
    unknown = run_redact("audit", "show", made, "--event", "gossip")
    assert (unknown.code, "no such event" in unknown.err) == (2, True)


def test_a_damaged_log_is_not_shown_as_if_it_were_whole(study: tuple[Path, list[object]]) -> None:
    made, _ = study
    path = made / "audit" / "log.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"seq":2', b'"seq": 2'))
    shown = run_redact("audit", "show", made)
    assert (shown.code, "entry 2" in shown.err) == (1, True)


def test_filters_by_code() -> None:
    with pytest.raises(UsageError):
        select((), kinds=("nothing",))
    assert select((), kinds=("linkage",)) == ()


def test_what_is_said_of_an_entry_shortens_digests(study: tuple[Path, list[object]]) -> None:
    made, _ = study
    events = [entry.event for entry in read_log(made / "audit")]
    sealed = [event for event in events if isinstance(event, LinkageSealed)][-1]
    assert sealed.sha256
    assert sealed.sha256[:10] + "…" in words_of(sealed)
    assert sealed.sha256 not in words_of(sealed)
    assert verify_log(made / "audit", None).status == "self-attested"
    with pytest.raises(Tampered):
        read_log(made / "nowhere")


# Escapes of a terminal, C1, marks of direction, separators, what has no width, blank letters.
UNSEEN = "\x1b[2J\x07\x9b\x85\u202e\u2066\u2028\u2029\u200b\ufeff\u00ad\u3164\r\n"


def test_nothing_unseen_comes_out_of_the_log(
    study: tuple[Path, list[object]], tmp_path: Path
) -> None:
    made, key = study
    fake = f"office{UNSEEN}   999  2026-01-01 00:00:00  steward  linkage.destroyed <b>|`x`"
    with open_log(made / "audit", Actor(f"a{UNSEEN}b", "data steward")) as log:
        log.append(CheckpointAnchored(fake))
        log.append(DecisionRecorded(action="settle", by=fake, reason=fake, counts={UNSEEN: 1}))
    before = len(read_log(made / "audit"))
    shown = run_redact("audit", "show", made).out
    assert len(shown.splitlines()) == before
    as_json = run_redact("audit", "show", made, "--json")
    assert as_json.json["entries"][-1]["data"]["by"] == fake
    pages = [tmp_path / "r.html", tmp_path / "r.md"]
    for page in pages:
        assert run_redact("audit", "report", made, "--to", page, *key).code == 0
    for text in (shown, as_json.out, *(page.read_text("utf-8") for page in pages)):
        assert not set(UNSEEN) & set(text) - set("\n[2J"), ascii(set(UNSEEN) & set(text))
    assert "<U+202E>" in shown
    assert "<b>" not in pages[1].read_text("utf-8")
    rows = [line for line in pages[1].read_text("utf-8").splitlines() if "999" in line]
    assert all(line.replace("\\|", "").count("|") == 4 for line in rows), rows


def test_an_error_shows_nothing_unseen(tmp_path: Path) -> None:
    for more in ([], ["--json"]):
        refused = run_redact("audit", "show", tmp_path / "no\x1b[2J\u202estudy", *more)
        assert refused.code == 2
        assert not set("\x1b\u202e") & set(refused.out + refused.err)
