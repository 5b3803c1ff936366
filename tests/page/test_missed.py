"""What nothing caught is a capital, a rare word or a number; a mention is not missed."""

from redact.core import Mention, Place, Source
from redact.page.missed import missed_words, rare_words, second_look
from tests.page.shown import TEXT, shown


def test_what_was_missed_is_a_capital_a_rare_word_or_a_number() -> None:
    def known(word: str) -> bool:
        return word not in ("zorbalot", "gubernator", "aye")

    assert [row.words for row in missed_words(shown(), known)] == ["Aye", "Zorbalot"]
    assert [row.words for row in rare_words(shown(), known)] == ["4512", "gubernator"]
    start = TEXT.index("Zorbalot")
    caught = (
        Mention(
            place=Place.at("D1", start, start + 8),
            label="PLACE",
            score=0.9,
            sources=(Source.GAZETTEER,),
        ),
    )
    assert "Zorbalot" not in [row.words for row in missed_words(shown(TEXT, caught), known)]


def test_the_second_look_sees_what_no_mention_accounts_for() -> None:
    text = "INT: Who?\nR: I met Morag Haldane there. Later Morag Haldane left.\n"
    (row,) = second_look(shown(text))
    assert (row.words, len(row.places), row.in_texts) == ("Morag Haldane", 2, 1)
    caught = tuple(
        Mention(place=place, label="PERSON", score=0.9, sources=(Source.ROSTER,))
        for place in row.places
    )
    assert second_look(shown(text, caught)) == ()
