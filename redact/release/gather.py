"""Everything a release is made of, read from the study: texts, tables, papers, decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from redact.audit.reading import read_log
from redact.core import (
    DETAIL,
    NAMES,
    Action,
    Detection,
    Kept,
    Place,
    SafeTranscript,
    Source,
    Transcript,
)
from redact.core.consent import Audience
from redact.errors import Tampered
from redact.formats.beside import Beside, beside_the_text
from redact.formats.registry import read_file, safe_suffix, write_file
from redact.formats.text import read_bytes
from redact.policy import policy_digest
from redact.release.consented import audience_of, consented
from redact.release.contents import Contents
from redact.release.datalist import data_list
from redact.release.exposure import exposure_of
from redact.release.package import Paper
from redact.release.profiles import PROFILES
from redact.release.projects import joined_projects
from redact.release.provenance import runs_of
from redact.release.released import safe_transcripts
from redact.release.third_parties import third_parties
from redact.release.transcript_head import SpeakerLabel, participant_of, speaker_labels
from redact.review.agreement import Agreement, between
from redact.review.readings import readings
from redact.review.settle import first_readers, settled_documents
from redact.risk.residual import residual_names, with_case
from redact.study import records
from redact.study.description import documents_of, read_description
from redact.study.desk import Desk, decided_on
from redact.study.elsewhere import allowed_by
from redact.study.linkage import SafeFile, original, read_safe
from redact.study.memory import former_forms, let_go
from redact.study.records import DECISIONS, ENTITIES, MENTIONS
from redact.study.rulings import ReviewRow, in_force
from redact.study.state import read_state
from redact.transcript.words import fold


def gather(desk: Desk, profile: str = "plain", audience: Audience | None = None) -> Contents:
    """Everything a release is made of; Tampered if a safe transcript was edited.

    Of interviews whose participants did not agree to the `audience`, by default that of the access
    and the profile, nothing is in it. Raises BadInput if a paper that study.toml names cannot be
    read.
    """
    whole, description = desk, read_description(desk.study)
    chosen = consented(desk, audience or audience_of(description, profile))
    desk, docs = chosen.desk, {one.doc_id for one in chosen.desk.key.documents}
    consent = chosen.consent
    if consent.is_kept:
        consent = replace(consent, third_parties=third_parties(desk))
    files, unrestored = {}, []
    for document in desk.key.documents:
        files[document.doc_id] = read_safe(desk.study.safe, document, desk.policy.formats)
        try:
            original(desk.key, document, files[document.doc_id])
        except Tampered:
            unrestored.append(document.safe_name)
    found = records.read_detections(desk.study.work / MENTIONS)
    rulings = records.read_rulings(desk.study.rulings)
    seconds = records.read_rulings(desk.study.second)
    corrections = records.read_corrections(desk.study.corrections)
    everything = found
    decided = tuple(
        one for one in decided_on(whole, found, rulings, corrections) if one.transcript in docs
    )
    found = tuple(one for one in found if one.transcript in docs)
    kept = frozenset(let_go(rulings, corrections).kept)
    texts = {transcript.id: transcript.text for transcript in whole.transcripts}
    read = readings(desk)
    safe = safe_transcripts(desk.key, {doc: file.text for doc, file in files.items()})
    again = between(desk.transcripts, found, rulings, seconds, first_readers(desk))
    words = {doc: len(file.text.split()) for doc, file in files.items()}
    listed = data_list(desk.key, desk.interviews, desk.policy, PROFILES[profile], words)
    contents = Contents(
        policy=desk.policy,
        policy_data=desk.policy_data,
        policy_sha256=policy_digest(desk.policy_data),
        key=desk.key,
        transcripts=desk.transcripts,
        safe=safe,
        files=files,
        beside=_beside_texts(desk, files),
        kept={d.transcript: _with_kept(d, kept) for d in decided},
        interviews=desk.interviews,
        settled=settled_documents(desk),
        readings=read,
        unrestored=tuple(unrestored),
        in_details=_in_details(whole, everything, rulings),
        former=former_forms(whole.key, rulings, corrections, texts),
        took_part=_took_part(whole),
        data_list=listed if any(desk.interviews) else None,
        description=description,
        papers=_papers(desk, documents_of(desk.study, description)),
        projects=joined_projects(desk.key, files, desk.policy.formats),
        profile=PROFILES[profile],
        second_read=sum(bool(one.second_readers) for one in read),
        kappa=again.kappa if again.read else None,
        still_missed=_still_missed(again),
        only_second_look=_only_second_look(desk.transcripts, decided),
        allowed=allowed_by(desk.key.secret, rulings),
        passed=frozenset(read_state(desk.study).passed),
        consent=consent,
        left_out_sources=frozenset(
            one.source_sha256 for one in whole.key.documents if one.doc_id not in docs
        ),
        runs=runs_of(read_log(desk.log)),
        labels=_labels(desk, safe),
        chosen=_chosen(desk),
    )
    return replace(contents, exposure=exposure_of(desk, contents))


def _chosen(desk: Desk) -> dict[str, Action]:
    """By pseudonym what becomes of it, where a person chose something else than the policy."""
    label = {one.id: one.label for one in records.read_entities(desk.study.work / ENTITIES)}
    return {
        one.pseudonym: one.action
        for one in records.read_decisions(desk.study.work / DECISIONS)
        if one.entity in label and one.action != desk.policy.actions.of(label[one.entity])
    }


def _labels(desk: Desk, safe: tuple[SafeTranscript, ...]) -> dict[str, tuple[SpeakerLabel, ...]]:
    """By document its speakers' labels, where the policy has a use for them."""
    chosen = desk.policy.release
    if chosen.header == "cells" and chosen.speakers == "as typed":
        return {}
    entities = records.read_entities(desk.study.work / ENTITIES)
    shown = {d.entity: d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}
    return {
        one.id: speaker_labels(t, one, desk.roster, participant_of(t.id, entities, shown))
        for t, one in zip(desk.transcripts, safe, strict=True)
    }


def _with_kept(detection: Detection, kept: Collection[Place]) -> tuple[Kept, ...]:
    """What the transcript keeps, with the mentions that stand as they are by a person's word."""
    by_word = (Kept(m.place, "reviewer") for m in detection.mentions if m.place in kept)
    return tuple(sorted((*detection.kept, *by_word), key=lambda k: k.span))


def _took_part(desk: Desk) -> frozenset[tuple[str, ...]]:
    """Every form of the names of interviewees and of organisations where interviews were held."""
    held = {fold(row.organisation) for row in desk.interviews if row is not None}
    listed = [
        {fold(form) for form in entry.forms}
        for entry in desk.roster
        if (entry.kind == "PERSON" and (entry.interview or entry.interviewed_in))
        or (entry.kind == "ORG" and held.intersection(fold(form) for form in entry.forms))
    ]
    spoken = {
        fold(desk.words_of(m.place))
        for entity in records.read_entities(desk.study.work / ENTITIES)
        if entity.interviewed_in
        for m in entity.mentions
    }
    return frozenset().union(held, spoken, *listed) - {()}


def _still_missed(again: Agreement) -> str:
    if not again.read or not again.missed.says_enough:
        return ""
    missed = again.missed
    return (
        f"From what each of the two found, about {missed.missed:.1f} names are still missed in "
        f"these (95% interval {missed.low:.1f} to {missed.high:.1f}; Chapman's estimate)."
    )


def _only_second_look(
    transcripts: tuple[Transcript, ...], detections: tuple[Detection, ...]
) -> Counter[bool]:
    """Names that detection missed and a person marked, where the second look sees them too."""
    found: Counter[bool] = Counter()
    for transcript, detection in zip(transcripts, detections, strict=True):
        text = transcript.text
        added = [
            m for m in detection.mentions if m.label in NAMES and m.sources == (Source.REVIEWER,)
        ]
        if not added:
            continue
        rest = [(m.start, m.end) for m in detection.mentions if m not in added]
        seen = residual_names(text, [*rest, *((k.start, k.end) for k in detection.kept)])
        found[with_case(text)] += len(
            {
                fold(text[m.start : m.end])
                for m in added
                if any(one.start < m.end and m.start < one.end for one in seen)
            }
        )
    return found


def _papers(desk: Desk, named: dict[str, Path]) -> tuple[Paper, ...]:
    """The steward's papers under neutral names, with every text in them."""
    papers = []
    for slot, path in named.items():
        name = f"{slot.replace('_', '-')}{path.suffix.lower()}"
        reading = read_file(read_bytes(path), name, str(path), desk.policy.formats)
        written = write_file(reading, (), name, desk.policy.formats)
        name = f"{name.rpartition('.')[0]}{safe_suffix(name)}"
        texts = (Beside(None, written.text), *beside_the_text(written.reading, name))
        papers.append(Paper(name, written.data, texts))
    return tuple(papers)


def _beside_texts(desk: Desk, files: dict[str, SafeFile]) -> dict[str, tuple[Beside, ...]]:
    """By document, what stands in its safe file beside the text."""
    return {
        document.doc_id: tuple(beside_the_text(files[document.doc_id].reading, document.safe_name))
        for document in desk.key.documents
    }


def _in_details(
    desk: Desk, found: tuple[Detection, ...], rulings: tuple[ReviewRow, ...]
) -> tuple[tuple[str, str], ...]:
    """Kind and form of the mentions that gave way to a detail: the key has no entry of them."""
    held = in_force(rulings)
    return tuple(
        (mention.label, desk.words_of(mention.place))
        for detection in found
        for mention in detection.mentions
        if any(
            r.label == DETAIL and mention.place.overlaps(r.place)
            for r in held.get(detection.transcript, ())
        )
    )
