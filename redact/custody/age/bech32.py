"""Bech32 as age uses it for keys (BIP 173 without its 90-character limit)."""

from __future__ import annotations

from redact.custody.age.header import AgeError

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def bech32_encode(prefix: str, data: bytes) -> str:
    """Lower-case Bech32 of `data` under the human-readable `prefix`."""
    values = _regroup(data, 8, 5, pad=True)
    check = _polymod(_expand(prefix) + values + [0] * 6) ^ 1
    values += [(check >> 5 * (5 - i)) & 31 for i in range(6)]
    return prefix + "1" + "".join(ALPHABET[value] for value in values)


def bech32_decode(text: str) -> tuple[str, bytes]:
    """Prefix (lower case) and data; AgeError if the checksum or a character is wrong."""
    if text.lower() != text and text.upper() != text:
        raise AgeError("mixed case in a key")
    prefix, _, rest = text.lower().rpartition("1")
    if not prefix or len(rest) < 6 or any(c not in ALPHABET for c in rest):
        raise AgeError("malformed key")
    values = [ALPHABET.index(c) for c in rest]
    if _polymod(_expand(prefix) + values) != 1:
        raise AgeError("a key with a typing error: its checksum is wrong")
    return prefix, bytes(_regroup(bytes(values[:-6]), 5, 8, pad=False))


def _expand(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(GENERATOR):
            check ^= term if (top >> bit) & 1 else 0
    return check


def _regroup(data: bytes, source: int, target: int, *, pad: bool) -> list[int]:
    bits = size = 0
    groups: list[int] = []
    for byte in data:
        bits, size = bits << source | byte, size + source
        while size >= target:
            size -= target
            groups.append(bits >> size & (1 << target) - 1)
    rest = bits & (1 << size) - 1
    if pad and size:
        groups.append(rest << target - size)
    elif not pad and (size >= source or rest):
        raise AgeError("malformed key padding")
    return groups
