"""What lies in the folders of a study and is not redact's: told by name, never deleted.

Programs and systems leave their own things wherever they pass. What holds no transcript is passed
over; a backup or a second copy may hold one, so that people are told of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from redact.custody.originals import NAME
from redact.custody.payload import Document
from redact.disk import cannot_read, is_temporary
from redact.formats.litter import is_passed_over
from redact.study.folder import Study
from redact.study.safe_folder import safe_folder

# A backup of an editor, or a second copy that a synchroniser or a file manager made.
_COPY = re.compile(
    r".*~|#.*#|\.#.*|.*\.(?:bak|old|orig|sw[a-p]|tmp|temp|wbk|asd|sav|autosave|rej)|"
    r".*\bsync-conflict\b.*|.*conflict(?:ed|s)?\b.*|(?:copy|backup) of .*|"
    r".*[ _-]copy(?: ?\(?\d+\)?)?(?:\.\w+)?|.* \(\d+\)(?:\.\w+)?",
    re.IGNORECASE,
)
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_CUSTODIAN = r"[a-z0-9][a-z0-9-]{0,39}"
_KEY = re.compile(rf"{_UUID}\.(?:age|note)")
_CUSTODY = re.compile(
    rf"{_CUSTODIAN}\.(?:age|recipient|age\.next)|statement-{_CUSTODIAN}\.txt|README\.txt|"
    r"(?:rotation|destruction)\.(?:next|md|note)"
)
_AUDIT = re.compile(
    r"log\.(?:jsonl|checkpoint|next|lock|state)|(?:signing|cosigning)\.(?:key|next)|torn-\d+\.bin"
)
_DECIDED = re.compile(r"\W*(?:corrections|rulings|second|policy|study)\b.*", re.IGNORECASE)
_WORK = re.compile(
    r"(?:mentions|looks|second_looks|everywhere|entities|decisions|replacements)\.jsonl|"
    r"(?:state|settled|attacks)\.json|[\w-]+\.lock|open-review\.html"
)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A file or folder of somebody else's in a study's folder, and what to say of it."""

    path: Path
    said: str


def strangers(study: Study, documents: Iterable[Document] | None = None) -> tuple[Stranger, ...]:
    """What is not redact's in the study's folders, by path.

    safe/ is looked into where the documents of the linkage key are given. The study's own folder is
    the steward's as well: in it only second copies of redact's files are told.
    """
    found: list[Stranger] = []
    for folder, ours in (
        (study.linkage, _KEY),
        (study.originals, NAME),
        (study.custody, _CUSTODY),
        (study.audit, _AUDIT),
        (study.work, _WORK),
    ):
        found += [
            _stranger(path)
            for path in _there(folder)
            if not (ours.fullmatch(path.name) and path.is_file()) and path != study.originals
        ]
    found += [_stranger(p) for p in _there(study.releases) if not (p / "bagit.txt").is_file()]
    found += [
        Stranger(
            path,
            "it looks like a second copy of a file of redact's, that another program made, and may "
            "say what people decided elsewhere. It is not read: compare the two, and move it away",
        )
        for path in _there(study.root)
        if _COPY.fullmatch(path.name) and _DECIDED.fullmatch(path.name)
    ]
    if documents is not None:
        seen = safe_folder(study, documents)
        found += [
            Stranger(
                study.safe / one.name,
                f"it is {one.was} under another name, and {one.was} is made anew. Move it out of "
                "the folder; if you changed the name to keep it, it can go",
            )
            for one in seen.renamed
        ]
        found += [_stranger(study.safe / name) for name in seen.strangers if not _is_quiet(name)]
        found += [Stranger(study.safe / name, "it is gone, and is made anew") for name in seen.gone]
    return tuple(sorted(found, key=lambda one: str(one.path)))


def _there(folder: Path) -> list[Path]:
    try:
        return [path for path in sorted(folder.iterdir()) if not _is_quiet(path.name)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise cannot_read(folder, error) from None


def _is_quiet(name: str) -> bool:
    return is_passed_over(name) or is_temporary(name)


def _stranger(path: Path) -> Stranger:
    if path.is_dir() and not path.is_symlink():
        said = "this folder is not redact's"
    elif _COPY.fullmatch(path.name):
        said = (
            "it looks like a backup or a second copy that another program made, and may hold "
            "what is to stay secret"
        )
    else:
        said = "this file is not redact's"
    return Stranger(
        path, f"{said}. It is left where it is and never released; move it out of the folder"
    )
