"""The gates: each passes, or refuses with the place and the remedy. None can be skipped.

Numbered as in docs/decisions/005: G1 review, G2 no form of the linkage key, G4
round trip, G5 no key material or source, G7 log and key, G8 the bag itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from redact.core import DETAIL, Kept, SafeTranscript
from redact.custody.payload import GRAMMAR_TYPE, LinkageKey
from redact.detect.lexicon import is_word_too
from redact.risk.uniqueness import Table, below
from redact.study.search import KeySearch, Occurrence, line_of, name_words
from redact.transcript.words import Forms, fold

SHOWN = 5
MOST_SHOWN = 50  # places of one gate, where all are asked for
_LINE = re.compile(r"\bline (\d+)")
# Words that writing programs put into their files and that are names too: themes, languages.
OF_PROGRAMS = frozenset("berlin savon ion gallery facet droplet gb us office char".split())
SECRETS = (b"age-encryption.org/", b"BEGIN AGE ENCRYPTED FILE", b"AGE-SECRET-KEY", b"PRIVATE+KEY")


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate's word. `findings` say where; `explained` counts what a decision explains."""

    gate: str
    findings: tuple[str, ...] = ()
    remedy: str = ""
    explained: Mapping[str, int] = field(default_factory=dict)
    overridden: bool = False

    @property
    def passed(self) -> bool:
        return not self.findings

    def said(self) -> dict[str, Any]:
        """Name, result, places and remedy, for the screen and for programs."""
        result = "overridden" if self.overridden else "passed" if self.passed else "refused"
        return {
            "gate": self.gate,
            "result": result,
            "findings": len(self.findings),
            "places": list(self.findings[:MOST_SHOWN]),
            "remedy": "" if self.passed else self.remedy,
            "explained": dict(self.explained),
        }

    def places(self) -> list[str]:
        """Where, for the log: released files and lines, and no word that a file is built of."""
        found = []
        for finding in self.findings:
            line = _LINE.search(finding)
            file = re.split(r"[,:]", finding)[0]
            found.append(f"{file}, line {line[1]}" if line else file)
        return list(dict.fromkeys(found))[:MOST_SHOWN]


@dataclass(frozen=True, slots=True)
class ReleasedText:
    """A text about to be released, with the stretches that decisions account for.

    `sure` maps a stretch to the reason it is not a leak; `ours` are words of the
    tool's own template; `strict` texts (tables) hold only what people filled in.
    """

    name: str
    text: str = field(repr=False)
    sure: tuple[tuple[int, int, str], ...] = field(default=(), repr=False)
    ours: frozenset[str] = frozenset()
    is_transcript: bool = False
    strict: bool = False


def account_for(safe: SafeTranscript, kept: Iterable[Kept]) -> tuple[tuple[int, int, str], ...]:
    """Stretches of the safe text that a recorded decision explains: kept spans and pseudonyms."""
    spans = [
        (r.safe_start, r.safe_end, "pseudonym") for r in safe.replacements if r.entity != DETAIL
    ]  # what a person wrote for a detail is searched like all else
    shifts = list(safe.replacements)
    at = shift = 0
    for item in sorted(kept, key=lambda k: k.start):
        while at < len(shifts) and shifts[at].end <= item.start:
            shift = shifts[at].safe_end - shifts[at].end
            at += 1
        spans.append((item.start + shift, item.end + shift, item.reason))
    return tuple(sorted(spans))


def keep_spans(text: str, terms: Iterable[str]) -> tuple[tuple[int, int, str], ...]:
    """Where the policy's own kept terms stand in a document."""
    wanted = tuple(terms)
    hits = Forms((term, term) for term in wanted).find(text)
    spans = {(hit.start, hit.end) for hit in hits}
    for term in wanted:  # and as the policy itself spells it: "Carers (Scotland) Act"
        spans |= {match.span() for match in re.finditer(re.escape(term), text)}
    return tuple((start, end, "kept_body") for start, end in sorted(spans))


def gate_review(required: bool, unsettled: Iterable[str], unread: Iterable[str]) -> GateResult:
    """G1: every transcript that must be read by a person was, in the form it has now."""
    findings = [f"{name}: not settled by a person" for name in unsettled] if required else []
    findings += [
        f"{name}: nothing was found to replace, and no person has said so" for name in unread
    ]
    return GateResult(
        "G1 review",
        tuple(findings),
        "Read these transcripts and settle them with `redact review` or `redact settle`.",
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
    findings: list[str] = []
    explained: Counter[str] = Counter()
    for released in texts:
        for found in search.find(released.text):
            reason = _explain(released, found)
            if reason:
                explained[reason] += 1
            else:
                where = f"{released.name}, line {line_of(released.text, found.start)}"
                findings.append(f"{where}: a form of kind {found.label} from the linkage key")
    for name in names:
        for found in search.find(name.replace("/", " / ")):
            if not (found.one_word and is_word_too(found.one_word)):
                findings.append(f"a released file's name holds a form of kind {found.label}")
    return GateResult(
        "G2 no original",
        tuple(dict.fromkeys(findings)),
        "If it is a name, add it to the roster and run again; if it is not, add it to [keep] "
        "in your copy of the policy.",
        dict(explained),
    )


def _explain(released: ReleasedText, found: Occurrence) -> str:
    for start, end, reason in released.sure:
        if start <= found.start and found.end <= end:
            return reason
    if found.label == "AGE":
        return "bare_number"
    whole = _whole_word(released.text, found)
    if not released.is_transcript and whole in released.ours and is_word_too(whole):
        return "ordinary_word"  # "resident" in our own word "residents"
    if released.is_transcript or not found.one_word:
        return ""
    if found.one_word in released.ours:
        return "ordinary_word"
    small = released.text[found.start].islower() or not released.strict
    return "ordinary_word" if small and is_word_too(found.one_word) else ""


def _whole_word(text: str, found: Occurrence) -> str:
    """The folded word that this lies in; nothing if it is more than one."""
    start, end = found.start, found.end
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
    return GateResult(
        "Surrogates",
        tuple(f"entry {number} of the linkage key: its invented name is a real one of the study"
              for number in real_surrogates(key)),
        "Give it another name: `redact entity rename`, with `redact explain` to find it.",
    )  # fmt: skip


def gate_papers(found: Iterable[str]) -> GateResult:
    """No paper of the deposit names a person who is neither its maker nor its contact."""
    return GateResult(
        "Papers",
        tuple(f"{place}: a person is named" for place in found),
        "Take the name out of the paper, or name who it is among `creators` or as `contact` in "
        "study.toml; if it is no name, add it to [keep] in your copy of the policy.",
    )


def gate_hidden_places(files: Iterable[tuple[str, Mapping[str, int]]]) -> GateResult:
    """G6: no released file has a hidden place that its format's reader would leave out.

    `files` are names with what was dropped when they were read again, by kind and count.
    """
    return GateResult(
        "G6 hidden places",
        tuple(f"{name}: {count} {kind}" for name, dropped in files
              for kind, count in dropped.items()),
        "Delete the safe transcript and run `redact replace`: it is made anew from the source.",
    )  # fmt: skip


def gate_small_counts(quasi: Table, least: int, access: str, lacking: Iterable[str]) -> GateResult:
    """G9: nobody is alone in the data list, as far as the policy asks for this access.

    `least` is the k that is asked; `lacking` names sensitive columns without the diversity asked.
    """
    few = below(quasi, least)
    findings = [
        f"interviews.csv, {name}: fewer than {least} rows share its {', '.join(quasi.columns)}"
        for name in few
    ]
    findings += [f"interviews.csv: a group of rows has too few values of {c}" for c in lacking]
    return GateResult(
        "G9 small counts",
        tuple(findings),
        f"`redact risk --suggest` says what to group or leave out for {access} access; or choose "
        "another access.",
    )


def gate_round_trip(failed: Iterable[str]) -> GateResult:
    """G4: the linkage key brings every safe transcript back to its source, byte for byte."""
    return GateResult(
        "G4 round trip",
        tuple(f"{name}: does not restore to its source" for name in failed),
        "Run `redact replace` again; if it stays, report it.",
    )


def gate_no_secret(
    files: Mapping[str, bytes], sources: frozenset[str], digests: Mapping[str, str]
) -> GateResult:
    """G5: no linkage key, custody packet, signing key or source file goes out.

    `sources` are the sources' SHA-256; `digests` those of the released files.
    """
    findings = [
        f"{name}: holds key material"
        for name, data in files.items()
        if any(secret in data for secret in SECRETS)
    ]
    findings += [
        f"{name}: is a source file" for name, digest in digests.items() if digest in sources
    ]
    return GateResult(
        "G5 no key or source",
        tuple(findings),
        "A transcript in which nothing was replaced must be read and settled first.",
    )


def gate_log_and_key(status: str, findings: tuple[str, ...]) -> GateResult:
    """G7: the audit log is intact and the linkage key opens to what was sealed."""
    bad = () if status == "intact" else (f"audit log: {status}", *findings)
    return GateResult("G7 log and key", bad, "Run `redact audit verify` for the place.")


def gate_bag(problems: tuple[str, ...]) -> GateResult:
    """G8: the finished bag passes the strict verifier and the Library of Congress's, and is built
    again byte for byte."""
    return GateResult("G8 bag", problems, "Run `redact release` again.")
