"""What people call an organisation for short, also where no capital says so."""

from redact.detect.confidence import Likely
from redact.detect.short_names import SaidShort, short_names
from tests.detect.mentions import transcript

TEXT = (
    "i work at the tideway it used to be tideway families and the tideway pays me\n"
    "so i walked up the hill and the tideway had gone home\n"
)


def likely(share: float, *words: str) -> Likely:
    starts = [at for word in words for at in range(len(TEXT)) if TEXT.startswith(word, at)]
    return dict.fromkeys(starts, share)


def test_the_words_that_open_a_name_are_a_short_name_unless_somebody_or_a_town_has_them() -> None:
    assert short_names([("tideway", "families")]) == {("tideway",)}
    assert short_names([("leith", "families"), ("morag", "house")]) == set()


def test_a_word_that_mostly_is_a_name_behind_the_is_one_behind_any_the() -> None:
    said = SaidShort([(transcript(TEXT), likely(0.3, "tideway"))])
    assert said.among([("tideway", "families"), ("hill", "house")]) == {"tideway"}
    assert said.is_name(transcript(TEXT), TEXT.index("tideway"), "tideway", 0.02)
    assert not said.is_name(transcript(TEXT), TEXT.index("tideway families"), "tideway", 0.9)
    assert not said.is_name(transcript(TEXT), TEXT.index("hill"), "hill", 0.02)


def test_with_capitals_nothing_is_a_name_for_the_article_alone() -> None:
    text = "INT: Where do you work?\nP01: At the tideway, or so I say. The tideway pays.\n"
    said = SaidShort([(transcript(text), dict.fromkeys(range(len(text)), 0.9))])
    assert said.among([("tideway", "families")]) == set()
    assert not said.is_name(transcript(text), text.index("tideway"), "tideway", 0.9)
