"""redact: confidential interview transcripts in, a corpus that can be shared out.

The code reads in the order the data travels:
transcript → mentions → entities → decisions → safe transcript → release.
`pipeline.py` tells that story on one page. From Python:

    from redact import pseudonymise

Importing this package is light: what reads texts is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redact import offline
from redact.core import VERSION

if TYPE_CHECKING:
    from redact.library import Pseudonymised, pseudonymise

offline.switch_off()

__version__ = VERSION
__all__ = ["Pseudonymised", "__version__", "pseudonymise"]


def __getattr__(name: str) -> object:
    if name in ("Pseudonymised", "pseudonymise"):
        from redact import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
