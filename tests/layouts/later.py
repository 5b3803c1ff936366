"""Layouts thought of last, when the rules stood: measured once before any of them was mended."""

from __future__ import annotations

from functools import partial

from tests.layouts import forms, heads
from tests.layouts.cast import Cast, Member
from tests.layouts.gold import Bit, Page, Words
from tests.layouts.recipe import Form, Layout, Recipe
from tests.layouts.recognised import Scene, Writer, layout_of

NAMES = "later: names as labels"
INITIALS = "later: initials as labels"
CODES = "later: codes and roles"
PROGRAMS = "later: what programs write"


def _small(one: Member) -> Words:
    return (Bit(f"{one.given} {one.family}".lower(), "name", one.key),)


def _given_capitals(one: Member) -> Words:
    return (Bit(one.given.upper(), "name", one.key),)


def _with_degree(one: Member) -> Words:
    return ("Dr. ", one.full, ", MD")


def _speaker_and(one: Member) -> Words:
    number = int(one.key.split()[1]) + 1
    return (Bit(f"Speaker {number}", "code"), " - ", one.first)


def _middle(one: Member) -> Words:
    return (Bit(f"{one.given} J. {one.family}", "name", one.key),)


def _listed(page: Page, cast: Cast) -> None:
    page.put("Initials,Name,Part\n")
    for one in cast.speakers:
        page.put(one.initials, ",", one.full, ",", one.job, "\n")
    page.put("\n")


def _reversed_in_line(page: Page, cast: Cast) -> None:
    page.put("Speakers: ")
    for number, one in enumerate(cast.speakers):
        page.put("; " if number else "", one.full, " = ", one.initials)
    page.put("\n\n")


def _letters_then_brackets(page: Page, cast: Cast) -> None:
    page.put("Transcript of a talk between ")
    for number, one in enumerate(cast.speakers):
        page.put(" and " if number else "", one.initials, " (", one.full, ")")
    page.put("\n\n")


def _abbreviations(page: Page, cast: Cast) -> None:
    page.put("Abbreviations: ")
    for number, one in enumerate(cast.speakers):
        page.put("; " if number else "", one.initials, ", ", one.full)
    page.put("\n\n")


def _initials_word(page: Page, cast: Cast) -> None:
    page.put("Interview with ", cast.answering[0].full, " (initials ", cast.answering[0].initials)
    page.put("), by ", cast.interviewer.full, " (initials ", cast.interviewer.initials, ")\n\n")


def _note_at_the_end(page: Page, cast: Cast) -> None:
    page.put("\nTranscriber's note: ")
    for number, one in enumerate(cast.speakers):
        page.put(", " if number else "", one.initials, " is ", one.full)
    page.put(".\n")


def _named() -> list[Recipe]:
    recipe = partial(Recipe, group=NAMES)
    return [
        recipe(name="Full Name (time), a blank line", form=forms.full, line="{name} ({short})\n\n"),
        recipe(name="Given: and the words below", form=forms.first, line="{name}:\n\t"),
        recipe(name="[time] Full Name alone", form=forms.full, line="[{time}] {name}\n"),
        recipe(name="time: Given:", form=forms.first, line="{time}: {name}: "),
        recipe(name="Given: and a hard blank", form=forms.first, line="{name}:\u00a0"),
        recipe(name="Given： wide", form=forms.first, line="{name}： "),
        recipe(name="Speaker 1 - Given:", form=_speaker_and),
        recipe(name="“Given”:", form=forms.first, line="“{name}”: "),
        recipe(name="@Given:", form=forms.first, line="@{name}: "),
        recipe(name="> Full Name:", form=forms.full, line="> {name}: "),
        recipe(name="Given says:", form=forms.first, line="{name} says: "),
        recipe(name="Dr. Full Name, MD:", form=_with_degree),
        recipe(name="Given J. Surname:", form=_middle),
        recipe(name="full name in small letters:", form=_small),
        recipe(name="_Given_", form=forms.first, line="_{name}_ "),
        recipe(name="Given, time:", form=forms.first, line="{name}, {time}: "),
        recipe(name="Full Name at time", form=forms.full, line="{name} at {time}\n"),
        recipe(name="#12 Given:", form=forms.first, line="#{number} {name}: "),
        recipe(name="Turn 12 — Given:", form=forms.first, line="Turn {number} — {name}: "),
        recipe(name="<p><strong>", form=forms.first, line="<p><strong>{name}</strong>: "),
        recipe(name="=== Full Name ===", form=forms.full, line="=== {name} ===\n"),
        recipe(name="GIVEN.  as a play", form=_given_capitals, line="{name}.  "),
        recipe(
            name="INTERVIEWER (FULL NAME)",
            form=forms.role_and("INTERVIEWER", "PARTICIPANT", forms.capitals),
            line="{name}\n",
        ),
    ]


def _initials() -> list[Recipe]:
    recipe = partial(Recipe, group=INITIALS, form=forms.initials)
    return [
        recipe(name="AB) words", line="{name}) "),
        recipe(name="AB.- words", line="{name}.- "),
        recipe(name="AB– without a blank", line="{name}– "),
        recipe(name="[AB:] words", line="[{name}:] "),
        recipe(name="AB; words", line="{name}; ", head=heads.equals),
        recipe(name="AB | words", line="{name} | "),
        recipe(name="AB and the words below, indented", line="{name}\n\t"),
        recipe(name="AB >", line="{name} > ", head=heads.title),
        recipe(name="_AB:_", line="_{name}:_ "),
        recipe(name="AB, list with commas", head=_listed),
        recipe(name="AB, Name = AB; in a line", head=_reversed_in_line),
        recipe(name="AB, AB (Name)", head=_letters_then_brackets),
        recipe(name="AB, abbreviations", head=_abbreviations),
        recipe(name="AB, (initials AB)", head=_initials_word),
        recipe(name="AB, a note at the end", foot=_note_at_the_end),
    ]


def _coded() -> list[Recipe]:
    recipe = partial(Recipe, group=CODES, form=forms.code)
    return [
        recipe(name="SW2:", codes=("INT", "SW2"), others=("SW1",)),
        recipe(name="FG1-P3:", codes=("FG1-MOD", "FG1-P3"), others=("FG1-P2",)),
        recipe(name="P3a:", codes=("RES", "P3a"), others=("P3b",)),
        recipe(name="HCP_02:", codes=("INT", "HCP_02"), others=("HCP_01",)),
        recipe(name="W1M:", codes=("I", "W1M")),
        recipe(name="Nurse 2:", codes=("Interviewer", "Nurse 2"), others=("Nurse 1",)),
        recipe(name="SPEAKER_01:", codes=("SPEAKER_00", "SPEAKER_01")),
        recipe(name="<<Name>>:", form=forms.safe("INT", "<<Name>>")),
        recipe(name="(anonymised):", form=forms.safe("INT", "(anonymised)")),
    ]


def _words(line: str, form: Form, gap: str = "\n\n") -> Writer:
    """Turns with a time and a name in one line, with the fields name, time and short."""

    def write(scene: Scene) -> None:
        for one in scene.talk:
            scene.clock.on()
            times = {"time": Bit(scene.clock.long, "mark"), "short": Bit(scene.clock.short, "mark")}
            before, _, after = line.partition("{name}")
            scene.page.put(*_filled(before, times))
            scene.page.turn(one.by.key, form(one.by), _filled(after, times), one.words)
            scene.page.put(gap)

    return write


def _filled(words: str, times: dict[str, Bit]) -> Words:
    made: list[Bit | str] = []
    for number, piece in enumerate(words.replace("{", "}").split("}")):
        made.append(times[piece] if number % 2 else piece)
    return made


def _diarised(scene: Scene) -> None:
    """`[00:00:01.000 --> 00:00:04.000]  SPEAKER_01: words`"""
    for one in scene.talk:
        begins = scene.clock.long
        scene.clock.on()
        scene.page.put("[", Bit(f"{begins}.120 --> {scene.clock.long}.480", "mark"), "]  ")
        scene.page.turn(one.by.key, (one.by.coded,), (": ",), one.words)
        scene.page.put("\n")


def _dialogue(scene: Scene) -> None:
    """Lines of SubStation Alpha."""
    scene.page.put("[Events]\nFormat: Layer, Start, End, Style, Name, Text\n")
    for one in scene.talk:
        begins = scene.clock.long[1:]
        scene.clock.on()
        scene.page.put("Dialogue: 0,", Bit(f"{begins}.12", "mark"), ",")
        scene.page.put(Bit(f"{scene.clock.long[1:]}.48", "mark"), ",Default,")
        scene.page.turn(one.by.key, (one.by.full,), (",",), one.words)
        scene.page.put("\n")


def _yaml(scene: Scene) -> None:
    for one in scene.talk:
        scene.page.put("- speaker: ")
        scene.page.turn(one.by.key, (one.by.full,), ("\n  text: ",), one.words)
        scene.page.put("\n")


def _chat_of_clan(scene: Scene) -> None:
    """`*AB:` and a tab, as CLAN has it."""
    scene.page.put("@Begin\n@Languages:\teng\n@Participants:\t")
    for number, who in enumerate(scene.cast.speakers):
        scene.page.put(", " if number else "", who.initials, " ", who.first, " Participant")
    scene.page.put("\n")
    for one in scene.talk:
        scene.page.put("*")
        scene.page.turn(one.by.key, (one.by.initials,), (":\t",), one.words)
        scene.page.put("\n")
    scene.page.put("@End\n")


def _tiers(scene: Scene) -> None:
    """A tier, from, to and words, as ELAN exports a table."""
    for one in scene.talk:
        begins = scene.clock.long
        scene.clock.on()
        after = ("\t", Bit(f"{begins}.120", "mark"), "\t", Bit(f"{scene.clock.long}.480", "mark"))
        scene.page.turn(one.by.key, (one.by.first,), (*after, "\t"), one.words)
        scene.page.put("\n")


def _programs() -> list[Layout]:
    made = (
        ("Trint", _words("{name} [{time}] ", forms.full), ".txt"),
        ("Descript", _words("[{time}] **{name}:** ", forms.full), ".md"),
        ("Fireflies", _words("{name} {short}\n", forms.full), ".txt"),
        ("Fathom", _words("{short} - {name}\n  ", forms.full), ".txt"),
        ("f4 before, AB:", _words("#{time}-1# {name}: ", forms.initials), ".txt"),
        ("InqScribe, AB", _words("[{time}.05] {name} ", forms.initials), ".txt"),
        ("Dovetail", _words("{name} {short}: ", forms.first), ".txt"),
        ("quoted, bold", _words("> **{name}:** ", forms.full), ".md"),
        ("SubStation Alpha", _dialogue, ".txt"),
        ("YAML", _yaml, ".txt"),
        ("CLAN", _chat_of_clan, ".txt"),
        ("ELAN's table", _tiers, ".txt"),
        ("ELAN's table", _tiers, ".tsv"),
    )
    return [
        *(layout_of(name, PROGRAMS, writer, suffix) for name, writer, suffix in made),
        layout_of("diarised", PROGRAMS, _diarised, ".txt", codes=("SPEAKER_00", "SPEAKER_01")),
    ]


LAYOUTS: tuple[Layout, ...] = (
    *(one.layout for one in (*_named(), *_initials(), *_coded())),
    *_programs(),
)
