"""Pages from templates: one base for all, and everything that is put in is escaped."""

from __future__ import annotations

from typing import Any


def render(package: str, template: str, **values: Any) -> str:
    """The page of a template in `package`/templates; it may extend `base.html`, which all share."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("redact.data")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)
