"""A policy that extends another: joined setting by setting, kept whole, refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.errors import UsageError
from redact.policy import load_policy, parse_policy, shipped_names
from redact.policy.files import read_policy
from tests.conftest import ROOT

MINE = """# For our colleagues.
# Read every transcript.

extends = "safe-copy"
name = "mine"
version = "2"

[actions]
PERSON = "surrogate"

[release]
columns = ["interview"]
"""


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_what_is_said_is_its_own_and_all_else_is_taken(tmp_path: Path) -> None:
    base, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    policy, _ = load_policy(write(tmp_path, MINE))
    assert (policy.name, policy.version, policy.description) == ("mine", "2", "")
    assert policy.actions.PERSON == "surrogate"
    assert policy.release.columns == ("interview",)
    assert policy.actions.model_copy(update={"PERSON": "label"}) == base.actions
    assert (policy.keep, policy.detect) == (base.keep, base.detect)


@pytest.mark.parametrize("name", shipped_names())
def test_what_a_study_keeps_is_whole_and_says_the_same(name: str) -> None:
    policy, data = load_policy(ROOT / "policies" / f"{name}.toml")
    assert parse_policy(data, "policy.toml") == policy
    assert b"\nextends" not in data


def test_the_whole_says_what_is_its_own_and_keeps_the_comments(tmp_path: Path) -> None:
    _, data = load_policy(write(tmp_path, MINE))
    text = data.decode("utf-8")
    assert text.startswith("# For our colleagues.\n# Read every transcript.\n")
    assert 'PERSON = "surrogate" # of mine 2' in text
    assert "# remove: nothing stands there." in text
    assert "made by the machine alone" not in text  # what the other policy says of itself


def test_each_setting_tells_whose_it_is(tmp_path: Path) -> None:
    first = write(tmp_path, MINE)
    second = MINE.replace('"safe-copy"', f'"{first.name}"').replace('"mine"', '"ours"')
    second = second.replace('PERSON = "surrogate"', 'DATE = "year"').split("[release]")[0]
    origins = {
        (one.section, one.name): one.origin
        for one in read_policy(write(tmp_path, second, "ours.toml")).settings
    }
    assert origins["actions", "DATE"] == "ours 2"
    assert origins["actions", "PERSON"] == "mine 2"
    assert origins["actions", "AGE"] == "safe-copy 1"
    assert origins["release", "columns"] == "mine 2"


@pytest.mark.parametrize(
    ("said", "what", "remedy"),
    [
        ("extends = 3", "names one policy", "safe-copy"),
        ('extends = ""', "names one policy", "safe-copy"),
        ('extends = "safe-cpoy"', "'safe-cpoy' that this one extends is not there", "safe-copy"),
        ('extends = "mine.toml"', "extends itself", "Take `extends` out"),
        ('extends = "ring.toml"', "extends itself", "Take `extends` out"),
    ],
)
def test_what_cannot_be_extended_is_named_with_its_line(
    tmp_path: Path, said: str, what: str, remedy: str
) -> None:
    path = write(tmp_path, MINE.replace('extends = "safe-copy"', said))
    ring = write(tmp_path, MINE.replace('"safe-copy"', '"mine.toml"'), "ring.toml")
    with pytest.raises(UsageError) as refused:
        load_policy(path)
    assert what in refused.value.what
    assert remedy in refused.value.remedy
    assert refused.value.where in (f"{path}, line 4", f"{ring}, line 4")


def test_a_fault_is_told_in_the_file_that_has_it(tmp_path: Path) -> None:
    path = write(tmp_path, MINE.replace("PERSON", "PERSN"))
    with pytest.raises(UsageError, match="PERSN") as refused:
        load_policy(path)
    assert refused.value.where == f"{path}, line 9"
    child = write(tmp_path, MINE.replace('"safe-copy"', '"mine.toml"'), "child.toml")
    with pytest.raises(UsageError, match="PERSN") as refused:
        load_policy(child)
    assert refused.value.where == f"{path}, line 9"


def test_a_studys_own_policy_must_be_whole() -> None:
    with pytest.raises(UsageError, match="must be whole") as refused:
        parse_policy(MINE.encode(), "study/policy.toml")
    assert "--change-policy" in refused.value.at_a_terminal
    assert refused.value.where == "study/policy.toml, line 4"


@pytest.mark.parametrize(
    "base",
    [
        '[actions]\nPERSON = "keep"\nDATE = "year"\n[detect]\ndates = "month"\n',
        'actions = { PERSON = "keep", DATE = "year" }\ndetect.dates = "month"\n',
        'actions.PERSON = "keep"\n"actions"."DATE" = "year"\n[detect]\n"dates" = "month"\n',
    ],
)
@pytest.mark.parametrize(
    "own",
    [
        '[actions]\nDATE = "label"\n[detect]\nrecall = "precise"\n',
        'actions.DATE = "label"\ndetect = { recall = "precise" }\n',
        'actions = { "DATE" = "label" }\ndetect.recall = "precise"\n',
    ],
)
def test_however_toml_is_written_the_whole_says_both(tmp_path: Path, base: str, own: str) -> None:
    head = 'name = "{}"\nversion = "1"\n'
    write(tmp_path, head.format("base") + base, "base.toml")
    path = write(tmp_path, 'extends = "base.toml"\n' + head.format("own") + own)
    policy, data = load_policy(path)
    assert parse_policy(data, "policy.toml") == policy
    assert (policy.actions.PERSON, policy.actions.DATE) == ("keep", "label")
    assert (policy.detect.dates, policy.detect.recall) == ("month", "precise")


def test_a_name_that_is_no_line_is_refused_as_a_name(tmp_path: Path) -> None:
    for name in ("t\\nx", "t\\u001b[31m"):
        path = write(tmp_path, f'extends = "safe-copy"\nname = "{name}"\nversion = "1"\n')
        with pytest.raises(UsageError, match="`name`"):
            load_policy(path)
