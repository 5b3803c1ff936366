"""The corpus as evidence: a name found once is a name everywhere.

Every form that detection found is looked for in all transcripts, whatever its
case, possessive, hyphens or accents. A form that is an ordinary word too
("Will", "Hope") is taken only where case and sentence agree; each place where
it was left is recorded, so that the release gate can tell a decision from a leak.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from redact.core import (
    NAMES,
    Detection,
    Kept,
    Label,
    Mention,
    Place,
    RosterEntry,
    Source,
    Span,
    Transcript,
)
from redact.detect import operating_points as points
from redact.detect.at_its_place import at_its_place
from redact.detect.combine import is_doubtful_start, tidy, without_overlaps
from redact.detect.confidence import Kinds, Likely, is_doubted_small, score_weights, weigh
from redact.detect.heard import HeardNames
from redact.detect.keep import settle
from redact.detect.lexicon import is_never_name, is_word_too
from redact.detect.ranks import Rank, rank
from redact.detect.sentence import speaks_for_name
from redact.detect.short_names import SaidShort, short_names
from redact.detect.small_words import lowered_words
from redact.detect.variants import Variants
from redact.processes import shared_out
from redact.transcript.case import begins_sentence, is_caseless
from redact.transcript.glued import GluedForms
from redact.transcript.spans import offsets_of
from redact.transcript.words import Forms, fold, words

# How much a mention's label counts when the corpus votes on a form, by how sure its source is.
_VOTES = {
    Rank.GUESS: 1,
    Rank.VIEW: 4,
    Rank.EVIDENCE: 5,
    Rank.RULE: 6,
    Rank.STRUCTURE: 12,
    Rank.LISTED: 12,
}
_LONGEST_ACRONYM = 3  # letters; a longer name in capitals is somebody who is shouted at


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one transcript gave by itself.

    `likely` is by start of word how probably it belongs to a name; `modelled` says by whom: the
    name model, or the tagger alone. `kinds` is what the name model makes of a word's kind.
    """

    mentions: tuple[Mention, ...]
    kept: tuple[Kept, ...]
    likely: Likely = field(repr=False)
    kinds: Kinds = field(default_factory=dict, repr=False)
    modelled: bool

    def is_proper(self, at: int) -> bool:
        """True if the word that starts here is more probably a name than not."""
        return self.likely.get(at, 0.0) >= points.MORE_LIKELY_THAN_NOT


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """One folded form of the corpus and the label it goes under."""

    label: Label
    kind: str | None
    words: tuple[str, ...] = field(repr=False)
    certain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What is looked for in every transcript; `label_of` is by single word.

    `in_capitals` are the words of names that some name is written with all in capitals: "JM";
    `alone` those that are a form by themselves.
    """

    forms: Forms[_Form]
    glued: GluedForms[_Form]
    variants: Variants
    heard: HeardNames
    label_of: Mapping[str, Label]
    in_capitals: frozenset[str]
    alone: frozenset[str]
    short: SaidShort


def spread(
    transcripts: tuple[Transcript, ...],
    looks: Mapping[str, Look],
    roster: tuple[RosterEntry, ...] = (),
) -> tuple[Detection, ...]:
    """Detections of all transcripts, each form of any of them found in every one."""
    lowered = lowered_words(transcripts)
    believed = {
        transcript.id: [
            mention
            for mention in looks[transcript.id].mentions
            if not is_doubtful_start(transcript.text, mention, lowered)
        ]
        for transcript in transcripts
    }
    by_words = _forms(transcripts, believed, roster)
    short = SaidShort((one, looks[one.id].likely) for one in transcripts)
    for word in short.among(name for name, form in by_words.items() if form.label == "ORG"):
        by_words.setdefault((word,), _Form(label="ORG", kind=None, words=(word,)))
    believed = {t.id: [_agree(t, m, by_words) for m in believed[t.id]] for t in transcripts}
    known = [(" ".join(form.words), form) for form in by_words.values()]
    variants, label_of = _variants(by_words, lowered)
    search = _Search(
        forms=Forms(known),
        glued=GluedForms(known),
        variants=variants,
        heard=HeardNames(label_of),
        label_of=label_of,
        in_capitals=_in_capitals(transcripts, believed, roster),
        alone=frozenset(
            form.words[0]
            for form in by_words.values()
            if len(form.words) == 1 and form.label in NAMES
        ),
        short=short,
    )
    return tuple(
        shared_out(
            lambda one: _detect(one, looks[one.id], believed[one.id], search, lowered),
            transcripts,
            lambda one: len(one.text),
        )
    )


def _in_capitals(
    transcripts: Iterable[Transcript],
    believed: Mapping[str, list[Mention]],
    roster: Iterable[RosterEntry],
) -> frozenset[str]:
    written = [form for entry in roster for form in entry.forms]
    written += [
        t.text[m.start : m.end]
        for t in transcripts
        if not is_caseless(t.text)
        for m in believed[t.id]
        if m.label in NAMES and Source.SPEAKER_INITIALS not in m.sources
    ]
    return frozenset(
        word.folded
        for name in written
        for word in words(name)
        if name[word.start : word.end].isupper()
    )


def _forms(
    transcripts: tuple[Transcript, ...],
    believed: Mapping[str, list[Mention]],
    roster: tuple[RosterEntry, ...],
) -> dict[tuple[str, ...], _Form]:
    """Each folded form once, under the label most of its finds have; the roster's word is final."""
    votes: dict[tuple[str, ...], Counter[tuple[Label, str | None]]] = defaultdict(Counter)
    certain: dict[tuple[str, ...], Label] = {}
    for transcript in transcripts:
        for mention in believed[transcript.id]:
            if mention.label not in NAMES or Source.SPEAKER_INITIALS in mention.sources:
                continue  # numbers: detect.key_search; initials: in their own transcript alone
            folded = fold(transcript.text[mention.start : mention.end])
            votes[folded][mention.label, mention.kind] += _VOTES[rank(mention)]
            if mention.label == "PERSON" and len(folded) > 1:
                for part in _name_parts(folded):
                    votes[(part,)][mention.label, None] += 2
    for entry in roster:
        for form in entry.forms:
            folded = fold(form)
            certain.setdefault(folded, entry.kind)
            if entry.kind == "PERSON":
                for part in _name_parts(folded):
                    certain.setdefault((part,), entry.kind)
    opening = short_names(
        folded
        for folded, counted in votes.items()
        if max(counted.items(), key=_most_then_last)[0][0] == "ORG"
    )
    forms: dict[tuple[str, ...], _Form] = {}
    for folded, counted in votes.items():
        if not folded or (len(folded) == 1 and len(folded[0]) < 2):
            continue
        (label, kind), _ = max(counted.items(), key=_most_then_last)
        if folded in opening:
            label, kind = "ORG", None
        forms[folded] = _Form(
            label=certain.get(folded, label), kind=kind, words=folded, certain=folded in certain
        )
    for folded, label in certain.items():
        if folded and (len(folded) > 1 or len(folded[0]) > 1):
            forms.setdefault(folded, _Form(label=label, kind=None, words=folded, certain=True))
    return forms


def _most_then_last(counted: tuple[tuple[Label, str | None], int]) -> tuple[int, str, str]:
    """The order of votes; of as many, the later in the alphabet."""
    (label, kind), count = counted
    return count, label, kind or ""


def _agree(
    transcript: Transcript, mention: Mention, by_words: Mapping[tuple[str, ...], _Form]
) -> Mention:
    """A name that only the model saw goes under the label that the corpus gives its form."""
    if rank(mention) > Rank.EVIDENCE or Source.CORPUS in mention.sources:
        return mention
    form = by_words.get(fold(transcript.text[mention.start : mention.end]))
    if form is None or form.label == mention.label or form.label not in NAMES:
        return mention
    return replace(mention, label=form.label, sources=(*mention.sources, Source.CORPUS))


def _name_parts(folded: tuple[str, ...]) -> list[str]:
    return [part for part in folded if len(part) > 2 and not is_never_name(part)]


def _detect(
    transcript: Transcript,
    look: Look,
    believed: list[Mention],
    search: _Search,
    lowered: frozenset[str],
) -> Detection:
    taken = without_overlaps(transcript.text, believed)
    covered = offsets_of(taken)
    staying = offsets_of(look.kept)
    found: list[Mention] = []
    left: list[Kept] = []
    spoken_for: set[int] = set()
    for hit in (*search.forms.find(transcript.text), *search.glued.find(transcript.text)):
        form = hit.key
        inside = range(hit.start, hit.end)
        if all(at in covered or transcript.text[at].isspace() for at in inside):
            continue
        if any(at in staying for at in inside) and not _is_longer(
            Span(hit.start, hit.end), look.kept
        ):
            continue
        if _is_acronym(transcript.text, hit.start, hit.end, form, search, look):
            left.append(Kept(Place.at(transcript.id, hit.start, hit.end), "ordinary_word"))
            continue
        doubtful = form.label in NAMES and _is_doubtful(form, lowered)
        share = look.likely.get(hit.start, 0.0)
        short = form.label == "ORG" and search.short.is_name(
            transcript, hit.start, form.words[-1], share
        )
        if doubtful and not (
            short
            or speaks_for_name(transcript.text, Span(hit.start, hit.end), look.is_proper(hit.start))
        ):
            left.append(Kept(Place.at(transcript.id, hit.start, hit.end), "ordinary_word"))
        else:
            score = points.CORPUS_DOUBTFUL if doubtful else points.CORPUS
            mention = Mention(
                place=Place.at(transcript.id, hit.start, hit.end),
                label=form.label,
                score=score,
                sources=(Source.CORPUS,),
                kind=form.kind,
            )
            found.append(mention)
            if short:
                spoken_for.add(mention.start)
    found += _meant(transcript, search, covered | staying | offsets_of(found) | offsets_of(left))
    mentions, kept = settle(transcript.text, tidy(transcript, found), list(look.kept))
    weighed = weigh(mentions, look.likely, score_weights(look.modelled))
    doubted = [
        m for m in weighed if m.start not in spoken_for and _is_doubted(transcript.text, m, lowered)
    ]
    weighed = [m for m in weighed if m not in doubted]
    kept += [Kept(m.place, "ordinary_word") for m in doubted]
    final = tuple(
        at_its_place(transcript.text, mention)
        for mention in without_overlaps(transcript.text, [*taken, *weighed])
    )
    hidden = offsets_of(final)
    remaining = [item for item in (*kept, *left) if item.start not in hidden]
    remaining += _small_words_left(transcript, search, hidden | offsets_of(remaining))
    return Detection(transcript.id, final, tuple(sorted(remaining, key=lambda item: item.start)))


def _is_doubted(text: str, mention: Mention, lowered: frozenset[str]) -> bool:
    """A form of the corpus that nothing at its place speaks for, nor a capital: "the porch".

    A capital that opens a sentence is none, if the study writes the word small: "Well, ...".
    """
    if mention.sources != (Source.CORPUS,):
        return False
    if is_caseless(text):
        return mention.score < points.CORPUS_LEAST_CASELESS
    said = fold(text[mention.start : mention.end])
    opens = said[0] in lowered and len(said) == 1 and begins_sentence(text, mention.start)
    return is_doubted_small(text, mention) or (opens and mention.score < points.OPENING_LEAST)


def _small_words_left(transcript: Transcript, search: _Search, taken: set[int]) -> list[Kept]:
    """A name's word written small that a longer reading let go of: "see" of "see Sandy Valley"."""
    text = transcript.text
    if is_caseless(text):
        return []
    return [
        Kept(Place.at(transcript.id, word.start, word.end), "ordinary_word")
        for word in words(text)
        if word.folded in search.alone
        and text[word.start].islower()
        and word.start not in taken
        and is_word_too(word.folded)
    ]


def _variants(
    by_words: Mapping[tuple[str, ...], _Form], lowered: frozenset[str]
) -> tuple[Variants, dict[str, Label]]:
    """The words of names and places that a transcriber or a machine may have misheard."""
    label_of: dict[str, Label] = {}
    for form in by_words.values():
        if form.label in NAMES:
            for word in form.words:
                if not is_word_too(word) and word not in lowered:
                    label_of.setdefault(word, form.label)
    return Variants(label_of), label_of


def _meant(transcript: Transcript, search: _Search, taken: set[int]) -> list[Mention]:
    """Words that nothing explained and that are near to a name: "Kowalchyk", "kill Marnock"."""
    found = [
        _near(transcript, heard.span, search.label_of[heard.name], Source.HEARD_AS_OTHER_WORDS)
        for heard in search.heard.find(transcript.text)
        if not any(at in taken for at in range(heard.span.start, heard.span.end))
    ]
    caseless = is_caseless(transcript.text)
    for word in words(transcript.text):
        if word.start in taken or not (caseless or transcript.text[word.start].isupper()):
            continue
        name = search.variants.near(word.folded)
        if name is not None:
            there, label = Span(word.start, word.end), search.label_of[name]
            found.append(_near(transcript, there, label, Source.NEAR_A_NAME_OF_THE_STUDY))
    return found


def _near(transcript: Transcript, there: Span, label: Label, why: Source) -> Mention:
    return Mention(
        place=Place(transcript.id, there),
        label=label,
        score=points.NEAR_A_NAME,
        sources=(why,),
    )


def _is_longer(name: Span, kept: Iterable[Kept]) -> bool:
    """Whether a name reaches over every kept term it touches: "north wales" is not Wales."""
    return all(name.covers(k.span) and name != k.span for k in kept if name.overlaps(k.span))


def _is_acronym(text: str, start: int, end: int, form: _Form, search: _Search, look: Look) -> bool:
    """Her PA, where somebody is called Pa; our OT: another word, that no name is written like."""
    return (
        form.label in NAMES
        and len(form.words) == 1
        and 1 < len(form.words[0]) <= _LONGEST_ACRONYM
        and text[start:end].isupper()
        and form.words[0] not in search.in_capitals
        and not is_caseless(text)
        and not look.is_proper(start)
    )


def _is_doubtful(form: _Form, lowered: frozenset[str]) -> bool:
    """A form of one word that is an ordinary word too, by our list or by the corpus itself."""
    if len(form.words) > 1:
        return False
    return is_word_too(form.words[0]) or (form.words[0] in lowered and not form.certain)
