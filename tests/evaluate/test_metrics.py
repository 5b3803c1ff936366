"""The figures against cases counted by hand, and against another implementation."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from redact.evaluate.gold import GoldDocument, GoldSpan
from redact.evaluate.metrics import Predicted, evaluate
from tests.conftest import Result

TEXT = "Morag MacLeod of Leith, at the NHS. Morag is 83."


#       0     6          17        31       36       45


def gold_document() -> GoldDocument:
    return GoldDocument(
        id="a",
        text=TEXT,
        spans=(
            GoldSpan(start=0, end=13, label="PERSON", entity="p1"),
            GoldSpan(start=17, end=22, label="PLACE", entity="l1"),
            GoldSpan(start=31, end=34, label="KEEP"),
            GoldSpan(start=36, end=41, label="PERSON", entity="p1"),
            GoldSpan(start=45, end=47, label="AGE", entity="a1"),
        ),
    )


def values(*predicted: tuple[int, int, str, str]) -> dict[str, dict[str, float | None]]:
    figures = evaluate(
        [gold_document()],
        {
            "a": tuple(
                Predicted(start=start, end=end, label=label, entity=entity)
                for start, end, label, entity in predicted
            )
        },
    )
    return {m: {k: f.value for k, f in by.items()} for m, by in figures.items()}


def test_a_perfect_prediction_is_one_everywhere() -> None:
    found = values(
        (0, 13, "PERSON", "x"),
        (17, 22, "PLACE", "y"),
        (36, 41, "PERSON", "x"),
        (45, 47, "AGE", "z"),
    )
    for metric, by_label in found.items():
        wrong = metric in ("false merges", "silent merges", "splits") or metric.startswith(
            ("wrong entity", "second entity")
        )
        assert set(by_label.values()) == {0.0 if wrong else 1.0}


def test_two_touching_spans_cover_a_name_and_the_label_is_judged_apart() -> None:
    found = values((0, 5, "PERSON", "x"), (6, 13, "ORG", "y"), (36, 41, "ORG", "y"))
    assert found["covered"] == {"PERSON": 1.0, "PLACE": 0.0, "AGE": 0.0, "ALL": 0.5}
    assert found["right"]["PERSON"] == 0.5
    assert found["entity"]["PERSON"] == 1.0
    assert found["strict F1"]["PERSON"] == 0.0


def test_one_letter_left_is_not_covered() -> None:
    found = values((0, 12, "PERSON", "x"), (36, 41, "PERSON", "x"))
    assert found["covered"]["PERSON"] == 0.5
    assert found["entity"]["PERSON"] == 0.0


def test_precision_counts_letters_and_only_annotated_labels() -> None:
    # "Morag MacLeod of": 12 of its 14 letters are gold's; the phone number is not annotated.
    found = values((0, 16, "PERSON", "x"), (24, 26, "PHONE", "y"))
    assert found["precision"]["ALL"] == pytest.approx(12 / 14)


def test_a_touched_kept_body_is_counted() -> None:
    assert values((27, 34, "ORG", "x"))["kept"] == {"KEEP": 0.0}
    assert values((0, 13, "PERSON", "x"))["kept"] == {"KEEP": 1.0}


def test_b_cubed_by_hand() -> None:
    """Gold {1,2,3}{4}; found {1,2}{3,4}: precision (1+1+1/2+1/2)/4, recall (2/3+2/3+1/3+1)/4."""
    spans = tuple(
        GoldSpan(start=n, end=n + 1, label="PERSON", entity="p" if n < 3 else "q") for n in range(4)
    )
    found = tuple(
        Predicted(start=n, end=n + 1, label="PERSON", entity="x" if n < 2 else "y")
        for n in range(4)
    )
    figures = evaluate([GoldDocument(id="a", text="abcd", spans=spans)], {"a": found})
    assert figures["link precision"]["PERSON"].value == pytest.approx(3 / 4)
    assert figures["link recall"]["PERSON"].value == pytest.approx(2 / 3)
    assert figures["link F1"]["PERSON"].value == pytest.approx(12 / 17)
    assert figures["false merges"]["PERSON"].value == pytest.approx(1 / 2)  # y holds both
    assert figures["splits"]["PERSON"].value == pytest.approx(1 / 2)  # p is under x and y
    assert figures["silent merges"]["PERSON"].value == pytest.approx(1 / 2)
    assert figures["wrong entity"]["PERSON"].value == pytest.approx(1 / 4)  # of y, the p or the q
    assert figures["second entity"]["PERSON"].value == pytest.approx(1 / 4)  # the p under y


def test_what_is_astray_within_a_transcript_is_told_from_what_is_so_across() -> None:
    """Of p two mentions in a are x, one y; in b it is z: one is in a second there, one across."""
    documents = [
        GoldDocument(
            id=name,
            text="abc",
            spans=tuple(
                GoldSpan(start=n, end=n + 1, label="PERSON", entity="p") for n in range(size)
            ),
        )
        for name, size in (("a", 3), ("b", 1))
    ]
    entities = {"a": "xxy", "b": "z"}
    found = {
        name: tuple(
            Predicted(start=n, end=n + 1, label="PERSON", entity=entity)
            for n, entity in enumerate(said)
        )
        for name, said in entities.items()
    }
    figures = evaluate(documents, found)
    parts = {
        where: figures[f"second entity{where}"]["PERSON"].part
        for where in ("", " within", " across")
    }
    assert parts == {"": 2, " within": 1, " across": 1}
    assert figures["wrong entity within"]["PERSON"].part == 0


def test_a_merge_that_is_asked_about_is_not_silent() -> None:
    spans = tuple(GoldSpan(start=n, end=n + 1, label="PERSON", entity="pq"[n]) for n in range(2))
    found = tuple(
        Predicted(start=n, end=n + 1, label="PERSON", entity="x", asked=True) for n in range(2)
    )
    figures = evaluate([GoldDocument(id="a", text="ab", spans=spans)], {"a": found})
    assert figures["false merges"]["PERSON"].value == 1.0
    assert figures["silent merges"]["PERSON"].value == 0.0


def test_intervals_hold_the_figure_and_narrow_with_more_documents() -> None:
    def spread(count: int) -> float:
        documents, predicted = [], {}
        for number in range(count):
            documents.append(
                GoldDocument(
                    id=str(number),
                    text="ab cd",
                    spans=(
                        GoldSpan(start=0, end=2, label="PERSON"),
                        GoldSpan(start=3, end=5, label="PERSON"),
                    ),
                )
            )
            predicted[str(number)] = (
                (Predicted(start=0, end=2, label="PERSON"),) if number % 2 else ()
            )
        figure = evaluate(documents, predicted)["covered"]["PERSON"]
        assert figure.low is not None
        assert figure.high is not None
        assert figure.value == 0.25
        assert figure.low <= figure.value <= figure.high
        return figure.high - figure.low

    assert spread(400) < spread(20)


def test_strict_f1_agrees_with_nervaluate() -> None:
    from nervaluate import Evaluator

    chance = random.Random(5)  # noqa: S311
    labels = ["PERSON", "PLACE", "ORG"]

    def draw() -> list[tuple[int, int, str]]:
        edges = sorted(chance.sample(range(60), 16))
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return [(s, e, chance.choice(labels)) for s, e in pairs]

    documents, predicted, theirs_gold, theirs_found = [], {}, [], []
    for number in range(25):
        gold = draw()
        found = [span for span in gold if chance.random() < 0.5] or draw()
        documents.append(
            GoldDocument(
                id=str(number),
                text="x" * 60,
                spans=tuple(GoldSpan(start=s, end=e, label=k) for s, e, k in gold),
            )
        )
        predicted[str(number)] = tuple(Predicted(start=s, end=e, label=k) for s, e, k in found)
        theirs_gold.append([{"start": s, "end": e, "label": k} for s, e, k in gold])
        theirs_found.append([{"start": s, "end": e, "label": k} for s, e, k in found])
    ours = evaluate(documents, predicted)["strict F1"]
    theirs = Evaluator(theirs_gold, theirs_found, tags=labels, loader="dict").evaluate()
    assert ours["ALL"].value == pytest.approx(theirs["overall"]["strict"].f1, abs=1e-9)


@pytest.mark.model
def test_the_command_measures_the_samples(
    redact: Callable[..., Result], tmp_path: Path, gold: list[dict[str, Any]]
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in gold[:3]), "utf-8")
    page = tmp_path / "errors.html"
    result = redact("evaluate", path, "--policy", "safe-copy", "--errors", page, "--json")
    assert result.code == 0, result.err
    covered = result.json["figures"]["covered"]
    assert covered["PERSON"]["value"] > 0.9
    assert covered["PERSON"]["low"] <= covered["PERSON"]["value"] <= covered["PERSON"]["high"]
    assert page.stat().st_mode & 0o077 == 0
    low = redact("evaluate", path, "--policy", "safe-copy", "--lower")
    assert "covered" in low.out
