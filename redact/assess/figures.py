"""What the risk report draws: k by column, success against chance, and names that may be left."""

from __future__ import annotations

from redact.release.measures import Exposure, finds_people
from redact.release.second_look import SecondLook
from redact.risk.plots import PlotBar, interval_of_share, plot
from redact.risk.uniqueness import QuasiTable, k_anonymity


def plots_of(quasi: QuasiTable, seen: Exposure, look: SecondLook, asked: int) -> dict[str, str]:
    """SVG by what it shows; empty where there is nothing to show."""
    return {
        "k by column": _by_column(quasi, asked),
        "success against chance": _against_chance(seen),
        "names that may be left": _names_left(look),
    }


def _by_column(quasi: QuasiTable, asked: int) -> str:
    """k of each column alone, of all of them, and of all but each: what a column costs."""
    if not quasi.rows or not quasi.columns:
        return ""
    ks = [(column, k_anonymity(quasi.only([column]))) for column in quasi.columns]
    if len(quasi.columns) > 1:
        ks.append(("all together", k_anonymity(quasi)))
        for column in quasi.columns:
            rest = [one for one in quasi.columns if one != column]
            ks.append((f"all but {column}", k_anonymity(quasi.only(rest))))
    bars = [PlotBar(name=name, value=k, says=f"k {k}", mark=asked) for name, k in ks]
    most = max(asked, *(k for _, k in ks))
    return plot("k of the data list by column", bars, most, f"k {asked}, which is asked")


def _against_chance(seen: Exposure) -> str:
    bars = []
    for one in seen.attacks:
        if not one.tried or not one.attack.startswith(("people", "interviewees", "organisations")):
            continue
        low, high = interval_of_share(one.right, one.tried)
        better = ", better than chance" if finds_people(one) else ""
        bars.append(
            PlotBar(
                name=one.attack,
                value=one.right / one.tried,
                says=f"{one.right} of {one.tried}{better}",
                low=low,
                high=high,
                mark=one.by_chance / one.tried,
            )
        )
    return plot("Share that an intruder found, with 95% intervals", bars, 1.0, "by chance")


def _names_left(look: SecondLook) -> str:
    if not look.words:
        return ""
    ten = 10_000 / look.words
    unseen = look.unseen
    bars = [
        PlotBar(
            name="seen by the second look",
            value=len(look.findings) * ten,
            says=f"{len(look.findings) * ten:.1f} in 10,000 words",
        ),
        PlotBar(
            name="expected beside them",
            value=unseen.names * ten,
            says=f"{unseen.names * ten:.1f} in 10,000 words",
            low=unseen.low * ten,
            high=unseen.high * ten,
        ),
    ]
    most = max(*(bar.value for bar in bars), unseen.high * ten, 1.0)
    return plot("Names that may be left, with a 95% interval", bars, most)
