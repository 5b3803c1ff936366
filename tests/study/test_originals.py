"""What a study keeps of its sources: each comes back to the byte, whatever kind of file it is."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import docx
import pytest

from redact.audit.events import LinkageDestroyed
from redact.audit.reading import read_log
from redact.custody.keyfile import Opener
from redact.study.folder import Study
from redact.study.sealed import OpenedKey, open_key
from tests.conftest import PASSPHRASE, ROOT, Result, run_redact, study_of, tree
from tests.formats.transcripts import FILES
from tests.shared import copy_of, made_once

TEXTS = {
    "one.txt": "INT: Who?\nP: Morag MacLeod.\n",
    "two.rtf": r"{\rtf1\ansi INT: Who?\par P: Isla Baird and Morag MacLeod.\par}",
    "three.vtt": "WEBVTT\n\nNOTE by Isla Baird\n\n00:01.000 --> 00:02.000\nIsla: I am Isla.\n",
}


class Kept:
    """A copy of a study with four kinds of sources, and what opens it."""

    def __init__(self, study: Path, made: Path) -> None:
        self.folder, self.sources = study, made / "talks"
        self.passphrase = made / "secret"

    def redact(self, *words: object) -> Result:
        return run_redact(*words, "--passphrase-file", self.passphrase)

    def restored(self, to: Path) -> dict[str, bytes]:
        done = self.redact("restore", self.folder, "--to", to)
        assert done.code == 0, done.err
        return tree(to)

    def opened(self) -> OpenedKey:
        return open_key(Study(self.folder), Opener.from_passphrase(PASSPHRASE))

    def sealed(self) -> set[str]:
        return {path.name for path in (self.folder / "linkage" / "originals").glob("*")}

    def named(self) -> set[str]:
        return {f"{one.sealed}.age" for one in self.opened().key.originals}

    def run(self) -> Result:
        return self.redact("run", self.sources, "--out", self.folder)


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Kept:
    def make(folder: Path) -> None:
        (folder / "secret").write_text(PASSPHRASE, "utf-8")
        talks = folder / "talks"
        study_of(folder, TEXTS, folder / "secret", "safe-copy")
        word = docx.Document()
        word.core_properties.author = "Isla Baird"
        word.add_paragraph("INT: Who?")
        word.add_paragraph("P: It was Morag MacLeod.")
        word.save(str(talks / "four.docx"))
        with zipfile.ZipFile(talks / "more.zip", "w") as archive:
            archive.writestr("five.rtf", TEXTS["two.rtf"].replace("Who", "When"))
        key = ("--passphrase-file", folder / "secret")
        assert run_redact("run", talks, "--out", folder / "study", *key).code == 0

    made = made_once(tmp_path_factory, "originals", make)
    return Kept(copy_of(made / "study", tmp_path), made)


@pytest.mark.model
def test_every_source_comes_back_to_the_byte(kept: Kept, tmp_path: Path) -> None:
    back = kept.restored(tmp_path / "back")
    sources = tree(kept.sources)
    sources.pop("more.zip")
    assert back.pop("five.rtf").decode() == TEXTS["two.rtf"].replace("Who", "When")
    assert back == sources
    assert kept.sealed() == kept.named()
    assert len(kept.named()) == 4  # a plain text comes back from its safe text
    for path in (kept.folder / "linkage").rglob("*.age"):
        assert b"Isla" not in path.read_bytes()


SAMPLES = ROOT / "samples" / "formats" / "transcripts"
LATIN = FILES["transcriber.trs"].replace("UTF-8", "ISO-8859-1").replace("Kilmarnock", "Portrée")
OF_EACH_KIND = {
    **{path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix != ".zip"},
    **{name: text.encode() for name, text in FILES.items()},
    "latin.trs": LATIN.encode("latin-1"),
}


@pytest.fixture
def back(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What `restore` gives back of a study with a file of each kind, its safe copies gone."""

    def make(folder: Path) -> None:
        (folder / "secret").write_text(PASSPHRASE, "utf-8")
        (folder / "talks").mkdir()
        for name, data in OF_EACH_KIND.items():
            (folder / "talks" / name).write_bytes(data)
        key = ("--passphrase-file", folder / "secret")
        words = ("run", folder / "talks", "--policy", "safe-copy", "--out", folder / "study")
        done = run_redact(*words, *key)
        assert done.code == 0, done.err
        for path in [*folder.glob("study/safe/*.docx"), *folder.glob("study/safe/*.xlsx")]:
            path.unlink()
        done = run_redact("restore", folder / "study", "--to", folder / "back", *key)
        assert done.code == 0, done.err

    return tree(made_once(tmp_path_factory, "kinds", make) / "back")


@pytest.mark.model
@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_a_file_of_each_kind_comes_back_to_the_byte(name: str, back: dict[str, bytes]) -> None:
    assert back[name] == OF_EACH_KIND[name]


@pytest.mark.model
def test_it_comes_back_when_sources_and_safe_copies_are_gone(kept: Kept, tmp_path: Path) -> None:
    before = kept.restored(tmp_path / "a")
    for path in (kept.folder / "safe").glob("*.docx"):
        path.write_bytes(b"edited")
    assert kept.restored(tmp_path / "b") == before


@pytest.mark.model
def test_a_rotation_seals_them_anew(kept: Kept, tmp_path: Path) -> None:
    before, back = kept.sealed(), kept.restored(tmp_path / "a")
    turned = kept.redact("key", "rotate", kept.folder)
    assert turned.code == 0, turned.err
    assert not before & kept.sealed()
    assert kept.sealed() == kept.named()
    assert kept.restored(tmp_path / "b") == back


@pytest.mark.model
def test_that_of_a_withdrawn_participant_goes(kept: Kept) -> None:
    gone = kept.redact("withdraw", kept.folder, "four.docx", "--by", "A. S.", "--reason", "asked")
    assert gone.code == 0, gone.err
    assert len(kept.sealed()) == 3
    assert kept.sealed() == kept.named()


@pytest.mark.model
def test_they_are_destroyed_with_the_key_and_the_certificate_says_so(
    kept: Kept, tmp_path: Path
) -> None:
    statement = tmp_path / "mine.txt"
    statement.write_text("I burnt it.", "utf-8")
    words = ("--by", "A. S.", "--yes", "--statement", f"steward={statement}")
    done = kept.redact("key", "destroy", kept.folder, *words)
    assert done.code == 0, done.err
    assert list((kept.folder / "linkage").rglob("*")) == []
    said = (kept.folder / "custody" / "destruction.md").read_text("utf-8")
    assert "- Sealed originals beside it (source files): 4" in said
    events = [entry.event for entry in read_log(kept.folder / "audit")]
    assert [one.originals for one in events if isinstance(one, LinkageDestroyed)] == [4, 4]


@pytest.mark.model
@pytest.mark.parametrize("harm", ["lost", "changed", "swapped"])
def test_a_harmed_one_is_told_and_sealed_anew_from_its_source(
    kept: Kept, tmp_path: Path, harm: str
) -> None:
    folder = kept.folder / "linkage" / "originals"
    first, second = sorted(folder.iterdir())[:2]
    match harm:
        case "lost":
            first.unlink()
        case "changed":
            first.write_bytes(first.read_bytes()[:-1] + b"x")
        case "swapped":
            shutil.copyfile(second, first)
    checked = kept.redact("key", "check", kept.folder)
    assert checked.code == 1
    assert "BAD  sealed originals: 3 of 4 open to their source" in checked.out
    refused = kept.redact("restore", kept.folder, "--to", tmp_path / "a")
    assert (refused.code, "sealed original is gone or was changed" in refused.err) == (1, True)
    assert not (tmp_path / "a").exists()
    assert kept.run().code == 0
    assert kept.redact("key", "check", kept.folder).code == 0
    assert kept.sealed() == kept.named()


@pytest.mark.model
def test_what_a_kill_left_there_is_swept_with_the_next_sealing(kept: Kept) -> None:
    folder = kept.folder / "linkage" / "originals"
    stray = folder / f"{'0' * 64}.age"
    stray.write_bytes(b"age-encryption.org/v1\n")
    (folder / "notes.txt").write_text("mine", "utf-8")
    said = kept.redact("key", "check", kept.folder)
    assert "notes.txt" in said.err
    assert f"{stray.name} is of an earlier key or of who withdrew: delete it" in said.out
    renamed = kept.redact("entity", "rename", kept.folder, "[Person 1]", "Boss", "--by", "A. S.")
    assert renamed.code == 0, renamed.err
    assert kept.sealed() == kept.named() | {"notes.txt"}


@pytest.mark.model
def test_nothing_is_sealed_again_for_nothing(kept: Kept) -> None:
    before = tree(kept.folder / "linkage")
    assert kept.run().code == 0
    assert tree(kept.folder / "linkage") == before
