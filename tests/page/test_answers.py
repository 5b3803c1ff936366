"""The page in a real browser: without its script, who is who, hostile text, two at once."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.conftest import run_redact
from tests.page.browsing import (
    choose,
    comment,
    first,
    needs_chromium,
    opened,
    rulings,
    until_saved,
)
from tests.page.conftest import Served, start, stop
from tests.reviewed import Key

pytestmark = needs_chromium


def test_the_key_leaves_the_address_and_opens_the_page(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    assert "2 interviews" in str(page.text_content("h1"))
    page.go_back()
    assert served.token not in page.url


def test_the_file_that_the_browser_is_started_with_leads_to_the_page(
    browser: Browser, template: Path, tmp_path: Path, custodian: Key
) -> None:
    """From file:// to the page and its strict cookie: what a browser makes of it."""
    shutil.copytree(template, tmp_path / "study")
    quiet = tmp_path / "browser"
    quiet.write_text("#!/bin/sh\n", "utf-8")
    quiet.chmod(0o700)
    served = start(tmp_path / "study", custodian, env={"BROWSER": f"{quiet} %s"})
    try:
        page = browser.new_context().new_page()
        page.goto((tmp_path / "study" / "work" / "open-review.html").as_uri())
        page.wait_for_url(f"{served.base}/")
        expect(page.locator("h1")).to_have_text("2 interviews")
    finally:
        stop(served)


def test_without_the_script_forms_do_it(browser: Browser, served: Served) -> None:
    page = opened(browser, served, java_script_enabled=False)
    page.fill("#token", served.token)
    page.click("text=Open >> nth=-1")
    page.click("tbody a >> nth=0")
    expect(page.locator("#text")).to_be_visible()
    page.goto(f"{served.base}/t/{first(served)}")
    page.click("a.mark:has-text('Fergus Petrie')")
    expect(page.locator("#words")).to_have_text("Fergus Petrie")
    page.click("button.none")
    expect(page.locator("a.mark.kept:has-text('Fergus Petrie')")).to_have_count(1)
    assert len(rulings(served)) == 1
    page.click("text=Undo: “Fergus Petrie” is no name")
    expect(page.locator("a.mark.kept")).to_have_count(0)
    page.fill("#missed", "grand")
    page.select_option("#add select", "PLACE")
    page.click("#add button")
    expect(page.locator("a.mark.place:has-text('grand')")).to_have_count(1)
    page.goto(f"{served.base}/missed")
    page.fill("[name=q]", "Hello")
    page.click("text=Search >> nth=-1")
    expect(page.locator("main")).to_contain_text("“Hello” is said at 1 place")
    assert "Hello" not in page.url
    page.goto(f"{served.base}/entities")
    page.check("tr:has-text('Zebedee') input[type=checkbox]")
    page.click("text=Show as something else")
    page.fill("[name=to]", "[The visitor]")
    page.click("text=Show it as this")
    expect(page.locator("main")).to_contain_text("[The visitor]")


def test_who_is_who_is_settled_with_both_contexts_side_by_side(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served, java_script_enabled=False)
    page.fill("#token", served.token)
    page.click("text=Open >> nth=-1")
    page.goto(f"{served.base}/entities?label=PERSON")
    said = page.locator("td:nth-child(2)", has_text="Morag Haldane")
    rows = page.locator("tr", has=said)
    rows.locator("th a").click()
    expect(page.locator(".ticks li")).to_have_count(3)
    page.check(".ticks li:has-text('Corriedoon') input")
    page.click("text=Those I tick are somebody else")
    expect(rows).to_have_count(2)
    rows.first.locator("th a").click()
    near = page.locator(".near")
    expect(near).to_have_count(1)
    expect(near).to_contain_text("Morag Haldane")
    near.get_by_role("button", name="are the same").click()
    expect(rows).to_have_count(1)
    log = (served.study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"action":"split"' in log
    assert '"action":"merge"' in log


def test_hostile_text_is_text_and_what_is_unseen_is_shown(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/t/{first(served)}")
    assert page.title() != "stolen"
    assert "<script>document.title='stolen'</script>" in page.inner_text("#text")
    unseen = page.locator(".original .unseen").all_text_contents()
    assert unseen == ["U+202E", "U+202C", "U+200B"]
    wide = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide, "a word of 10,000 characters must not widen the page"


def test_a_comment_is_seen_by_the_next_reader_until_it_is_dealt_with(
    browser: Browser, served: Served, custodian: Key
) -> None:
    page = opened(browser, served)
    comment(page, served, "Ask <b>her</b>")
    expect(page.locator(".comments")).to_contain_text("Ask <b>her</b>")
    expect(page.locator(".mark .kind", has_text="✎1")).to_have_count(1)
    other = start(served.study, custodian, "CD")
    try:
        theirs = opened(browser, other)
        expect(theirs.locator(".comments")).to_contain_text("AB")
        theirs.click("text=Dealt with")
        expect(theirs.locator(".comments")).to_have_count(0)
    finally:
        stop(other)
    page.goto(f"{served.base}/")
    expect(page.locator(".comments")).to_have_count(0)


def test_what_singles_out_is_bracketed_said_otherwise_or_left(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served, java_script_enabled=False)
    page.fill("#token", served.token)
    page.click("text=Open >> nth=-1")
    page.goto(f"{served.base}/details")
    passage = page.locator(".passage")
    expect(passage).to_have_count(1)
    expect(passage.locator("mark")).to_have_text("only Gaelic-speaking team leader on the island")
    passage.get_by_text("Say this").click()
    expect(page.locator("main")).to_contain_text("No other words were written")
    page.goto(f"{served.base}/details")
    passage.locator("select").select_option(label="Gaelic-speaking")
    passage.get_by_label("Say instead").fill("local")
    passage.get_by_text("Say this").click()
    expect(passage.locator("b")).to_contain_text("only [local] team leader on the island")
    passage.get_by_text("It may stay").click()
    expect(passage).to_have_count(0)
    until_saved(page)
    safe = [path.read_text("utf-8") for path in (served.study / "safe").iterdir()]
    assert sum("the only [local] team leader on the island, mind." in text for text in safe) == 1


def test_one_word_settles_an_entity_and_every_word_can_be_taken_back(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/entities?label=PERSON")
    row = page.locator("tr", has=page.locator("td:nth-child(2)", has_text="Morag Haldane"))
    row.locator("input").check()
    page.locator(".tools").get_by_role("button", name="Right").click()
    expect(page.locator("#told")).to_contain_text("Recorded: right as they are")
    row.locator("input").check()
    page.click("text=Show as something else")
    page.get_by_label("or show").select_option("keep")
    page.click("text=Show this instead")
    expect(page.locator("#told")).to_contain_text("Recorded: what is shown instead")
    until_saved(page)
    safe = [path.read_text("utf-8") for path in (served.study / "safe").iterdir()]
    assert all("Morag Haldane" in text for text in safe)
    page.click("text=What was decided last")
    expect(page.locator(".last")).to_contain_text(
        "AB: chose what is shown instead of [Person 1]: the words as they are"
    )
    with page.expect_navigation():  # forms.js asks, and only then loads the page anew
        page.locator(".last button").first.click()
    until_saved(page)
    safe = [path.read_text("utf-8") for path in (served.study / "safe").iterdir()]
    assert not any("Morag" in text for text in safe)
    page.click("text=What was decided last")
    expect(page.locator(".last")).to_contain_text("undone")
    expect(page.locator(".last button")).to_have_count(0)


def test_interviews_are_given_to_readers(
    browser: Browser, served: Served, passphrase_file: Path, custodian: Key
) -> None:
    page = opened(browser, served)
    doc = first(served)
    page.check(f"input[value={doc}]")
    page.fill("[name=to]", "CD")
    page.click("text=to read a second time")
    row = page.locator("tr", has=page.locator(f"input[value={doc}]"))
    expect(row).to_contain_text("2nd: CD")
    page.click("nav[aria-label='Whose interviews'] >> text=CD")
    expect(page.locator("tbody tr")).to_have_count(1)
    key = ("--no-browser", "--passphrase-file", passphrase_file)
    refused = run_redact("review", served.study, "--by", "EF", "--second", "mine", *key)
    assert (refused.code, "no interview is assigned to EF" in refused.err) == (2, True)
    second = start(served.study, custodian, "CD", "--second", "mine")
    try:
        theirs = opened(browser, second)
        expect(theirs.locator("h1")).to_have_text("1 interview to read a second time")
        answer = theirs.goto(f"{second.base}/details")
        assert answer is not None
        assert answer.status == 404
    finally:
        stop(second)


EVERYTHING = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OF_COLOUR = ("color-contrast", "link-in-text-block")
OF_ROOM = ("target-size", "scrollable-region-focusable", "color-contrast")


@pytest.mark.parametrize(
    ("how", "rules"),
    [
        ({}, EVERYTHING),
        ({"color_scheme": "dark"}, OF_COLOUR),
        ({"forced_colors": "active"}, OF_COLOUR),
        ({"viewport": {"width": 360, "height": 740}}, OF_ROOM),
        ({"viewport": {"width": 650, "height": 425}}, OF_ROOM),  # 1300 x 850 at 200%
    ],
    ids=["light", "dark", "forced colours", "narrow", "at 200%"],
)
def test_no_rule_of_accessibility_is_broken(
    browser: Browser, read_only: Served, how: dict[str, object], rules: tuple[str, ...]
) -> None:
    page = opened(browser, read_only, **how)
    page.goto(f"{read_only.base}/entities")
    person = page.locator("tbody th a").first.get_attribute("href")
    assert person is not None
    paths = ("/", "/entities", "/missed", "/details", person.removeprefix(read_only.root))
    for path in (*paths, f"/t/{first(read_only)}"):
        page.goto(f"{read_only.base}{path}")
        report = Axe().run(page, options={"runOnly": list(rules)})
        assert report.violations_count == 0, f"{path}: {report.generate_report()}"
        fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
        assert fits, f"{path} scrolls sideways"


def test_two_tabs_lose_nothing(browser: Browser, served: Served, custodian: Key) -> None:
    mine = opened(browser, served)
    other = start(served.study, custodian, by="CD")
    theirs = opened(browser, other)
    for page, base in ((mine, served.base), (theirs, other.base)):
        page.goto(f"{base}/t/{first(served)}")
        choose(page, "Fergus Petrie")
    mine.keyboard.press("a")
    expect(mine.locator("#said")).to_contain_text("Decided")
    theirs.keyboard.press("x")
    expect(theirs.locator("#said")).to_contain_text("AB has decided")
    assert "AB: person" in str(theirs.text_content("#said"))
    assert len(rulings(served)) == 1
    other.process.kill()
    other.process.communicate(timeout=10)


def test_what_was_decided_outlives_a_killed_page(
    browser: Browser, served: Served, custodian: Key
) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/t/{first(served)}")
    choose(page, "Fergus Petrie")
    page.keyboard.press("x")
    expect(page.locator("#said")).to_contain_text("Decided")
    served.process.send_signal(signal.SIGKILL)
    served.process.communicate(timeout=10)
    again = start(served.study, custodian)
    page = opened(browser, again)
    page.goto(f"{again.base}/t/{first(again)}")
    expect(page.locator("a.mark.kept:has-text('Fergus Petrie')")).to_have_count(1)
    again.process.kill()
    again.process.communicate(timeout=10)
    said = run_redact("audit", "verify", served.study, "--json")
    assert said.json["status"] == "self-attested", said.out


def test_a_second_reader_sees_nothing_of_the_first_and_is_compared_with_him(
    browser: Browser, served: Served, custodian: Key
) -> None:
    page = opened(browser, served)
    doc = first(served)
    page.goto(f"{served.base}/t/{doc}")
    choose(page, "Fergus Petrie")
    page.keyboard.press("x")  # the first reader: no name
    expect(page.locator("#said")).to_contain_text("Decided")
    page.fill("#missed", "grand")
    page.locator("#missed").press("Enter")
    expect(page.locator(".mark:has-text('grand')")).to_have_count(1)

    second = start(served.study, custodian, "CD", "--second", "1")
    other = opened(browser, second)
    assert "2 interviews to read a second time" in str(other.text_content("h1"))
    for path in ("/entities", "/missed", "/second"):
        answer = other.goto(f"{second.base}{path}")
        assert answer is not None
        assert answer.status == 404
    other.goto(f"{second.base}/t/{doc}")
    assert other.locator(".mark.kept").count() == 0
    assert other.locator(".mark:has-text('grand')").count() == 0
    assert "[Person" not in other.inner_text("#text")
    for words in ("grand", "we met"):
        other.fill("#missed", words)
        other.locator("#missed").press("Enter")
        expect(other.locator(f".mark:has-text('{words}')")).to_have_count(1)
    other.get_by_role("button", name="I have read it all").first.click()
    expect(other.locator("tbody")).to_contain_text("read ✓")
    assert len(rulings(served)) == 2, "what a second reader decides changes nothing"
    second.process.kill()
    second.process.communicate(timeout=10)

    page.goto(f"{served.base}/second")
    said = " ".join(page.inner_text("main").split())
    assert "1 interview of" in said
    assert "the two found 2, 1 of them both" in said  # grand by both, "we met" by one
    assert "too few for an estimate" in said
    assert "2 places on which they differ" in said
    page.locator("tr:has-text('Fergus Petrie') button:has-text('person')").click()
    expect(page.locator("main h2")).to_contain_text("1 place")
    page.goto(f"{served.base}/t/{doc}")
    assert page.locator(".mark.accepted:has-text('Fergus Petrie')").count() == 1
    log = (served.study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"action":"second review"' in log
    kept = (served.study / "second.jsonl").read_text("utf-8")
    assert "grand" not in log + kept
