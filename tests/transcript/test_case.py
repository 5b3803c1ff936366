"""What capitals tell: a transcript written without them, and where a sentence begins."""

import pytest

from redact.transcript.case import begins_sentence, is_caseless


def talk(capitals: int, of: int) -> str:
    """So many words, the first ones with a capital."""
    return " ".join(["Word"] * capitals + ["word"] * (of - capitals))


@pytest.mark.parametrize(
    ("capitals", "of", "caseless"),
    [
        (0, 100, True),
        (1, 100, True),  # a stray capital makes no case
        (2, 101, True),
        (2, 100, False),  # one word in fifty: somebody typed it
        (5, 100, False),
        (10, 100, False),
        (20, 100, False),
    ],
)
def test_a_text_has_case_from_one_capital_in_fifty_words_on(
    capitals: int, of: int, caseless: bool
) -> None:
    assert is_caseless(talk(capitals, of)) == caseless


def test_codes_and_a_lone_i_make_no_case() -> None:
    assert is_caseless("INT: so how are you\nP04: aye I went to the GP and I was fine")


def test_a_text_that_shouts_has_no_case() -> None:
    assert is_caseless("SO HOW ARE YOU. AYE GRAND, I WENT TO LEITH")


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Morag went", True),
        ("I know. Morag went", True),
        ("INT: Morag went", True),
        ("(Morag went)", True),
        ("so “Morag” went", False),
        ("so Morag went", False),
        ("so, Morag went", False),
    ],
)
def test_where_a_sentence_begins(text: str, begins: bool) -> None:
    assert begins_sentence(text, text.index("Morag")) == begins


def test_a_transcript_without_case_is_known_by_itself() -> None:
    assert is_caseless("INT: so how are you\nP04: aye grand i'm in leith")
    assert not is_caseless("INT: So how are you? P04: Aye, grand. I'm in Leith.")


@pytest.mark.parametrize(
    ("text", "word", "first"),
    [
        ("Well. Will came", "Will", True),
        ("and Will came", "Will", False),
        ("INT: Will came", "Will", True),
        ('he said, "Will came', "Will", False),
        ("[laughs] Will came", "Will", True),
        ("Will came", "Will", True),
    ],
)
def test_sentence_starts_are_known(text: str, word: str, first: bool) -> None:
    assert begins_sentence(text, text.index(word)) is first
