"""No paper of ours says what nothing carries: each sentence of a template has its evidence here.

The papers are written for every kind of reading and measuring, and taken apart into sentences; each
is one of the list, and each of the list is written somewhere. So a sentence that is added without
its evidence fails here, and so does one that nobody writes any more.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

from redact.core.consent import ConsentLevel
from redact.policy import Policy, find_policy, load_policy, policy_folder
from redact.release.consented import ConsentStanding, NotAgreed
from redact.release.documents import Summary, write_readme
from redact.release.measures import Exposure, leads_back
from redact.release.metadata import Facts
from redact.release.papers import Methods, methods_statement, transcription_notes
from redact.release.reading import reading_statement, tally
from redact.review.readings import HowRead, ReadingRecord
from redact.risk.attack import Outcome
from redact.study.description import Description

# The beginning of a sentence as a pattern, and what carries it. The log's events by their class.
EVIDENCE = {
    # who read
    r"MACHINE ONLY: by the depositor's log nobody": "log: no DecisionRecorded `settle` of them",
    r"PARTLY MACHINE ONLY: by the depositor's log": "log: DecisionRecorded `settle` of some only",
    r"(?:Read|Declared as read), by the depositor's log:": "log: DecisionRecorded `settle`, "
    "LinkageRevealed `review page: transcript` before it",
    r"(?:\d+ of the \d+|Every) transcripts? (?:was|were) opened": "log: a look, then settle",
    r"(?:\d+ of the \d+|Every) transcripts? (?:was|were) declared": "log: settle without a look",
    r"By the log nobody has read": "log: no settle, or `accept unread`",
    r"People decided on": "rulings.jsonl, vouched for by DecisionRecorded",
    r"Minutes run from an entry": "log: times of LinkageRevealed and DecisionRecorded",
    r"They are no proof of reading": "says what is not known",
    r"`reading.csv` has it file by file": "the file, made from the same records",
    r"\d+ of them were read a second time": "log: DecisionRecorded `second review`",
    r"From what each of the two found": "review/agreement.py, from both readers' rulings",
    r"Software misses names": "docs/measured.md",
    r"Do not publish them": "asks, and claims nothing",
    # what was replaced
    r"(?:\w[\w -]+, )+.* and \w+ were replaced where they were found": "policy.toml, [actions]; "
    "the key's replacements",
    r"By the policy .* stand as they were said": "policy.toml, [actions]",
    r"The originals are not here": "gate G5, GateEvaluated",
    r"This folder holds \d+ interview transcripts": "the payload",
    r"The \d+ transcripts \(about": "the payload; ReleaseCreated",
    r"It replaced": "the key's replacements and their kinds",
    r"One person, place or organisation has one": "the key: one pseudonym an entry",
    r"Of \d+ of what was found people chose something else": "decisions.jsonl, vouched for "
    "by DecisionRecorded",
    r"Numbers mean nothing": "the key: numbers are drawn",
    r"Instead of [\w -]+ stands": "policy.toml, [actions]",
    r"[\w -]+ were left out: nothing stands there": "policy.toml, [actions]",
    r"What stands for .* has the form": "policy.toml, [templates]",
    r"Turns, lines and speaker order": "gate G4, GateEvaluated",
    r"What stands for a name may stand where": "the key's replacements",
    r"Codes of speakers were replaced": "policy.toml, [release] speakers",
    r"What the policy keeps, such as": "policy.toml, [keep]; counts in redaction-summary.json",
    r"Where a transcript is plain text, codes": "policy.toml, [release] speakers",
    r"`\[\w|Other brackets|`GRAMMAR`|Names of people are invented": "policy.toml, [actions]",
    r"An article or an ending": "the key's entries of kind GRAMMAR",
    r"The depositor has not said how": "study.toml: `transcription` is empty",
    r"Above each transcript stand": "policy.toml, [release] header",
    # what leads back
    r"The key that leads from pseudonyms": "LinkageSealed",
    r"Without the linkage key": "custody; docs/security.md",
    r"That does not make the transcripts anonymous": "says what is not claimed",
    r"How many could be found was not measured": "no roster: nothing was played",
    r"Measured on these texts": "release/intruder.py, played on this state of the study",
    # what people agreed to
    r"What each participant agreed to was not recorded": "log: no ConsentRecorded",
    r"What each participant agreed to is recorded, and only": "log: ConsentRecorded, ReleaseHolds",
    r"Left out for that reason:": "log: ReleaseHolds",
    r"Some agreed to no more than the research team": "log: ConsentRecorded",
    # the log and the gates
    r"Every step is in a signed log": "gate G8 log and key; the checkpoint beside the package",
    r"Before the release the software searched": "gate G2, GateEvaluated",
    r"Beside this folder, `audit-checkpoint.note`": "the file; `redact release verify`",
    r"`redact release verify` checks both": "release/bag.py",
    # said to the reader, claiming nothing
    r"Replacements hide direct identifiers": "the key's replacements",
    r"What people say of their lives": "risk/details.py; docs/measured.md",
    r"Do not try to identify anyone": "asks, and claims nothing",
    r"If you recognise a person": "asks, and claims nothing",
    # the depositor's word
    r"Access: controlled access": "study.toml; DecisionRecorded `access …`",
}
_HEAD = re.compile(r"\s*(?:#|\|)")


def sentences(text: str) -> list[str]:
    """The sentences of a paper, without headings and tables; marks of emphasis are left out."""
    lines = [line.replace("**", "").strip() for line in text.splitlines() if not _HEAD.match(line)]
    blocks = re.split(r"\n\n|\n(?=- )", "\n".join(lines))
    found: list[str] = []
    for block in blocks:
        said = " ".join(block.split()).removeprefix("- ")
        found += filter(None, re.split(r"(?<=[.:])\s+(?=[A-Z`])(?<!log: )", said))
    return found


def readings() -> list[list[ReadingRecord]]:
    page = ReadingRecord(doc="D1", how=HowRead.ON_PAGE, by="A", minutes=3, decided=2)
    declared = ReadingRecord(doc="D2", how=HowRead.DECLARED, by="A")
    return [
        [ReadingRecord(doc="D1"), ReadingRecord(doc="D2")],
        [page, replace(page, doc="D2", second_readers=("B",))],
        [page, declared],
        [page, ReadingRecord(doc="D2")],
        [replace(declared, doc="D1"), declared],
    ]


def exposures() -> list[Exposure]:
    found = Outcome(attack="interviewees, by talk", tried=2, right=1, by_chance=0.1, likely=0.01)
    return [Exposure(), Exposure(attacks=(found,)), Exposure(attacks=(replace(found, tried=0),))]


def consents() -> list[ConsentStanding]:
    out = NotAgreed("scot_01.txt", ConsentLevel.NO_SHARING)
    kept = ConsentStanding(is_kept=True, audience="team", levels={"team only": 2})
    return [
        ConsentStanding(),
        replace(kept, left_out=(out,)),
        replace(kept, audience="open", levels={"archive open": 2}, left_out=(out, out)),
    ]


def papers(
    read: list[ReadingRecord],
    seen: Exposure,
    policy: Policy,
    header: bool,
    consent: ConsentStanding,
) -> list[str]:
    """What the tool writes of a study of which the steward has said nothing."""
    facts = Facts(
        name="deposit-1",
        date="2026-01-02",
        nations={"Scotland": 2},
        policy="p 1",
        tool="redact 0.1.0",
        access="controlled",
    )
    summary = Summary(
        policy="p 1",
        policy_sha256="00",
        read=tally(read),
        nations={"Scotland": 2},
        replaced={"PERSON": 3},
        by_transcript={},
        entities={"PERSON": 2},
        kept={"DWP": 2} if header else {},
        explained={},
        gates={},
        tool="redact 0.1.0",
    )
    again = sum(bool(one.second_readers) for one in read)
    estimate = "From what each of the two found, about 1.0 names are still missed in these."
    work = Methods(
        transcripts=2,
        words=1200,
        reading=reading_statement(read, {"A": "A", "B": "B"}, {"D1": 600, "D2": 600}),
        second_read=again,
        kappa=0.9 if again else None,
        still_missed=estimate if again else "",
        back=leads_back(seen),
        tool="redact 0.1.0",
        policy="p 1",
        chosen=int(header),
    )
    readme = write_readme(
        summary,
        policy,
        "",
        Description(),
        facts,
        as_text=header,
        back=leads_back(seen),
        restricted=True,
        consent=consent.sentence(),
        chosen=int(header),
    )
    methods = methods_statement(work, summary.replaced, summary.entities, policy)
    return [readme, methods, transcription_notes(Description(), policy, header, consent)]


def all_sentences() -> set[str]:
    plain = load_policy(find_policy("archive-deposit"))[0]
    chosen = {"header": "template", "speakers": "one scheme"}
    scheme = plain.model_copy(
        update={
            "release": plain.release.model_copy(update=chosen),
            "actions": plain.actions.model_copy(update={"PERSON": "surrogate"}),
        }
    )
    removed = plain.model_copy(
        update={"actions": plain.actions.model_copy(update={"AGE": "remove", "URL": "keep"})}
    )
    others = [load_policy(path)[0] for path in sorted(policy_folder().glob("*.toml"))]
    policies = (scheme, removed, *others)
    cases = product(readings(), exposures(), policies, (True, False), consents())
    return {one for case in cases for paper in papers(*case) for one in sentences(paper)}


def test_every_sentence_has_its_evidence_and_every_evidence_a_sentence() -> None:
    said = all_sentences()
    assert len(said) > 40
    orphans = {one for one in said if not any(re.match(known, one) for known in EVIDENCE)}
    assert orphans == set()
    unused = {known for known in EVIDENCE if not any(re.match(known, one) for one in said)}
    assert unused == set()
    assert all(EVIDENCE.values())
