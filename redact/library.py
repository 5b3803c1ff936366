"""Use from Python and Jupyter: texts in; safe texts, mentions, entities and decisions out.

There is no study here: no linkage key, no log and no gate. See docs/library.md.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from redact.chain import find_entities, replace_mentions
from redact.core import Decision, Entity, Interview, Mention, RosterEntry, SafeTranscript
from redact.errors import RedactError, UsageError
from redact.formats.tables import interviews_of, read_interviews, read_roster, roster_of
from redact.policy import Policy, find_policy, load_policy
from redact.transcript.assemble import assemble, keyed_order

if TYPE_CHECKING:
    import pandas

Roster = str | PathLike[str] | Iterable[RosterEntry | Mapping[str, str]]
Interviews = str | PathLike[str] | Iterable[Interview | Mapping[str, str]]

ONLY = "text"  # the name of a text that was given without one
_SHOWN_TEXTS, _SHOWN_CHARACTERS = 3, 4_000  # in Jupyter


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """A mention as a row of a table: where it is, who it is, and what stands there now."""

    transcript: str
    start: int
    end: int
    label: str
    kind: str
    score: float
    sources: str
    entity: str
    pseudonym: str
    safe_start: int | None
    safe_end: int | None
    safe_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Pseudonymised:
    """The safe texts by name, and how each came about; no original word is in it.

    Offsets are Unicode code points, end exclusive. Those of `mentions` are places in the texts
    that were given; `safe` says which of them stand where in the safe texts.
    """

    texts: Mapping[str, str]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    decisions: tuple[Decision, ...]
    safe: tuple[SafeTranscript, ...] = field(default=())

    @property
    def text(self) -> str:
        """The safe text, where one was given; UsageError where there are several."""
        if len(self.texts) != 1:
            raise UsageError(
                f"there are {len(self.texts)} texts, not one",
                remedy='Take one of them by its name: `.texts["NAME"]`.',
            )
        return next(iter(self.texts.values()))

    def to_frame(self) -> pandas.DataFrame:
        """A pandas table with a row for each mention, by place; RedactError without pandas."""
        try:
            import pandas as pd
        except ImportError:
            raise RedactError(
                "a table needs pandas, which is not installed",
                remedy="Install it: pip install pandas (or redact with its extra `frame`).",
            ) from None
        return pd.DataFrame(
            [asdict(row) for row in self._rows()], columns=[one.name for one in fields(MentionRow)]
        )

    def _rows(self) -> list[MentionRow]:
        entity_of = {m: entity for entity in self.entities for m in entity.mentions}
        decided = {decision.entity: decision for decision in self.decisions}
        replaced = {one.id: one.replacements for one in self.safe}
        rows: list[MentionRow] = []
        for m in self.mentions:
            entity = entity_of[m]
            mine = (r for r in replaced[m.transcript] if r.start < m.end and m.start < r.end)
            now = next(mine, None)  # with an article before a name it is wider than the mention
            rows.append(
                MentionRow(
                    transcript=m.transcript,
                    start=m.start,
                    end=m.end,
                    label=m.label,
                    kind=m.kind or "",
                    score=m.score,
                    sources=", ".join(m.sources),
                    entity=entity.id,
                    pseudonym=decided[entity.id].pseudonym,
                    safe_start=now.safe_start if now else None,
                    safe_end=now.safe_end if now else None,
                    safe_text=now.text if now else None,
                )
            )
        return rows

    def __repr__(self) -> str:
        return (
            f"Pseudonymised({len(self.texts)} texts, {len(self.mentions)} mentions, "
            f"{len(self.entities)} entities)"
        )

    def _repr_html_(self) -> str:
        """The first safe texts for Jupyter, what was replaced marked; a notebook is passed on."""
        label_of = {entity.id: entity.label for entity in self.entities}
        shown = Markup("").join(_marked(one, label_of) for one in self.safe[:_SHOWN_TEXTS])
        more = len(self.safe) - _SHOWN_TEXTS
        return str(shown + (Markup("<p>and {} more texts</p>").format(more) if more > 0 else ""))


def pseudonymise(
    texts: str | Mapping[str, str],
    policy: str | PathLike[str] | Policy = "safe-copy",
    roster: Roster = (),
    interviews: Interviews = (),
    secret: bytes | None = None,
    workers: int | None = None,
) -> Pseudonymised:
    """The texts, one or several by name, with names and identifiers replaced as the policy says.

    `policy` is the name of one that is shipped, a file, or a Policy. `roster` and `interviews` are
    CSV files, their rows as mappings by column, or records; an interview's `file` is the text's
    name, with or without an ending. Several texts are read as one corpus: a person is the same
    throughout. The numbers of pseudonyms, surrogates and shifts of dates depend on `secret`, which
    is drawn anew where there is none. `workers` is how many processes read; without it this one.
    Raises RedactError, which names place and remedy, and never holds a word of the texts.
    """
    loaded = policy if isinstance(policy, Policy) else load_policy(find_policy(str(policy)))[0]
    known, rows = _read_roster(roster), _read_interviews(interviews)
    secret = secrets.token_bytes(32) if secret is None else secret
    named = {ONLY: texts} if isinstance(texts, str) else dict(texts)
    corpus = assemble(_in_order(named, secret), known, rows)
    linked = find_entities(corpus, loaded, workers or 1)
    made = replace_mentions(corpus, linked.entities, loaded, secret)
    safe = {one.id: one for one in made.transcripts}
    mentions = {detection.transcript: detection.mentions for detection in linked.detections}
    return Pseudonymised(
        texts={name: safe[name].text for name in named},
        mentions=tuple(mention for name in named for mention in mentions[name]),
        entities=linked.entities,
        decisions=made.decisions,
        safe=tuple(safe[name] for name in named),
    )


def _in_order(texts: Mapping[str, str], secret: bytes) -> dict[str, str]:
    """As a study does it: in an order that only the secret knows, so that numbers tell nothing."""
    names: dict[str, list[str]] = {}
    for name, text in texts.items():
        names.setdefault(hashlib.sha256(text.encode("utf-8")).hexdigest(), []).append(name)
    return {name: texts[name] for digest in keyed_order(secret, names) for name in names[digest]}


def _read_roster(given: Roster) -> tuple[RosterEntry, ...]:
    """The entries, numbered in their order wherever they come from."""
    if isinstance(given, str | PathLike):
        entries = read_roster(Path(given))
    else:
        rows = tuple(given)
        entries = tuple(row for row in rows if isinstance(row, RosterEntry))
        others = [row for row in rows if not isinstance(row, RosterEntry)]
        _require_alike(len(entries), len(others), "roster")
        entries = entries or roster_of(others)
    return tuple(replace(entry, row=number) for number, entry in enumerate(entries, start=1))


def _read_interviews(given: Interviews) -> tuple[Interview, ...]:
    if isinstance(given, str | PathLike):
        return read_interviews(Path(given))
    rows = tuple(given)
    records = tuple(row for row in rows if isinstance(row, Interview))
    others = [row for row in rows if not isinstance(row, Interview)]
    _require_alike(len(records), len(others), "interviews")
    return records or interviews_of(others)


def _require_alike(records: int, mappings: int, where: str) -> None:
    if records and mappings:
        raise UsageError(
            "some of these are records and some are not",
            where=where,
            remedy="Give records only, or mappings only.",
        )


def _marked(safe: SafeTranscript, label_of: Mapping[str, str]) -> Markup:
    """The safe text under its name, each replacement marked with its label."""
    pieces: list[Markup] = []
    at = 0
    for one in safe.replacements:
        if one.safe_end > _SHOWN_CHARACTERS:
            break
        between, label = safe.text[at : one.safe_start], label_of[one.entity]
        pieces.append(Markup("{}<mark title='{}'>{}</mark>").format(between, label, one.text))
        at = one.safe_end
    rest = safe.text[at:_SHOWN_CHARACTERS] if at < _SHOWN_CHARACTERS else ""
    cut = Markup("…") if len(safe.text) > _SHOWN_CHARACTERS else Markup("")
    return Markup("<h4>{}</h4><pre style='white-space: pre-wrap'>{}{}{}</pre>").format(
        safe.id, Markup("").join(pieces), rest, cut
    )
