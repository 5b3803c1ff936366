"""A new key, shares that open it together, and its end: pages with the names of the commands."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.custody.keyfile import Opener
from redact.errors import KeyRefused, RedactError, UsageError
from redact.key.custodians import agree, custodians, rotate, split_key
from redact.key.destroy import destroy, finish_destruction, is_begun
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, number_of, opener_of, text_of

_SHARES = ("needed", "count", "folder")


class KeyPages:
    """One page each; what opened the study opens the key for them."""

    def __init__(self, pages: Pages, opener: Opener | None) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root
        self.opener = opener

    # A new key

    def rotation(self, request: Request) -> Response:
        return self._rotation(None, is_done="done" in request.query_params)

    def _rotation(self, trouble: Trouble | None, is_done: bool = False) -> Response:
        held = custodians(self.room.desk.study)
        typed = [name for name, how in held.items() if how == "passphrase"]
        mine = self.room.desk.identity.custodian
        return self.pages.show(
            "rotate.html",
            (),
            400 if trouble else 200,
            study=self.room.study(),
            held=held,
            others=[name for name in typed if name != mine],
            by_shares=self.opener is not None and self.opener.whole is not None,
            is_done=is_done,
            trouble=trouble,
        )

    async def rotate(self, request: Request) -> Response:
        await self.pages.form(request)
        return await run_in_threadpool(self._rotate)

    def _rotate(self) -> Response:
        study, opened = self.room.desk.study, self.room.opened
        try:
            own = self._own()
            if own.whole is not None:
                raise UsageError(
                    "this page was opened with shares, which a new key makes void",
                    where="a new key",
                    remedy="Open it with a passphrase or the file of an identity. Nothing was "
                    "changed.",
                )
            with opened.lock:
                opened.write(lambda: rotate(study, own), follows_from_records=True)
                opened.look_again()
        except RedactError as error:
            return self._rotation(trouble_of(error))
        return RedirectResponse(f"{self.root}/rotate?done=yes", 303)

    # Shares

    def shares(self, _: Request) -> Response:
        return self._shares({}, None)

    def _shares(
        self, typed: dict[str, str], trouble: Trouble | None, made: tuple[Path, ...] = ()
    ) -> Response:
        return self.pages.show(
            "split.html",
            (),
            400 if trouble else 200,
            study=self.room.study(),
            held=custodians(self.room.desk.study),
            typed=typed,
            made=made,
            trouble=trouble,
        )

    async def split(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._split, form)

    def _split(self, form: FormData) -> Response:
        typed = {name: text_of(form, name).strip() for name in _SHARES}
        needed, count = number_of(typed["needed"]), number_of(typed["count"])
        folder, study = Path(typed["folder"]), self.room.desk.study
        try:
            own, second = self._own(), opener_of(form, "second", "second_identity")
            if not folder.is_absolute():
                raise UsageError(
                    "this does not say where it is",
                    where="the folder for the shares",
                    remedy="Give the whole path.",
                )

            def made() -> tuple[Path, ...]:
                agree(study, own, second)
                return split_key(study, own, needed, count, folder)

            paths = self.room.opened.write(made, follows_from_records=True)
        except RedactError as error:
            return self._shares(typed, trouble_of(error))
        return self._shares(typed, None, paths)

    # The end

    def end(self, _: Request) -> Response:
        return self._end({}, None)

    def _end(self, typed: dict[str, str], trouble: Trouble | None) -> Response:
        study = self.room.desk.study
        begun = is_begun(study)
        return self.pages.show(
            "destroy.html",
            (),
            400 if trouble else 200,
            study=None if begun else self.room.study(),
            held=custodians(study),
            folder=study.root.name,
            begun=begun,
            typed=typed,
            trouble=trouble,
        )

    async def destroy(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._destroy, form)

    def _destroy(self, form: FormData) -> Response:
        """Destroys it, or looks once more for copies where it was destroyed before."""
        study = self.room.desk.study
        typed = {k: v for k, v in form.items() if isinstance(v, str) and k not in ("csrf", "sure")}
        try:
            also = _folders(text_of(form, "also"))
            if is_begun(study):
                with self.room.opened.lock:
                    path = finish_destruction(study, also)
            else:
                path = self._destroyed(form, also)
        except RedactError as error:
            return self._end(typed, trouble_of(error))
        return self.pages.show("destroyed.html", (), study=None, path=path)

    def _destroyed(self, form: FormData, also: tuple[Path, ...]) -> Path:
        """The certificate; raises UsageError unless somebody said that they know what it does."""
        study, own = self.room.desk.study, self._own()
        said = {name: text_of(form, f"statement-{name}").strip() for name in custodians(study)}
        if text_of(form, "sure").strip() != study.root.name:
            raise UsageError(
                "this cannot be undone",
                where="the end of the key",
                remedy="Type the name of the study's folder above the button. Nothing was done.",
            )
        statements = {name: text.encode("utf-8") for name, text in said.items() if text}
        with self.room.opened.lock:
            return destroy(study, own, statements, self.room.by, also)

    def _own(self) -> Opener:
        if self.opener is None:
            raise KeyRefused(
                "this page does not know what opened the study",
                remedy="Close it, and open the study again.",
            )
        return self.opener


def _folders(said: str) -> tuple[Path, ...]:
    """Folders to be looked in, a line each; UsageError for one that is not there."""
    folders = tuple(Path(line.strip()) for line in said.splitlines() if line.strip())
    for folder in folders:
        if not folder.is_absolute() or not folder.is_dir():
            raise UsageError(
                "there is no such folder",
                where=str(folder),
                remedy="Give the whole path of a folder that is there.",
            )
    return folders
