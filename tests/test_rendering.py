"""Every page stands on one base, escapes what is put in, and keeps the spaces of its template."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from redact.audit.report import as_page, make_report
from redact.audit.verify import Verification
from redact.evaluate.errors_page import Problem, write_page
from redact.release import documents
from redact.rendering import environment_of, render

MARKUP = "<b>Moira</b> & co"
ESCAPED = "&lt;b&gt;Moira&lt;/b&gt; &amp; co"


def _problem() -> Problem:
    return Problem(
        group="Missed PERSON", cause="x", document=MARKUP, start=0, end=len(MARKUP), text=MARKUP
    )


def _report() -> str:
    verified = Verification(status="tampered", entries=0, anchored=0, findings=(MARKUP,))
    return as_page(make_report(MARKUP, (), verified))


PAGES = {
    "audit report": _report(),
    "errors": write_page([_problem()]),
    "README": documents.as_page(f"# A release\n\n{MARKUP}\n", MARKUP),
    "door": render("redact.page", "door.html", address=MARKUP),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_stands_on_the_base_and_nothing_put_in_is_a_tag(page: str) -> None:
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert page.endswith("</html>\n")
    assert ESCAPED in page
    assert "<b>Moira" not in page


def test_a_line_that_ends_in_a_block_still_ends() -> None:
    """Words of two lines would run together."""
    template = environment_of("redact.page").from_string("{% if yes %}Before{% endif %}\nNext")
    assert template.render(yes=True) == "Before\nNext"


def test_a_value_that_is_missing_is_an_error_and_no_gap() -> None:
    with pytest.raises(UndefinedError):
        render("redact.page", "door.html")
