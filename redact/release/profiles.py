"""What each archive wants of a deposit, and what is still missing for it.

After the archives' pages for depositors, as far as copies of them were at hand: UK Data Service on
access levels, its deposit form and anonymising qualitative data; ICPSR's data submission
requirements and deposit form; QDR's deposit form. No curator has seen it, and theirs is the last
word. Zenodo's is what its records need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from redact.study.description import QUESTIONS, Access, Description

ProfileName = Literal["plain", "ukds", "icpsr", "qdr", "zenodo"]
PAPERS = {
    "consent_form": "the blank consent form",
    "information_sheet": "the information sheet",
    "topic_guide": "the topic guide",
}
_CITED = ("title", "creators", "institution", "year", "abstract")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An archive: what it must be told and given, and who may have what it holds.

    `as_text` says that it wants plain text (UTF-8) whatever the transcripts came as, `beside` as
    what a word processor opens it would rather have them too; `columns` are
    those its data list has, in its order: what the policy does not release is not there. What the
    archive publishes says so in its name and words; the institution is the depositor.
    """

    name: str
    title: str
    needs: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    access: tuple[Access, ...] = ("open", "safeguarded", "controlled")
    as_text: bool = True
    beside: Literal["docx", "rtf"] | None = None  # the form it would rather have, beside text
    data_list: bool = True
    columns: tuple[str, ...] = ()
    publisher: str = ""  # the archive's whole name, as it is cited
    home: str = ""  # the archive's address
    ror: str = ""  # its number at ror.org, where we know one
    access_called: tuple[tuple[Access, str], ...] = ()  # its own words for what we call so
    list_called: str = "data list"

    def calls(self, access: str) -> str:
        """This access in the archive's words; nothing where it has none of its own."""
        return dict[str, str](self.access_called).get(access, "")


PROFILES: Mapping[str, Profile] = {
    "plain": Profile(name="plain", title="No archive", as_text=False, data_list=False),
    "ukds": Profile(
        name="ukds",
        title="UK Data Service",
        beside="rtf",
        publisher="UK Data Service",
        home="https://ukdataservice.ac.uk/",
        ror="https://ror.org/0468x4e75",
        access_called=(
            ("open", "Open data"),
            ("safeguarded", "Safeguarded data"),
            ("controlled", "Controlled data"),
        ),
        needs=(
            *_CITED,
            "subjects",
            "collected",
            "method",
            "sampling",
            "transcription",
            "ethics",
            "legal_basis",
            "rights_holder",
            "contact",
            "access",
            "access_reason",
        ),
        papers=("consent_form", "information_sheet", "topic_guide"),
        columns=(
            "interview",
            "gender",
            "age_band",
            "role",
            "organisation",
            "nation",
            "year",
            "file",
            "words",
        ),
    ),
    "icpsr": Profile(
        name="icpsr",
        title="ICPSR",
        publisher="Inter-university Consortium for Political and Social Research",
        home="https://www.icpsr.umich.edu/",
        access_called=(
            ("open", "Public-use data"),
            ("safeguarded", "Restricted-use data, by download under an agreement"),
            ("controlled", "Restricted-use data, in an enclave"),
        ),
        list_called="file list",
        needs=(
            *_CITED,
            "subjects",
            "collected",
            "method",
            "sampling",
            "period",
            "purpose",
            "design",
            "unit",
            "universe",
            "time_method",
            "funder",
            "contact",
            "access",
            "access_reason",
        ),
        papers=("consent_form", "topic_guide"),
        columns=(
            "interview",
            "file",
            "format",
            "words",
            "nation",
            "organisation",
            "role",
            "gender",
            "age_band",
            "year",
        ),
    ),
    "qdr": Profile(
        name="qdr",
        title="Qualitative Data Repository",
        publisher="Qualitative Data Repository",
        home="https://qdr.syr.edu/",
        ror="https://ror.org/014trz974",
        access_called=(
            ("open", "Unrestricted access for registered users"),
            ("safeguarded", "Access with the depositor's approval"),
            ("controlled", "Access on site or in an enclave"),
        ),
        list_called="manifest",
        needs=(
            *_CITED,
            "subjects",
            "collected",
            "method",
            "ethics",
            "rights_holder",
            "contact",
            "licence",
            "access",
            "access_reason",
        ),
        papers=("consent_form", "topic_guide"),
        columns=("file", "type_of_data", "description", "interview"),
    ),
    "zenodo": Profile(
        name="zenodo",
        title="Zenodo",
        publisher="Zenodo",
        home="https://zenodo.org/",
        access_called=(("open", "Open"), ("safeguarded", "Restricted")),
        list_called="table of interviews",
        needs=(*_CITED, "licence", "access", "access_reason"),
        access=("open", "safeguarded"),
        data_list=False,
    ),
}


class ItemKind(StrEnum):
    """What a line of the checklist asks for, and so where it is given."""

    ANSWER = "an answer about the study"
    PAPER = "a paper"
    LIST = "a list of the interviews"
    READING = "reading"
    CONSENT = "what people agreed to"
    RISK = "interviews that cannot be told apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of the checklist: what it asks, whether it is there, what to do.

    `field` is the question of the description that it asks, "" for anything else; `command` is how
    it is done at a terminal.
    """

    kind: ItemKind
    field: str = ""
    what: str
    there: bool
    remedy: str = ""
    command: str = ""
    must: bool = True  # a release for the archive is refused without it

    @property
    def at_a_terminal(self) -> str:
        """The remedy, and the command for it."""
        return " ".join(filter(None, (self.remedy, self.command)))


def checklist(
    profile: Profile,
    description: Description,
    papers: Mapping[str, Path],
    listed: tuple[str, ...] | None,
    unsettled: int,
    unread: int = 0,
) -> tuple[Item, ...]:
    """Everything the profile asks, in the order of the questions; nothing is built for it.

    `listed` are the columns of the data list, None where there is no list.
    """
    items = [
        Item(
            kind=ItemKind.ANSWER,
            field=question.field,
            what=question.ask,
            there=bool(getattr(description, question.field)),
            remedy=question.why,
            command=f"`redact describe` asks for `{question.field}`.",
        )
        for question in QUESTIONS
        if question.field in profile.needs
    ]
    for slot in profile.papers:
        path = papers.get(slot)
        items.append(
            Item(
                kind=ItemKind.PAPER,
                what=f"{PAPERS[slot].capitalize()}",
                there=path is not None and path.is_file(),
                remedy=f"Say where {PAPERS[slot]} lies."
                if path is None
                else "The file that was named is not there.",
                command=f"It stands as `{slot}` in study.toml, [deposit.documents].",
            )
        )
    if profile.data_list:
        items.append(
            Item(
                kind=ItemKind.LIST,
                what="A data list",
                there=listed is not None,
                remedy="A table with a row for each interview is given with the transcripts.",
                command="Run the study with --interviews interviews.csv.",
            )
        )
        usual = [c for c in profile.columns if c not in (listed or ())]
        without = f": without {', '.join(usual)}" if usual else ""
        items.append(
            Item(
                kind=ItemKind.LIST,
                what=f"The columns its data lists have{without}",
                there=not usual,
                remedy="They may be left out.",
                command="To say them, put them into interviews.csv and into `columns` of the "
                "policy's [release]; `redact risk` tells what that costs.",
                must=False,
            )
        )
    if description.access:
        given = description.access in profile.access
        items.append(
            Item(
                kind=ItemKind.ANSWER,
                field="access",
                what=f"Access that {profile.title} gives",
                there=given,
                remedy=f"It has: {', '.join(profile.access)}.",
            )
        )
    items.append(
        Item(
            kind=ItemKind.READING,
            what="Every transcript settled by a person",
            there=not unsettled,
            remedy=f"{unsettled} to go.",
            command="`redact review` opens them.",
        )
    )
    items.append(
        Item(
            kind=ItemKind.READING,
            what="Every transcript read, or declared as read, by a person",
            there=not unread,
            remedy=f"{unread} unread, by the log: README and methods will say so.",
            command="`redact review` opens them; settle them there.",
            must=False,
        )
    )
    return tuple(items)
