"""Codes of the program in a person's words: none of them is on a page."""

import ast
import re
from collections.abc import Iterator
from typing import get_args

from redact.core import DETAIL, LABELS, Action, Source
from redact.page.plain import action_in_words, field_in_words, kind_in_words, why_in_words
from tests.conftest import ROOT


def test_every_code_has_words_of_its_own() -> None:
    kinds = [kind_in_words(label) for label in (*LABELS, DETAIL)]
    assert len(set(kinds)) == len(kinds)
    assert not any(word.isupper() for word in kinds)
    assert (kind_in_words(None), kind_in_words("")) == ("no name", "no name")
    actions = [action_in_words(action) for action in get_args(Action)]
    assert len(set(actions)) == len(actions)


def test_whatever_found_something_says_so_in_a_sentence() -> None:
    for source in Source:
        said = why_in_words((source,))
        assert said.startswith(("It ", "A ", "The ", "There ", "These ")), source
        assert not any(code in said for code in ("Recognizer", "model", "Presidio", "gazetteer"))
    assert why_in_words((Source.NHS_NUMBER_FORM,)) == "It looks like an NHS number"
    assert why_in_words(()) == ""


def test_what_two_saw_alike_is_said_once_and_one_weak_sign_is_called_so() -> None:
    both = why_in_words((Source.CAPITAL, Source.NAME_MODEL, Source.SPACY))
    assert both == "It has a capital; it reads like a name"
    assert why_in_words((Source.CAPITAL,)) == "It has a capital; nothing else points to a name"


# What a terminal alone does: no page comes to it.
_OF_A_TERMINAL = (
    "cli cluster evaluate library.py key/restore.py key/reveal.py recording/listing.py "
    "page/recordings.py audit/timestamp.py detect/name_model.py custody/payload.py "
    "audit/provenance.py release/quotes.py release/quotes_made.py release/gates.py "
    "release/consented.py governance/status.py governance/papers.py"
).split()
_COMMAND = re.compile(r"`[^`]*\bredact [a-z]|\bredact [a-z]+ (STUDY|--)|(?<![\w-])--[a-z]")
_AT_A_TERMINAL = {"command", "where"}
_SHOWN = re.compile(r"(Error|Input|Refused|Refusal|Changed|Tampered|Busy|_amiss|Price|Words)$")


def _text_in(node: ast.AST) -> str:
    """The words of a call's argument that stand in the program."""
    said = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
    return "".join(one for one in said if isinstance(one, str))


def _errors() -> Iterator[tuple[str, ast.Call]]:
    package = ROOT / "redact"
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package).as_posix()
        if inside.startswith(tuple(_OF_A_TERMINAL)):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if _SHOWN.search(name):
                    yield f"{inside}:{node.lineno}", node


def test_no_error_that_a_page_may_show_says_a_command() -> None:
    said = {
        f"{at}: {words}"
        for at, call in _errors()
        for words in [
            *map(_text_in, call.args[:3]),  # of `_amiss` the fourth is the command
            *(_text_in(one.value) for one in call.keywords if one.arg not in _AT_A_TERMINAL),
        ]
        if _COMMAND.search(words)
    }
    assert said == set()


def test_an_option_or_command_that_an_error_names_as_its_place_is_a_field_of_the_page() -> None:
    places = {
        _text_in(one.value) for _, call in _errors() for one in call.keywords if one.arg == "where"
    }
    commands = {one for one in places if one.startswith(("--", "redact "))}
    assert {one for one in commands if field_in_words(one).startswith(("--", "redact "))} == set()
    assert "--to" in commands


def test_no_page_itself_says_a_command() -> None:
    for path in (ROOT / "redact" / "page" / "templates").iterdir():
        assert not _COMMAND.search(path.read_text("utf-8").replace("<!--", "")), path.name
