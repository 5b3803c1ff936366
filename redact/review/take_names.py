"""A list of names that a person corrected, taken back: what they changed becomes their word.

Everything is read and checked before anything is recorded. A row that nobody changed says nothing;
one that is missing says nothing either: only `no` in "is it a name?" lets a name stand in clear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from redact.core import LABELS, Label, Place
from redact.detect.roster import is_ambiguous_form, is_written_as_name
from redact.errors import UsageError
from redact.review.came_back import as_it_went, spelt_out
from redact.review.decide import places_with
from redact.review.name_list import FoundName, content_of, key_of, parts_of
from redact.review.name_sheet import CorrectedName
from redact.review.verdict import Verdict
from redact.study.desk import Desk
from redact.transcript.case import is_caseless

_NO, _YES = (
    frozenset({"no", "n", "no name", "not a name", "false", "x"}),
    frozenset({"", "yes", "y", "true", "ok"}),
)
_NOBODY = frozenset({"nobody", "none", "no one", "noone", "-", "no", "somebody else", "apart"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a corrected list says otherwise than the study, by places; nothing of it is done yet.

    `groups` are places that are one each and together, `parted` places that leave what they are
    of. `rows_nowhere` are rows with names that stand in no transcript; `rows_gone` counts rows that
    the file has no more.
    """

    verdicts: tuple[Verdict, ...] = ()
    no_names: tuple[Place, ...] = ()
    retyped: tuple[tuple[Place, Label], ...] = ()
    parted: tuple[tuple[Place, ...], ...] = ()
    groups: tuple[tuple[Place, ...], ...] = ()
    settled: tuple[Place, ...] = ()
    rows_nowhere: tuple[int, ...] = ()
    rows_gone: int = 0

    @property
    def is_empty(self) -> bool:
        return not (
            self.verdicts
            or self.no_names
            or self.retyped
            or self.parted
            or self.groups
            or self.settled
        )


@dataclass(slots=True, kw_only=True)
class _Plan:
    """The changes while rows are read. `taken` is by form which rows gave it up."""

    desk: Desk
    names: Sequence[FoundName]
    rows: Sequence[CorrectedName]
    of_row: dict[int, FoundName] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    no_names: list[Place] = field(default_factory=list)
    retyped: list[tuple[Place, Label]] = field(default_factory=list)
    parted: list[tuple[Place, ...]] = field(default_factory=list)
    groups: list[tuple[Place, ...]] = field(default_factory=list)
    settled: list[Place] = field(default_factory=list)
    nowhere: list[int] = field(default_factory=list)


def changes_of(desk: Desk, names: Sequence[FoundName], rows: Sequence[CorrectedName]) -> Changes:
    """What the rows say otherwise than `names`, the study's list as it is now.

    Raises UsageError naming the row for what cannot be, or was written before the study changed.
    """
    plan = _Plan(desk=desk, names=names, rows=rows)
    _match_rows(plan)
    rows = plan.rows = [_as_it_went(plan, row) for row in rows]
    given_up = _given_up(plan)
    claimed: set[Place] = set()
    for row in rows:
        claimed |= _read_row(plan, row, given_up)
    for places in given_up.values():
        left = [place for place in places if place not in claimed]
        if left:
            plan.parted.append(tuple(left))
    _read_same_as(plan)
    return Changes(
        verdicts=tuple(plan.verdicts),
        no_names=tuple(plan.no_names),
        retyped=tuple(plan.retyped),
        parted=tuple(plan.parted),
        groups=tuple(plan.groups),
        settled=tuple(plan.settled),
        rows_nowhere=tuple(plan.nowhere),
        rows_gone=len(names) - len(plan.of_row),
    )


def _as_it_went(plan: _Plan, row: CorrectedName) -> CorrectedName:
    """The row without what only a spreadsheet did to it."""
    one = plan.of_row.get(row.number)
    if one is None:
        return row
    own = (one.name, *one.forms)
    forms = one.forms if row.forms is None else tuple(as_it_went(form, own) for form in row.forms)
    return replace(row, name=as_it_went(row.name, own), forms=forms)


def _match_rows(plan: _Plan) -> None:
    """Each row's entity by its ref; a changed row whose places are others now is refused."""
    by_number = {parts.number: one for one in plan.names if (parts := parts_of(one.ref))}
    now = {(p.content, p.places): one for one in plan.names if (p := parts_of(one.ref))}
    seen: dict[str, int] = {}
    for row in plan.rows:
        _check(row)
        if not row.ref:
            continue
        parts = parts_of(row.ref)
        if parts is None:
            raise _amiss(row, "the ref of this row is no ref of ours", "Leave refs as they are.")
        if row.ref in seen:
            raise _amiss(
                row,
                f"this row has the ref of row {seen[row.ref]}",
                "Empty the ref of a row that you copied to add a name.",
            )
        seen[row.ref] = row.number
        found = now.get((parts.content, parts.places))
        if found is not None:
            plan.of_row[row.number] = found
        elif _is_changed(row, parts.content) or parts.number not in by_number:
            raise _amiss(
                row,
                "the study has changed since this list was written, and this row with it",
                "Save the whole list anew, and change that.",
                "`redact tables STUDY --to FILE` saves it.",
            )


def _check(row: CorrectedName) -> None:
    if row.label and row.label not in LABELS:
        raise _amiss(row, "the kind of this row is none", f"Write one of {', '.join(LABELS)}.")
    if row.is_name not in _NO | _YES:
        raise _amiss(row, "this is no answer to: is it a name?", "Write yes or no, or nothing.")
    if not row.ref and not any(c.isalnum() for c in row.name):
        raise _amiss(row, "this row has neither ref nor name", "Write the name, or delete the row.")


def _is_changed(row: CorrectedName, content: str) -> bool:
    said = content_of(row.label, row.name, row.forms or ())
    return said != content or bool(row.same_as) or row.is_name in _NO


def _given_up(plan: _Plan) -> dict[tuple[int, tuple[str, ...]], list[Place]]:
    """By row and form the places of forms that a person took out of the row."""
    given: dict[tuple[int, tuple[str, ...]], list[Place]] = {}
    for row in plan.rows:
        one = plan.of_row.get(row.number)
        if one is None or row.is_name in _NO:
            continue
        kept = {key_of(form) for form in (*(row.forms or ()), row.name, one.name)}
        for form in one.forms:
            if key_of(form) not in kept:
                given[row.number, key_of(form)] = list(one.places[form])
    return given


def _read_row(
    plan: _Plan, row: CorrectedName, given_up: Mapping[tuple[int, tuple[str, ...]], list[Place]]
) -> set[Place]:
    """What one row changes; gives the places that it takes over from other rows."""
    one = plan.of_row.get(row.number)
    if row.ref and one is None:
        return set()  # nobody changed it, and it is another now
    if row.is_name in _NO:
        plan.no_names += one.all_places if one else ()
        return set()
    label = _label(row, one)
    if one is not None and row.label and row.label != one.label:
        plan.retyped.append((one.all_places[0], label))
    same = [one] if one else _meant_by_a_new_row(plan, row, label)
    own = {key_of(form) for other in same for form in (other.name, *other.forms)}
    new = [form for form in _spelt_out(plan, row) if key_of(form) not in own]
    if one is not None and _namesakes(plan, row, label):
        new = [form for form in new if key_of(form) != key_of(row.name)]  # the two are one
    taken: list[Place] = []
    missed: list[Place] = []
    for form in new:
        moved = [p for (_, key), places in given_up.items() if key == key_of(form) for p in places]
        holders = _holders(plan, form, row)
        if holders and not moved:
            taken += _of_another(plan, row, form, holders)
        taken += moved
        missed += _missed(plan, form, label)
    if new and not taken and not missed:
        plan.nowhere.append(row.number)
    base = [other.all_places[0] for other in same]
    if taken and not _is_all_of_one(plan, taken):
        plan.parted.append(tuple(taken))
    together = (*base, *taken[:1], *missed)
    if len(together) > 1:
        plan.groups.append(together)
    return set(taken)


def _spelt_out(plan: _Plan, row: CorrectedName) -> list[str]:
    """The forms of a row, two of which may stand in one with a comma between."""

    def stands(form: str) -> bool:
        known = any(key_of(form) == key_of(f) for one in plan.names for f in (one.name, *one.forms))
        return known or bool(places_with(plan.desk, form, "PERSON"))

    said = [form for form in (row.name, *(row.forms or ())) if form]
    return list(dict.fromkeys(piece for form in said for piece in spelt_out(form, stands)))


def _meant_by_a_new_row(plan: _Plan, row: CorrectedName, label: Label) -> list[FoundName]:
    """Whom a row that a person added means by `same as`, or by a name that one other row has."""
    if row.same_as and row.same_as.casefold() not in _NOBODY:
        return list(_meant(plan, row, row.same_as))
    called = [
        one
        for one in plan.of_row.values()
        if key_of(one.name) == key_of(row.name) and one.label == label
    ]
    return called if len(called) == 1 else []


def _namesakes(plan: _Plan, row: CorrectedName, label: Label) -> list[FoundName]:
    """The other rows of the name that a person gave this one: they are the same."""
    return [
        plan.of_row[other.number]
        for other in plan.rows
        if other.number != row.number
        and other.number in plan.of_row
        and key_of(other.name) == key_of(row.name)
        and _label(other, plan.of_row[other.number]) == label
    ]


def _label(row: CorrectedName, one: FoundName | None) -> Label:
    said = row.label or (one.label if one else "PERSON")
    return next(label for label in LABELS if label == said)


def _holders(plan: _Plan, form: str, row: CorrectedName) -> list[int]:
    """The numbers of the other rows that have a form, and keep it."""
    key = key_of(form)
    return [
        number
        for number, one in plan.of_row.items()
        if number != row.number and any(key_of(f) == key for f in one.places)
    ]


def _of_another(plan: _Plan, row: CorrectedName, form: str, holders: list[int]) -> list[Place]:
    """The places of the one other row that is nothing but this form: the two are one."""
    if len(holders) == 1:
        other = plan.of_row[holders[0]]
        if {key_of(f) for f in other.places} == {key_of(form)}:
            return list(other.all_places)
    raise _amiss(
        row,
        f"a name of this row stands in row {', '.join(map(str, holders))} too",
        "Take it out of the other row if it is this one's there, or write the other row's number "
        "under `same as` if the two are one.",
    )


def _is_all_of_one(plan: _Plan, places: Iterable[Place]) -> bool:
    wanted = set(places)
    return any(set(one.all_places) == wanted for one in plan.names)


def _missed(plan: _Plan, form: str, label: Label) -> list[Place]:
    """Where an added name stands and nothing is hidden; recorded as missed."""
    hidden = {p for one in plan.names for p in one.all_places}
    places = []
    for verdict in places_with(plan.desk, form, label):
        if verdict.place in hidden or not _is_written_so(plan.desk, form, verdict.place):
            continue
        plan.verdicts.append(verdict)
        places.append(verdict.place)
    return places


def _is_written_so(desk: Desk, form: str, place: Place) -> bool:
    """Whether a form that is a word too is written as a name here."""
    if not is_ambiguous_form(form):
        return True
    text = next(t.text for t in desk.transcripts if t.id == place.transcript)
    return is_caseless(text) or is_written_as_name(text, place.start, place.end)


def _read_same_as(plan: _Plan) -> None:
    """Rows that a person says are one, by number, ref, pseudonym or name, or by the same name."""
    for row in plan.rows:
        one = plan.of_row.get(row.number)
        if one is None or row.is_name in _NO:
            continue
        said = row.same_as.strip()
        if said.casefold() in _NOBODY:
            plan.settled.append(one.all_places[0])
        elif said:
            for other in _meant(plan, row, said):
                plan.groups.append((one.all_places[0], other.all_places[0]))
        elif key_of(row.name) != key_of(one.name):
            label = _label(row, one)
            plan.groups += [
                (one.all_places[0], other.all_places[0]) for other in _namesakes(plan, row, label)
            ]


def _meant(plan: _Plan, row: CorrectedName, said: str) -> Iterator[FoundName]:
    """The entities that `same as` names; UsageError for none, for several, or for itself."""
    for piece in (one.strip() for one in said.split(";")):
        if not piece:
            continue
        found = {one.entity: one for one in _named(plan, piece)}
        mine = plan.of_row.get(row.number)
        if len(found) != 1 or (mine is not None and mine.entity in found):
            what = "names none of the rows" if not found else "fits more than one row, or itself"
            raise _amiss(
                row,
                f"`same as` {what}",
                "Write the ref or the number of the other row, or `nobody`.",
            )
        yield next(iter(found.values()))


def _named(plan: _Plan, said: str) -> Iterator[FoundName]:
    number = said.lstrip("#").strip()
    if number.isdigit() and int(number) in plan.of_row:
        yield plan.of_row[int(number)]
        return
    wanted = said.casefold().strip("[]")
    for row in plan.rows:
        one = plan.of_row.get(row.number)
        if one is None:
            continue
        names = (one.ref, one.pseudonym.strip("[]"), one.name, row.name)
        parts = parts_of(one.ref)
        short = f"n{parts.number:03d}" if parts else ""
        if wanted in {name.casefold() for name in names} | {short}:
            yield one


def _amiss(row: CorrectedName, what: str, remedy: str, command: str = "") -> UsageError:
    told = f"{remedy} Nothing was recorded."
    return UsageError(what, where=row.where, remedy=told, command=command)


def joined(groups: Iterable[tuple[Place, ...]]) -> tuple[tuple[Place, ...], ...]:
    """The groups put together where they share a place, in order."""
    sets: list[dict[Place, None]] = []
    for group in groups:
        mine = dict.fromkeys(group)
        apart = []
        for other in sets:
            if other.keys() & mine.keys():
                mine = {**other, **mine}
            else:
                apart.append(other)
        sets = [*apart, mine]
    return tuple(tuple(one) for one in sets)
