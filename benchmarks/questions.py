"""What answers are worth: B-cubed F1 of persons before and after the first questions are answered.

    python benchmarks/questions.py GOLD.jsonl [TABLES]

GOLD.jsonl has one annotated transcript a line, with `study`, and `entity_id` in its spans. TABLES
is a folder with STUDY/roster.csv and STUDY/interviews.csv. Each study is linked from the gold's own
mentions, then the first questions are answered truthfully: everybody beside a question who is the
same is ticked; if nobody is, whoever is the same is chosen from the list of all people, as a
steward may. A person who holds mentions of two is taken for the one at the place that is shown.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from redact.chain import link_mentions
from redact.core import Entity, Place
from redact.evaluate.gold import GoldDocument, given_mentions, read_gold
from redact.evaluate.metrics import Predicted, evaluate
from redact.formats.tables import read_interviews, read_roster
from redact.link.asking import Questioner
from redact.link.corrections import Correction, Different, DontKnow, Group, Merge, Split, correct
from redact.link.questions import About, Side, WhoQuestion
from redact.policy import find_policy, load_policy
from redact.transcript.assemble import Corpus, assemble

STEPS = (0, 5, 10, 20, 40)


@dataclass(slots=True, kw_only=True)
class Study:
    """One study of the gold as it is linked, and what was answered about it."""

    name: str
    documents: tuple[GoldDocument, ...] = field(repr=False)
    entities: tuple[Entity, ...] = field(repr=False)
    who: Mapping[Place, str] = field(repr=False)
    asking: Questioner = field(repr=False)
    pairs_only: bool = False
    from_the_list: bool = True
    said: list[Correction] = field(default_factory=list, repr=False)
    told: int = 0  # people who were said to be the same

    def question(self) -> WhoQuestion | None:
        """The one to ask first."""
        return next(self.asking.questions(self.entities, self.said), None)

    def answer(self, question: WhoQuestion) -> None:
        """The truth about one question, recorded and applied as a study does."""
        meant = self.who.get(question.who.example, "")
        others = [one.side for one in question.others][: 1 if self.pairs_only else None]
        same = [one for one in others if meant and self.who.get(one.example) == meant]
        if question.about is About.JOIN:
            if not same:
                self._say(Split(places=question.who.places, before=(self._whole(others[0]),)))
                return
            self._say(Merge(places=(question.who.example, others[0].example)))
            return
        if not same and self.from_the_list and meant:
            same = self._listed(question.who, meant)
        self.told += len(same)
        apart = [one for one in others if one not in same]
        groups = [_group(question.who), *map(_group, apart)]
        if apart:
            places = tuple(group.places[0] for group in groups)
            kind = DontKnow if same else Different
            self._say(kind(places=places, before=tuple(groups)))
        if same:
            self._say(Merge(places=tuple(one.places[0] for one in (question.who, *same))))

    def _listed(self, who: Side, meant: str) -> list[Side]:
        """Whoever of all people is the same: the one who is spoken of most."""
        found = [
            Side(entity=one.id, places=places, example=places[0])
            for one in self.entities
            if one.label == "PERSON" and one.id != who.entity
            if (places := tuple(m.place for m in one.mentions))
            and sum(self.who.get(place) == meant for place in places) * 2 > len(places)
        ]
        return sorted(found, key=lambda one: -one.mentions)[:1]

    def _whole(self, side: Side) -> Group:
        one = next(entity for entity in self.entities if entity.id == side.entity)
        places = tuple(mention.place for mention in one.mentions)
        return Group(pseudonym=one.id, label=one.label, places=places)

    def _say(self, correction: Correction) -> None:
        self.said.append(correction)
        self.entities = correct(self.entities, [correction])

    def f1(self) -> float:
        """B-cubed F1 of persons, as `redact evaluate` has it."""
        found: dict[str, list[Predicted]] = {document.id: [] for document in self.documents}
        for entity in self.entities:
            for m in entity.mentions:
                found[m.transcript].append(
                    Predicted(start=m.start, end=m.end, label=m.label, entity=entity.id)
                )
        predicted = {name: tuple(rows) for name, rows in found.items()}
        return evaluate(self.documents, predicted)["link F1"]["PERSON"].value or 0.0


def _group(side: Side) -> Group:
    return Group(pseudonym=side.entity, label="PERSON", places=side.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One study of the gold, with its tables if there are any."""

    name: str
    documents: tuple[GoldDocument, ...] = field(repr=False)
    corpus: Corpus = field(repr=False)


def cases(gold: Path, tables: Path | None) -> list[Case]:
    """The studies of the gold."""
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
    study_of = {str(row["id"]): row["study"] for row in rows}
    documents: dict[str, list[GoldDocument]] = defaultdict(list)
    for document in read_gold(gold):
        documents[study_of[document.id]].append(document)
    made = []
    for name, own in documents.items():
        folder = tables / name if tables else None
        corpus = assemble(
            {document.id: document.text for document in own},
            read_roster(folder / "roster.csv") if folder else (),
            read_interviews(folder / "interviews.csv") if folder else (),
        )
        made.append(Case(name=name, documents=tuple(own), corpus=corpus))
    return made


def studies(gold: Path, tables: Path | None) -> list[Study]:
    """The studies of the gold, each linked by itself."""
    policy, _ = load_policy(find_policy("safe-copy"))
    made = []
    for case in cases(gold, tables):
        who = {
            Place.at(document.id, span.start, span.end): span.entity
            for document in case.documents
            for span in document.spans
        }
        corpus = case.corpus
        entities = link_mentions(corpus, given_mentions(case.documents), policy)
        made.append(
            Study(
                name=case.name,
                documents=case.documents,
                entities=entities,
                who=who,
                asking=Questioner(corpus.transcripts, corpus.roster),
            )
        )
    return made


def simulate(study: Study) -> list[float]:
    """F1 after as many answers as STEPS say; the list is made anew after each."""
    figures, answered = [], 0
    for step in STEPS:
        while answered < step:
            question = study.question()
            if question is None:
                break
            study.answer(question)
            answered += 1
        figures.append(study.f1())
    return figures


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / len(values)


def main() -> None:
    gold, tables = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None
    print(f"{'':34}" + "".join(f"{f'after {step}':>10}" for step in STEPS))
    for with_tables in (None, tables) if tables else (None,):
        for pairs_only, from_the_list in ((True, False), (False, False), (False, True)):
            rows = []
            for study in studies(gold, with_tables):
                study.pairs_only, study.from_the_list = pairs_only, from_the_list
                start = time.perf_counter()
                rows.append(simulate(study))
                took = time.perf_counter() - start
                if from_the_list:
                    _print(f"  {study.name}, {study.told} told, {took:.0f} s", rows[-1])
            what = "one pair each" if pairs_only else "ticked"
            what += " or from the list" if from_the_list else ""
            where = "with tables" if with_tables else "no tables"
            _print(f"{where}, {what}", [_mean(column) for column in zip(*rows, strict=True)])


def _print(what: str, figures: list[float]) -> None:
    print(f"{what:34}" + "".join(f"{value:10.3f}" for value in figures), flush=True)


if __name__ == "__main__":
    main()
