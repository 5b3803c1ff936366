"""Pages from templates: one base for all, and everything that is put into a page is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def environment_of(package: str) -> Environment:
    """The templates in `package`/templates; theirs may extend `base.html`, which all share.

    Only a template in Markdown (`*.md`) takes its values as they are.
    """
    from jinja2 import (
        ChoiceLoader,
        Environment,
        PackageLoader,
        StrictUndefined,
        select_autoescape,
    )

    return Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("redact.data")]),
        autoescape=select_autoescape(disabled_extensions=("md",), default=True),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


def render(package: str, template: str, **values: Any) -> str:
    """The text of a template in `package`/templates."""
    return environment_of(package).get_template(template).render(**values)
