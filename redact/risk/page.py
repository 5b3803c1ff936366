"""The risk report as one page: self-contained, readable in print, drawn from data."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def write_page(title: str, found: dict[str, Any]) -> str:
    """The page of an assessment in its JSON form. Everything in it is escaped."""
    environment = Environment(
        loader=PackageLoader("redact.risk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("risk.html").render(title=title, found=found)
