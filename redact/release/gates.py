"""The gates: each passes, or refuses with the place and the remedy. None can be skipped.

Numbered as in docs/decisions/005: G1 review, G2 no form of the linkage key, G4
round trip, G5 no key material or source, G7 log and key, G8 the bag itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field

from redact.core import DETAIL, Kept, SafeTranscript, Span
from redact.custody.payload import GRAMMAR_TYPE, LinkageKey
from redact.detect.lexicon import is_word_too
from redact.release.findings import Finding, Gate, GateResult
from redact.risk.uniqueness import QuasiTable, below
from redact.study.search import KeySearch, Occurrence, line_of, name_words
from redact.transcript.words import Forms, fold

# Words that writing programs put into their files and that are names too: themes, languages.
OF_PROGRAMS = frozenset("berlin savon ion gallery facet droplet gb us office char".split())
SECRETS = (b"age-encryption.org/", b"BEGIN AGE ENCRYPTED FILE", b"AGE-SECRET-KEY", b"PRIVATE+KEY")


@dataclass(frozen=True, slots=True, order=True)
class Accounted:
    """A stretch of a released text that is no leak, and the decision that says so."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class ReleasedText:
    """A text about to be released, with the stretches that decisions account for.

    `ours` are words of the tool's own template; `strict` texts (tables) hold only what people
    filled in.
    """

    name: str
    text: str = field(repr=False)
    _: KW_ONLY
    sure: tuple[Accounted, ...] = field(default=(), repr=False)
    ours: frozenset[str] = frozenset()
    is_transcript: bool = False
    strict: bool = False


def account_for(safe: SafeTranscript, kept: Iterable[Kept]) -> tuple[Accounted, ...]:
    """Stretches of the safe text that a recorded decision explains: kept spans and pseudonyms."""
    accounted = [
        Accounted(Span(r.safe_start, r.safe_end), "pseudonym")
        for r in safe.replacements
        if r.entity != DETAIL  # what a person wrote for a detail is searched like all else
    ]
    shifts = list(safe.replacements)
    at = shift = 0
    for item in sorted(kept, key=lambda k: k.start):
        while at < len(shifts) and shifts[at].end <= item.start:
            shift = shifts[at].safe_end - shifts[at].end
            at += 1
        accounted.append(Accounted(Span(item.start + shift, item.end + shift), item.reason))
    return tuple(sorted(accounted))


def keep_spans(text: str, terms: Iterable[str], reason: str = "kept_body") -> tuple[Accounted, ...]:
    """Where the policy's own kept terms stand in a document."""
    wanted = tuple(terms)
    spans = {Span(hit.start, hit.end) for hit in Forms((term, term) for term in wanted).find(text)}
    for term in wanted:  # and as the policy itself spells it: "Carers (Scotland) Act"
        spans |= {Span(*match.span()) for match in re.finditer(re.escape(term), text)}
    return tuple(Accounted(span, reason) for span in sorted(spans))


def gate_review(required: bool, unsettled: Iterable[str], unread: Iterable[str]) -> GateResult:
    """G1: every transcript that must be read by a person was, in the form it has now."""
    open_ones = unsettled if required else ()
    nothing = "nothing was found to replace, and no person has said so"
    return GateResult(
        gate=Gate.REVIEW,
        findings=(
            *(Finding(where=name, what="not settled by a person") for name in open_ones),
            *(Finding(where=name, what=nothing) for name in unread),
        ),
        remedy="Read these transcripts and settle them with `redact review` or `redact settle`.",
    )


def gate_no_original(
    key: LinkageKey,
    texts: Iterable[ReleasedText],
    names: Iterable[str],
    more: Iterable[tuple[str, str]] = (),
) -> GateResult:
    """G2: no form in the linkage key stands in any released text or name, explained ones aside.

    A detail is no form: its words may stand elsewhere, but what was found in it is in `more`.
    """
    forms = [
        (entry.type, form.text)
        for entry in key.entries
        if entry.type not in (GRAMMAR_TYPE, DETAIL)
        for form in entry.forms
    ]
    search = KeySearch([*forms, *more])
    findings: list[Finding] = []
    explained: Counter[str] = Counter()
    for released in texts:
        for hit in search.find(released.text):
            reason = _explain(released, hit)
            if reason is None:
                line = line_of(released.text, hit.start)
                findings.append(_form_of_key(hit.label, where=released.name, line=line))
            else:
                explained[reason] += 1
    for name in names:
        for hit in search.find(name.replace("/", " / ")):
            if not (hit.one_word and is_word_too(hit.one_word)):
                what = f"a released file's name holds a form of kind {hit.label}"
                findings.append(Finding(what=what, form=hit.label))
    return GateResult(
        gate=Gate.NO_ORIGINAL,
        findings=tuple(dict.fromkeys(findings)),
        remedy="If it is a name, add it to the roster and run again; if it is not, add it to "
        "[keep] in your copy of the policy.",
        explained=dict(explained),
    )


def _form_of_key(label: str, where: str, line: int) -> Finding:
    what = f"a form of kind {label} from the linkage key"
    return Finding(where=where, line=line, what=what, form=label)


def _explain(released: ReleasedText, hit: Occurrence) -> str | None:
    """Why the hit is no leak; None if nothing says so."""
    there = Span(hit.start, hit.end)
    for accounted in released.sure:
        if accounted.span.covers(there):
            return accounted.reason
    if hit.label == "AGE":
        return "bare_number"
    whole = _whole_word(released.text, hit)
    if not released.is_transcript and whole in released.ours and is_word_too(whole):
        return "ordinary_word"  # "resident" in our own word "residents"
    if released.is_transcript or not hit.one_word:
        return None
    if hit.one_word in released.ours:
        return "ordinary_word"
    small = released.text[hit.start].islower() or not released.strict
    return "ordinary_word" if small and is_word_too(hit.one_word) else None


def _whole_word(text: str, hit: Occurrence) -> str:
    """The folded word that this lies in; nothing if it is more than one."""
    start, end = hit.start, hit.end
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    folded = fold(text[start:end])
    return folded[0] if len(folded) == 1 else ""


def real_surrogates(key: LinkageKey) -> tuple[int, ...]:
    """Which entries (from 1) have an invented name with a word of a real one of the study."""
    real = name_words(key)
    return tuple(
        number
        for number, entry in enumerate(key.entries, start=1)
        if not entry.pseudonym.startswith("[") and real.intersection(fold(entry.pseudonym))
    )


def gate_surrogates(key: LinkageKey) -> GateResult:
    """No invented name is, in any of its words, that of somebody, an organisation or a place."""
    what = "its invented name is a real one of the study"
    return GateResult(
        gate=Gate.SURROGATES,
        findings=tuple(
            Finding(where=f"entry {number} of the linkage key", what=what)
            for number in real_surrogates(key)
        ),
        remedy="Give it another name: `redact entity rename`, with `redact explain` to find it.",
    )


def gate_papers(findings: Iterable[Finding]) -> GateResult:
    """No paper of the deposit names a person who is neither its maker nor its contact."""
    return GateResult(
        gate=Gate.PAPERS,
        findings=tuple(findings),
        remedy="Take the name out of the paper, or name who it is among `creators` or as `contact` "
        "in study.toml; if it is no name, add it to [keep] in your copy of the policy.",
    )


def gate_hidden_places(files: Iterable[tuple[str, Mapping[str, int]]]) -> GateResult:
    """G6: no released file has a hidden place that its format's reader would leave out.

    `files` are names with what was dropped when they were read again, by kind and count.
    """
    return GateResult(
        gate=Gate.HIDDEN_PLACES,
        findings=tuple(
            Finding(where=name, what=f"{count} {kind}")
            for name, dropped in files
            for kind, count in dropped.items()
        ),
        remedy="Delete the safe transcript and run `redact replace`: it is made anew from the "
        "source.",
    )


def gate_small_counts(
    quasi: QuasiTable, least: int, access: str, lacking: Iterable[str]
) -> GateResult:
    """G9: nobody is alone in the data list, as far as the policy asks for this access.

    `least` is the k that is asked; `lacking` names sensitive columns without the diversity asked.
    """
    listed = "interviews.csv"
    few = f"fewer than {least} rows share its {', '.join(quasi.columns)}"
    return GateResult(
        gate=Gate.SMALL_COUNTS,
        findings=(
            *(Finding(where=listed, row=name, what=few) for name in below(quasi, least)),
            *(
                Finding(where=listed, what=f"a group of rows has too few values of {column}")
                for column in lacking
            ),
        ),
        remedy=f"`redact risk --suggest` says what to group or leave out for {access} access; or "
        "choose another access.",
    )


def gate_round_trip(unrestored: Iterable[str]) -> GateResult:
    """G4: the linkage key brings every safe transcript back to its source, byte for byte."""
    return GateResult(
        gate=Gate.ROUND_TRIP,
        findings=tuple(
            Finding(where=name, what="does not restore to its source") for name in unrestored
        ),
        remedy="Run `redact replace` again; if it stays, report it.",
    )


def gate_no_secret(
    files: Mapping[str, bytes], sources: frozenset[str], digests: Mapping[str, str]
) -> GateResult:
    """G5: no linkage key, custody packet, signing key or source file goes out.

    `sources` are the sources' SHA-256; `digests` those of the released files.
    """
    return GateResult(
        gate=Gate.NO_KEY_OR_SOURCE,
        findings=(
            *(
                Finding(where=name, what="holds key material")
                for name, data in files.items()
                if any(secret in data for secret in SECRETS)
            ),
            *(
                Finding(where=name, what="is a source file")
                for name, digest in digests.items()
                if digest in sources
            ),
        ),
        remedy="A transcript in which nothing was replaced must be read and settled first.",
    )


def gate_log_and_key(status: str, problems: Iterable[str]) -> GateResult:
    """G7: the audit log is intact and the linkage key opens to what was sealed."""
    said = () if status == "intact" else (status, *problems)
    return GateResult(
        gate=Gate.LOG_AND_KEY,
        findings=tuple(Finding(where="audit log", what=what) for what in said),
        remedy="Run `redact audit verify` for the place.",
    )


def gate_bag(problems: Iterable[Finding]) -> GateResult:
    """G8: the finished bag passes the strict verifier and the Library of Congress's, and is built
    again byte for byte."""
    return GateResult(gate=Gate.BAG, findings=tuple(problems), remedy="Run `redact release` again.")
