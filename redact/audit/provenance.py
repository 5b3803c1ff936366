"""The log as W3C PROV: who did what to what. A view of the record, never the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from redact.audit.entries import LogEntry
from redact.audit.events import (
    DocProcessed,
    Event,
    LinkageSealed,
    ReleaseCreated,
    RunFinished,
    RunStarted,
)
from redact.errors import UsageError

NAMESPACE = "urn:redact:"


def as_prov(log: str, entries: Iterable[LogEntry]) -> str:
    """PROV-JSON of the log (W3C Member Submission, 2013). UsageError if `prov` is not installed."""
    try:
        from prov.model import ProvDocument
    except ImportError:
        raise UsageError(
            "PROV needs the package prov, which is not installed",
            where="redact audit export",
            remedy="Install redact with its extra `prov`.",
        ) from None
    document: Any = ProvDocument()
    document.add_namespace("redact", NAMESPACE)
    agents: dict[str, Any] = {}
    run: Any = None
    for entry in entries:
        actor = entry.actor
        if actor.id not in agents:
            agents[actor.id] = document.agent(
                f"redact:agent/{actor.id}", {"redact:role": actor.role}
            )
        if isinstance(entry.event, RunStarted):
            run = _activity(document, log, entry, entry.event)
            document.wasAssociatedWith(run, agents[actor.id])
        elif isinstance(entry.event, RunFinished) and run is not None:
            run.set_time(endTime=_time(entry.time))
        elif run is not None:
            _add_effect(document, run, entry.event, _time(entry.time))
    return str(document.serialize(format="json", indent=1))


def _activity(document: Any, log: str, entry: LogEntry, started: RunStarted) -> Any:
    about = {
        "prov:label": started.command,
        "redact:policy": started.policy,
        "redact:policy_sha256": started.policy_sha256,
        "redact:tool": started.tool,
        "redact:log": log,
    }
    return document.activity(f"redact:run/{entry.number}", _time(entry.time), None, about)


def _add_effect(document: Any, run: Any, event: Event, time: datetime) -> None:
    """What a run used and made, as far as this event tells of it."""
    match event:
        case DocProcessed():
            source = document.entity(f"redact:source/{event.doc}")
            document.used(run, source, time)
            if digest := event.safe_sha256:
                about = {"redact:sha256": digest}
                safe = document.entity(f"redact:safe/{event.doc}/{digest[:16]}", about)
                document.wasGeneratedBy(safe, run, time)
                document.wasDerivedFrom(safe, source)
        case LinkageSealed(phase="done"):
            about = {"redact:sha256": event.sha256 or ""}
            key = document.entity(f"redact:linkage/{event.linkage_id}", about)
            document.wasGeneratedBy(key, run, time)
        case ReleaseCreated(phase="done"):
            about = {"redact:tagmanifest_sha512": event.tagmanifest_sha512 or ""}
            bag = document.entity(f"redact:release/{event.name}", about)
            document.wasGeneratedBy(bag, run, time)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
