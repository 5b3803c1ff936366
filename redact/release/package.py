"""What a deposit holds besides the safe transcripts' own files: papers, metadata, texts.

Every text of it goes through the gates. A paper is written a second time without the steward's
words, so that the tool's own words in it are known from theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field

from redact.core import SafeTranscript, Span
from redact.formats.beside import Beside
from redact.release import crate, metadata
from redact.release.datalist import DataList, header_accounted, header_block
from redact.release.dataverse import dataset_json
from redact.release.ddi import ddi
from redact.release.metadata import Facts
from redact.release.released import Accounted, Cell, ReleasedText, keep_spans
from redact.release.transcript_head import (
    SpeakerLabel,
    head_accounted,
    relabelled,
    template_head,
)
from redact.release.zenodo import zenodo_json
from redact.study.description import Description
from redact.study.search import words_of

METADATA = "metadata"
DOCUMENTATION = "documentation"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that the steward adds: where it is put, its bytes, and everything it says."""

    name: str
    data: bytes = field(repr=False)
    texts: tuple[Beside, ...] = field(repr=False)  # the text and what stands beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """What the policy chose for heads and labels, with what a transcript has of them."""

    header: str
    speakers: str
    study: str
    labels: tuple[SpeakerLabel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A text file of the release, and the words in it that are the tool's own.

    `template` is what it says whatever the study; `sure` are stretches that a decision explains.
    """

    name: str
    text: str = field(repr=False)
    ours: frozenset[str] = field(default=frozenset(), repr=False)
    strict: bool = False
    template: str = field(default="", repr=False)
    sure: tuple[Accounted, ...] = ()
    cells: tuple[Cell, ...] = ()

    def released(self, sure: tuple[Accounted, ...]) -> ReleasedText:
        """As the gates read it, with all that decisions explain in it."""
        return ReleasedText(
            self.name,
            self.text,
            sure=sure,
            ours=self.ours,
            strict=self.strict,
            template=self.template,
            cells=self.cells,
        )


def described(
    description: Description, facts: Facts, sizes: Mapping[str, int], listed: DataList | None
) -> list[Made]:
    """The metadata files; GateRefused where the description does not fit a schema.

    `sizes` are in bytes, by name of every other file.
    """
    names = tuple(sizes)

    def twice(name: str, write: Callable[[Description], str]) -> Made:
        empty = without(write(Description()), (facts.policy,))
        return Made(name=name, text=write(description), ours=words_of(empty), template=empty)

    made = [
        twice(
            f"{METADATA}/datacite.json",
            lambda d: metadata.datacite_json(metadata.datacite(d, facts)),
        ),
        twice(
            f"{METADATA}/datacite.xml", lambda d: metadata.datacite_xml(metadata.datacite(d, facts))
        ),
        twice(f"{METADATA}/ddi-codebook.xml", lambda d: ddi(d, facts, names)),
        twice(f"{METADATA}/dublin-core.xml", lambda d: metadata.dublin_core(d, facts)),
        twice("ro-crate-metadata.json", lambda d: crate.ro_crate(d, facts, sizes)),
    ]
    if facts.archive == "Zenodo":
        made.append(twice(f"{METADATA}/zenodo.json", lambda d: zenodo_json(d, facts)))
    if facts.archive in ("", "Qualitative Data Repository"):  # whose catalogue is a Dataverse
        made.append(twice(f"{METADATA}/dataset.json", lambda d: dataset_json(d, facts)))
    if listed is not None:
        meanings = listed.meanings()
        made.append(
            twice(
                "datapackage.json",
                lambda d: crate.data_package(d, facts, meanings, "interview"),
            )
        )
    return made


def documented(
    description: Description,
    notes: Callable[[Description], str],
    methods: str,
    log: str,
    reading: str,
    policies: Iterable[str],
) -> list[Made]:
    """The papers that the tool writes; `policies` are names in them that people gave."""
    named = tuple(policies)
    empty = notes(Description())
    return [
        Made(
            name=f"{DOCUMENTATION}/{name}",
            text=text,
            ours=words_of(bare),
            template=bare,
        )
        for name, text in (
            ("anonymisation-log.csv", log),
            ("methods.md", methods),
            ("reading.csv", reading),
        )
        for bare in (without(text, named),)
    ] + [
        Made(
            name=f"{DOCUMENTATION}/transcription-notes.md",
            text=notes(description),
            ours=words_of(empty),
            template=empty,
        )
    ]


def without(text: str, said: Iterable[str]) -> str:
    """The text with each of these left out, the longest first."""
    for one in sorted(filter(None, said), key=len, reverse=True):
        text = text.replace(one, "\n")
    return text


def as_text(
    name: str,
    safe: SafeTranscript,
    sure: tuple[Accounted, ...],
    listed: DataList | None,
    terms: tuple[str, ...],
    pseudonyms: Container[str],
    speaking: Speaking | None = None,
) -> tuple[bytes, ReleasedText]:
    """A transcript as plain text under its head, and what the gates are to read.

    Where codes of speakers become one scheme the gates read them as they were typed: what stands
    there instead are our own words and pseudonyms.
    """
    stem = name.rpartition("/")[2].rpartition(".")[0]
    row = listed.row_of(stem) if listed is not None else {}
    if speaking is not None and speaking.header == "template":
        one = speaking.speakers == "one scheme"
        header = template_head(speaking.study, stem, row, speaking.labels, one)
        ours = head_accounted(header, pseudonyms)
    else:
        header = header_block(row, listed.columns) if listed is not None else ""
        ours = tuple(header_accounted(header, pseudonyms))
    shift = len(header)
    moved = tuple(Accounted(Span(a.span.start + shift, a.span.end + shift), a.reason) for a in sure)
    moved = (*keep_spans(header, terms), *ours, *moved)
    said = safe.text
    if speaking is not None and speaking.speakers == "one scheme":
        said = relabelled(safe.text, speaking.labels)
    words = words_of("interview file nation organisation role year gender")
    return (header + said).encode("utf-8"), ReleasedText(
        name,
        header + safe.text,
        sure=moved,
        ours=words,
        is_transcript=True,
        doc=safe.id,
        shift=shift,
    )
