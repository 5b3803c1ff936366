"""What a release says of itself: README, data list, redaction summary. No originals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from redact.core import DETAIL, LABELS
from redact.policy import Policy
from redact.release.consented import ConsentStanding
from redact.release.how_it_reads import marks_of, what_was_replaced
from redact.release.metadata import Facts, published_by, title_of, year_of
from redact.release.reading import ReadingTally, status_of
from redact.rendering import render
from redact.study.description import Description

_AS_TEXT = "as plain text, under the cells of its row in interviews.csv"
_AS_BROUGHT = "in the format it was brought in, a PDF or `.rtf` as `.docx`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts of one release. Keys are labels, policy terms and neutral names only."""

    policy: str
    policy_sha256: str
    read: ReadingTally
    nations: Mapping[str, int]
    replaced: Mapping[str, int]
    by_transcript: Mapping[str, Mapping[str, int]]
    entities: Mapping[str, int]
    kept: Mapping[str, int]
    explained: Mapping[str, int]
    gates: Mapping[str, str]
    tool: str
    consent: ConsentStanding = ConsentStanding()  # noqa: RUF009 frozen


def write_readme(
    summary: Summary,
    policy: Policy,
    notice: str,
    description: Description,
    facts: Facts,
    as_text: bool,
    others: bool = False,
    projects: bool = False,
    back: str = "",
    listed: str = "data list",
    restricted: bool = False,
    form_folder: str = "",
    consent: str = "",
    chosen: int = 0,
) -> str:
    """The README for the reader of the corpus; who read it, by the log, stands on its face.

    `as_text` says that transcripts are plain text under a header, `others` that some stand in their
    own format as well, `projects` that coded projects are there, `back` what leads back to people,
    `listed` what the archive calls the table of interviews, `restricted` that there is a log for
    those who may have the transcripts, `form_folder` where they lie for a word processor,
    `consent` what is said of what people agreed to, `chosen` of how many names or identifiers
    people chose something else than the policy.
    """
    return render(
        "redact.release",
        "README.md",
        title=title_of(description, facts),
        status=status_of(summary.read),
        notice=notice,
        about=_about(description, facts),
        count=sum(summary.nations.values()),
        nations=", ".join(f"{nation}: {count}" for nation, count in summary.nations.items()),
        replaced=_replaced(summary),
        replacing=what_was_replaced(policy),
        marks=marks_of(policy),
        kept=bool(summary.kept),
        chosen=chosen,
        one_scheme=as_text and policy.release.speakers == "one scheme",
        form=_AS_TEXT if as_text else _AS_BROUGHT,
        others=others,
        projects=projects,
        back=back,
        listed=listed,
        pages=bool(facts.archive),
        restricted=restricted,
        form_folder=form_folder,
        consent=consent,
        policy=summary.policy,
        contact=description.contact,
    )


@dataclass(frozen=True, slots=True)
class ReplacedKind:
    """How many places of a label were replaced, and how many different ones they mean."""

    label: str
    places: int
    entities: int


def _replaced(summary: Summary) -> tuple[ReplacedKind, ...]:
    """A row a label that has any, in the order of the labels."""
    return tuple(
        ReplacedKind(label, summary.replaced[label], summary.entities.get(label, 0))
        for label in (*LABELS, DETAIL)
        if summary.replaced.get(label)
    )


def as_page(readme: str, title: str) -> str:
    """The README as a page that opens in a browser: self-contained, nothing in it is run."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(readme)
    return render("redact.release", "page.html", title=title, body=body)


def _about(description: Description, facts: Facts) -> tuple[str, ...]:
    """Paragraphs: what it is, how to cite it, who may have it; as far as the steward has said."""
    names = "; ".join(one.name for one in description.creators)
    parts = [description.abstract]
    if names:
        parts.append(
            f"Cite it as: {names} ({year_of(description, facts)}). "
            f"{title_of(description, facts)}, version {description.version}. "
            f"{published_by(description, facts)}".strip()
            + "."
        )
    if facts.archive and description.institution:
        parts.append(f"Deposited by {description.institution} for {facts.archive}.")
    told = [f"Access: {facts.access_words}."]
    told += [description.access_reason] if description.access_reason else []
    told += [f"Terms: {description.licence}."] if description.licence else []
    told += [f"Not before {description.embargo}."] if description.embargo else []
    parts.append(" ".join(told))
    return tuple(part for part in parts if part)


def write_summary(summary: Summary) -> str:
    """The redaction summary as JSON."""
    body = {
        "format": "redact-summary/1",
        "tool": summary.tool,
        "policy": summary.policy,
        "policy_sha256": summary.policy_sha256,
        "reviewed_by_a_person": summary.read.all_on_page,
        "reading": summary.read.to_json(),
        "consent": summary.consent.to_json(),
        "transcripts": sum(summary.nations.values()),
        "nations": dict(summary.nations),
        "replaced": dict(summary.replaced),
        "entities": dict(summary.entities),
        "kept": dict(summary.kept),
        "occurrences_explained": dict(summary.explained),
        "gates": dict(summary.gates),
        "by_transcript": {name: dict(counts) for name, counts in summary.by_transcript.items()},
    }
    return json.dumps(body, indent=2, ensure_ascii=False, sort_keys=False) + "\n"
