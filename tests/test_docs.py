"""The guide names every command and option, and what README and guide say is true."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from redact.cli import cli
from redact.errors import BadInput, GateRefused, RedactError, UsageError
from tests.conftest import ROOT, SAMPLES, run_redact

GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def commands() -> list[str]:
    return sorted(cli.commands)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_guide_and_answers_help(name: str) -> None:
    assert f"redact {name}" in GUIDE
    result = run_redact(name, "--help")
    assert (result.code, "Usage" in result.out) == (0, True)


def test_every_long_option_is_in_guide_or_readme() -> None:
    def options(command: click.Command) -> set[str]:
        own = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
        inner = getattr(command, "commands", {}).values()
        return own.union(*(options(c) for c in inner))

    long_options = {o for o in options(cli) if o.startswith("--")}
    told = GUIDE + README
    assert sorted(o for o in long_options if o not in told) == []


def test_the_exit_codes_of_errors_are_those_of_the_guide() -> None:
    rows = re.findall(r"^\| (\d) \| ([^|]+) \|", GUIDE, re.MULTILINE)
    assert [code for code, _ in rows] == ["0", "1", "2", "3", "4"]
    codes = [error.exit_code for error in (RedactError, BadInput, UsageError, GateRefused)]
    assert codes == [1, 1, 2, 4]


def test_the_readme_s_paths_and_commands_exist() -> None:
    for path in re.findall(r"\]\(([^)#]+)", README + GUIDE):
        assert (ROOT / path).exists() or (ROOT / "docs" / path).exists(), path
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_decision_that_code_or_docs_cite_is_there() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "redact").rglob("*.py")]
    cited = set(re.findall(r"decisions/(\d{3})", "\n".join([*texts, README, GUIDE])))
    there = {path.name[:3] for path in (ROOT / "docs" / "decisions").iterdir()}
    assert cited <= there


def test_the_figures_in_the_guide_count_the_samples() -> None:
    gold = (SAMPLES / "gold.jsonl").read_text("utf-8")
    assert f"{gold.count('"label"')} mentions" in GUIDE


WIDTH = 120
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines that are neither table nor code."""
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        fence = line.lstrip().startswith("```")
        fenced ^= fence
        if not (fence or fenced or line.startswith("    ") or line.lstrip().startswith("|")):
            yield number, line


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_prose_has_one_width(path: Path) -> None:
    lines = prose(path.read_text("utf-8"))
    assert [number for number, line in lines if len(line) > WIDTH] == []


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_every_link_of_a_paper_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").iterdir()), ids=name_of)
def test_a_decision_has_a_date_and_a_status(path: Path) -> None:
    date = r"\*\*Date\.\*\* \d{1,2} [A-Z][a-z]+ 20\d\d\."
    status = r"\*\*Status\.\*\* (accepted|superseded by \d{3})"
    assert re.search(rf"^{date} {status}", path.read_text("utf-8"), re.MULTILINE)


def test_modules_cite_papers_and_sections_that_are_there() -> None:
    for module in (ROOT / "redact").rglob("*.py"):
        cited = re.findall(
            r"(docs/[\w/-]+\.md)(?:, section ([\d.]+\d|\d))?", module.read_text("utf-8")
        )
        for path, section in cited:
            text = (ROOT / path).read_text("utf-8")
            assert not section or re.search(rf"^#+ {re.escape(section)}\b", text, re.MULTILINE)
