"""Random corpora in which detection misses most: what is replaced leaves the gate nothing to find.

python -m tests.link.one_search 10000
"""

from __future__ import annotations

import base64
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

from redact.chain import find_everywhere, link_mentions, replace_mentions
from redact.core import (
    Detection,
    Kept,
    Label,
    Mention,
    Place,
    SafeTranscript,
    Source,
    Span,
    Transcript,
)
from redact.custody.payload import Entry, Form, LinkageKey, Replaced
from redact.detect.combine import tidy, without_overlaps
from redact.policy import Policy, find_policy, load_policy
from redact.release.findings import Finding
from redact.release.gates import gate_no_original
from redact.release.released import ReleasedText, account_for
from redact.replace.grammar import GRAMMAR
from redact.transcript.assemble import Corpus, make_transcript
from tests.custody.test_payload import make_key
from tests.layouts.cast import SAID_TOO, WORDY, draw_cast
from tests.layouts.catalogue import LAYOUTS
from tests.layouts.recipe import lay_out

POLICIES = ("safe-copy", "other-names")
ORDINARY = (
    "Well it was raining and he will not come till May, so hope for the best.",
    "There were ten of us, one for each, at 20 past eight in the US.",
    "The organisation has a health board meeting, and the initials go on form MD 10.",
    "I said so to the support worker. Aye, and the reading group was in the back room.",
)
WORDS_TOO = (*SAID_TOO, "Well", "Reading", "Organisation", "Patience", "Carpenter", "Moderator")
SHORT = (*WORDY, "Jo", "Al", "Bo", "Ng", "LM", "KLM", "Pa")
ORGANISATIONS = ("Harbor Bridge", "Wick Lantern Club", "Health Board", "Tay Gates Trust", "NGT")
PLACES = ("Quarry Head", "Bealachdubh", "Rose Hill", "Smith Street", "Mill Lane")
INSIDE, GAP = r"[\w'’\u00ad]", r"[\s\-_]{1,2}"  # of a word, and between two words of a form
NUMBERS_SAID = frozenset(
    """one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty
    sixty seventy eighty ninety hundred third the""".split()
)
NUMBERS: tuple[tuple[Label, str], ...] = (
    ("PHONE", "07700 900 123"),
    ("PHONE", "+44 7700 900456"),
    ("PHONE", "(555) 555-0142"),
    ("ID", "987-65-4320"),
    ("ID", "AB 12 34 56"),
    ("ID", "10"),
    ("ID", "4471"),
    ("AGE", "20"),
    ("AGE", "eighty-three"),
    ("DATE", "14 March 1962"),
    ("DATE", "the third"),
    ("EMAIL", "anna.berg@hb.example"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something of a corpus: what it is, and how it may be said."""

    label: Label
    forms: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A transcript in the making, and where a name was put in it."""

    pieces: list[str] = field(default_factory=list, repr=False)
    put: list[tuple[Span, Label]] = field(default_factory=list, repr=False)

    @property
    def length(self) -> int:
        return sum(map(len, self.pieces))

    def add(self, said: str, label: Label | None = None) -> None:
        if label is not None and said:
            self.put.append((Span(self.length, self.length + len(said)), label))
        self.pieces.append(said)


def people_of(random: Random) -> list[Named]:
    """Who and what a corpus is about."""
    cast = draw_cast(random, answering=3)
    named = []
    for one in (*cast.speakers, *cast.spoken_of):
        forms = (f"{one.given} {one.family}", one.given, one.family, one.letters)
        named.append(Named("PERSON", forms))
    word, short = random.choice(WORDS_TOO), random.choice(SHORT)
    named.append(Named("PERSON", (word, f"{word} {cast.speakers[0].family}")))
    named.append(Named(random.choice(("PERSON", "ORG")), (short,)))
    named.append(Named("ORG", (random.choice(ORGANISATIONS),)))
    named.append(Named("PLACE", (random.choice(PLACES),)))
    named += [Named(label, (said,)) for label, said in random.sample(NUMBERS, 3)]
    return named


def written(random: Random, form: str) -> str:
    """A form as somebody or some program writes it."""
    ways = (
        lambda: form,
        lambda: form,
        lambda: form.upper(),
        lambda: form.lower(),
        lambda: form.replace(" ", "\n"),
        lambda: form.replace(" ", "-"),
        lambda: form.replace(" ", ""),
        lambda: form.replace(" ", "_") + "_notes",
        lambda: f"{form}'s",
        lambda: f"x{form.replace(' ', '')}y",
        lambda: form[: len(form) // 2] + "\u00ad" + form[len(form) // 2 :],
        lambda: form[: len(form) // 2] + "-\n" + form[len(form) // 2 :],
        lambda: form.replace(" ", "\n\n7\n00:00:09,126 --> 00:00:14,355\n"),
        lambda: form.replace(" ", ",") if random.random() < 0.5 else form.replace(" ", "\t"),
        lambda: base64.b64encode(f"to {form} at home".encode()).decode(),
        lambda: f"\u202e{form[::-1]}\u202c",
        lambda: "".join(f"={byte:02X}" for byte in form.encode()),
        lambda: f"for {form}. {form}",
        lambda: f"{form} {form}",
        lambda: f"{form} Street",
    )
    return random.choice(ways)()


def messy(random: Random, named: list[Named]) -> Text:
    """A transcript with names in every writing, some half in one another."""
    text = Text()
    labels = [one.forms[random.randrange(len(one.forms))] for one in named[:3]]
    pattern = random.choice(("{}: ", "{}:\t", "[{}] ", "Respondent ({}): ", ">> {}: ", "**{}:** "))
    before, after = pattern.split("{}")
    captions = random.random() < 0.3
    for number in range(random.randrange(3, 12)):
        if captions:
            text.add(f"{number + 1}\n00:00:0{number % 10},820 --> 00:00:1{number % 10},178\n")
        if random.random() < 0.8:
            text.add(before)
            text.add(random.choice(labels), "PERSON")
            text.add(after)
        for _ in range(random.randrange(1, 4)):
            one = random.choice(named)
            text.add(random.choice(("so ", "I met ", "Then ", "", "with ", "(")))
            text.add(written(random, random.choice(one.forms)), one.label)
            text.add(random.choice((" ", ". ", ", and ", ") ", " said ", "\n")))
        if random.random() < 0.6:
            text.add(random.choice(ORDINARY))
        text.add(random.choice(("\n", "\n\n", "\r\n")))
    return text


def laid_out(random: Random) -> Text:
    """A transcript in one of the layouts that people use."""
    laid = lay_out(random.choice(LAYOUTS), str(random.random()))
    made = Text()
    made.pieces.append(laid.text)
    made.put.extend(
        (part.span, "PERSON") for part in laid.parts if part.kind in ("name", "initials")
    )
    return made


def believed(
    random: Random, transcript: Transcript, put: Iterable[tuple[Span, Label]]
) -> Detection:
    """What a detector that misses much says of it, some of it wrong."""
    doc, text = transcript.id, transcript.text
    share = random.choice((0.05, 0.2, 0.5, 0.9))
    mentions: list[Mention] = []
    spans = [(span, label) for span, label in put if random.random() < share]
    words = list(re.finditer(r"[A-Za-z]+", text))
    for match in random.sample(words, min(len(words), random.randrange(3))):
        spans.append((Span(*match.span()), random.choice(("PERSON", "ORG", "PLACE"))))
    at = 0
    for span, label in sorted(spans, key=lambda one: one[0]):
        start, end = span.start, span.end
        if random.random() < 0.1 and (cut := re.search(r"\w+$", text[start:end])):
            start += cut.start()
        if start < at or not any(map(str.isalnum, text[start:end])):
            continue
        mentions.append(
            Mention(
                place=Place.at(doc, start, end),
                label=random.choice(("PERSON", "ORG", label)) if random.random() < 0.1 else label,
                score=0.9,
                sources=(Source.NAME_MODEL,),
            )
        )
        at = end
    mentions = list(without_overlaps(text, tidy(transcript, mentions)))
    kept = [
        Kept(Place.at(doc, *match.span()), "ordinary_word")
        for match in random.sample(words, min(len(words), 3))
        if not any(Span(*match.span()).overlaps(m.span) for m in mentions)
    ]
    return Detection(doc, tuple(mentions), tuple(sorted(kept, key=lambda k: k.span)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A corpus after `replace`, and what is sealed of it."""

    key: LinkageKey
    safe: tuple[SafeTranscript, ...] = field(repr=False)
    kept: dict[str, tuple[Kept, ...]] = field(repr=False)
    former: tuple[tuple[str, str], ...] = field(repr=False)
    added: int = 0


@cache
def _policy(name: str) -> Policy:
    return load_policy(find_policy(name))[0]


def policy_of(seed: int) -> Policy:
    """The policy that the corpus of this number is replaced by."""
    return _policy(POLICIES[seed % len(POLICIES)])


def corpus_of(random: Random) -> tuple[Corpus, tuple[Detection, ...], tuple[tuple[str, str], ...]]:
    """A corpus, what was detected in it, and forms that earlier keys hid."""
    named = people_of(random)
    texts = [
        laid_out(random) if random.random() < 0.35 else messy(random, named)
        for _ in range(random.randrange(1, 4))
    ]
    transcripts: list[Transcript] = []
    detections = []
    for number, text in enumerate(texts, start=1):
        doc = f"D{number:04}"
        said = "".join(text.pieces)
        transcripts.append(make_transcript(doc, said))
        detections.append(believed(random, transcripts[-1], text.put))
    some = random.sample(named, random.randrange(3))
    former = tuple((one.label, one.forms[0]) for one in some)
    return Corpus(tuple(transcripts)), tuple(detections), former


def make(seed: int) -> Made:
    """The corpus of this number, replaced as a study does it."""
    random = Random(f"one search {seed}")
    corpus, detections, former = corpus_of(random)
    return made_of(corpus, detections, former, policy_of(seed))


def made_of(
    corpus: Corpus,
    detections: tuple[Detection, ...],
    former: tuple[tuple[str, str], ...],
    policy: Policy,
    write: Callable[[SafeTranscript], SafeTranscript] = lambda safe: safe,
) -> Made:
    """The corpus replaced as a study does it; `write` puts a safe transcript into its file."""
    found = find_everywhere(corpus, detections, sought=former)
    entities = link_mentions(corpus, found, policy)
    made = replace_mentions(corpus, entities, policy, bytes(32))
    written = tuple(map(write, made.transcripts))
    texts = {transcript.id: transcript.text for transcript in corpus.transcripts}
    labels = {entity.id: entity.label for entity in entities} | {GRAMMAR: "GRAMMAR"}
    used: dict[str, Counter[str]] = {}
    for item in written:
        for r in item.replacements:
            used.setdefault(r.entity, Counter())[texts[item.id][r.start : r.end]] += 1
    numbers = {entity: number for number, entity in enumerate(used)}
    entries = tuple(
        Entry(
            pseudonym=f"[{entity}]",
            type=labels[entity],
            forms=tuple(Form(text=text, count=count) for text, count in forms.items()),
            decided_by="t",
            reason="t",
        )
        for entity, forms in used.items()
    )
    replacements = tuple(
        Replaced(
            doc=item.id,
            start=r.start,
            end=r.end,
            safe_start=r.safe_start,
            safe_end=r.safe_end,
            entry=numbers[r.entity],
            form=list(used[r.entity]).index(texts[item.id][r.start : r.end]),
        )
        for item in written
        for r in item.replacements
    )
    return Made(
        key=make_key(entries=entries, replacements=replacements),
        safe=written,
        kept={one.transcript: one.kept for one in found},
        former=former,
        added=sum(len(one.mentions) for one in found) - sum(len(d.mentions) for d in detections),
    )


def gate_finds(made: Made) -> tuple[Finding, ...]:
    """What G2 finds in the safe texts."""
    released = [
        ReleasedText(
            safe.id,
            safe.text,
            sure=account_for(safe, made.kept[safe.id]),
            is_transcript=True,
            doc=safe.id,
        )
        for safe in made.safe
    ]
    return gate_no_original(made.key, released, (), made.former).findings


def scan_finds(made: Made) -> Iterator[str]:
    """What a simple scan of its own finds: words of a form in a row, decided places aside."""
    patterns = patterns_of(made)
    for safe in made.safe:
        shown = list(safe.text)
        for one in account_for(safe, made.kept[safe.id]):
            shown[one.span.start : one.span.end] = "\0" * (one.span.end - one.span.start)
        text = "".join(shown).casefold()
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield f"{safe.id} {pattern.pattern!r} {match[0]!r}"


def patterns_of(made: Made) -> list[re.Pattern[str]]:
    """The forms that nobody takes for anything else, as a simple scan looks for them."""
    said = [(entry.type, form.text) for entry in made.key.entries for form in entry.forms]
    forms = {
        text.replace("\u00ad", "")
        for label, text in (*said, *made.former)
        if label not in ("GRAMMAR", "DETAIL", "AGE", "DATE")
        and (label not in ("EMAIL", "URL") or len(re.findall(r"[^\W_]+", text)) > 1)
    }
    return [
        re.compile(f"(?<!{INSIDE}){GAP.join(map(re.escape, words))}(?!{INSIDE})")
        for form in forms
        if len("".join(words := re.findall(r"[^\W_]+", form.casefold()))) > 2
        and re.search(r"[^\W\d_]{3}|\d{5}", "".join(words))
        and not set(words) <= NUMBERS_SAID
    ]


def main(cases: int, first: int = 0) -> int:
    """Runs so many cases; says how many went wrong, and the first of them."""
    wrong: list[int] = []
    added = 0
    for seed in range(first, first + cases):
        try:
            made = make(seed)
        except Exception as error:  # noqa: BLE001 what it is stands in the table
            wrong.append(seed)
            print(f"{seed}: {type(error).__name__} {error}", flush=True)
            continue
        added += made.added
        found, seen = gate_finds(made), list(scan_finds(made))
        if found or seen:
            wrong.append(seed)
            said = [f"{one.sentence()} {one.span}" for one in found[:3]] + seen[:3]
            print(f"{seed}: {said}", flush=True)
    print(f"{cases} corpora, {added} places found beside detection, {len(wrong)} went wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
