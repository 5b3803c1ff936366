"""What a person should know of files though it stops nothing: what was passed over, and odd.

Files are named, for it is said to the person who brought them; none of it goes into a log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from redact.errors import UsageError
from redact.formats.folders import Passed, PassedOver
from redact.formats.refi_split import FRAME, OF_PROJECT
from redact.formats.registry import is_plain_text
from redact.formats.source_file import SourceFile
from redact.transcript.language import language_of
from redact.transcript.lines import holds_captions

_OF_CODES = (".qdc", f"{FRAME}.qdpx")
_PLAIN_WORDS, _PLAINLY_OTHER = 60, 0.08  # words, and the share of small words of English in them
_NAMED = 5  # files that a remark names


def said_of_passed(passed: Sequence[PassedOver]) -> Iterator[str]:
    """A sentence for each reason why files were passed over."""
    for why in Passed:
        paths = [one.path for one in passed if one.why is why]
        if not paths:
            continue
        names = named(dict.fromkeys(path.name for path in paths))
        yield (
            f"passed over {_number(len(paths), 'file or folder', 'files or folders')} ({why}): "
            + (
                f"{names}. If it belongs to the study, give it with --roster or --interviews"
                if why is Passed.TABLE
                else names
            )
        )


def said_of_sources(sources: Sequence[SourceFile]) -> Iterator[str]:
    """A sentence for each thing that is odd about some transcripts."""
    for source in sources:
        if source.was_called:
            kind = PurePosixPath(source.name).suffix
            yield f"{source.was_called} is a {kind} file by its content, and was read as that"
    of_project: dict[str, list[str]] = {}
    for source in sources:
        outer, separator, _ = source.path.rpartition(OF_PROJECT)
        if separator:
            of_project.setdefault(outer, []).append(source.name)
    for outer, texts in of_project.items():
        yield (
            f"{PurePosixPath(outer).name} is a coded project: each text of it is a transcript, and "
            f"its codes and notes are one more ({len(texts)} in all). A release has the safe "
            "project as a whole too"
        )
    timed = [one.name for one in sources if is_plain_text(one.name) and holds_captions(one.text)]
    if timed:
        yield (
            f"{_number(len(timed), 'text file holds', 'text files hold')} captions: "
            f"{named(timed)}. They are read as captions are; no time in them is touched"
        )
    by_digest: dict[str, list[str]] = {}
    for source in sources:
        by_digest.setdefault(source.sha256, []).append(source.name)
    for names in by_digest.values():
        if len(names) > 1:
            yield f"{len(names)} files are the same to the byte: {named(names)}"
    talks = [one for one in sources if not one.name.endswith(_OF_CODES)]  # codes are no talk
    languages = [(source.name, language_of(source.text)) for source in talks]
    if foreign := [name for name, language in languages if not language.is_english]:
        yield (
            f"{_number(len(foreign), 'transcript does', 'transcripts do')} not look like English: "
            f"{named(foreign)}. redact knows the names of English and Scots talk, and finds few in "
            "another language"
        )
    if parts := [name for name, language in languages if language.has_other_parts]:
        yield (
            f"parts of {_number(len(parts), 'transcript', 'transcripts')} do not look like "
            f"English: {named(parts)}. Read these with care: redact finds few names in them"
        )


def require_english(sources: Sequence[SourceFile], language: str) -> None:
    """Raises UsageError where what is said is plainly no English and nobody named its language.

    Codes and notes of projects are no talk; of a few words nothing is plain.
    """
    talks = [language_of(one.text) for one in sources if not one.name.endswith(_OF_CODES)]
    words, small = sum(one.words for one in talks), sum(one.small for one in talks)
    if words >= _PLAIN_WORDS and small < words * _PLAINLY_OTHER and not language.strip():
        raise UsageError(
            "what is said here does not look like English",
            where="--language",
            remedy="redact knows the names of English and Scots talk, and would leave many of "
            "another language in clear. To go on, say which language it is, and read every safe "
            "text.",
            command="`--language de` says it.",
        )


def named(names: Iterable[str]) -> str:
    """The first of these names, and how many more there are."""
    listed = list(names)
    more = f" and {len(listed) - _NAMED} more" if len(listed) > _NAMED else ""
    return ", ".join(listed[:_NAMED]) + more


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
