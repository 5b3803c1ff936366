"""Building a release: gather what goes out, ask every gate, and only then put it in place."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from redact.audit.consent_events import ReleaseHolds
from redact.audit.events import DecisionRecorded, GateEvaluated, ReleaseCreated
from redact.audit.log import AuditLog
from redact.audit.verify import verify_log
from redact.core import VERSION, SafeTranscript
from redact.custody.payload import GRAMMAR_TYPE
from redact.errors import GateRefused, RedactError
from redact.formats.registry import read_file, stem_of
from redact.formats.sieve import WITHOUT_WORDS
from redact.formats.slots import Reading
from redact.release import gates
from redact.release.bag import build_bag, payload_digest, verify_bag
from redact.release.consented import gate_consent
from redact.release.contents import Contents, files_of, payload_of, summary_of
from redact.release.documents import write_summary
from redact.release.findings import Finding, GateResult
from redact.release.forms import said_otherwise
from redact.release.looked_before import keep_looks, looked_before
from redact.release.metadata import Facts
from redact.release.overriding import Override, overridden, require_two
from redact.release.passed import facts_told, looks_told, rows_told
from redact.release.pdfa import PAPERS, pdf_name, words_in
from redact.release.released import ReleasedText
from redact.release.second_look import SecondLook, gate_residual, second_look
from redact.release.terms import log_consent
from redact.release.unread import unread
from redact.rendering import counted
from redact.risk.uniqueness import QuasiTable, below, l_diversity
from redact.study.anchors import anchors_of
from redact.study.folder import Study
from redact.study.search import line_of

SHOWN = 5  # findings of a refusing gate in the error's one line


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A release in place: its folder, the gates it passed, what decisions explained."""

    folder: Path
    gates: tuple[GateResult, ...]
    explained: Mapping[str, int]
    replaced: Mapping[str, int]
    told: frozenset[str] = frozenset()  # what its gates bore, as tokens


def make_release(
    study: Study,
    log: AuditLog,
    contents: Contents,
    name: str,
    log_key: str,
    override: Override | None = None,
) -> Released:
    """A verified bag at release/<name>, or GateRefused with nothing there.

    Every gate's word is logged, also when one refuses; so is an `override`, with who and why.
    Raises UsageError for an override that is none: another gate, one person, no reason.
    """
    if override is not None:
        require_two(override)
    facts = contents.facts(name, log.last_time[:10])
    payload, texts = payload_of(contents, facts)
    look = look_again(study, contents, texts)
    keep_looks(study, look.to_keep)
    results = ask_gates(study, contents, payload, texts, log_key, look)
    for result in results:
        log_gate(log, result)
    if override is not None:
        results = overridden(results, override, log)
    require_passed(results)
    log.append(
        DecisionRecorded(
            action=f"access {contents.description.access or contents.consent.audience}",
            by="steward" if contents.description.access else "nobody: not described yet",
            reason=normalize("NFC", contents.description.access_reason) or "no reason given",
            counts={},
        )
    )
    log_consent(log, contents.papers, contents.description)
    explained = dict(sum((Counter(result.explained) for result in results), Counter()))
    summary = summary_of(contents, explained, results)
    told = {"redaction-summary.json": write_summary(summary).encode("utf-8")}
    payload |= told
    staged = study.work / f".{name}.{secrets.token_hex(6)}.tmp"
    try:
        digests = {file: hashlib.sha512(data).hexdigest() for file, data in payload.items()}
        log.append(
            ReleaseHolds(
                name=name,
                audience=contents.consent.audience,
                docs=tuple(document.doc_id for document in contents.key.documents),
                left_out=len(contents.consent.left_out),
            )
        )
        log.append(
            ReleaseCreated(
                phase="intent",
                name=name,
                files=len(payload),
                payload_sha512=payload_digest(digests),
            )
        )
        again = files_of(contents, facts) | told
        digest, problems = _built_twice(staged, payload, again, contents, log, facts)
        bag = gates.gate_bag((*verify_bag(staged, log.key).problems, *problems))
        log_gate(log, bag)
        require_passed((*results, bag))
        target = study.releases / name
        if target.exists():
            raise RedactError(
                "a release of this name exists already",
                where=str(target),
                remedy="Give another name: releases are never overwritten.",
                command="`--name` gives it.",
            )
        staged.rename(target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    log.append(ReleaseCreated(phase="done", name=name, tagmanifest_sha512=digest))
    return Released(
        folder=target,
        gates=(*results, bag),
        explained=explained,
        replaced=summary.replaced,
        told=_told(contents, look),
    )


def _built_twice(
    staged: Path,
    payload: Mapping[str, bytes],
    again: Mapping[str, bytes],
    contents: Contents,
    log: AuditLog,
    facts: Facts,
) -> tuple[str, tuple[Finding, ...]]:
    """A bag at `staged`, its digest, and what a second bag of a second payload has otherwise."""
    info, checkpoint, inclusion = _info(facts, contents), log.checkpoint(), log.last_inclusion
    cosigned = (log.cosigned(), log.cosigner_key())
    second = staged.with_name(f"{staged.name}.again")
    digests = {}
    try:
        for folder, data in ((staged, payload), (second, again)):
            shutil.rmtree(folder, ignore_errors=True)
            digests[folder] = build_bag(
                folder, data, info, checkpoint, log.signer, cosigned, inclusion
            )
        first, other = _bytes_below(staged), _bytes_below(second)
    finally:
        shutil.rmtree(second, ignore_errors=True)
    differing = sorted(
        name for name in first.keys() | other.keys() if first.get(name) != other.get(name)
    )
    return digests[staged], tuple(
        Finding(where=name, what="not the same when built again") for name in differing
    )


def _bytes_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def look_again(study: Study, contents: Contents, texts: tuple[ReleasedText, ...]) -> SecondLook:
    """The second look at these texts; those that this study looked at before are known."""
    before = looked_before(study, contents.key.secret)
    return second_look(texts, contents.only_second_look, before)


def ask_gates(
    study: Study,
    contents: Contents,
    payload: Mapping[str, bytes],
    texts: tuple[ReleasedText, ...],
    log_key: str,
    look: SecondLook,
) -> tuple[GateResult, ...]:
    """Every gate's word but the last one's, which is about the finished bag. Nothing is logged.

    `look` is the second look at these texts.
    """
    key = contents.key
    untouched = [
        document.safe_name
        for document, safe in zip(key.documents, contents.safe, strict=True)
        if _is_untouched(safe) and document.doc_id not in contents.read
    ]
    unsettled = [d.safe_name for d in key.documents if d.doc_id not in contents.settled]
    accepted = [d.safe_name for d in key.documents if d.doc_id in contents.settled - contents.read]
    approved = {
        document.source_sha256
        for document, safe in zip(key.documents, contents.safe, strict=True)
        if _is_untouched(safe) and document.doc_id in contents.read
    }
    sources = frozenset(document.source_sha256 for document in key.documents) - approved
    sources |= contents.left_out_sources
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in payload.items()}
    verified = verify_log(study.audit, log_key, anchors_of(study, key=key))
    most = contents.policy.risk.left(contents.access)
    told = looks_told(key, look.findings, most)
    return (
        gate_consent(
            contents.consent, len(key.documents), contents.policy.release.what == "quotes"
        ),
        gates.gate_review(
            contents.policy.release.review == "required", unsettled, untouched, accepted
        ),
        gates.gate_no_original(
            key, texts, payload, (*contents.in_details, *contents.former), contents.allowed
        ),
        gate_residual(look, most, passed_before=bool(told) and told <= contents.passed),
        gates.gate_round_trip(contents.unrestored),
        gates.gate_no_secret(payload, sources, digests),
        gates.gate_hidden_places(_hidden_places(contents), _not_said(contents, payload)),
        gates.gate_papers(contents.names_in_papers),
        gates.gate_surrogates(key, _stands_at(contents)),
        gates.gate_log_and_key(verified.status, verified.findings),
        _small_counts(contents),
    )


def _is_untouched(safe: SafeTranscript) -> bool:
    """Whether nobody was hidden: at most there are blanks for what the file cannot hold."""
    return all(item.entity == GRAMMAR_TYPE for item in safe.replacements)


def _stands_at(contents: Contents) -> dict[int, str]:
    """By number of an entry, from 1, a file and line where its pseudonym stands."""
    safe_of = {one.id: one for one in contents.safe}
    name_of = {document.doc_id: document.safe_name for document in contents.key.documents}
    found: dict[int, str] = {}
    for item in contents.key.replacements:
        if item.entry + 1 not in found:
            line = line_of(safe_of[item.doc].text, item.safe_start)
            found[item.entry + 1] = f"{name_of[item.doc]}:{line}"
    return found


def _told(contents: Contents, look: SecondLook) -> frozenset[str]:
    """What this release tells and the gates bore: tokens for the next one (passed.py)."""
    risk, listed = contents.policy.risk, contents.data_list
    quasi = listed.quasi(risk.quasi) if listed is not None else QuasiTable((), (), ())
    least, most = risk.least(contents.access), risk.left(contents.access)
    return (
        looks_told(contents.key, look.findings, most)
        | rows_told(contents.key, quasi, least, contents.access)
        | facts_told(contents.key, contents.exposure.stated, least, contents.access)
    )


def _hidden_places(contents: Contents) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Each released file in its own format, read again, with what its reader would leave out."""
    handling = contents.policy.formats
    for document in contents.key.documents:
        data, name = contents.files[document.doc_id].data, document.safe_name
        yield name, _with_words(read_file(data, name, name, handling, document.encoding))
    for project in contents.projects:
        yield project.name, _with_words(project.reading)
    for paper in contents.papers:
        yield paper.name, _with_words(read_file(paper.data, paper.name, paper.name, handling))


def _with_words(reading: Reading) -> Mapping[str, int]:
    """What a reader would leave out, but for numbers of programs, which an earlier build left."""
    return {kind: count for kind, count in reading.dropped.items() if kind != WITHOUT_WORDS}


def _unread(contents: Contents) -> Iterator[Finding]:
    """What a second reader finds in transcripts and papers that nobody read as words.

    Names of columns that the policy says are structure too: they lead to what is words.
    """
    formats = contents.policy.formats
    columns = "\n".join((*formats.speech, *formats.speaker))
    for document, safe in zip(contents.key.documents, contents.safe, strict=True):
        data = contents.files[document.doc_id].data
        said = f"{safe.text}\n{columns}"
        yield from unread(document.safe_name, data, said, document.encoding)
    for project in contents.projects:
        yield from unread(project.name, project.data, project.reading.text)
    for paper in contents.papers:
        yield from unread(paper.name, paper.data, paper.texts[0].text)


def _not_said(contents: Contents, payload: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """What released files say that nobody read as words."""
    forms = said_otherwise(payload, contents.policy.formats)
    return (*_unread(contents), *_on_pages(payload), *forms)


def _on_pages(payload: Mapping[str, bytes]) -> Iterator[Finding]:
    """What a reading version says that its paper does not."""
    for name in PAPERS:
        pages = payload.get(pdf_name(name))
        if pages is not None:
            yield from unread(pdf_name(name), pages, words_in(name, payload[name].decode("utf-8")))


def _small_counts(contents: Contents) -> GateResult:
    """G9, on the worst of the data list as it is released, the talk and an intruder."""
    risk, listed = contents.policy.risk, contents.data_list
    quasi = listed.quasi(risk.quasi) if listed is not None else QuasiTable((), (), ())
    lacking = [
        column
        for column in risk.sensitive
        if listed is not None
        and column in listed.columns
        and l_diversity(quasi, listed.column(column)) < risk.diversity
    ]
    least = risk.least(contents.access)
    told = rows_told(contents.key, quasi, least, contents.access)
    told |= facts_told(contents.key, contents.exposure.stated, least, contents.access)
    docs = {stem_of(document.safe_name): document.doc_id for document in contents.key.documents}
    return gates.gate_small_counts(
        quasi,
        least,
        contents.access,
        lacking,
        bool(told) and told <= contents.passed,
        tuple(contents.exposure.findings(least, docs, below(quasi, least))),
    )


def _info(facts: Facts, contents: Contents) -> dict[str, str]:
    return {
        "Bag-Software-Agent": f"redact {VERSION}",
        "Bagging-Date": facts.date,
        "External-Identifier": facts.name,
        "External-Description": counted(len(contents.safe), "pseudonymised interview transcript"),
        "Redaction-Policy": f"{contents.policy.name} {contents.policy.version}",
    }


def log_gate(log: AuditLog, result: GateResult) -> None:
    """Says in the log what a gate said: where, and what to do, but none of the words."""
    log.append(
        GateEvaluated(
            gate=str(result.gate),
            passed=result.passed,
            findings=len(result.findings),
            explained=dict(result.explained),
            places=None if result.passed else result.places(),
            remedy=None if result.passed else result.remedy,
        )
    )


def require_passed(results: tuple[GateResult, ...]) -> None:
    """GateRefused where a gate refuses: of the first one what it found, of others that they do."""
    refused = [result for result in results if not result.passed]
    if not refused:
        return
    first = refused[0]
    shown = "; ".join(finding.sentence() for finding in first.findings[:SHOWN])
    more = len(first.findings) - SHOWN
    others = f" (also refused: {', '.join(r.gate for r in refused[1:])})" if refused[1:] else ""
    raise GateRefused(
        f"the gate {first.gate} refuses the release{others}: {shown}"
        + (f" and {more} more" if more > 0 else ""),
        remedy=f"{first.remedy} Nothing was released.",
        gates=tuple(result.to_json() for result in results),
    )
