"""Decisions by way of another program: what differs is recorded, another text is refused."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Result, run_redact
from tests.review.conftest import ONE

LABEL = {"doccano": "d.jsonl", "label-studio": "l.json", "table": "t.csv"}


@dataclass(frozen=True)
class Out:
    """A study, and where its decisions go and come from."""

    study: Path
    folder: Path
    key: tuple[object, ...]

    def export(self, kind: str) -> Path:
        to = self.folder / LABEL[kind]
        done = run_redact("decisions", "export", self.study, "--as", kind, "--to", to, *self.key)
        assert done.code == 0, done.err
        assert to.stat().st_mode & 0o777 == 0o600
        return to

    def bring_in(self, kind: str, path: Path) -> Result:
        return run_redact("decisions", "import", self.study, path, "--as", kind, "--by", "CD",
                          "--json", *self.key)  # fmt: skip

    def safe(self) -> str:
        return "".join(path.read_text("utf-8") for path in (self.study / "safe").iterdir())


@pytest.fixture
def out(template: Path, tmp_path: Path, passphrase_file: Path) -> Out:
    shutil.copytree(template, tmp_path / "study")
    return Out(tmp_path / "study", tmp_path, ("--passphrase-file", passphrase_file))


def edit_doccano(text: str) -> str:
    rows = [json.loads(line) for line in text.splitlines()]
    for row in rows:
        if row["text"] == ONE:
            start = ONE.index("Fergus Petrie")
            row["label"] = [span for span in row["label"] if span[0] != start]
            start = ONE.index("grand")
            row["label"].append([start, start + 5, "PLACE"])
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def edit_label_studio(text: str) -> str:
    tasks = json.loads(text)
    for task in tasks:
        if task["data"]["text"] == ONE:
            result = task["annotations"][-1]["result"]
            gone = ONE.index("Fergus Petrie")
            kept = [one for one in result if one["value"]["start"] != gone]
            start = ONE.index("grand")
            new = {"start": start, "end": start + 5, "text": "grand", "labels": ["PLACE"]}
            kept.append({"type": "labels", "value": new, "from_name": "label", "to_name": "text"})
            task["annotations"].append({"result": kept})
    return json.dumps(tasks)


@pytest.mark.parametrize(
    ("kind", "edit"), [("doccano", edit_doccano), ("label-studio", edit_label_studio)]
)
def test_what_was_decided_elsewhere_is_recorded(
    out: Out, kind: str, edit: Callable[[str], str]
) -> None:
    path = out.export(kind)
    assert out.bring_in(kind, path).json["decisions"] == 0  # nothing was changed
    path.write_text(edit(path.read_text("utf-8")), "utf-8")
    done = out.bring_in(kind, path)
    assert done.code == 0, done.err
    assert done.json["decisions"] == 2
    assert "Fergus Petrie" in out.safe()
    assert "grand" not in out.safe()
    assert '"by":"CD"' in (out.study / "audit" / "log.jsonl").read_text("utf-8")


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(made.getvalue(), "utf-8-sig")


def test_a_spreadsheet_says_ok_no_name_or_another_kind(out: Out) -> None:
    path = out.export("table")
    rows = rows_of(path)
    said = {"Fergus Petrie": "no name", "Kilmarnock": "org", "Zebedee Quill": "OK"}
    for row in rows:
        row["decision"] = said.get(row["words"], "")
    write_rows(path, rows)
    done = out.bring_in("table", path)
    assert done.json["decisions"] == 3
    assert "Fergus Petrie of [Organisation" in out.safe()


BROKEN: list[tuple[str, Callable[[str], str]]] = [
    ("doccano", lambda text: text.replace("INT: ", "INT:  ")),
    ("doccano", lambda text: text.replace('"PERSON"', '"MORAG"')),
    ("doccano", lambda text: text + "{}\n"),
    ("doccano", lambda text: text.replace('"label": [[', '"label": [[999999, 1000000, "ORG"], [')),
    ("doccano", lambda text: text.replace('"label": [[', '"label": [["1", "2", "ORG"], [')),
    ("label-studio", lambda _: "{}"),
    ("label-studio", lambda text: text.replace('"labels"', '"choices"', 1).replace("INT", "TNI")),
    ("label-studio", lambda text: text.replace('"annotations"', '"predictions"')),
    ("table", lambda text: text.replace(",decision", ",verdict")),
    ("table", lambda text: text.replace('"\r\n', ',ok"\r\n').replace(",\r\n", ",maybe\r\n")),
    ("table", lambda text: text.replace("Fergus", "Angus").replace(",\r\n", ",ok\r\n")),
    ("table", lambda text: "x" * 200_000 + text),
]


@pytest.mark.parametrize(("kind", "broken"), BROKEN)
def test_of_a_file_with_one_wrong_line_nothing_is_recorded(
    out: Out, kind: str, broken: Callable[[str], str]
) -> None:
    path = out.export(kind)
    before = (out.study / "audit" / "log.jsonl").read_bytes()
    path.write_bytes(broken(path.read_bytes().decode("utf-8")).encode("utf-8"))
    done = out.bring_in(kind, path)
    assert done.code in (1, 2), done.out
    assert str(path.name) in done.out + done.err
    assert not any(name in done.out + done.err for name in ("Morag", "Fergus", "Traceback"))
    assert not (out.study / "rulings.jsonl").exists()
    assert (out.study / "audit" / "log.jsonl").read_bytes() == before


def test_originals_go_nowhere_into_the_study_and_over_no_file(out: Out) -> None:
    for to in (out.study / "out.jsonl", out.study / "safe" / "x.jsonl", out.export("doccano")):
        done = run_redact("decisions", "export", out.study, "--as", "doccano", "--to", to, *out.key)
        assert done.code == 2
