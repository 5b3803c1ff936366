"""Invented talk: what is asked and answered, with people, codes and traps named in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from string import Formatter

from tests.layouts.cast import Cast, Member
from tests.layouts.gold import Bit, Words

QUESTIONS = (
    "So how did you come to be {work}?",
    "Could you tell me about {thing}?",
    "And what happened after that?",
    "Who decided about {thing}?",
    "Right. How long did that go on?",
    "Can you say a bit more about that?",
    "Was {full} there when {event}?",
    "Did anybody ask you before {event}?",
    "What would you change about {thing}, if you could?",
    "Okay. And you said {first} was {work} too?",
    "You mentioned {thing} earlier.",
    "Is it all right if I put this here?",
    "Mm-hm.",
    "Sorry, say that again?",
)
ANSWERS = (
    "Well, {event}, and nobody told us a word about it.",
    "{titled} rang me up and said {thing} was closing.",
    "Oh, I was {work} for a good while before that.",
    "{first} was the one that sorted it. I only made the tea.",
    "It was {thing}, mostly. Then {event}.",
    "No. Not really. You get used to {thing}.",
    "I'd say {full} had more to do with it than me.",
    "They asked me about {thing}: would I mind, was I sure, that kind of question.",
    "We had {thing} on a Monday and {thing} on a Thursday, and then {event}.",
    "Aye. So {first} says to me, just you wait till {event}.",
    "I don't know. Maybe twenty, maybe thirty of us. It was never written down.",
    "Honestly? {thing} kept me going, and that is the truth of it.",
    "You'd go in at nine and it would be ten to four before you saw anybody.",
    "Yes.",
    "That's right, and {titled} never came back after {event}.",
    "There were two things: {thing}, and who would pay for it.",
)
THINGS = (
    "the lunch club, the new rota, the waiting list, the repairs book, the kitchen, the bus "
    "service, the review, the grant, the keys, the damp, the minutes, the old ward, the garden, "
    "the food bank, the crisis line, the letter"
).split(", ")
EVENTS = (
    "the roof came in, the funding stopped, they moved us upstairs, the lift broke, the manager "
    "left, the boiler went, they changed the forms, it all went on the computer, the hall was "
    "sold, the snow came"
).split(", ")
WORK = (
    "doing the nights, on the desk, minding the children, driving the van, a befriender, on the "
    "committee, in the kitchen, going round the doors"
).split(", ")
OF_CODES = (
    "And {code} said the same thing, you know.",
    "I think that was {code}'s idea, not mine.",
    "{code} told us before the meeting.",
    "You said {code} had left the group.",
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """Who speaks, and what is said."""

    by: Member
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Spice:
    """What else is said: the name of who answers, codes of others, sentences that are traps."""

    name_once: bool = False
    codes: tuple[str, ...] = ()
    traps: tuple[Words, ...] = ()


def converse(
    random: Random, cast: Cast, turns: int = 14, spice: Spice | None = None
) -> tuple[Utterance, ...]:
    """A conversation in which everybody of the cast speaks at least twice, the interviewer first.

    Whoever is spoken of is named by full name before anything shorter.
    """
    spice = spice or Spice()
    speakers = list(_order(random, cast, turns))
    known: set[str] = set()
    said = [
        Utterance(who, _sentence(random, cast, known, is_question=who is cast.interviewer))
        for who in speakers
    ]
    if spice.name_once:
        first = cast.answering[0]
        said[0] = Utterance(cast.interviewer, ("So I am here with ", first.full, ". Is that on?"))
    extras = [_of_code(random, code) for code in spice.codes] + list(spice.traps)
    for number, extra in enumerate(extras):
        at = 2 + (2 * number + random.randrange(2)) % (len(said) - 2)
        said[at] = Utterance(said[at].by, (*said[at].words, " ", *extra))
    return tuple(said)


def _order(random: Random, cast: Cast, turns: int) -> Iterator[Member]:
    waiting: list[Member] = []
    for number in range(max(turns, 4 * len(cast.answering))):
        if number % 2 == 0:
            yield cast.interviewer
            continue
        if not waiting:
            waiting = list(cast.answering)
            random.shuffle(waiting)
        yield waiting.pop()


def _sentence(random: Random, cast: Cast, known: set[str], is_question: bool) -> Words:
    template = random.choice(QUESTIONS if is_question else ANSWERS)
    more = "" if is_question or random.random() < 0.5 else " " + random.choice(ANSWERS)
    made: list[Bit | str] = []
    for words, field, _, _ in Formatter().parse(template + more):
        made.append(words)
        if field is not None:
            made += _filled(random, cast, known, field)
    return _capital_first(made)


def _filled(random: Random, cast: Cast, known: set[str], field: str) -> Words:
    listed = {"thing": THINGS, "event": EVENTS, "work": WORK}.get(field)
    if listed is not None:
        return (random.choice(listed),)
    who = random.choice(cast.spoken_of)
    is_new = who.key not in known
    known.add(who.key)
    if is_new or field == "full":
        return (who.full,)
    return (who.first,) if field == "first" else (f"{who.title} ", who.surname)


def _of_code(random: Random, code: str) -> Words:
    before, after = random.choice(OF_CODES).split("{code}")
    return (before, Bit(code, "code", code), after)


def _capital_first(said: Words) -> Words:
    """The sentence with a capital where a thing stands first."""
    whole = [one for one in said if one]
    first = whole[0]
    if isinstance(first, str):
        whole[0] = first[0].upper() + first[1:]
    return tuple(whole)


def with_ordinary(sentence: str, word: str) -> Words:
    """A sentence in which a word stands that is a label of the file too, and here is a word."""
    before, found, after = sentence.partition(word)
    return (before, Bit(found, "ordinary"), after)
