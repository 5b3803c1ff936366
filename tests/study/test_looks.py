"""Looks that are kept: taken again where nothing changed, and never from a line that was edited."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from redact.core import Mention, Place, Source
from redact.detect.detector import LookMade
from redact.detect.evidence import Look
from redact.study.looks import LOOKS, look_token, read_looks, write_looks
from redact.study.signed_lines import forget_lines
from tests.conftest import run_redact

SECRET = b"the secret of a study, 32 bytes."
MADE = tuple(
    LookMade(
        name,
        f"digest of {name}",
        Look(
            mentions=(
                Mention(
                    place=Place.at(name, 3, 9),
                    label="PERSON",
                    score=0.1 + 0.2,
                    sources=(Source.NAME_MODEL,),
                ),
            ),
            kept=(),
            likely={3: 1 / 3},
            modelled=True,
        ),
    )
    for name in ("D0001", "D0002")
)


def kept_in(folder: Path) -> Path:
    write_looks(folder / LOOKS, SECRET, MADE)
    return folder / LOOKS


def test_what_was_kept_comes_back_to_the_last_digit(tmp_path: Path) -> None:
    kept = read_looks(kept_in(tmp_path), SECRET)
    assert kept == {look_token(SECRET, one.digest): one.look for one in MADE}
    assert read_looks(tmp_path / "none.jsonl", SECRET) == {}


@pytest.mark.parametrize("change", ["edited", "cut", "of another study", "no text"])
def test_a_line_that_is_not_as_we_wrote_it_is_passed_over(tmp_path: Path, change: str) -> None:
    path = kept_in(tmp_path)
    data = path.read_bytes()
    match change:
        case "edited":
            path.write_bytes(data.replace(b'"start":3', b'"start":8', 1))
        case "cut":
            path.write_bytes(data[data.index(b"\n") // 2 : -10])
        case "no text":
            path.write_bytes(b"\xff\xfe" + data[: data.index(b"\n")])
    secret = SECRET[::-1] if change == "of another study" else SECRET
    kept = read_looks(path, secret)
    wanted = [one.look for one in MADE if change == "edited" and one.transcript == "D0002"]
    assert [*kept.values()] == wanted


def test_what_was_withdrawn_is_forgotten(tmp_path: Path) -> None:
    path = kept_in(tmp_path)
    forget_lines(path, {"D0001"})
    assert [*read_looks(path, SECRET).values()] == [MADE[1].look]
    with path.open("ab") as file:
        file.write(b"x " + b"[" * 200_000 + b"\n")
    forget_lines(path, {"D0001"})
    assert [*read_looks(path, SECRET).values()] == [MADE[1].look]
    forget_lines(tmp_path / "none.jsonl", {"D0001"})
    assert not (tmp_path / "none.jsonl").exists()


TALKS = {
    "first.txt": "INT: Who came?\nR: Ishbel Tannock came, with the wee lass Senga.\n",
    "second.txt": "INT: And then?\nR: The nurse rang Ishbel, and Senga went home to Corriedoon.\n",
    "third.txt": "INT: Were you there?\nR: No, it was Rab Haldane and Tannock who went.\n",
}


def run(folder: Path, passphrase: Path) -> None:
    words = ["--out", folder / "study", "--roster", folder / "roster.csv", "--policy", "safe-copy"]
    done = run_redact("run", folder / "talks", *words, "--passphrase-file", passphrase)
    assert done.code in (0, 3), done.out + done.err


def write_roster(folder: Path, *names: str) -> None:
    rows = "".join(f"PERSON,{name},lead\n" for name in names)
    (folder / "roster.csv").write_text(f"kind,name,role\n{rows}", "utf-8")


@pytest.mark.model
def test_one_transcript_more_and_another_roster_give_what_a_new_study_gives(
    tmp_path: Path, passphrase_file: Path
) -> None:
    """Step by step with looks that were kept, or all at once with none: the same mentions."""
    kept, anew = tmp_path / "kept", tmp_path / "anew"
    (kept / "talks").mkdir(parents=True)
    write_roster(kept, "Moira Tannock")
    for name, text in TALKS.items():
        (kept / "talks" / name).write_text(text, "utf-8")
        if name != "first.txt":
            run(kept, passphrase_file)
    write_roster(kept, "Rab Haldane", "Corrie Doon")
    run(kept, passphrase_file)
    mentions = kept / "study" / "work" / "mentions.jsonl"
    shutil.copy(mentions, tmp_path / "step by step.jsonl")
    looks = (kept / "study" / "work" / LOOKS).read_bytes()
    assert not any(name.encode() in looks for name in ("Tannock", "Senga", "Haldane"))

    shutil.copytree(kept, anew)
    for name in (LOOKS, "mentions.jsonl"):
        (anew / "study" / "work" / name).unlink()
    run(anew, passphrase_file)
    again = anew / "study" / "work" / "mentions.jsonl"
    assert again.read_bytes() == (tmp_path / "step by step.jsonl").read_bytes()
    assert (anew / "study" / "work" / LOOKS).read_bytes() == looks
