"""The demo's whole job on the samples: everything found is gone, and everything comes back."""

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest

from redact.custody.age import HybridIdentity, PassphraseIdentity, decrypt
from redact.transcript.words import Forms, fold
from tests.conftest import PASSPHRASE, SAMPLES, run_redact, sample_arguments, tree
from tests.shared import copy_of

MENTIONED = ("PERSON", "PLACE", "ORG", "DATE", "PHONE", "EMAIL", "URL", "ID")


def linkage_payload(study: Path) -> dict[str, Any]:
    """The payload opened as anybody with age tools would: packet, identity, linkage file."""
    packet = decrypt(
        (study / "custody" / "steward.age").read_bytes(), [PassphraseIdentity(PASSPHRASE)]
    )
    lines = [line for line in packet.decode().splitlines() if not line.startswith("#")]
    (path,) = (study / "linkage").glob("*.age")
    body: dict[str, Any] = json.loads(decrypt(path.read_bytes(), [HybridIdentity.parse(lines[0])]))
    return body


def test_every_sample_is_restored_byte_for_byte(
    sample_study: Path, passphrase_file: Path, tmp_path: Path
) -> None:
    study = copy_of(sample_study, tmp_path)
    target = tmp_path / "back"
    result = run_redact("restore", study, "--to", target, "--passphrase-file", passphrase_file)
    assert result.code == 0, result.err
    assert tree(target) == tree(SAMPLES / "transcripts")
    assert all(path.stat().st_mode & 0o077 == 0 for path in target.iterdir())


def test_no_detected_gold_surface_is_anywhere_in_the_release(
    sample_study: Path, gold: list[dict[str, Any]]
) -> None:
    """Searched by a plain scan of our own here, not by the gate that let it pass."""
    payload = linkage_payload(sample_study)
    detected = {
        fold(f["text"]) for e in payload["entries"] for f in e["forms"] if e["type"] != "AGE"
    }
    released = tree(sample_study / "release" / "safe-copy-01")
    transcripts = {n: d.decode() for n, d in released.items() if n.startswith("data/transcripts/")}
    assert len(transcripts) == 12
    left_as_words = {
        "will",
        "hope",
        "joy",
        "grace",
        "mark",
        "rose",
        "rob",
        "angel",
        "faith",
        "ray",
        "norm",
        "king",
        "rich",
        "may",
        "june",
        "pan",
        "park",
        "black",
        "lantern",
        "bridge",
        "chuck",
        "gilchrist",
        "char",
    }
    for row in gold:
        for span in row["spans"]:
            surface = row["text"][span["start"] : span["end"]]
            if span["label"] not in MENTIONED or fold(surface) not in detected:
                continue
            if len(fold(surface)) == 1 and fold(surface)[0] in left_as_words:
                continue
            for name, text in transcripts.items():
                pattern = rf"(?<!\w){re.escape(surface)}(?!\w)"
                assert not re.search(pattern, text, re.IGNORECASE), (name, span)


def test_names_that_are_words_were_replaced_wherever_gold_says_they_are_names(
    sample_study: Path, gold: list[dict[str, Any]]
) -> None:
    payload = linkage_payload(sample_study)
    name_of = {d["doc_id"]: d["source_name"].removesuffix(".txt") for d in payload["documents"]}
    hidden = {
        (name_of[r["doc"]], at)
        for r in payload["replacements"]
        for at in range(r["start"], r["end"])
    }
    wanted = [
        (row["id"], span["start"])
        for row in gold
        for span in row["spans"]
        if fold(row["text"][span["start"] : span["end"]]) in {("hope",), ("will",), ("mark",)}
        and span["label"] == "PERSON"
    ]
    found = sum(place in hidden for place in wanted)
    assert len(wanted) > 40
    assert found / len(wanted) > 0.9


def test_nothing_outside_source_and_key_holds_a_name(
    sample_study: Path, gold: list[dict[str, Any]]
) -> None:
    forms = Forms[str]([])
    for row in gold:
        for span in row["spans"]:
            surface = row["text"][span["start"] : span["end"]]
            if span["label"] != "KEEP" and (len(fold(surface)) > 1 or len(surface) > 6):
                forms.add(surface, surface)
    for name, data in tree(sample_study).items():
        if name.startswith(("safe/", "release/", "linkage/", "custody/")) or name == "policy.toml":
            continue
        found = [hit.key for hit in forms.find(data.decode("utf-8"))]
        assert not found, name


def test_not_even_a_short_name_is_in_log_or_work(
    sample_study: Path, gold: list[dict[str, Any]]
) -> None:
    """Whole words, case kept: the log's own English may hold "will", never "Will" or "Tam"."""
    surfaces = {
        row["text"][s["start"] : s["end"]]
        for row in gold
        for s in row["spans"]
        if s["label"] not in ("KEEP", "AGE") and row["id"] != "Danny Wu (auto)"
    }
    for folder in ("audit", "work"):
        for name, data in tree(sample_study / folder).items():
            text = data.decode("utf-8")
            if name == "signing.key":
                continue
            for surface in surfaces:
                assert not re.search(rf"(?<![\w/+]){re.escape(surface)}(?![\w/+])", text), (
                    name,
                    len(surface),
                )


def test_no_source_file_name_is_anywhere_outside_the_key(sample_study: Path) -> None:
    stems = [path.stem for path in (SAMPLES / "transcripts").iterdir()]
    for name, data in tree(sample_study).items():
        for stem in stems:
            assert stem not in name
            assert stem.encode() not in data, name


def test_no_unkeyed_hash_of_a_source_or_name_is_in_log_or_work(
    sample_study: Path, gold: list[dict[str, Any]]
) -> None:
    import hashlib

    surfaces = {row["text"][s["start"] : s["end"]] for row in gold for s in row["spans"]}
    digests = {hashlib.sha256(text.encode()).hexdigest() for text in surfaces}
    digests |= {
        hashlib.sha256(p.read_bytes()).hexdigest() for p in (SAMPLES / "transcripts").iterdir()
    }
    for folder in ("audit", "work", "release"):
        for name, data in tree(sample_study / folder).items():
            hexes = set(re.findall(rb"[0-9a-f]{64}", data))
            assert not {h.decode() for h in hexes} & digests, name


def test_files_of_a_study_are_private(sample_study: Path) -> None:
    for path in sample_study.rglob("*"):
        mode = stat.S_IMODE(path.lstat().st_mode)
        assert mode & 0o077 == 0, path.name


def test_turns_lines_and_time_codes_are_as_they_were(sample_study: Path) -> None:
    payload = linkage_payload(sample_study)
    for document in payload["documents"]:
        original = (SAMPLES / "transcripts" / document["source_name"]).read_text("utf-8")
        safe = (sample_study / "safe" / document["safe_name"]).read_text("utf-8")
        assert safe.count("\n") == original.count("\n")
        assert re.findall(r"^\[\d\d:\d\d:\d\d\]", safe, re.M) == re.findall(
            r"^\[\d\d:\d\d:\d\d\]", original, re.M
        )
        for before, after in zip(original.split("\n"), safe.split("\n"), strict=True):
            assert (":" in before[:40]) == (":" in after[:60]) or "[" in after


def test_kept_bodies_are_still_there(sample_study: Path, gold: list[dict[str, Any]]) -> None:
    safe = "\n".join(path.read_text("utf-8") for path in (sample_study / "safe").iterdir())
    kept = {
        row["text"][s["start"] : s["end"]]
        for row in gold
        for s in row["spans"]
        if s["label"] == "KEEP"
    }
    gone = sorted(term for term in kept if term not in safe)
    assert not gone


def test_one_person_has_one_pseudonym_in_all_transcripts(sample_study: Path) -> None:
    payload = linkage_payload(sample_study)
    by_form: dict[str, set[str]] = {}
    for entry in payload["entries"]:
        for form in entry["forms"]:
            by_form.setdefault(form["text"], set()).add(entry["pseudonym"])
    for full_name in ("Morag MacLeod", "Hope Imrie", "Pang Vue", "Will Oyelaran", "Dana Ortiz"):
        assert len(by_form[full_name]) == 1
    assert by_form["Shuggie"] == by_form["Hugh Lennox"]
    assert by_form["Morag MacLeod"].isdisjoint(by_form["Morag Reid"])


def test_log_bag_and_key_are_in_order(sample_study: Path, passphrase_file: Path) -> None:
    bag = sample_study / "release" / "safe-copy-01"
    verified = run_redact(
        "audit",
        "verify",
        sample_study,
        "--passphrase-file",
        passphrase_file,
        "--anchor",
        bag / "audit-checkpoint.note",
        "--json",
    )
    assert (verified.code, verified.json["status"]) == (0, "intact")
    assert verified.json["anchored"] > 40
    assert run_redact("audit", "verify", sample_study).code == 3
    assert run_redact("release", "verify", bag).code == 0


def test_the_release_says_on_its_face_that_no_person_looked(sample_study: Path) -> None:
    data = sample_study / "release" / "safe-copy-01" / "data"
    assert "MACHINE ONLY" in (data / "README.md").read_text("utf-8").split("\n## ")[0]
    summary = json.loads((data / "redaction-summary.json").read_text("utf-8"))
    assert summary["reviewed_by_a_person"] is False
    table = (data / "interviews.csv").read_text("utf-8")
    assert table.count("\n") == 13
    assert len(set(re.findall(r"\[Organisation \d+\]", table))) == 4
    assert "Corriedoon" not in table


def test_running_it_again_changes_nothing(sample_study: Path, passphrase_file: Path) -> None:
    before = tree(sample_study)
    remembered = "audit/log.state"  # which file the log is: this study is a copy of another
    del before[remembered]
    result = run_redact(
        "run",
        *sample_arguments(),
        "--policy",
        "safe-copy",
        "--out",
        sample_study,
        "--passphrase-file",
        passphrase_file,
        "--json",
    )
    assert result.code == 0
    assert result.json["released_now"] is False
    after = tree(sample_study)
    del after[remembered]
    assert after == before


def test_another_program_can_open_the_key_with_its_passphrase(sample_study: Path) -> None:
    """pyrage opens the packet; the post-quantum linkage file needs a newer age, so not that."""
    import pyrage

    packet = (sample_study / "custody" / "steward.age").read_bytes()
    assert b"AGE-SECRET-KEY-PQ-1" in pyrage.passphrase.decrypt(packet, PASSPHRASE)


@pytest.mark.parametrize("row", range(12))
def test_gold_fits_its_transcript(gold: list[dict[str, Any]], row: int) -> None:
    document = gold[row]
    path = SAMPLES / "transcripts" / f"{document['id']}.txt"
    assert path.read_text("utf-8") == document["text"]
    assert len(document["text"].split()) >= 700
    at = 0
    for span in document["spans"]:
        assert at <= span["start"] < span["end"] <= len(document["text"])
        assert ("entity_id" in span) == (span["label"] != "KEEP")
        at = span["end"]
