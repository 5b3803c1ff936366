"""How far the safe texts are behind what was decided, for the head of every page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from redact.page.room import Room
from redact.page.saving import Saving, SavingState


def said_of_saving(saving: Saving) -> str:
    """In a few words."""
    match saving.state:
        case SavingState.SAVED:
            return "Saved"
        case SavingState.SAVING:
            return "Saving …"
        case SavingState.FAILED:
            return (
                f"The safe texts could not be updated: {saving.problem}. What you decided is "
                "recorded; it is tried again."
            )


class SavedPage:
    """What the script asks while something is being saved."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def show(self, _: Request) -> Response:
        saving = self.room.saving
        if saving is None:
            return JSONResponse({"state": SavingState.SAVED, "said": ""})
        return JSONResponse({"state": saving.state, "said": said_of_saving(saving)})
