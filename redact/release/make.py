"""From a replaced study to a release: asked for completely, built aside, put in place, told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from redact.audit.events import ReleaseCreated, RunFinished
from redact.audit.log import AuditLog
from redact.audit.reading import read_log
from redact.audit.releases import made_releases
from redact.chain import find_mentions
from redact.core import DOUBTFUL, Source, Transcript
from redact.detect.key_search import KeySearch
from redact.errors import BadInput, GateRefused, RedactError, Tampered
from redact.formats.registry import read_file
from redact.formats.text import read_bytes
from redact.release.bag import bag_digest, verify_bag
from redact.release.build import Released, make_release
from redact.release.called import free_name, require_name, require_nameless_policy
from redact.release.consented import Condition, NotAgreed, audience_of, consented
from redact.release.contents import Contents
from redact.release.datalist import ordered, without_names
from redact.release.findings import Finding
from redact.release.fingerprint import earlier_fingerprint, release_fingerprint
from redact.release.gates import forms_of
from redact.release.gather import gather
from redact.release.overriding import Override
from redact.release.papers import EarlierRelease
from redact.release.profiles import PROFILES, Item, ItemKind, checklist
from redact.release.terms import PROMISING, broken_promises, terms_items
from redact.review.readings import readings
from redact.review.settle import settled_documents
from redact.study.approval import require_approved
from redact.study.consent import record_consent, require_table_as_read
from redact.study.description import documents_of, read_description
from redact.study.desk import Desk, log_start
from redact.study.given import given_releases
from redact.study.hold import hold
from redact.study.nameless import require_nameless
from redact.study.search import line_of
from redact.study.state import (
    Releasing,
    StudyState,
    read_state,
    write_state,
)
from redact.transcript.assemble import Corpus
from redact.transcript.words import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseOutcome:
    """A release in place; `made` is False when an equal one was there already.

    `of_earlier_build` says that one was made by a build that took a settled transcript for read;
    `left_out` are interviews whose participants did not agree to it, `conditions` what others said.
    """

    folder: Path
    made: bool
    released: Released | None
    of_earlier_build: bool = False
    left_out: tuple[NotAgreed, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def note(self) -> str:
        """What is to be said behind the folder; nothing of a new one."""
        if self.made:
            return ""
        if not self.of_earlier_build:
            return " (already there, unchanged)"
        return (
            " (already there, by an earlier redact. Its papers may say of reading more than the "
            "log has: `redact release STUDY --name NEW` makes it anew)"
        )


def names_in_papers(desk: Desk, contents: Contents) -> tuple[Finding, ...]:
    """Where detection is sure of a person in a paper who is neither maker nor contact."""
    texts = [Transcript(id=paper.name, text=paper.texts[0].text) for paper in contents.papers]
    if not texts:
        return ()
    said = contents.description
    makers = (one.name for one in (*said.creators, *said.contributors))
    known = " ".join([*makers, said.contact, said.institution])
    allowed = set(fold(known))
    detections = find_mentions(Corpus(tuple(texts)), desk.policy)
    text = {one.id: one.text for one in texts}
    return tuple(
        Finding(
            where=f"documentation/{m.transcript}",
            line=line_of(text[m.transcript], m.start),
            what="a person is named",
            form=m.label,
            span=m.span,
        )
        for detection in detections
        for m in detection.mentions
        if m.label == "PERSON"
        and m.score >= DOUBTFUL
        and m.sources != (Source.SPEAKER_LABEL,)
        and not set(fold(text[m.transcript][m.start : m.end])) <= allowed
        and not contents.allowed.has(
            f"documentation/{m.transcript}", text[m.transcript][m.start : m.end]
        )
    )


def may_go_out(desk: Desk, profile: str = "plain") -> Desk:
    """The study without the interviews whose participants did not agree to such a release."""
    return consented(desk, audience_of(read_description(desk.study), profile)).desk


def wanted(desk: Desk, profile: str) -> tuple[Item, ...]:
    """The archive's list for this study, with what is there and what is not."""
    description, desk = read_description(desk.study), may_go_out(desk, profile)
    unsettled = len(desk.key.documents) - len(settled_documents(desk))
    papers = documents_of(desk.study, description)
    items = checklist(
        PROFILES[profile],
        description,
        papers,
        ordered(desk.policy.release.columns, PROFILES[profile].columns)
        if any(desk.interviews)
        else None,
        unsettled,
        sum(not one.is_read for one in readings(desk)),
    )
    try:
        return (*items, *_agreeing(desk, profile))
    except BadInput as error:
        cannot = f"A paper that can be read: {error.where} cannot ({error.what})"
        unread = Item(kind=ItemKind.PAPER, what=cannot, there=False, remedy=error.remedy)
        return (*items, unread, *terms_items(PROFILES[profile], description, ()))


def _agreeing(desk: Desk, profile: str) -> tuple[Item, ...]:
    """Whether licence, contact and what people were promised agree with the access.

    Raises BadInput for a paper that cannot be read.
    """
    description = read_description(desk.study)
    read = _read_papers(desk, documents_of(desk.study, description))
    broken = broken_promises(read, description, datetime.now(UTC).date())
    return terms_items(PROFILES[profile], description, broken)


def _read_papers(desk: Desk, papers: Mapping[str, Path]) -> dict[str, str]:
    """By slot what the papers say that promise something, without the names of the key.

    Raises BadInput for one that cannot be read.
    """
    search = KeySearch(forms_of(desk.key))
    return {
        slot: without_names(
            read_file(read_bytes(path), path.name, str(path), desk.policy.formats).text, search
        )
        for slot, path in papers.items()
        if slot in PROMISING and path.is_file()
    }


def counts_items(desk: Desk) -> tuple[Item, ...]:
    """Whether list, talk and intruder leave the k the policy asks for the access: as G9 asks."""
    try:
        contents = gather(desk)
    except BadInput as error:  # a paper: the list has said which
        return (
            Item(
                kind=ItemKind.PAPER,
                what="k, which is counted once all papers can be read",
                there=False,
                remedy=error.remedy,
            ),
        )
    risk, seen = desk.policy.risk, contents.exposure
    least = risk.least(contents.access)
    listed = f"the data list has {seen.k}" if seen.k else "there is no data list"
    worst = seen.measures()[:1]
    told = "; ".join(f"{one.what}: k {one.k}, {one.how}" for one in worst) or "nothing to measure"
    remedy = "Group, leave out or bracket what tells; or choose another access."
    command = "`redact risk` says what would help. Two people may also override G9."
    return (
        Item(
            kind=ItemKind.RISK,
            what=f"k {least} for {contents.access} access ({listed})",
            there=not seen.k or seen.k >= least,
            remedy=remedy,
            command=command,
        ),
        Item(
            kind=ItemKind.RISK,
            what=f"k {least} by the worst measure ({told})",
            there=all(one.k >= least for one in worst),
            remedy=remedy,
            command=command,
        ),
    )


def _require_complete(desk: Desk, profile: str) -> None:
    """GateRefused where the archive's list is not complete; without an archive nothing is asked but
    that licence and promises agree with the access."""
    plain = profile == "plain"
    items = _agreeing(desk, profile) if plain else wanted(desk, profile)
    missing = [item for item in items if item.must and not item.there]
    if missing:
        wants = "what was said does not agree" if plain else f"{PROFILES[profile].title} wants more"
        raise GateRefused(
            f"{wants}: {'; '.join(item.what for item in missing[:5])}"
            + (f" and {len(missing) - 5} more" if len(missing) > 5 else ""),
            remedy="Nothing was released.",
            command="`redact release --check` says what to do for each.",
        )


def release(
    desk: Desk,
    name: str | None = None,
    profile: str = "plain",
    override: Override | None = None,
) -> ReleaseOutcome:
    """Releases the study as it stands, or gives the equal release that is already there."""
    with hold(desk.study, desk.seen) as log:
        try:
            return _release(log, desk, name, profile, override)
        except GateRefused as refused:
            refused.own_names = {d.safe_name: d.source_name for d in desk.key.documents}
            raise


def _release(
    log: AuditLog, desk: Desk, name: str | None, profile: str, override: Override | None
) -> ReleaseOutcome:
    state = read_state(desk.study)
    require_table_as_read(desk)
    record_consent(log, desk)
    require_approved(desk, read_description(desk.study).access or "team")
    _require_complete(desk, profile)
    contents = gather(desk, profile)
    fingerprint = release_fingerprint(contents)
    equal = (fingerprint, earlier_fingerprint(contents))
    for earlier, earlier_print in state.releases.items():
        same = earlier_print in equal and name in (None, earlier)
        if same and (desk.study.releases / earlier).is_dir():
            return ReleaseOutcome(
                folder=desk.study.releases / earlier,
                made=False,
                released=None,
                of_earlier_build=earlier_print != fingerprint,
                left_out=contents.consent.left_out,
                conditions=contents.consent.conditions,
            )
    begun = state.releasing
    if begun and begun.fingerprint == fingerprint and name in (None, begun.name):
        under_way = (desk.study.releases / begun.name).is_dir()
        if under_way:
            return _finish(log, desk, state, begun)
    require_nameless_policy(desk)
    chosen = name or free_name(desk, desk.policy.name)
    require_name(desk, chosen)
    require_nameless(desk.key, override.reason if override else "", "--reason")
    contents = replace(
        contents,
        earlier=_without(_last_for(desk, profile, [*state.releases]), contents.consent.left_out),
        names_in_papers=names_in_papers(desk, contents),
    )
    log_start(log, desk, "release")
    begun = Releasing(chosen, fingerprint)
    if not (desk.study.releases / chosen).exists():
        state = write_state(log, desk.study, state, replace(state, releasing=begun))
    try:
        released = make_release(desk.study, log, contents, chosen, desk.identity.log_key, override)
    except RedactError as error:
        outcome = "refused" if isinstance(error, GateRefused) else "failed"
        log.append(RunFinished(command="release", outcome=outcome, exit=error.exit_code))
        raise
    log.append(RunFinished(command="release", outcome="done", exit=0))
    _made(log, desk, state, begun, released.told)
    return ReleaseOutcome(
        folder=released.folder,
        made=True,
        released=released,
        left_out=contents.consent.left_out,
        conditions=contents.consent.conditions,
    )


def _without(
    earlier: EarlierRelease | None, left_out: tuple[NotAgreed, ...]
) -> EarlierRelease | None:
    """The earlier release as if it had not had what is left out now: papers count that only."""
    if earlier is None or not left_out:
        return earlier
    stems = {one.safe_name.rpartition(".")[0] for one in left_out}
    files = {name: d for name, d in earlier.files.items() if PurePosixPath(name).stem not in stems}
    gone = {PurePosixPath(name).stem for name in earlier.files.keys() - files.keys()}
    return replace(earlier, files=files, left_out=len(gone))


def _last_for(desk: Desk, profile: str, names: list[str]) -> EarlierRelease | None:
    """What a release is compared with: the newest that its archive was given, or without an archive
    the newest one; None where there is none, or its folder is gone."""
    known = PROFILES[profile]
    if profile == "plain":
        ordered_names = [(name, "") for name in sorted(names, key=_when(desk))]
    else:
        meant = (profile, known.title, known.publisher)
        given = [one for one in given_releases(desk.log) if one.is_given_to(meant)]
        given.sort(key=lambda one: one.on)
        ordered_names = [(one.name, f"given to {known.title} on {one.on}") for one in given[-1:]]
    for name, how in reversed(ordered_names):
        manifest = desk.study.releases / name / "manifest-sha512.txt"
        if manifest.is_file():
            rows = (line.split("  ", 1) for line in manifest.read_text("utf-8").splitlines())
            files = {path.removeprefix("data/"): digest for digest, path in rows}
            return EarlierRelease(name=name, how=how, files=files)
    return None


def _when(desk: Desk) -> Callable[[str], int]:
    """By name of a release, the place of its making in the log."""
    made = made_releases(read_log(desk.log))
    return lambda name: made[name].entry if name in made else -1


def _made(
    log: AuditLog,
    desk: Desk,
    state: StudyState,
    done: Releasing,
    told: frozenset[str] | None = None,
) -> None:
    """The state with this release among those made, and none under way."""
    releases = {**state.releases, done.name: done.fingerprint}
    passed = state.passed if told is None else tuple(sorted(told))
    after = replace(state, releases=releases, releasing=None, passed=passed)
    write_state(log, desk.study, state, after)


def _finish(log: AuditLog, desk: Desk, state: StudyState, begun: Releasing) -> ReleaseOutcome:
    """A release that was in place when the machine stopped, now said in the log too."""
    name = begun.name
    folder = desk.study.releases / name
    report = verify_bag(folder, log.key)
    if report.problems:
        raise Tampered(
            f"this release was cut short and is not whole: {report.problems[0].sentence()}",
            where=str(folder),
            remedy="Delete it and make the release again.",
        )
    events = [entry.event for entry in read_log(desk.log)]
    created = [event for event in events if isinstance(event, ReleaseCreated)]
    digest = bag_digest(folder)
    if not created or created[-1].tagmanifest_sha512 != digest:
        log.append(ReleaseCreated(phase="done", name=name, tagmanifest_sha512=digest))
    log.append(RunFinished(command="release", outcome="done", exit=0))
    _made(log, desk, state, begun)
    return ReleaseOutcome(folder=folder, made=False, released=None)
