"""Detection as a whole: a name seen once is a name everywhere, and words stay words."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from redact.core import Detection, RosterEntry, Transcript
from redact.detect.detector import detect
from redact.detect.spacy_model import check_metadata, load_model
from redact.errors import UsageError
from redact.policy import Policy
from redact.transcript.turns import read_structure


def transcript(name: str, text: str) -> Transcript:
    return Transcript(name, text, read_structure(text).turns)


def surfaces(detection: Detection, text: str, label: str = "") -> list[str]:
    return [text[m.start : m.end] for m in detection.mentions if label in ("", m.label)]


@pytest.mark.model
def test_a_name_found_in_one_transcript_is_found_in_all_of_them(safe_copy: Policy) -> None:
    clear = "INT: Who is that?\nP01: That is Agnieszka Wrona from Kilmarnock.\n"
    low = "int: who came\np01: eh agnieszka's pal wrona came doon fae kilmarnock\n"
    detections = detect((transcript("a", clear), transcript("b", low)), safe_copy)
    assert surfaces(detections[1], low) == ["agnieszka", "wrona", "kilmarnock"]


@pytest.mark.model
def test_names_that_are_words_are_told_from_the_words(safe_copy: Policy) -> None:
    text = (
        "INT: Is it Will Dunlop or Hope Imrie?\n"
        "P01: I will hope so. I saw Will at work. Will is grand. Mark my words. Will you come? "
        "We hope that Hope will stay.\n"
    )
    roster = (
        RosterEntry(2, "PERSON", "Will Dunlop", ("Will",)),
        RosterEntry(3, "PERSON", "Hope Imrie", ("Hope",)),
    )
    (detection,) = detect((transcript("a", text),), safe_copy, roster)
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
    roster = (RosterEntry(2, "PLACE", "East Scotland Bay"),)
    transcripts = tuple(transcript(f"d{n}", text) for n, text in enumerate(texts))
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
    roster = (RosterEntry(2, "PERSON", "Pa Vue"),
              RosterEntry(3, "PERSON", "Jean Moir", ("JM",)))  # fmt: skip
    transcripts = tuple(transcript(f"d{n}", text) for n, text in enumerate(texts))
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
    roster = (RosterEntry(2, "PERSON", "See Sandy", ("See",)),
              RosterEntry(3, "PLACE", "Sandy Valley"))  # fmt: skip
    transcripts = tuple(transcript(f"d{n}", text) for n, text in enumerate(texts))
    found = detect(transcripts, safe_copy, roster)[1]
    assert surfaces(found, texts[1]) == ["Sandy Valley"]
    assert ("see", "ordinary_word") in [(texts[1][k.start : k.end], k.reason) for k in found.kept]


@pytest.mark.model
def test_every_place_of_a_known_form_is_either_a_mention_or_a_recorded_decision(
    safe_copy: Policy, gold: list[dict[str, object]]
) -> None:
    texts = {str(row["id"]): str(row["text"]) for row in gold[:4]}
    transcripts = tuple(transcript(name, text) for name, text in texts.items())
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
    transcripts = tuple(transcript(str(r["id"]), str(r["text"])) for r in gold[:3])
    assert detect(transcripts, safe_copy, workers=2) == detect(transcripts, safe_copy)


@pytest.mark.model
def test_identifiers_of_both_nations_are_found(safe_copy: Policy) -> None:
    text = (
        "INT: Details?\nP01: Write to dana.ortiz@harborbridge.example or 07700 900 123. My "
        "National Insurance is AB 12 34 56 C, the social is 987-65-4320, I'm at EH6 6QQ, and "
        "the site is https://prairielantern.example/people.\n"
    )
    (detection,) = detect((transcript("a", text),), safe_copy)
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
    (detection,) = detect((transcript("a", text),), safe_copy)
    assert surfaces(detection, text)[-1] == "Agnieszka Wrona"


def test_the_model_must_be_the_one_that_was_measured(tmp_path: Path) -> None:
    meta = {"lang": "en", "name": "core_web_md", "version": "3.7.0", "license": "MIT"}
    (tmp_path / "meta.json").write_text(json.dumps({**meta, "pipeline": ["ner"]}), "utf-8")
    with pytest.raises(UsageError, match="not en_core_web_md"):
        check_metadata(tmp_path)


def test_a_policy_may_name_another_installed_model_or_hear_that_it_is_absent(
    tmp_path: Path,
) -> None:
    import spacy

    other = spacy.blank("en")
    other.add_pipe("ner").add_label("PERSON")  # type: ignore[attr-defined]
    other.initialize()
    other.to_disk(tmp_path / "model")
    assert load_model(str(tmp_path / "model")).pipe_names == ["ner"]
    with pytest.raises(UsageError, match="not installed"):
        load_model("no_such_model")
