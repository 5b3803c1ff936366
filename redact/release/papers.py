"""The papers of a deposit: anonymisation log, statement of methods, notes on the transcripts.

They say by kind and rule what was replaced, and never what was there.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from redact.core import DETAIL, LABELS, Action, Label
from redact.custody.payload import GRAMMAR_TYPE, LinkageKey
from redact.policy import Policy, load_policy, policy_folder
from redact.release.consented import NOT_RECORDED, ConsentStanding
from redact.release.datalist import released_name
from redact.release.how_it_reads import BECAME, KINDS, becomes, listed, marks_of
from redact.rendering import counted
from redact.study.description import Description

LOG_COLUMNS = ("file", "kind", "rule", "decided_by", "places", "different_ones")
NOTHING_CHOSEN: Mapping[str, Action] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Methods:
    """How the work was done, in figures, for the statement of methods."""

    transcripts: int
    words: int
    reading: str  # who read them, as the log has it
    second_read: int
    kappa: float | None
    still_missed: str  # an estimate with its interval, or ""
    back: str  # what leads back to people, as it was measured
    tool: str
    policy: str
    chosen: int = 0  # of how many different ones people chose something else than the policy


def anonymisation_log(
    key: LinkageKey, policy: Policy, as_text: bool, chosen: Mapping[str, Action] = NOTHING_CHOSEN
) -> str:
    """A row for each file, kind and rule: how many places, of how many different ones.

    `chosen` is by pseudonym what a person chose to become of it.
    """
    places: Counter[tuple[str, str, str, str]] = Counter()
    ones: dict[tuple[str, str, str, str], set[int]] = {}
    name = {document.doc_id: document.safe_name for document in key.documents}
    for item in key.replacements:
        entry = key.entries[item.entry]
        row = (
            f"transcripts/{released_name(name[item.doc], as_text)}",
            *rule_of(entry.type, policy, chosen.get(entry.pseudonym)),
            entry.decided_by,
        )
        places[row] += 1
        ones.setdefault(row, set()).add(item.entry)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(LOG_COLUMNS)
    order = (*LABELS, DETAIL, GRAMMAR_TYPE)
    for row in sorted(places, key=lambda r: (r[0], order.index(r[1]), r[2:])):
        writer.writerow([*row, places[row], len(ones[row])])
    return out.getvalue()


def rule_of(kind: str, policy: Policy, chosen: Action | None = None) -> tuple[str, str]:
    """The kind, and by which rule of the policy, or by what a person chose, it was replaced."""
    if kind == GRAMMAR_TYPE:
        return (
            kind,
            "an article or ending beside a replacement, or a sign that no Word file can hold",
        )
    if chosen is not None:
        return kind, f"{chosen}, as a person chose: {BECAME[chosen]}"
    action = policy.actions.of(cast(Label, kind))
    return kind, f"{action}: {BECAME[action]}"


def methods_statement(
    work: Methods,
    replaced: Mapping[str, int],
    entities: Mapping[str, int],
    policy: Policy,
) -> str:
    """Ready to paste into a paper: what was done, by what, how it was checked."""
    said = [
        f"{replaced[label]} {KINDS[label]} ({entities.get(label, 0)} different ones) by "
        f"{becomes(policy.actions.of(label))}"
        for label in (*LABELS, DETAIL)
        if replaced.get(label)
    ]
    lines = [
        "# Statement of methods",
        "",
        f"{_all_of(work)} pseudonymised with "
        f"{work.tool} under the policy {work.policy}, which is part of this deposit. It replaced "
        f"{listed(said)}. One person, place or organisation has one pseudonym in all of them, "
        "as far as it was recognised."
        + (
            f" Of {work.chosen} of what was found people chose something else."
            if work.chosen
            else ""
        ),
        "",
        work.reading,
    ]
    if work.second_read:
        agreed = f" (Cohen's kappa {work.kappa:.2f})" if work.kappa is not None else ""
        lines += [
            "",
            f"{work.second_read} of them were read a second time, so the log has it under another "
            f"person's name; the page showed them without the first one's decisions{agreed}. "
            f"{work.still_missed}".rstrip(),
        ]
    lines += [
        "",
        "The key that leads from pseudonyms to names is encrypted and is kept by the depositor. "
        f"{work.back}",
        "",
        "Every step is in a signed log of the depositor's; its state at the time of this release "
        "lies beside this deposit. Before the release the software searched every file of it for "
        "every form of every name in the key, and found none that a recorded decision does not "
        "explain.",
        "",
    ]
    return "\n".join(lines)


def transcription_notes(
    description: Description,
    policy: Policy,
    header: bool,
    consent: ConsentStanding = NOT_RECORDED,
) -> str:
    """What a reader needs to read the transcripts: how they were made, what brackets mean."""
    marks = [
        *(f"- {mark}" for mark in marks_of(policy)),
        "- `[detail removed]`, or words in brackets that are no label: a person took out or "
        "reworded what would have told who somebody is.",
        "- Other brackets, such as `[laughs]`, are the transcriber's.",
        "- `GRAMMAR` in the anonymisation log: no name stood there. An article or an ending beside "
        "a replacement was set right (`an` before `[Organisation 2]`), or a sign left out that no "
        "Word file can hold.",
    ]
    said = description.transcription or "The depositor has not said how they were transcribed."
    lines = ["# Notes on the transcripts", "", said, "", "## What brackets mean", "", *marks]
    lines += ["", "## What people agreed to", "", consent.sentence()]
    if description.consent_note:
        lines += ["", description.consent_note]
    if header and policy.release.header == "template":
        lines += [
            "",
            "Above each transcript stand the study, its cells in `interviews.csv` and who "
            "speaks under which label.",
        ]
    elif header:
        lines += ["", "Above each transcript stand the cells of its row in `interviews.csv`."]
    if policy.release.speakers == "one scheme":
        lines += [
            "",
            "Where a transcript is plain text, codes of its speakers were replaced by "
            "`Interviewer` and the participant's pseudonym, as far as it was known whose they are.",
        ]
    return "\n".join([*lines, ""])


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRelease:
    """A release that a new one is compared with: `how` says who has it, `files` are SHA-512.

    `left_out` counts its transcripts that consent lets go out no more; their files are not in it.
    """

    name: str
    how: str
    files: Mapping[str, str]
    left_out: int = 0


def changes(before: EarlierRelease, now: Mapping[str, bytes]) -> str:
    """What is new, different or gone since an earlier release, file by file.

    What says nothing but counts and dates is left out. Transcripts that consent took out are
    counted, and not named.
    """
    earlier = before.files
    of_every_release = ("redaction-summary.json", "ro-crate-metadata.json", "metadata/prov.json")
    digests = {name: hashlib.sha512(data).hexdigest() for name, data in now.items()}
    groups = (
        ("New", [name for name in digests if name not in earlier]),
        ("Changed", [n for n, d in digests.items() if n in earlier and earlier[n] != d]),
        ("Gone", [name for name in earlier if name not in digests]),
    )
    since = f"`{before.name}`, {before.how}" if before.how else f"`{before.name}`"
    lines = ["# Changes", "", f"Since the release {since}."]
    if before.left_out:
        gone = counted(before.left_out, "transcript")
        lines += ["", f"Left out since, for what was agreed to: {gone}. We do not say which."]
    for title, names in groups:
        told = sorted(n for n in names if n not in of_every_release and "/changes." not in n)
        if told:
            lines += ["", f"## {title}", "", *(f"- `{name}`" for name in told)]
    return "\n".join([*lines, ""]) if len(lines) > 3 else "\n".join([*lines, "", "None.", ""])


def _chosen(count: int) -> str:
    return f"Of {count} of what was found people chose something else."


def _all_of(work: Methods) -> str:
    long = f"(about {work.words:,} words)"
    if work.transcripts == 1:
        return f"The transcript {long} was"
    return f"The {work.transcripts:,} transcripts {long} were"


@cache
def shipped_policies() -> str:
    """The policies that come with redact, one after the other: words of ours, not of a study."""
    paths = sorted(policy_folder().glob("*.toml"))
    return "\n".join(load_policy(path)[1].decode("utf-8") for path in paths)


def shipped_comments() -> str:
    """The comments of the policies that come with redact."""
    return "\n".join(line.partition("#")[2] for line in shipped_policies().splitlines())
