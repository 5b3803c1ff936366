"""What a person has said on the way to a study: kept while the page is open, and nowhere else."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from unicodedata import normalize

from redact.audit.entries import LONGEST_NAME
from redact.custody.keyfile import Opener
from redact.custody.passphrase import generate_passphrase
from redact.disk import write_atomic
from redact.errors import RedactError, UsageError
from redact.formats.column_heads import Role
from redact.formats.columns import KeptColumns
from redact.formats.sources import AS_IT_IS
from redact.offline import refuse_network
from redact.page.before_after import OwnExamples, before_after
from redact.page.making import Wanted
from redact.page.purposes import Purpose, policy_for, read_policy
from redact.page.table_columns import ROLES
from redact.rendering import wrong_in
from redact.study.create import check_order, check_places
from redact.study.desk import Order
from redact.study.looked import LookedAt, look_at

FIRST = "choose a folder first"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChoices:
    """What a person said of the files: which are the tables, how all is read, what is left out.

    `columns` are by table what they chose that its columns mean.
    """

    roster: Path | None = field(default=None, repr=False)
    interviews: Path | None = field(default=None, repr=False)
    skips: tuple[str, ...] = field(default=(), repr=False)
    encoding: str = ""
    language: str = ""
    columns: Mapping[Role, KeptColumns] = field(default_factory=dict)

    def table(self, role: Role) -> Path | None:
        """Where the table of this role lies."""
        return self.roster if role == "roster" else self.interviews


@dataclass(slots=True, kw_only=True)
class Beginning:
    """The folder, what was understood of it, what the copy is for, and where the study goes.

    `actions` are by label what was chosen to look otherwise; `words` the passphrase that was drawn.
    """

    at: Path = field(default_factory=Path.home, repr=False)
    source: Path | None = field(default=None, repr=False)
    choices: FileChoices = field(default_factory=FileChoices, repr=False)
    purpose: Purpose | None = None
    actions: dict[str, str] = field(default_factory=dict)
    root: Path | None = field(default=None, repr=False)
    by: str = ""
    words: str = field(default="", repr=False)
    looked: LookedAt | None = field(default=None, repr=False)
    _examples: Future[OwnExamples] | None = field(default=None, repr=False)
    _aside: ProcessPoolExecutor | None = field(default=None, repr=False)
    _kept: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)

    def choose(self, source: Path) -> None:
        """Begins anew with this folder or file; raises UsageError for a study's folder."""
        at, by = self.at, self.by
        looked = look_at([source])
        self._forget()
        self.at, self.by, self.source, self.looked = at, by, source, looked
        self._take_tables()

    def change(self, choices: FileChoices) -> None:
        """Something is said otherwise about the files; if that cannot be read, all is as it was.

        Raises what looking raises, and UsageError for something to leave out that is not there.
        """
        before, self.choices = self.choices, choices
        try:
            looked = self.look_again()
            new = set(choices.skips).difference(before.skips, looked.found.matched)
            if new:
                raise UsageError(
                    "nothing here is called that, so nothing was left out",
                    where=min(new),
                    remedy="Check how it is written.",
                )
        except (RedactError, OSError):
            self.choices = before
            self.look_again()
            raise

    def look_again(self) -> LookedAt:
        """What is understood with all that was said since; UsageError where no folder is chosen."""
        if self.source is None:
            raise UsageError(FIRST, where="the folder", remedy="Go back to Start.")
        said = self.choices
        handling = read_policy(self.purpose, {}).formats if self.purpose else AS_IT_IS
        self.looked = look_at(
            [self.source],
            roster=said.roster,
            interviews=said.interviews,
            skips=said.skips,
            encoding=said.encoding or None,
            handling=handling,
            columns=said.columns,
        )
        self._take_tables()
        self._examples = None
        return self.looked

    def understood(self) -> LookedAt:
        """What was understood last; UsageError where no folder is chosen."""
        return self.looked if self.looked is not None else self.look_again()

    def examples(self) -> OwnExamples | None:
        """The person's own words before and after; None while they are being made."""
        if self._examples is None:
            found = self.understood().found
            self._aside = self._aside or ProcessPoolExecutor(
                1, get_context("spawn"), initializer=_alone
            )
            texts = {one.name: one.text for one in found.files}
            some = dict(list(texts.items())[:3])
            self._examples = self._aside.submit(before_after, some, *self._plain_tables())
        if not self._examples.done():
            return None
        try:
            return self._examples.result()
        except BrokenProcessPool:  # ended from outside: another is begun for the next look
            self._end_aside()
        except (RedactError, OSError):  # then nothing is shown: it is told when the study is made
            pass
        return OwnExamples({}, ())

    def _plain_tables(self) -> tuple[Path | None, ...]:
        """The tables whose columns nobody changed: an example reads them by their heads."""
        said = self.choices
        return tuple(None if role in said.columns else said.table(role) for role in ROLES)

    def _end_aside(self) -> None:
        if self._aside is not None:
            self._aside.shutdown(cancel_futures=True)
            self._aside = None

    def purposes(self, purpose: Purpose, actions: Mapping[str, str]) -> None:
        """What it is for, and what is to look otherwise; raises UsageError as `policy_for` does."""
        policy_for(purpose, actions)
        self.purpose, self.actions = purpose, dict(actions)

    def order(self) -> Order:
        """What the study is to be made of; UsageError for whatever was not said yet."""
        if self.source is None:
            raise UsageError(FIRST, where="the folder", remedy="Go back to Start.")
        if self.purpose is None:
            raise UsageError(
                "say what the copy is for", where="the purpose", remedy="Choose one of the four."
            )
        said = self.choices
        return Order(
            sources=(self.source,),
            policy=self._policy_file(policy_for(self.purpose, self.actions)),
            roster=said.roster,
            interviews=said.interviews,
            consent=self._consent_table(),
            encoding=said.encoding or None,
            skips=said.skips,
            language=said.language,
            columns=said.columns,
        )

    def place(self, root: Path, by: str) -> None:
        """Where the study goes and who makes it; raises what would stop it, and draws the words."""
        by = who_sits_here(by)
        order = self.order()
        check_places(root, order.sources)
        if not root.is_absolute():
            raise UsageError(
                "this does not say where it is", where=str(root), remedy="Give the whole path."
            )
        check_order(order)
        if not root.parent.is_dir():
            raise UsageError(
                "the folder that it is to lie in is not there",
                where=str(root.parent),
                remedy="Choose a place that is there.",
            )
        self.root, self.by = root, by
        self.words = self.words or generate_passphrase()

    def wanted(self, typed: str) -> Wanted:
        """What is to be made, once the passphrase is typed as it was shown; else UsageError."""
        if self.root is None or not self.words:
            raise UsageError(
                "say first where the study goes", where="the study", remedy="Go one step back."
            )
        if " ".join(typed.split()) != self.words:
            raise UsageError(
                "that is not the passphrase shown",
                where="the passphrase",
                remedy="Type it as it stands above, with the hyphens. Nothing was made yet.",
            )
        words, self.words = self.words, ""
        return Wanted(
            root=self.root,
            opener=Opener.from_passphrase(words),
            order=self.order(),
            passphrase=words,
        )

    def close(self) -> None:
        """The page goes: what was drawn and kept aside goes too."""
        self._forget()
        self._end_aside()
        if self._kept is not None:
            self._kept.cleanup()
            self._kept = None

    def _forget(self) -> None:
        self.source = self.root = self.purpose = None
        self.looked = self._examples = None
        self.choices, self.words, self.actions = FileChoices(), "", {}

    def _take_tables(self) -> None:
        """Tables of the usual names that lie beside the transcripts are taken as such."""
        assert self.looked is not None
        read = self.looked.tables.read
        roster, interviews = self.choices.roster, self.choices.interviews
        self.choices = replace(
            self.choices,
            roster=roster or (Path(read.roster.where) if read.roster else None),
            interviews=interviews or (Path(read.interviews.where) if read.interviews else None),
        )

    def _consent_table(self) -> Path | None:
        """A table of consent of the usual name that lies beside the transcripts."""
        read = self.looked.tables.read.consent if self.looked else None
        return Path(read.where) if read else None

    def _policy_file(self, data: bytes) -> Path:
        """The policy as a file, until the study has its own copy; no name is in it."""
        self._kept = self._kept or tempfile.TemporaryDirectory(prefix="redact-")
        path = Path(self._kept.name) / "policy.toml"
        write_atomic(path, data)
        return path


def who_sits_here(by: str) -> str:
    """A name for the log on one line; UsageError if it says nothing or cannot be read."""
    by = normalize("NFC", " ".join(by.split()))
    if wrong := wrong_in(by, LONGEST_NAME):
        raise UsageError(
            "say who you are, in a name or initials for the log", where="your name", remedy=wrong
        )
    return by


def _alone() -> None:
    """A process beside the page's own: it reaches no network either."""
    refuse_network()
