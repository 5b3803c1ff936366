"""Whatever shows an original is on one table, in the log before it does, and agreed to by two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from starlette.routing import Mount, Route

from redact.audit.events import LinkageRevealed
from redact.audit.reading import read_log
from redact.cli import cli
from redact.custody.keyfile import Opener
from redact.page.app import make_app
from redact.page.guard import Door
from redact.page.house import House
from redact.page.opened import OpenedStudy
from redact.page.room import Room
from redact.page.start_pages import StartPages
from redact.study.desk import open_desk
from redact.study.folder import Study
from tests.conftest import ROOT, Result, run_redact

Kept = tuple[Path, list[object], Path]
ORIGINALS = ("Morag", "MacLeod", "Kilmarnock", "Dunlop", "07700")
TABLE = dict(
    re.findall(
        r"^\| (?:page )?`([^`]+)` \| .* \| ([^|]*?) ?\|$",
        (ROOT / "docs" / "security.md").read_text("utf-8").partition("## 7.")[2],
        re.MULTILINE,
    )
)


def commands(command: click.Command, name: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        if name == "redact release":
            yield name
        for word, inner in command.commands.items():
            if not inner.hidden:
                yield from commands(inner, f"{name} {word}")
    else:
        yield name


def routes(study: Path, key: list[object]) -> Iterator[str]:
    opened = Study(study)
    desk = open_desk(opened, Opener.from_passphrase(Path(str(key[1])).read_text().strip()))
    guard = make_app(Room(opened=OpenedStudy(desk=desk, reopen=lambda: desk), by="AB"), Door())
    before = StartPages(House(Door())).app()
    for app in (guard.app, before):
        (mount,) = (route for route in app.routes if isinstance(route, Mount))  # type: ignore[attr-defined]
        for route in mount.routes:
            assert isinstance(route, Route)
            for method in (route.methods or set()) - {"HEAD"}:
                yield f"{method} {route.path}"


def test_every_command_and_page_says_whether_it_shows_originals(kept: Kept) -> None:
    study, key, _ = kept
    assert sorted(TABLE) == sorted({*commands(cli, "redact"), *routes(study, key)})


def looks(study: Path) -> list[LinkageRevealed]:
    return [e.event for e in read_log(study / "audit") if isinstance(e.event, LinkageRevealed)]


def two_people(study: Path) -> None:
    policy = study / "policy.toml"
    policy.write_text(policy.read_text("utf-8") + "\n[custody]\ntwo_people = true\n", "utf-8")


def gold_of(folder: Path) -> Path:
    path = folder / "gold.jsonl"
    path.write_text(
        '{"id": "a", "text": "R: Morag MacLeod.", "spans": [{"start": 3, "end": 16, '
        '"label": "PERSON"}, {"start": 0, "end": 1, "label": "PLACE"}]}\n',
        "utf-8",
    )
    return path


def asked(look: str, study: Path, folder: Path) -> list[object]:
    """A command that shows originals, with what it needs but a key."""
    return {
        "reveal": ["reveal", study, "Person 1", "--reason", "a query"],
        "explain": ["explain", study, "Person 1", "--originals", "--reason", "a query"],
        "restore": ["restore", study, "--to", folder / "back"],
        "decisions export": ["decisions", "export", study, "--as", "table", "--to", folder / "t"],
        "questions about who is who": ["questions", study],
        "tables": ["tables", study, "--to", folder / "names.csv"],
        "times": ["times", study, "--as", "csv"],
        "evaluate --errors": [
            *("evaluate", gold_of(folder), "--policy", "safe-copy", "--linking"),
            *("--errors", study / "errors.html"),
        ],
        "review page": ["review", study, "--by", "AB", "--no-browser", "--idle", "0.01"],
    }[look]


LOOKS = sorted({said.partition(":")[0] for said in TABLE.values() if said})


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_is_logged_before_and_after(look: str, kept: Kept, tmp_path: Path) -> None:
    study, key, _ = kept
    before = len(looks(study))
    done = run_redact(*asked(look, study, tmp_path), *key)
    assert done.code in (0, 3), done.err  # 3: these talks tell no times
    made = looks(study)[before:]
    assert [one.phase for one in made] == ["intent", "done"]
    assert {one.purpose.partition(":")[0] for one in made} == {look}
    assert {one.approved_by for one in made} == {("steward",)}
    assert not any(name in (study / "audit" / "log.jsonl").read_text() for name in ORIGINALS)


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_takes_two_people_where_the_policy_says_so(
    look: str, kept: Kept, tmp_path: Path
) -> None:
    study, key, other = kept
    two_people(study)
    before = looks(study)
    words = asked(look, study, tmp_path)
    for more in (key, [*key, "--second-passphrase-file", key[1]]):
        refused = run_redact(*words, *more)
        assert (refused.code, "two custodians" in refused.err) == (2, True), refused.err
        assert not any(name in refused.out + refused.err for name in ORIGINALS)
    assert not any((tmp_path / name).exists() for name in ("back", "t", "names.csv"))
    assert not (study / "errors.html").exists()
    assert looks(study) == before
    both = run_redact(*words, *key, "--second-identity", other)
    assert both.code in (0, 3), both.err
    assert looks(study)[-1].approved_by == ("steward", "ethics")


def test_two_people_stay_two_until_two_have_let_it_go(kept: Kept) -> None:
    """Whoever edits the policy by themselves has not made one of two."""
    study, key, other = kept
    before = (study / "policy.toml").read_text("utf-8")
    words = ["reveal", study, "Person 1", "--reason", "x"]
    for first in (words, ["release", study]):  # a look that is refused, and work without one
        two_people(study)
        assert run_redact(*first, *key).code in ((2,) if first is words else (0, 3))
        (study / "policy.toml").write_text(before, "utf-8")
        alone = run_redact(*words, *key)
        assert (alone.code, alone.out, "asked for two" in alone.err) == (2, "", True), alone.err
        assert run_redact(*words, *key, "--second-identity", other).code == 0
        assert run_redact(*words, *key).code == 0  # the log has who agreed to that
    log = run_redact("audit", "show", study, "--event", "decision").out
    assert log.count("one custodian is enough") == 2
    assert "steward and ethics" in log


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_shown_that_the_log_cannot_take(look: str, kept: Kept, tmp_path: Path) -> None:
    """Its signing key is gone: no line can be added."""
    study, key, _ = kept
    (study / "audit" / "signing.key").unlink()
    shown = run_redact(*asked(look, study, tmp_path), *key)
    assert shown.code == 1, shown.out
    assert not any(name in shown.out + shown.err for name in ORIGINALS)
    assert not any((tmp_path / name).exists() for name in ("back", "t", "names.csv"))
    assert not (study / "errors.html").exists()


def test_one_person_under_two_names_is_one(kept: Kept, tmp_path: Path) -> None:
    """The same identity, added as two custodians: each opens the other's packet."""
    study, key, mine = kept
    recipient = re.search(r"age1pq1\S+", mine.read_text("utf-8"))
    assert recipient
    for name in ("board", "zeal"):
        added = run_redact("key", "add-custodian", study, name, "--recipient", recipient[0], *key)
        assert added.code == 0, added.err
    again = run_redact("key", "add-custodian", study, "aa", "--new-passphrase-file", key[1], *key)
    assert again.code == 0, again.err
    two_people(study)
    words = ["reveal", study, "Person 1", "--reason", "x"]
    copied = tmp_path / "copy.txt"
    copied.write_text(mine.read_text("utf-8").upper(), "utf-8")
    for one, two in (
        (["--identity", mine], ["--second-identity", copied]),
        (key, ["--second-passphrase-file", key[1]]),
    ):
        refused = run_redact(*words, *one, *two)
        assert (refused.code, refused.out) == (2, ""), refused.err
    assert run_redact(*words, *key, "--second-identity", mine).code == 0


def quiet(study: Path, key: list[object], folder: Path) -> list[list[object]]:
    """Commands that show nothing, as far as they can be asked of a finished study."""
    return [
        ["detect", study, *key],
        ["link", study, *key],
        ["replace", study, *key],
        ["entity", "rename", study, "Person 1", "[Boss]", "--by", "AB", *key],
        ["explain", study, "Boss"],
        ["risk", study, *key],
        ["settle", study, "--by", "AB", *key],
        ["release", study, *key],
        ["release", study, "--check", *key],
        ["key", "check", study, *key],
        ["key", "drill", study, *key],
        ["key", "rotate", study, *key],
        ["audit", "verify", study, *key],
        ["audit", "show", study],
        ["audit", "anchor", study, "--where", "office"],
        ["audit", "report", study, "--to", folder / "r.html", *key],
    ]


def test_what_is_said_to_show_nothing_shows_nothing(kept: Kept, tmp_path: Path) -> None:
    study, key, _ = kept
    before = len(looks(study))
    for words in quiet(study, key, tmp_path):
        done: Result = run_redact(*words, *([] if "rename" in words else ["--json"]))
        assert done.code in (0, 3), (words, done.err)
        said = done.out + done.err
        assert not any(name in said for name in ORIGINALS), words
    for path in [*study.rglob("*"), tmp_path / "r.html"]:
        if path.is_file() and path.suffix in (".html", ".json", ".jsonl", ".md", ".txt"):
            assert not any(name in path.read_text("utf-8") for name in ORIGINALS), path
    assert len(looks(study)) == before


def test_one_person_cannot_make_themselves_two(kept: Kept, tmp_path: Path) -> None:
    study, key, mine = kept
    two_people(study)
    for words in (
        ["key", "add-custodian", study, "third", "--new-passphrase-file", key[1]],
        ["key", "split", study, "--needed", 2, "--shares", 2, "--to", tmp_path / "shares"],
    ):
        alone = run_redact(*words, *key)
        assert (alone.code, "two custodians" in alone.err) == (2, True), alone.err
        both = run_redact(*words, *key, "--second-identity", mine)
        assert both.code == 0, both.err
