"""What redact says itself in the papers of a release, whatever the study.

Every paper is written once of nothing, with each choice that changes its words, by the functions
that write the real ones. Words of a paper are redact's own where they stand as they stand there:
with the words beside them, or as a whole line, value or name of a field. A name that somebody typed
stands in other company.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from itertools import product
from typing import get_args

from redact.core import DETAIL, LABELS, VERSION, Span
from redact.core.consent import Audience, ConsentLevel
from redact.custody.payload import GRAMMAR_TYPE
from redact.policy import Policy, load_policy, policy_folder
from redact.release import crate, metadata, papers
from redact.release.consented import ConsentStanding, NotAgreed
from redact.release.datalist import MEANINGS, NEUTRAL
from redact.release.dataverse import dataset_json
from redact.release.ddi import ddi
from redact.release.documents import Summary, write_readme, write_summary
from redact.release.findings import Gate
from redact.release.measures import Exposure, leads_back
from redact.release.metadata import Facts
from redact.release.occurrences import OCCURRENCE_COLUMNS
from redact.release.profiles import PROFILES, Profile
from redact.release.provenance import LoggedRun, provenance
from redact.release.quotes_made import NOTICE
from redact.release.reading import READING_COLUMNS, ReadingTally, reading_statement, status_of
from redact.release.zenodo import zenodo_json
from redact.review.readings import HowRead, ReadingRecord
from redact.risk.attack import Outcome
from redact.study.description import Description

_BESIDE = 3  # words that must stand beside a word as in our papers: fewer stand in any talk
_TOLD = "\u00a4"  # stands for what somebody said
_WORD = re.compile(r"\w+")
_NEUTRAL_NAME = re.compile(r"(?:scot|us|interview)_\d+")
_DIGITS = re.compile(r"\d+")
_MARKS = re.compile(r"<[^>]*>|\{%.*?%\}|[#*`|]|^\s*-|\s+")
_VALUE = re.compile(r'"(?:[^"\\\n]|\\.)*"(?P<colon>\s*:)?')  # in JSON; a name of a field has one
_ELEMENT = re.compile(r"</?[\w:.-]+|\s[\w:.-]+(?==[\"'])")  # of XML and HTML, with attributes
_DAY, _NAME, _TOOL = "2000-01-01", "interview_01", f"redact {VERSION}"


_ENDINGS = ("txt", "docx", "rtf", "odt", "vtt", "srt", "xlsx", "csv", "json", "html")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """Texts of redact's own, ready to be asked whether a word in a paper is one of theirs."""

    texts: tuple[str, ...] = field(repr=False)
    lines: frozenset[str] = field(repr=False)
    values: frozenset[str] = field(repr=False)
    runs: dict[int, frozenset[tuple[str, ...]]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> OwnWords:
        """Those of these texts."""
        texts = tuple(dict.fromkeys(texts))
        return cls(
            texts=texts,
            lines=frozenset(_plain(_bare(line)) for text in texts for line in text.split("\n"))
            - {""},
            values=frozenset(_plain(found[0]) for text in texts for found in _VALUE.finditer(text)),
        )

    def say(self, text: str, there: Span) -> bool:
        """Whether the words at this place of a paper are redact's own."""
        start = text.rfind("\n", 0, there.start) + 1
        end = text.find("\n", there.end)
        line = text[start : end if end >= 0 else len(text)]
        if _plain(_bare(line)) in self.lines:
            return True
        place = Span(there.start - start, there.end - start)
        elements = _ELEMENT.finditer(line) if text.startswith("<") else ()
        if any(Span(*one.span()).covers(place) for one in elements):
            return True
        for found in _VALUE.finditer(line):
            if Span(*found.span()).covers(place) and _plain(found[0]) in self.values:
                return True
        return self._stands_in_company(text, there)

    def _stands_in_company(self, text: str, there: Span) -> bool:
        """Whether the words stand in a row with words beside them that our papers have too."""
        near = range(max(0, there.start - 400), min(len(text), there.end + 400))
        found = [*_WORD.finditer(text, near.start, near.stop)]
        hit = [
            n for n, one in enumerate(found) if one.start() < there.end and one.end() > there.start
        ]
        if not hit:
            return False
        length = len(hit) + _BESIDE
        words = [_counted(one[0]) for one in found]
        rows = self._rows(length)
        first = max(0, hit[-1] + 1 - length)
        return any(tuple(words[at : at + length]) in rows for at in range(first, hit[0] + 1))

    def _rows(self, length: int) -> frozenset[tuple[str, ...]]:
        """Every row of so many words of our texts."""
        if length not in self.runs:
            found: set[tuple[str, ...]] = set()
            for text in self.texts:
                words = [_counted(word) for word in _WORD.findall(text)]
                found.update(
                    tuple(words[at : at + length]) for at in range(len(words) - length + 1)
                )
            self.runs[length] = frozenset(found)
        return self.runs[length]


def _counted(word: str) -> str:
    """A word as rows compare it: a count stands for any, a neutral name too."""
    if word.isdecimal():
        return "0"
    return _NAME if _NEUTRAL_NAME.fullmatch(word) else word


def _plain(said: str) -> str:
    """A line or value as they are compared: a neutral name and a count stand for any."""
    return _DIGITS.sub("0", _NEUTRAL_NAME.sub(_NAME, said))


def _bare(line: str) -> str:
    """A line's words: what Markdown, HTML and templates put round them left out."""
    return " ".join(_MARKS.sub(" ", html.unescape(line)).split())


@cache
def own_words(of_quotes: bool = False) -> OwnWords:
    """Those of all papers of a release, or of the one paper of a release of quotes."""
    return OwnWords.of([f"# Quotes\n\n{NOTICE}\n", "— a participant"] if of_quotes else _papers())


def _papers() -> Iterator[str]:
    yield (resources.files("redact.release") / "templates" / "README.md").read_text("utf-8")
    yield (resources.files("redact.release") / "templates" / "page.html").read_text("utf-8")
    yield papers.shipped_policies()
    policies = [load_policy(path)[0] for path in sorted(policy_folder().glob("*.toml"))]
    for policy in policies:
        yield from _of_policy(policy)
    yield from _of_reading()
    yield from (consent.sentence() for consent in _consents())
    yield write_summary(_SUMMARY)
    yield write_summary(replace(_SUMMARY, consent=ConsentStanding()))
    yield from map(leads_back, _exposures())
    for profile in PROFILES.values():
        yield from _of_profile(profile, policies)
    yield from _tables(policies)
    for how in ("", f"given to {_TOLD} on {_DAY}"):
        files = ("ro-crate-metadata.json", *_FILES_OF_A_RELEASE)
        before = papers.EarlierRelease(
            name=_TOLD, how=how, files=dict.fromkeys((*files, _TOLD), ""), left_out=2
        )
        yield papers.changes(before, dict.fromkeys(files, b""))
        yield papers.changes(replace(before, left_out=1, files={}), {"a": b""})
        yield papers.changes(before, {})


def _of_policy(policy: Policy) -> Iterator[str]:
    """Methods and notes, with every kind of thing replaced by this policy's rules."""
    work = papers.Methods(
        transcripts=2,
        words=2,
        reading="",
        second_read=1,
        kappa=0.5,
        still_missed="From what each of the two found, about 0.5 names are still missed in these "
        "(95% interval 0.5 to 0.5; Chapman's estimate).",
        back="",
        tool=_TOOL,
        policy=_TOLD,
    )
    counts: dict[str, int] = dict.fromkeys((*LABELS, DETAIL), 2)
    yield papers.methods_statement(work, counts, counts, policy)
    yield papers.methods_statement(replace(work, transcripts=1, kappa=None), counts, counts, policy)
    for shown, header, speakers in product(
        ("surrogate", "label"), ("template", "cells"), ("one scheme", "as typed")
    ):
        chosen = policy.model_copy(
            update={
                "actions": policy.actions.model_copy(update={"PERSON": shown}),
                "release": policy.release.model_copy(
                    update={"header": header, "speakers": speakers}
                ),
            }
        )
        yield papers.transcription_notes(Description(), chosen, header=True)


def _of_reading() -> Iterator[str]:
    read = [
        ReadingRecord(doc=str(n), how=how, by=_TOLD, minutes=n, decided=n)
        for n, how in enumerate((*HowRead, HowRead.ON_PAGE, HowRead.DECLARED))
    ]
    for some in (read[:1], read[1:2], read[2:3], read[:3], read, [read[0], read[0]], read[1:3]):
        yield reading_statement(some, {_TOLD: _TOLD}, {})
    yield reading_statement([read[1], read[1]], {_TOLD: _TOLD}, {})
    yield "\n".join(HowRead)
    for counts in ((0, 0, 1), (1, 0, 0), (0, 1, 0), (2, 0, 1), (0, 2, 1), (1, 1, 1), (2, 2, 0)):
        yield status_of(ReadingTally(*counts))


def _consents() -> Iterator[ConsentStanding]:
    yield ConsentStanding()
    out = NotAgreed(_NAME, ConsentLevel.TEAM)
    audiences: tuple[Audience, ...] = get_args(Audience)
    for audience, left, level in product(audiences, ((), (out,), (out, out)), (0, 1)):
        yield ConsentStanding(
            is_kept=True,
            audience=audience,
            left_out=left,
            levels={str(ConsentLevel.TEAM): level},
        )


def _exposures() -> Iterator[Exposure]:
    def went(attack: str) -> Outcome:
        return Outcome(attack=attack, tried=2, right=1, by_chance=0.5, likely=0.5)

    yield Exposure()
    yield Exposure(attacks=(went(_TOLD),))
    yield Exposure(attacks=(went("interviewees"), went("organisations")))
    yield Exposure(attacks=(went("interviewees"),))
    yield Exposure(attacks=(went("organisations"),))


_SUMMARY = Summary(
    policy=_TOLD,
    policy_sha256="",
    read=ReadingTally(1, 1, 1),
    nations={"Scotland": 1, "United States": 1, "unknown": 1},
    replaced=dict.fromkeys((*LABELS, DETAIL), 1),
    by_transcript={f"{_NAME}.{ending}": dict.fromkeys((*LABELS, DETAIL), 1) for ending in _ENDINGS},
    entities=dict.fromkeys((*LABELS, DETAIL), 1),
    kept={},
    explained=dict.fromkeys(
        (
            *("ordinary_word", "kept_body", "depositor", "pseudonym", "reviewer"),
            *("told before", "left out", "a word like a name"),
        ),
        1,
    ),
    gates=dict.fromkeys(map(str, Gate), "passed")
    | {"": "refused", " ": "refused, and overridden by two people"},
    tool=_TOOL,
    consent=ConsentStanding(
        is_kept=True, levels={str(level): 1 for level in ConsentLevel}, audience="controlled"
    ),
)


def _readme(policy: Policy, facts: Facts, listed: str, chosen: int = 0) -> str:
    return write_readme(
        _SUMMARY,
        policy,
        "",
        Description(contact=_TOLD),
        facts,
        facts.access == "open",
        others=True,
        projects=True,
        listed=listed,
        restricted=True,
        form_folder=_TOLD,
        chosen=chosen,
    )


def _of_profile(profile: Profile, policies: list[Policy]) -> Iterator[str]:
    """README, summary and metadata of a package for this archive, for each access."""
    for access in ("open", "safeguarded", "controlled"):
        facts = Facts(
            name=_TOLD,
            date=_DAY,
            nations={"Scotland": 1, "United States": 1},
            policy=_TOLD,
            tool=_TOOL,
            access=access,
            archive=profile.publisher,
            archive_home=profile.home,
            access_called=profile.calls(access),
        )
        yield f'"{facts.access_words}"'
        yield _readme(policies[0], facts, profile.list_called)
    for policy in policies:
        for chosen in range(3):
            yield _readme(policy, facts, profile.list_called, chosen)
    for_the_team = replace(
        facts, access_called=ConsentStanding(audience="team").calls(facts.access_called)
    )
    yield _readme(policies[0], for_the_team, profile.list_called)
    for said in (facts, for_the_team):
        yield from _metadata(said)


def _metadata(facts: Facts) -> Iterator[str]:
    empty = Description()
    said = metadata.datacite(empty, facts)
    yield metadata.datacite_json(said)
    yield metadata.datacite_xml(said)
    yield metadata.dublin_core(empty, facts)
    yield ddi(empty, facts, _FILES_OF_A_RELEASE)
    yield crate.ro_crate(empty, facts, dict.fromkeys(_FILES_OF_A_RELEASE, 1))
    yield zenodo_json(empty, facts)
    yield dataset_json(empty, facts)
    yield crate.data_package(empty, facts, MEANINGS, "interview")
    yield crate.data_package(empty, facts, {_TOLD: "From the depositor's own list"}, "")
    run = LoggedRun(
        number=1, command="replace", tool="", policy=_TOLD, policy_sha256="", began=_DAY, ended=_DAY
    )
    runs = [replace(run, number=n, command=command) for n, command in enumerate(_COMMANDS)]
    yield provenance(
        runs, ReadingTally(1, 1, 1), facts, [f"transcripts/{_NAME}.{ending}" for ending in _ENDINGS]
    )


_COMMANDS = (
    *("init", "keep originals", "detect", "link", "replace", "withdraw", "entity"),
    *("another policy", "release", "quotes release"),
)
_PAGES = ("README", "interviews", *(f"documentation/{n}" for n in ("methods", "changes")))
_FILES_OF_A_RELEASE = (
    *("README.md", "README.html", "policy.toml", "redaction-summary.json", "interviews.csv"),
    *(f"documentation/{name}.md" for name in ("methods", "transcription-notes", "changes")),
    *("documentation/anonymisation-log.csv", "documentation/reading.csv"),
    *("restricted/anonymisation-occurrences.csv", "datapackage.json"),
    *(f"metadata/{name}.json" for name in ("datacite", "prov", "zenodo", "dataset")),
    *(f"metadata/{name}.xml" for name in ("datacite", "ddi-codebook", "dublin-core")),
    *(f"{name}.pdf" for name in (*_PAGES, "documentation/transcription-notes")),
    *(f"documentation/{name}.pdf" for name in ("anonymisation-log", "reading")),
    *(
        f"{folder}/{_NAME}.{ending}"
        for folder in ("transcripts", "as-docx", "as-rtf", "original-format")
        for ending in _ENDINGS
    ),
    *("projects/project_01.qdpx",),
)


def _tables(policies: Iterable[Policy]) -> Iterator[str]:
    """The heads of tables, and rows with every rule."""
    yield ",".join((*MEANINGS, *NEUTRAL))
    for heads in (papers.LOG_COLUMNS, OCCURRENCE_COLUMNS, READING_COLUMNS):
        yield ",".join(heads)
    kinds = (*LABELS, DETAIL, GRAMMAR_TYPE)
    for policy, kind in product(policies, kinds):
        named, rule = papers.rule_of(kind, policy)
        for ending, by in product(_ENDINGS, ("policy", "detection", "linking", "grammar")):
            yield f"transcripts/{_NAME}.{ending},{named},{rule},{by} 1,1"
            yield f"transcripts/{_NAME}.{ending},1,{named},[{_TOLD} 1],{rule},{by}"
    for how, ending in product(HowRead, _ENDINGS):
        yield f"transcripts/{_NAME}.{ending},{how},{_TOLD}"
