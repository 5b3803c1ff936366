"""Captions and what programs of speech recognition write, under their own ending and as .txt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from tests.layouts import forms
from tests.layouts.cast import Cast, draw_cast
from tests.layouts.gold import Bit, LaidOut, Page, Words, plain, wrapped
from tests.layouts.recipe import Clock, Form, Layout
from tests.layouts.talk import Spice, Utterance, converse

CAPTIONS = "captions"
PROGRAMS = "speech recognition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a writer of such files has: a page, a cast, its talk, and the time."""

    page: Page
    cast: Cast
    talk: Sequence[Utterance]
    clock: Clock
    random: Random


type Writer = Callable[[Scene], None]


def write_with(
    writer: Writer,
    random: Random,
    *,
    name: str,
    answering: int = 1,
    codes: Sequence[str] = (),
    others: tuple[str, ...] = (),
) -> LaidOut:
    """A file that this writer writes of a cast and talk drawn at random."""
    cast = draw_cast(random, answering, codes=codes)
    talk = converse(random, cast, spice=Spice(codes=others))
    page = Page()
    writer(Scene(page=page, cast=cast, talk=talk, clock=Clock(random), random=random))
    return page.laid_out(name, name)


def layout_of(
    name: str,
    group: str,
    writer: Writer,
    suffix: str,
    *,
    answering: int = 1,
    codes: Sequence[str] = (),
    others: tuple[str, ...] = (),
) -> Layout:
    make = partial(
        write_with,
        writer,
        name=f"interview{suffix}",
        answering=answering,
        codes=codes,
        others=others,
    )
    return Layout(name=f"{name} as {suffix}", group=group, make=make)


def _times(clock: Clock, point: str) -> Bit:
    """The times of a cue, which a mention must not touch."""
    begins = f"{clock.long}{point}{clock.seconds * 37 % 1000:03}"
    clock.seconds += 2
    ends = f"{clock.long}{point}{clock.seconds * 53 % 1000:03}"
    return Bit(f"{begins} --> {ends}", "mark")


def _cues(scene: Scene, one: Utterance) -> list[Words]:
    """What is said in pieces, as captions have it; a name is never cut, though a line may be."""
    middle = len(one.words) // 2
    rest = plain(one.words[middle:])
    if scene.random.random() < 0.5 or len(one.words) < 4 or not rest[:1].isalpha():
        return [one.words]
    return [one.words[:middle], one.words[middle:]]


def _cued(scene: Scene, point: str, form: Form, label: str, number: str) -> None:
    """Cues in which each turn begins with its label."""
    count = 0
    for one in scene.talk:
        for piece, words in enumerate(_cues(scene, one)):
            scene.clock.on()
            count += 1
            if number:
                scene.page.put(Bit(number.format(count), "mark"), "\n")
            scene.page.put(_times(scene.clock, point), "\n")
            before, _, after = label.partition("{name}")
            if piece == 0:
                scene.page.put(before)
                said = wrapped(words, 40) if form is not forms.full else words
                scene.page.turn(one.by.key, form(one.by), (after,), said)
            else:
                scene.page.put(*words)
            scene.page.put("\n\n")


def _srt(form: Form, label: str) -> Writer:
    def write(scene: Scene) -> None:
        _cued(scene, ",", form, label, "{}")

    return write


def _vtt(form: Form, label: str, number: str = "") -> Writer:
    def write(scene: Scene) -> None:
        scene.page.put("WEBVTT\n\n")
        _cued(scene, ".", form, label, number)

    return write


def _teams(form: Form) -> Writer:
    """Voice tags in every cue, beside an id of the meeting."""

    def write(scene: Scene) -> None:
        scene.page.put("WEBVTT\n\n")
        for count, one in enumerate(scene.talk):
            scene.clock.on()
            scene.page.put(Bit(f"3f0c9d1e-77a2-4b19-9a54-0d6e2b8fc410/{count}-0", "mark"), "\n")
            scene.page.put(_times(scene.clock, "."), "\n<v ")
            scene.page.turn(one.by.key, form(one.by), (">",), one.words)
            scene.page.put("</v>\n\n")

    return write


def _no_speakers(point: str, head: str) -> Writer:
    def write(scene: Scene) -> None:
        scene.page.put(head)
        for count, one in enumerate(scene.talk, start=1):
            scene.clock.on()
            if point == ",":
                scene.page.put(Bit(str(count), "mark"), "\n")
            scene.page.put(_times(scene.clock, point), "\n", *one.words, "\n\n")

    return write


def _whisper_text(scene: Scene) -> None:
    """`[00:00.000 --> 00:04.000]  words`, as whisper prints it."""
    for one in scene.talk:
        scene.clock.on()
        scene.page.put("[", _times(scene.clock, "."), "]  ", *one.words, "\n")


def _lines(line: str, form: Form, head: Words = (), gap: str = "\n\n") -> Writer:
    """Turns with a time in the label; fields: name, time, short."""

    def write(scene: Scene) -> None:
        scene.page.put(*head)
        for one in scene.talk:
            scene.clock.on()
            before, _, after = line.partition("{name}")
            scene.page.put(*_timed(before, scene.clock))
            scene.page.turn(one.by.key, form(one.by), _timed(after, scene.clock), one.words)
            scene.page.put(gap)

    return write


def _timed(words: str, clock: Clock) -> Words:
    for field, time in (("{time}", clock.long), ("{short}", clock.short)):
        if field in words:
            before, _, after = words.partition(field)
            return (before, Bit(time, "mark"), after)
    return (words,)


def _jsonl(scene: Scene) -> None:
    """A segment a line, as scripts about whisper write it."""
    for count, one in enumerate(scene.talk):
        scene.clock.on()
        scene.page.put('{"id": ', Bit(str(count), "mark"), ', "speaker": "')
        after = ('", "start": ', Bit(f"{scene.clock.seconds}.25", "mark"), ', "text": "')
        scene.page.turn(one.by.key, (one.by.full,), after, one.words)
        scene.page.put('"}\n')


def _json(scene: Scene) -> None:
    """Segments with a speaker each, as WhisperX and its like write them."""
    scene.page.put('{"segments": [\n')
    for count, one in enumerate(scene.talk):
        scene.clock.on()
        begins = scene.clock.seconds
        scene.page.put(",\n" if count else "", '{"start": ', Bit(f"{begins}.5", "mark"))
        scene.page.put(', "end": ', Bit(f"{begins + 2}.5", "mark"), ', "speaker": "')
        scene.page.turn(one.by.key, (one.by.full,), ('", "text": "',), one.words)
        scene.page.put('"}')
    scene.page.put("\n]}\n")


_NOSCRIBE = (
    "Interview ",
    Bit("4", "mark"),
    "\n\n",
    Bit("Transcribed with noScribe vers. 0.7", "tool"),
    "\n",
    Bit("Audio file: ./Interview 4.mp3", "tool"),
    "\n",
    Bit(
        "(Language: English (en) | Speaker detection: auto | Overlapping speech: 1 | "
        "Timestamps: 1 | Disfluencies: 1 | Mark pause: 1)",
        "tool",
    ),
    "\n\n",
)
_OTTER_FOOT = "Transcribed by https://otter.ai"


def _otter(form: Form) -> Writer:
    def write(scene: Scene) -> None:
        _lines("{name}  {short}\n", form)(scene)
        scene.page.put(Bit(_OTTER_FOOT, "tool"), "\n")

    return write


def _captions() -> list[Layout]:
    made = []
    for suffix in (".srt", ".txt"):
        made += [
            layout_of("SRT, SURNAME:", CAPTIONS, _srt(forms.surname_capitals, "{name}: "), suffix),
            layout_of("SRT, Full Name:", CAPTIONS, _srt(forms.full, "{name}: "), suffix),
            layout_of("SRT, AB:", CAPTIONS, _srt(forms.initials, "{name}: "), suffix),
            layout_of("SRT, [Given]", CAPTIONS, _srt(forms.first, "[{name}] "), suffix),
            layout_of("SRT, >> GIVEN:", CAPTIONS, _srt(forms.capitals, ">> {name}: "), suffix),
            layout_of("SRT without speakers", CAPTIONS, _no_speakers(",", ""), suffix),
        ]
    for suffix in (".vtt", ".txt"):
        made += [
            layout_of("Teams", CAPTIONS, _teams(forms.full), suffix),
            layout_of("Teams, Surname, Given", CAPTIONS, _teams(forms.directory), suffix),
            layout_of("Zoom", CAPTIONS, _vtt(forms.full, "{name}: ", "{}"), suffix),
            layout_of(
                "Zoom, pronouns", CAPTIONS, _vtt(forms.full, "{name} (she/her): ", "{}"), suffix
            ),
            layout_of("VTT, AB:", CAPTIONS, _vtt(forms.initials, "{name}: "), suffix),
            layout_of(
                "VTT, S01:",
                CAPTIONS,
                _vtt(forms.code, "{name}: "),
                suffix,
                codes=("S01", "S00"),
                others=("S00",),
            ),
            layout_of("VTT without speakers", CAPTIONS, _no_speakers(".", "WEBVTT\n\n"), suffix),
        ]
    return made


def _programs() -> list[Layout]:
    numbered = ("Speaker 1", "Speaker 2")
    return [
        layout_of("Otter", PROGRAMS, _otter(forms.full), ".txt"),
        layout_of("Otter, Given", PROGRAMS, _lines("{name}  {short}\n", forms.first), ".txt"),
        layout_of("Otter, Speaker 1", PROGRAMS, _otter(forms.code), ".txt", codes=numbered),
        layout_of("Zoom saved", PROGRAMS, _lines("[{name}] {time}\n", forms.full), ".txt"),
        layout_of("Rev, names", PROGRAMS, _lines("{name} ({time}):\n", forms.full), ".txt"),
        layout_of(
            "Rev, Speaker 1",
            PROGRAMS,
            _lines("[{time}] {name}: ", forms.code),
            ".txt",
            codes=numbered,
        ),
        layout_of(
            "noScribe",
            PROGRAMS,
            _lines("{name}: [{time}] ", forms.code, _NOSCRIBE),
            ".txt",
            codes=("S01", "S00"),
            others=("S00",),
        ),
        layout_of(
            "AWS",
            PROGRAMS,
            _lines("[{short}] {name}: ", forms.code, gap="\n"),
            ".txt",
            codes=("spk_0", "spk_1"),
        ),
        layout_of("whisper", PROGRAMS, _whisper_text, ".txt"),
        layout_of("segments a line", PROGRAMS, _jsonl, ".jsonl"),
        layout_of("segments", PROGRAMS, _json, ".json"),
        layout_of("DaVinci, initials", PROGRAMS, _lines("{time} {name}  ", forms.initials), ".txt"),
    ]


RECOGNISED: tuple[Layout, ...] = (*_captions(), *_programs())
