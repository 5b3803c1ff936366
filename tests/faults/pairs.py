"""All pairs of commands on one study, one paused at its lock and file calls while the other runs.

After both: each happened or said that it did not, the key opens for every custodian whose packet
is there, the log is true, nothing of a rotation is left, and the study goes on.
"""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from redact.audit.events import CheckpointAnchored
from redact.audit.log import open_log
from redact.audit.verify import verify_log
from redact.cli import main
from redact.core import Label, Transcript
from redact.custody import keyfile
from redact.errors import RedactError
from redact.page.opened import OpenedStudy
from redact.page.room import Room
from redact.release.bag import verify_bag
from redact.review.decide import decide, newest
from redact.review.programs import COLUMNS
from redact.review.verdict import Verdict
from redact.study.desk import open_desk
from redact.study.folder import Study
from redact.study.sealed import DESTROYED, open_key
from redact.study.state import read_state
from tests.conftest import ROOT, run_redact
from tests.faults.interleaved import Both, Do, Ended, interleaved
from tests.faults.operations import ACTOR, Count, SmallStudy


@dataclass(frozen=True, slots=True)
class Act:
    """A command, and whether its effect is there; None where another command has the same."""

    name: str
    do: Do
    happened: Callable[[Path], bool] | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A study for pairs: its pattern, who opens it by custodian, and its acts by name."""

    study: SmallStudy
    openers: Mapping[str, keyfile.Opener]
    acts: tuple[Act, ...]


def ground(study: SmallStudy, work: Path) -> Ground:
    """The small study with three custodians to come or go, and a decision not yet applied."""
    pattern = work / "pattern" / "study"
    shutil.copytree(study.folder, pattern)
    mine = ("--identity", study.identity)
    files = {name: work / f"{name}.txt" for name in ("spare", "new")}
    public = {
        name: run_redact("key", "new", file, "--json").json["recipient"]
        for name, file in files.items()
    }
    added = run_redact(
        "key", "add-custodian", pattern, "spare", "--recipient", public["spare"], *mine
    )
    assert added.code == 0, added.err
    desk = open_desk(Study(pattern), study.opener())
    decide(desk, (_verdict(desk.transcripts, "Not", "PERSON"),), "PEN", newest(desk))
    policy = work / "another.toml"
    text = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
    policy.write_text(text.replace('version = "', 'version = "9.', 1), "utf-8")
    table = work / "decided.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, COLUMNS, restval="")
        rows.writeheader()
        rows.writerow({"words": "in", "decision": "PLACE"})
    statements = {}
    for name in ("mine", "spare", "new"):
        statements[name] = work / f"statement-{name}.txt"
        statements[name].write_text("I wiped it today.\n", "utf-8")
    openers = {
        "mine": study.opener(),
        **{name: keyfile.Opener.from_identity_file(file) for name, file in files.items()},
    }
    made = SmallStudy(pattern, study.identity, study.log_key)
    acts = _acts(made, work, policy, table, public["new"], statements)
    assert tuple(act.name for act in acts) == NAMES
    return Ground(made, openers, acts)


def _acts(
    study: SmallStudy,
    work: Path,
    policy: Path,
    table: Path,
    recipient: str,
    statements: Mapping[str, Path],
) -> tuple[Act, ...]:
    mine = ("--identity", str(study.identity))
    source = study.identity.parent / "src"
    said = [f"--statement={name}={path}" for name, path in statements.items()]

    def command(*words: str, more: tuple[str, ...] = (), key: bool = True) -> Do:
        return lambda folder: main([*words, str(folder), *more, *(mine if key else ())])

    def run(folder: Path) -> None:
        main(
            [
                "run",
                str(source),
                "--policy",
                str(policy),
                "--change-policy",
                "--out",
                str(folder),
                *mine,
            ]
        )

    def split(folder: Path) -> None:
        target = folder.parent / "shares"
        numbers = ("--needed", "2", "--shares", "2", "--to", str(target))
        main(["key", "split", str(folder), *numbers, *mine])

    def review(folder: Path) -> None:
        _reviewing(study, folder)()

    names = ("[Person 1]", "[Person 2]")
    return (
        Act("run", run, lambda f: (f / "policy.toml").read_bytes() == policy.read_bytes()),
        Act("replace", command("replace")),
        Act("review apply", review, lambda f: _is_said(f / "rulings.jsonl", "REV")),
        Act(
            "decisions import",
            command("decisions", "import", more=(str(table), "--as", "table", "--by", "IMP")),
            lambda f: _is_said(f / "rulings.jsonl", "IMP"),
        ),
        Act(
            "entity",
            command("entity", "merge", more=(*names, "--by", "ENT")),
            lambda f: _is_said(f / "corrections.jsonl", "ENT"),
        ),
        Act(
            "withdraw",
            command("withdraw", more=("two", "--by", "WIT")),
            lambda f: (f / "withdrawn.txt").exists(),
        ),
        Act("rotate", command("key", "rotate"), lambda f: _logged(f, '"change":"rotated"')),
        Act("split", split, lambda f: _logged(f, '"change":"share 2 of 2"')),
        Act(
            "add custodian",
            command("key", "add-custodian", more=("new", "--recipient", recipient)),
            lambda f: _logged(f, '"custodian":"new"'),
        ),
        Act(
            "remove custodian",
            command("key", "remove-custodian", more=("spare",)),
            lambda f: not (f / "custody" / "spare.age").exists(),
        ),
        Act(
            "settle",
            command("settle", more=("--by", "SET")),
            lambda f: "SET" in {one.by for one in read_state(Study(f)).settled.values()},
        ),
        Act(
            "describe",
            command("describe", more=("--set", "title=A title of ours"), key=False),
            lambda f: _is_said(f / "study.toml", "A title of ours"),
        ),
        Act(
            "release",
            command("release", more=("--name", "ours")),
            lambda f: (f / "release" / "ours").is_dir(),
        ),
        Act(
            "quotes",
            command("quotes", "add", more=("interview_01", "--lines", "1", "--by", "QUO")),
            lambda f: _logged(f, '"by":"QUO"'),
        ),
        Act(
            "destroy",
            command("key", "destroy", more=("--by", "DES", "--yes", *said)),
            lambda f: (f / "custody" / DESTROYED).exists(),
        ),
    )


def _reviewing(study: SmallStudy, folder: Path) -> Callable[[], None]:
    """The page's room opened; when called, a decision and the safe transcripts made anew."""
    opened = Study(folder)
    reopen = partial(open_desk, opened, study.opener())
    room = Room(opened=OpenedStudy(desk=reopen(), reopen=reopen), by="REV")

    def work() -> None:
        shown = room.study()
        room.decide((_verdict(shown.transcripts, "Lochgilphead", "ORG"),), shown.newest)
        room.apply()

    return work


def _verdict(transcripts: Iterable[Transcript], words: str, label: Label) -> Verdict:
    """The first place of these words."""
    doc = next(one for one in transcripts if words in one.text)
    start = doc.text.index(words)
    return Verdict(transcript=doc.id, start=start, end=start + len(words), label=label)


def _is_said(path: Path, words: str) -> bool:
    return path.exists() and words in path.read_text("utf-8")


def _logged(folder: Path, words: str) -> bool:
    return words in (folder / "audit" / "log.jsonl").read_text("utf-8")


NAMES = (
    "run",
    "replace",
    "review apply",
    "decisions import",
    "entity",
    "withdraw",
    "rotate",
    "split",
    "add custodian",
    "remove custodian",
    "settle",
    "describe",
    "release",
    "quotes",
    "destroy",
)


def pairs(place: Ground, work: Path, first: Act, of: int, others: int) -> Count:
    """`first` paused at about `of` of its calls by each of so many others, drawn by chance."""
    chance = random.Random(first.name)  # noqa: S311 a seed
    dry = _fresh(place, work)
    alone = interleaved(first.do, None, dry, 0)
    if alone.first.code not in (0, 3):
        return Count(f"{first.name} paused by every other", 1, 1, repr(alone.first.said[-200:]))
    tried, wrong = 0, []
    for second in chance.sample(place.acts, min(others, len(place.acts))):
        for at in _points(alone, of, chance):
            folder = _fresh(place, work)
            both = interleaved(first.do, second.do, folder, at)
            tried += 1
            if found := _gone_wrong(place, folder, first, second, both):
                wrong.append(f"{second.name} at {at}: {found}")
    more = f"{alone.calls} calls" + "".join(f"; {one}" for one in wrong[:5])
    return Count(f"{first.name} paused by every other", tried, len(wrong), more)


def _points(alone: Both, of: int, chance: random.Random) -> Iterator[int]:
    """Some of the calls, evenly drawn; those for the lock, and just after it, at first."""
    near = [at + more for at in alone.locks for more in (0, 1, 2)]
    if of == 1:
        yield chance.choice(near)
        return
    chosen = chance.sample(near, min(len(near), max(1, of // 3)))
    step = alone.calls / max(1, of - len(chosen))
    chosen += [1 + int(step * (n + chance.random())) for n in range(max(1, of - len(chosen)))]
    yield from sorted({at for at in chosen if at <= alone.calls})


def _fresh(place: Ground, work: Path) -> Path:
    shutil.rmtree(work / "one", ignore_errors=True)
    folder = work / "one" / "study"
    shutil.copytree(place.study.folder, folder)
    return folder


def _gone_wrong(place: Ground, folder: Path, first: Act, second: Act, both: Both) -> str:
    """The first promise that was not kept, or nothing."""
    if both.second is None:
        return ""  # the first was refused before it came to this call
    ends = ((first, both.first), (second, both.second))
    for act, ended in ends:
        if not ended.is_clean():
            return f"{act.name} ended with {ended.code} {ended.said[-300:]!r}"
    if found := _log_is_wrong(place, folder):
        return found
    done = {act.name for act, ended in ends if ended.code in (0, 3)}
    if "destroy" in done:
        left = [path.name for path in folder.rglob("*.age")]
        return f"after a destruction there is {left[0]}" if left else ""
    for act, ended in ends:
        if act.happened is not None and act.happened(folder) != (act.name in done):
            return f"{act.name} ended with {ended.code} and that is not so: {ended.said[-200:]!r}"
    return _key_is_wrong(place, folder, both.first, both.second)


def _log_is_wrong(place: Ground, folder: Path) -> str:
    try:
        with open_log(folder / "audit", ACTOR) as log:
            log.append(CheckpointAnchored(where="after"))
    except RedactError as error:
        return f"the log is closed: {error.what}"
    verified = verify_log(folder / "audit", place.study.log_key)
    return "" if verified.status == "intact" else f"the log is {verified.status}"


def _key_is_wrong(place: Ground, folder: Path, first: Ended, second: Ended) -> str:
    """Every packet opens the key alone, nothing lies beside them, and the study goes on."""
    custody = folder / "custody"
    said = f"{first.code} {first.said[-150:]!r} {second.code} {second.said[-150:]!r}"
    if left := [path.name for path in custody.iterdir() if "next" in path.name]:
        return f"{left[0]} is left: {said}"
    packets = sorted(path.name.removesuffix(".age") for path in custody.glob("*.age"))
    for name in packets:
        try:
            opened = open_key(Study(folder), place.openers[name])
        except RedactError as error:
            return f"{name} does not open the key: {error.what}: {said}"
        if opened.identity.custodian != name:
            return f"the packet of {name} is dead: {said}"
    for words in (("replace",), ("key", "check")):
        again = run_redact(*words, folder, "--identity", place.study.identity)
        if again.code != 0:
            return f"{' '.join(words)} afterwards ended with {again.code} {again.err} {again.out}"
    for bag in (folder / "release").iterdir():
        if verify_bag(bag).problems:
            return f"the release {bag.name} is not whole"
    return ""


def unlocked(place: Ground, work: Path) -> Count:
    """The files of the study that a command writes while nobody holds the study's lock."""
    calls, wrong = 0, []
    for act in place.acts:
        alone = interleaved(act.do, None, _fresh(place, work), 0, strict=True)
        calls += alone.calls
        if alone.first.code not in (0, 3):
            wrong.append(f"{act.name}: {alone.first.said[-200:]!r}")
        wrong += [f"{act.name}: {name}" for name in alone.unlocked]
    more = f"{len(place.acts)} commands" + "".join(f"; {one}" for one in wrong[:5])
    return Count("calls of a command, written without the lock", calls, len(wrong), more)
