"""The study folder: where each thing lies.

study.toml            what the steward may read and edit
tables.toml           how the columns of roster and interviews table are read; may be edited too
linkage/<id>.age      the encrypted linkage key, and its signed note
linkage/originals/    sources that their texts do not bring back, each sealed
custody/              how the linkage key can be opened, and by whom
audit/log.jsonl       the governance audit log, its checkpoint and signing key
safe/                 safe transcripts under neutral names
release/<name>/       bags, each handed out as it is
work/                 offsets and decisions, never original words
rulings.jsonl, second.jsonl, corrections.jsonl   what people decided: places, never words
risk.html, risk.json  what the study still tells, under pseudonyms
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from redact.audit.entries import Actor
from redact.disk import make_folder
from redact.errors import UsageError


@dataclass(frozen=True, slots=True)
class Study:
    """The places of one study; nothing is created by naming them."""

    root: Path

    @property
    def settings(self) -> Path:
        return self.root / "study.toml"

    @property
    def policy(self) -> Path:
        return self.root / "policy.toml"

    @property
    def tables(self) -> Path:
        return self.root / "tables.toml"

    @property
    def corrections(self) -> Path:
        return self.root / "corrections.jsonl"

    @property
    def rulings(self) -> Path:
        return self.root / "rulings.jsonl"

    @property
    def second(self) -> Path:
        return self.root / "second.jsonl"

    @property
    def linkage(self) -> Path:
        return self.root / "linkage"

    @property
    def originals(self) -> Path:
        return self.linkage / "originals"

    @property
    def custody(self) -> Path:
        return self.root / "custody"

    @property
    def audit(self) -> Path:
        return self.root / "audit"

    @property
    def safe(self) -> Path:
        return self.root / "safe"

    @property
    def releases(self) -> Path:
        return self.root / "release"

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def attacks(self) -> Path:
        """Whom an intruder found, played once for a state: figures and pseudonyms."""
        return self.work / "attacks.json"

    @property
    def second_looks(self) -> Path:
        """What the second look saw in each safe text: offsets, for the next release."""
        return self.work / "second_looks.jsonl"

    def folders(self) -> tuple[Path, ...]:
        return (
            self.root,
            self.linkage,
            self.custody,
            self.audit,
            self.safe,
            self.releases,
            self.work,
        )

    def exists(self) -> bool:
        return self.settings.is_file()

    def keeps_a_log(self) -> bool:
        """Whether any of what a study has besides its settings is there: then it has a log."""
        return any(p.exists() for p in (self.audit, self.linkage, self.custody, self.policy))

    def require(self) -> None:
        """Raises UsageError unless this is a study folder."""
        if not self.exists():
            raise UsageError(
                "this is not a study folder (it has no study.toml)",
                where=str(self.root),
                remedy="Name the folder that was made for the study, or begin a study.",
                command="`redact run --out` and `redact init` make one.",
            )

    def create_folders(self) -> None:
        for folder in self.folders():
            make_folder(folder)


def actor(study: Study) -> Actor:
    """Who the log says acted, from study.toml."""
    try:
        settings = tomllib.loads(study.settings.read_text("utf-8"))
        named = settings["actor"]
        return Actor(str(named["id"]), str(named["role"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(
            "study.toml is damaged: it needs an [actor] with id and role",
            where=str(study.settings),
            remedy="Put the two lines back.",
        ) from None
