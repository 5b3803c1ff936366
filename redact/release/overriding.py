"""Two people's word that a release goes out although a gate refuses it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from unicodedata import normalize

from redact.audit.events import GateOverridden
from redact.audit.log import AuditLog
from redact.errors import UsageError
from redact.release.findings import CAN_BE_OVERRIDDEN, GateResult
from redact.study.signers import signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Two people's word that a release goes out although a gate refuses it."""

    gate: str
    by: tuple[str, str]
    reason: str
    custodians: tuple[str, ...] = ()  # whose keys opened the study for it


def require_two(override: Override) -> None:
    """UsageError for an override that is none: another gate, one person, no reason."""
    if override.gate not in CAN_BE_OVERRIDDEN:
        raise UsageError(
            "this gate cannot be overridden",
            where=override.gate,
            remedy=f"Only {', '.join(CAN_BE_OVERRIDDEN)} can; settle what the others find.",
        )
    first, second = map(signer, override.by)
    if not first or not second or first == second or not override.reason.strip():
        raise UsageError(
            "an override takes two people and a reason",
            where="--override",
            remedy="Give the names of both, and the reason.",
            command="`--by` twice and `--reason` give them.",
        )


def overridden(
    results: tuple[GateResult, ...], override: Override, log: AuditLog
) -> tuple[GateResult, ...]:
    """The results with the refusal taken for passed; it is logged, and stands in the summary."""
    refused = next((r for r in results if r.gate == override.gate and not r.passed), None)
    if refused is None:
        return results
    log.append(
        GateOverridden(
            gate=override.gate,
            by=tuple(normalize("NFC", name) for name in override.by),
            reason=normalize("NFC", override.reason),
            approved_by=tuple(override.custodians),
        )
    )
    return tuple(replace(r, findings=(), overridden=True) if r is refused else r for r in results)
