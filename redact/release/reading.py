"""What the papers of a release say of reading: the log's account, in the same words everywhere."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redact.custody.payload import LinkageKey
from redact.detect.key_search import KeySearch
from redact.key.looks import HOLDS
from redact.release.datalist import inert
from redact.release.gates import forms_of
from redact.rendering import counted
from redact.review.readings import HowRead, ReadingRecord
from redact.study.forgotten import recalled

READING_COLUMNS = (
    "file",
    "read",
    "by",
    "minutes_open",
    "places_decided",
    "read_again_by",
)
_CARE = (
    "Software misses names. Do not publish them; share them only with people who keep them "
    "confidential."
)


@dataclass(frozen=True, slots=True)
class ReadingTally:
    """How many transcripts were read in which way."""

    on_page: int = 0
    declared: int = 0
    unread: int = 0

    @property
    def all_on_page(self) -> bool:
        return bool(self.on_page) and not self.declared and not self.unread

    def to_json(self) -> dict[str, int]:
        """By the words of the released table."""
        return {
            HowRead.ON_PAGE.value: self.on_page,
            HowRead.DECLARED.value: self.declared,
            HowRead.UNREAD.value: self.unread,
        }


def tally(readings: Iterable[ReadingRecord]) -> ReadingTally:
    """The counts of these readings."""
    how = Counter(one.how for one in readings)
    return ReadingTally(how[HowRead.ON_PAGE], how[HowRead.DECLARED], how[HowRead.UNREAD])


def status_of(read: ReadingTally) -> str:
    """What stands on the face of the README: who read the transcripts, by the log."""
    total = read.on_page + read.declared + read.unread
    if not read.on_page and not read.declared:
        return f"MACHINE ONLY: by the depositor's log nobody has read these transcripts. {_CARE}"
    said = []
    if read.on_page:
        said.append(
            f"{_share(read.on_page, total)} opened on the review page beside the original by the "
            "person who then settled it"
        )
    if read.declared:
        said.append(
            f"{_share(read.declared, total)} declared as read, without the page: for this the log "
            "has a person's word only"
        )
    if read.unread:
        return (
            f"PARTLY MACHINE ONLY: by the depositor's log nobody has read {read.unread} of the "
            f"{total} transcripts; {'; '.join(said)}. {_CARE}"
        )
    how = "Read" if read.on_page else "Declared as read"
    return f"{how}, by the depositor's log: {'; '.join(said)}."


def reader_names(readings: Iterable[ReadingRecord], key: LinkageKey) -> dict[str, str]:
    """What each reader is called in the release, by what the log has: "reader 1" instead of a
    name that is also somebody's or something's in the linkage key."""
    search = KeySearch(forms_of(key))
    by = [name for one in readings for name in (one.by, *one.second_readers) if name]
    shown = {}
    for number, name in enumerate(dict.fromkeys(by), start=1):
        found = (*search.find(name), *recalled(key.secret, key.forgotten, name))
        shown[name] = f"reader {number}" if found else name
    return shown


def reading_statement(
    readings: Sequence[ReadingRecord], names: Mapping[str, str], words: Mapping[str, int]
) -> str:
    """For the statement of methods: by whom and how the transcripts were read; `words` by document.

    No more is said than the log has.
    """
    total = len(readings)
    said = []
    for how in (HowRead.ON_PAGE, HowRead.DECLARED):
        by: dict[str, list[ReadingRecord]] = {}
        for record in readings:
            if record.how is how:
                by.setdefault(names.get(record.by, "somebody"), []).append(record)
        for name, theirs in sorted(by.items()):
            share = _share(len(theirs), total)
            said.append(
                f"{share.capitalize()} opened on the review page beside the original by {name}, "
                f"who then settled {'them' if len(theirs) > 1 else 'it'}"
                f"{_how_long(theirs, words)}."
                if how is HowRead.ON_PAGE
                else f"{share.capitalize()} declared as read by {name} without the page: the log "
                "does not have that the originals were beside."
            )
    unread = sum(not one.is_read for one in readings)
    if unread == total:
        said = ["By the log nobody has read the transcripts."]
    elif unread:
        said.append(f"By the log nobody has read {unread} of the {total} transcripts.")
    decided = sum(one.decided for one in readings)
    if decided:
        said.append(f"People decided on {counted(decided, 'place')} of them.")
    if any(one.how is HowRead.ON_PAGE for one in readings):
        said.append(_HOW_COUNTED)
    said.append("`reading.csv` has it file by file.")
    return " ".join(said)


def _how_long(theirs: Sequence[ReadingRecord], words: Mapping[str, int]) -> str:
    minutes = sum(one.minutes for one in theirs)
    said = sum(words.get(one.doc, 0) for one in theirs)
    return f" ({counted(minutes, 'minute')} by the log, for about {said:,} words)"


_HOW_COUNTED = (
    "Minutes run from an entry of the log that a transcript was opened on the page, or that its "
    f"reader decided something, to that reader's next entry: never more than {HOLDS / 60:.0f} at a "
    "time, and for one transcript at a time, the one that was opened last. They are no proof of "
    "reading."
)


def reading_table(
    readings: Iterable[ReadingRecord], names: Mapping[str, str], files: Mapping[str, str]
) -> str:
    """A row a transcript, as CSV; `files` are the released names by document."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(READING_COLUMNS)
    for one in readings:
        writer.writerow(
            [
                files[one.doc],
                one.how.value,
                inert(names.get(one.by, "")) if one.is_read else "",
                one.minutes if one.how is HowRead.ON_PAGE else "",
                one.decided,
                inert("; ".join(names[name] for name in one.second_readers)),
            ]
        )
    return out.getvalue()


def _share(some: int, of: int) -> str:
    if some == of:
        return "every transcript was"
    return f"{some} of the {of} transcripts {'was' if some == 1 else 'were'}"
