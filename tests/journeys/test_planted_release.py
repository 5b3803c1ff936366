"""Five hundred and more direct identifiers in every odd place: a release has none of them.

The search here is not the gate's: zips are opened, entities read, accents and cases dropped, and
the bytes taken as UTF-8, UTF-16 and Latin-1, names of files included.
"""

from __future__ import annotations

import html
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from tests.conftest import run_redact
from tests.formats.test_planted import everywhere

NAMES = ("Morag", "Máire Nic Dhòmhnaill", "O’Hara")
# Ofcom's numbers for drama, 555-01xx, areas that SSA never issues, RFC 2606's domains.
LINES = (
    "R: Ring me on 01632 9600{n:02d}, or 07700 9001{n:02d}.",
    "R: My cell is (212) 555-01{n:02d}, write to zq{n:02d}@example.org.",
    "R: The social is 900-12-34{n:02d}, if they ask.",
)
SOUGHT = (
    "morag",
    "dhomhnaill",
    "o'hara",
    "ohara",
    "016329600",
    "077009001",
    "2125550",
    "555-01",
    "@example.org",
    "900-12-34",
)


def everything(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Each part of a file as text, in every way it may be read."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for part in packed.infolist():
                yield from everything(f"{name}/{part.filename}", packed.read(part))
            yield name, packed.comment.decode("latin-1")
    for encoding in ("utf-8", "utf-16-le", "latin-1"):
        text = html.unescape(data.decode(encoding, "replace"))
        plain = unicodedata.normalize("NFKD", text)
        bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
        bare = bare.replace("’", "'")
        yield name, bare
        yield name, bare.replace(" ", "").replace("(", "").replace(")", "").replace("-", "")


@pytest.mark.model
def test_of_more_than_500_planted_identifiers_none_is_released(
    tmp_path: Path, passphrase_file: Path
) -> None:
    talks = tmp_path / "talks"
    talks.mkdir()
    planted = 0
    for name in NAMES:
        for _, file, data in everywhere(name):
            planted += 1
            stem = f"{name.replace(' ', '_')}-{planted:03d}"
            (talks / f"{stem}{Path(file).suffix}").write_bytes(data)
    for number in range(1, 21):
        lines = [line.format(n=number) for line in LINES]
        planted += 5
        text = "INT: How do I reach you?\n" + "\n".join(lines) + "\n"
        (talks / f"talk {number:02d}.txt").write_text(text, "utf-8")
    assert planted >= 500
    roster = tmp_path / "roster.csv"
    roster.write_text("kind,name\n" + "".join(f"PERSON,{name}\n" for name in NAMES), "utf-8")
    study, key = tmp_path / "study", ("--passphrase-file", passphrase_file)
    done = run_redact(
        "run", talks, "--policy", "archive-deposit", "--out", study, "--roster", roster, *key
    )
    assert done.code == 3, done.err
    assert run_redact("settle", study, "--by", "AB", *key).code == 0
    done = run_redact("release", study, *key)
    assert done.code == 0, done.err
    bag = study / "release" / "archive-deposit-01"
    files = [path for path in bag.rglob("*") if path.is_file()]
    assert len(files) > 500
    left = []
    for path in files:
        read = [*everything(path.name, path.read_bytes()), ("its name", path.name.casefold())]
        left += [(sought, where) for where, text in read for sought in SOUGHT if sought in text]
    assert left == []


def test_this_search_does_find_what_was_planted() -> None:
    missing = [
        (place, file)
        for place, file, data in everywhere("Morag")
        if not any("morag" in text for _, text in everything(file, data))
        and file.rpartition(".")[2] not in ("pdf", "rtf")  # their own ways to write letters
    ]
    assert len(missing) < 20, missing


@pytest.mark.model
def test_a_font_s_name_stays_and_a_style_s_is_made_anew(
    tmp_path: Path, passphrase_file: Path
) -> None:
    """Word's own theme has fonts and scripts called Euphemia, Georgia and Hans; a style is ours."""
    talk = docx.Document()
    talk.add_paragraph("I: Who helps you?")
    talk.styles.add_style("Ishbel Quill", WD_STYLE_TYPE.PARAGRAPH)
    talk.add_paragraph(
        "R: Euphemia Quill does, and Hans Petrie, and Ishbel Quill.", style="Ishbel Quill"
    )
    (tmp_path / "talks").mkdir()
    talk.save(str(tmp_path / "talks" / "a.docx"))
    done = run_redact(
        "run",
        tmp_path / "talks",
        "--policy",
        "safe-copy",
        "--out",
        tmp_path / "study",
        "--passphrase-file",
        passphrase_file,
    )
    assert done.code == 0, done.err
    (safe,) = (tmp_path / "study" / "safe").iterdir()
    assert not [name for name, text in everything("a", safe.read_bytes()) if "ishbel" in text]
    style = docx.Document(str(safe)).paragraphs[1].style
    assert style is not None
    assert str(style.name).startswith("Style ")
