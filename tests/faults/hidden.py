"""Any sequence of what people and detection do to a study, and what must stay hidden through it.

`Hiding` does each thing by the functions behind the commands, on a study whose models find little,
and keeps its own account: which letters of which source were ever hidden, and which a person let
go. It looks into the sealed key after every step; nothing of the package's memory is asked.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from redact.core import LABELS, Label, Place
from redact.custody.payload import GRAMMAR_TYPE
from redact.errors import UsageError
from redact.pipeline import run_stage
from redact.release.findings import GateResult
from redact.release.gates import gate_no_original
from redact.release.gather import gather
from redact.release.released import ReleasedText
from redact.review import decide
from redact.review.verdict import Verdict
from redact.study.create import create_study
from redact.study.desk import Desk, Order, open_desk
from redact.study.folder import Study
from redact.study.records import MENTIONS
from redact.study.rulings import Ruling, Undoing
from redact.study.update import update_desk
from redact.study.withdraw import withdraw
from tests.faults.hidden_ground import OPENER, OWN, POLICIES, ROSTER, TALKS, policy_text

Letter = tuple[str, int]  # a source's name and an offset in it


@dataclass(frozen=True)
class Said:
    """What one batch of decisions says of letters."""

    no_name: set[Letter]
    name: set[Letter]


@dataclass
class Hiding:
    """One study, and an account of it that shares nothing with the package's own."""

    folder: Path
    talks: int = 3
    ever: set[Letter] = field(default_factory=set)
    freed: set[Letter] = field(default_factory=set)
    stay: dict[int, set[Letter]] = field(default_factory=dict)  # "it may stay", by correction
    labelled: dict[int, set[Letter]] = field(default_factory=dict)  # and "a label after all"
    forms: set[str] = field(default_factory=set)
    freed_forms: set[str] = field(default_factory=set)
    added: dict[int, set[Letter]] = field(default_factory=dict)  # by batch, where nothing was
    unadded: set[Letter] = field(default_factory=set)  # and taken back, and not hidden since
    words: dict[int, Said] = field(default_factory=dict)  # by batch, what nobody took back
    told: list[str] = field(default_factory=list)
    policy: int = 0
    rows: set[int] = field(default_factory=lambda: {0, 2, 3})
    gone: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        (self.folder / "talks").mkdir()
        for number in range(self.talks):
            self._write_talk(number)
        self._write_tables()
        create_study(self.folder / "study", self._order(), (("steward", OWN.recipient()),))
        self._replace()

    @property
    def study(self) -> Study:
        return Study(self.folder / "study")

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    # What people do; `pick` draws from what there is

    def mark(self, pick: random.Random, everywhere: bool) -> None:
        """Some words are a name after all, here or everywhere."""
        desk = self.desk()
        verdict = self.some_words(desk, pick, pick.choice(LABELS[:3]))
        places = decide.everywhere(desk, verdict) if everywhere else (verdict,)
        self._decide(desk, places)

    def mark_written(self, pick: random.Random) -> None:
        """Words are typed in: a name wherever they stand."""
        desk = self.desk()
        words = pick.choice(("Earl", "Stukenborg", "Marcy", "Will", "Grace", "Street", "Hope"))
        places = decide.places_with(desk, words, pick.choice(LABELS[:3]))
        if places:
            self._decide(desk, places)

    def no_name(self, pick: random.Random, everywhere: bool) -> None:
        """A mention is none, here or everywhere."""
        desk = self.desk()
        mentions = sorted(decide.mentions(desk), key=lambda m: self.at(desk, m.place))
        if mentions:
            one = pick.choice(mentions)
            verdict = Verdict(transcript=one.transcript, start=one.start, end=one.end, label=None)
            places = decide.everywhere(desk, verdict) if everywhere else (verdict,)
            assert {desk.words_of(p.place) for p in places} == {desk.words_of(verdict.place)}
            self._decide(desk, places)

    def no_name_in_part(self, pick: random.Random) -> None:
        """Some words, that may lie across mentions, are no name."""
        desk = self.desk()
        self._decide(desk, (self.some_words(desk, pick, None),))

    def undo(self, pick: random.Random) -> None:
        """A batch of decisions is taken back."""
        desk = self.desk()
        rows = decide.rows_of(desk)
        gone = {row.batch for row in rows if isinstance(row, Undoing)}
        batches = sorted({r.batch for r in rows if isinstance(r, Ruling)} - gone)
        if batches:
            self.taken_back(pick.choice(batches))

    def decided(self, *verdicts: Verdict) -> None:
        self._decide(self.desk(), verdicts)

    def taken_back(self, batch: int) -> None:
        desk = self.desk()
        decide.undo(desk, batch, "AB")
        self._taken_back(desk, batch)

    def hidden(self) -> set[Letter]:
        """The letters that are replaced now."""
        return self.now(self.desk())

    # What the steward does

    def another_policy(self, pick: random.Random) -> None:
        self.under(pick.randrange(len(POLICIES)))

    def another_roster(self, pick: random.Random) -> None:
        self.rows ^= {pick.randrange(len(ROSTER))}
        self._update()

    def new_transcript(self) -> None:
        if self.talks < len(TALKS):
            self._write_talk(self.talks)
            self.talks += 1
            self._update()

    def withdraw(self, pick: random.Random) -> None:
        desk = self.desk()
        if len(desk.key.documents) > 2:
            one = pick.choice(sorted(desk.key.documents, key=lambda d: d.source_name))
            withdraw(self.study, OPENER, one.source_name, "AB", "withdrew")
            Path(one.source_path).unlink()
            self.gone.add(one.source_name)
            self.ever = {letter for letter in self.ever if letter[0] != one.source_name}

    def lose_working_files(self) -> None:
        """A damaged file is deleted, as its error says."""
        (self.study.work / MENTIONS).unlink()

    def under(self, policy: int) -> None:
        self.policy = policy
        self._update()

    # The account

    def step(self, what: str, do: Callable[[], None]) -> None:
        """One thing done, the safe transcripts made anew, and the law asked for."""
        self.told.append(what)
        do()
        self._replace()

    def _replace(self) -> None:
        desk, _ = run_stage(self.desk(), "replace")
        now = self.now(desk)
        must = self.ever - self.freed - self._kept() - self._no_name_by_word()
        assert must <= now, f"after {self.told}: {sorted(must - now)}"
        self.ever |= now
        self.freed -= now
        self.unadded -= now
        for entry in desk.key.entries:
            if entry.type not in (GRAMMAR_TYPE, "DETAIL", "AGE"):
                self.forms |= {form.text for form in entry.forms}

    def _kept(self) -> set[Letter]:
        """Letters that may stay by the newest correction of them that holds."""
        kept: set[Letter] = set()
        for number in sorted(self.stay | self.labelled):
            kept = kept - self.labelled.get(number, set()) | self.stay.get(number, set())
        return kept

    def _no_name_by_word(self) -> set[Letter]:
        """Letters that a person's word lets go, whatever hid them for a while since."""
        free: set[Letter] = set()
        for batch in sorted(self.words):
            free = free - self.words[batch].name | self.words[batch].no_name
        return free

    def asked_of_the_gate(self) -> GateResult:
        """Every form that was ever hidden and that nobody let go, in a text of its own; but what is
        tied to its places is asked for there, letter by letter.
        """
        desk = self.desk()
        contents = gather(desk)
        more = (*contents.in_details, *contents.former)
        asked = (f for f in self.forms - self.freed_forms if not _is_tied(f) and _stands_whole(f))
        missed = [
            form
            for form in sorted(asked)
            if gate_no_original(
                desk.key, [ReleasedText("t", f"So, {form} too.", is_transcript=True)], [], more
            ).passed
        ]
        assert not missed, f"after {self.told}: {missed}"
        texts = [ReleasedText(safe.id, safe.text, is_transcript=True) for safe in contents.safe]
        return gate_no_original(desk.key, texts, [], more)

    def desk(self) -> Desk:
        return open_desk(self.study, OPENER)

    def now(self, desk: Desk) -> set[Letter]:
        return self.letters(desk, (Place.at(r.doc, r.start, r.end) for r in desk.key.replacements))

    def letters(self, desk: Desk, places: object) -> set[Letter]:
        texts = {t.id: t.text for t in desk.transcripts}
        return {
            (self.source(desk, place.transcript), at)
            for place in places  # type: ignore[attr-defined]
            for at in range(place.start, place.end)
            if texts[place.transcript][at].isalnum()
        }

    def source(self, desk: Desk, doc: str) -> str:
        return desk.key.document(doc).source_name

    def at(self, desk: Desk, place: Place) -> Letter:
        """What a drawing goes by: the order of the study's own is drawn by its secret."""
        return self.source(desk, place.transcript), place.start

    def let_go(self, desk: Desk, letters: set[Letter]) -> None:
        self.freed |= letters
        texts = {self.source(desk, t.id): t.text for t in desk.transcripts}
        for form in self.forms:
            for name, text in texts.items():
                at = text.find(form)
                while at >= 0:
                    if any((name, n) in letters for n in range(at, at + len(form))):
                        self.freed_forms.add(form)
                    at = text.find(form, at + 1)

    def _decide(self, desk: Desk, places: tuple[Verdict, ...]) -> None:
        self.answered(desk, places, lambda: decide.decide(desk, places, "AB", decide.newest(desk)))

    def answered(self, desk: Desk, places: tuple[Verdict, ...], record: Callable[[], int]) -> None:
        """What these verdicts, once they are recorded, let go and hide."""
        now = self.now(desk) | self.letters(desk, (m.place for m in decide.mentions(desk)))
        try:
            batch = record()
        except UsageError:
            return
        none = self.letters(desk, (p.place for p in places if p.label is None))
        labelled = self.letters(desk, (p.place for p in places if self.hides(p.label)))
        if none:
            self.let_go(desk, none)
        self.named(batch, labelled, now)
        self.words[batch] = Said(none, labelled)

    def hides(self, label: Label | None) -> bool:
        """Whether what is of this label is replaced, by the policy as it is now."""
        return label is not None and f'{label} = "keep"' not in POLICIES[self.policy]

    def named(self, batch: int, labelled: set[Letter], before: set[Letter]) -> None:
        """These letters are names by the word of a batch; so many were hidden before."""
        self.freed -= labelled
        self.stay = {number: stay - labelled for number, stay in self.stay.items()}
        self.words[batch] = Said(set(), labelled)
        self.added[batch] = labelled - before

    def _taken_back(self, desk: Desk, batch: int) -> None:
        """What they had hidden where nothing was, may stand in clear; what they let go may not."""
        rows = decide.rows_of(desk)
        gone = {row.batch for row in rows if isinstance(row, Undoing)}
        taken: set[Letter] = set()
        still: set[Letter] = set()
        for row in rows:  # of two words on a letter the later one that was not taken back
            if isinstance(row, Ruling):
                letters = self.letters(desk, [row.place])
                if row.batch == batch and row.label is None:
                    taken |= letters
                elif row.batch not in gone:
                    still = still - letters if row.label else still | letters
        self.words.pop(batch, None)
        self.freed -= taken - still - self._kept() - self.unadded
        if self.added.get(batch):
            self.unadded |= self.added[batch]
            self.let_go(desk, self.added[batch])

    def some_words(self, desk: Desk, pick: random.Random, label: Label | None) -> Verdict:
        in_order = sorted(desk.transcripts, key=lambda t: self.source(desk, t.id))
        transcript = pick.choice(in_order)
        words = [n for n, c in enumerate(transcript.text) if c.isalnum()]
        start = pick.choice([n for n in words if n - 1 not in words])
        ends = [n + 1 for n in words if n + 1 not in words and n >= start][:3]
        line_end = transcript.text.find("\n", start)
        end = pick.choice([n for n in ends if n <= line_end] or ends[:1])
        return Verdict(transcript=transcript.id, start=start, end=end, label=label)

    def _order(self) -> Order:
        return Order(
            sources=(self.folder / "talks",),
            policy=self.folder / "policy.toml",
            roster=self.folder / "roster.csv",
        )

    def _write_talk(self, number: int) -> None:
        (self.folder / "talks" / f"talk-{number}.txt").write_text(TALKS[number], "utf-8")

    def _write_tables(self) -> None:
        rows = [ROSTER[number] for number in sorted(self.rows)]
        (self.folder / "roster.csv").write_text(
            "\n".join(["name,kind,aliases", *rows, ""]), "utf-8"
        )
        (self.folder / "policy.toml").write_text(policy_text(POLICIES[self.policy]), "utf-8")

    def _update(self) -> None:
        self._write_tables()
        update_desk(self.study, OPENER, self._order())


def _stands_whole(form: str) -> bool:
    """Not cut out of a word by another program, as "Stukenb": taken back, it is no form at all."""
    whole = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
    return any(whole.search(talk) for talk in TALKS)


def _is_tied(form: str) -> bool:
    """Whether it is too short or ordinary to be looked for elsewhere: "41", "2019", "so", "3 Ma".

    "In", written so, is looked for as long as nobody who had it withdraws: its token would tell it.
    """
    run = "".join(filter(str.isalnum, form))
    figures = sum(map(str.isdigit, run))
    return len(run) < (5 if run.isdigit() else 3) or (0 < figures < 5 and len(run) - figures < 3)
