"""The list of names as a workbook to be saved: what is in it is in the log before it goes out."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from redact.page.room import Room
from redact.review.name_list import found_interviews, found_names, with_may_be
from redact.review.name_sheet import write_names

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def names_of(room: Room) -> Callable[[Request], Response]:
    """The answer that holds the list as it is now."""

    def answer(_: Request) -> Response:
        desk = room.desk
        names = with_may_be(found_names(desk), room.questions())
        room.look("names.xlsx", {transcript.id for transcript in desk.transcripts})
        held = found_interviews(desk)
        headers = {"Content-Disposition": 'attachment; filename="names.xlsx"'}
        return Response(write_names(names, held, ".xlsx"), media_type=_WORKBOOK, headers=headers)

    return answer
