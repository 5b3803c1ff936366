"""What people do to `Hiding` by files and lists: exports, names, what a release waits for."""

from __future__ import annotations

import csv
import json
import random

from redact.core import LABELS
from redact.errors import UsageError
from redact.pipeline import run_stage
from redact.review import decide
from redact.review.answer import Answer, Asked, answer, verdicts_of
from redact.review.apply_names import take_list
from redact.review.exchange import bring_in, export
from redact.review.name_list import found_names
from redact.review.name_sheet import write_names
from redact.study.rulings import Ruling
from tests.faults.hidden import Hiding

NO = "is it a name?"


def a_list_taken_back(h: Hiding, pick: random.Random, uncover: bool) -> None:
    """The list of names comes back with rows gone, emptied, of another kind, joined or refused."""
    desk, _ = run_stage(h.desk(), "replace")
    names = {one.ref: one for one in found_names(desk)}
    path = h.folder / f"names-{len(h.told)}.csv"
    path.write_bytes(write_names(tuple(names.values()), (), ".csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        return
    order = sorted(rows, key=lambda row: min(h.at(desk, p) for p in names[row["ref"]].all_places))
    kept = [row for row in order if not _changed(row, order, pick)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
    refused = [p for row in kept if row[NO] == "no" for p in names[row["ref"]].all_places]
    before = len(decide.rows_of(desk))
    hidden = h.letters(desk, (m.place for m in decide.mentions(desk)))
    try:
        desk, taken = take_list(desk, path, "AB", uncover)
    except UsageError:
        assert len(decide.rows_of(desk)) == before
        return
    said = [row for row in decide.rows_of(desk)[before:] if isinstance(row, Ruling) and row.label]
    labelled = h.letters(desk, (row.place for row in said if h.hides(row.label)))
    for batch in {row.batch for row in said}:
        h.named(batch, labelled, hidden)
    if refused and taken.uncovered:
        assert uncover
        h.let_go(desk, h.letters(desk, refused))


def _changed(row: dict[str, str], rows: list[dict[str, str]], pick: random.Random) -> bool:
    """Whether a person deleted the row; else what they changed in it."""
    what = pick.choice(("", "", "", "gone", "kind", "forms", "name", "same as", "no", "empty"))
    match what:
        case "kind":
            row["kind"] = pick.choice(LABELS[:3])
        case "forms":
            row["also called"] = ""
        case "name":
            row["name"] = pick.choice(rows)["name"].split(" ")[0]
        case "same as":
            row["same as"] = pick.choice((pick.choice(rows)["ref"], "nobody"))
        case "no":
            row[NO] = "no"
        case "empty":
            row["kind"] = row["name"] = row["also called"] = ""
    return what == "gone"


def an_answer(h: Hiding, pick: random.Random) -> None:
    """Words that stand in clear are answered: a name everywhere, only here, or none."""
    desk = h.desk()
    shown = h.some_words(desk, pick, None)
    if any(one.place.overlaps(shown.place) for one in decide.mentions(desk)):
        return
    asked = Asked(words=desk.words_of(shown.place), places=(shown.place,))
    said, label = pick.choice(list(Answer)), pick.choice(LABELS[:3])
    verdicts = verdicts_of(desk, asked, said, label)
    h.answered(desk, verdicts, lambda: answer(desk, asked, said, label, "AB", decide.newest(desk)))


def an_export_taken_back(h: Hiding, pick: random.Random, uncover: bool) -> None:
    """Decisions come back from another program with labels gone, cut or moved."""
    desk, path = h.desk(), h.folder / f"out-{len(h.told)}.jsonl"
    export(desk, path, "doccano", ())
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for row in sorted(rows, key=lambda row: h.source(desk, row["meta"]["doc"])):
        row["label"] = [changed for one in row["label"] for changed in _label_changed(one, pick)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    labelled = {
        (h.source(desk, row["meta"]["doc"]), at)
        for row in rows
        for start, end, _ in row["label"]
        for at in range(start, end)
    }
    before, rows_before = h.now(desk), len(decide.rows_of(desk))
    try:
        brought = bring_in(desk, path, "doccano", "CD", uncover)
    except UsageError:
        assert len(decide.rows_of(desk)) == rows_before
        return
    details = {letter for letter in before if letter not in labelled}
    if details and brought.bare:
        assert uncover
        h.let_go(desk, details)


def _label_changed(span: list[object], pick: random.Random) -> list[list[object]]:
    """What another program makes of a label: the same, none, a shorter one, another kind."""
    start, end, label = span
    assert isinstance(start, int)
    assert isinstance(end, int)
    chance = pick.random()
    if chance < 0.7:
        return [span]
    if chance < 0.8:
        return []
    if chance < 0.9 and end - start > 4:
        return [[start, end - 3, label]]
    return [[start, end, pick.choice(LABELS[:3])]]
