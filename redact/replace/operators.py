"""Presidio's anonymizer operators do the replacing: replace, redact and keep.

`presidio_anonymizer.AnonymizerEngine` is not used: it joins neighbouring mentions and gives no way
to keep line breaks or the article before a name (docs/decisions/011).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from redact.core import Action

if TYPE_CHECKING:
    from presidio_anonymizer.operators import Operator

_OPERATORS: dict[Action, str] = {"remove": "Redact", "keep": "Keep"}


@cache
def _operator(action: Action) -> Operator:
    from presidio_anonymizer import operators  # slow to import, so only where it is used

    made: Operator = getattr(operators, _OPERATORS.get(action, "Replace"))()
    return made


def operate(action: Action, said: str, instead: str) -> str:
    """What stands for `said`: nothing, itself, or `instead`, which must not be empty then."""
    text: str = _operator(action).operate(said, {"new_value": instead})
    return text
