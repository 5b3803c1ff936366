"""Why an access is not reached, and what would reach it: each step with its price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redact.policy import Risk
from redact.release.contents import Contents
from redact.release.exposure import bracketed
from redact.release.intruder import attack
from redact.release.measures import Exposure, leads_back, went
from redact.release.played import played
from redact.release.second_look import SecondLook
from redact.rendering import counted
from redact.risk.attack import Outcome
from redact.risk.background import Background
from redact.risk.uniqueness import Effect
from redact.study.description import Access
from redact.study.desk import Desk


@dataclass(frozen=True, slots=True)
class Price:
    """A step towards an access: what it costs, and what it gives."""

    step: str
    price: str
    gives: str


def reasons(seen: Exposure, look: SecondLook, risk: Risk, access: Access) -> tuple[str, ...]:
    """Why this access is not reached, the worst first; nothing where it is."""
    least, most = risk.least(access), risk.left(access)
    why = [
        f"{one.what}: somebody can be narrowed down to {counted(one.k, 'interview')} ({one.how}); "
        f"at least {least} are wanted"
        for one in seen.measures()
        if one.k < least
    ]
    if look.in_10_000_words > most:
        why.append(
            f"about {look.in_10_000_words:.1f} names in 10,000 words may be left; your policy "
            f"allows {most:g}"
        )
    return tuple(why)


def prices(
    desk: Desk,
    contents: Contents,
    look: SecondLook,
    access: Access,
    smallest: Effect | None,
    background: Background | None = None,
) -> tuple[Price, ...]:
    """What would reach this access, as far as anything here would; nothing where it is reached."""
    seen, risk = contents.exposure, desk.policy.risk
    least = risk.least(access)
    if not reasons(seen, look, risk, access):
        return ()
    steps: list[Price] = []
    if seen.k and seen.k < least:
        steps.append(_of_data_list(smallest))
    if any(k < least for k in seen.fits.values()) and seen.stated:
        files = len({one.file for one in seen.stated})
        steps.append(
            Price(
                f"bracket the {counted(len(seen.stated), 'passage')} that state facts (below)",
                f"{counted(len(seen.stated), 'passage')} of {counted(files, 'interview')} are lost",
                "the talk adds nothing to the data list",
            )
        )
    if any(one.tried // one.right < least for one in seen.best_attacks()):
        less = bracketed(contents)
        after = played(desk, less) if background is None else attack(desk, less, background)
        steps.append(
            Price(
                "both, and no data list at all: what is left to an intruder",
                "the data list and these passages are lost",
                _best(after),
            )
        )
    if look.in_10_000_words > risk.left(access):
        steps.append(
            Price(
                f"say of the {counted(len(look.findings), 'word')} like a name what they are",
                f"{counted(len(look.findings), 'answer')}",
                "what is no name counts no longer, nor do those expected beside it",
            )
        )
    closed: list[Access] = ["safeguarded", "controlled"]
    reached = [one for one in closed if one != access and not reasons(seen, look, risk, one)]
    if reached:
        steps.append(
            Price(
                f"choose {reached[0]} access",
                "fewer may use it, and each of them is known",
                "it is reached as it is",
            )
        )
    return tuple(steps)


def _of_data_list(smallest: Effect | None) -> Price:
    if smallest is None:
        return Price("the data list: no set of steps reaches it", "-", "-")
    steps = "; ".join(step.what for step in smallest.steps)
    return Price(
        f"the data list: {steps}",
        f"{smallest.lost:.0%} of what its columns tell apart is lost",
        f"its k is {smallest.k}",
    )


def _best(outcomes: Iterable[Outcome]) -> str:
    """How the best attacks on interviewees and organisations went then."""
    best: dict[str, Outcome] = {}
    for one in outcomes:
        about = one.attack.split(",")[0]
        if about in ("interviewees", "organisations") and one.tried:
            best[about] = max(best.get(about, one), one, key=lambda other: other.right)
    return "; ".join(f"{about}: {went(one)}" for about, one in best.items()) or "nobody is listed"


def exposure_json(seen: Exposure) -> dict[str, Any]:
    """The measures as JSON, the worst first; quotes are of safe texts."""
    return {
        "worst": seen.worst(),
        "measures": [{"what": m.what, "k": m.k, "how": m.how} for m in seen.measures()],
        "fits": dict(seen.fits),
        "stated": [
            {
                "file": one.file,
                "line": one.line,
                "kind": one.kind,
                "value": one.value,
                "quote": one.quote,
            }
            for one in seen.stated
        ],
        "leads_back": leads_back(seen),
    }
