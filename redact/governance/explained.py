"""A policy in plain words: what becomes of each kind, what stays, what it asks, what it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from redact.core import LABELS, Label
from redact.core.kept_lists import kept_terms
from redact.governance.example import BeforeAfter, shown_by
from redact.governance.meaning import CALLED, meaning
from redact.policy import Policy
from redact.rendering import counted, render

_FEW = 4
_LISTS = {
    "public-bodies": "public bodies",
    "programmes": "programmes and laws",
    "state-programmes": "programmes of single states",
    "nations": "words for nations",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindExplained:
    """What becomes of one kind: its action, what that means, and an example."""

    label: Label
    action: str
    means: str
    example: BeforeAfter

    @property
    def called(self) -> str:
        return CALLED[self.label]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A policy in plain words, a sentence each."""

    title: str
    description: str
    kinds: tuple[KindExplained, ...]
    stays: tuple[str, ...]
    asks: tuple[str, ...]
    not_promised: tuple[str, ...]


def explain(policy: Policy) -> Explained:
    """The policy in plain words; everything in it follows from the policy's own settings."""
    shown = shown_by(policy)
    return Explained(
        title=f"{policy.name} {policy.version}",
        description=policy.description,
        kinds=tuple(
            KindExplained(
                label=label,
                action=policy.actions.of(label),
                means=meaning(label, policy.actions.of(label)),
                example=example,
            )
            for label, example in shown.items()
            if label in LABELS
        ),
        stays=tuple(_stays(policy)),
        asks=tuple(_asks(policy)),
        not_promised=tuple(_not_promised(policy)),
    )


def _stays(policy: Policy) -> Iterator[str]:
    for name in policy.keep.lists:
        terms = kept_terms(name)
        yield f"{len(terms):,} {_LISTS[name]}, such as {', '.join(terms[:_FEW])}."
    own = (*policy.keep.public_bodies, *policy.keep.programmes, *policy.keep.nations)
    if own:
        yield f"{counted(len(own), 'term')} of your own: {', '.join(own)}."
    if not policy.keep.terms:
        yield "No body, programme or nation is kept by name."
    if policy.detect.dates == "day":
        yield "Months and years of events: only a date to the day is taken."
    elif policy.detect.dates == "month":
        yield "Years of events: a month with its year, and a date to the day, are taken."
    if policy.release.what == "quotes":
        is_told = "role" in policy.release.columns
        yield f"Behind a quote: who speaks, by pseudonym{', and their role' if is_told else ''}."
        return
    columns = ", ".join(policy.release.columns) or "none"
    yield f"Columns of your interviews table that go into a release: {columns}."


def _asks(policy: Policy) -> Iterator[str]:
    if policy.release.what == "quotes":
        yield "Only single passages go out, each approved by a person; no transcript does."
        yield "No figure is asked of a passage: `redact quotes list` shows what singles out."
    else:
        yield from _asks_of_transcripts(policy)
    if policy.governance.approval == "required":
        yield "A release waits until somebody approved this policy, as it is, for its access."
    if policy.custody.two_people:
        yield "Two custodians together are needed to see an original."
    if policy.governance.key_ends:
        yield f"The linkage key is to end on {policy.governance.key_ends}."
    drops = [name for name, said in policy.formats.model_dump().items() if said == "drop"]
    if drops:
        yield f"Left out of the safe files: {', '.join(drops)}."


def _asks_of_transcripts(policy: Policy) -> Iterator[str]:
    if policy.release.review == "required":
        yield "A release waits until a person has settled every transcript."
    else:
        yield "Nobody is asked to read the transcripts before a release, and the release says so."
    risk = policy.risk
    yield (
        "Rows of the data list that are alike in what tells of people: at least "
        f"{risk.k_open} for open, {risk.k_safeguarded} for safeguarded, {risk.k_controlled} for "
        "controlled access."
    )
    limit = risk.left("open")
    yield f"Names that may remain in 10,000 words, for open access: at most {limit:g}."
    limit = risk.left("controlled")
    if limit < 10_000:
        yield f"The same for other access: at most {limit:g}."
    else:
        yield "For other access no limit is set on names that may remain."


def _not_promised(policy: Policy) -> Iterator[str]:
    yield "That no name is left. Names are looked for by a program, and some are missed."
    yield "That nobody can be recognised. What somebody tells may single them out without a name."
    if "surrogate" in (policy.actions.PERSON, policy.actions.EMAIL):
        yield "That a missed name can be seen: it reads like the names that were put there."
    if policy.actions.DATE == "shift":
        yield "That days of public events cannot be guessed back: what happened then is known."
    kept = [CALLED[label].lower() for label in LABELS if policy.actions.of(label) == "keep"]
    if kept:
        yield f"Anything for {', '.join(kept)}: they stay as they were said."
    yield "That the copy is anonymous in law. With the linkage key the originals come back."


def as_lines(said: Explained) -> list[str]:
    """For a terminal."""
    lines = [said.title, said.description, ""]
    for kind in said.kinds:
        lines += [
            f"{kind.called} ({kind.action})",
            f"  {kind.means}",
            f"  before  {kind.example.before}",
            f"  after   {kind.example.after}",
            "",
        ]
    for heading, sentences in _parts(said):
        lines += [heading, *(f"  - {one}" for one in sentences), ""]
    return lines[:-1]


def as_markdown(said: Explained) -> str:
    """As a document of its own."""
    lines = [f"# Policy {said.title}", "", said.description, ""]
    lines += ["| what | becomes of it | before | after |", "|---|---|---|---|"]
    for kind in said.kinds:
        before, after = kind.example.before, kind.example.after
        lines.append(f"| {kind.called} | {kind.means} | {before} | {after} |")
    for heading, sentences in _parts(said):
        lines += ["", f"## {heading}", "", *(f"- {one}" for one in sentences)]
    return "\n".join(lines) + "\n"


def as_page(said: Explained) -> str:
    """As one page to print. Everything in it is escaped."""
    return render("redact.governance", "policy.html", said=said, parts=tuple(_parts(said)))


def _parts(said: Explained) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "What stays", said.stays
    yield "What a release asks", said.asks
    yield "What this policy does not promise", said.not_promised
