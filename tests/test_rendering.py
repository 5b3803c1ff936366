"""Every page stands on one base, escapes what is put in, and keeps the spaces of its template."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from redact.audit.report import as_page, make_report
from redact.audit.verify import Verification
from redact.evaluate.errors_page import Problem, write_page
from redact.release import documents
from redact.rendering import environment_of, is_unseen, render, shown

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


UNSEEN = "\x1b[2J\x9b\x85\u202e\u2066\u2028\u2029\u200b\ufeff\u00ad\u3164\U000e0041"


def test_what_is_put_into_a_page_hides_nothing_and_turns_nothing_round() -> None:
    pages = environment_of("redact.page")
    text = "{{ a }} <i title='{{ a }}'>{% for one in [a] %}{{ one|upper }}{% endfor %}</i>"
    page = pages.from_string(text).render(a=f"Morag {UNSEEN}<b>")
    assert not set(UNSEEN) & set(page) - set("[2J")
    assert "&lt;U+202E&gt;" in page
    assert "<b>" not in page


def test_a_form_gives_back_what_it_was_given() -> None:
    pages = environment_of("redact.page")
    page = pages.from_string("<input value='{{ a|exact }}'>").render(a="Mo\u00adrag'")
    assert page == "<input value='Mo\u00adrag&#39;'>"


@given(st.text())
def test_what_is_shown_has_nothing_unseen_and_what_is_seen_stays(text: str) -> None:
    said = shown(text)
    assert not any(is_unseen(char) for char in said)
    if not any(is_unseen(char) for char in text):
        assert said == text
