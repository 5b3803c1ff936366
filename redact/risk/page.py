"""The risk report as one page: self-contained, readable in print, drawn from data."""

from __future__ import annotations

from typing import Any

from redact.rendering import render


def write_page(title: str, found: dict[str, Any]) -> str:
    """The page of an assessment in its JSON form. Everything in it is escaped."""
    return render("redact.risk", "risk.html", title=title, found=found)
