"""Describe the study: one question a screen, each answer checked and saved when it is given."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.errors import RedactError, UsageError
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, text_of
from redact.page.telling import ACCESS
from redact.study.description import (
    QUESTIONS,
    Question,
    checked,
    describe,
    documents_of,
    read_description,
    said_as_text,
)
from redact.study.nameless import require_nameless

_NAMES_PEOPLE = frozenset({"creators", "contact", "institution", "funder"})  # who made it is said
_SHORT = frozenset(
    "title institution year subjects topics collected time_method grant licence embargo contact "
    "funder method creators".split()
)
_CHOICES = {"access": tuple(ACCESS.items())}


class DescribePages:
    """The list of answers, and one screen a question."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root

    def answers(self, _: Request) -> Response:
        known = read_description(self.room.desk.study)
        rows = [(one, said_as_text(one, known)) for one in QUESTIONS]
        first = next((one for one, said in rows if not said), None)
        return self.pages.show(
            "answers.html",
            (),
            study=self.room.study(),
            rows=rows,
            papers=[path.name for path in documents_of(self.room.desk.study, known).values()],
            first=first,
        )

    def question(self, request: Request) -> Response:
        question = _question(request)
        known = read_description(self.room.desk.study)
        return self._asked(question, said_as_text(question, known), None)

    async def answer(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(
            self._answer, _question(request), text_of(form, "said"), text_of(form, "do")
        )

    def _answer(self, question: Question, said: str, do: str) -> Response:
        following = _after(question)
        if do == "later":
            return self._to(following)
        try:
            self._record(question, said)
        except RedactError as error:
            return self._asked(question, said, trouble_of(error))
        return self._to(following)

    def _record(self, question: Question, said: str) -> None:
        """Checked, and written; raises UsageError for what cannot be taken or names somebody."""
        study = self.room.desk.study
        value = checked(question, said, read_description(study))
        if said.strip() and question.field not in _NAMES_PEOPLE:
            try:
                require_nameless(self.room.desk.key, said, question.ask)
            except UsageError:
                raise UsageError(
                    "this says a name of the study, and everything written here is published",
                    where=question.ask,
                    remedy="Leave the name out, or say it so that nobody knows who is meant. "
                    "Nothing was saved.",
                ) from None
        describe(study, {question.field: value})

    def _asked(self, question: Question, said: str, trouble: Trouble | None) -> Response:
        given: dict[str, Any] = {
            "question": question,
            "number": QUESTIONS.index(question) + 1,
            "count": len(QUESTIONS),
            "said": said,
            "choices": _CHOICES.get(question.field, ()),
            "is_short": question.field in _SHORT,
            "trouble": trouble,
        }
        status = 400 if trouble else 200
        return self.pages.show("question.html", (), status, study=self.room.study(), **given)

    def _to(self, question: Question | None) -> Response:
        path = f"/describe/{question.field}" if question else "/describe"
        return RedirectResponse(f"{self.root}{path}", 303)


def _question(request: Request) -> Question:
    wanted = request.path_params["field"]
    question = next((one for one in QUESTIONS if one.field == wanted), None)
    if question is None:
        raise UsageError(
            "there is no such question", where="describe", remedy="Choose one of the list."
        )
    return question


def _after(question: Question) -> Question | None:
    at = QUESTIONS.index(question) + 1
    return QUESTIONS[at] if at < len(QUESTIONS) else None
