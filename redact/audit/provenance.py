"""The log as W3C PROV: who did what to what. A view of the record, never the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from redact.audit.reading import Logged
from redact.errors import UsageError

NAMESPACE = "urn:redact:"


def as_prov(log: str, entries: Iterable[Logged]) -> str:
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
        if entry.actor not in agents:
            agents[entry.actor] = document.agent(
                f"redact:agent/{entry.actor}", {"redact:role": entry.role}
            )
        if entry.event == "run.started":
            run = document.activity(
                f"redact:run/{entry.number}",
                _time(entry.time),
                None,
                {"prov:label": entry.data["command"], "redact:policy": entry.data["policy"],
                 "redact:policy_sha256": entry.data["policy_sha256"],
                 "redact:tool": entry.data["tool"], "redact:log": log},
            )  # fmt: skip
            document.wasAssociatedWith(run, agents[entry.actor])
        elif entry.event == "run.finished" and run is not None:
            run.set_time(endTime=_time(entry.time))
        elif run is not None:
            _effect(document, run, entry)
    return str(document.serialize(format="json", indent=1))


def _effect(document: Any, run: Any, entry: Logged) -> None:
    data = entry.data
    if entry.event == "doc.processed":
        source = document.entity(f"redact:source/{data['doc']}")
        document.used(run, source, _time(entry.time))
        if digest := data.get("safe_sha256"):
            safe = document.entity(f"redact:safe/{data['doc']}/{digest[:16]}",
                                   {"redact:sha256": digest})  # fmt: skip
            document.wasGeneratedBy(safe, run, _time(entry.time))
            document.wasDerivedFrom(safe, source)
    elif entry.event == "linkage.sealed" and data["phase"] == "done":
        key = document.entity(f"redact:linkage/{data['linkage_id']}",
                              {"redact:sha256": data["sha256"]})  # fmt: skip
        document.wasGeneratedBy(key, run, _time(entry.time))
    elif entry.event == "release.created" and data["phase"] == "done":
        digest = {"redact:tagmanifest_sha512": data["tagmanifest_sha512"]}
        bag = document.entity(f"redact:release/{data['name']}", digest)
        document.wasGeneratedBy(bag, run, _time(entry.time))


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
