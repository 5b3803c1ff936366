"""The page before there is a study: from a folder to safe transcripts, one question a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from redact.errors import RedactError, UsageError
from redact.page.app import no_icon, static
from redact.page.folders import listed, places_to_begin
from redact.page.guard import COOKIE
from redact.page.house import House
from redact.page.making import MakingState, Trouble, trouble_of
from redact.page.pages import opener_of, text_of
from redact.page.plain import left_out_in_words
from redact.page.purposes import CHOICES, OFFERS, Purpose, actions_of
from redact.page.show import visible
from redact.page.understanding import as_table, understood_of, with_columns
from redact.rendering import environment_of
from redact.study.folder import Study


class StartPages:
    """One method a screen; what is said on them is kept in the house's beginning."""

    def __init__(self, house: House) -> None:
        self.house, self.door = house, house.door
        self.templates = environment_of("redact.page")
        self.templates.filters["visible"] = visible
        self.templates.filters["left_out"] = left_out_in_words

    def app(self) -> Starlette:
        """These pages below the door's own path."""
        routes = [
            Route("/start", self.start),
            Route("/session", self.session, methods=["POST"]),
            Route("/static/{name}", static),
            Route("/", self.begin),
            Route("/tasks", self.begin),
            Route("/folder", self.folder),
            Route("/folder", self._form(self.walk), methods=["POST"]),
            Route("/understood", self.understood),
            Route("/understood", self._form(self.correct), methods=["POST"]),
            Route("/purpose", self.purpose),
            Route("/purpose", self._form(self.choose), methods=["POST"]),
            Route("/place", self.place),
            Route("/place", self._form(self.put), methods=["POST"]),
            Route("/passphrase", self.passphrase),
            Route("/passphrase", self._form(self.make), methods=["POST"]),
            Route("/study", self.study),
            Route("/study", self._form(self.enter), methods=["POST"]),
            Route("/progress", self.progress),
            Route("/progress", self._form(self.steer), methods=["POST"]),
        ]
        return Starlette(
            routes=[Route("/favicon.ico", no_icon), Mount(self.door.root, routes=routes)],
            exception_handlers={Exception: self.broken},
        )

    def show(self, template: str, status: int = 200, **given: Any) -> HTMLResponse:
        """A page; `trouble` is what stands at its top where something was wrong."""
        common = {
            "csrf": self.door.csrf,
            "root": self.door.root,
            "by": self.house.by,
            "study": None,
            "saving": None,
            "trouble": None,
            "beginning": self.house.beginning,
        }
        return HTMLResponse(self.templates.get_template(template).render(common | given), status)

    def _form(self, answer: Callable[[FormData], Response]) -> Callable[[Request], Any]:
        """A form's answer, off the loop; an error is said on the screen the form was on."""

        async def answered(request: Request) -> Response:
            form = await request.form(max_files=0, max_fields=2000)
            if not self.door.means(text_of(form, "csrf")):
                return self._wrong(
                    Trouble(what="this form did not come from this page", remedy="Load it again."),
                    request.url.path,
                    form,
                )
            try:
                return await run_in_threadpool(answer, form)
            except (RedactError, OSError) as error:
                return await run_in_threadpool(
                    self._wrong, trouble_of(error), request.url.path, form
                )

        return answered

    def _wrong(self, trouble: Trouble, path: str, form: FormData) -> Response:
        """The screen again, with what was wrong; nothing that was typed is lost."""
        name = path.removeprefix(f"{self.door.root}/")
        typed = {k: v for k, v in form.items() if isinstance(v, str) and k != "csrf"}
        screens: dict[str, Callable[..., Response]] = {
            "folder": self._folder,
            "understood": self._understood,
            "purpose": self._purpose,
            "place": self._place,
            "passphrase": self._passphrase,
            "study": self._study,
            "progress": self._progress,
        }
        try:
            return screens[name](typed, trouble)
        except RedactError as error:  # that screen cannot be shown at all
            return self.show("begin.html", 400, trouble=trouble_of(error), places=())

    def _to(self, path: str) -> Response:
        return RedirectResponse(f"{self.door.root}{path}", 303)

    def start(self, request: Request) -> Response:
        if self.door.knows(request):
            return self._to(self.door.home)
        return self.show("start.html", wrong=False)

    async def session(self, request: Request) -> Response:
        form = await request.form()
        if not self.door.opens(text_of(form, "token")):
            return self.show("start.html", 403, wrong=True)
        answer = self._to(self.door.home)
        answer.set_cookie(
            COOKIE, self.door.cookie, httponly=True, samesite="strict", path=f"{self.door.root}/"
        )
        return answer

    def begin(self, _: Request) -> Response:
        return self.show("begin.html", places=places_to_begin())

    # The folder

    def folder(self, _: Request) -> Response:
        return self._folder({}, None)

    def _folder(self, typed: dict[str, str], trouble: Trouble | None) -> Response:
        try:
            seen = listed(self.house.beginning.at)
        except UsageError as error:  # it went away meanwhile
            trouble = trouble or trouble_of(error)
            self.house.beginning.at = Path.home()
            seen = listed(Path.home())
        return self.show(
            "folder.html",
            400 if trouble else 200,
            seen=seen,
            places=places_to_begin(),
            trouble=trouble,
            typed=typed.get("typed", ""),
        )

    def walk(self, form: FormData) -> Response:
        """Into a folder, or with a folder, file or study that was chosen."""
        if text_of(form, "study"):
            self.house.beginning.at = Path(text_of(form, "study"))
            return self._to("/study")
        wanted = text_of(form, "to") or text_of(form, "typed").strip()
        path = Path(text_of(form, "use") or wanted or ".")
        if not path.is_absolute():
            raise UsageError(
                "this does not say where it is", where=str(path), remedy="Give the whole path."
            )
        if text_of(form, "use"):
            self.house.beginning.choose(path)
            return self._to("/understood")
        listed(path)
        self.house.beginning.at = path
        return self._to("/folder")

    # What was understood

    def understood(self, _: Request) -> Response:
        if self.house.beginning.source is None:
            return self._to("/folder")
        return self._understood({}, None)

    def _understood(self, typed: dict[str, str], trouble: Trouble | None) -> Response:
        return self.show(
            "understood.html",
            400 if trouble else 200,
            trouble=trouble,
            typed=typed,
            **understood_of(self.house.beginning),
        )

    def correct(self, form: FormData) -> Response:
        """One thing said otherwise about the files, and everything looked at again."""
        kept = self.house.beginning
        do, path = text_of(form, "do"), text_of(form, "path")
        if do == "continue":
            kept.understood().found.required()
            return self._to("/purpose")
        said = kept.choices
        match do.partition(":"):
            case ("leave", _, where):
                said = replace(said, skips=tuple(dict.fromkeys((*said.skips, where))))
            case ("take", _, where):
                said = replace(said, skips=tuple(one for one in said.skips if one != where))
            case ("roster" | "interviews" as role, _, where):
                said = as_table(said, role, Path(where))
            case ("columns", _, role):
                said = with_columns(said, role, form)
            case ("guessed", _, role):
                columns = {one: held for one, held in said.columns.items() if one != role}
                said = replace(said, columns=columns)
            case ("skip", _, _) if path.strip():
                said = replace(said, skips=tuple(dict.fromkeys((*said.skips, path.strip()))))
            case ("all", _, _):
                said = replace(said, skips=())
            case ("read", _, _):
                said = replace(
                    said,
                    encoding=text_of(form, "encoding").strip(),
                    language=text_of(form, "language").strip(),
                )
        kept.change(said)
        return self._to("/understood")

    # What it is for

    def purpose(self, _: Request) -> Response:
        if self.house.beginning.source is None:
            return self._to("/folder")
        return self._purpose({}, None)

    def _purpose(self, typed: dict[str, str], trouble: Trouble | None) -> Response:
        kept = self.house.beginning
        examples = kept.examples()
        chosen = next((one for one in Purpose if one == typed.get("purpose")), kept.purpose)
        return self.show(
            "purpose.html",
            400 if trouble else 200,
            offers=OFFERS,
            choices=CHOICES,
            chosen=chosen,
            usual={one.purpose: actions_of(one.purpose) for one in OFFERS},
            examples=examples,
            trouble=trouble,
        )

    def choose(self, form: FormData) -> Response:
        purpose = next((one for one in Purpose if one == text_of(form, "purpose")), None)
        if purpose is None:
            raise UsageError(
                "say what the copy is for", where="the purpose", remedy="Choose one of the four."
            )
        wanted = {one.label: text_of(form, one.label) for one in CHOICES}
        self.house.beginning.purposes(purpose, {label: do for label, do in wanted.items() if do})
        return self._to("/place")

    # Where it goes, and the passphrase

    def place(self, _: Request) -> Response:
        if self.house.beginning.purpose is None:
            return self._to("/purpose")
        return self._place({}, None)

    def _place(self, typed: dict[str, str], trouble: Trouble | None) -> Response:
        kept = self.house.beginning
        source = kept.source or Path.home()
        folder = source if source.is_dir() else source.parent
        usual = kept.root or folder.parent / f"{folder.name}-study"
        return self.show(
            "place.html",
            400 if trouble else 200,
            where=typed.get("where", str(usual)),
            who=typed.get("who", kept.by),
            trouble=trouble,
        )

    def put(self, form: FormData) -> Response:
        self.house.beginning.place(
            Path(text_of(form, "where").strip() or "."), text_of(form, "who")
        )
        return self._to("/passphrase")

    def passphrase(self, _: Request) -> Response:
        if not self.house.beginning.words:
            return self._to("/place")
        return self._passphrase({}, None)

    def _passphrase(self, _: dict[str, str], trouble: Trouble | None) -> Response:
        kept = self.house.beginning
        return self.show(
            "passphrase.html", 400 if trouble else 200, words=kept.words, trouble=trouble
        )

    def make(self, form: FormData) -> Response:
        self.house.make(text_of(form, "words"))
        return self._to("/progress")

    # A study that is there

    def study(self, _: Request) -> Response:
        return self._study({}, None)

    def _study(self, typed: dict[str, str], trouble: Trouble | None) -> Response:
        root = typed.get("where", str(self.house.beginning.at))
        return self.show(
            "open_study.html",
            400 if trouble else 200,
            where=root,
            is_study=Study(Path(root)).exists(),
            who=typed.get("who", self.house.by),
            is_second=typed.get("as") == "second",
            trouble=trouble,
        )

    def enter(self, form: FormData) -> Response:
        """Opens a study with what was typed; the passphrase is kept nowhere."""
        opener = opener_of(form, "words", "identity")
        if opener is None:
            raise UsageError(
                "the study opens with its passphrase",
                where="the passphrase",
                remedy="Type it, or name the file of a custodian's identity.",
            )
        second = opener_of(form, "second", "second_identity")
        where = Path(text_of(form, "where").strip())
        again = text_of(form, "as") == "second"
        self.house.go_on(where, opener, second, text_of(form, "who"), again)
        return self._to("/progress" if self.house.is_working else self.door.home)

    # How far it is

    def progress(self, _: Request) -> Response:
        if self.house.making is None:
            return self._to("/")
        return self._progress({}, None)

    def _progress(self, _: dict[str, str], trouble: Trouble | None) -> Response:
        making = self.house.making
        if making is None:
            return self._to("/")
        now = making.now
        return self.show(
            "progress.html", now=now, trouble=trouble or now.trouble, states=MakingState
        )

    def steer(self, form: FormData) -> Response:
        making = self.house.making
        if making is not None and text_of(form, "do") == "stop":
            making.stop()
        elif making is not None and not making.is_working:
            self.house.again()
        return self._to("/progress")

    def broken(self, request: Request, error: Exception) -> Response:
        """An error inside redact: nothing of it is shown, for it may hold words of a transcript."""
        return self.show("begin.html", 500, trouble=trouble_of(error), places=places_to_begin())
