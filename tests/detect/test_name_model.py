"""The name model: found without case, the same on every run, refused when altered."""

import shutil
from pathlib import Path

import pytest

from redact.core import Source
from redact.detect.confidence import is_weighed
from redact.detect.detector import detect
from redact.detect.name_model import OURS, NameModel, NameModelRecognizer, name_recognizer
from redact.detect.operating_points import LEAST
from redact.detect.presidio import GLINER_LABELS
from redact.detect.spacy_model import load_gliner
from redact.errors import UsageError
from redact.policy import Detect, Policy
from tests.detect.mentions import transcript

TALK = "so {} was the one who drove her to {} because nobody at {} would answer the phone"
CASES = [
    ("agnieszka kowalczyk", "galashiels", "harbour light outreach"),
    ("abdirahman warsame", "hamtramck", "st brendan's hospital"),
    ("xiomara delgadillo", "stornoway", "east neuk carers"),
]


def found(text: str) -> dict[str, str]:
    recognizer = name_recognizer("")
    assert recognizer is not None
    mentions = recognizer.find(transcript(text, "a")).mentions
    return {text[m.start : m.end]: m.label for m in mentions}


@pytest.mark.model
@pytest.mark.parametrize(("person", "place", "org"), CASES)
def test_names_are_found_without_case_or_stops(person: str, place: str, org: str) -> None:
    names = found(TALK.format(person, place, org))
    said = " ".join(names)
    assert all(word in said for word in (*person.split(), place))
    assert any(word in said for word in org.split())


@pytest.mark.model
def test_talk_without_a_name_gives_none() -> None:
    text = "well i hope so and i will mark it on the rota in the summer if the van is mended"
    assert found(text) == {}


@pytest.mark.model
def test_a_long_text_is_read_whole_and_alike_on_every_run() -> None:
    line = TALK.format(*CASES[0]) + "\n"
    text = line * 60
    recognizer = NameModelRecognizer(NameModel(OURS))
    first = recognizer.find(transcript(text, "a"))
    again = NameModelRecognizer(NameModel(OURS)).find(transcript(text, "a"))
    assert first == again == recognizer.find(transcript(text, "a"))
    covered = [False] * len(text)
    for mention in first.mentions:
        covered[mention.start : mention.end] = [True] * (mention.end - mention.start)
    for name in CASES[0][:2]:
        places = [at for at in range(len(text)) if text.startswith(name, at)]
        assert len(places) == 60
        assert all(covered[at] and covered[at + len(name) - 1] for at in places)
    assert all(text[at].isalnum() and 0 <= share <= 1 for at, share in first.likely.items())


@pytest.mark.model
@pytest.mark.parametrize("text", ["", "   \n", "…—…", "a"])
def test_texts_with_nothing_in_them(text: str) -> None:
    assert found(text) == {}


@pytest.mark.model
def test_a_higher_bar_finds_no_more_and_every_score_is_over_it() -> None:
    text = "\n".join(TALK.format(*case) for case in CASES) + " and Thistle at the Plumbing Expo"
    before: set[int] | None = None
    for recall in ("high", "balanced", "precise"):
        policy = Policy(name="test", version="1", detect=Detect(recall=recall))
        (detection,) = detect((transcript(text, "a"),), policy)
        names = [m for m in detection.mentions if is_weighed(m) and Source.CORPUS not in m.sources]
        assert all(m.score >= LEAST[recall] for m in names)
        covered = {at for m in detection.mentions for at in range(m.start, m.end)}
        assert before is None or covered <= before
        before = covered


@pytest.mark.model
def test_an_altered_or_absent_model_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(OURS, copy)
    tokens = copy / "tokenizer.json"
    tokens.write_bytes(tokens.read_bytes() + b"\n")
    with pytest.raises(UsageError, match=r"tokenizer\.json"):
        NameModel(copy)
    with pytest.raises(UsageError, match="no name model"):
        NameModel(tmp_path)


def test_a_policy_may_do_without() -> None:
    assert name_recognizer("none") is None


def test_a_gliner_model_is_looked_with_only_if_it_is_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no GLiNER model here"):
        load_gliner(str(tmp_path / "absent"), GLINER_LABELS)
    (tmp_path / "gliner_config.json").write_text("{}", "utf-8")
    with pytest.raises(UsageError, match="GLiNER model"):
        load_gliner(str(tmp_path), GLINER_LABELS)
