"""What was understood of each source: format, language, who speaks, what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from redact.formats.table_remarks import remark_lines
from redact.formats.understood import Understood, understood
from redact.page.pages import Pages, number_of
from redact.page.table_columns import CHOICES
from redact.study.table_check import lines_of_fit, table_fit

_SHOWN = 100  # sources at once


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """A source of the study as it was read, under the name of its safe transcript."""

    doc: str
    safe_name: str
    seen: Understood = field(repr=False)


class SourcesPage:
    """The page of what was read; nothing is decided on it."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room = pages, pages.room

    def show(self, request: Request) -> Response:
        study, desk = self.room.study(), self.room.desk
        pairs = list(zip(desk.key.documents, desk.sources, strict=True))
        pairs.sort(key=lambda pair: pair[1].name)
        first = number_of(request.query_params.get("from", "0"))
        rows = [
            SourceSeen(document.doc_id, document.safe_name, understood(source))
            for document, source in pairs[first : first + _SHOWN]
        ]
        return self.pages.show(
            "sources.html",
            {row.doc for row in rows},
            study=study,
            rows=rows,
            count=len(pairs),
            first=first,
            step=_SHOWN,
            tables=[(table, remark_lines(table.remarks, table.word)) for table in desk.tables.all],
            table_choices=CHOICES,
            fit=[line.strip() for line in lines_of_fit(table_fit(desk))],
        )
