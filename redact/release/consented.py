"""Which interviews may go out for whom, by what their participants agreed to.

A release is made of the study without the others: their texts, rows, counts and labels are not
there to be written. Its gates search with the whole key all the same, so that nothing of them may
stand in what goes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from redact.core import Entity
from redact.core.consent import Audience, Consent, ConsentLevel, allows
from redact.release.findings import Finding, Gate, GateResult
from redact.rendering import counted
from redact.study import records
from redact.study.consent import consents_of, is_frame
from redact.study.description import Description
from redact.study.desk import Desk
from redact.study.records import ENTITIES


@dataclass(frozen=True, slots=True)
class NotAgreed:
    """An interview that may not go out: its neutral name, and what its participant agreed to."""

    safe_name: str
    level: ConsentLevel


@dataclass(frozen=True, slots=True)
class Condition:
    """What somebody whose interview goes out said of its use, in the steward's words.

    It is for the steward's screen: it stands in no release, no log and no paper.
    """

    safe_name: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdParty:
    """Somebody spoken of at length who was not interviewed: by pseudonym, with how much.

    `share` is that of the words of the transcript in which it is the most.
    """

    pseudonym: str
    token: str
    places: int
    share: float
    safe_name: str
    stays: bool | None = None  # what somebody decided; None: nobody yet


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentStanding:
    """What consent lets go out in a release, and what it leaves out; `levels` are of what goes.

    Where the study records none per person, `is_kept` is False and nothing is left out.
    """

    is_kept: bool = False
    audience: Audience = "team"
    left_out: tuple[NotAgreed, ...] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    third_parties: tuple[ThirdParty, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def is_for_the_team_only(self) -> bool:
        """Whether somebody in it agreed to no more than the team."""
        return bool(self.levels.get(ConsentLevel.TEAM))

    def calls(self, in_archive: str) -> str:
        """What the papers call the access: as an archive does, or that it is for the team."""
        return "research team only" if self.audience == "team" else in_archive

    def sentence(self) -> str:
        """For the papers: that each was asked for, or that it was not recorded. Nobody is named."""
        if not self.is_kept:
            return "What each participant agreed to was not recorded per person."
        said = "What each participant agreed to is recorded, and only interviews whose "
        said += f"participants agreed to {_TOLD[self.audience]} are here."
        if self.left_out:
            said += f" Left out for that reason: {counted(len(self.left_out), 'interview')} of the "
            said += "study."
        if self.is_for_the_team_only:
            said += " Some agreed to no more than the research team: do not pass it on outside it."
        return said

    def to_json(self) -> dict[str, object] | str:
        """Counts for the redaction summary."""
        if not self.is_kept:
            return "not recorded per person"
        return {
            "for": self.audience,
            "released": dict(sorted(self.levels.items())),
            "left_out": len(self.left_out),
        }


NOT_RECORDED = ConsentStanding()
_TOLD: Mapping[Audience, str] = {
    "team": "its use in the research team",
    "controlled": "an archive with restricted access",
    "safeguarded": "an archive with restricted access",
    "open": "open access",
    "quotes": "quotes",
}


@dataclass(frozen=True, slots=True)
class Consented:
    """The study as far as it may go out, and how consent stands."""

    desk: Desk
    consent: ConsentStanding


def audience_of(description: Description, profile: str) -> Audience:
    """Whom a release is made for: the team, while no access was said and it is for no archive."""
    return description.access or ("team" if profile == "plain" else "controlled")


def consented(desk: Desk, audience: Audience) -> Consented:
    """The study without the interviews that may not go there; the whole where none is recorded."""
    said = consents_of(desk)
    if not said:
        return Consented(desk, ConsentStanding(audience=audience))
    stays = {doc for doc, one in said.items() if allows(one.holds, audience)}
    interviews = [one for one in desk.key.documents if not is_frame(one)]
    standing = ConsentStanding(
        is_kept=True,
        audience=audience,
        left_out=tuple(
            NotAgreed(one.safe_name, said[one.doc_id].holds)
            for one in interviews
            if one.doc_id not in stays
        ),
        levels=_levels(said, stays & {one.doc_id for one in interviews}),
        conditions=tuple(
            Condition(one.safe_name, said[one.doc_id].conditions)
            for one in interviews
            if one.doc_id in stays and said[one.doc_id].conditions
        ),
    )
    return Consented(only(desk, stays), standing)


def _levels(said: Mapping[str, Consent], stays: Collection[str]) -> dict[str, int]:
    counts = Counter(str(said[doc].holds) for doc in stays)
    return {str(level): counts[level] for level in ConsentLevel if counts[level]}


def only(desk: Desk, docs: Collection[str]) -> Desk:
    """The study with these documents only. The key keeps every entry: gates ask for all of them."""
    at = [n for n, one in enumerate(desk.key.documents) if one.doc_id in docs]
    key = replace(
        desk.key,
        documents=tuple(desk.key.documents[n] for n in at),
        replacements=tuple(one for one in desk.key.replacements if one.doc in docs),
        comments=tuple(one for one in desk.key.comments if one.doc in docs),
        hidden=tuple(one for one in desk.key.hidden if one.doc in docs),
        originals=tuple(one for one in desk.key.originals if one.doc in docs),
    )
    return replace(
        desk,
        key=key,
        sources=tuple(desk.sources[n] for n in at),
        transcripts=tuple(desk.transcripts[n] for n in at),
        interviews=tuple(desk.interviews[n] for n in at),
    )


def entities_of(desk: Desk) -> tuple[Entity, ...]:
    """The entities of the study as far as they are in this desk's documents."""
    docs = {one.doc_id for one in desk.key.documents}
    found = []
    for entity in records.read_entities(desk.study.work / ENTITIES):
        mentions = tuple(one for one in entity.mentions if one.transcript in docs)
        held = tuple(one for one in entity.interviewed_in if one in docs)
        if mentions:
            found.append(replace(entity, mentions=mentions, interviewed_in=held))
    return tuple(found)


def _where_else(consent: ConsentStanding) -> str:
    """What helps where nobody agreed to such a release: what they did agree to, or their table."""
    agreed = {one.level for one in consent.left_out}

    def somebody(audience: Audience) -> bool:
        return any(allows(level, audience) for level in agreed)

    ways = []
    if consent.audience == "open" and somebody("controlled"):
        ways.append(
            "Somebody agreed to an archive with restricted access: `redact describe STUDY --set "
            "access=controlled`."
        )
    elif consent.audience not in ("team", "quotes") and somebody("team"):
        ways.append(
            "Somebody agreed to use in the team: take back the access (`redact describe STUDY "
            "--set access=`), and release without --profile."
        )
    if consent.audience != "quotes" and somebody("quotes"):
        ways.append(
            "Somebody agreed to quotes: choose passages with `redact quotes add`, and release these"
            ": `redact quotes release`."
        )
    ways.append(
        "If people agreed to more, write it into your table (the column `consent`), and give "
        "`redact run` again."
    )
    return " ".join(ways)


def gate_consent(consent: ConsentStanding, released: int, is_quotes_policy: bool) -> GateResult:
    """Consent: something is left that may go out, and each third party was decided on.

    `released` counts the documents that go out. The third parties are asked for where the study
    records consent at all.
    """
    findings = []
    remedies = []
    if is_quotes_policy:
        findings.append(Finding(what="this policy releases single passages, and no transcript"))
        remedies.append(
            "Choose passages with `redact quotes add` and release these: `redact quotes"
            " release`; or take another policy: `redact run SOURCE --out STUDY --policy NAME "
            "--change-policy`."
        )
    elif consent.is_kept and not released:
        what = f"nobody agreed to {_TOLD[consent.audience]}: nothing is left to release"
        findings.append(Finding(what=what))
        remedies.append(_where_else(consent))
    open_ones = [one for one in consent.third_parties if one.stays is None]
    against = [one for one in consent.third_parties if one.stays is False]
    for one in (*open_ones, *against):
        is_open = one.stays is None
        why = "nobody decided whether that may stay" if is_open else "somebody said it may not stay"
        findings.append(
            Finding(
                where=one.safe_name,
                what=f"{one.pseudonym}, who was not interviewed, is spoken of at length "
                f"({counted(one.places, 'place')}, {one.share:.0%} of the words): {why}",
            )
        )
    if open_ones:
        remedies.append(
            "Read what is said of them, and say whether it may stay: `redact consent "
            "third STUDY PSEUDONYM --stays --by YOU --reason WHY`, or bracket the "
            "passages in `redact review`."
        )
    if against:
        remedies.append(
            "Bracket what is said of them in `redact review`, or decide anew with "
            "`redact consent third`."
        )
    return GateResult(
        gate=Gate.CONSENT,
        findings=tuple(findings),
        remedy=" ".join(remedies),
        explained={"left out": len(consent.left_out)} if consent.left_out else {},
    )
