"""An anchor with the time on it, vouched for by a third party (RFC 3161).

redact never uses the network: it writes the request, the steward sends it to a time-stamping
authority and keeps the reply beside the anchor. The authority sees a SHA-512 digest and no more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from redact.audit.note import Anchor
from redact.errors import BadInput, Tampered, UsageError

INSTALL = "Install redact with its extra `timestamp`."


@dataclass(frozen=True, slots=True)
class Stamped:
    """An anchor's name, the UTC time (ISO 8601) at which it existed, and who says so."""

    anchor: str
    time: str
    authority: str


def timestamp_request(note: bytes) -> bytes:
    """The DER request for `note`, with a nonce, asking for the authority's certificate as well."""
    library = _library()
    builder = library.TimestampRequestBuilder().data(note)
    builder = builder.hash_algorithm(library.HashAlgorithm.SHA512)
    request: bytes = builder.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes()
    return request


def check_timestamp(name: str, reply: bytes, roots: bytes, anchors: tuple[Anchor, ...]) -> Stamped:
    """Which of `anchors` the reply called `name` is for, and when; `roots` are PEM certificates.

    Raises BadInput for a file that is no reply or no certificate, UsageError for a reply to
    another file, Tampered for one that the authority did not sign.
    """
    from cryptography import x509

    library = _library()
    try:
        trusted = x509.load_pem_x509_certificates(roots)
    except ValueError:
        raise BadInput(
            "no certificate is in the authority's file",
            where="--timestamp-root",
            remedy="Give the root certificate as PEM.",
        ) from None
    try:
        response = library.decode_timestamp_response(reply)
        imprint = bytes(response.tst_info.message_imprint.message)
    except Exception as error:  # the Rust decoder names no narrower class for every damage
        raise BadInput(
            f"this is no time-stamp reply ({type(error).__name__})",
            where=name,
            remedy="Ask again without the certificate's chain, or keep the reply as it came.",
        ) from error
    meant = [one.name for one in anchors if imprint == hashlib.sha512(one.note).digest()]
    if not meant:
        raise UsageError(
            "this reply is for none of the anchors given",
            where=name,
            remedy="Give the very file that the request was made for.",
            command="`--anchor` names it.",
        )
    builder = library.VerifierBuilder()
    for certificate in trusted:
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify(response, imprint)
    except (library.VerificationError, ValueError) as error:
        raise Tampered(f"the time stamp does not verify: {error}", where=name) from error
    said = response.tst_info.gen_time
    return Stamped(meant[0], said.strftime("%Y-%m-%dT%H:%M:%SZ"), _signer(response))


def _signer(response: Any) -> str:
    from cryptography import x509

    (info,) = response.signed_data.signer_infos
    for der in response.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(bytes(der))
        if certificate.serial_number == info.serial_number:
            return certificate.subject.rfc4514_string()
    return "an authority that sent no certificate"


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError:
        raise UsageError(
            "time stamps need the package rfc3161-client, which is not installed",
            where="redact audit",
            remedy=INSTALL,
        ) from None
    return rfc3161_client
