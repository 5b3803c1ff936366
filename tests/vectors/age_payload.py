"""The payload: chunks, their counter, their flag and their end.

`plaintext` of a failing payload is what a reader that streams has handed out before: whole chunks
whose tag was right. Ours hands out none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.vectors.family import ME, MINE
from tests.vectors.parts import CHUNK, NONCE, PLAINTEXT, chunk, header, sha256, smooth
from tests.vectors.record import Outcome, Vector, packed

SUCCESS, PAYLOAD, HEADER = Outcome.SUCCESS, Outcome.PAYLOAD, Outcome.HEADER
TEXT = header(MINE)


def vectors() -> Iterator[Vector]:
    """Payload cases."""
    yield from _whole()
    yield from _cut()
    yield from _changed()
    yield from _wrong_ends()


def _case(
    name: str, says: str, outcome: Outcome, payload: Sequence[bytes], given_out: Sequence[bytes]
) -> Vector:
    return Vector(
        name=f"payload {name}",
        says=says,
        outcome=outcome,
        text=TEXT,
        identities=(ME.identity(),),
        payload=packed(b"".join(payload)),
        plaintext=None if outcome is HEADER else sha256(*given_out),
    )


def _full(count: int, *, ended: bool = False) -> tuple[list[bytes], list[bytes]]:
    """Nonce and so many full chunks, the last flagged if `ended`; and the plaintext of each."""
    plain = [smooth(n, last=ended and n == count - 1) for n in range(count)]
    sealed = [chunk(p, n, last=ended and n == count - 1) for n, p in enumerate(plain)]
    return [NONCE, *sealed], plain


def _whole() -> Iterator[Vector]:
    yield _case(
        "empty", "one last chunk of no bytes", SUCCESS, [NONCE, chunk(b"", 0, last=True)], []
    )
    for count, words in (
        (1, "one full chunk"),
        (2, "two full chunks"),
        (257, "257 full chunks: the counter needs a second byte"),
    ):
        sealed, plain = _full(count, ended=True)
        yield _case(f"of {count} full", words, SUCCESS, sealed, plain)
    for count, words in (
        (1, "a full chunk and a short one"),
        (2, "two full ones and a short one"),
        (256, "256 full ones and a short one"),
        (257, "257 full ones and a short one"),
    ):
        sealed, plain = _full(count)
        yield _case(
            f"of {count} full and a short",
            words,
            SUCCESS,
            [*sealed, chunk(PLAINTEXT, count, last=True)],
            [*plain, PLAINTEXT],
        )


def _cut() -> Iterator[Vector]:
    small = chunk(PLAINTEXT, 0, last=True)
    one, plain = _full(1)
    second = chunk(PLAINTEXT, 1, last=True)
    yield _case("without a nonce", "the file ends with its header", HEADER, [], [])
    yield _case("nonce cut", "the file ends after 11 bytes of nonce", HEADER, [NONCE[:11]], [])
    yield _case("without a chunk", "the file ends with the nonce", PAYLOAD, [NONCE], [])
    yield _case("tag cut", "the only chunk is shorter than a tag", PAYLOAD, [NONCE, small[:9]], [])
    yield _case(
        "tag missing", "the only chunk ends before its tag", PAYLOAD, [NONCE, small[:-16]], []
    )
    yield _case(
        "chunk cut", "the only chunk lacks its last 7 bytes", PAYLOAD, [NONCE, small[:-7]], []
    )
    yield _case(
        "second chunk cut",
        "the second chunk lacks its last 7 bytes",
        PAYLOAD,
        [*one, second[:-7]],
        plain,
    )
    yield _case(
        "second chunk shorter than a tag",
        "nine bytes of the second chunk",
        PAYLOAD,
        [*one, second[:9]],
        plain,
    )


def _changed() -> Iterator[Vector]:
    one, plain = _full(1)
    small = bytearray(chunk(PLAINTEXT, 0, last=True))
    small[-1] ^= 4
    yield _case("tag wrong", "a bit of the only tag is flipped", PAYLOAD, [NONCE, bytes(small)], [])
    small[-1] ^= 4
    small[3] ^= 4
    yield _case(
        "bit flipped", "a bit of the only chunk is flipped", PAYLOAD, [NONCE, bytes(small)], []
    )
    yield _case(
        "nonce changed",
        "another nonce than the key was made with",
        PAYLOAD,
        [NONCE[::-1], chunk(PLAINTEXT, 0, last=True)],
        [],
    )
    second = bytearray(chunk(PLAINTEXT, 1, last=True))
    second[-1] ^= 4
    yield _case(
        "second tag wrong",
        "a bit of the short second chunk's tag is flipped",
        PAYLOAD,
        [*one, bytes(second)],
        plain,
    )
    full = bytearray(_full(2, ended=True)[0][2])
    full[-1] ^= 4
    yield _case(
        "second tag wrong, full",
        "a bit of the full second chunk's tag is flipped",
        PAYLOAD,
        [*one, bytes(full)],
        plain,
    )
    two, both = _full(2)
    third = chunk(PLAINTEXT, 2, last=True)
    yield _case(
        "chunks swapped",
        "the first two of three chunks have changed places",
        PAYLOAD,
        [two[0], two[2], two[1], third],
        [],
    )
    yield _case(
        "chunk left out",
        "the second of three chunks is missing",
        PAYLOAD,
        [*two[:2], third],
        both[:1],
    )


def _wrong_ends() -> Iterator[Vector]:
    one, plain = _full(1)
    two, both = _full(2)
    ended, whole = _full(1, ended=True)
    last = chunk(PLAINTEXT, 1, last=True)
    yield _case(
        "never ends",
        "the only chunk, a short one, is not flagged as the last",
        PAYLOAD,
        [NONCE, chunk(PLAINTEXT, 0, last=False)],
        [],
    )
    yield _case(
        "never ends, full",
        "the only chunk, a full one, is not flagged as the last",
        PAYLOAD,
        one,
        plain,
    )
    yield _case(
        "never ends, second",
        "a short second chunk is not flagged as the last",
        PAYLOAD,
        [*one, chunk(PLAINTEXT, 1, last=False)],
        plain,
    )
    yield _case(
        "never ends, second full",
        "a full second chunk is not flagged as the last",
        PAYLOAD,
        two,
        both,
    )
    yield _case(
        "last chunk empty",
        "a full chunk, then a last one of no bytes",
        PAYLOAD,
        [*one, chunk(b"", 1, last=True)],
        plain,
    )
    yield _case(
        "more behind, short",
        "seven bytes behind a last chunk that is full",
        PAYLOAD,
        [*ended, b"garbage"],
        whole,
    )
    yield _case(
        "more behind, long",
        "forty bytes behind a last chunk that is full",
        PAYLOAD,
        [*ended, b"four tens of " + b"g" * 27],
        whole,
    )
    yield _case(
        "more behind a short end",
        "seven bytes behind a last chunk that is short",
        PAYLOAD,
        [NONCE, chunk(PLAINTEXT, 0, last=True), b"garbage"],
        [],
    )
    yield _case(
        "two ends", "full last chunk, then a short last chunk", PAYLOAD, [*ended, last], whole
    )
    yield _case(
        "two ends, full",
        "full last chunk, then a full last chunk",
        PAYLOAD,
        [*ended, chunk(smooth(1, last=True), 1, last=True)],
        whole,
    )
    yield _case(
        "two ends, short",
        "short last chunk, then another short last chunk",
        PAYLOAD,
        [NONCE, chunk(PLAINTEXT, 0, last=True), last],
        [],
    )
    second, said = _full(2, ended=True)
    yield _case(
        "two ends, later",
        "the second and the third chunk are both flagged as the last",
        PAYLOAD,
        [*second, chunk(PLAINTEXT, 2, last=True)],
        said,
    )
    assert all(len(piece) == CHUNK for piece in said)
