"""The intruder's attack on a study: what they have, what the corpus says, and who is found.

Truth comes from the linkage key; it and what the steward supplies are used and not written down.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from redact import records
from redact.core import Entity
from redact.desk import Desk
from redact.detect.lexicon import is_function_word
from redact.errors import BadInput
from redact.formats.text import read_text
from redact.pipeline import DECISIONS, ENTITIES
from redact.release.contents import Contents
from redact.releasing import gather
from redact.risk.attack import Outcome, Words, match, match_style
from redact.transcript.words import fold

_AROUND = 90  # characters to either side of a pseudonym that are taken for talk about its bearer
_SENTENCE = re.compile(r"(?<=[.?!\n])\s+")
_LABEL = re.compile(r"\[[^\[\]\n]*\]")


@dataclass(frozen=True, slots=True)
class Background:
    """What an intruder knows: words about people and organisations, by name."""

    people: dict[str, Words] = field(repr=False)
    organisations: dict[str, Words] = field(repr=False)


def read_background(paths: Iterable[Path]) -> Background:
    """Staff lists (CSV with a column `name`) and texts, such as an annual report.

    A sentence of a text that names somebody of a list is known of them. BadInput for a CSV without
    the column, and where no list names anybody.
    """
    people: dict[str, Words] = defaultdict(Counter)
    organisations: dict[str, Words] = defaultdict(Counter)
    texts = []
    for path in paths:
        text = read_text(path).text
        if path.suffix.lower() != ".csv":
            texts.append(text)
            continue
        for row in csv.DictReader(io.StringIO(text, newline="")):
            cells = {(k or "").strip().casefold(): (v or "").strip() for k, v in row.items()
                     if isinstance(v, str | None)}  # fmt: skip
            if not cells.get("name"):
                raise BadInput(
                    "this list has no column `name`, or a row without one",
                    where=str(path),
                    remedy="Give each person a row with a name.",
                )
            known = _told(v for k, v in cells.items() if k not in ("name", "organisation"))
            people[cells["name"]].update(known)
            if cells.get("organisation"):
                organisations[cells["organisation"]].update(known)
    if not people:
        raise BadInput("no list names anybody", where=", ".join(map(str, paths)),
                       remedy="Give a staff list as CSV with a column `name`.")  # fmt: skip
    for text in texts:
        for sentence in _SENTENCE.split(text):
            said = set(fold(sentence))
            for name, words in (*people.items(), *organisations.items()):
                if set(fold(name)) <= said:
                    words.update(_told([sentence]))
    return Background(dict(people), dict(organisations))


def attack(desk: Desk, background: Background) -> tuple[Outcome, ...]:
    """The outcomes, of people who are spoken of, interviewees, organisations and style.

    Who was found stands under pseudonyms and names of safe transcripts.
    """
    contents = gather(desk)
    entities = records.read_entities(desk.study.work / ENTITIES)
    people = [entity for entity in entities if entity.label == "PERSON"]
    shown = {d.entity: d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}
    shown |= {document.doc_id: document.safe_name for document in desk.key.documents}
    shown |= {form.text: entry.pseudonym for entry in desk.key.entries if entry.type == "ORG"
              for form in entry.forms}  # fmt: skip
    outcomes = (
        match("people, by what is said of them", _spoken_of(contents, people),
              background.people, _true_people(desk, people, background)),
        match("interviewees, by their talk and their row", _interviewees(contents),
              background.people, _true_interviewees(desk, people, background)),
        match("organisations, by the talk in their interviews", _held_at(desk, contents),
              background.organisations, _true_organisations(desk, background)),
        match_style("interviews of one person, by style", _talks(contents),
                    _speakers(desk, people)),
    )  # fmt: skip
    return tuple(
        replace(one, right_ones=tuple(sorted(shown.get(name, "[…]") for name in one.right_ones)))
        for one in outcomes
    )


def _told(texts: Iterable[str]) -> Words:
    """The telling words of texts: labels, and words that every talk has, tell nothing."""
    return Counter(
        word for text in texts for word in fold(_LABEL.sub(" ", text))
        if len(word) > 2 and not is_function_word(word)
    )  # fmt: skip


def _spoken_of(contents: Contents, people: list[Entity]) -> dict[str, Words]:
    """By person the words around their pseudonym in the safe texts."""
    text = {safe.id: safe.text for safe in contents.safe}
    at = {(item.doc, item.start): (item.safe_start, item.safe_end)
          for item in contents.key.replacements}  # fmt: skip
    found: dict[str, Words] = {}
    for entity in people:
        said: list[str] = []
        for mention in entity.mentions:
            place = at.get((mention.transcript, mention.start))
            if place is not None:
                whole = text[mention.transcript]
                said.append(whole[max(0, place[0] - _AROUND) : place[0]])
                said.append(whole[place[1] : place[1] + _AROUND])
        found[entity.id] = _told(said)
    return found


def _interviewees(contents: Contents) -> dict[str, Words]:
    listed = contents.data_list
    found = {}
    for document, safe in zip(contents.key.documents, contents.safe, strict=True):
        stem = document.safe_name.rpartition(".")[0]
        row = listed.row_of(stem) if listed is not None else {}
        found[document.doc_id] = _told([safe.text, *(row.values())])
    return found


def _held_at(desk: Desk, contents: Contents) -> dict[str, Words]:
    found: dict[str, Words] = defaultdict(Counter)
    for transcript, safe in zip(desk.transcripts, contents.safe, strict=True):
        if transcript.organisation:
            found[transcript.organisation].update(_told([safe.text]))
    return dict(found)


def _forms(desk: Desk, entity: Entity) -> set[tuple[str, ...]]:
    text = {t.id: t.text for t in desk.transcripts}
    forms = {fold(text[m.transcript][m.start : m.end]) for m in entity.mentions}
    listed = next((e for e in desk.roster if e.row == entity.roster_row), None)
    return forms | ({fold(form) for form in listed.forms} if listed else set())


def _true_people(desk: Desk, people: list[Entity], background: Background) -> dict[str, str]:
    named = {fold(name): name for name in background.people}
    truth = {}
    for entity in people:
        for form in _forms(desk, entity):
            if form in named:
                truth[entity.id] = named[form]
    return truth


def _true_interviewees(desk: Desk, people: list[Entity], background: Background) -> dict[str, str]:
    who = _true_people(desk, people, background)
    return {doc: who[entity.id] for entity in people if entity.id in who
            for doc in entity.interviewed_in}  # fmt: skip


def _true_organisations(desk: Desk, background: Background) -> dict[str, str]:
    named = {fold(name): name for name in background.organisations}
    return {t.organisation: named[fold(t.organisation)] for t in desk.transcripts
            if t.organisation and fold(t.organisation) in named}  # fmt: skip


def _talks(contents: Contents) -> dict[str, list[str]]:
    """By interview the interviewee's own words: those of the speaker who says most."""
    found = {}
    for safe in contents.safe:
        by_label: dict[str, list[str]] = defaultdict(list)
        for line in safe.text.split("\n"):
            label, colon, rest = line.partition(":")
            if colon and len(label) < 40:
                by_label[label] += fold(_LABEL.sub(" ", rest))
        found[safe.id] = max(by_label.values(), key=len, default=[])
    return found


def _speakers(desk: Desk, people: list[Entity]) -> dict[str, str]:
    """Whose interview it is; one of its own where nobody is known for it."""
    mine = {doc: entity.id for entity in people for doc in entity.interviewed_in}
    return {t.id: mine.get(t.id, f"only {t.id}") for t in desk.transcripts}
