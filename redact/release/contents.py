"""What a release is made of: everything that goes out, as bytes and as the texts the gates read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from redact.core import DETAIL, LABELS, VERSION, Action, Interview, Kept, SafeTranscript, Transcript
from redact.custody.payload import LinkageKey
from redact.formats.beside import Beside
from redact.policy import Policy
from redact.release import package, papers
from redact.release.consented import ConsentStanding
from redact.release.datalist import DataList, released_name
from redact.release.depositor import depositor_names, depositor_spans
from redact.release.documents import Summary, as_page, write_readme, write_summary
from redact.release.findings import Finding, GateResult
from redact.release.forms import FOLDERS, Form, form_name, in_form
from redact.release.measures import Exposure, leads_back
from redact.release.metadata import Facts, title_of
from redact.release.occurrences import occurrences
from redact.release.package import DOCUMENTATION, METADATA, Made, Paper
from redact.release.papers import EarlierRelease
from redact.release.pdfa import reading_versions
from redact.release.profiles import PROFILES, Profile
from redact.release.projects import JoinedProject
from redact.release.provenance import LoggedRun, provenance
from redact.release.reading import (
    ReadingTally,
    reader_names,
    reading_statement,
    reading_table,
    tally,
)
from redact.release.released import OF_PROGRAMS, Accounted, ReleasedText, account_for, keep_spans
from redact.release.transcript_head import SpeakerLabel
from redact.review.readings import ReadingRecord
from redact.study.description import Description
from redact.study.elsewhere import NOTHING_STANDS, LetStand
from redact.study.linkage import SafeFile
from redact.study.search import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything a release is made of, in the order of the key's documents."""

    policy: Policy
    policy_data: bytes
    policy_sha256: str
    key: LinkageKey
    transcripts: tuple[Transcript, ...]
    safe: tuple[SafeTranscript, ...]
    files: Mapping[str, SafeFile]  # by document
    beside: Mapping[str, tuple[Beside, ...]]  # by document, what stands beside the text
    kept: Mapping[str, tuple[Kept, ...]]
    interviews: tuple[Interview | None, ...]
    settled: frozenset[str]
    readings: tuple[ReadingRecord, ...]
    unrestored: tuple[str, ...]
    in_details: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    former: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # kind and form, of G2
    took_part: frozenset[tuple[str, ...]] = field(default=frozenset(), repr=False)  # folded names
    description: Description = Description()  # noqa: RUF009 frozen
    papers: tuple[Paper, ...] = ()
    projects: tuple[JoinedProject, ...] = ()  # whose texts are transcripts here
    data_list: DataList | None = None  # the table of interviews, if there is one
    profile: Profile = PROFILES["plain"]
    earlier: EarlierRelease | None = None  # that this one is compared with
    names_in_papers: tuple[Finding, ...] = ()  # where a person is named in them
    second_read: int = 0
    kappa: float | None = None
    still_missed: str = ""
    # Names that only a person and a second look saw: in texts with case and in those without.
    only_second_look: Mapping[bool, int] = field(default_factory=dict)
    allowed: LetStand = NOTHING_STANDS  # what is no name beside the transcripts
    passed: frozenset[str] = frozenset()  # what an earlier release told already (passed.py)
    exposure: Exposure = Exposure()  # noqa: RUF009 frozen
    consent: ConsentStanding = ConsentStanding()  # noqa: RUF009 frozen
    left_out_sources: frozenset[str] = frozenset()  # SHA-256 of what consent leaves out
    runs: tuple[LoggedRun, ...] = ()  # of the program, as the log has them
    labels: Mapping[str, tuple[SpeakerLabel, ...]] = field(default_factory=dict)  # by document
    chosen: Mapping[str, Action] = field(default_factory=dict)  # by pseudonym, not as the policy

    @property
    def read(self) -> frozenset[str]:
        """Documents that somebody read, or said so: not those that were accepted unread."""
        return frozenset(one.doc for one in self.readings if one.is_read)

    @property
    def access(self) -> str:
        """Who may have it; until the steward says otherwise, who agrees with the depositor."""
        return self.description.access or "controlled"

    @property
    def form(self) -> Form | None:
        """As which files for a word processor the transcripts are released beside plain text."""
        chosen = self.policy.release.beside
        if not self.profile.as_text or chosen == "nothing":
            return None
        return self.profile.beside if chosen == "as the archive prefers" else chosen

    def with_names_in_papers(self, found: tuple[Finding, ...]) -> Contents:
        """The same, once the papers were searched for names."""
        return replace(self, names_in_papers=found)

    def facts(self, name: str, date: str) -> Facts:
        """What the metadata says of the release."""
        nations = dict(sorted(Counter(str(t.nation) for t in self.transcripts).items()))
        policy = f"{self.policy.name} {self.policy.version}"
        return Facts(
            name=name,
            date=date,
            nations=nations,
            policy=policy,
            tool=f"redact {VERSION}",
            access=self.access,
            archive=self.profile.publisher,
            archive_home=self.profile.home,
            archive_ror=self.profile.ror,
            access_called=self.consent.calls(self.profile.calls(self.access)),
        )


def payload_of(
    contents: Contents, facts: Facts
) -> tuple[dict[str, bytes], tuple[ReleasedText, ...]]:
    """The files of the release (the summary's gate words still missing) and their texts."""
    payload, texts, made = _files(contents, facts)
    for one in made:
        terms = contents.policy.keep.terms
        kept = keep_spans(one.text, terms) if one.strict else _accounted(one.text, contents)
        texts.append(one.released((*one.sure, *kept)))
    return payload, tuple(texts)


def files_of(contents: Contents, facts: Facts) -> dict[str, bytes]:
    """The files of the release made once more; nobody reads their texts."""
    return _files(contents, facts)[0]


def _files(
    contents: Contents, facts: Facts
) -> tuple[dict[str, bytes], list[ReleasedText], list[Made]]:
    """The files, the texts of transcripts and papers, and what the tool itself writes."""
    listed, language = contents.data_list, contents.description.language
    payload, texts = _transcripts(contents, facts, listed)
    for paper in contents.papers:
        name = f"{DOCUMENTATION}/{paper.name}"
        payload[name] = paper.data
        first, *beside = paper.texts
        named = [(name, first.text)]
        named += [(f"{name}, {said.part or 'beside its text'}", said.text) for said in beside]
        texts += [
            ReleasedText(where, text, sure=_accounted(text, contents), ours=OF_PROGRAMS)
            for where, text in named
        ]
    made = _written(contents, facts, listed)
    if contents.access != "open":
        made.append(occurrences(contents.key, contents.policy, texts, contents.chosen))
    sizes = {name: len(data) for name, data in payload.items()}
    sizes |= {one.name: len(one.text.encode("utf-8")) for one in made}
    pages = reading_versions({one.name: one.text for one in made}, facts, language)
    payload |= pages
    sizes |= {name: len(data) for name, data in pages.items()}
    made += package.described(contents.description, facts, dict(sorted(sizes.items())), listed)
    made.append(_of_the_run(contents, facts, texts))
    if contents.earlier:
        now = {**payload, **{one.name: one.text.encode("utf-8") for one in made}}
        told = papers.changes(contents.earlier, now)
        name = f"{DOCUMENTATION}/changes.md"
        made.append(Made(name=name, text=told, ours=words_of(told), template=told))
        payload |= reading_versions({name: told}, facts, language)
    for one in made:
        payload[one.name] = one.text.encode("utf-8")
    return payload, texts, made


def _of_the_run(contents: Contents, facts: Facts, texts: list[ReleasedText]) -> Made:
    """The run as PROV."""
    files = [one.name for one in texts if one.is_transcript]
    told = provenance(contents.runs, tally(contents.readings), facts, files)
    bare = package.without(told, (facts.policy, contents.policy.name))
    return Made(name=f"{METADATA}/prov.json", text=told, ours=words_of(bare), template=bare)


def _accounted(text: str, contents: Contents) -> tuple[Accounted, ...]:
    """What the policy keeps, and what the steward says of the depositor, in a paper or metadata."""
    kept = keep_spans(text, contents.policy.keep.terms)
    names = depositor_names(contents.description, contents.took_part)
    return kept + depositor_spans(text, names)


def _transcripts(
    contents: Contents, facts: Facts, listed: DataList | None
) -> tuple[dict[str, bytes], list[ReleasedText]]:
    """The safe files, and as plain text where the profile wants it."""
    payload: dict[str, bytes] = {}
    texts: list[ReleasedText] = []
    policy, profile = contents.policy, contents.profile
    pseudonyms = {entry.pseudonym for entry in contents.key.entries}
    speaking = {
        doc: package.Speaking(
            header=policy.release.header,
            speakers=policy.release.speakers,
            study=title_of(contents.description, facts),
            labels=labels,
        )
        for doc, labels in contents.labels.items()
    }
    for document, safe in zip(contents.key.documents, contents.safe, strict=True):
        sure = account_for(safe, contents.kept.get(document.doc_id, ()))
        folder = "transcripts"
        if profile.as_text:
            name = f"transcripts/{released_name(document.safe_name, as_text=True)}"
            payload[name], text = package.as_text(
                name, safe, sure, listed, policy.keep.terms, pseudonyms, speaking.get(safe.id)
            )
            texts.append(text)
            if form := contents.form:
                payload[form_name(name, form)] = in_form(payload[name].decode("utf-8"), form)
            if document.safe_name.endswith(".txt"):
                continue
            folder = "original-format"
        name = f"{folder}/{document.safe_name}"
        payload[name] = contents.files[document.doc_id].data
        texts.append(
            ReleasedText(name, safe.text, sure=sure, is_transcript=True, doc=document.doc_id)
        )
        for beside in contents.beside[document.doc_id]:
            where = f"{name}, {beside.part or 'beside its text'}"
            kept = keep_spans(beside.text, policy.keep.terms)
            texts.append(ReleasedText(where, beside.text, sure=kept, ours=OF_PROGRAMS))
    for project in contents.projects:
        payload[project.name] = project.data
        kept = keep_spans(project.rest, policy.keep.terms)
        texts.append(ReleasedText(project.name, project.rest, sure=kept, ours=OF_PROGRAMS))
    return payload, texts


def _written(contents: Contents, facts: Facts, listed: DataList | None) -> list[Made]:
    """What the tool writes about the release."""
    summary, policy = summary_of(contents, {}, ()), contents.policy
    as_text = contents.profile.as_text
    plain = all(d.safe_name.endswith(".txt") for d in contents.key.documents)
    others = as_text and not plain

    def readme(description: Description, notice: str) -> str:
        return write_readme(
            summary,
            policy,
            notice,
            description,
            facts,
            as_text,
            others,
            projects=bool(contents.projects),
            back=leads_back(contents.exposure),
            listed=contents.profile.list_called,
            restricted=contents.access != "open",
            form_folder=FOLDERS[contents.form] if contents.form else "",
            consent=contents.consent.sentence(),
            chosen=len(contents.chosen),
        )

    readers = reader_names(contents.readings, contents.key)
    words = {safe.id: len(safe.text.split()) for safe in contents.safe}
    files = {
        d.doc_id: f"transcripts/{released_name(d.safe_name, as_text)}"
        for d in contents.key.documents
    }
    work = papers.Methods(
        transcripts=len(contents.transcripts),
        words=sum(words.values()),
        reading=reading_statement(contents.readings, readers, words),
        second_read=contents.second_read,
        kappa=contents.kappa,
        still_missed=contents.still_missed,
        back=leads_back(contents.exposure),
        tool=facts.tool,
        policy=facts.policy,
        chosen=len(contents.chosen),
    )
    methods = papers.methods_statement(work, summary.replaced, summary.entities, policy)
    told = readme(contents.description, policy.release.notice)
    page = as_page(told, title_of(contents.description, facts))
    deciders = {entry.decided_by for entry in contents.key.entries}
    named = {summary.policy, policy.name, *deciders, *readers.values()}
    empty = package.without(readme(Description(), ""), named)
    ours = words_of(empty + write_summary(_EMPTY) + " ".join(_KINDS))
    page_of_ours = as_page(empty, "")
    made = [
        Made(name="README.md", text=told, ours=ours, template=empty),
        Made(
            name="README.html", text=page, ours=ours | words_of(page_of_ours), template=page_of_ours
        ),
        Made(
            name="policy.toml",
            text=contents.policy_data.decode("utf-8"),
            ours=words_of(papers.shipped_comments()),
            template=papers.shipped_policies(),
        ),
        Made(
            name="redaction-summary.json",
            text=write_summary(summary),
            ours=ours,
            template=package.without(write_summary(summary), named),
        ),
        *package.documented(
            contents.description,
            lambda d: papers.transcription_notes(
                d, policy, as_text and listed is not None, contents.consent
            ),
            methods,
            papers.anonymisation_log(contents.key, policy, as_text, contents.chosen),
            reading_table(contents.readings, readers, files),
            named,
        ),
    ]
    if listed is not None:
        ours_there = tuple(listed.accounted({entry.pseudonym for entry in contents.key.entries}))
        made.append(
            Made(
                name="interviews.csv",
                text=listed.csv(),
                strict=True,
                sure=ours_there,
                cells=listed.cells(),
            )
        )
    return made


_KINDS = (*LABELS, DETAIL)
_EMPTY = Summary(
    policy="",
    policy_sha256="",
    read=ReadingTally(),
    nations={},
    replaced={},
    by_transcript={},
    entities={},
    kept={},
    explained={},
    gates={},
    tool="",
)


def summary_of(
    contents: Contents, explained: Mapping[str, int], results: tuple[GateResult, ...]
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
    return Summary(
        policy=f"{contents.policy.name} {contents.policy.version}",
        policy_sha256=contents.policy_sha256,
        read=tally(contents.readings),
        nations=dict(sorted(Counter(t.nation for t in contents.transcripts).items())),
        replaced=_in_order(replaced),
        by_transcript={name: _in_order(c) for name, c in sorted(by_transcript.items())},
        entities=_in_order({label: len(numbers) for label, numbers in entities.items()}),
        kept=dict(sorted(kept.items())),
        explained=dict(sorted(explained.items())),
        gates={str(result.gate): _word(result) for result in results},
        consent=contents.consent,
        tool=f"redact {VERSION}",
    )


def _word(result: GateResult) -> str:
    if result.overridden:
        return "refused, and overridden in two people's names"
    return "passed" if result.passed else "refused"


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    return {label: counts[label] for label in _KINDS if counts.get(label)}
