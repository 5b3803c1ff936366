"""Under which terms it may be used: licences from a list, and whether they agree with the access.

An open licence lets whoever has it pass it on, which safeguards would forbid; open access without
one lets nobody use it. SPDX's identifiers for open ones; the terms of archives by their own names,
after their pages for users as far as copies were at hand. A text of one's own is for an archive
that has terms of its own, and never for open access.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from redact.study.description import Access

_CC = "https://creativecommons.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence or an archive's terms: its name, where it stands, and which access it goes with.

    `id` is SPDX's where it has one. `archives` are the profiles that have these terms, all where
    none is named.
    """

    id: str
    name: str
    uri: str = ""
    access: tuple[Access, ...] = ("open",)
    archives: tuple[str, ...] = ()

    @property
    def is_spdx(self) -> bool:
        return not self.archives


_OPEN = (
    Licence(id="CC0-1.0", name="CC0 1.0", uri=f"{_CC}/publicdomain/zero/1.0/"),
    Licence(id="CC-BY-4.0", name="CC BY 4.0", uri=f"{_CC}/licenses/by/4.0/"),
    Licence(id="CC-BY-SA-4.0", name="CC BY-SA 4.0", uri=f"{_CC}/licenses/by-sa/4.0/"),
    Licence(id="CC-BY-ND-4.0", name="CC BY-ND 4.0", uri=f"{_CC}/licenses/by-nd/4.0/"),
    Licence(id="CC-BY-NC-4.0", name="CC BY-NC 4.0", uri=f"{_CC}/licenses/by-nc/4.0/"),
    Licence(id="CC-BY-NC-SA-4.0", name="CC BY-NC-SA 4.0", uri=f"{_CC}/licenses/by-nc-sa/4.0/"),
    Licence(id="CC-BY-NC-ND-4.0", name="CC BY-NC-ND 4.0", uri=f"{_CC}/licenses/by-nc-nd/4.0/"),
    Licence(id="ODC-By-1.0", name="ODC-By 1.0", uri="https://opendatacommons.org/licenses/by/1-0/"),
    Licence(id="ODbL-1.0", name="ODbL 1.0", uri="https://opendatacommons.org/licenses/odbl/1-0/"),
    Licence(
        id="OGL-UK-3.0",
        name="Open Government Licence 3.0",
        uri="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
)
_OF_ARCHIVES = (
    Licence(
        id="UKDS-EUL",
        name="UK Data Service End User Licence",
        access=("safeguarded",),
        archives=("ukds",),
    ),
    Licence(
        id="UKDS-SL",
        name="UK Data Service Special Licence",
        access=("safeguarded", "controlled"),
        archives=("ukds",),
    ),
    Licence(
        id="UKDS-SA",
        name="UK Data Service Secure Access",
        access=("controlled",),
        archives=("ukds",),
    ),
    Licence(id="ICPSR-TOU", name="ICPSR Terms of Use", access=("open",), archives=("icpsr",)),
    Licence(
        id="ICPSR-RDUA",
        name="ICPSR Restricted Data Use Agreement",
        access=("safeguarded", "controlled"),
        archives=("icpsr",),
    ),
    Licence(
        id="QDR-SDA",
        name="QDR Standard Download Agreement",
        access=("open", "safeguarded"),
        archives=("qdr",),
    ),
    Licence(
        id="QDR-SPECIAL",
        name="QDR Special Download Agreement",
        access=("safeguarded", "controlled"),
        archives=("qdr",),
    ),
)
LICENCES: Mapping[str, Licence] = {one.id: one for one in (*_OPEN, *_OF_ARCHIVES)}


def licence_of(said: str) -> Licence | None:
    """The licence that is meant, by its id or name in whatever case and marks; None for a text."""
    return _BY_WORDS.get(_squashed(said))


def _squashed(said: str) -> str:
    return re.sub(r"[^a-z0-9]", "", said.casefold())


_BY_WORDS = {
    _squashed(words): one
    for one in LICENCES.values()
    for words in (one.id, one.name, one.uri, one.uri.replace("https", "http"))
    if words
}


def disagreement(said: str, access: Access, archive: str) -> str:
    """Why this licence and this access do not go together at an archive; nothing where they do."""
    if not said:
        return ""
    one = licence_of(said)
    if one is None:
        if access == "open":
            return "open access takes a licence of the list, not a text of one's own"
        return ""
    if one.archives and archive != "plain" and archive not in one.archives:
        return f"{one.name} is not a licence of this archive"
    if access not in one.access:
        what = "lets anybody pass it on" if one.is_spdx else f"goes with {' or '.join(one.access)}"
        return f"{one.name} {what}, and the access is {access}"
    return ""


def offered(access: Access, archive: str) -> tuple[str, ...]:
    """What goes with this access at this archive."""
    return tuple(
        one.id
        for one in LICENCES.values()
        if access in one.access and (not one.archives or archive in one.archives)
    )
