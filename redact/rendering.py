"""Pages from templates: one base for all, and everything that is put into a page is escaped.

So is what is printed: a control character can move a terminal's cursor, a mark of direction can
turn a line round, and what has no width can hide a word.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import EvalContext

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def is_unseen(char: str) -> bool:
    """Whether a character shows nothing, or changes how others are shown; a plain blank does not.

    These are controls, marks of direction, what has no width, separators of lines, letters that
    are blank.
    """
    return unicodedata.category(char) in _UNSEEN or char in _BLANK_LETTERS


def shown(text: str, keep: str = "") -> str:
    """The text with everything unseen in it written out, such as <U+202E>; `keep` stays."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"<U+{ord(char):04X}>" if is_unseen(char) and char not in keep else char for char in text
    )


def wrong_in(text: str, longest: int) -> str:
    """What is wrong with words for the log, in a sentence; nothing if they can be taken."""
    if not any(char.isalnum() and not is_unseen(char) for char in text):
        return "it says nothing: write a name, initials or a reason that can be read."
    if len(text) > longest:
        return f"it has {len(text):,} characters, and up to {longest:,} are taken. Say it shorter."
    odd = next(filter(is_unseen, text), None)
    if odd is not None:
        name = unicodedata.name(odd, f"U+{ord(odd):04X}").lower()
        return f"a character in it cannot be seen ({name}). Type it again without."
    return ""


def counted(number: int, one: str, more: str = "") -> str:
    """A number with its noun: "1 place", "1,204 places"."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


class Exact(str):
    """A value that a form gives back as it is: it goes into a page unchanged, but escaped."""

    __slots__ = ()


def _finalized(context: EvalContext, value: Any) -> Any:
    """What is put into a page; of Markdown and of what is marked up already nothing is changed."""
    from markupsafe import Markup

    if not context.autoescape or not isinstance(value, str) or isinstance(value, Markup | Exact):
        return value
    return shown(value, keep="\n\t\r")


def environment_of(package: str) -> Environment:
    """The templates in `package`/templates; theirs may extend `base.html`, which all share.

    Only a template in Markdown (`*.md`) takes its values as they are.
    """
    from jinja2 import (
        ChoiceLoader,
        Environment,
        PackageLoader,
        StrictUndefined,
        pass_eval_context,
        select_autoescape,
    )

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("redact.data")]),
        autoescape=select_autoescape(disabled_extensions=("md",), default=True),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        finalize=pass_eval_context(_finalized),
    )
    environment.filters["exact"] = Exact
    return environment


def render(package: str, template: str, **values: Any) -> str:
    """The text of a template in `package`/templates."""
    return environment_of(package).get_template(template).render(**values)
