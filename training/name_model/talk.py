"""Invented interview talk with names by construction. For maintainers.

Hand-written turns (frames_*.txt) are filled with names of every origin (people.txt, the tables in
redact/data) and strung into stretches of conversation in which a person or an organisation comes
up again. No frame is taken from samples/, which stay a test.
"""

from __future__ import annotations

import gzip
import random
import re
from functools import cache
from pathlib import Path

import talk_words
from data import Passage, Span

HERE = Path(__file__).resolve().parent
TABLES = HERE.parents[1] / "redact" / "data"
_SLOT = re.compile(r"\{([a-z]+?)(\d)\}")
_THING = re.compile(r"\{thing\}")
_MEDICINE = re.compile(r"\{([Mm])ed\}")
INGREDIENTS = ("negatives", "origins", "words", "misheard", "fillers")


@cache
def _people() -> dict[str, tuple[list[str], list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for line in (HERE / "people.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            head, _, names = line.partition(":")
            origin, part = head.split()
            found.setdefault(origin, {})[part] = names.split()
    return {origin: (parts["given"], parts["family"]) for origin, parts in found.items()}


@cache
def _common() -> tuple[list[str], list[str]]:
    """Given and family names of the tables, each as likely as any other."""
    given, family = [], []
    for line in gzip.decompress((TABLES / "names.tsv.gz").read_bytes()).decode().splitlines():
        name, as_given, as_family = line.split("\t")
        if int(as_given) >= 10:
            given.append(name.title())
        if int(as_family) >= 10:
            family.append(name.title())
    return given, family


@cache
def _places() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"S": [], "U": [], "county": []}
    for line in gzip.decompress((TABLES / "places.tsv.gz").read_bytes()).decode().splitlines():
        form, nation, _, _, people = line.split("\t")
        if "county" in form.casefold():
            found["county"].append(form)
        elif nation == "S" or (nation == "U" and int(people) > 2000):
            found[nation].append(form)
    return found


def misheard(name: str, rng: random.Random) -> str:
    """The name with one sound written as another, as a speech recogniser may."""
    fitting = [pair for pair in talk_words.HEARD if pair[0] in name[1:]]
    if not fitting:
        return name
    said, heard = rng.choice(fitting)
    return name[0] + name[1:].replace(said, heard, 1)


class Cast:
    """Who and what one conversation talks about: a slot's number is the same thing throughout.

    `without` names ingredients (INGREDIENTS) to leave out, to measure what each adds.
    """

    def __init__(self, rng: random.Random, nation: str, without: frozenset[str]) -> None:
        self.rng, self.nation, self.without = rng, nation, without
        self.known: dict[tuple[str, str], object] = {}

    def once(self, kind: str, number: str, make):
        key = (kind, number)
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def person(self) -> tuple[str, str]:
        rng = self.rng
        if "origins" in self.without or rng.random() < 0.35:
            given, family = _common()
        else:
            given, family = _people()[rng.choice(sorted(_people()))]
        first, last = rng.choice(given), rng.choice(family)
        if rng.random() < 0.04:
            last += "-" + rng.choice(family)
        return first, last

    def place(self) -> str:
        if self.rng.random() < 0.08:
            return self.invented()
        return self.rng.choice(_places()[self.nation])

    def invented(self) -> str:
        rng = self.rng
        return (
            rng.choice(talk_words.SOUNDS)
            + rng.choice([*talk_words.SOUNDS, ""])
            + rng.choice(talk_words.ENDS)
        ).title()

    def business(self) -> str:
        rng, family = self.rng, self.person()[1]
        pick = rng.randrange(4)
        if pick == 0:
            return f"{family}'s"
        if pick == 1:
            return f"{family} {rng.choice(['&', 'and'])} {rng.choice(['Sons', 'Son', 'Daughters'])}"
        if pick == 2:
            return f"{rng.choice([family, self.person()[0]])}'s {rng.choice(talk_words.BUSINESS)}"
        return f"{rng.choice([family, self.place()])} {rng.choice(talk_words.BUSINESS)}"

    def paper(self) -> str:
        rng = self.rng
        return (
            rng.choice(talk_words.PAPERS)
            if rng.random() < 0.3
            else f"{self.place()} {rng.choice(talk_words.PAPERS)}"
        )

    def org(self) -> str:
        rng, last = self.rng, self.rng.choice(talk_words.ORG_LAST)
        family = self.person()[1]
        pick = rng.randrange(13)
        if pick < 2:
            return f"{self.place()} {last}"
        if pick < 4:
            return f"{rng.choice(talk_words.ORG_FIRST)} {rng.choice(talk_words.ORG_NOUN)} {last}"
        if pick == 4:
            return f"{rng.choice(talk_words.ORG_NOUN)} {last}"
        if pick == 5:
            return f"{family} {rng.choice(['House', 'Trust', 'Foundation', 'Centre', 'Partners', last])}"
        if pick == 6:
            return f"{rng.choice(talk_words.ORG_FIRST)} {rng.choice(talk_words.ORG_NOUN)}"
        if pick == 7:
            saint = rng.choice(
                ["Mary", "Bride", "Mungo", "Andrew", "Vincent", "Jude", "Luke", "Anne"]
            )
            return (
                f"St {saint}'s"
                if rng.random() < 0.6
                else f"St. {saint}'s {rng.choice(['Hospital', 'Church', 'School'])}"
            )
        if pick == 8:
            return f"{self.invented()} {rng.choice([last, 'Care', 'Support', 'Partners', 'Group'])}"
        if pick == 9:
            kind = rng.choice(
                [
                    "Hospital",
                    "Royal Infirmary",
                    "General",
                    "Baptist",
                    "Academy",
                    "College",
                    "High School",
                    "University",
                    "Medical Practice",
                    "Elementary",
                ]
            )
            return f"{self.place()} {kind}"
        if pick == 10:
            return rng.choice(talk_words.SHOPS)
        if pick == 11:
            return (
                f"{self.place()} {rng.choice(talk_words.PAPERS)}"
                if rng.random() < 0.5
                else f"{rng.choice(['Bethel', 'Zion', 'Calvary', 'Trinity', 'Masjid', 'Grace'])} {rng.choice(['Baptist', 'AME', 'Lutheran', 'Temple', 'Chapel', 'Noor'])}"
            )
        return (
            self.invented()
            if rng.random() < 0.5
            else f"{self.invented()}{rng.choice(['care', 'link', 'reach', 'works'])}"
        )

    def institution(self) -> str:
        """A hospital or a prison, called by its place as people call it."""
        rng, place = self.rng, self.place()
        if rng.random() < 0.65:
            return place
        return f"{place} {rng.choice(('General', 'County Jail', 'State', 'Royal', 'Correctional'))}"

    def common(self) -> tuple[str, str]:
        """What a body is called by ordinary words: in full, and short."""
        rng = self.rng
        first = rng.choice((*talk_words.ORG_FIRST, self.place(), self.person()[1]))
        return first, rng.choice(talk_words.ORG_NOUN)

    def fill(self, kind: str, number: str) -> tuple[str, str]:
        """The words of a slot and their label, now and then as misheard."""
        words, label = self._fill(kind, number)
        clear = kind in ("cut", "spelled", "highway") or "misheard" in self.without
        if not clear and self.rng.random() < 0.05:
            words = misheard(words, self.rng)
        return words, label

    def _fill(self, kind: str, number: str) -> tuple[str, str]:
        rng = self.rng
        if kind == "wordy":
            if "words" in self.without:
                return self.once("person", "w" + number, self.person)[0], "PERSON"
            return self.once(
                "wordy", number, lambda: rng.choice(talk_words.WORDS_THAT_ARE_NAMES)
            ), "PERSON"
        if kind == "business":
            return self.once("business", number, self.business), "ORG"
        if kind == "paper":
            return self.once("paper", number, self.paper), "ORG"
        if kind in ("given", "family", "full", "nick", "titled", "ranked", "cut", "spelled"):
            first, last = self.once("person", number, self.person)
            if kind == "nick":
                nick = self.once(
                    "nick",
                    number,
                    lambda: first[: rng.choice([2, 3, 4])] + rng.choice(["", "y", "ie", "o"]),
                )
                return nick, "PERSON"
            if kind == "cut":
                return first[: max(1, len(first) // 2)] + "-", "PERSON"
            if kind == "spelled":
                return "-".join(first.upper()), "PERSON"
            if kind == "ranked":
                rank = self.once("rank", number, lambda: rng.choice(talk_words.RANKS))
                return f"{rank} {rng.choice([last, last, last, first])}", "PERSON"
            said = {
                "given": first,
                "family": last,
                "full": f"{first} {last}",
                "titled": f"{rng.choice(talk_words.TITLES)} {last}",
            }[kind]
            return said, "PERSON"
        if kind in ("place", "area"):
            return self.once("place", kind + number, self.place), "PLACE"
        if kind == "abroad":
            return self.once("abroad", number, lambda: rng.choice(talk_words.ABROAD)), "PLACE"
        if kind == "state":
            return rng.choice(talk_words.STATES), "PLACE"
        if kind == "county":
            return rng.choice(_places()["county"]).split(",")[0], "PLACE"
        if kind == "highway":
            return rng.choice(["I-", "Route ", "Highway "]) + str(rng.randrange(2, 99)), "PLACE"
        if kind == "street":
            base = self.person()[1] if rng.random() < 0.5 else self.place()
            return self.once(
                "street", number, lambda: f"{base} {rng.choice(talk_words.STREETS)}"
            ), "PLACE"
        if kind in ("org", "short", "acro"):
            name = self.once("org", number, self.org)
            if kind == "org":
                return name, "ORG"
            words = name.split()
            if kind == "short":
                return (" ".join(words[:-1]) if len(words) > 1 else name), "ORG"
            letters = "".join(w[0] for w in words if w[0].isalpha()).upper()
            made = (
                letters
                if len(letters) > 2
                else "".join(rng.choices("ACDHMNOPST", k=rng.choice([3, 4])))
            )
            return self.once("acro", number, lambda: made), "ORG"
        if kind == "inst":
            return self.once("inst", number, self.institution), "ORG"
        if kind in ("common", "commonfull"):
            first, noun = self.once("common", number, self.common)
            return (noun if kind == "common" else f"{first} {noun}"), "ORG"
        if kind == "council":
            return self.once("council", number, lambda: f"{self.place()} Council"), "ORG"
        if kind == "health":
            return self.once("health", number, lambda: f"NHS {self.place()}"), "ORG"
        if kind == "agency":
            return f"{rng.choice(talk_words.STATES)} {rng.choice(talk_words.STATE_BODIES)}", "ORG"
        raise ValueError(kind)


@cache
def _frames(name: str) -> list[str]:
    lines = (HERE / f"frames_{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def _things() -> list[str]:
    return (HERE / "things.txt").read_text("utf-8").split()


@cache
def _medicines() -> list[str]:
    lines = (TABLES / "medicines.txt").read_text("utf-8").splitlines()
    return [word for line in lines if line and line[0].islower() for word in line.split()]


def _medicine(rng: random.Random, letter: str) -> str:
    """A medicine; as often as not with a capital, and always where a sentence begins with it."""
    name = rng.choice(_medicines())
    return name.capitalize() if letter == "M" or rng.random() < 0.5 else name


def _turn(frame: str, cast: Cast, at: int) -> tuple[str, list[Span]]:
    frame = _THING.sub(lambda _: cast.rng.choice(_things()), frame)
    frame = _MEDICINE.sub(lambda found: _medicine(cast.rng, found[1]), frame)
    text, spans, last = "", [], 0
    if "fillers" not in cast.without:
        if cast.rng.random() < 0.12:
            text = cast.rng.choice(talk_words.FILLERS).capitalize() + " "
        if cast.rng.random() < 0.12 and ", " in frame:
            frame = frame.replace(", ", f", {cast.rng.choice(talk_words.FILLERS)} ", 1)
    for match in _SLOT.finditer(frame):
        text += frame[last : match.start()]
        words, label = cast.fill(match[1], match[2])
        spans.append((at + len(text), at + len(text) + len(words), label))
        text += words
        last = match.end()
    return text + frame[last:], spans


def conversation(rng: random.Random, without: frozenset[str] = frozenset()) -> Passage:
    """Three to seven turns of one conversation, some without a name."""
    nation = rng.choice("SU")
    cast = Cast(rng, nation, without)
    own = _frames("scotland" if nation == "S" else "us")
    text, spans = "", []
    labelled = rng.random() < 0.5
    joiner = rng.choice(["\n", "\n", " "])
    asks, answers = rng.choice(
        [
            ("I", "R"),
            ("Q", "A"),
            ("Interviewer", "Participant"),
            ("Speaker 1", "Speaker 2"),
            ("INT", "P01"),
            (None, None),
        ]
    )
    for number in range(rng.randint(3, 7)):
        draw = rng.uniform(0.36, 1) if "negatives" in without else rng.random()
        source = (
            _frames("without_names") if draw < 0.36 else own if draw < 0.64 else _frames("both")
        )
        if labelled and asks:
            text += f"{asks if number % 2 == 0 else answers}: "
        elif labelled and number % 2:
            name, label = cast.fill("given", "1")
            spans.append((len(text), len(text) + len(name), label))
            text += f"{name}: "
        said, found = _turn(rng.choice(source), cast, len(text))
        text += said + ("\n" if labelled else joiner)
        spans += found
    return Passage(text, tuple(spans))


def conversations(
    rng: random.Random, count: int, without: frozenset[str] = frozenset()
) -> list[Passage]:
    """So many conversations, the same for the same state of `rng`."""
    return [conversation(rng, without) for _ in range(count)]
