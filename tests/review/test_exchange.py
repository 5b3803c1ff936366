"""Decisions by way of another program: what differs is recorded, another text is refused."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Result, run_redact, tree
from tests.proofs import CALC, passed_over
from tests.reviewed import ONE

LABEL = {"doccano": "d.jsonl", "label-studio": "l.json", "table": "t.csv", "excel": "t.xlsx"}


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

    def bring_in(self, kind: str, path: Path, *more: str) -> Result:
        asked = ("--as", kind, "--by", "CD", "--json", *more)
        return run_redact("decisions", "import", self.study, path, *asked, *self.key)

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
    before = tree(out.study)
    asked = out.bring_in(kind, path)
    assert asked.code == 2
    assert [one["label"] for one in asked.json["uncovers"]] == ["PERSON"]
    assert tree(out.study) == before
    done = out.bring_in(kind, path, "--uncover")
    assert done.code == 0, done.err
    assert (done.json["decisions"], done.json["uncovered"]) == (2, 1)
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
    assert out.bring_in("table", path).code == 2
    assert not (out.study / "rulings.jsonl").exists()
    done = out.bring_in("table", path, "--uncover")
    assert done.json["decisions"] == 3
    assert "Fergus Petrie of [Organisation" in out.safe()


def test_words_that_two_rows_name_are_decided_once(out: Out) -> None:
    """Of a name and a part of it that were both missed the whole one; else the place is told."""
    path = out.export("table")
    rows = rows_of(path)
    blank = dict.fromkeys(rows[0], "")

    def add(*missed: tuple[str, str]) -> Result:
        added = [blank | {"words": words, "decision": label} for words, label in missed]
        write_rows(path, [*rows, *added])
        return out.bring_in("table", path)

    refused = add(("grand", "PLACE"), ("grand", "PERSON"))
    assert refused.code == 2
    assert "two different things of the same words: interview_" in refused.out
    assert "Load the page" not in refused.out
    assert not (out.study / "rulings.jsonl").exists()
    done = add(("the island", "PLACE"), ("leader on the island", "ORG"), ("island", "PLACE"))
    assert done.json["decisions"] == 1
    assert "island" not in out.safe()
    assert "leader on" not in out.safe()


def decide_in_excel(path: Path, said: dict[str, str], added: list[tuple[str, str]]) -> None:
    """As a person does: picks decisions from the list, and writes missed words below."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    names = [cell.value for cell in sheet[1]]
    words, decision = names.index("words"), names.index("decision")
    for row in sheet.iter_rows(min_row=2):
        if row[words].value in said:
            row[decision].value = said[row[words].value]
    for text, label in added:
        sheet.append(
            [text if name == "words" else label if name == "decision" else None for name in names]
        )
    book.save(path)


@pytest.mark.parametrize("through", ["as it is", "LibreOffice"])
def test_a_workbook_is_decided_in_and_missed_names_are_added_to_it(
    out: Out, through: str, request: pytest.FixtureRequest
) -> None:
    path = out.export("excel")
    office = shutil.which("soffice") or "true"
    if through == "LibreOffice":
        made = out.folder / "made"
        subprocess.run(
            [
                office,
                f"-env:UserInstallation={(out.folder / 'office').as_uri()}",
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                made,
                path,
            ],
            check=False,
            capture_output=True,
            timeout=120,
        )
        if not (made / path.name).exists():
            passed_over(request, CALC)
        path = made / path.name
    assert out.bring_in("excel", path).json["decisions"] == 0  # nothing was decided yet
    decide_in_excel(path, {"Fergus Petrie": "no name", "Kilmarnock": "org"}, [("grand", "PLACE")])
    assert out.bring_in("excel", path).code == 2
    done = out.bring_in("excel", path, "--uncover")
    assert (done.code, done.json["decisions"]) == (0, 3), done.err
    assert "Fergus Petrie of [Organisation" in out.safe()
    assert "grand" not in out.safe()


def test_a_workbook_has_a_list_of_decisions_and_runs_nothing(out: Out) -> None:
    sheet = openpyxl.load_workbook(out.export("excel")).active
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1.startswith('"ok,no name,PERSON,')
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_added_words_that_stand_nowhere_are_refused_with_their_row(out: Out) -> None:
    path = out.export("excel")
    decide_in_excel(path, {}, [("Nobody At All", "PERSON")])
    done = out.bring_in("excel", path)
    assert done.code == 1
    assert "row " in done.out
    assert not (out.study / "rulings.jsonl").exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"transcript,sha256\n"])
def test_what_is_no_workbook_is_refused(out: Out, data: bytes) -> None:
    path = out.folder / "broken.xlsx"
    path.write_bytes(data)
    done = out.bring_in("excel", path)
    assert (done.code, "Traceback" in done.err) == (1, False), done.err


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
