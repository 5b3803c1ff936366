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
from redact.transcript.words import squash

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
    """The licence that is meant, by its id, its name or its address in whatever case and marks, or
    by the parts of its name; None for a text, and for one that may mean several."""
    return _BY_WORDS.get(squash(said)) or _by_parts(said)


def is_like_one(said: str) -> bool:
    """Whether a text speaks of an open licence, though it is not known which one."""
    return licence_of(said) is None and bool(_LIKE_ONE.search(said))


def _by_parts(said: str) -> Licence | None:
    """Creative Commons' licence by its parts and version, where nothing else is said.

    "Creative Commons Attribution 4" is one; without a version, or with another one, none is.
    """
    left, is_cc = _CC_NAME.subn(" ", said.casefold())
    if not is_cc:
        return None
    marks = []
    for mark, words in _CC_PARTS:
        left, times = re.subn(rf"(?<![a-z]){words}(?![a-z])", " ", left)
        marks += [mark] * bool(times)
    version = _VERSION.search(left)
    if version is None or re.search(r"[a-z0-9]", _CC_IDLE.sub(" ", _VERSION.sub(" ", left, 1))):
        return None
    return LICENCES.get("-".join(("CC", *marks, f"{version[1]}.{version[2] or 0}")))


_CC_NAME = re.compile(r"\bcreative ?commons\b(?:\.org/licen[cs]es)?|\bcc\b")
_CC_PARTS = (
    ("BY", r"(?:attribution|by)"),
    ("NC", r"(?:non-? ?commercial|nc)"),
    ("SA", r"(?:share-? ?alike|sa)"),
    ("ND", r"(?:no-? ?deriv(?:ative)?s?(?: works)?|nd)"),
)
_VERSION = re.compile(r"(?<![\d.])(\d)(?:\.(\d))?(?![\d.])")
_CC_IDLE = re.compile(
    r"\b(?:licen[cs]es?|international|public|version|v|the|a|an|deed|en|legalcode|https?|www)\b"
)
_LIKE_ONE = re.compile(
    r"creative ?commons|\bcc ?-?(?:by|0|zero|nc|sa|nd)\b|\bopen (?:data commons|government licen)|"
    r"\bogl\b|\bodc\b|\bodbl\b|\bpublic domain\b|\b(?:mit|apache|gnu|gpl|bsd) licen[cs]e\b",
    re.IGNORECASE,
)
_OTHERWISE = {  # other names that are in use for one of the list
    "CC0-1.0": (
        "CC0",
        "CC0 1.0 Universal",
        "Creative Commons Zero",
        "Creative Commons Zero 1.0",
        "CC0 1.0 Universal Public Domain Dedication",
    ),
    "OGL-UK-3.0": ("OGL 3.0", "OGL v3.0", "OGL v3", "Open Government Licence v3.0"),
    "ODC-By-1.0": ("Open Data Commons Attribution License 1.0", "ODC BY"),
    "ODbL-1.0": (
        "Open Data Commons Open Database License 1.0",
        "Open Database License",
        "ODbL",
    ),
    "UKDS-EUL": ("End User Licence", "UK Data Archive End User Licence", "EUL"),
    "UKDS-SL": ("Special Licence",),
    "UKDS-SA": ("Secure Access",),
    "ICPSR-RDUA": ("Restricted Data Use Agreement",),
    "QDR-SDA": ("Standard Download Agreement",),
    "QDR-SPECIAL": ("Special Download Agreement",),
}
_BY_WORDS = {
    squash(words): one
    for one in LICENCES.values()
    for words in (
        one.id,
        one.name,
        one.uri,
        one.uri.replace("https", "http"),
        *_OTHERWISE.get(one.id, ()),
    )
    if words
}


def disagreement(said: str, access: Access, archive: str) -> str:
    """Why this licence and this access do not go together at an archive; nothing where they do."""
    if not said:
        return ""
    one = licence_of(said)
    if one is None:
        if is_like_one(said):
            return "it speaks of a licence of the list in other words: name it as the list does"
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
