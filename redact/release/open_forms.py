"""What a release waits for, as a person is asked it: each form once, with the places it stands at.

The gates say where something is that nobody has explained. Here their findings become words in
their context: from the source where a transcript has them, else from the released file. Whoever
asks for them has opened the linkage key, and the look is in the log before a word is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from redact.core import LABELS, NAMES, Label, Place, Span
from redact.detect.gazetteer import is_place
from redact.release.build import ask_gates, look_again
from redact.release.consented import Condition, NotAgreed
from redact.release.contents import Contents, payload_of
from redact.release.findings import Finding, Gate, GateResult
from redact.release.gather import gather
from redact.release.make import names_in_papers
from redact.release.package import DOCUMENTATION
from redact.release.released import ReleasedText
from redact.release.source_places import SourcePlaces
from redact.review.answer import Asked
from redact.review.decide import newest
from redact.study import records
from redact.study.desk import Desk
from redact.study.elsewhere import allowed_by, words_token
from redact.study.hold import hold
from redact.study.rulings import in_force
from redact.transcript.words import fold

CONTEXT = 60  # characters to either side
ANSWERED = (Gate.NO_ORIGINAL, Gate.SECOND_LOOK, Gate.PAPERS)  # by what a person says of words
_SHORT = 12  # characters of a form's id


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlace:
    """Where open words stand: in `file` of the release; in a transcript also at a `place` of it.

    In a table it is a cell: the `row` of an interview by its neutral name, and the `column`.
    """

    gate: Gate
    file: str
    line: int
    row: str | None = None
    column: str | None = None
    place: Place | None
    span: Span  # in `text`: the source of a transcript, else the released file
    text: str = field(repr=False)

    @property
    def words(self) -> str:
        return self.text[self.span.start : self.span.end]

    @property
    def where(self) -> str:
        """Where in the file: its line, or row and column."""
        if self.column is None:
            return f"line {self.line}"
        return f"{self.row}, column {self.column}"


@dataclass(frozen=True, slots=True)
class OpenPiece:
    """A stretch of a passage; `is_open` where it is what a person is asked about."""

    text: str = field(repr=False)
    is_open: bool


@dataclass(frozen=True, slots=True)
class OpenPassage:
    """What a person reads of places that stand close together; `same` more read just so."""

    first: OpenPlace
    pieces: tuple[OpenPiece, ...]
    same: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """Words that nobody has explained, and all their places; `id` is safe to be written anywhere.

    `label` is what they are taken for. Where `only_beside`, they stand in no transcript.
    """

    id: str
    words: str = field(repr=False)
    label: Label
    places: tuple[OpenPlace, ...]

    @property
    def only_beside(self) -> bool:
        return all(one.place is None for one in self.places)

    @property
    def docs(self) -> frozenset[str]:
        """The transcripts it stands in."""
        return frozenset(one.place.transcript for one in self.places if one.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """All that a release waits for: words, transcripts to be read, and what is settled elsewhere.

    `names` are the steward's own names of the transcripts' files, by document; `own_names` by their
    neutral ones.
    """

    forms: tuple[OpenForm, ...]
    unread: tuple[str, ...]  # documents
    others: tuple[GateResult, ...]
    gates: tuple[GateResult, ...]
    newest: int  # batch of decisions that this follows from
    names: Mapping[str, str] = field(repr=False)
    own_names: Mapping[str, str] = field(default_factory=dict, repr=False)
    left_out: tuple[NotAgreed, ...] = ()  # by what their participants agreed to
    conditions: tuple[Condition, ...] = ()  # of those that go out

    @property
    def is_over(self) -> bool:
        return not (self.forms or self.unread or self.others)

    @property
    def is_for_a_person(self) -> bool:
        """Whether words, reading, or a decision about table, paper or name would help."""
        decided = {
            Gate.CONSENT,
            Gate.NO_ORIGINAL,
            Gate.PAPERS,
            Gate.SURROGATES,
            Gate.SMALL_COUNTS,
        }
        others = {one.gate for one in self.others}
        return bool(self.forms or self.unread or others) and others <= decided

    @property
    def look(self) -> str:
        """How many words look like names, and how many the policy allows; nothing if it passes."""
        looks = (one for one in self.gates if one.gate == Gate.SECOND_LOOK)
        return next((one.findings[0].what for one in looks if not one.passed), "")

    @property
    def places(self) -> int:
        return sum(len(form.places) for form in self.forms)

    def form(self, wanted: str) -> OpenForm | None:
        """The form of this id; None if it is open no longer."""
        return next((one for one in self.forms if one.id == wanted), None)


def asked_of(form: OpenForm) -> Asked:
    """What a person was shown of a form, as an answer is about it."""
    files = dict.fromkeys(one.file for one in form.places if one.place is None)
    places = tuple(one.place for one in form.places if one.place is not None)
    return Asked(words=form.words, places=places, files=tuple(files))


def comes_from(file: str) -> str:
    """Where the steward finds the words of a released file that is no transcript."""
    if file.startswith(f"{DOCUMENTATION}/"):
        return "your paper"
    known = {"interviews.csv": "your table of interviews", "policy.toml": "the study's policy.toml"}
    return known.get(file, "your description (study.toml, `redact describe`)")


def still_open(desk: Desk, waits: Waiting) -> Waiting:
    """The same without the places that somebody answered, also where no safe text has it yet.

    Since the list was made a word on a part of a place counts too: then it is asked anew.
    """
    rows = records.read_rulings(desk.study.rulings)
    allowed = allowed_by(desk.key.secret, rows)
    held = in_force(rows)

    def is_open(one: OpenPlace) -> bool:
        if one.place is None:
            return not allowed.has(one.file, one.words)
        place = one.place
        return not any(
            r.place.span.covers(place.span) or (r.batch > waits.newest and r.place.overlaps(place))
            for r in held.get(place.transcript, ())
        )

    left = (replace(f, places=tuple(filter(is_open, f.places))) for f in waits.forms)
    return replace(waits, forms=tuple(form for form in left if form.places))


def waiting(desk: Desk) -> Waiting:
    """What the gates would refuse now. Nothing is logged or released.

    The lock is held while files are read. The gates are asked without it, so that nobody waits for
    them; whatever was written meanwhile would look like a break in the log, and is looked at again.
    """
    with hold(desk.study, desk.seen) as log:
        contents, day = gather(desk), log.last_time[:10]
    contents = contents.with_names_in_papers(names_in_papers(desk, contents))
    payload, texts = payload_of(contents, contents.facts("list", day))
    look = look_again(desk.study, contents, texts)
    results = ask_gates(desk.study, contents, payload, texts, desk.identity.log_key, look)
    if any(one.gate == Gate.LOG_AND_KEY and not one.passed for one in results):
        with hold(desk.study, desk.seen):
            results = ask_gates(desk.study, contents, payload, texts, desk.identity.log_key, look)
    text_of = {one.name: one for one in texts}
    places = _places(contents, results, text_of)
    names = {document.safe_name: document.doc_id for document in contents.key.documents}
    reviewed = (one for one in results if one.gate == Gate.REVIEW)
    unread = {
        where
        for result in reviewed
        for one in result.findings
        if (where := one.where or "") in names
    }
    others = (_not_answered(one, unread) for one in results if one.gate != Gate.REVIEW)
    return Waiting(
        forms=_forms(contents, places),
        unread=tuple(names[name] for name in sorted(unread)),
        others=tuple(one for one in others if not one.passed),
        gates=results,
        newest=newest(desk),
        names={document.doc_id: document.source_name for document in contents.key.documents},
        own_names={one.safe_name: one.source_name for one in desk.key.documents},
        left_out=contents.consent.left_out,
        conditions=contents.consent.conditions,
    )


def _not_answered(result: GateResult, unread: Collection[str]) -> GateResult:
    """What of a refusal no word about words settles, nor the reading of a transcript."""
    if result.gate in ANSWERED:
        left = tuple(one for one in result.findings if one.span is None and one.where is not None)
    else:
        read = {f"transcripts/{name}" for name in unread}
        left = tuple(one for one in result.findings if one.where not in read)
    return GateResult(gate=result.gate, findings=left, remedy=result.remedy)


@dataclass(frozen=True, slots=True)
class _Found:
    finding: Finding
    place: OpenPlace
    label: Label


def _places(
    contents: Contents, results: Iterable[GateResult], text_of: Mapping[str, ReleasedText]
) -> list[_Found]:
    """Each finding about words with the words; of two on the same letters the longer one."""
    source = SourcePlaces(contents.key)
    originals = {transcript.id: transcript.text for transcript in contents.transcripts}
    found = [
        _found(source, originals, result.gate, one, text_of)
        for result in results
        if result.gate in ANSWERED
        for one in result.findings
        if one.span is not None and one.where in text_of
    ]
    longest = sorted(found, key=lambda f: (-len(f.place.words), f.place.file, f.place.line))
    taken: dict[str, list[Span]] = defaultdict(list)
    left = []
    for one in longest:
        at = one.place.place.span if one.place.place else one.finding.span
        where = one.place.place.transcript if one.place.place else one.place.file
        if at is not None and not any(at.overlaps(other) for other in taken[where]):
            taken[where].append(at)
            left.append(one)
    return left


def _found(
    source: SourcePlaces,
    originals: Mapping[str, str],
    gate: Gate,
    finding: Finding,
    text_of: Mapping[str, ReleasedText],
) -> _Found:
    file, span = finding.where or "", finding.span or Span(0, 0)
    released = text_of[file]
    text, place = released.text, None
    if finding.doc is not None:
        place = source.of(finding.doc, span)
        text, span = originals[finding.doc], place.span
    elif cell := released.cell_at(span):  # read without its neighbours
        text, start = text[cell.span.start : cell.span.end], span.start - cell.span.start
        span = Span(start, min(len(text), start + span.end - span.start))
    made = OpenPlace(
        gate=gate,
        file=file,
        line=finding.line or 1,
        row=finding.row,
        column=finding.column,
        place=place,
        span=span,
        text=text,
    )
    return _Found(finding, made, _label(finding, made.words))


def passages_of(form: OpenForm) -> tuple[OpenPassage, ...]:
    """The places of a form as they are read: no words are shown twice."""
    groups: list[list[OpenPlace]] = []
    for one in sorted(form.places, key=lambda p: (p.file, p.span)):
        last = groups[-1][-1] if groups else None
        near = last and last.file == one.file and last.text == one.text
        if last and near and one.span.start - last.span.end <= 2 * CONTEXT:
            groups[-1].append(one)
        else:
            groups.append([one])
    once: dict[tuple[OpenPiece, ...], OpenPassage] = {}
    for group in groups:
        pieces = _pieces(group)
        known = once.get(pieces)
        once[pieces] = (
            replace(known, same=known.same + 1) if known else OpenPassage(group[0], pieces)
        )
    return tuple(once.values())


def _pieces(group: list[OpenPlace]) -> tuple[OpenPiece, ...]:
    """The words about these places of one text, on one line."""
    text, at = group[0].text, max(0, group[0].span.start - CONTEXT)
    pieces = []
    for one in group:
        pieces += [
            OpenPiece(_in_one_line(text[at : one.span.start]), False),
            OpenPiece(one.words, True),
        ]
        at = one.span.end
    return (*pieces, OpenPiece(_in_one_line(text[at : at + CONTEXT]), False))


def _in_one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _label(finding: Finding, words: str) -> Label:
    """What the words are taken for: what the key has them as, else a place of the tables."""
    known = next((one for one in LABELS if one == finding.form), None)
    if known is not None:
        return known
    return "PLACE" if is_place(tuple(fold(words))) else "PERSON"


def _forms(contents: Contents, found: list[_Found]) -> tuple[OpenForm, ...]:
    """By their words, names first and what stands in most places."""

    def said(one: _Found) -> str:
        return words_token(contents.key.secret, one.place.words)[:_SHORT]

    forms = []
    for token, group in groupby(sorted(found, key=said), key=said):
        some = sorted(group, key=lambda f: (f.place.file, f.place.line))
        label = next((f.label for f in some if f.finding.form), some[0].label)
        places = tuple(one.place for one in some)
        forms.append(OpenForm(id=token, words=places[0].words, label=label, places=places))
    return tuple(
        sorted(forms, key=lambda f: (f.label not in NAMES, -len(f.places), f.words.casefold()))
    )
