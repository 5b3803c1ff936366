"""`redact status`: what is open and due in a study, on one screen."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from redact.cli import shared
from redact.rendering import shown


@click.command()
@shared.study_argument
@shared.json_option
def status(study: Path, as_json: bool) -> int:
    """Say what is open and due in STUDY: readings, consent, drill, key, anchor, releases, roles.

    It needs no passphrase and opens no original. Exit code 3 if something is overdue.
    """
    from redact.audit.reading import read_log
    from redact.governance.status import as_lines
    from redact.governance.status import status as stand
    from redact.key.custodians import custodians
    from redact.policy import load_policy, policy_digest
    from redact.study.approval import approvals
    from redact.study.folder import Study
    from redact.study.records import ENTITIES, read_entities
    from redact.study.roles import read_roles

    opened = Study(study)
    opened.require()
    policy, data = load_policy(opened.policy)
    path = opened.work / ENTITIES
    entries = read_log(opened.audit)
    found = stand(
        entries,
        read_entities(path) if path.is_file() else (),
        policy,
        approvals(entries),
        policy_digest(data),
        datetime.now(UTC).date(),
        read_roles(opened),
        custodians(opened),
    )
    overdue = any(one.state == "overdue" for one in found)
    result = {"standing": [asdict(one) for one in found]}
    lines = [shown(line.replace("STUDY", str(study))) for line in as_lines(found)]
    return shared.print_result(as_json, result, lines, 3 if overdue else 0)
