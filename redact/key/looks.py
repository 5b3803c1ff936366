"""Every look at an original: agreed to by as many people as the policy asks, logged before it is
done, and how it went after. docs/security.md, section 7, has the table of all of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from redact.audit.events import DecisionRecorded, LinkageRevealed, RunStarted
from redact.audit.log import AuditLog
from redact.audit.reading import read_log
from redact.custody import keyfile
from redact.errors import RedactError, UsageError
from redact.policy import load_policy
from redact.study.folder import Study
from redact.study.hold import Seen, hold


class Showing(StrEnum):
    """Where originals are shown, as the log names it."""

    REVEAL = "reveal"
    EXPLAIN = "explain"
    RESTORE = "restore"
    EXPORT = "decisions export"
    ERRORS = "evaluate --errors"
    REVIEW = "review page"
    OPEN_WORDS = "what a release waits for"
    QUESTIONS = "questions about who is who"
    UNCOVERS = "decisions import: what it would uncover"
    NAMES = "tables: the list of names"
    TIMES = "times: where names are heard in the recording"


class Asking(StrEnum):
    """How many custodians must agree to a look from now on, as the log names it."""

    TWO = "two custodians asked for"
    ONE = "one custodian is enough"


HOLDS = 600.0  # seconds for which an entry of the page holds: what is shown again then has none
READING = f"{Showing.REVIEW}: transcript"  # an original beside its safe text


def approved(
    study: Study,
    opener: keyfile.Opener,
    second: keyfile.Opener | None,
    to_do: str = "show originals",
) -> tuple[str, ...]:
    """The custodians who open the key for this, in order; two where the policy asks for two.

    Raises UsageError if a second is needed and missing, or is the same person under two names: what
    one brings must not open the packet of the other. Shares are of as many people as are needed.
    Software cannot keep one person from holding two packets. What the policy once asked for holds
    until two have opened the key under one that does not: the log has both.
    """
    by_policy = load_policy(study.policy)[0].custody.two_people
    by_log = _two_were_asked_for(study)
    first = keyfile.unlock(study.custody, opener).custodian
    other = keyfile.unlock(study.custody, second).custodian if second is not None else ""
    if by_policy and not by_log:
        _record(study, Asking.TWO, "the policy")
    if (
        (by_policy or by_log)
        and first != keyfile.SHARES
        and (second is None or _is_one(study, (opener, first), (second, other)))
    ):
        raise UsageError(
            f"this study's policy {'asks' if by_policy else 'asked'} for two custodians to {to_do}",
            where="--second-passphrase-file or --second-identity",
            remedy="Let a second custodian open the key with you, with what is theirs alone."
            + ("" if by_policy else " From then on one is enough, as the policy now says."),
        )
    if by_log and not by_policy:
        _record(study, Asking.ONE, " and ".join(filter(None, (first, other))))
    return (first, other) if other else (first,)


def asks_for_two(study: Study) -> bool:
    """Whether two custodians must open the key to look: by the policy, or as it was before."""
    return load_policy(study.policy)[0].custody.two_people or _two_were_asked_for(study)


def _two_were_asked_for(study: Study) -> bool:
    """Whether the log's last word on it is that two are asked for."""
    asked = False
    for entry in read_log(study.audit):
        match entry.event:
            case RunStarted(two_people=True) | DecisionRecorded(action=Asking.TWO):
                asked = True
            case DecisionRecorded(action=Asking.ONE):
                asked = False
    return asked


def _record(study: Study, asking: Asking, by: str) -> None:
    with hold(study) as log:
        log.append(DecisionRecorded(action=asking.value, by=by, reason="two_people", counts={}))


def _is_one(study: Study, one: tuple[keyfile.Opener, str], two: tuple[keyfile.Opener, str]) -> bool:
    """Whether two who open the key are one: of one name, or each opens what is the other's."""
    if one[1] == two[1]:
        return True
    return any(
        name != keyfile.SHARES and keyfile.opens(study.custody / f"{name}.age", opener)
        for opener, name in ((one[0], two[1]), (two[0], one[1]))
    )


@contextlib.contextmanager
def looking(study: Study, look: LinkageRevealed, seen: Seen | None = None) -> Iterator[AuditLog]:
    """Logs what is about to be shown, and when it is done or refused how it went.

    Nothing is shown that the log could not take: then it raises before; StudyChanged if the study
    is not what was `seen` when the key was opened.
    """
    with hold(study, seen) as log:
        log.append(look)
        try:
            yield log
        except BaseException:
            with contextlib.suppress(RedactError):
                log.append(replace(look, phase="refused"))
            raise
        log.append(replace(look, phase="done"))


def log_look(study: Study, look: LinkageRevealed) -> None:
    """One entry of a look that lasts: its beginning, a part of it, or its end."""
    with hold(study) as log:
        log.append(look)
