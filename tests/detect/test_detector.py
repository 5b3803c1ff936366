"""Detection as a whole: a name seen once is a name everywhere, and words stay words."""

from itertools import pairwise

import pytest

from redact.detect.detector import detect
from redact.policy import Policy
from tests.conftest import examples
from tests.detect.fuzz import fuzz
from tests.detect.mentions import surfaces, transcript


@pytest.mark.model
def test_every_place_of_a_known_form_is_either_a_mention_or_a_recorded_decision(
    safe_copy: Policy, gold: list[dict[str, object]]
) -> None:
    texts = {str(row["id"]): str(row["text"]) for row in gold[:4]}
    transcripts = tuple(transcript(text, name) for name, text in texts.items())
    for detection in detect(transcripts, safe_copy):
        spans = sorted(
            [(m.start, m.end) for m in detection.mentions]
            + [(k.start, k.end) for k in detection.kept]
        )
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.model
def test_workers_and_one_process_give_the_same(
    safe_copy: Policy, gold: list[dict[str, object]]
) -> None:
    transcripts = tuple(transcript(str(r["text"]), str(r["id"])) for r in gold[:3])
    assert detect(transcripts, safe_copy, workers=2) == detect(transcripts, safe_copy)


@pytest.mark.model
def test_the_order_of_the_transcripts_changes_nothing(
    safe_copy: Policy, gold: list[dict[str, object]]
) -> None:
    transcripts = [transcript(str(r["text"]), str(r["id"])) for r in gold[:8]]
    in_order = {one.transcript: one for one in detect(tuple(transcripts), safe_copy)}
    for other in (
        transcripts[::-1],
        transcripts[3:] + transcripts[:3],
        [*transcripts[1::2], *transcripts[::2]],
    ):
        assert {one.transcript: one for one in detect(tuple(other), safe_copy)} == in_order


@pytest.mark.model
def test_identifiers_of_both_nations_are_found(safe_copy: Policy) -> None:
    text = (
        "INT: Details?\nP01: Write to dana.ortiz@harborbridge.example or 07700 900 123. My "
        "National Insurance is AB 12 34 56 C, the social is 987-65-4320, I'm at EH6 6QQ, and "
        "the site is https://prairielantern.example/people.\n"
    )
    (detection,) = detect((transcript(text, "a"),), safe_copy)
    labels = {text[m.start : m.end]: (m.label, m.kind) for m in detection.mentions}
    assert labels["dana.ortiz@harborbridge.example"][0] == "EMAIL"
    assert labels["07700 900 123"][0] == "PHONE"
    assert labels["AB 12 34 56 C"] == ("ID", "National Insurance number")
    assert labels["987-65-4320"] == ("ID", "Social Security number")
    assert labels["EH6 6QQ"] == ("ID", "postcode")
    assert any(label == "URL" for label, _ in labels.values())


@pytest.mark.model
def test_a_long_transcript_is_read_whole(safe_copy: Policy) -> None:
    filler = "INT: And then?\nP01: Well, we went on with it as we always do, you know.\n"
    text = filler * 1_500 + "P01: It was Agnieszka Wrona.\n"
    (detection,) = detect((transcript(text, "a"),), safe_copy)
    assert surfaces(detection, text)[-1] == "Agnieszka Wrona"


@pytest.mark.model
def test_mutated_transcripts_are_made_safe_or_refused_in_a_line() -> None:
    assert fuzz(examples(0.2)) == (0, "")
