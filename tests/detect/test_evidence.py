"""A name seen once is a name everywhere, and words that are names too stay words."""

import pytest

from redact.core import RosterEntry
from redact.detect.detector import detect
from redact.policy import Policy
from tests.detect.mentions import surfaces, transcript


@pytest.mark.model
def test_a_name_found_in_one_transcript_is_found_in_all_of_them(safe_copy: Policy) -> None:
    clear = "INT: Who is that?\nP01: That is Agnieszka Wrona from Kilmarnock.\n"
    low = "int: who came\np01: eh agnieszka's pal wrona came doon fae kilmarnock\n"
    detections = detect((transcript(clear, "a"), transcript(low, "b")), safe_copy)
    assert surfaces(detections[1], low) == ["agnieszka", "wrona", "kilmarnock"]


@pytest.mark.model
def test_names_that_are_words_are_told_from_the_words(safe_copy: Policy) -> None:
    text = (
        "INT: Is it Will Dunlop or Hope Imrie?\n"
        "P01: I will hope so. I saw Will at work. Will is grand. Mark my words. Will you come? "
        "We hope that Hope will stay.\n"
    )
    roster = (
        RosterEntry(row=2, kind="PERSON", name="Will Dunlop", aliases=("Will",)),
        RosterEntry(row=3, kind="PERSON", name="Hope Imrie", aliases=("Hope",)),
    )
    (detection,) = detect((transcript(text, "a"),), safe_copy, roster)
    people = surfaces(detection, text, "PERSON")
    assert people == ["Will Dunlop", "Hope Imrie", "Will", "Will", "Hope"]
    left = [text[k.start : k.end] for k in detection.kept if k.reason == "ordinary_word"]
    assert left == ["will", "hope", "Will", "hope", "will"]


@pytest.mark.model
def test_a_longer_name_around_a_kept_one_is_found_where_the_models_do_not_see_it(
    safe_copy: Policy,
) -> None:
    texts = (
        "INT: Where?\nP01: She bides in East Scotland Bay, near East Scotland Bay Road.\n",
        "int: and\np02: eh that's what she wanted up by east scotland bay\n",
        "INT: And?\nP03: It was all over Scotland.\n",
    )
    roster = (RosterEntry(row=2, kind="PLACE", name="East Scotland Bay"),)
    transcripts = tuple(transcript(text, f"d{n}") for n, text in enumerate(texts))
    found = detect(transcripts, safe_copy, roster)
    assert "east scotland bay" in surfaces(found[1], texts[1])
    assert surfaces(found[2], texts[2]) == []


@pytest.mark.model
def test_an_acronym_is_not_the_short_name_it_is_spelled_like(safe_copy: Policy) -> None:
    texts = (
        "INT: Who helps?\nP01: Pa Vue does. Pa came on Monday, and Mrs Vue thanked Pa.\n",
        "INT: And here?\nP02: Tam is her PA, her personal assistant. We want a PA for him.\n",
        "int: and who came\np03: eh pa came and that was that\n",
        "INT: Who?\nP04: JM, that's Jean Moir. I rang JM.\n",
    )
    roster = (
        RosterEntry(row=2, kind="PERSON", name="Pa Vue"),
        RosterEntry(row=3, kind="PERSON", name="Jean Moir", aliases=("JM",)),
    )
    transcripts = tuple(transcript(text, f"d{n}") for n, text in enumerate(texts))
    found = detect(transcripts, safe_copy, roster)
    assert "PA" not in surfaces(found[1], texts[1])
    kept = [(texts[1][k.start : k.end], k.reason) for k in found[1].kept]
    assert kept.count(("PA", "ordinary_word")) == 2
    assert "pa" in surfaces(found[2], texts[2], "PERSON")
    assert surfaces(found[3], texts[3], "PERSON").count("JM") == 2


@pytest.mark.model
def test_a_small_word_that_a_longer_reading_lets_go_of_is_a_recorded_decision(
    safe_copy: Policy,
) -> None:
    texts = (
        "INT: Who?\nP01: See Sandy came, See Sandy is my pal. I told See so.\n",
        "INT: And?\nP02: You can see Sandy Valley from the window.\n",
    )
    roster = (
        RosterEntry(row=2, kind="PERSON", name="See Sandy", aliases=("See",)),
        RosterEntry(row=3, kind="PLACE", name="Sandy Valley"),
    )
    transcripts = tuple(transcript(text, f"d{n}") for n, text in enumerate(texts))
    found = detect(transcripts, safe_copy, roster)[1]
    assert surfaces(found, texts[1]) == ["Sandy Valley"]
    assert ("see", "ordinary_word") in [(texts[1][k.start : k.end], k.reason) for k in found.kept]
