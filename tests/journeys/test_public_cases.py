"""Inputs handed over with what should happen to each: ../shared/cases/public, each to a release."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.conftest import Result, at_length, run_redact
from tests.proofs import CASES, HANDED_OVER, needs

pytestmark = [pytest.mark.model, needs(HANDED_OVER)]

# People and places of these inputs, and what a computer or a program wrote of them beside the talk.
NAMES = (
    "Anstruther Forfar Graeme Kassel Kerr Kilbride Lindores Löbnitz Maisie Morven Nan Peggy Tosh "
    "Wiesenhütter mkilbride"
).split()
HIDDEN = ("1951", "17 February", "file:///", "a.pdf", "0000.dat", ".root")
# By the file, words that its safe text still says.
KEPT = {
    "codes.txt": (
        "P03, you said P07 had left",
        "P03: Yes, R2 told me. B12 is the room. F1 and M2 were there. "
        "SP_04 too, and IDI-17, FGD2, KII_05.",
        "And participant 12?",
    ),
    "codes2.txt": ("P03: I came with P07 from", "FGD2 was better than IDI-17."),
    "hexspeakers.csv": (",Dad:,Aye.", "]:,My pleasure."),
    "medicines.txt": (
        "I take Sertraline and Gabapentin. I watched EastEnders at night. The Motability car is a "
        "Corsa. I have Lewy Body dementia in the family, and Crohn's, and my pal has Parkinson's "
        "and Guillain-Barré. Easter was hard.",
    ),
    "noscribe-header.txt": (
        "Transcribed with noScribe vers. 0.7\nAudio file: ./Interview 4.mp3\n(Language: English "
        "(en) | Speaker detection: auto | Overlapping speech: 1 | Timestamps: 1 | Disfluencies: 1 "
        "| Mark pause: 1)",
    ),
    "noscribe-overlap.html": ("//S02: We did.", "S02: <span", "It was public, everybody saw."),
    "noscribe-overlap.txt": ("//S02: We did. //", "policy? //S00: Well, // I", "no application"),
    "police.txt": ("B12 was the room. The policy was up on the wall, and R2 said", "And M3?"),
    "subject.txt": tuple(
        f"\n{role}: "
        for role in "SUBJECT INTERVIEWEE MODERATOR FACILITATOR PARTICIPANT RESEARCHER CLIENT "
        "WITNESS NURSE".split()
    ),
    "zoom-pronouns.vtt": (" (she/her): Right, off you go.", " (he/him): Thanks,"),
}
FILES = sorted(path.name for path in CASES.glob("*.*") if path.suffix != ".md")


@dataclass(frozen=True)
class Made:
    """What a run said, and what stands in all parts of the safe and the released files."""

    done: Result
    said: str


def taken(sources: Path, study: Path, passphrase: Path, *options: object) -> Made:
    """The study of a folder, released; where nothing was found, somebody reads it first."""
    key = ("--passphrase-file", passphrase)
    done = run_redact("run", sources, "--policy", "safe-copy", "--out", study, *key, *options)
    if "codes.txt" in [path.name for path in sources.iterdir()]:
        assert "open: 1 transcript to read" in done.out
        assert run_redact("settle", study, "--by", "AB", *key).code == 0
        done = replace(run_redact("release", study, *key), err=done.err)
    assert done.code == 0, done.err
    (released,) = (study / "release").iterdir()
    files = [*(study / "safe").iterdir(), *(released / "data").rglob("*")]
    return Made(done, "\n".join(part for path in files if path.is_file() for part in parts(path)))


def parts(path: Path) -> Iterator[str]:
    """All that stands in a file, and the names of its members."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        yield data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield f"{name}\n{archive.read(name).decode('utf-8', 'replace')}"


def left_in(said: str) -> list[str]:
    """Names and hidden things that are still there."""
    names = [name for name in NAMES if re.search(rf"\b{name}", said, re.IGNORECASE)]
    return names + [one for one in HIDDEN if one in said]


def test_all_of_them_in_one_study(tmp_path: Path, passphrase_file: Path) -> None:
    sources = tmp_path / "cases"
    sources.mkdir()
    for name in FILES:
        shutil.copy(CASES / name, sources)
    made = taken(sources, tmp_path / "study", passphrase_file)
    assert left_in(made.said) == []
    assert [words for several in KEPT.values() for words in several if words not in made.said] == []
    assert "does not look like English: german.txt" in " ".join(made.done.err.split())


@pytest.mark.parametrize("name", FILES[:: at_length(1, 9)])
def test_each_of_them_alone(name: str, tmp_path: Path, passphrase_file: Path) -> None:
    sources = tmp_path / "case"
    sources.mkdir()
    shutil.copy(CASES / name, sources)
    made = taken(sources, tmp_path / "study", passphrase_file)
    assert left_in(made.said) == []
    assert [words for words in KEPT.get(name, ()) if words not in made.said] == []


def test_a_name_surname_first_is_one_person(tmp_path: Path, passphrase_file: Path) -> None:
    sources = tmp_path / "case"
    sources.mkdir()
    shutil.copy(CASES / "teams-surname-first.vtt", sources)
    made = taken(sources, tmp_path / "study", passphrase_file)
    assert set(re.findall(r"<v (\[.*?\])", made.said)) == {"[Person 1]", "[Person 2]"}
    assert "2 people" in made.done.out


def test_of_a_folder_all_is_said_at_once_and_the_rest_is_taken(
    tmp_path: Path, passphrase_file: Path
) -> None:
    """What cannot be read with its remedy, in one run; what a computer leaves is passed over."""
    sources = shutil.copytree(CASES / "mixed-folder", tmp_path / "mixed")
    told = run_redact(
        *("run", sources, "--policy", "safe-copy", "--out", tmp_path / "study"),
        *("--passphrase-file", passphrase_file),
    )
    assert told.code == 1
    assert re.search(r"P2\.doc: this is Word of before 2007.* save it as \.docx", told.err)
    assert re.search(r"P1\.mp3: this is a recording.* cannot be made safe", told.err)
    assert not re.search(r"Thumbs|desktop\.ini|~\$", told.err)
    assert not (tmp_path / "study").exists()
    skipped = ("--skip", "**/*.doc", "--skip", "**/*.mp3")
    made = taken(sources, tmp_path / "study", passphrase_file, *skipped)
    assert left_in(made.said) == []
