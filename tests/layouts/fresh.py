"""Further layouts, thought of after the rules were made and measured before any rule saw them."""

from __future__ import annotations

from functools import partial

from tests.layouts import forms, heads
from tests.layouts.cast import Cast, Member
from tests.layouts.gold import Bit, Page, Words, wrapped
from tests.layouts.recipe import Form, Layout, Recipe
from tests.layouts.recognised import Scene, Writer, layout_of

NAMES = "fresh: names as labels"
INITIALS = "fresh: initials as labels"
CODES = "fresh: codes, roles and what is safe"
PROGRAMS = "fresh: what programs write"


def _spaced(one: Member) -> Words:
    """A. B."""
    return (Bit(f"{one.letters[0]}. {one.letters[1]}.", "initials", one.key),)


def _small(one: Member) -> Words:
    return (Bit(one.letters.lower(), "initials", one.key),)


def _with_job(one: Member) -> Words:
    return (one.full, ", ", one.job)


def _code_and(inner: Form) -> Form:
    """`P3 (Anna):`"""

    def form(one: Member) -> Words:
        return (one.coded, " (", *inner(one), ")")

    return form


def _role_dash(one: Member) -> Words:
    word = "Interviewer" if one.key == "member 0" else "Participant"
    return (Bit(word, "role"), " – ", one.full)


def _bars(page: Page, cast: Cast) -> None:
    page.put("Participants\n")
    for one in cast.speakers:
        page.put("• ", one.initials, ": ", one.full, " (", one.job, ")\n")
    page.put("\n")


def _leaders(page: Page, cast: Cast) -> None:
    page.put("KEY TO SPEAKERS\n\n")
    for one in cast.speakers:
        page.put(one.initials, " ........ ", one.full, "\n")
    page.put("\n")


def _hereafter(page: Page, cast: Cast) -> None:
    for number, one in enumerate(cast.speakers):
        page.put(" spoke with " if number else "", one.full, " (hereafter ", one.initials, ")")
    page.put(" in the back room.\n\n")


def _in_brackets_first(page: Page, cast: Cast) -> None:
    for one in cast.speakers:
        page.put("(", one.initials, ") ", one.full, ", ", one.job, "\n")
    page.put("\n")


def _square(page: Page, cast: Cast) -> None:
    page.put("Interviewer: ", cast.interviewer.full, " [", cast.interviewer.initials, "]\n")
    for one in cast.answering:
        page.put("Interviewee: ", one.full, " [", one.initials, "]\n")
    page.put("\n")


def _initials_of_header(page: Page, cast: Cast) -> None:
    page.put("Interviewer: ", cast.interviewer.initials, "\n")
    for one in cast.answering:
        page.put("Participant: ", one.initials, "\n")
    page.put("Place: front room\n\n")


def _stands_for(page: Page, cast: Cast) -> None:
    page.put("\n\nIn this transcript ")
    for number, one in enumerate(cast.speakers):
        page.put(" and " if number else "", one.initials, " stands for ", one.full)
    page.put(".\n")


def _attendees(page: Page, cast: Cast) -> None:
    page.put("Catch-up - Transcript\n\nAttendees\n\n")
    for number, one in enumerate(cast.speakers):
        page.put(", " if number else "", one.full)
    page.put("\n\nTranscript\n\n")


def _named() -> list[Recipe]:
    recipe = partial(Recipe, group=NAMES)
    return [
        recipe(name="Given : with a blank", form=forms.first, line="{name} : "),
        recipe(name="Given: “said”", form=forms.first, line="{name}: “", gap="”\n\n"),
        recipe(name="Full Name, job:", form=_with_job),
        recipe(name="— Given:", form=forms.first, line="— {name}: ", gap="\n"),
        recipe(
            name="Full Name in capitals, alone and indented",
            form=forms.capitals,
            line="                {name}\n",
            width=48,
            indent="      ",
        ),
        recipe(name="Mr. SURNAME.", form=forms.titled_capitals, line="{name}. "),
        recipe(name="(Given):", form=forms.first, line="({name}): "),
        recipe(name="{time} - {time} Given:", form=forms.first, line="{time}-{time} {name}: "),
        recipe(name="[Full Name, time]", form=forms.full, line="[{name}, {time}] "),
        recipe(name="Given, time, words", form=forms.first, line="{name}  [{time}]  "),
        recipe(
            name="Interviewer – Full Name:",
            form=_role_dash,
        ),
        recipe(name="Given (bold HTML)", form=forms.first, line="<b>{name}:</b> "),
        recipe(name="### Full Name", form=forms.full, line="### {name}\n\n", suffix=".md"),
        recipe(name="time on a line, then Name:", form=forms.full, line="{time}\n{name}: "),
        recipe(name="time on a line, then Name alone", form=forms.full, line="{short}\n{name}\n"),
        recipe(name="Attendees, then Full Name:", form=forms.full, head=_attendees, gap="\n"),
        recipe(name="1 Given: without a point", form=forms.first, line="{number}  {name}: "),
        recipe(name="Given→", form=forms.first, line="{name} → "),
    ]


def _initials() -> list[Recipe]:
    recipe = partial(Recipe, group=INITIALS)
    return [
        recipe(name="AB : with a blank", form=forms.initials, line="{name} : ", head=heads.equals),
        recipe(name="AB. with a point", form=forms.initials, line="{name}. "),
        recipe(name="A. B.: with blanks", form=_spaced),
        recipe(name="ab:, with a legend", form=_small, head=heads.header_lines),
        recipe(name="AB/", form=forms.initials, line="{name}/ ", head=heads.dashes),
        recipe(name="*AB*:", form=forms.initials, line="*{name}*: "),
        recipe(name="AB (time):", form=forms.initials, line="{name} ({time}): "),
        recipe(name="AB: (time) words", form=forms.initials, line="{name}: ({short}) "),
        recipe(name="AB alone on a line", form=forms.initials, line="{name}\n", head=heads.title),
        recipe(name="number, tab, AB, tab", form=forms.initials, line="{number}\t{name}\t"),
        recipe(name="time, tab, AB, tab", form=forms.initials, line="{time}\t{name}\t", gap="\n"),
        recipe(name="AB:, bulleted legend", form=forms.initials, head=_bars),
        recipe(name="AB:, leaders", form=forms.initials, head=_leaders),
        recipe(name="AB:, hereafter", form=forms.initials, head=_hereafter),
        recipe(name="AB:, (AB) Name", form=forms.initials, head=_in_brackets_first),
        recipe(name="AB:, Name [AB]", form=forms.initials, head=_square),
        recipe(name="AB:, header of initials", form=forms.initials, head=_initials_of_header),
        recipe(name="AB:, stands for, at the end", form=forms.initials, foot=_stands_for),
        recipe(
            name="I (AB): and R (CD):",
            form=forms.role_and("I", "R", forms.initials),
        ),
        recipe(name="AB: in a group of four", form=forms.initials, answering=4),
    ]


def _coded() -> list[Recipe]:
    recipe = partial(Recipe, group=CODES)
    return [
        recipe(
            name="P3 (Given):",
            form=_code_and(forms.first),
            answering=2,
            codes=("M1", "P3", "P4"),
        ),
        recipe(
            name="P3 (AB):",
            form=_code_and(forms.initials),
            answering=2,
            codes=("M1", "P3", "P4"),
        ),
        recipe(
            name="GP-014:",
            form=forms.code,
            codes=("RES", "GP-014"),
            others=("GP-009", "GP-014"),
        ),
        recipe(name="Participant 12:", form=forms.code, codes=("Moderator", "Participant 12")),
        recipe(name="Int1 and Resp2", form=forms.code, codes=("Int1", "Resp2"), others=("Resp1",)),
        recipe(name="01_F_43:", form=forms.code, codes=("INT", "01_F_43"), line="{name}: "),
        recipe(name="Mother and Health visitor", form=forms.role("Health visitor", "Mother")),
        recipe(name="{NAME} in braces", form=forms.safe("INT", "{NAME}")),
        recipe(name="[REDACTED]:", form=forms.safe("Interviewer", "[REDACTED]")),
        recipe(name="___:", form=forms.safe("Interviewer", "_____")),
    ]


def _f4(form: Form) -> Writer:
    """`AB: words #00:01:02-3#`: the time stands behind what is said."""

    def write(scene: Scene) -> None:
        for one in scene.talk:
            scene.clock.on()
            scene.page.turn(one.by.key, form(one.by), (": ",), one.words)
            scene.page.put(" #", Bit(f"{scene.clock.long}-{scene.clock.seconds % 10}", "mark"))
            scene.page.put("#\n\n")

    return write


def _sbv(scene: Scene) -> None:
    """Captions as YouTube saves them."""
    for one in scene.talk:
        scene.clock.on()
        begins, second = scene.clock.long[1:], scene.clock.seconds * 37 % 1000
        scene.clock.seconds += 2
        ends = scene.clock.long[1:]
        scene.page.put(Bit(f"{begins}.{second:03},{ends}.{second:03}", "mark"), "\n>> ")
        scene.page.turn(one.by.key, forms.capitals(one.by), (": ",), wrapped(one.words, 36))
        scene.page.put("\n\n")


def _zoom_chat(scene: Scene) -> None:
    for one in scene.talk:
        scene.clock.on()
        scene.page.put(Bit(scene.clock.long, "mark"), "\t From  ")
        scene.page.turn(one.by.key, (one.by.full,), (" to  Everyone:\n\t",), one.words)
        scene.page.put("\n")


def _telegram(scene: Scene) -> None:
    for one in scene.talk:
        scene.clock.on()
        when = (", [12.03.2024 ", Bit(scene.clock.long[:5], "mark"), "]\n")
        scene.page.turn(one.by.key, (one.by.full,), when, one.words)
        scene.page.put("\n\n")


def _sonix(scene: Scene) -> None:
    """`**[00:00:05]** Name`, what is said below."""
    for one in scene.talk:
        scene.clock.on()
        scene.page.put("**[", Bit(scene.clock.long, "mark"), "]** ")
        scene.page.turn(one.by.key, (one.by.full,), ("\n\n",), one.words)
        scene.page.put("\n\n")


def _happy(scene: Scene) -> None:
    """`[00:00:05.12] - Name`, what is said below."""
    for one in scene.talk:
        scene.clock.on()
        scene.page.put("[", Bit(f"{scene.clock.long}.{scene.clock.seconds % 90 + 10}", "mark"))
        scene.page.put("] - ")
        scene.page.turn(one.by.key, (one.by.full,), ("\n",), one.words)
        scene.page.put("\n\n")


def _blocks(scene: Scene) -> None:
    """A block of `Speaker:`, `Time:` and `Text:` for each turn."""
    for one in scene.talk:
        scene.clock.on()
        scene.page.put("Speaker: ")
        after = ("\nTime: ", Bit(scene.clock.long, "mark"), "\nText: ")
        scene.page.turn(one.by.key, (one.by.full,), after, one.words)
        scene.page.put("\n\n")


def _semicolons(form: Form) -> Writer:
    def write(scene: Scene) -> None:
        scene.page.put("nr;speaker;text\n")
        for count, one in enumerate(scene.talk, start=1):
            scene.page.put(Bit(str(count), "mark"), ";")
            scene.page.turn(one.by.key, form(one.by), (';"',), one.words)
            scene.page.put('"\n')

    return write


def _chat_lines(scene: Scene) -> None:
    """A message a line, as a program exports them."""
    for count, one in enumerate(scene.talk):
        scene.page.put('{"n": ', Bit(str(count), "mark"), ', "from": "')
        scene.page.turn(one.by.key, (one.by.full,), ('", "body": "',), one.words)
        scene.page.put('"}\n')


def _srt(form: Form, label: str) -> Writer:
    """Captions with a new cue for each turn, the name as given."""

    def write(scene: Scene) -> None:
        for count, one in enumerate(scene.talk, start=1):
            begins = f"{scene.clock.long},{scene.clock.seconds * 37 % 1000:03}"
            scene.clock.on()
            ends = f"{scene.clock.long},{scene.clock.seconds * 53 % 1000:03}"
            scene.page.put(Bit(str(count), "mark"), "\n", Bit(f"{begins} --> {ends}", "mark"), "\n")
            before, _, after = label.partition("{name}")
            scene.page.put(before)
            scene.page.turn(one.by.key, form(one.by), (after,), wrapped(one.words, 38))
            scene.page.put("\n\n")

    return write


def _programs() -> list[Layout]:
    made = (
        ("f4, Given:", _f4(forms.first), ".txt"),
        ("f4, AB:", _f4(forms.initials), ".txt"),
        ("YouTube", _sbv, ".txt"),
        ("Zoom's chat", _zoom_chat, ".txt"),
        ("Telegram", _telegram, ".txt"),
        ("Sonix", _sonix, ".md"),
        ("HappyScribe", _happy, ".txt"),
        ("Speaker, Time, Text", _blocks, ".txt"),
        ("semicolons, Name", _semicolons(forms.full), ".csv"),
        ("semicolons, AB", _semicolons(forms.initials), ".csv"),
        ("semicolons, Name", _semicolons(forms.full), ".txt"),
        ("messages a line", _chat_lines, ".jsonl"),
        ("messages a line", _chat_lines, ".txt"),
        ("SRT, (Given)", _srt(forms.first, "({name}) "), ".srt"),
        ("SRT, AB -", _srt(forms.initials, "{name} - "), ".srt"),
        ("SRT, - AB:", _srt(forms.initials, "- {name}: "), ".srt"),
        ("SRT, Given:", _srt(forms.first, "{name}: "), ".vtt.txt"),
        ("SRT, Given:", _srt(forms.first, "{name}: "), ".jsonl"),
        ("SRT, NAME: below it", _srt(forms.capitals, "{name}:\n"), ".srt"),
    )
    return [layout_of(name, PROGRAMS, writer, suffix) for name, writer, suffix in made]


LAYOUTS: tuple[Layout, ...] = (
    *(one.layout for one in (*_named(), *_initials(), *_coded())),
    *_programs(),
)
