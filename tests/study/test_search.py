"""Lines and words, as findings and templates name them."""

from redact.study.search import line_of, words_of


def test_lines_are_counted_from_one_and_words_folded() -> None:
    assert [line_of("a\nb\n", at) for at in (0, 1, 2, 4)] == [1, 1, 2, 3]
    assert words_of("Mórag's Will, will") >= {"will"}
