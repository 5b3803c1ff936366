"""What a format is: which files are of it, who reads them, and how the safe file is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from redact.formats.slots import Parts, Reading
from redact.policy import Handling

BY_DEFAULT = Handling()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """A file to be read: its bytes, and what a reader must know beside them.

    `where` names it in errors; `handling` says what becomes of hidden places. `encoding` is None
    if nobody named one: text is then UTF-8. Readers of XML and zips do not ask.
    """

    data: bytes = field(repr=False)
    where: str
    handling: Handling = BY_DEFAULT
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A row of FORMATS.

    `read` gives what a file says; it raises BadInput for what cannot be read whole or made safe.
    `write` puts the parts of a safe file together.

    `safe_suffix` is the ending of the safe file, None for the source's own. A safe file of another
    ending is made anew of the words: it ends with a line's end, with blanks for the `unwritable`.

    `is_encoded` says that it is text in some encoding: that which `declared_encoding` finds in the
    file, else UTF-8, else a guess.

    `unshared` gives parts in which words that stand once for several places stand at each of them,
    for edits that make several things of one. `beside` is how bytes that are neither words nor XML
    are read by the release gate.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[RawFile], Reading]
    write: Callable[[Parts], bytes]
    safe_suffix: str | None = None
    unwritable: re.Pattern[str] | None = None
    is_encoded: bool = False
    declared_encoding: Callable[[bytes], str | None] | None = None
    unshared: Callable[[Parts, str], Parts] | None = None
    beside: Callable[[str], str] | None = None
