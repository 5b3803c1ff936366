"""What every family of age vectors starts from: one key, one plaintext, one way to state a case."""

from __future__ import annotations

from tests.vectors import parts
from tests.vectors.record import Outcome, Vector, packed

ME = parts.X25519Key("me")
OTHER = parts.X25519Key("somebody else")
MINE = parts.x25519_stanza(ME)


def case(
    name: str,
    says: str,
    outcome: Outcome,
    text: str,
    *,
    identities: tuple[str, ...] | None = None,
    passphrases: tuple[str, ...] = (),
    payload: bytes | None = None,
) -> Vector:
    """A vector with the small plaintext, opened by `ME` unless another key or passphrase is named.

    `text` is the header; what follows it is a good payload unless another is given.
    """
    if identities is None:
        identities = () if passphrases else (ME.identity(),)
    return Vector(
        name=name,
        says=says,
        outcome=outcome,
        identities=identities,
        passphrases=passphrases,
        text=text,
        payload=packed(parts.payload() if payload is None else payload),
        plaintext=parts.sha256(parts.PLAINTEXT) if outcome is Outcome.SUCCESS else None,
    )


def first_of(label: str, wanted: bytes) -> str:
    """The first label `label N` whose X25519 public key ends with these bytes."""
    return next(
        tried
        for tried in (f"{label} {number}" for number in range(10_000))
        if parts.X25519Key(f"ephemeral {tried}").public.endswith(wanted)
    )
