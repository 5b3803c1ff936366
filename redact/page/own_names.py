"""What a steward calls each transcript: the page is their view of originals, so their own names."""

from __future__ import annotations

from redact.formats.registry import stem_of
from redact.study.desk import Desk


def own_names(desk: Desk) -> dict[str, str]:
    """By transcript its file's own name, with the number of the interview if it says more."""
    names = {}
    for document, row in zip(desk.key.documents, desk.interviews, strict=True):
        name = document.source_name or document.safe_name
        number = row.interview if row else ""
        is_news = number and number.casefold() not in (name.casefold(), stem_of(name).casefold())
        names[document.doc_id] = f"{name} (interview {number})" if is_news else name
    return names


def safe_names(desk: Desk) -> dict[str, str]:
    """By transcript the name under which it goes out; "" before it was made safe."""
    return {document.doc_id: document.safe_name for document in desk.key.documents}
