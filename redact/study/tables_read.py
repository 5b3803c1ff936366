"""The tables of a study, as they were read."""

from __future__ import annotations

from dataclasses import dataclass

from redact.core import Interview, RosterEntry
from redact.formats.tables import TableRead


@dataclass(frozen=True, slots=True)
class TablesRead:
    """The tables of a study as they were read; None for one that it does not have."""

    roster: TableRead | None = None
    interviews: TableRead | None = None
    consent: TableRead | None = None

    @property
    def entries(self) -> tuple[RosterEntry, ...]:
        return self.roster.entries if self.roster else ()

    @property
    def rows(self) -> tuple[Interview, ...]:
        return self.interviews.interviews if self.interviews else ()

    @property
    def agreeing(self) -> tuple[Interview, ...]:
        """The rows of a table of consent alone."""
        return self.consent.interviews if self.consent else ()

    @property
    def all(self) -> tuple[TableRead, ...]:
        """Those that the study has."""
        found = (self.roster, self.interviews, self.consent)
        return tuple(one for one in found if one is not None)
