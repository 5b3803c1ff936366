"""How a study stands, in counts: what people decided counts at once, and no word is told."""

from redact.review.decide import decide
from redact.review.overview import overview
from redact.review.settle import settle
from tests.review.conftest import Made, place


def test_counts_follow_what_people_decide(made: Made) -> None:
    before = overview(made.desk())
    assert (before.transcripts, sum(before.nations.values()), before.settled) == (1, 1, 0)
    assert before.mentions["PERSON"] >= before.entities["PERSON"] > 0
    assert "Haldane" not in repr(before)
    decide(made.desk(), (place("Morag Haldane", None),), "AB", -1)
    after = overview(made.desk())
    assert after.mentions["PERSON"] == before.mentions["PERSON"] - 1
    made.safe()
    settle(made.desk(), (), "AB", "read it")
    assert overview(made.desk()).settled == 1


def test_transcripts_without_a_row_are_counted(made: Made) -> None:
    counts = overview(made.desk())
    assert (counts.without_row, counts.rows_without_file) == (1, 0)
