"""Gold in the forms of other tools, and faulty gold refused by its line."""

from pathlib import Path

import pytest

from redact.errors import BadInput
from redact.evaluate.gold import GoldDocument, GoldSpan, lowered, read_gold

FORMS: dict[str, tuple[str, str]] = {
    "own": (
        "gold.jsonl",
        '{"id": "a", "text": "Ask Morag", "spans": [{"start": 4, "end": 9, "label": "PERSON"}]}\n',
    ),
    "doccano": ("gold.jsonl", '{"id": 1, "text": "Ask Morag", "label": [[4, 9, "PER"]]}\n'),
    "prodigy": (
        "gold.jsonl",
        '{"text": "Ask Morag", "_input_hash": 1, "spans": [{"start": 4, "end": 9, "label":'
        ' "PERSON", "token_start": 1}]}\n',
    ),
    "label studio": (
        "gold.json",
        '[{"id": 7, "data": {"text": "Ask Morag"}, "annotations": [{"result": [{"value": '
        '{"start": 4, "end": 9, "text": "Morag", "labels": ["PERSON"]}, "type": "labels"}]}]}]',
    ),
    "brat": ("a.ann", "T1\tPERSON 4 9\tMorag\nA1\tSure T1\n"),
}


@pytest.mark.parametrize("form", FORMS)
def test_gold_is_read_in_the_forms_of_other_tools(form: str, tmp_path: Path) -> None:
    name, content = FORMS[form]
    (tmp_path / name).write_text(content, "utf-8")
    (tmp_path / "a.txt").write_text("Ask Morag", "utf-8")
    (document,) = read_gold(tmp_path / name)
    assert (document.text, document.spans) == (
        "Ask Morag",
        (GoldSpan(start=4, end=9, label="PERSON"),),
    )


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"text": "a"}',
        '{"text": "a", "spans": [{"start": 0, "end": 2, "label": "PERSON"}]}',
        '{"text": "a", "spans": [{"start": 0, "end": 1, "label": "WIZARD"}]}',
        '{"text": "a", "spans": [{"start": "0", "end": 1, "label": "PERSON"}]}',
        "[1]",
    ],
)
def test_faulty_gold_is_refused_by_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(BadInput, match=r"gold\.jsonl"):
        read_gold(path)


def test_lower_case_keeps_offsets() -> None:
    document = GoldDocument(
        id="a", text="İn Leith", spans=(GoldSpan(start=3, end=8, label="PLACE"),)
    )
    low = lowered(document)
    assert len(low.text) == len(document.text)
    assert low.text[3:8] == "leith"
