"""Plots of the risk report as SVG: black on white with patterns, so that they print.

Each says its figures in words too, for those who cannot see it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_LEFT, _WIDE, _ROW = 230, 260, 28  # of the labels, of the bars, and of each row, in pixels
_Z = 1.96  # of an interval of 95%


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotBar:
    """A bar: what it is of and its length; where there are any an interval and a mark beside it."""

    name: str
    value: float
    says: str
    low: float | None = None
    high: float | None = None
    mark: float | None = None


def plot(title: str, bars: Sequence[PlotBar], most: float, mark_is: str = "") -> str:
    """An SVG of bars up to `most`, to stand in a page of HTML 5; an interval is a line with
    ends, a mark a dashed line.

    Nothing where there are no bars.
    """
    if not bars or most <= 0:
        return ""
    told = "; ".join(f"{bar.name}: {bar.says}" for bar in bars)
    high = _ROW * len(bars) + (24 if mark_is else 4)
    parts = [
        f'<svg role="img" viewBox="0 0 700 {high}" width="700" '
        f'height="{high}"><title>{escape(title)}. {escape(told)}</title>',
        '<defs><pattern id="hatch" width="6" height="6" patternTransform="rotate(45)" '
        'patternUnits="userSpaceOnUse"><line x1="0" y1="0" x2="0" y2="6" stroke="currentColor" '
        'stroke-width="2.4"/></pattern></defs>',
    ]
    for number, bar in enumerate(bars):
        parts += _drawn(bar, number * _ROW, most)
    if mark_is:
        y = _ROW * len(bars) + 16
        parts.append(f'<text x="{_LEFT}" y="{y}">{escape(f"dashed: {mark_is}")}</text>')
    return "".join([*parts, "</svg>"])


def _drawn(bar: PlotBar, top: int, most: float) -> list[str]:
    def x(value: float) -> str:
        return f"{_LEFT + _WIDE * min(1.0, max(0.0, value / most)):.1f}"

    long = float(x(bar.value)) - _LEFT
    drawn = [
        f'<text x="0" y="{top + 18}">{escape(bar.name[:36])}</text>',
        f'<rect x="{_LEFT}" y="{top + 5}" width="{long:.1f}" height="16" style="fill:url(#hatch)" '
        'stroke="currentColor"/>',
        f'<text x="{_LEFT + _WIDE + 12}" y="{top + 18}">{escape(bar.says)}</text>',
    ]
    if bar.low is not None and bar.high is not None:
        middle = top + 13
        for end in (bar.low, bar.high):
            drawn.append(_line(x(end), middle - 6, x(end), middle + 6))
        drawn.append(_line(x(bar.low), middle, x(bar.high), middle))
    if bar.mark is not None:
        at = x(bar.mark)
        drawn.append(_line(at, top + 2, at, top + 24, ' stroke-dasharray="4 3"'))
    return drawn


def _line(x1: str, y1: int, x2: str, y2: int, more: str = "") -> str:
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="currentColor" '
        f'stroke-width="2"{more}/>'
    )


def interval_of_share(right: int, tried: int) -> tuple[float, float]:
    """Wilson's interval of 95% for a share (Journal of the American Statistical Association 22,
    1927); nothing is known of none tried: 0 to 1."""
    if not tried:
        return 0.0, 1.0
    share, z2 = right / tried, _Z**2
    middle = (share + z2 / (2 * tried)) / (1 + z2 / tried)
    spread = _Z / (1 + z2 / tried) * math.sqrt(share * (1 - share) / tried + z2 / (4 * tried**2))
    return max(0.0, middle - spread), min(1.0, middle + spread)
