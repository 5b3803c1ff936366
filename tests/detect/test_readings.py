"""A text is read once in a process; no word of it is kept, and what is kept has a bound."""

from redact.detect.readings import Readings


def test_a_text_is_read_once_until_others_push_it_out() -> None:
    read: list[bytes] = []

    def ask(text: bytes) -> int:
        def reading() -> int:
            read.append(text)
            return len(text)

        return readings.of(text, reading)

    readings: Readings[int] = Readings(most=10)
    assert [ask(text) for text in (b"aaaa", b"bbbb", b"aaaa", b"cccc", b"aaaa")] == [4] * 5
    assert read == [b"aaaa", b"bbbb", b"cccc"]
    assert ask(b"bbbb") == 4
    assert read[3:] == [b"bbbb"], "it was asked for longest ago, and three do not fit"
    assert [ask(b"d" * 11), ask(b"d" * 11), ask(b"bbbb")] == [11, 11, 4]
    assert read[4:] == [b"d" * 11] * 2, "what does not fit pushes nothing out"


def test_what_is_readings_holds_no_word() -> None:
    readings: Readings[int] = Readings()
    readings.of(b"Morag MacLeod", lambda: 1)
    assert "Morag" not in repr(readings)
    assert b"Morag" not in b"".join(readings._kept)


def test_a_reading_that_failed_is_not_kept() -> None:
    readings: Readings[int] = Readings()
    for _ in range(2):
        try:
            readings.of(b"text", lambda: 1 // 0)
        except ZeroDivisionError:
            continue
    assert readings.of(b"text", lambda: 7) == 7
