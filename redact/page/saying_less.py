"""The list that goes out, said less exactly: the change of the study's policy, made on the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tomlkit

from redact.audit.events import RunFinished
from redact.disk import write_atomic
from redact.page.opened import OpenedStudy
from redact.policy.files import parse_policy
from redact.risk.uniqueness import Step
from redact.study.desk import Desk, log_start
from redact.study.hold import hold


def steps_in_words(steps: Iterable[Step]) -> str:
    """What is done to which columns, as parts of one sentence."""
    return "; ".join(
        f"say the column {step.column} in wider groups"
        if step.level
        else f"leave the column {step.column} out of the list"
        for step in steps
    )


def saying_less(desk: Desk, steps: Iterable[Step]) -> bytes:
    """The study's policy with these steps under [release]; all else is as it is, to the letter."""
    document: Any = tomlkit.parse(desk.policy_data.decode("utf-8"))
    if "release" not in document:
        document["release"] = tomlkit.table()
    section = document["release"]
    columns = list(desk.policy.release.columns)
    levels = dict(desk.policy.release.levels)
    for step in steps:
        if step.level:
            levels[step.column] = step.level
        else:
            columns.remove(step.column)
            levels.pop(step.column, None)
    section["columns"] = columns
    if levels or "levels" in section:
        table = tomlkit.inline_table()
        table.update(levels)
        section["levels"] = table
    made = tomlkit.dumps(document).encode("utf-8")
    parse_policy(made, "policy.toml")
    return made


def take_policy(opened: OpenedStudy, data: bytes) -> None:
    """From now on the study has this policy, and the log has that; it stays as it was on an error.

    Only what a release says may differ: no safe text changes by it.
    """

    def taken() -> None:
        study, was = opened.desk.study, opened.desk.policy_data
        with hold(study, opened.desk.seen) as log:
            write_atomic(study.policy, data)
            try:
                desk = opened.reopen()
            except BaseException:
                write_atomic(study.policy, was)
                raise
            log_start(log, desk, "another policy")
            log.append(RunFinished(command="another policy", outcome="done", exit=0))
            opened.keep(desk)

    opened.write(taken)
