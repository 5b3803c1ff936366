"""Tables as stewards type them, of invented people, with how a person reads each.

Written before the rules were. `columns` are meanings by heading; `people` are names with further
names, in order. What is not named has the meaning `other`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardTable:
    """The text of a table, what it is, its columns by heading and the people in it."""

    name: str
    role: str
    text: str
    columns: dict[str, str]
    people: tuple[tuple[str, ...], ...]
    places: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    encoding: str = "utf-8"
    remarks: int = field(default=0)


TABLES = (
    StewardTable(
        name="title lines, semicolons, aka in brackets",
        role="roster",
        text="Bramblehowe oral history;;;\nList of contacts, updated May;;;\n;;;\n"
        "Full name;Also known as;Position;Organisation\n"
        "Oighrig Tannahill;Effie;warden;Bramblehowe Hall\n"
        "Cosmo Pettigrew (aka Big Cosmo);;driver;Bramblehowe Hall\n"
        "Total: 2;;;\n",
        columns={
            "Full name": "name",
            "Also known as": "also called",
            "Position": "role",
            "Organisation": "organisation",
        },
        people=(("Oighrig Tannahill", "Effie"), ("Cosmo Pettigrew", "Big Cosmo")),
        remarks=1,
    ),
    StewardTable(
        name="tabs, family and given names apart",
        role="roster",
        text="Family name\tGiven name\tPreferred name\tOccupation\tTown\n"
        "O'Hanrahan\tBridget\tBiddy\tcook\tEskvale\n"
        "Vandersloot\tPiet\t\tplumber\tNewbigging\n",
        columns={
            "Family name": "surname",
            "Given name": "first name",
            "Preferred name": "also called",
            "Occupation": "role",
            "Town": "place",
        },
        people=(("Bridget O'Hanrahan", "Biddy"), ("Piet Vandersloot",)),
    ),
    StewardTable(
        name="pipes and codes",
        role="interviews",
        text="Code|Audio file|Respondent|Interviewed by|Venue|Recorded\n"
        "C01|c01_tannahill.mp3|Oighrig Tannahill|Ines Quintrell|village hall|02/03/2021\n"
        "C02|c02_pettigrew.mp3|Cosmo Pettigrew|Ines Quintrell|by phone|09/03/2021\n",
        columns={
            "Code": "number",
            "Audio file": "file",
            "Respondent": "interviewee",
            "Interviewed by": "interviewer",
            "Venue": "place",
            "Recorded": "date",
        },
        people=(("Oighrig Tannahill", "Cosmo Pettigrew"), ("Ines Quintrell",)),
    ),
    StewardTable(
        name="sep line, surname first",
        role="roster",
        text="sep=;\nParticipant;Nickname(s);Gender;Employer;Country\n"
        "TANNAHILL, Oighrig;Effie, Auld Effie;F;Bramblehowe Hall;Scotland\n"
        "DE LA CROIX, Remy;;M;Kite Works Inc.;USA\n",
        columns={
            "Participant": "name",
            "Nickname(s)": "also called",
            "Gender": "gender",
            "Employer": "organisation",
            "Country": "nation",
        },
        people=(("Oighrig Tannahill", "Effie", "Auld Effie"), ("Remy De La Croix",)),
    ),
    StewardTable(
        name="two people in a cell, initials on the tape",
        role="interviews",
        text="No.,Transcript,Narrators,Label on tape,Interviewer,Where held,Comments\n"
        '1,fisher_couple.docx,"Ailis & Torquil Munnoch",AM / TM,Ines Quintrell,at home,windy\n'
        '2,wrecker.docx,"Munnoch, Sorley",SM,IQ,pier,"ask again, he said"\n',
        columns={
            "No.": "number",
            "Transcript": "file",
            "Narrators": "interviewee",
            "Label on tape": "initials or label",
            "Interviewer": "interviewer",
            "Where held": "place",
            "Comments": "note",
        },
        people=(("Ailis Munnoch", "Torquil Munnoch", "Sorley Munnoch"), ("Ines Quintrell",)),
        labels=("AM", "TM", "SM"),
    ),
    StewardTable(
        name="people, places and bodies in one list",
        role="roster",
        text="Type,Entry,Other spellings\n"
        "person,Hepzibah Orrick,Heppie\n"
        "place,Eskvale,Esk Vale; the Vale\n"
        "organisation,Kite Works Inc.,KWI\n",
        columns={"Type": "kind", "Entry": "name", "Other spellings": "also called"},
        people=(
            ("Hepzibah Orrick", "Heppie"),
            ("Eskvale", "Esk Vale", "the Vale"),
            ("Kite Works Inc.", "KWI"),
        ),
    ),
    StewardTable(
        name="cp1252, maiden names, addresses",
        role="roster",
        text="Name,Maiden name,E-mail,Tel.,Job title,Based at\n"
        "Zoë Fennimore,Garrioch,zoe@example.org,01632 960111,nurse,Newbigging\n"
        "René Ockley,,rene@example.org,01632 960112,porter,Eskvale\n",
        columns={
            "Name": "name",
            "Maiden name": "also called",
            "E-mail": "e-mail address",
            "Tel.": "telephone",
            "Job title": "role",
            "Based at": "place",
        },
        people=(("Zoë Fennimore", "Zoë Garrioch"), ("René Ockley",)),
        encoding="cp1252",
    ),
    StewardTable(
        name="a list of names and nothing else",
        role="roster",
        text="Hepzibah Orrick\nCosmo Pettigrew\nPiet Vandersloot\n",
        columns={"A": "name"},
        people=(("Hepzibah Orrick",), ("Cosmo Pettigrew",), ("Piet Vandersloot",)),
    ),
    StewardTable(
        name="blank columns, sections and ragged rows",
        role="roster",
        text=",,,\n,Who,,What they do\n,STAFF,,\n,Hepzibah Orrick,,matron\n"
        ",Cosmo Pettigrew,,driver,left in 2019\n,NEIGHBOURS MENTIONED,,\n,Piet Vandersloot\n",
        columns={"Who": "name", "What they do": "role"},
        people=(("Hepzibah Orrick",), ("Cosmo Pettigrew",), ("Piet Vandersloot",)),
        remarks=3,
    ),
    StewardTable(
        name="numbers for files, US agencies",
        role="interviews",
        text="Interview #,Date of interview,Interviewee name,Job Title,Agency,State,Researcher\n"
        '1,3/4/2022,"Rev. Dr. Amos Tillery",pastor,Kite Works Inc.,OH,J. Quillfeather\n'
        '2,3/9/2022,"Dolores ""Lola"" Ybarrondo",organizer,Kite Works Inc.,OH,J. Quillfeather\n',
        columns={
            "Interview #": "number",
            "Date of interview": "date",
            "Interviewee name": "interviewee",
            "Job Title": "role",
            "Agency": "organisation",
            "State": "place",
            "Researcher": "interviewer",
        },
        people=(("Amos Tillery", "Dolores Ybarrondo"), ("J. Quillfeather",)),
    ),
)
