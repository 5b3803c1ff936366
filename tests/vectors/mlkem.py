"""ML-KEM-768 sealing by FIPS 203, so that it can be repeated with the same randomness.

`cryptography` offers no such thing, and the reader under test uses `cryptography`: this is another
road to the same bytes. Slow and open to side channels; only ever used with keys that are public.
Numbers in comments are those of the standard's algorithms.
"""

from __future__ import annotations

import hashlib

Poly = list[int]

Q, N, K, ETA = 3329, 256, 3, 2
DU, DV = 10, 4


def _bit_reversed(number: int) -> int:
    return int(f"{number:07b}"[::-1], 2)


ZETAS = [pow(17, _bit_reversed(i), Q) for i in range(128)]
GAMMAS = [pow(17, 2 * _bit_reversed(i) + 1, Q) for i in range(128)]


def encapsulated(public: bytes, message: bytes) -> tuple[bytes, bytes]:
    """Ciphertext (1,088 bytes) and shared secret (32) for these 32 random bytes (17)."""
    digest = hashlib.sha3_256(public).digest()
    both = hashlib.sha3_512(message + digest).digest()
    return _encrypt(public, message, both[32:]), both[:32]


def _encrypt(public: bytes, message: bytes, randomness: bytes) -> bytes:
    """K-PKE.Encrypt (14)."""
    t = [_decoded(public[384 * i : 384 * i + 384], 12) for i in range(K)]
    rho = public[384 * K :]
    a = [[_uniform(rho + bytes([j, i])) for j in range(K)] for i in range(K)]
    y = [_ntt(_small(randomness, i)) for i in range(K)]
    noise = [_small(randomness, K + i) for i in range(K)]
    last = _small(randomness, 2 * K)
    u = [
        _sum(_inverse_ntt(_sum(*(_product(a[j][i], y[j]) for j in range(K)))), noise[i])
        for i in range(K)
    ]
    mu = [_expanded(bit, 1) for bit in _decoded(message, 1)]
    v = _sum(_inverse_ntt(_sum(*(_product(t[i], y[i]) for i in range(K)))), last, mu)
    return b"".join([_encoded([_compressed(x, DU) for x in part], DU) for part in u]) + _encoded(
        [_compressed(x, DV) for x in v], DV
    )


def _uniform(seed: bytes) -> Poly:
    """SampleNTT (7)."""
    stream = hashlib.shake_128(seed).digest(1344)
    found: Poly = []
    for at in range(0, len(stream), 3):
        low, middle, high = stream[at : at + 3]
        found += [d for d in (low + 256 * (middle % 16), middle // 16 + 16 * high) if d < Q]
    assert len(found) >= N
    return found[:N]


def _small(randomness: bytes, number: int) -> Poly:
    """SamplePolyCBD for eta = 2 (8), over PRF."""
    stream = hashlib.shake_256(randomness + bytes([number])).digest(64 * ETA)
    bits = _decoded(stream, 1)
    return [(bits[i] + bits[i + 1] - bits[i + 2] - bits[i + 3]) % Q for i in range(0, 4 * N, 4)]


def _ntt(poly: Poly) -> Poly:
    """NTT (9)."""
    f, i, length = list(poly), 1, 128
    while length >= 2:
        for start in range(0, N, 2 * length):
            for j in range(start, start + length):
                t = ZETAS[i] * f[j + length] % Q
                f[j], f[j + length] = (f[j] + t) % Q, (f[j] - t) % Q
            i += 1
        length //= 2
    return f


def _inverse_ntt(poly: Poly) -> Poly:
    """NTT inverse (10)."""
    f, i, length = list(poly), 127, 2
    while length <= 128:
        for start in range(0, N, 2 * length):
            for j in range(start, start + length):
                t = f[j]
                f[j], f[j + length] = (t + f[j + length]) % Q, ZETAS[i] * (f[j + length] - t) % Q
            i -= 1
        length *= 2
    return [x * 3303 % Q for x in f]


def _product(f: Poly, g: Poly) -> Poly:
    """MultiplyNTTs (11) by BaseCaseMultiply (12)."""
    h: Poly = []
    for i, gamma in enumerate(GAMMAS):
        (a0, a1), (b0, b1) = f[2 * i : 2 * i + 2], g[2 * i : 2 * i + 2]
        h += [(a0 * b0 + a1 * b1 * gamma) % Q, (a0 * b1 + a1 * b0) % Q]
    return h


def _sum(*polys: Poly) -> Poly:
    return [sum(column) % Q for column in zip(*polys, strict=True)]


def _compressed(x: int, bits: int) -> int:
    """Compress (4.7): rounded to the nearest, a half upwards."""
    return (2 * (x << bits) + Q) // (2 * Q) % (1 << bits)


def _expanded(y: int, bits: int) -> int:
    """Decompress (4.8)."""
    return (2 * Q * y + (1 << bits)) >> (bits + 1)


def _decoded(data: bytes, bits: int) -> Poly:
    """ByteDecode (6): numbers of so many bits, the least significant bit first."""
    whole, mask = int.from_bytes(data, "little"), (1 << bits) - 1
    return [whole >> at & mask for at in range(0, 8 * len(data), bits)]


def _encoded(numbers: Poly, bits: int) -> bytes:
    """ByteEncode (5)."""
    whole = sum(number << bits * i for i, number in enumerate(numbers))
    return whole.to_bytes(len(numbers) * bits // 8, "little")
