"""The log read, reported and exported: what people see of it, and that no name is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from prov.model import ProvDocument

from redact.audit.events import LinkageSealed, RunStarted
from redact.audit.reading import read_log, select, words_of
from redact.audit.report import as_markdown, as_page, make_report
from redact.audit.verify import Verification, verify_log
from redact.errors import Tampered, UsageError
from tests.conftest import run_redact


@pytest.fixture
def study(small_study: tuple[Path, Path]) -> tuple[Path, list[object]]:
    made, passphrase = small_study
    key: list[object] = ["--passphrase-file", passphrase]
    settled = run_redact("settle", made, "--by", "A. <b>Steward</b>", *key)
    assert settled.code == 0, settled.err
    return made, key


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


def test_an_anchor_is_logged_short_and_notices_a_rollback(
    study: tuple[Path, list[object]], tmp_path: Path
) -> None:
    made, key = study
    before = (made / "audit" / "log.jsonl").read_bytes()
    checkpoint = (made / "audit" / "log.checkpoint").read_bytes()
    printed = run_redact("audit", "anchor", made, "--where", "ethics office")
    assert printed.code == 0
    assert len(printed.out.encode()) < 400  # a QR code of this size is easily read
    kept = tmp_path / "kept.note"
    assert run_redact("audit", "anchor", made, "--where", "library", "--to", kept).code == 0
    asked = ["audit", "verify", made, *key, "--anchor", kept]
    assert run_redact(*asked).code == 0
    inside = run_redact("audit", "anchor", made, "--where", "x", "--to", made / "a.note")
    assert (inside.code, "protects nothing" in inside.err) == (2, True)
    (made / "audit" / "log.jsonl").write_bytes(before)
    (made / "audit" / "log.checkpoint").write_bytes(checkpoint)
    rolled = run_redact(*asked)
    assert (rolled.code, "are gone since anchor kept.note" in rolled.out) == (1, True)


def test_the_report_says_first_whether_the_log_is_true(
    study: tuple[Path, list[object]], tmp_path: Path
) -> None:
    made, key = study
    page, text = tmp_path / "r.html", tmp_path / "r.md"
    assert run_redact("audit", "report", made, "--to", page, *key).code == 0
    shown = page.read_text("utf-8")
    assert shown.index("is intact") < shown.index("Policies in force")
    for heading in (
        "Decisions of people",
        "Custody of the linkage key",
        "Releases and their gates",
    ):
        assert heading in shown
    assert "A. &lt;b&gt;Steward" in shown
    assert "<b>Steward" not in shown
    assert not {"Morag", "MacLeod", "Kilmarnock", "Dunlop"} & set(shown.replace("<", " ").split())
    alone = run_redact("audit", "report", made, "--to", text)
    assert alone.code == 3
    assert "No key from outside" in text.read_text("utf-8").split("##")[0]


def test_a_report_of_a_changed_log_warns_before_anything_else() -> None:
    report = make_report(
        "x", (), Verification(status="tampered", entries=3, anchored=0, findings=("entry 1: …",))
    )
    assert as_markdown(report).split("\n")[2] == (
        "**THE LOG WAS TAMPERED WITH. Do not rely on anything below.**"
    )
    assert 'class="bad"' in as_page(report)


def test_provenance_is_prov_that_another_reader_reads(
    study: tuple[Path, list[object]], tmp_path: Path
) -> None:
    made, _ = study
    target = tmp_path / "prov.json"
    assert run_redact("audit", "export", made, "--prov", target).code == 0
    document = ProvDocument.deserialize(str(target), format="json")
    kinds = [record.get_type().localpart for record in document.get_records()]
    runs = [entry for entry in read_log(made / "audit") if isinstance(entry.event, RunStarted)]
    assert kinds.count("Activity") == len(runs)
    assert kinds.count("Agent") == 1
    assert "Morag" not in target.read_text("utf-8")


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
