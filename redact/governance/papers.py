"""Drafts of papers that boards and funders ask for: each sentence with where it is from.

What a study's own files say is filled in; all else is marked as to be written by a person. The
headings follow the published templates, in our own words: the ICO's template for a data protection
impact assessment; Articles 4(5) and 89 of the UK GDPR; 45 CFR 46.111(a); and what funders' data
management plans ask (UKRI, NSF).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from redact.formats import plain_word
from redact.formats.slots import WHOLE
from redact.governance.explained import explain
from redact.governance.facts import GovernedStudy
from redact.release.pdfa import as_pdf
from redact.rendering import counted

PaperKind = Literal["dpia", "pseudonymisation-statement", "common-rule", "data-management-plan"]
Source = Literal["log", "policy", "key", "the file risk.json", "a person"]
TO_WRITE = "[to be written by a person] "


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence of a paper, and where it is from."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A heading with its sentences."""

    title: str
    sentences: tuple[Drafted, ...]


@dataclass(frozen=True, slots=True)
class DraftPaper:
    """A paper as far as a program can write it."""

    title: str
    sections: tuple[PaperSection, ...]


def draft(kind: PaperKind, facts: GovernedStudy, today: date) -> DraftPaper:
    """The draft of this paper; the same facts on the same day give the same words."""
    title, parts = _PAPERS[kind]
    return DraftPaper(
        f"{title}: {facts.name} (draft of {today.isoformat()})",
        tuple(PaperSection(heading, tuple(write(facts))) for heading, write in parts),
    )


_Write = Callable[[GovernedStudy], Iterator[Drafted]]


def _ask(*questions: str) -> _Write:
    """A part that only a person can write: what it must answer."""

    def write(_: GovernedStudy) -> Iterator[Drafted]:
        for question in questions:
            yield Drafted(TO_WRITE + question, "a person")

    return write


def _after(write: _Write, *questions: str) -> _Write:
    """What the study says, and then what a person must add."""

    def both(facts: GovernedStudy) -> Iterator[Drafted]:
        yield from write(facts)
        yield from _ask(*questions)(facts)

    return both


def _data(facts: GovernedStudy) -> Iterator[Drafted]:
    seen = facts.reading
    yield Drafted(
        f"The study has {counted(seen.of, 'interview transcript')}; work on it began on "
        f"{facts.began}.",
        "log",
    )
    if facts.withdrawn:
        yield Drafted(f"Transcripts were withdrawn {counted(facts.withdrawn, 'time')}.", "log")
    for one in facts.sent:
        yield Drafted(
            f"On {one.on} the texts of {counted(one.documents, 'transcript')}, names and all, left "
            f"the study's machine: they were sent to the cluster {one.scheduler}, one at a time, "
            "to be looked at there. The linkage key was not sent.",
            "log",
        )


def _hidden(facts: GovernedStudy) -> Iterator[Drafted]:
    said = explain(facts.policy)
    yield Drafted(f"The transcripts are made safe under the policy {said.title}.", "policy")
    for kind in said.kinds:
        yield Drafted(f"{kind.called}: {kind.means}", "policy")
    for sentence in said.stays:
        yield Drafted(f"Stays: {sentence}", "policy")


def _not_promised(facts: GovernedStudy) -> Iterator[Drafted]:
    for sentence in explain(facts.policy).not_promised:
        yield Drafted(f"Not promised: {sentence}", "policy")


def _kept_apart(facts: GovernedStudy) -> Iterator[Drafted]:
    if facts.destroyed:
        yield Drafted(
            f"The linkage key was destroyed on {facts.destroyed}; the copy cannot be led back "
            "with it any more.",
            "log",
        )
        return
    yield Drafted(
        "What leads back to people is in one encrypted linkage key, apart from every release, and "
        f"{counted(facts.custodians, 'custodian')} can open it.",
        "key",
    )
    if facts.policy.custody.two_people:
        yield Drafted("Two custodians together are needed to see an original.", "policy")
    yield Drafted(
        f"Originals were shown {counted(facts.looks, 'time')}; each look is in the audit log "
        "before it happens.",
        "log",
    )
    yield Drafted(
        f"That the key opens was tried last on {facts.last_drill}."
        if facts.last_drill
        else "It was not tried yet whether each custodian can open it.",
        "log",
    )
    yield Drafted(
        f"A signed checkpoint of the log was put elsewhere last on {facts.last_anchor}."
        if facts.last_anchor
        else "No checkpoint of the log was put elsewhere yet.",
        "log",
    )


def _read(facts: GovernedStudy) -> Iterator[Drafted]:
    seen = facts.reading
    yield Drafted(
        f"A person settled {seen.read} of {counted(seen.of, 'transcript')} as they are now"
        + (f"; {seen.unread} were accepted unread." if seen.unread else "."),
        "log",
    )


def _approved(facts: GovernedStudy) -> Iterator[Drafted]:
    for one in facts.approved:
        reference = f", {one.reference}" if one.reference else ""
        yield Drafted(
            f"The policy, as it is now, was approved by {one.by} ({one.role}{reference}) for "
            f"{one.access} access on {one.time[:10]}.",
            "log",
        )
    if not facts.approved:
        yield Drafted("The log has no approval of the policy as it is now.", "log")


def _residual(facts: GovernedStudy) -> Iterator[Drafted]:
    one = facts.measured
    if one is None:
        yield Drafted(TO_WRITE + "Run `redact risk`: there is no risk report yet.", "a person")
        return
    if not one.is_current:
        again = "Run `redact risk`: the safe texts or the policy changed since the last report."
        yield Drafted(TO_WRITE + again, "a person")
        return
    yield Drafted(
        f"About {one.names_left:g} names in 10,000 words of the safe texts may be left, by a "
        "second look and what is expected beside it.",
        "the file risk.json",
    )
    if one.k is not None:
        yield Drafted(
            f"In the data list each row is like at least {one.k - 1} others in what tells of "
            f"people (k {one.k}), for {one.access} access.",
            "the file risk.json",
        )
    if one.worst is not None:
        yield Drafted(
            f"By the worst measure of the list, the talk and an intruder, k is {one.worst}.",
            "the file risk.json",
        )


def _agreed(facts: GovernedStudy) -> Iterator[Drafted]:
    if facts.has_consent:
        yield Drafted(f"What participants agreed to is recorded: {facts.consent}.", "log")
    else:
        yield Drafted(f"{facts.consent[:1].upper()}{facts.consent[1:]}.", "log")


def _out(facts: GovernedStudy) -> Iterator[Drafted]:
    given = [one for one in facts.held if one.to]
    if not given:
        yield Drafted("No release was given to anybody yet.", "log")
    for one in given:
        terms = "; ".join(
            f"{name} {value}"
            for name, value in (
                ("for", one.purpose),
                ("under", one.agreement),
                ("access", one.access),
                ("until", one.until),
            )
            if value
        )
        yield Drafted(
            f"{one.to} was given {one.release} on {one.given}"
            + (f" ({terms})" if terms else "")
            + f": {one.state}.",
            "log",
        )
    if facts.incidents:
        yield Drafted(
            f"Something was found in a release {counted(facts.incidents, 'time')}; "
            f"{facts.open_incidents} of these are open.",
            "log",
        )


_PAPERS: Mapping[PaperKind, tuple[str, tuple[tuple[str, _Write], ...]]] = {
    "dpia": (
        "Data protection impact assessment",
        (
            (
                "Why an assessment is made",
                _ask("What is the project, and which of the criteria make an assessment needed?"),
            ),
            (
                "The processing",
                _after(
                    _data,
                    "Where were the interviews held, of whom, and what special categories may be "
                    "in them?",
                    "Where do the originals lie, who has access, and how long are they kept?",
                ),
            ),
            ("What becomes of the data", _hidden),
            (
                "Consultation",
                _after(
                    lambda f: iter([*_agreed(f), *_approved(f)]),
                    "Who was asked: participants, the data protection officer?",
                ),
            ),
            (
                "Necessity and proportion",
                _ask(
                    "What is the lawful basis, and for special categories the condition?",
                    "Why could the purpose not be reached with less?",
                ),
            ),
            (
                "Risks that remain",
                _after(
                    lambda f: iter([*_residual(f), *_not_promised(f)]),
                    "How likely and how severe is harm to somebody, and why?",
                ),
            ),
            ("Measures", lambda f: iter([*_kept_apart(f), *_read(f)])),
            ("Who has a copy", _out),
            ("Sign-off", _ask("Who accepts the risk that remains, and on which day?")),
        ),
    ),
    "pseudonymisation-statement": (
        "Statement on pseudonymisation (UK GDPR Articles 4(5) and 89)",
        (
            ("The data", _data),
            ("What was replaced", _hidden),
            ("What leads back, and how it is kept apart", _kept_apart),
            ("Reading by people", _read),
            (
                "What remains",
                _after(
                    lambda f: iter([*_residual(f), *_not_promised(f)]),
                    "Is the copy anonymous to those who have it? Say why, for each.",
                ),
            ),
            ("Who has a copy", _out),
        ),
    ),
    "common-rule": (
        "Privacy and confidentiality (45 CFR 46.111(a)(7))",
        (
            (
                "The study",
                _after(_data, "Which determination was made (exempt category, expedited, full)?"),
            ),
            ("How identities are protected", _hidden),
            ("How the code is kept", _kept_apart),
            ("Who approved it", _approved),
            ("What remains", lambda f: iter([*_residual(f), *_not_promised(f)])),
            (
                "Sharing",
                _after(
                    lambda f: iter([*_agreed(f), *_out(f)]),
                    "What did people agree to on broader use (46.116(b)(9)), and does it cover "
                    "this?",
                ),
            ),
        ),
    ),
    "data-management-plan": (
        "Data management plan: confidential interviews",
        (
            ("Data", _after(_data, "Formats, volume, and what else the study makes?")),
            ("Making it safe to share", _hidden),
            ("Quality", _read),
            ("Storage and security", _after(_kept_apart, "Where are backups, and who pays?")),
            (
                "Sharing and access",
                _after(_out, "Which archive, when, under which access and licence?"),
            ),
            (
                "Ethics and law",
                _after(
                    lambda f: iter([*_agreed(f), *_approved(f)]),
                    "Consent, lawful basis, third parties?",
                ),
            ),
            ("Responsibility", _ask("Who does what, during the project and after it?")),
        ),
    ),
}


def as_markdown(paper: DraftPaper) -> str:
    """With the source of each sentence behind it, in brackets."""
    lines = [f"# {paper.title}"]
    for section in paper.sections:
        lines += ["", f"## {section.title}", ""]
        for one in section.sentences:
            behind = "" if one.source == "a person" else f" *({one.source})*"
            lines.append(f"- {one.text}{behind}")
    return "\n".join(lines) + "\n"


def write(paper: DraftPaper, form: Literal["markdown", "docx", "pdf"], day: str) -> bytes:
    """The paper as a file of this form; `day` (YYYY-MM-DD) is the one that a PDF/A says."""
    if form == "docx":
        return as_docx(paper)
    text = as_markdown(paper)
    return as_pdf("paper.md", text, day) if form == "pdf" else text.encode("utf-8")


def as_docx(paper: DraftPaper) -> bytes:
    """The same words as a Word file, a paragraph a sentence."""
    lines = [paper.title, ""]
    for section in paper.sections:
        lines += [section.title.upper()]
        for one in section.sentences:
            behind = "" if one.source == "a person" else f" ({one.source})"
            lines.append(f"{one.text}{behind}")
        lines.append("")
    return plain_word.write({WHOLE: "\n".join(lines).encode("utf-8")})
