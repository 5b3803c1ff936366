"""What the steward says of the study once, in study.toml: the catalogue's words for the deposit.

Everything here is published with the release, so it passes the same gates as the transcripts. The
questions follow DataCite 4.5, DDI-Codebook 2.5 and the deposit forms of UK Data Service and ICPSR.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

import tomlkit
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator

from redact.disk import write_atomic
from redact.errors import UsageError
from redact.study.folder import Study
from redact.study.hold import hold

Access = Literal["open", "safeguarded", "controlled"]
ContributorRole = Literal[  # DataCite 4.5, appendix 1, contributorType: those a person may have
    "ContactPerson",
    "DataCollector",
    "DataCurator",
    "DataManager",
    "ProjectLeader",
    "ProjectManager",
    "ProjectMember",
    "Researcher",
    "ResearchGroup",
    "RightsHolder",
    "Sponsor",
    "Supervisor",
    "Other",
]
SECTION = "deposit"
# What a document in XML 1.0 cannot carry (section 2.2), and no form of an archive wants.
_UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def _sayable(text: str) -> str:
    if _UNSAID.search(text):
        raise ValueError("it has a control character in it")
    return text


_Line = Annotated[str, AfterValidator(_sayable)]
_Text = Annotated[_Line, Field(max_length=10_000)]
_Words = Annotated[_Line, Field(min_length=1, max_length=1_000)]
_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
_TIME = rf"^$|^{_DAY}(/{_DAY})?$"
_EMAIL = re.compile(r"[^\s@<>()\[\],;]+@[^\s@<>()\[\],;]+\w")
_ROR = r"^$|^https://ror\.org/0[a-hj-km-np-tv-z0-9]{6}\d{2}$"
_FUNDER = rf"{_ROR}|^https://doi\.org/10\.13039/\d+$"  # or of Crossref's registry of funders
_ORCID = r"^$|^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"


class _DepositSection(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class Creator(_DepositSection):
    """Who made the study: as "Family, Given", with ORCID and institution; or a body, by its name.

    `affiliation_ror` is the institution's identifier of ror.org.
    """

    name: _Line = Field(min_length=1, max_length=200)
    orcid: str = Field(default="", pattern=_ORCID)
    affiliation: _Text = ""
    affiliation_ror: str = Field(default="", pattern=_ROR)
    is_organisation: bool = False

    @field_validator("orcid")
    @classmethod
    def _check_digit(cls, orcid: str) -> str:
        """ISO 7064 11,2, as ORCID documents it."""
        total = 0
        for figure in orcid.replace("-", "")[:-1]:
            total = (total + int(figure)) * 2
        if orcid and orcid[-1] != "0123456789X"[(12 - total % 11) % 11]:
            raise ValueError("its last figure does not fit the others")
        return orcid


class Contributor(Creator):
    """Who else took part in making it, and as what, in DataCite's words for it."""

    role: ContributorRole


class Documents(_DepositSection):
    """Where the papers lie that go with the transcripts; they are made safe like them."""

    consent_form: str = ""
    information_sheet: str = ""
    topic_guide: str = ""


class Description(_DepositSection):
    """The deposit in words. Empty fields are left out of the metadata."""

    title: _Text = ""
    abstract: _Text = ""
    creators: tuple[Creator, ...] = Field(default=(), strict=False)
    contributors: tuple[Contributor, ...] = Field(default=(), strict=False)
    institution: _Text = ""
    institution_ror: str = Field(default="", pattern=_ROR)
    year: str = Field(default="", pattern=r"^$|^\d{4}$")
    version: _Line = Field(default="1", max_length=20)
    subjects: tuple[_Words, ...] = Field(default=(), strict=False)
    topics: tuple[_Words, ...] = Field(default=(), strict=False)
    language: str = Field(default="en", pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")
    collected: str = Field(default="", pattern=_TIME)
    period: str = Field(default="", pattern=_TIME)
    method: _Text = ""
    sampling: _Text = ""
    purpose: _Text = ""
    design: _Text = ""
    unit: _Text = ""
    universe: _Text = ""
    time_method: _Text = ""
    transcription: _Text = ""
    narrative: _Text = ""
    ethics: _Text = ""
    legal_basis: _Text = ""
    rights_holder: _Text = ""
    third_parties: _Text = ""
    funder: _Text = ""
    funder_id: str = Field(default="", pattern=_FUNDER)
    grant: _Text = ""
    contact: _Text = ""
    licence: _Text = ""
    access: Literal[Access, ""] = ""
    access_reason: _Text = ""
    consent_note: Annotated[_Line, Field(max_length=4_000)] = ""  # as long as the log takes
    embargo: str = Field(default="", pattern=r"^$|^\d{4}-\d{2}-\d{2}$")
    related: tuple[_Words, ...] = Field(default=(), strict=False)
    documents: Documents = Documents()

    @property
    def emails(self) -> tuple[str, ...]:
        """The e-mail addresses in the contact."""
        return tuple(_EMAIL.findall(self.contact))

    @property
    def email(self) -> str:
        """The first of them; nothing where there is none."""
        return next(iter(self.emails), "")

    @field_validator("creators", "contributors", "subjects", "topics", "related")
    @classmethod
    def _each_once(cls, said: tuple[Any, ...]) -> tuple[Any, ...]:
        """What is said twice is meant once: DataCite's lists have no repeats."""
        return tuple(dict.fromkeys(said))

    @field_validator("embargo")
    @classmethod
    def _is_a_day(cls, embargo: str) -> str:
        if embargo:
            date.fromisoformat(embargo)
        return embargo


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field of the description, what is asked for it, why, and an example of an answer."""

    field: str
    ask: str
    why: str
    example: str


def _questions() -> tuple[Question, ...]:
    text = resources.files("redact.data").joinpath("deposit_questions.txt").read_text("utf-8")
    blocks = text.partition("\n\n")[2].strip().split("\n\n")
    rows = (block.split("\n") for block in blocks)
    return tuple(Question(field=f, ask=ask, why=why, example=one) for f, ask, why, one in rows)


QUESTIONS = _questions()


def read_description(study: Study) -> Description:
    """What study.toml says under [deposit]; UsageError naming the setting that is wrong."""
    try:
        said = tomllib.loads(study.settings.read_text("utf-8")).get(SECTION, {})
    except (OSError, ValueError, RecursionError):
        raise UsageError(
            "study.toml cannot be read as TOML",
            where=str(study.settings),
            remedy="Texts stand in double quotes, lists in square brackets.",
        ) from None
    return parse_description(said, str(study.settings))


def parse_description(said: Any, where: str) -> Description:
    """A description from what TOML gave; UsageError names the setting and what is wrong with it."""
    try:
        return Description.model_validate(said)
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        known = ", ".join(Description.model_fields)
        wrong = _wrong_in(first)
        raise UsageError(
            f"`{SECTION}.{place}`: {wrong.what}",
            where=where,
            remedy=f"Known here: {known}." if first["type"] == "extra_forbidden" else wrong.remedy,
        ) from None


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What is wrong with an answer, in words, and what to do."""

    what: str
    remedy: str


def _wrong_in(error: Any) -> _Wrong:
    """Of a pattern, or a day that is none, only that it is written otherwise: never the pattern."""
    field = error["loc"][0] if error["loc"] else ""
    question = next((one for one in QUESTIONS if one.field == field), None)
    if question is None:
        return _Wrong(error["msg"].lower(), "`redact describe` asks for each.")
    remedy = f"For example: {question.example}"
    is_form = error["type"] in ("string_pattern_mismatch", "literal_error")
    if len(error["loc"]) == 1 and (is_form or question.field == "embargo"):
        return _Wrong("this is not written as it is asked for", remedy)
    return _Wrong(error["msg"].lower().removeprefix("value error, "), remedy)


def checked(question: Question, text: str, known: Description) -> Any:
    """An answer as the setting it is; UsageError, which holds no pattern, if it cannot be taken.

    Makers that were `known` keep what was said of them.
    """
    value = answered(question, text)
    if question.field == "creators":
        held = {one.name: one.model_dump() for one in known.creators}
        value = [held.get(one["name"], one) for one in value]
    try:
        Description.model_validate({question.field: value})
    except ValidationError as problem:
        wrong = _wrong_in(problem.errors()[0])
        raise UsageError(wrong.what, where=question.ask, remedy=wrong.remedy) from None
    return value


def answered(question: Question, text: str) -> Any:
    """An answer as the setting it is: lists are written with semicolons."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if question.field == "creators":
        return [{"name": part} for part in parts]
    return parts if question.field in ("subjects", "topics", "related") else text.strip()


def said_as_text(question: Question, description: Description) -> str:
    """An answer as a person typed it; "" where there is none."""
    value = getattr(description, question.field)
    if isinstance(value, tuple):
        return "; ".join(one.name if isinstance(one, Creator) else str(one) for one in value)
    return str(value)


def describe(study: Study, answers: Mapping[str, Any]) -> Description:
    """Writes answers into study.toml, comments kept; nothing is written if one is wrong."""
    with hold(study):
        return _written(study, answers)


def _written(study: Study, answers: Mapping[str, Any]) -> Description:
    document = tomlkit.parse(study.settings.read_text("utf-8"))
    if SECTION not in document:
        document[SECTION] = tomlkit.table()
    section = document[SECTION]
    for name, value in answers.items():
        section[name] = value
    written = tomlkit.dumps(document)
    description = parse_description(tomllib.loads(written)[SECTION], str(study.settings))
    write_atomic(study.settings, written.encode("utf-8"))
    return description


def template() -> str:
    """The section as a new study has it: every question with its why, nothing answered."""
    lines = [f"[{SECTION}]"]
    lines += ["# What the catalogue says of the deposit, published. `redact describe` asks too."]
    for question in QUESTIONS:
        empty = "[]" if question.field in ("creators", "subjects", "topics") else '""'
        lines += [f"# {question.ask} {question.why}", f"{question.field} = {empty}"]
    lines += ["", f"[{SECTION}.documents]"]
    lines += ["# Files that go with the transcripts, from here or in full; made safe like them."]
    lines += [f'{name} = ""' for name in Documents.model_fields]
    return "\n".join(lines) + "\n"


def missing(description: Description, wanted: tuple[str, ...]) -> tuple[Question, ...]:
    """The questions among these that have no answer yet."""
    return tuple(q for q in QUESTIONS if q.field in wanted and not getattr(description, q.field))


def documents_of(study: Study, description: Description) -> dict[str, Path]:
    """By slot the file that study.toml names, relative to the study folder."""
    named = description.documents.model_dump()
    return {slot: (study.root / path).resolve() for slot, path in named.items() if path}
