"""The armor around a sealed file: strict PEM, and every way in which it can be wrong."""

from __future__ import annotations

from collections.abc import Iterator

from tests.vectors import parts
from tests.vectors.age_hybrid import hybrid_text, identity
from tests.vectors.age_passphrase import PASSPHRASE, passphrase_text
from tests.vectors.family import ME, MINE, OTHER
from tests.vectors.parts import BEGIN, END, armor_lines, armored, header, payload
from tests.vectors.record import Outcome, Vector

SUCCESS, ARMOR = Outcome.SUCCESS, Outcome.ARMOR
SHORT = b"A cup of tea.\n"


def vectors() -> Iterator[Vector]:
    """Armor cases."""
    yield from _well_made()
    yield from _around()
    yield from _marks()
    yield from _lines()
    yield from _inside()


def _case(
    name: str,
    says: str,
    outcome: Outcome,
    text: str,
    *,
    plaintext: bytes = parts.PLAINTEXT,
    identities: tuple[str, ...] = (),
    passphrases: tuple[str, ...] = (),
) -> Vector:
    known = outcome in (SUCCESS, Outcome.PAYLOAD)
    mine = () if passphrases else identities or (ME.identity(),)
    return Vector(
        name=f"armor {name}",
        says=says,
        outcome=outcome,
        text=text,
        identities=mine,
        passphrases=passphrases,
        plaintext=parts.sha256(plaintext) if known else None,
    )


def _binary(plaintext: bytes = parts.PLAINTEXT) -> bytes:
    return header(MINE).encode("ascii") + payload(plaintext)


def _of_length(remainder: int, columns: int = 48) -> tuple[bytes, bytes]:
    """A plaintext and its sealed file, of a size that leaves this remainder."""
    for spare in range(columns):
        plaintext = SHORT + b"." * spare
        if len(_binary(plaintext)) % columns == remainder:
            return plaintext, _binary(plaintext)
    raise AssertionError(remainder)


def _well_made() -> Iterator[Vector]:
    good = armored(_binary())
    yield _case("X25519", "an armored file to a key", SUCCESS, good)
    yield _case(
        "passphrase",
        "an armored file to a passphrase",
        SUCCESS,
        armored(passphrase_text().encode("ascii") + payload()),
        passphrases=(PASSPHRASE,),
    )
    yield _case(
        "hybrid",
        "an armored file to a post-quantum key",
        SUCCESS,
        armored(hybrid_text().encode("ascii") + payload()),
        identities=(identity(),),
    )
    yield _case("CRLF", "every line ends with CR and LF", SUCCESS, armored(_binary(), end="\r\n"))
    yield _case("without a last line end", "nothing behind the last dashes", SUCCESS, good[:-1])
    yield _case(
        "white space around",
        "blanks, tabs and empty lines before and behind",
        SUCCESS,
        f" \t\r\n\n{good}\n \t\r\n",
    )
    for remainder, words in (
        (0, "a full last line"),
        (46, "a last line with two pads"),
        (47, "a last line with one pad"),
    ):
        plaintext, binary = _of_length(remainder)
        yield _case(words.removeprefix("a "), words, SUCCESS, armored(binary), plaintext=plaintext)


def _around() -> Iterator[Vector]:
    good = armored(_binary())
    yield _case("words before", "a line of text before the armor", ARMOR, f"Dear you,\n{good}")
    yield _case("words behind", "a line of text behind the armor", ARMOR, f"{good}Yours\n")
    yield _case("twice", "two armored files", ARMOR, good + good)
    yield _case(
        "blank behind the first mark",
        "a blank at the end of the first line",
        ARMOR,
        good.replace(BEGIN, f"{BEGIN} "),
    )
    yield _case(
        "blank within the first mark",
        "two blanks in the first line",
        ARMOR,
        good.replace("BEGIN AGE", "BEGIN  AGE"),
    )
    yield _case(
        "blank before the last mark",
        "a blank at the start of the last line",
        ARMOR,
        good.replace(END, f" {END}"),
    )
    yield _case(
        "blank within the last mark",
        "two blanks in the last line",
        ARMOR,
        good.replace("END AGE", "END  AGE"),
    )


def _marks() -> Iterator[Vector]:
    good = armored(_binary())
    lines = armor_lines(_binary())
    yield _case(
        "another label",
        "a PEM of another kind",
        ARMOR,
        good.replace("AGE ENCRYPTED FILE", "AGE SEALED FILE"),
    )
    yield _case(
        "label in small letters",
        "the label is not in capitals",
        ARMOR,
        good.replace("AGE ENCRYPTED FILE", "age encrypted file"),
    )
    yield _case(
        "without its last mark",
        "the file ends with the base64",
        ARMOR,
        "\n".join([BEGIN, *lines, ""]),
    )
    yield _case(
        "with a PEM header",
        "a header field and an empty line before the base64",
        ARMOR,
        "\n".join([BEGIN, "Comment: invented", "", *lines, END, ""]),
    )
    yield _case(
        "with a checksum",
        "an OpenPGP checksum line before the last mark",
        ARMOR,
        "\n".join([BEGIN, *lines, "=aB3d", END, ""]),
    )
    yield _case("empty", "two marks and nothing between", Outcome.HEADER, f"{BEGIN}\n{END}\n")


def _lines() -> Iterator[Vector]:
    first, second, *rest = armor_lines(_binary())

    def lined(name: str, says: str, *lines: str) -> Vector:
        return _case(name, says, ARMOR, "\n".join([BEGIN, *lines, END, ""]))

    yield lined("empty line first", "an empty line before the base64", "", first, second, *rest)
    yield lined("empty line last", "an empty line behind the base64", first, second, *rest, "")
    full = armor_lines(_of_length(0)[1])
    yield lined("empty line behind a full one", "an empty line behind a full last one", *full, "")
    yield lined("empty line within", "an empty line in the middle", first, "", second, *rest)
    yield lined(
        "short line",
        "a line of 60 columns, and the rest moved on",
        first[:60],
        *_wrapped(first[60:] + "".join([second, *rest])),
    )
    yield lined("long lines", "every line has 68 columns", *armor_lines(_binary(), columns=68))
    yield lined("one long line", "all base64 in one line", "".join([first, second, *rest]))
    yield lined("blank before a line", "a blank at the start of a line", first, f" {second}", *rest)
    yield lined("blank behind a line", "a blank at the end of a line", first, f"{second} ", *rest)
    yield lined(
        "blank behind the last line",
        "a blank at the end of the base64",
        first,
        second,
        *rest[:-1],
        f"{rest[-1]} ",
    )
    yield lined(
        "star in the header's line",
        "a character that is not base64, early",
        f"{first[:10]}*{first[11:]}",
        second,
        *rest,
    )
    yield lined(
        "star in the payload's line",
        "a character that is not base64, late",
        first,
        second,
        *rest[:-1],
        f"*{rest[-1][1:]}",
    )
    *most, padded = armor_lines(_of_length(46)[1])
    yield lined("without padding", "the pads are left out", *most, padded.rstrip("="))
    yield lined(
        "pads on two lines", "a line end between the two pads", *most, padded[:-1], padded[-1:]
    )
    yield lined(
        "not canonical",
        "a spare bit of the base64 is set",
        *most,
        parts.not_canonical(padded.rstrip("=")) + "==",
    )
    yield lined("more behind the pads", "base64 goes on behind its pads", *most, f"{padded}AAAA")


def _wrapped(text: str) -> list[str]:
    return [text[at : at + 64] for at in range(0, len(text), 64)]


def _inside() -> Iterator[Vector]:
    inner = header(MINE).replace("\n", "\r\n").encode("ascii") + payload()
    yield _case(
        "header in CRLF",
        "the header within ends its lines with CR and LF",
        Outcome.HEADER,
        armored(inner),
    )
    yield _case(
        "more behind the payload",
        "bytes behind the last chunk, within the base64",
        Outcome.PAYLOAD,
        armored(_binary() + b"and more"),
        plaintext=b"",
    )
    yield _case(
        "for another",
        "sealed to somebody else",
        Outcome.NO_MATCH,
        armored(_binary()),
        identities=(OTHER.identity(),),
    )
    yield _case(
        "in armor",
        "an armored file within the armor",
        Outcome.HEADER,
        armored(armored(_binary()).encode("ascii")),
    )
