"""The vectors of shares: sets that give their secret, and every way in which others do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as but

from tests.vectors.parts import drawn
from tests.vectors.record import ShareSet
from tests.vectors.slip39 import Scheme, Share, decrypted, mnemonic, spoken

PASSPHRASE = "herons on a slipway"
SIZES = (128, 256)
GROUPS = ((1, 1), (1, 1), (3, 5), (2, 6))  # two of these four are needed
VOICED = "(with a passphrase)"


def share_sets() -> Iterator[ShareSet]:
    """All sets, each for 128 and 256 bits where the standard knows both."""
    for bits in SIZES:
        yield from _good(bits)
        yield from _damaged(bits)
        yield from _mixed_up(bits)
        yield from _groups(bits)
    yield from _lengths()


def _scheme(
    bits: int,
    *groups: tuple[int, int],
    label: str = "one",
    extendable: bool = False,
    exponent: int = 0,
    group_threshold: int = 1,
    passphrase: str = "",
) -> Scheme:
    return Scheme(
        label=f"{label} {bits}",
        secret=drawn(f"secret {label} {bits}", bits // 8),
        groups=groups,
        group_threshold=group_threshold,
        passphrase=passphrase,
        extendable=extendable,
        exponent=exponent,
    )


def _set(
    bits: int, name: str, says: str, shares: list[Share] | list[str], scheme: Scheme | None = None
) -> ShareSet:
    """A set; with the scheme that made it, it gives the scheme's secret."""
    words = tuple(share if isinstance(share, str) else share.words() for share in shares)
    return ShareSet(
        name=f"{name}, {bits} bits",
        says=says,
        shares=words,
        passphrase=scheme.passphrase if scheme else "",
        secret=scheme.secret.hex() if scheme else None,
    )


def _good(bits: int) -> Iterator[ShareSet]:
    for words, extendable in (("", False), ("extendable ", True)):
        alone = _scheme(bits, (1, 1), label=f"{words}alone", extendable=extendable)
        yield _set(bits, f"{words}alone", "one share is enough", alone.shares()[0], alone)
        three = _scheme(bits, (2, 3), label=f"{words}three", extendable=extendable)
        a, b, c = three.shares()[0]
        yield _set(bits, f"{words}two of three", "the first and the last of three", [a, c], three)
        yield _set(bits, f"{words}two of three, turned", "the same in another order", [c, a], three)
        closed = but(three, passphrase=PASSPHRASE)
        a, b, c = closed.shares()[0]
        yield _set(
            bits,
            f"{words}two of three {VOICED}",
            "the secret is under a passphrase",
            [b, c],
            closed,
        )
        wrong = but(closed, passphrase="swans on a slipway")
        sealed = closed.shares()[0]
        lost = but(wrong, secret=decrypted(wrong, _sealed(closed)))
        yield _set(
            bits,
            f"{words}two of three (with a wrong passphrase)",
            "the standard does not tell a wrong passphrase: another secret comes out",
            sealed[:2],
            lost,
        )
    slow = _scheme(bits, (1, 1), label="slow", exponent=2)
    yield _set(bits, "more rounds", "an iteration exponent of 2", slow.shares()[0], slow)
    many = _scheme(bits, (3, 16), label="many")
    given = many.shares()[0]
    for picked in ((0, 7, 15), (13, 14, 15), (1, 2, 4)):
        yield _set(
            bits,
            f"three of sixteen: {', '.join(map(str, picked))}",
            "indices whose differences run through the field",
            [given[n] for n in picked],
            many,
        )


def _sealed(scheme: Scheme) -> bytes:
    """The secret as it is divided: what a scheme of one share holds."""
    return but(scheme, groups=((1, 1),)).shares()[0][0].value


def _damaged(bits: int) -> Iterator[ShareSet]:
    alone = _scheme(bits, (1, 1), label="damaged")
    (share,) = alone.shares()[0]
    words = share.words().split()
    other = "academic" if words[9] != "academic" else "acid"
    yield _set(
        bits,
        "word changed",
        "one word of the value is another",
        [" ".join([*words[:9], other, *words[10:]])],
    )
    yield _set(
        bits,
        "words swapped",
        "two words have changed places",
        [" ".join([*words[:5], words[6], words[5], *words[7:]])],
    )
    yield _set(
        bits,
        "word unknown",
        "a word that is not in the list",
        [" ".join([*words[:9], "heron", *words[10:]])],
    )
    yield _set(bits, "padding", "a spare bit before the value is set", [but(share, padding=1)])
    turned = mnemonic(share.numbers(), extendable=True)
    yield _set(
        bits, "checksum of another kind", "plain, under an extendable share's checksum", [turned]
    )
    wrong = Scheme(label="wrong digest", secret=alone.secret, groups=((2, 2),)).shares()[0]
    wrong[0] = but(wrong[0], value=bytes([wrong[0].value[0] ^ 1]) + wrong[0].value[1:])
    yield _set(bits, "digest", "the secret does not fit the digest beside it", wrong)


def _mixed_up(bits: int) -> Iterator[ShareSet]:
    three = _scheme(bits, (2, 3), label="mixed").shares()[0]
    a, b, c = three
    d = _scheme(bits, (2, 3), label="others").shares()[0][1]
    yield _set(bits, "too few", "one share of two", [a])
    yield _set(bits, "too many", "three shares where two are needed", [a, b, c])
    yield _set(bits, "twice the same", "the same share twice", [a, a])
    yield _set(bits, "none", "no share", [])
    yield _set(bits, "identifiers", "shares of two secrets", [a, d])
    yield _set(bits, "exponents", "two iteration exponents", [a, but(b, exponent=1)])
    yield _set(bits, "kinds", "one is extendable and one is not", [a, but(b, extendable=True)])
    yield _set(
        bits,
        "group thresholds",
        "two group thresholds",
        [but(a, group_count=3), but(b, group_count=3, group_threshold=2)],
    )
    yield _set(bits, "group counts", "two group counts", [a, but(b, group_count=2)])
    over = [but(share, group_threshold=3, group_count=2) for share in (a, b)]
    yield _set(bits, "group threshold above count", "three groups of two are needed", over)
    yield _set(bits, "member twice", "two values for one index", [a, but(b, member=a.member)])
    yield _set(
        bits,
        "member thresholds",
        "two member thresholds in a group",
        [a, but(b, member_threshold=3)],
    )


def _groups(bits: int) -> Iterator[ShareSet]:
    scheme = _scheme(bits, *GROUPS, label="groups", group_threshold=2, passphrase=PASSPHRASE)
    one, two, three, four = scheme.shares()
    yield _set(bits, "one group of two", "one of the two groups that are needed", one)
    yield _set(
        bits, "one group of two, in full", "one large group of the two that are needed", four[:2]
    )
    yield _set(
        bits,
        "a group not full",
        "two groups, and two shares of a group that needs three",
        [*one, *three[:2]],
    )
    yield _set(
        bits, "a group too many", "three groups where two are needed", [*one, *two, *four[:2]]
    )
    yield _set(bits, "two small groups", "two groups of one share each", [*one, *two], scheme)
    yield _set(
        bits, "a small and a large group", "one share, and two of six", [*four[4:], *two], scheme
    )
    yield _set(
        bits,
        "two large groups",
        "three of five and two of six, in no order",
        [three[4], four[1], three[0], four[5], three[2]],
        scheme,
    )


def _lengths() -> Iterator[ShareSet]:
    share = Share(identifier=4242, value=drawn("lengths", 16))
    numbers = share.numbers()
    yield ShareSet(
        name="a word too few",
        says="19 words, under a good checksum",
        shares=(mnemonic(numbers[:-1]),),
    )
    yield ShareSet(
        name="a word too many",
        says="21 words: no secret is of that size",
        shares=(mnemonic([*numbers, 0]),),
    )
    yield ShareSet(name="a few words", says="four words", shares=(spoken(numbers[:4]),))
