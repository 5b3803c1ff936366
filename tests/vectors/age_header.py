"""Version line, stanzas and MAC of a header: every way in which they can be wrong."""

from __future__ import annotations

from collections.abc import Iterator

from tests.vectors import parts
from tests.vectors.family import ME, MINE, case
from tests.vectors.parts import FILE_KEY, drawn, header, stanza, unpadded
from tests.vectors.record import Outcome, Vector

HEADER, SUCCESS = Outcome.HEADER, Outcome.SUCCESS
SPARE = "spare.example/box"  # a kind of stanza that nobody knows


def vectors() -> Iterator[Vector]:
    """Header, MAC and stanza cases."""
    yield from _version()
    yield from _mac()
    yield from _stanza_line()
    yield from _stanza_body()


def _version() -> Iterator[Vector]:
    good = header(MINE)
    yield case("nothing", "the file is empty", HEADER, "", payload=b"")
    yield case(
        "newer version",
        "the version line says v2",
        HEADER,
        header(MINE, version="age-encryption.org/v2"),
    )
    yield case(
        "version with a tail",
        "the version line says v1 and then more",
        HEADER,
        header(MINE, version="age-encryption.org/v1beta"),
    )
    yield case(
        "another format",
        "the version line is not age's",
        HEADER,
        header(MINE, version="age-encryption.example/v1"),
    )
    yield case(
        "header ends in CRLF",
        "every header line ends with CR and LF",
        HEADER,
        header(MINE).replace("\n", "\r\n"),
    )
    signed = (parts.VERSION + "\n" + MINE).replace("\n", "\r\n") + "---"
    yield case(
        "header ends in CRLF and is signed so",
        "CR and LF, and the MAC covers them",
        HEADER,
        f"{signed} {unpadded(parts.mac(signed, FILE_KEY))}\r\n",
    )
    yield case(
        "header ends early",
        "the file ends within a stanza",
        HEADER,
        good[: good.index("---") - 5],
        payload=b"",
    )
    yield case("no stanza", "the MAC follows the version line", HEADER, header())


def _mac() -> Iterator[Vector]:
    covered = parts.VERSION + "\n" + MINE + "---"
    right = parts.mac(covered, FILE_KEY)
    good = unpadded(right)

    def ending(name: str, says: str, end: str, outcome: Outcome = HEADER) -> Vector:
        return case(f"MAC {name}", says, outcome, covered + end)

    wrong = bytes([right[0] ^ 1]) + right[1:]
    yield ending("wrong", "one bit of the MAC is flipped", f" {unpadded(wrong)}\n", Outcome.MAC)
    other = parts.mac(covered + " ", FILE_KEY)
    yield ending(
        "covers a space",
        "the MAC also covers the space behind the dashes",
        f" {unpadded(other)}\n",
        Outcome.MAC,
    )
    yield case(
        "stanza changed behind the MAC",
        "a stanza nobody opens was changed afterwards",
        Outcome.MAC,
        header(MINE, stanza(SPARE, "1")).replace(f"{SPARE} 1", f"{SPARE} 2"),
    )
    yield ending("two spaces", "two spaces before the MAC", f"  {good}\n")
    yield ending("tail", "four more characters behind the MAC", f" {good}wxyz\n")
    yield ending("missing", "the last line is three dashes", "\n")
    yield ending("missing but for its space", "three dashes and a space", " \n")
    yield ending("no space", "the MAC follows the dashes at once", f"{good}\n")
    yield ending(
        "not canonical", "the MAC's base64 has a spare bit set", f" {parts.not_canonical(good)}\n"
    )
    yield ending("padded", "the MAC's base64 is padded", f" {good}=\n")
    yield ending("trailing space", "a space behind the MAC", f" {good} \n")
    yield ending("cut", "only the first nine bytes of the MAC", f" {unpadded(right[:9])}\n")


def _stanza_line() -> Iterator[Vector]:
    def beside(name: str, says: str, line: str, outcome: Outcome = HEADER) -> Vector:
        """Our stanza, then one of this first line and an empty body."""
        return case(f"stanza {name}", says, outcome, header(MINE, f"{line}\n\n"))

    yield beside("bad start", "a stanza starts with =>", f"=> {SPARE}")
    yield beside("no arguments", "an arrow and nothing else", "->")
    yield beside("no arguments but a space", "an arrow and a space", "-> ")
    yield beside("empty argument", "two spaces between arguments", f"-> {SPARE}  two")
    yield beside("trailing space", "a space behind the last argument", f"-> {SPARE} ")
    yield beside("tab", "a tab in an argument", f"-> {SPARE} a\tb")
    yield beside("control character", "a byte 0x7F in an argument", f"-> {SPARE} a\x7fb")
    yield beside("not ASCII", "a byte 0xE9 in an argument", f"-> {SPARE} caf\xe9")
    every = [chr(code) for code in range(0x21, 0x7F)]
    words = ["".join(every[at : at + 7]) for at in range(0, len(every), 7)]
    yield case(
        "stanza every character",
        "all 94 visible characters in the arguments of a stanza",
        SUCCESS,
        header(stanza(*words), MINE),
    )


def _stanza_body() -> Iterator[Vector]:
    full = unpadded(drawn("a full line", 48))
    short = unpadded(drawn("a short line", 20))

    def beside(name: str, says: str, body: str, outcome: Outcome = HEADER) -> Vector:
        """Our stanza, then one with this body, its line ends included."""
        return case(f"body {name}", says, outcome, header(MINE, f"-> {SPARE}\n{body}"))

    yield beside("empty", "a body of no bytes is one empty line", "\n", SUCCESS)
    yield beside(
        "of full lines and an empty one",
        "96 bytes end with an empty line",
        f"{full}\n{full}\n\n",
        SUCCESS,
    )
    yield beside("of a full and a short line", "68 bytes", f"{full}\n{short}\n", SUCCESS)
    yield beside("missing", "the MAC follows the arguments", "")
    yield beside("without its short line", "the MAC follows a full line", f"{full}\n")
    yield beside("of two short lines", "a line follows the short one", f"{short}\n{short}\n")
    yield beside("long line", "a line of 68 columns", f"{full}{short[:4]}\n\n")
    yield beside("padded", "the base64 of 20 bytes with its padding", f"{short}=\n")
    yield beside(
        "not canonical",
        "a spare bit is set in the last character",
        f"{full}\n{parts.not_canonical(short)}\n",
    )
    yield beside(
        "CR within", "a carriage return in the middle of a line", f"{short[:12]}\r{short[12:]}\n"
    )
    yield beside("of another alphabet", "base64 for addresses, with - and _", "-_-_\n")
    yield beside("with one character over", "five characters are not base64", "AAAAA\n")
    yield case(
        "unknown stanzas around ours",
        "stanzas of unknown kinds before and behind",
        SUCCESS,
        header(stanza(SPARE, body=b"?"), MINE, stanza("spare2")),
    )
    yield case(
        "only an unknown stanza",
        "no stanza of a kind we know",
        Outcome.NO_MATCH,
        header(stanza(SPARE, body=b"?")),
        identities=(ME.identity(),),
    )
