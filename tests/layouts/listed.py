"""Tables, hearings with numbered lines, chats, e-mails, and other files that are no plain talk."""

from __future__ import annotations

from tests.layouts import forms, heads
from tests.layouts.gold import Bit, Page, Words, wrapped
from tests.layouts.recipe import Form, Layout
from tests.layouts.recognised import Scene, Writer, layout_of

TABLES = "tables"
HEARINGS = "hearings"
MESSAGES = "chats and e-mails"


def _tabbed(form: Form, with_time: bool, head: str) -> Writer:
    def write(scene: Scene) -> None:
        scene.page.put(head)
        for one in scene.talk:
            scene.clock.on()
            after: Words = ("\t",)
            if with_time:
                after = ("\t", Bit(scene.clock.long, "mark"), "\t")
            scene.page.turn(one.by.key, form(one.by), after, one.words)
            scene.page.put("\n")

    return write


def _piped(form: Form) -> Writer:
    def write(scene: Scene) -> None:
        heads.markdown_title(scene.page, scene.cast)
        scene.page.put("| Time | Speaker | Text |\n|------|---------|------|\n")
        for one in scene.talk:
            scene.clock.on()
            scene.page.put("| ", Bit(scene.clock.short, "mark"), " | ")
            scene.page.turn(one.by.key, form(one.by), (" | ",), one.words)
            scene.page.put(" |\n")

    return write


def _comma(form: Form) -> Writer:
    def write(scene: Scene) -> None:
        scene.page.put("timestamp,speaker,words\n")
        for one in scene.talk:
            scene.clock.on()
            scene.page.put(Bit(scene.clock.long, "mark"), ",")
            scene.page.turn(one.by.key, form(one.by), (',"',), one.words)
            scene.page.put('"\n')

    return write


class _Numbered:
    """Lines of a hearing, 25 a page, each with its number at the left."""

    def __init__(self, page: Page) -> None:
        self._page, self._number = page, 0

    def begin(self) -> None:
        """Begins a line with its number."""
        self._number = self._number % 25 + 1
        self._page.put(*self._margin(), "   ")

    def _margin(self) -> Words:
        number = str(self._number)
        return (" " * (2 - len(number)), Bit(number, "mark"))

    def plain(self, *said: Bit | str) -> None:
        """A line that nobody says."""
        self.begin()
        self._page.put(*said, "\n")

    def says(self, who: str, label: Words, after: str, said: Words) -> None:
        """A turn over as many lines as it takes; the numbers in it belong to no name."""
        self.begin()
        broken = wrapped(said, 50, "\x00")
        self._page.turn(who, label, (after,), self._with_numbers(broken))
        self._page.put("\n")

    def _with_numbers(self, broken: list[Bit | str]) -> Words:
        made: list[Bit | str] = []
        for one in broken:
            bit = Bit(one) if isinstance(one, str) else one
            for at, piece in enumerate(bit.text.split("\n\x00")):
                if at:
                    self._number = self._number % 25 + 1
                    made += ["\n", *self._margin(), "        "]
                made.append(Bit(piece, bit.kind, bit.who))
        return made


def _deposition(scene: Scene) -> None:
    """Q and A with numbers of lines; who asks is said once, with a title, in capitals."""
    page, lines = scene.page, _Numbered(scene.page)
    page.put("                 EXAMINATION OF ", scene.cast.answering[0].capitals, "\n\n")
    lines.plain("     BY ", *forms.titled_capitals(scene.cast.interviewer), ":")
    for one in scene.talk:
        asks = one.by is scene.cast.interviewer
        lines.says(one.by.key, (Bit("Q" if asks else "A", "role"),), ".   ", one.words)


def _hearing(scene: Scene) -> None:
    """Speakers in capitals: MR. KERR, THE WITNESS."""
    lines = _Numbered(scene.page)
    for one in scene.talk:
        if one.by is scene.cast.interviewer:
            label: Words = forms.titled_capitals(one.by)
        else:
            label = (Bit("THE WITNESS", "role"),)
        lines.says(one.by.key, label, ":  ", one.words)


def _questions(scene: Scene) -> None:
    """Q. and A. without numbers, the names in the head."""
    heads.header_lines(scene.page, scene.cast)
    for one in scene.talk:
        asks = one.by is scene.cast.interviewer
        scene.page.turn(one.by.key, (Bit("Q." if asks else "A.", "role"),), (" ",), one.words)
        scene.page.put("\n\n")


def _chat(line: str, form: Form) -> Writer:
    def write(scene: Scene) -> None:
        for one in scene.talk:
            scene.clock.on()
            before, _, after = line.partition("{name}")
            first, _, rest = before.partition("{when}")
            when = ("12/03/2024, ", Bit(scene.clock.long, "mark")) if rest else ()
            scene.page.put(first, *when, rest)
            scene.page.turn(one.by.key, form(one.by), (after,), one.words)
            scene.page.put("\n")

    return write


def _chat_alone(scene: Scene) -> None:
    """A name and the time of the day on a line, the message below."""
    for one in scene.talk:
        scene.clock.on()
        after = ("  ", Bit(f"6:{scene.clock.seconds % 50 + 10} PM", "mark"), "\n")
        scene.page.turn(one.by.key, (one.by.full,), after, one.words)
        scene.page.put("\n\n")


def _chat_json(scene: Scene) -> None:
    scene.page.put('{"messages": [\n')
    for count, one in enumerate(scene.talk):
        scene.page.put(",\n" if count else "", '{"n": ', Bit(str(count), "mark"), ', "from": "')
        scene.page.turn(one.by.key, (one.by.first,), ('", "body": "',), one.words)
        scene.page.put('"}')
    scene.page.put("\n]}\n")


def _mails(scene: Scene) -> None:
    """An interview, and letters after it pasted at the foot."""
    for number, one in enumerate(scene.talk[:8]):
        scene.page.turn(one.by.key, (one.by.first,), (": ",), one.words)
        scene.page.put("\n\n" if number < 7 else "\n\n--- follow-up, pasted ---\n\n")
    for one in scene.talk[8:]:
        other = (
            scene.cast.answering[0]
            if one.by is scene.cast.interviewer
            else (scene.cast.interviewer)
        )
        scene.page.put("From: ", one.by.full, "\nTo: ", other.full, "\nSubject: your questions\n\n")
        scene.page.put("Dear ", other.first, ",\n\n", *one.words, "\n\nBest,\n", one.by.first)
        scene.page.put("\n\n")


def _after(form: Form) -> Writer:
    """Who speaks stands behind what is said, in brackets."""

    def write(scene: Scene) -> None:
        for one in scene.talk:
            scene.page.turn_before_label(one.by.key, one.words, " (", form(one.by))
            scene.page.put(")\n\n")

    return write


def _stated(scene: Scene) -> None:
    """A sentence of the head says who is who; Q and A in talk."""
    asks, answers = scene.cast.interviewer, scene.cast.answering[0]
    scene.page.put(answers.full, " (", answers.job, "), asked by ", asks.full, "\n\n")
    for one in scene.talk:
        label = Bit("Q" if one.by is asks else "A", "role")
        scene.page.turn(one.by.key, (label,), ("  ",), one.words)
        scene.page.put("\n\n")


LISTED: tuple[Layout, ...] = (
    layout_of(
        "tabbed, Speaker Time Text",
        TABLES,
        _tabbed(forms.full, True, "Speaker\tTime\tText\n"),
        ".txt",
    ),
    layout_of("tabbed, Given", TABLES, _tabbed(forms.first, False, ""), ".txt"),
    layout_of("tabbed, AB", TABLES, _tabbed(forms.initials, True, "Who\tTime\tWhat\n"), ".txt"),
    layout_of(
        "tabbed, Surname, G.",
        TABLES,
        _tabbed(forms.directory, True, "Speaker\tTime\tText\n"),
        ".tsv",
    ),
    layout_of("Markdown table, Name", TABLES, _piped(forms.full), ".md"),
    layout_of("Markdown table, AB", TABLES, _piped(forms.initials), ".md"),
    layout_of("commas, Name", TABLES, _comma(forms.full), ".csv"),
    layout_of("commas, AB", TABLES, _comma(forms.initials), ".csv"),
    layout_of("commas, code", TABLES, _comma(forms.code), ".csv", codes=("DB01", "P07")),
    layout_of("deposition", HEARINGS, _deposition, ".txt"),
    layout_of("hearing, MR. KERR:", HEARINGS, _hearing, ".txt"),
    layout_of("Q. and A., names above", HEARINGS, _questions, ".txt"),
    layout_of("Q and A, names in a sentence", HEARINGS, _stated, ".txt"),
    layout_of("WhatsApp", MESSAGES, _chat("[{when}] {name}: ", forms.full), ".txt"),
    layout_of("WhatsApp, Android", MESSAGES, _chat("{when} - {name}: ", forms.first), ".txt"),
    layout_of("Slack", MESSAGES, _chat_alone, ".txt"),
    layout_of("chat in JSON", MESSAGES, _chat_json, ".json"),
    layout_of("e-mails at the foot", MESSAGES, _mails, ".txt"),
    layout_of("who speaks behind it", MESSAGES, _after(forms.first), ".txt"),
    layout_of("who speaks behind it, initials", MESSAGES, _after(forms.initials), ".txt"),
)
