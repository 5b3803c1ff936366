"""Building a release: gather what goes out, ask every gate, and only then put it in place."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from redact import __version__
from redact.audit.log import AuditLog
from redact.audit.verify import verify_log
from redact.core import DETAIL, LABELS, Interview, Kept, Replacement, SafeTranscript, Transcript
from redact.custody.payload import LinkageKey
from redact.errors import GateRefused, RedactError
from redact.formats.files import beside_the_text
from redact.policy import Policy
from redact.release import gates
from redact.release.bag import build_bag, verify_bag
from redact.release.documents import (
    NOT_REVIEWED,
    REVIEWED,
    TEMPLATE,
    Summary,
    write_interviews,
    write_readme,
    write_summary,
)
from redact.release.search import KeySearch, words_of
from redact.study import Study


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a release is made of, in the order of the key's documents."""

    policy: Policy
    policy_data: bytes
    policy_sha256: str
    key: LinkageKey
    transcripts: tuple[Transcript, ...]
    safe: tuple[SafeTranscript, ...]
    files: Mapping[str, bytes]  # by document
    kept: Mapping[str, tuple[Kept, ...]]
    interviews: tuple[Interview | None, ...]
    settled: frozenset[str]
    unrestored: tuple[str, ...]
    in_details: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Released:
    """A release in place: its folder, the gates it passed, what decisions explained."""

    folder: Path
    gates: tuple[gates.GateResult, ...]
    explained: Mapping[str, int]
    replaced: Mapping[str, int]


def make_release(
    study: Study, log: AuditLog, contents: Contents, name: str, log_key: str
) -> Released:
    """A verified bag at release/<name>, or GateRefused with nothing there.

    Every gate's word is logged, also when one refuses.
    """
    payload, texts = _payload(contents)
    results = _ask(study, contents, payload, texts, log_key)
    for result in results:
        _log_gate(log, result)
    _require(results)
    explained = dict(sum((Counter(result.explained) for result in results), Counter()))
    summary = _summary(contents, explained, results)
    payload["redaction-summary.json"] = write_summary(summary).encode("utf-8")
    staged = study.work / f".{name}.tmp"
    shutil.rmtree(staged, ignore_errors=True)
    try:
        log.append("release.created", phase="intent", name=name, files=len(payload))
        cosigned = (log.cosigned(), log.cosigner_key())
        digest = build_bag(
            staged, payload, _info(name, contents, log), log.checkpoint(), log.signer, cosigned
        )
        bag = gates.gate_bag(
            verify_bag(staged, log.key).problems
        )  # it follows log_key: asked above
        _log_gate(log, bag)
        _require((bag,))
        target = study.releases / name
        if target.exists():
            raise RedactError(
                "a release of this name exists already",
                where=str(target),
                remedy="Give another name with --name: releases are never overwritten.",
            )
        staged.rename(target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    log.append("release.created", phase="done", name=name, tagmanifest_sha512=digest)
    return Released(target, (*results, bag), explained, summary.replaced)


def _ask(
    study: Study,
    contents: Contents,
    payload: Mapping[str, bytes],
    texts: tuple[gates.ReleasedText, ...],
    log_key: str,
) -> tuple[gates.GateResult, ...]:
    key = contents.key
    untouched = [
        document.safe_name
        for document, safe in zip(key.documents, contents.safe, strict=True)
        if not safe.replacements and document.doc_id not in contents.settled
    ]
    unsettled = [d.safe_name for d in key.documents if d.doc_id not in contents.settled]
    approved = {
        document.source_sha256
        for document, safe in zip(key.documents, contents.safe, strict=True)
        if not safe.replacements and document.doc_id in contents.settled
    }
    sources = frozenset(document.source_sha256 for document in key.documents) - approved
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in payload.items()}
    verified = verify_log(study.audit, log_key)
    return (
        gates.gate_review(contents.policy.release.review == "required", unsettled, untouched),
        gates.gate_no_original(key, texts, payload, contents.in_details),
        gates.gate_round_trip(contents.unrestored),
        gates.gate_no_secret(payload, sources, digests),
        gates.gate_log_and_key(verified.status, verified.findings),
    )


def _payload(contents: Contents) -> tuple[dict[str, bytes], tuple[gates.ReleasedText, ...]]:
    """The files of the release (the summary's gate words still missing) and their texts."""
    payload: dict[str, bytes] = {}
    texts: list[gates.ReleasedText] = []
    terms = contents.policy.keep.terms
    for document, safe in zip(contents.key.documents, contents.safe, strict=True):
        name = f"transcripts/{document.safe_name}"
        payload[name] = contents.files[document.doc_id]
        sure = gates.account_for(safe, contents.kept.get(document.doc_id, ()))
        texts.append(gates.ReleasedText(name, safe.text, sure, is_transcript=True))
        for part, text in beside_the_text(
            payload[name], document.safe_name, contents.policy.formats, document.encoding
        ):
            where = f"{name}, {part}" if part else f"{name}, beside its text"
            texts.append(
                gates.ReleasedText(where, text, gates.keep_spans(text, terms), gates.OF_PROGRAMS)
            )
    summary = _summary(contents, {}, ())
    documents = {
        "README.md": write_readme(summary, contents.policy.release.notice),
        "policy.toml": contents.policy_data.decode("utf-8"),
        "redaction-summary.json": write_summary(summary),
    }
    ours = words_of(
        TEMPLATE + NOT_REVIEWED + REVIEWED + write_summary(_EMPTY) + " ".join((*LABELS, DETAIL))
    )
    for name, text in documents.items():
        payload[name] = text.encode("utf-8")
        own = frozenset() if name == "policy.toml" else ours
        texts.append(gates.ReleasedText(name, text, gates.keep_spans(text, terms), own))
    if any(contents.interviews):
        table = _interviews(contents)
        payload["interviews.csv"] = table.encode("utf-8")
        sure = gates.keep_spans(table, terms)
        texts.append(gates.ReleasedText("interviews.csv", table, sure, strict=True))
    return payload, tuple(texts)


def _interviews(contents: Contents) -> str:
    """The data list: neutral names, organisations as pseudonyms, other cells without names."""
    columns = list(contents.policy.release.columns)
    forms = [
        (form.text, entry.pseudonym)
        for entry in contents.key.entries
        if entry.type in ("PERSON", "PLACE", "ORG")
        for form in entry.forms
    ]
    organisation = {text.casefold(): pseudonym for text, pseudonym in forms}
    rows = []
    for document, row in zip(contents.key.documents, contents.interviews, strict=True):
        if row is None:
            continue
        more = dict(row.more)
        cells = {
            "interview": document.safe_name.rpartition(".")[0],
            "file": f"transcripts/{document.safe_name}",
            "nation": row.nation,
            "organisation": organisation.get(row.organisation.casefold(), "[Organisation]")
            if row.organisation
            else "",
        }
        rows.append(
            [
                cells[column]
                if column in cells
                else _without_names(row.role if column == "role" else more.get(column, ""), forms)
                for column in columns
            ]
        )
    rows.sort()
    return write_interviews(columns, rows)


def _without_names(cell: str, forms: list[tuple[str, str]]) -> str:
    found = sorted(
        (hit.start, hit.end)
        for hit in KeySearch(("", text) for text, _ in forms).find(cell)
        if not cell[hit.start].islower()
    )
    pieces, at = [], 0
    for start, end in found:
        if start >= at:
            pieces += [cell[at:start], "[…]"]
            at = end
    return "".join([*pieces, cell[at:]])


_EMPTY = Summary("", "", False, {}, {}, {}, {}, {}, {}, {}, "")


def _summary(
    contents: Contents, explained: Mapping[str, int], results: tuple[gates.GateResult, ...]
) -> Summary:
    type_of = {number: entry.type for number, entry in enumerate(contents.key.entries)}
    by_transcript: dict[str, Counter[str]] = {}
    entities: dict[str, set[int]] = {}
    for document in contents.key.documents:
        counted = by_transcript.setdefault(document.safe_name, Counter())
        for item in contents.key.replacements_of(document.doc_id):
            counted[type_of[item.entry]] += 1
            entities.setdefault(type_of[item.entry], set()).add(item.entry)
    replaced = sum(by_transcript.values(), Counter())
    kept = Counter(
        item.term
        for items in contents.kept.values()
        for item in items
        if item.reason == "kept_body"
    )
    settled = all(document.doc_id in contents.settled for document in contents.key.documents)
    return Summary(
        policy=f"{contents.policy.name} {contents.policy.version}",
        policy_sha256=contents.policy_sha256,
        reviewed=settled,
        nations=dict(sorted(Counter(t.nation for t in contents.transcripts).items())),
        replaced=_in_order(replaced),
        by_transcript={name: _in_order(c) for name, c in sorted(by_transcript.items())},
        entities=_in_order({label: len(numbers) for label, numbers in entities.items()}),
        kept=dict(sorted(kept.items())),
        explained=dict(sorted(explained.items())),
        gates={result.gate: "passed" if result.passed else "refused" for result in results},
        tool=f"redact {__version__}",
    )


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    return {label: counts[label] for label in (*LABELS, DETAIL) if counts.get(label)}


def _info(name: str, contents: Contents, log: AuditLog) -> dict[str, str]:
    return {
        "Bag-Software-Agent": f"redact {__version__}",
        "Bagging-Date": log.last_time[:10],
        "External-Identifier": name,
        "External-Description": f"{len(contents.safe)} pseudonymised interview transcripts",
        "Redaction-Policy": f"{contents.policy.name} {contents.policy.version}",
    }


def _log_gate(log: AuditLog, result: gates.GateResult) -> None:
    log.append(
        "gate.evaluated",
        gate=result.gate,
        passed=result.passed,
        findings=len(result.findings),
        explained=dict(result.explained),
    )


def _require(results: tuple[gates.GateResult, ...]) -> None:
    refused = [result for result in results if not result.passed]
    if not refused:
        return
    first = refused[0]
    shown = "; ".join(first.findings[: gates.SHOWN])
    more = len(first.findings) - gates.SHOWN
    others = f" (also refused: {', '.join(r.gate for r in refused[1:])})" if refused[1:] else ""
    raise GateRefused(
        f"the gate {first.gate} refuses the release{others}: {shown}"
        + (f" and {more} more" if more > 0 else ""),
        remedy=f"{first.remedy} Nothing was released.",
    )


def release_fingerprint(contents: Contents) -> str:
    """What a release depends on; equal for two runs that would release the same."""
    parts = [contents.policy_sha256, [d.safe_sha256 for d in contents.key.documents]]
    parts += [sorted(contents.settled), [d.safe_name for d in contents.key.documents]]
    parts += [_interviews(contents) if any(contents.interviews) else ""]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def safe_transcripts(key: LinkageKey, texts: Mapping[str, str]) -> tuple[SafeTranscript, ...]:
    """Safe transcripts as the key remembers them; for an entity stands its kind."""
    return tuple(
        SafeTranscript(
            document.doc_id,
            texts[document.doc_id],
            tuple(
                Replacement(r.start, r.end, "", key.entries[r.entry].type, r.safe_start, r.safe_end)
                for r in key.replacements_of(document.doc_id)
            ),
        )
        for document in key.documents
    )
