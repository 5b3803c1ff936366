"""The gates: each passes, or refuses with the place and the remedy. None can be skipped.

Numbered as in docs/decisions/005: G1 review, G2 no form of the linkage key, G4
round trip, G5 no key material or source, G7 log and key, G8 the bag itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from redact.core import DETAIL, NAMES, Span
from redact.custody.payload import GRAMMAR_TYPE, Entry, LinkageKey
from redact.detect.key_search import KeySearch, Occurrence
from redact.detect.lexicon import is_word_too
from redact.processes import shared_out
from redact.release.findings import Finding, Gate, GateResult
from redact.release.released import OWN_NAMES, PSEUDONYM, ReleasedText
from redact.replace.labels import NOUNS, inside, is_label, number_of
from redact.replace.real_names import RealNames
from redact.risk.uniqueness import QuasiTable, below
from redact.study.elsewhere import NOTHING_STANDS, LetStand
from redact.study.forgotten import recalled
from redact.study.search import line_of
from redact.transcript.spans import apart, trimmed
from redact.transcript.words import fold

_SHORT = 4  # a longer number in a file's name is more than the number of an interview
_LONGEST_NAME = 200
_BOUND = re.compile(r"""[\s"',;`<>()|]""")
_OF_A_NAME = re.compile(r"[\w./-]+")
# What the list of what is open asks of each word, on the page and at the terminal.
SETTLE = (
    "Say of each word whether it is a name: `redact answer` lists them at the terminal, `redact "
    "review` on the page (To settle). Then run `redact release` again."
)
SHORTEST_TOKEN = 2  # letters: of so short a form that was forgotten nobody knows how it was written
_MADE_ANEW = "Delete the safe transcript and run `redact replace`: it is made anew from the source."
SECRETS = (b"age-encryption.org/", b"BEGIN AGE ENCRYPTED FILE", b"AGE-SECRET-KEY", b"PRIVATE+KEY")


def gate_review(
    required: bool,
    unsettled: Iterable[str],
    untouched: Iterable[str],
    accepted: Iterable[str] = (),
) -> GateResult:
    """G1: every transcript that must be read by a person was, in the form it has now.

    Those that were `accepted` unread are settled only for a policy that asks for no reading;
    `untouched` are those in which nothing was replaced and that nobody has read.
    """
    open_ones = unsettled if required else ()
    unread = accepted if required else ()
    nothing = "nothing was found to replace, and no person has said so"
    return GateResult(
        gate=Gate.REVIEW,
        findings=(
            *(Finding(where=name, what="not settled by a person") for name in open_ones),
            *(Finding(where=name, what="accepted unread: not read by a person") for name in unread),
            *(Finding(where=name, what=nothing) for name in untouched),
        ),
        remedy="Read these transcripts and settle them with `redact review` or `redact settle`.",
    )


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found in one released text, and what is no leak there by reason."""

    findings: list[Finding]
    explained: Counter[str]


def gate_no_original(
    key: LinkageKey,
    texts: Iterable[ReleasedText],
    names: Iterable[str],
    more: Iterable[tuple[str, str]] = (),
    allowed: LetStand = NOTHING_STANDS,
) -> GateResult:
    """G2: no form in the linkage key stands in any released text or name, explained ones aside.

    A detail is no form: its words may stand elsewhere, but what was found in it is in `more`, and
    so are the forms that earlier keys had and no person let go. Of people who withdrew the key has
    tokens of their forms, and these are asked for too. What is `allowed` in a file beside the
    transcripts was said to be no name there.
    """
    search, names = KeySearch([*forms_of(key), *more], _own(key)), tuple(names)
    own = frozenset(part for name in names for part in (name, name.rpartition("/")[2]))

    def look(released: ReleasedText) -> _Looked:
        found: list[Finding] = []
        explained: Counter[str] = Counter()
        there = (*search.find_all(released.text, released.doc), *_forgotten(key, released.text))
        for hit in there:
            where = Span(hit.start, hit.end)
            reason = _explain(released, hit)
            if reason is None and _is_let_stand(released, where, allowed):
                reason = "reviewer"
            if reason is None and not released.is_transcript and _in_name(released, where) in own:
                reason = "ordinary_word"  # a file's name, which is looked at by itself below
            if reason is None:
                found.append(_found(released, where, hit.label))
            else:
                explained[reason] += 1
        return _Looked(found, explained)

    looked = shared_out(look, tuple(texts), lambda released: len(released.text))
    findings = [finding for one in looked for finding in one.findings]
    explained = sum((one.explained for one in looked), Counter[str]())
    for name in names:
        parts = name.replace("/", " / ")
        for hit in (*search.find(parts), *_forgotten(key, parts)):
            said = fold(parts[hit.start : hit.end])
            numbered = [one for one in said if not (one.isdigit() and len(one) < _SHORT)] or said
            is_ours = OWN_NAMES.issuperset(numbered)
            if not (is_ours or (hit.one_word and is_word_too(hit.one_word))):
                what = f"a released file's name holds a form of kind {hit.label}"
                findings.append(Finding(what=what, form=hit.label))
    return GateResult(
        gate=Gate.NO_ORIGINAL,
        findings=tuple(dict.fromkeys(findings)),
        remedy=SETTLE,
        explained=dict(explained),
    )


def forms_of(key: LinkageKey) -> list[tuple[str, str]]:
    """Kind and words of every form that stands for somebody or something."""
    return [
        (entry.type, form.text)
        for entry in key.entries
        if entry.type not in (GRAMMAR_TYPE, DETAIL)
        for form in entry.forms
    ]


def _own(key: LinkageKey) -> dict[tuple[str, str], set[str]]:
    """By kind and words, the documents in which a form was found."""
    own: dict[tuple[str, str], set[str]] = {}
    for item in key.replacements:
        entry = key.entries[item.entry]
        own.setdefault((entry.type, entry.forms[item.form].text), set()).add(item.doc)
    return own


def _forgotten(key: LinkageKey, text: str) -> Iterator[Occurrence]:
    """Where a form of somebody who withdrew stands; one of two letters told nothing of itself."""
    for one in recalled(key.secret, key.forgotten, text):
        if len("".join(fold(text[one.start : one.end]))) > SHORTEST_TOKEN:
            yield one


def _found(released: ReleasedText, there: Span, label: str) -> Finding:
    """The finding for a form that stands at this span of a released text."""
    start, end = there.start - released.shift, there.end - released.shift
    in_safe_text = released.doc is not None and start >= 0
    cell = released.cell_at(there)
    return Finding(
        where=released.name,
        line=None if cell else line_of(released.text, there.start),
        row=cell.row or "its heads" if cell else None,
        column=cell.column if cell else None,
        what=f"a form of kind {label} from the linkage key",
        form=label,
        doc=released.doc if in_safe_text else None,
        span=Span(start, end) if in_safe_text else there,
    )


def _is_let_stand(released: ReleasedText, span: Span, allowed: LetStand) -> bool:
    """Whether a person said of just this, in just this file, that it is no name."""
    said = released.text[span.start : span.end]
    return allowed.has(released.name, said) or (
        released.is_transcript
        and any(one.reason == "reviewer" and one.span.covers(span) for one in released.sure)
    )


def _explain(released: ReleasedText, hit: Occurrence) -> str | None:
    """Why the hit is no leak; None if nothing says so."""
    there = Span(hit.start, hit.end)
    for accounted in released.sure:
        if accounted.span.covers(there):
            return accounted.reason
    kept = [one for one in released.sure if one.span.overlaps(there)]
    if kept and all(one.reason != PSEUDONYM for one in kept):
        bare = apart(there, [one.span for one in kept])
        if not any(trimmed(one, released.text) for one in bare):
            return kept[0].reason  # two decisions, one beside the other
    if hit.is_decoded:
        return None
    if released.says_itself(there):
        return "ordinary_word"
    whole = _whole_word(released.text, hit)
    if not released.is_transcript and whole in released.ours and is_word_too(whole):
        return "ordinary_word"  # "resident" in our own word "residents"
    if released.is_transcript or not hit.one_word:
        return None
    if hit.one_word in released.ours:
        return "ordinary_word"
    small = released.text[hit.start].islower() or not released.strict
    return "ordinary_word" if small and is_word_too(hit.one_word) else None


def _in_name(released: ReleasedText, where: Span) -> str:
    """What stands there between spaces, quotes and commas, as a file's name does."""
    least = max(0, where.start - _LONGEST_NAME)
    start = max([least, *(m.end() for m in _BOUND.finditer(released.text, least, where.start))])
    found = _OF_A_NAME.match(released.text, start)
    return found[0] if found and found.end() >= where.end else ""


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
    """Which entries (from 1) are called by a real name of the study.

    Of an invented name every word counts. A role, a category or what somebody wrote into a label
    may have ordinary words of a name in it, but not a whole one with a capital.
    """
    names = RealNames(
        (e.type, form.text) for e in key.entries if e.type in NAMES for form in e.forms
    )
    return tuple(
        number for number, entry in enumerate(key.entries, start=1) if _tells_a_name(entry, names)
    )


def _tells_a_name(entry: Entry, names: RealNames) -> bool:
    numbered, said = number_of(entry.pseudonym), inside(entry.pseudonym)
    if not is_label(entry.pseudonym):
        return bool(names.words.intersection(fold(said)))
    if entry.type not in NAMES or (numbered and numbered[0] == NOUNS[entry.type]):
        return False
    return names.stand_in(said)


def gate_surrogates(key: LinkageKey, stands_at: Mapping[int, str] | None = None) -> GateResult:
    """No pseudonym names somebody, an organisation or a place of the study.

    `stands_at` is, by number of an entry from 1, a FILE:LINE where its pseudonym stands.
    """
    what = "what stands for it has a real name of the study in it"
    known = stands_at or {}
    return GateResult(
        gate=Gate.SURROGATES,
        findings=tuple(
            Finding(where=known.get(number, f"entry {number} of the linkage key"), what=what)
            for number in real_surrogates(key)
        ),
        remedy="`redact explain STUDY FILE:LINE` shows it, with FILE:LINE as above. Give it "
        "another name: `redact entity rename STUDY PSEUDONYM '[Manager A]' --by YOU`; where a role "
        "or category of your roster says it, correct it there and run again.",
    )


def gate_papers(findings: Iterable[Finding]) -> GateResult:
    """No paper of the deposit names a person who is neither its maker nor its contact."""
    return GateResult(
        gate=Gate.PAPERS,
        findings=tuple(findings),
        remedy=f"{SETTLE} Or take the name out of the paper, or name who it is among `creators` or "
        "as `contact` in study.toml.",
    )


def gate_hidden_places(
    files: Iterable[tuple[str, Mapping[str, int]]], unread: Iterable[Finding] = ()
) -> GateResult:
    """G6: no released file has a hidden place that its format's reader would leave out.

    `files` are names with what was dropped when they were read again, by kind and count; `unread`
    is what another reader found that is neither words nor known structure (unread.py).
    """
    return GateResult(
        gate=Gate.HIDDEN_PLACES,
        findings=(
            *(
                Finding(where=name, what=f"{kind} ({count})")
                for name, dropped in files
                for kind, count in dropped.items()
            ),
            *unread,
        ),
        remedy=f"{_MADE_ANEW} If it is refused again, bring the source as another kind of file "
        "(.txt, .csv).",
    )


def gate_small_counts(
    quasi: QuasiTable,
    least: int,
    access: str,
    lacking: Iterable[str],
    passed_before: bool = False,
    exposed: Iterable[Finding] = (),
) -> GateResult:
    """G9: nobody is alone in the data list, the talk or to an intruder, as the access asks.

    `least` is the k that is asked; `lacking` names sensitive columns without the diversity asked;
    `exposed` is where the talk joined with the list, or an intruder, leaves fewer.
    Rows that all `passed_before`, with the same cells and for the same access, tell nothing new.
    """
    if passed_before:
        return GateResult(gate=Gate.SMALL_COUNTS, explained={"told before": len(quasi.rows)})
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
            *exposed,
        ),
        remedy=f"`redact risk --suggest` says what to group or leave out for {access} access, and "
        "`redact risk` what else would reach it and its price: passages to bracket in `redact "
        "review`; or choose another access: `redact describe STUDY --set access=controlled`.",
    )


def gate_round_trip(unrestored: Iterable[str]) -> GateResult:
    """G4: the linkage key brings every safe transcript back to its source, or to its text."""
    return GateResult(
        gate=Gate.ROUND_TRIP,
        findings=tuple(
            Finding(where=name, what="does not restore to its source") for name in unrestored
        ),
        remedy=f"{_MADE_ANEW} If it is refused again, report it.",
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
        remedy="A source file: read the transcript and settle it, `redact review` or `redact "
        "settle`. Key material: take it out of the paper that holds it; in a transcript mark it on "
        "the page of `redact review`, as a detail.",
    )


def gate_log_and_key(status: str, problems: Iterable[str]) -> GateResult:
    """G7: the audit log is intact and the linkage key opens to what was sealed."""
    said = () if status == "intact" else (status, *problems)
    return GateResult(
        gate=Gate.LOG_AND_KEY,
        findings=tuple(Finding(where="audit log", what=what) for what in said),
        remedy="`redact audit verify` says where. Put audit/, linkage/ and custody/ back from your "
        "backup, all of one day.",
    )


def gate_bag(problems: Iterable[Finding]) -> GateResult:
    """G8: the finished bag passes the strict verifier and the Library of Congress's, and is built
    again byte for byte."""
    return GateResult(
        gate=Gate.BAG,
        findings=tuple(problems),
        remedy="Nothing of the study is wrong: look whether the disk is full, and run `redact "
        "release` again. If it is refused twice, report it.",
    )
