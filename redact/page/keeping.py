"""Keep safe: who can open the real names, when it was last tried, and a copy of the log's end."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.audit.entries import LONGEST_NAME
from redact.audit.events import CustodyChanged
from redact.audit.reading import read_log
from redact.custody.keyfile import Opener, parse_recipient, passphrase_recipient
from redact.custody.passphrase import generate_passphrase
from redact.errors import RedactError, UsageError
from redact.key.custodians import (
    CustodyCheck,
    add_custodian,
    agree,
    check_custody,
    custodians,
    drill,
    remove_custodian,
)
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, opener_of, text_of
from redact.rendering import wrong_in
from redact.study.anchoring import MadeAnchor, make_anchor


class KeepPages:
    """The page, and what its forms do; nothing of it shows an original."""

    def __init__(self, pages: Pages, opener: Opener | None) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root
        self.opener = opener
        self._drawn: tuple[str, str] | None = None  # for whom, and their passphrase

    def show(self, request: Request) -> Response:
        return self._show({}, None, request.query_params.get("done", ""))

    def _show(
        self,
        typed: dict[str, str],
        trouble: Trouble | None,
        done: str = "",
        checks: tuple[CustodyCheck, ...] = (),
        anchor: MadeAnchor | None = None,
    ) -> Response:
        study = self.room.desk.study
        tried: dict[str, str] = {}
        for entry in read_log(study.audit):
            if isinstance(entry.event, CustodyChanged) and entry.event.change == "drilled":
                tried[entry.event.custodian] = entry.time[:10]
        given: dict[str, Any] = {
            "held": custodians(study),
            "tried": tried,
            "typed": typed,
            "done": _DONE.get(done, ""),
            "is_removed": done == "remove",
            "checks": checks,
            "anchor": anchor,
            "words": self._drawn,
            "trouble": trouble,
        }
        status = 400 if trouble else 200
        return self.pages.show("keep.html", (), status, study=self.room.study(), **given)

    async def do(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._do, form)

    def _do(self, form: FormData) -> Response:
        typed = {name: text_of(form, name) for name in ("name", "recipient", "where")}
        try:
            return self._done(text_of(form, "do"), form)
        except RedactError as error:
            return self._show(typed, trouble_of(error))

    def _done(self, do: str, form: FormData) -> Response:
        study, opened = self.room.desk.study, self.room.opened
        match do:
            case "drill":
                with opened.lock:
                    drill(study, [_brought(form)])
            case "add":
                return self._add(form)
            case "words":
                self._with_words(form)
            case "cancel":
                self._drawn = None
                return RedirectResponse(f"{self.root}/keep", 303)
            case "remove":
                with opened.lock:
                    remove_custodian(study, self._own(), text_of(form, "name"))
            case "check":
                with opened.lock:
                    return self._show({}, None, checks=check_custody(study, self._own()))
            case "anchor":
                where = " ".join(text_of(form, "where").split())
                if wrong := wrong_in(where, LONGEST_NAME):
                    raise UsageError("say who keeps it", where="kept by", remedy=wrong)
                with opened.lock:
                    return self._show({}, None, anchor=make_anchor(study, where))
            case _:
                raise UsageError("this cannot be done", where="keep", remedy="Load it again.")
        return RedirectResponse(f"{self.root}/keep?done={do}", 303)

    def _own(self) -> Opener:
        if self.opener is None:
            raise UsageError(
                "this page does not know what opened the study",
                where="",
                remedy="Close it, and open the study again.",
            )
        return self.opener

    def _add(self, form: FormData) -> Response:
        """A custodian by their recipient; without one a passphrase is drawn and shown once."""
        name, recipient = text_of(form, "name").strip(), text_of(form, "recipient").strip()
        study = self.room.desk.study
        with self.room.opened.lock:
            second = opener_of(form, "second", "second_identity")
            agree(study, self._own(), second)
            if recipient:
                add_custodian(study, self._own(), name, parse_recipient(recipient))
                return RedirectResponse(f"{self.root}/keep?done=add", 303)
            if name in custodians(study):
                raise UsageError(
                    "there is a custodian of this name", where=name, remedy="Take another."
                )
        self._drawn = (name, generate_passphrase())
        return self._show({}, None)

    def _with_words(self, form: FormData) -> None:
        if self._drawn is None:
            raise UsageError("no passphrase is shown", where="keep", remedy="Begin again.")
        name, words = self._drawn
        if " ".join(text_of(form, "words").split()) != words:
            raise UsageError(
                "that is not the passphrase shown",
                where="the passphrase",
                remedy="Type it as it stands above, with the hyphens. Nothing was changed.",
            )
        with self.room.opened.lock:
            add_custodian(self.room.desk.study, self._own(), name, passphrase_recipient(words))
        self._drawn = None


_DONE = {
    "drill": "It opens. The log has the day.",
    "add": "They can open the key now. Let them try it.",
    "words": "They can open the key now. Let them try it.",
    "remove": "Their way into the key is gone. What they copied before still opens it, until the "
    "key is rotated.",
}


def _brought(form: FormData) -> Opener:
    """What is to be tried; UsageError where nothing was typed."""
    opener = opener_of(form, "words", "identity")
    if opener is None:
        raise UsageError(
            "there is nothing to try",
            where="try whether the key opens",
            remedy="Type the passphrase, or name the file of an identity.",
        )
    return opener
