"""A release of quotes: a document of approved passages, through the gates, as a signed bag."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from dataclasses import replace
from pathlib import Path

from redact.audit.consent_events import ReleaseHolds
from redact.audit.events import ReleaseCreated, RunFinished
from redact.audit.log import AuditLog
from redact.audit.reading import read_log
from redact.audit.releases import made_releases
from redact.audit.verify import verify_log
from redact.core import VERSION, Span
from redact.errors import GateRefused, RedactError, UsageError
from redact.formats import plain_word
from redact.formats.slots import WHOLE
from redact.release import gates
from redact.release.bag import bag_digest, build_bag, payload_digest, verify_bag
from redact.release.build import log_gate, require_passed
from redact.release.called import free_name, require_name
from redact.release.consented import ConsentStanding, ThirdParty, consented, gate_consent
from redact.release.contents import Contents
from redact.release.findings import GateResult
from redact.release.gather import gather
from redact.release.quotes import QuoteStanding, quotes_standing
from redact.release.released import PSEUDONYM, Accounted, ReleasedText, account_for
from redact.rendering import counted
from redact.study.anchors import anchors_of
from redact.study.approval import require_approved
from redact.study.consent import quotes_releases, record_consent, require_table_as_read
from redact.study.desk import Desk, log_start
from redact.study.hold import hold

_FILE = "quotes.md"
NOTICE = (
    "Passages of confidential interviews, for quoting in a publication. Each was chosen in a text "
    "from which names were taken, and approved by a person. Quote them as they stand here, labels "
    "included, and do not try to identify anyone."
)


def release_quotes(desk: Desk, name: str | None = None) -> Path:
    """A release of every approved quote; gives its folder, also where an equal one is there.

    Raises UsageError where none is approved or one is stale, and GateRefused where a gate refuses:
    then nothing is there, and nothing is half-recorded.
    """
    with hold(desk.study, desk.seen) as log:
        return _released(log, desk, name)


def _released(log: AuditLog, desk: Desk, name: str | None) -> Path:
    require_table_as_read(desk)
    record_consent(log, desk)
    _finish_begun(log, desk)
    require_approved(desk, "open")
    going = _going(desk)
    contents = gather(desk, audience="quotes")
    standing = consented(desk, "quotes").consent
    text = _text(contents, going)
    document = text.text.encode("utf-8")
    payload = {
        _FILE: document,
        "quotes.docx": plain_word.write({WHOLE: document}),
        "policy.toml": desk.policy_data,
    }
    digests = {file: hashlib.sha512(data).hexdigest() for file, data in payload.items()}
    whole = payload_digest(digests)
    if (known := _known(desk, whole)) is not None and name in (None, known.name):
        return known
    chosen = name or free_name(desk, "quotes")
    require_name(desk, chosen)
    if (desk.study.releases / chosen).exists():
        raise UsageError(
            "a release of this name exists already",
            where=chosen,
            remedy="Give another name with --name: releases are never overwritten.",
        )
    log_start(log, desk, "quotes release")
    try:
        results = _asked(log, desk, contents, standing, text, payload)
        require_passed(results)
        return _put(log, desk, chosen, going, payload, standing, results)
    except RedactError as error:
        outcome = "refused" if isinstance(error, GateRefused) else "failed"
        log.append(RunFinished(command="quotes release", outcome=outcome, exit=error.exit_code))
        raise


def _going(desk: Desk) -> tuple[QuoteStanding, ...]:
    """The approved quotes; UsageError where there is none, or an approved one is stale."""
    found = quotes_standing(desk)
    against = [one for one in found if one.quote.is_approved and one.state not in ("approved",)]
    if against:
        told = ", ".join(f"{one.quote.number} ({one.state})" for one in against)
        raise UsageError(
            f"approved quotes cannot go out any more: {told}",
            where="redact quotes release",
            remedy="Take each out (`redact quotes refuse STUDY NUMBER --by YOU --role steward`), "
            "and choose it anew where its text changed (`redact quotes add`).",
        )
    going = tuple(one for one in found if one.state == "approved")
    if not going:
        raise UsageError(
            "no quote is approved",
            where="redact quotes release",
            remedy="`redact quotes list` shows them, `redact quotes approve` approves one.",
        )
    return going


def _text(contents: Contents, going: tuple[QuoteStanding, ...]) -> ReleasedText:
    """The document, and where in it stands what decisions account for, and pseudonyms."""
    safe = {one.id: one for one in contents.safe}
    said = f"# Quotes\n\n{NOTICE}\n\n"
    sure: list[Accounted] = []
    for one in going:
        quote = one.quote
        there = account_for(safe[quote.doc], contents.kept.get(quote.doc, ()))
        start = quote.span.start
        for line in one.text.split("\n"):
            said += "> "
            kept = Span(start, start + len(line.rstrip()))
            sure += [_moved(known, kept, len(said)) for known in there if known.span.overlaps(kept)]
            said += f"{line.rstrip()}\n"
            start += len(line) + 1
        said += "\n— "
        if one.speaker:
            sure.append(Accounted(Span(len(said), len(said) + len(one.speaker)), PSEUDONYM))
        who = ", ".join(filter(None, (one.speaker or "a participant", one.told_role)))
        said += f"{who}\n\n"
    said = said.removesuffix("\n")
    return ReleasedText(_FILE, said, sure=tuple(sorted(sure)), is_transcript=True, template=NOTICE)


def _moved(known: Accounted, line: Span, to: int) -> Accounted:
    """As much of it as is in this line, where the line stands in the document."""
    begin, end = max(known.span.start, line.start), min(known.span.end, line.end)
    return Accounted(Span(to + begin - line.start, to + end - line.start), known.reason)


def _told_to_go(contents: Contents, text: ReleasedText) -> tuple[ThirdParty, ...]:
    """Whom a passage names of whom somebody decided that what is said of them may not stay.

    A passage says little of anybody, and a person approved it: nobody else is asked about.
    """
    return tuple(
        one
        for one in contents.consent.third_parties
        if one.stays is False and one.pseudonym in text.text
    )


def _asked(
    log: AuditLog,
    desk: Desk,
    contents: Contents,
    standing: ConsentStanding,
    text: ReleasedText,
    payload: dict[str, bytes],
) -> tuple[GateResult, ...]:
    """Every gate that a document of passages can be asked; each word is logged."""
    key = contents.key
    sources = frozenset(one.source_sha256 for one in desk.key.documents)
    verified = verify_log(desk.study.audit, desk.identity.log_key, anchors_of(desk.study, key=key))
    results = (
        gate_consent(
            replace(standing, third_parties=_told_to_go(contents, text)), len(key.documents), False
        ),
        gates.gate_no_original(
            key, (text,), payload, (*contents.in_details, *contents.former), contents.allowed
        ),
        gates.gate_round_trip(contents.unrestored),
        gates.gate_no_secret(
            payload, sources, {n: hashlib.sha256(data).hexdigest() for n, data in payload.items()}
        ),
        gates.gate_surrogates(key),
        gates.gate_log_and_key(verified.status, verified.findings),
    )
    for one in results:
        log_gate(log, one)
    return results


def _put(
    log: AuditLog,
    desk: Desk,
    name: str,
    going: tuple[QuoteStanding, ...],
    payload: dict[str, bytes],
    standing: ConsentStanding,
    results: tuple[GateResult, ...],
) -> Path:
    digests = {file: hashlib.sha512(data).hexdigest() for file, data in payload.items()}
    docs = tuple(sorted({one.quote.doc for one in going}))
    log.append(
        ReleaseHolds(name=name, audience="quotes", docs=docs, left_out=len(standing.left_out))
    )
    log.append(
        ReleaseCreated(
            phase="intent", name=name, files=len(payload), payload_sha512=payload_digest(digests)
        )
    )
    info = {
        "Bag-Software-Agent": f"redact {VERSION}",
        "Bagging-Date": log.last_time[:10],
        "External-Identifier": name,
        "External-Description": counted(len(going), "quote of interviews", "quotes of interviews"),
        "Redaction-Policy": f"{desk.policy.name} {desk.policy.version}",
    }
    staged = desk.study.work / f".{name}.{secrets.token_hex(6)}.tmp"
    cosigned = (log.cosigned(), log.cosigner_key())
    try:
        digest = build_bag(
            staged, payload, info, log.checkpoint(), log.signer, cosigned, log.last_inclusion
        )
        bag = gates.gate_bag(verify_bag(staged, log.key).problems)
        log_gate(log, bag)
        require_passed((*results, bag))
        target = desk.study.releases / name
        staged.rename(target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    log.append(ReleaseCreated(phase="done", name=name, tagmanifest_sha512=digest))
    log.append(RunFinished(command="quotes release", outcome="done", exit=0))
    return target


def _finish_begun(log: AuditLog, desk: Desk) -> None:
    """Says in the log that a release of quotes is done that was in place when a command died."""
    entries = read_log(desk.log)
    for name in sorted(quotes_releases(entries) - made_releases(entries).keys()):
        folder = desk.study.releases / name
        if folder.is_dir() and not verify_bag(folder, log.key).problems:
            log.append(
                ReleaseCreated(phase="done", name=name, tagmanifest_sha512=bag_digest(folder))
            )


def _known(desk: Desk, payload_sha512: str) -> Path | None:
    """A release of just these files that is there."""
    entries = read_log(desk.log)
    done = made_releases(entries)
    for one in (entry.event for entry in entries):
        if isinstance(one, ReleaseCreated) and one.payload_sha512 == payload_sha512:
            folder = desk.study.releases / one.name
            if one.name in done and folder.is_dir():
                return folder
    return None
