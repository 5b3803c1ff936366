"""What redact says itself in the papers of a release is told from what people said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.core import Span
from redact.governance.sought import Sought
from redact.release.own_words import own_words
from tests.conftest import Result, run_redact

NOT_OURS = {"safe", "copy", "archive", "deposit", "release", "redact"}  # in names that people give
METHODS = "The key that leads from pseudonyms to names is encrypted and is kept by the depositor."


def others_words(data: Path) -> set[tuple[str, str]]:
    """By file the words of its papers that do not count as redact's own."""
    found = set()
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        if not path.is_file() or name.startswith(
            ("transcripts/", "original-", "as-", "interviews")
        ):
            continue
        if path.suffix not in (".md", ".csv", ".json", ".xml", ".toml"):
            continue
        text = path.read_text("utf-8")
        if name.startswith("restricted/"):  # labels are no words
            text = re.sub(r"\[[^\]\n]*\]", "", text)
        for word in re.finditer(r"\b[A-Za-z]{3,}\b", text):
            if not own_words().say(text, Span(*word.span())):
                found.add((name, word[0]))
    return found


@pytest.mark.model
def test_every_word_of_the_papers_of_a_study_that_was_not_described_is_ours(
    small_study: tuple[Path, Path],
) -> None:
    study, _ = small_study
    left = others_words(study / "release" / "safe-copy-01" / "data")
    kept = {(name, word) for name, word in left if name == "redaction-summary.json"}
    assert {word for _, word in left - kept} <= NOT_OURS, left - kept


@pytest.mark.model
@pytest.mark.parametrize(
    ("words", "label"), [("Key", "PERSON"), ("labels", "ORG"), ("Readme", "PERSON")]
)
def test_an_incident_about_a_word_of_ours_can_be_closed(
    small_study: tuple[Path, Path], tmp_path: Path, words: str, label: str
) -> None:
    study, passphrase = small_study
    key = ("--passphrase-file", passphrase)
    assert run_redact("describe", study, "--set", f"abstract=Told by {words}.").code == 0
    assert run_redact("release", study, "--name", "described", *key).code == 0
    found = tmp_path / "found.txt"
    found.write_text(words, "utf-8")
    mine = ("--by", "A. Steward", "--words-file", found, *key)
    opened = run_redact("incident", "open", study, "--what", label, *mine, "--json")
    assert opened.code == 0, opened.err
    assert opened.json["releases"] == ["described"]
    assert run_redact("describe", study, "--set", "abstract=Told.").code == 0
    assert run_redact("release", study, "--name", "corrected", *key).code == 0
    closed = run_redact("incident", "close", study, "I1", *mine)
    assert closed.code == 0, closed.err


@pytest.mark.parametrize(
    ("said", "is_ours"),
    [
        (METHODS, True),
        (METHODS.replace("key", "Key"), False),
        ("We thank Mr key for his key.", False),
        ("We thank the key, that good man.", False),
    ],
)
def test_our_words_are_ours_in_their_company_only(said: str, is_ours: bool) -> None:
    at = said.lower().index("key")
    text = f"# A paper\n\n{said}\n"
    there = Span(at + text.index(said), at + text.index(said) + 3)
    assert own_words().say(text, there) is is_ours


@pytest.mark.parametrize(
    ("text", "name", "lines"),
    [
        ("[Person 12]: I know [Place 3]. Anne Person was there.\n", "transcripts/a.txt", (1,)),
        ("[Person 12]: I know [Place 3].\n", "transcripts/a.txt", ()),
        ("[a person of note]: I know it.\n", "transcripts/a.txt", (1,)),  # somebody's own words
        ("Person: x\n" + "-" * 40 + "\n\nR: Hello.\n", "transcripts/a.txt", (1,)),
        ("file,line,kind\ntranscripts/a.txt,1,PERSON,[Person 2],x\n", "restricted/o.csv", ()),
    ],
)
def test_a_label_of_ours_is_no_name(text: str, name: str, lines: tuple[int, ...]) -> None:
    if name.startswith("restricted/"):
        text = text.replace(",PERSON,", ",,")
    assert Sought.of("PERSON", "Person").lines_of(text, name) == lines


@pytest.mark.parametrize(
    ("text", "name", "lines"),
    [
        ("interview,role\na,chair\n", "interviews.csv", ()),
        ("interview,role\na,role\n", "interviews.csv", (2,)),
        (
            "Interview: a\nRole: chair\n" + "-" * 40 + "\n\nR: Role model.\n",
            "transcripts/a.txt",
            (5,),
        ),
        ("Interview: a\nOther: Role\n" + "-" * 40 + "\n\n", "transcripts/a.txt", (2,)),
        ("R: a role\n", "quotes.md", (1,)),
    ],
)
def test_heads_of_ours_are_no_name(text: str, name: str, lines: tuple[int, ...]) -> None:
    assert Sought.of("PERSON", "Role").lines_of(text, name) == lines


@pytest.mark.model
def test_a_package_for_an_archive_says_nothing_that_nobody_said(
    study: Path, release: Callable[..., Result]
) -> None:
    """Described by nobody it cannot be deposited; without an archive it says the most words."""
    done = release(study)
    assert done.code == 0, done.err
    left = others_words(study / "release" / "archive-deposit-01" / "data")
    assert {word for name, word in left if name != "redaction-summary.json"} <= NOT_OURS
