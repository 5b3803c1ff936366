"""Every form that will stand in the linkage key, found in every transcript before it is replaced.

What a release gate looks for is looked for here in the sources, with the same search. Each place
becomes a mention, or it is recorded why it is none; what that adds to the forms is looked for in
turn. Every round that changes something hides letters that were bare or records a place once, and
both are finite: so it ends, and then nothing stands that the gate could find.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from redact.core import (
    DETAIL,
    LABELS,
    NAMES,
    Detection,
    Kept,
    Label,
    Mention,
    RosterEntry,
    Span,
    Transcript,
)
from redact.detect.key_search import KeySearch, Occurrence, Reach, reach_of
from redact.detect.lexicon import is_never_name, is_ordinary, is_word_too
from redact.detect.no_names import is_written_small
from redact.detect.sentence import speaks_for_name
from redact.detect.small_words import lowered_words
from redact.link.covering import Covering, Stretch
from redact.transcript.case import is_caseless
from redact.transcript.spans import apart, overlapping
from redact.transcript.words import fold

_LONGEST_ACRONYM = 3  # letters: of a longer one in capitals somebody is shouted at

Form = tuple[str, str]  # label and text, as a search takes them
Recall = Callable[[str], Iterable[Occurrence]]


def found_everywhere(
    transcripts: tuple[Transcript, ...],
    detections: Iterable[Detection],
    roster: Iterable[RosterEntry] = (),
    sought: Iterable[Form] = (),
    recall: Recall = lambda _: (),
) -> tuple[Detection, ...]:
    """The detections with a mention, or a reason for none, at every place of every form.

    `sought` are forms beside those of the mentions; `recall` finds those of which only tokens are
    left, in a text.
    """
    by_id = {detection.transcript: detection for detection in detections}
    coverings = [Covering.of(t, by_id.get(t.id, Detection(t.id, ()))) for t in transcripts]
    words = _Words.of(transcripts, roster)
    asked: dict[Form, frozenset[str]] = {}
    for covering in coverings:
        recalled = tuple(recall(covering.transcript.text))
        if recalled:  # seldom: to count the votes takes the whole corpus
            _settle(covering, recalled, _votes(coverings), words)
    waiting = dict.fromkeys(sought, frozenset[str]())
    while True:
        standing = _standing(coverings)
        forms = {
            form: docs for form, docs in (waiting | standing).items() if _is_new(form, docs, asked)
        }
        if not forms:
            return tuple(covering.detection() for covering in coverings)
        asked |= forms
        waiting = {}
        search, votes = KeySearch(forms, standing), _votes(coverings)
        words = words.with_capitals(forms)
        for covering in coverings:
            found = search.find_all(covering.transcript.text, covering.transcript.id)
            _settle(covering, found, votes, words)


def _is_new(form: Form, docs: frozenset[str], asked: Mapping[Form, frozenset[str]]) -> bool:
    """Whether this form was not looked for yet; one of two letters also in further transcripts."""
    if form not in asked:
        return True
    return reach_of(*form) is Reach.IN_ITS_OWN and not docs <= asked[form]


def _standing(coverings: Iterable[Covering]) -> dict[Form, frozenset[str]]:
    """Every form of the mentions, with its transcripts; neighbours that will be said as one too."""
    found: dict[Form, set[str]] = defaultdict(set)
    for covering in coverings:
        text, doc = covering.transcript.text, covering.transcript.id
        mentions = [m for m in covering.mentions if m.label != DETAIL]
        for one in mentions:
            found[one.label, text[one.start : one.end]].add(doc)
        start = -1
        for one, following in pairwise(mentions):
            gap = text[one.end : following.start]
            if one.label == following.label and gap and not gap.strip(" \t"):
                start = one.start if start < 0 else start
                found[one.label, text[one.start : following.end]].add(doc)
                found[one.label, text[start : following.end]].add(doc)
            else:
                start = -1
    return {form: frozenset(docs) for form, docs in found.items()}


_Votes = Mapping[tuple[str, ...], Counter[tuple[str, Label, str | None]]]


def _votes(coverings: Iterable[Covering]) -> _Votes:
    """By folded form, how often it is what in which transcript."""
    votes: dict[tuple[str, ...], Counter[tuple[str, Label, str | None]]] = defaultdict(Counter)
    for covering in coverings:
        for one in covering.mentions:
            said = fold(covering.transcript.text[one.start : one.end])
            votes[said][covering.transcript.id, one.label, one.kind] += 1
    return votes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What of single words tells names from talk: folded, in the whole corpus.

    `lowered` are written small more often; `listed` stand in the roster; `in_capitals` some name is
    written with all in capitals.
    """

    lowered: frozenset[str] = field(repr=False)
    listed: frozenset[str] = field(repr=False)
    in_capitals: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, transcripts: tuple[Transcript, ...], roster: Iterable[RosterEntry]) -> _Words:
        said = [fold(form) for entry in roster for form in entry.forms]
        listed = frozenset(word for form in said for word in form)
        return cls(lowered=lowered_words(transcripts), listed=listed)

    def with_capitals(self, forms: Iterable[Form]) -> _Words:
        more = (fold(text) for label, text in forms if label in NAMES and text.isupper())
        capitals = self.in_capitals.union(word for said in more for word in said)
        return _Words(lowered=self.lowered, listed=self.listed, in_capitals=capitals)


def _settle(covering: Covering, found: Iterable[Occurrence], votes: _Votes, words: _Words) -> None:
    """Each of these places hidden, or kept for a reason; the longest first."""
    at_span: dict[tuple[int, int], list[Occurrence]] = defaultdict(list)
    for hit in found:
        at_span[hit.start, hit.end].append(hit)
    for (start, end), hits in sorted(at_span.items(), key=lambda item: item[0][0] - item[0][1]):
        if covering.is_hidden(Span(start, end)):
            continue
        names_only = all(hit.label in NAMES for hit in hits)
        is_ordinary = names_only and all(_is_ordinary(covering, hit, words) for hit in hits)
        best = _likeliest(covering, hits, votes)
        covering.settle(best, is_ordinary)


def _likeliest(covering: Covering, hits: list[Occurrence], votes: _Votes) -> Stretch:
    """What stands there: in a speaker's label a person, else what it mostly is nearby."""
    doc, first = covering.transcript.id, hits[0]
    in_label = covering.in_label(Span(first.start, first.end))

    def candidates() -> Iterator[tuple[tuple[bool, int, int, str], Label, str | None]]:
        for hit in hits:
            known = votes.get(fold(hit.form), Counter())
            for (where, label, kind), count in known.items():
                if label == hit.label:
                    near = count if where == doc else 0
                    yield (in_label and label == "PERSON", near, count, label), label, kind

    ranked = max(candidates(), key=lambda one: one[0], default=None)
    label, kind = ranked[1:] if ranked else (_label(first.label), None)
    return Stretch(start=first.start, end=first.end, label=label, kind=kind, is_run=first.is_run)


def _label(said: str) -> Label:
    return next((one for one in LABELS if one == said), "PERSON")


def _is_ordinary(covering: Covering, hit: Occurrence, words: _Words) -> bool:
    """Whether a form of a name is here a word of the language, by case and sentence."""
    text = covering.transcript.text
    surface = text[hit.start : hit.end]
    said = fold(surface)
    if hit.is_decoded or len(said) != 1:
        return False
    word, there = said[0], Span(hit.start, hit.end)
    if covering.in_label(there):
        return is_never_name(word)
    if hit.is_run:
        part = fold(hit.form)
        doubtful = is_word_too(word) or (len(part) == 1 and _is_doubtful(part[0], words))
    else:
        doubtful = (
            _is_doubtful(word, words)
            or _is_acronym(text, surface, word, words)
            or _is_small(text, hit, word, words)
        )
    return doubtful and not speaks_for_name(text, there)


def _is_doubtful(word: str, words: _Words) -> bool:
    return is_word_too(word) or (word in words.lowered and word not in words.listed)


def _is_small(text: str, hit: Occurrence, word: str, words: _Words) -> bool:
    """The porch, where a project is called Porch: written small amid capitals, and not listed.

    Of a person only what English knows as a word is one: "raheem" in an e-mail is somebody.
    """
    if word in words.listed or is_caseless(text):
        return False
    there = Span(hit.start, hit.end)
    return (hit.label != "PERSON" or is_ordinary(word)) and is_written_small(text, there)


def _is_acronym(text: str, surface: str, word: str, words: _Words) -> bool:
    """Her PA, where somebody is called Pa: another word, that no name is written like."""
    return (
        1 < len(word) <= _LONGEST_ACRONYM
        and surface.isupper()
        and word not in words.in_capitals
        and not is_caseless(text)
    )


def added(before: Iterable[Detection], after: Iterable[Detection]) -> tuple[Detection, ...]:
    """By transcript what stands in the second and not in the first."""
    known = {detection.transcript: detection for detection in before}
    return tuple(
        Detection(
            one.transcript,
            _without(one.mentions, known[one.transcript].mentions),
            _without(one.kept, known[one.transcript].kept),
        )
        for one in after
    )


def _without[Made: (Mention, Kept)](
    some: Iterable[Made], known: Iterable[Made]
) -> tuple[Made, ...]:
    there = set(known)
    return tuple(one for one in some if one not in there)


def laid_over(found: Iterable[Detection], more: Iterable[Detection]) -> tuple[Detection, ...]:
    """The detections with what was added to them; where two overlap, what was added is whole."""
    over = {detection.transcript: detection for detection in more}
    return tuple(
        _laid(one, over[one.transcript]) if one.transcript in over else one for one in found
    )


def _laid(found: Detection, more: Detection) -> Detection:
    mentions = list(more.mentions)
    spans = sorted(m.span for m in mentions)
    for one in found.mentions:
        if not overlapping(spans, one.span):
            mentions.append(one)
        else:
            mentions += [
                one.moved(r.start, r.end) for r in apart(one.span, overlapping(spans, one.span))
            ]
    mentions.sort(key=lambda m: m.span)
    taken = [m.span for m in mentions]
    kept = dict.fromkeys(k for k in (*found.kept, *more.kept) if not overlapping(taken, k.span))
    return Detection(found.transcript, tuple(mentions), tuple(sorted(kept, key=lambda k: k.span)))
