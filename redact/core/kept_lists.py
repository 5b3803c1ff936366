"""The lists of bodies, programmes and nations that come with redact, by name."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

_LAW = " Act"
KeptList = Literal["public-bodies", "programmes", "state-programmes", "nations"]


@cache
def kept_terms(name: str) -> tuple[str, ...]:
    """The terms of a list that comes with redact, in its order; a law also as Scotland's."""
    text = resources.files("redact.data").joinpath("kept", f"{name}.txt").read_text("utf-8")
    lines = [line.strip() for line in text.splitlines()]
    terms = [line for line in lines if line and not line.startswith("#")]
    laws = [line.removesuffix(_LAW) for line in terms if line.endswith(_LAW)]
    of_scotland = (f"{law} (Scotland){_LAW}" for law in laws if "(Scotland)" not in law)
    return tuple(dict.fromkeys((*terms, *of_scotland)))
