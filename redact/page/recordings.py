"""The recording of a transcript, played from where it lies: named by the steward, never copied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from redact.custody.payload import Document
from redact.errors import UsageError
from redact.formats.registry import stem_of
from redact.page.room import Room

# What browsers play, by the endings of files; nothing else is sent, whatever it is called.
_KINDS: Mapping[str, str] = {
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "audio/mp4",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".webm": "audio/webm",
}


def recordings_of(documents: Iterable[Document], given: Iterable[str]) -> dict[str, Path]:
    """By document the recording that belongs to it, from words like `scot_01=talk.wav`.

    A transcript is named as in safe/ or by its source. Raises UsageError for one that is not in the
    study, a file that is not there, and one that is no recording a browser plays.
    """
    ids: dict[str, str] = {}
    for one in documents:
        for name in (one.source_name, one.safe_name):
            ids[name.casefold()] = ids[stem_of(name).casefold()] = one.doc_id
    found = {}
    for word in given:
        name, is_pair, file = word.partition("=")
        path = Path(file)
        if not is_pair or name.casefold() not in ids:
            raise UsageError(
                "this is not TRANSCRIPT=FILE with a transcript of the study",
                where=f"--recording {word}",
                remedy="Name it as in safe/, for example scot_01=talk.wav.",
            )
        if path.suffix.lower() not in _KINDS or not path.is_file():
            raise UsageError(
                "this is no recording that a browser plays, or it is not there",
                where=f"--recording {word}",
                remedy=f"Give a file of one of these kinds: {', '.join(_KINDS)}.",
            )
        found[ids[name.casefold()]] = path.resolve()
    return found


def recording_of(room: Room) -> Callable[[Request], Response]:
    """The answer that plays a transcript's recording, or the part that is asked for."""

    def answer(request: Request) -> Response:
        doc = request.path_params["doc"]
        path = room.recordings.get(doc)
        if path is None or not path.is_file() or room.study().transcript(doc) is None:
            return HTMLResponse("There is no recording.", 404)
        room.look("recording", {doc})
        return FileResponse(path, media_type=_KINDS[path.suffix.lower()])

    return answer
