"""All layouts, by group, in the order of the table of figures."""

from __future__ import annotations

from tests.layouts import forms, heads
from tests.layouts.cast import SAID_TOO, WORDY
from tests.layouts.listed import LISTED
from tests.layouts.recipe import Layout, Recipe, nothing
from tests.layouts.recognised import RECOGNISED

NAMES = "names as labels"
INITIALS = "initials as labels"
LEGENDS = "where initials are told"
CODES = "codes, roles and what is safe"
LINES = "lines and turns"


def _named() -> list[Recipe]:
    return [
        Recipe(name="Full Name:", group=NAMES, form=forms.full),
        Recipe(name="Given:", group=NAMES, form=forms.first),
        Recipe(name="Surname:", group=NAMES, form=forms.surname, head=heads.header_lines),
        Recipe(name="Mrs Surname:", group=NAMES, form=forms.titled),
        Recipe(name="FULL NAME:", group=NAMES, form=forms.capitals),
        Recipe(name="SURNAME:", group=NAMES, form=forms.surname_capitals, head=heads.title),
        Recipe(name="Given S:", group=NAMES, form=forms.first_and_letter),
        Recipe(name="G. Surname:", group=NAMES, form=forms.letter_and_surname),
        Recipe(name="**Name:**", group=NAMES, form=forms.full, line="**{name}:** "),
        Recipe(name="**Given**:", group=NAMES, form=forms.first, line="**{name}**: "),
        Recipe(
            name="Markdown, bold name alone",
            group=NAMES,
            form=forms.full,
            line="**{name}**\n\n",
            head=heads.markdown_title,
        ),
        Recipe(name="[Name]", group=NAMES, form=forms.full, line="[{name}] "),
        Recipe(name="(Given)", group=NAMES, form=forms.first, line="({name}) "),
        Recipe(name="<G. Surname>", group=NAMES, form=forms.letter_and_surname, line="<{name}> "),
        Recipe(name="Given<tab>", group=NAMES, form=forms.first, line="{name}\t", gap="\n"),
        Recipe(name="Given S:<tab>", group=NAMES, form=forms.first_and_letter, line="{name}:\t"),
        Recipe(name="Given -", group=NAMES, form=forms.first, line="{name} - "),
        Recipe(name="Full Name –", group=NAMES, form=forms.full, line="{name} – "),
        Recipe(name=">> NAME:", group=NAMES, form=forms.capitals, line=">> {name}: ", gap="\n"),
        Recipe(name="Name (she/her):", group=NAMES, form=forms.full, line="{name} (she/her): "),
        Recipe(
            name="Name | Employer:",
            group=NAMES,
            form=forms.full,
            line="{name} | Harbour Lights: ",
        ),
        Recipe(name="Surname, Given:", group=NAMES, form=forms.directory),
        Recipe(name="name on a line alone", group=NAMES, form=forms.full, line="{name}\n"),
        Recipe(name="[time] Given:", group=NAMES, form=forms.first, line="[{time}] {name}: "),
        Recipe(name="Given [time]:", group=NAMES, form=forms.first, line="{name} [{time}]: "),
        Recipe(name="(time) Full Name:", group=NAMES, form=forms.full, line="({time}) {name}: "),
        Recipe(
            name="time  NAME: hanging",
            group=NAMES,
            form=forms.titled_capitals,
            line="{time}   {name}: ",
            gap="\n",
            width=52,
            indent=" " * 11,
        ),
        Recipe(name="1. Name:", group=NAMES, form=forms.first, line="{number}. {name}: "),
        Recipe(
            name="Interviewer (Full Name):",
            group=NAMES,
            form=forms.role_and("Interviewer", "Respondent", forms.full),
        ),
        Recipe(name="a name that is a word", group=NAMES, form=forms.first, givens=tuple(SAID_TOO)),
        Recipe(
            name="YAML front matter",
            group=NAMES,
            form=forms.first,
            head=heads.front_matter,
            suffix=".md",
        ),
    ]


def _initials() -> list[Recipe]:
    lines = (
        ("AB:", "{name}: "),
        ("AB -", "{name} - "),
        ("AB —", "{name} — "),
        ("[AB]", "[{name}] "),
        ("(AB)", "({name}) "),
        ("<AB>", "<{name}> "),
        ("AB<tab>", "{name}\t"),
        ("AB  two blanks", "{name}  "),
        ("**AB**", "**{name}** "),
        ("**AB:**", "**{name}:** "),
        (">> AB:", ">> {name}: "),
        ("[time] AB:", "[{time}] {name}: "),
        ("AB [time]:", "{name} [{time}]: "),
        ("1. AB:", "{number}. {name}: "),
    )
    told = (heads.equals, heads.columns, heads.present, heads.dashes)
    made = [
        Recipe(
            name=f"{name}, with a legend",
            group=INITIALS,
            form=forms.initials,
            line=line,
            head=told[number % len(told)],
        )
        for number, (name, line) in enumerate(lines)
    ]
    made += [
        Recipe(name=f"{name}, nowhere told", group=INITIALS, form=forms.initials, line=line)
        for name, line in lines
    ]
    made += [
        Recipe(
            name=f"{name} with points",
            group=INITIALS,
            form=forms.dotted,
            line=line,
            head=heads.equals_dotted,
        )
        for name, line in (("A.B.:", "{name}: "), ("A.B.  two blanks", "{name}  "))
    ]
    return [
        *made,
        Recipe(name="A.B.:, nowhere told", group=INITIALS, form=forms.dotted),
        Recipe(
            name="Interviewer (A.B.):",
            group=INITIALS,
            form=forms.role_and("Interviewer", "Respondent", forms.dotted),
        ),
        Recipe(
            name="INTERVIEWER (AB):",
            group=INITIALS,
            form=forms.role_and("INTERVIEWER", "RESPONDENT", forms.initials),
        ),
        *(
            Recipe(
                name=f"initials that are {word}",
                group=INITIALS,
                form=forms.initials,
                letters=(word,),
                head=heads.equals,
            )
            for word in WORDY
        ),
        Recipe(
            name="initials that are words, nowhere told",
            group=INITIALS,
            form=forms.initials,
            letters=tuple(WORDY),
        ),
    ]


def _legends() -> list[Recipe]:
    told = (
        ("AB = Name", heads.equals, nothing),
        ("AB: Name", heads.colon, nothing),
        ("Name = AB", heads.reversed_equals, nothing),
        ("AB   Name   job", heads.columns, nothing),
        ("AB – Name, job", heads.dashes, nothing),
        ("Present: Name (AB)", heads.present, nothing),
        ("Name (AB) with Name (CD)", heads.sentence, nothing),
        ("AB Name; CD Name in one line", heads.in_one_line, nothing),
        ("Interviewer | A.B.", heads.bare_table, nothing),
        ("header lines with names", heads.header_lines, nothing),
        ("Markdown table", heads.markdown_table, nothing),
        ("front matter with names", heads.front_matter, nothing),
        ("legend at the end", heads.title, heads.legend_at_the_end),
        ("list at the end", heads.title, heads.list_at_the_end),
        ("names at the end", heads.title, heads.names_at_the_end),
    )
    made = [
        Recipe(name=name, group=LEGENDS, form=forms.initials, head=head, foot=foot)
        for name, head, foot in told
    ]
    return [
        *made,
        Recipe(name="name once in talk", group=LEGENDS, form=forms.initials, name_once=True),
        Recipe(name="only in the tables", group=LEGENDS, form=forms.initials, in_tables=True),
        Recipe(
            name="full name at the first turn",
            group=LEGENDS,
            form=forms.initials,
            first_form=forms.full_and_initials,
        ),
        Recipe(
            name="full name first, then given",
            group=LEGENDS,
            form=forms.first,
            first_form=forms.full,
        ),
    ]


def _coded() -> list[Recipe]:
    codes = (
        ("P07", ("INT", "P07", "P03"), ("P07", "P12")),
        ("R1", ("Int", "R1", "R2"), ("R2", "R1")),
        ("S02", ("S01", "S00", "S02"), ("S02",)),
        ("spk_0", ("spk_0", "spk_1", "spk_2"), ("spk_1",)),
        ("SP_04", ("INT", "SP_04", "SP_05"), ("SP_05",)),
        ("FGD2", ("MOD", "FGD2", "FGD3"), ("FGD2",)),
        ("IDI-17", ("INT", "IDI-17", "KII_05"), ("IDI-17", "FGD2")),
        ("Speaker 3", ("Speaker 1", "Speaker 2", "Speaker 3"), ("Speaker 2",)),
        ("F1 and M2", ("MOD", "F1", "M2"), ("M2", "F1")),
        ("P4", ("I", "P4", "P5"), ("P4",)),
        ("Q and A", ("Q", "A", "A2"), ()),
    )
    made = [
        Recipe(
            name=f"code {name}", group=CODES, form=forms.code, answering=2, codes=own, others=others
        )
        for name, own, others in codes
    ]
    roles = (
        ("SUBJECT", "KERR"),
        ("WITNESS", "COUNSEL"),
        ("PARTICIPANT", "MODERATOR"),
        ("Interviewee", "Interviewer"),
        ("Service user", "Interpreter"),
        ("THE WITNESS", "THE COURT"),
        ("Respondent", "Researcher"),
        ("Client", "Facilitator"),
        ("Nurse", "Interviewer"),
    )
    made += [
        Recipe(name=f"role {answers}", group=CODES, form=forms.role(asks, answers))
        for answers, asks in roles
        if asks != "KERR"
    ]
    made += [
        Recipe(name="role SUBJECT", group=CODES, form=forms.role("INTERVIEWER", "SUBJECT")),
        *(
            Recipe(name=f"safe {answers}", group=CODES, form=forms.safe(asks, answers), line=line)
            for asks, answers, line in (
                ("[Interviewer]", "[Name]", "{name}: "),
                ("[NAME 1]", "[NAME 2]", "{name}: "),
                ("INT", "XXXX", "{name}: "),
                ("Interviewer", "████", "{name}: "),
                ("Interviewer", "<anonymised>", "{name} "),
                ("[Person 1]", "[Person 2]", "{name}: "),
            )
        ),
    ]
    return made


def _lines() -> list[Recipe]:
    return [
        Recipe(name="labels on some turns", group=LINES, form=forms.first, every=3),
        Recipe(
            name="initials on some turns",
            group=LINES,
            form=forms.initials,
            every=3,
            head=heads.equals,
        ),
        Recipe(name="one line a turn", group=LINES, form=forms.first, gap="\n"),
        Recipe(name="wrapped lines", group=LINES, form=forms.full, width=60, gap="\n"),
        Recipe(
            name="initials, wrapped and indented",
            group=LINES,
            form=forms.initials,
            head=heads.present,
            width=56,
            indent="    ",
            gap="\n",
        ),
        Recipe(name="CRLF, names", group=LINES, form=forms.first, line_end="\r\n"),
        Recipe(
            name="CRLF, initials",
            group=LINES,
            form=forms.initials,
            head=heads.columns,
            line_end="\r\n",
        ),
        Recipe(name="CR, names", group=LINES, form=forms.full, line_end="\r", gap="\n"),
        Recipe(name="joint interview, names", group=LINES, form=forms.first, answering=2),
        Recipe(
            name="joint interview, initials",
            group=LINES,
            form=forms.initials,
            answering=2,
            head=heads.sentence,
        ),
        Recipe(name="focus group of six, names", group=LINES, form=forms.first, answering=6),
        Recipe(
            name="focus group of six, initials",
            group=LINES,
            form=forms.initials,
            answering=6,
            head=heads.equals,
        ),
        Recipe(
            name="focus group of six, Given S",
            group=LINES,
            form=forms.first_and_letter,
            answering=6,
        ),
    ]


RECIPES: tuple[Recipe, ...] = (*_named(), *_initials(), *_legends(), *_coded(), *_lines())
LAYOUTS: tuple[Layout, ...] = (*(one.layout for one in RECIPES), *RECOGNISED, *LISTED)
