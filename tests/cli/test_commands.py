"""The command alone, and one that needs another word: help to read, and how to begin."""

import pytest

from redact.cli import cli
from redact.cli.commands import SECTIONS
from tests.conftest import run_redact


def test_redact_alone_greets_and_names_three_commands() -> None:
    greeted = run_redact()
    assert greeted.code == 0
    for command in ("redact look", "redact run", "redact review"):
        assert command in greeted.out


def test_every_command_stands_under_one_heading() -> None:
    named = [str(one.name) for commands in SECTIONS.values() for one in commands]
    assert sorted(named) == sorted(cli.commands)
    shown = run_redact("--help").out
    assert [name for name in named if f"\n  {name} " not in shown] == []
    assert [heading for heading in SECTIONS if f"\n{heading}:\n" not in shown] == []


@pytest.mark.parametrize("group", ["key", "audit", "entity", "decisions"])
def test_a_group_alone_shows_its_commands_a_line_each(group: str) -> None:
    shown = run_redact(group)
    assert shown.code == 2
    assert shown.out.count("\n") > 5
