"""The page in a real browser: by keys alone, without its script, hostile text, two at once."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import run_redact
from tests.review.conftest import ONE, Served, start, stop

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# As root Chromium has no sandbox, and it would look for hosts of its own at every start.
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--disable-quic")  # fmt: skip
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ, reason="Chromium is not on this machine"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


errors: list[str] = []  # what went wrong on the pages of a test


@pytest.fixture(autouse=True)
def no_errors() -> Iterator[None]:
    """An error on a page fails the test."""
    errors.clear()
    yield
    assert errors == []


def opened(browser: Browser, served: Served, **how: object) -> Page:
    """A page past its key, in a browser of its own."""
    context = browser.new_context(**{"viewport": {"width": 1300, "height": 850}} | how)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(f"a dialog: {dialog.message}"))
    page.goto(served.address)
    if how.get("java_script_enabled", True):
        page.wait_for_url(f"{served.base}/")
    return page


def first(served: Served) -> str:
    """The id of the transcript that ONE is."""
    for line in (served.study / "work" / "replacements.jsonl").read_text("utf-8").split("\n"):
        found = re.search(r'"file":"([^"]+)".*"transcript":"(D\d+)"', line)
        if found and "<script>" in (served.study / "safe" / found[1]).read_text("utf-8"):
            return found[2]
    raise AssertionError("no transcript")


def rulings(served: Served) -> list[str]:
    path = served.study / "rulings.jsonl"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def choose(page: Page, words: str) -> None:
    """Walks with `j` to the mark that says this."""
    for _ in range(40):
        if page.text_content("#words") == words:
            return
        page.keyboard.press("j")
    raise AssertionError(f"no mark says {words}")


def test_the_key_leaves_the_address_and_opens_the_page(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    assert "2 interviews" in str(page.text_content("h1"))
    page.go_back()
    assert served.token not in page.url


def test_a_whole_interview_by_keys_alone(
    browser: Browser, served: Served, passphrase_file: Path
) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/t/{first(served)}")
    choose(page, "Fergus Petrie")
    page.keyboard.press("x")
    expect(page.locator("#said")).to_contain_text("Decided")
    choose(page, "Kilmarnock")
    page.keyboard.press("3")
    expect(page.locator(".mark.accepted.org")).to_have_count(1)
    choose(page, "Morag Haldane")
    page.keyboard.press("e")
    page.keyboard.press("a")
    expect(page.locator("#said")).to_contain_text("for 3 places, in 1 other")
    page.keyboard.press("m")
    page.keyboard.type("grand")
    page.keyboard.press("Enter")
    expect(page.locator(".mark:has-text('grand')")).to_have_count(1)
    page.wait_for_load_state("load")
    page.locator("#text").focus()
    page.keyboard.press("u")
    expect(page.locator(".mark:has-text('grand')")).to_have_count(0)
    page.locator(".banner button").press("Enter")
    page.wait_for_selector(".banner", state="detached")
    safe = "".join(path.read_text("utf-8") for path in (served.study / "safe").iterdir())
    assert "Fergus Petrie" in safe
    assert "grand" in safe
    assert "Morag" not in safe
    assert "[Organisation" in safe
    refused = run_redact("release", served.study, "--passphrase-file", passphrase_file)
    assert refused.code == 4
    for doc in ("D0001", "D0002"):
        page.goto(f"{served.base}/t/{doc}")
        page.get_by_role("button", name="settle").press("Enter")
        page.wait_for_url(f"{served.base}/")
    assert "2 settled" in " ".join(str(page.text_content(".sum")).split())
    done = run_redact("release", served.study, "--passphrase-file", passphrase_file)
    assert done.code == 0, done.err


def select(page: Page, words: str) -> None:
    """Selects these words of the original with the mouse's own means."""
    page.evaluate(
        """(words) => { const walk = document.createTreeWalker(document.querySelector('#text'), 4);
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
          const at = node.data.indexOf(words);
          if (at < 0 || !node.parentElement.closest('.original')) continue;
          const range = document.createRange();
          range.setStart(node, at); range.setEnd(node, at + words.length);
          getSelection().removeAllRanges(); getSelection().addRange(range); return; } }""",
        words,
    )


def test_edges_move_by_words_and_a_selection_becomes_a_mention(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/t/{first(served)}")
    choose(page, "Morag Haldane")
    page.keyboard.press("]")
    assert page.text_content("#words") == "Morag Haldane came"
    page.keyboard.press("}")
    page.keyboard.press("{")
    assert page.text_content("#words") == "Haldane"
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("Decided")
    start_, end = ONE.index("Haldane"), ONE.index("Haldane") + 7
    assert f'"end":{end}' in rulings(served)[-1]
    assert f'"start":{start_}' in rulings(served)[-1]
    select(page, "a face")
    page.keyboard.press("2")
    expect(page.locator("#said")).to_have_text("Added.")
    place = ONE.index("a face")  # after signs that are not seen
    assert f'"start":{place}' in rulings(served)[-1]
    assert f'"end":{place + 6}' in rulings(served)[-1]


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
    page.click("text=Undo the last decision")
    expect(page.locator("a.mark.kept")).to_have_count(0)
    page.fill("#missed", "grand")
    page.select_option("#add select", "PLACE")
    page.click("#add button")
    expect(page.locator("a.mark.place:has-text('grand')")).to_have_count(1)
    page.goto(f"{served.base}/missed")
    page.fill("[name=q]", "Hello")
    page.click("text=Search >> nth=-1")
    expect(page.locator("main")).to_contain_text("1 places with Hello")
    assert "Hello" not in page.url
    page.goto(f"{served.base}/entities")
    page.check("tr:has-text('Zebedee') input[type=checkbox]")
    page.fill("[name=to]", "[The visitor]")
    page.click("text=Rename")
    expect(page.locator("main")).to_contain_text("[The visitor]")


def test_who_is_who_is_settled_with_both_contexts_side_by_side(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served, java_script_enabled=False)
    page.fill("#token", served.token)
    page.click("text=Open >> nth=-1")
    page.goto(f"{served.base}/entities?label=PERSON")
    said = page.locator("td:nth-child(3)", has_text="Morag Haldane")
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
    near.get_by_text("They are one").click()
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


def comment(page: Page, served: Served, text: str = "Is this\nMorag's son?") -> None:
    page.goto(f"{served.base}/t/{first(served)}")
    page.keyboard.press("c")
    page.keyboard.type(text)
    page.click("text=Write it down")


def test_a_comment_is_seen_by_the_next_reader_until_it_is_dealt_with(
    browser: Browser, served: Served, passphrase_file: Path
) -> None:
    page = opened(browser, served)
    comment(page, served, "Ask <b>her</b>")
    expect(page.locator(".comments")).to_contain_text("Ask <b>her</b>")
    expect(page.locator(".mark .kind", has_text="✎1")).to_have_count(1)
    other = start(served.study, passphrase_file, "CD")
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
    passage.get_by_text("Say this instead").click()
    expect(page.locator("main")).to_contain_text("No other words were written")
    page.goto(f"{served.base}/details")
    passage.locator("select").select_option(label="Gaelic-speaking")
    passage.get_by_label("or say").fill("local")
    passage.get_by_text("Say this instead").click()
    expect(passage.locator("b")).to_contain_text("only [local] team leader on the island")
    passage.get_by_text("It may stay").click()
    expect(passage).to_have_count(0)
    page.click("text=Make the safe texts anew")
    safe = [path.read_text("utf-8") for path in (served.study / "safe").iterdir()]
    assert sum("the only [local] team leader on the island, mind." in text for text in safe) == 1


def test_a_detail_that_is_selected_is_bracketed_by_key(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/t/{first(served)}")
    select(page, "so she was")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    expect(page.locator(".safe", has_text="was grand, [detail removed].")).to_have_count(1)
    expect(page.locator(".mark.detail")).to_have_text("so she wasDETAIL")


def test_one_word_settles_an_entity_and_every_word_can_be_taken_back(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/entities?label=PERSON")
    row = page.locator("tr", has=page.locator("td:nth-child(3)", has_text="Morag Haldane"))
    row.locator("input").check()
    page.click("text=Right as they are")
    expect(row.locator("td").nth(4)).to_have_text("1.00")
    row.locator("input").check()
    page.get_by_label("Do with them").select_option("keep")
    page.click("text=Do it")
    safe = [path.read_text("utf-8") for path in (served.study / "safe").iterdir()]
    assert all("Morag Haldane" in text for text in safe)
    page.click("text=What was decided last")
    expect(page.locator(".last")).to_contain_text("AB: chose what becomes of [Person 1]: keep")
    page.locator(".last button").first.click()
    safe = [path.read_text("utf-8") for path in (served.study / "safe").iterdir()]
    assert not any("Morag" in text for text in safe)
    page.click("text=What was decided last")
    expect(page.locator(".last")).to_contain_text("undone")
    expect(page.locator(".last button")).to_have_count(0)


def test_one_key_makes_what_was_missed_a_name_everywhere(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/missed")
    words = page.locator("tbody th").nth(1).inner_text()
    row = page.locator("tbody tr", has=page.get_by_text(words, exact=True))
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(row.locator("button:focus")).to_have_count(1)
    page.keyboard.press("1")
    expect(row).to_have_count(0)
    assert '"label":"PERSON"' in rulings(served)[-1]
    page.click("text=Undo the last decision")
    expect(row).to_have_count(1)


def test_the_sample_corpus_is_reviewed_by_keys_alone_and_released(
    browser: Browser, tmp_path: Path, passphrase_file: Path
) -> None:
    """As the README says, with nothing but keys: every interview read, settled, and let go."""
    sample = Path(__file__).parents[2] / "samples" / "co-production"
    study, key = tmp_path / "study", ("--passphrase-file", passphrase_file)
    run_redact("run", sample / "transcripts", "--policy", "archive-deposit", "--out", study,
               "--roster", sample / "roster.csv", "--interviews", sample / "interviews.csv",
               *key)  # fmt: skip
    assert run_redact("release", study, *key).code == 4
    served = start(study, passphrase_file)
    try:
        page = opened(browser, served)
        interviews = page.locator("tbody tr").count()
        for done in range(1, interviews + 1):
            press_until(
                page,
                "Tab",
                "document.activeElement.matches('tbody th a') && "
                "document.activeElement.closest('tr').innerText.includes('to read')",
            )
            page.keyboard.press("Enter")
            page.wait_for_url("**/t/*")
            page.wait_for_load_state("load")
            while left := int(page.inner_text("#left")):
                page.keyboard.press("a")
                expect(page.locator("#left")).to_have_text(str(left - 1))
            press_until(
                page, "Shift+Tab", "document.activeElement.innerText.startsWith('I have read it')"
            )
            page.keyboard.press("Enter")
            expect(page.locator(".sum strong").first).to_have_text(str(done))
    finally:
        stop(served)
    released = run_redact("release", study, *key)
    assert released.code == 0, released.err
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert log.count('"action":"settle","by":"AB"') == interviews


def press_until(page: Page, key: str, there: str) -> None:
    """Presses a key until the page says that we are there; fails after a thousand times."""
    for _ in range(1000):
        page.keyboard.press(key)
        if page.evaluate(there):
            return
    raise AssertionError(there)


def test_interviews_are_given_to_readers(
    browser: Browser, served: Served, passphrase_file: Path
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
    second = start(served.study, passphrase_file, "CD", "--second", "mine")
    try:
        theirs = opened(browser, second)
        expect(theirs.locator("h1")).to_have_text("1 interview to read a second time")
        assert theirs.goto(f"{second.base}/details").status == 404  # type: ignore[union-attr]
    finally:
        stop(second)


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"color_scheme": "dark"},
        {"viewport": {"width": 360, "height": 740}},
        {"viewport": {"width": 650, "height": 425}},  # 1300 x 850 at 200%
        {"forced_colors": "active"},
    ],
    ids=["light", "dark", "narrow", "at 200%", "forced colours"],
)
def test_no_rule_of_accessibility_is_broken(
    browser: Browser, served: Served, how: dict[str, object]
) -> None:
    page = opened(browser, served, **how)
    page.goto(f"{served.base}/entities")
    who = str(page.locator("tbody th a").first.get_attribute("href")).removeprefix(served.root)
    comment(page, served)
    for path in ("/", "/entities", "/missed", "/details", who, f"/t/{first(served)}"):
        page.goto(f"{served.base}{path}")
        found = Axe().run(page, options={"runOnly": [
            "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
        ]})  # fmt: skip
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
        assert fits, f"{path} scrolls sideways"


def test_two_tabs_lose_nothing(browser: Browser, served: Served, passphrase_file: Path) -> None:
    mine = opened(browser, served)
    other = start(served.study, passphrase_file, by="CD")
    theirs = opened(browser, other)
    for page, base in ((mine, served.base), (theirs, other.base)):
        page.goto(f"{base}/t/{first(served)}")
        choose(page, "Fergus Petrie")
    mine.keyboard.press("a")
    expect(mine.locator("#said")).to_contain_text("Decided")
    theirs.keyboard.press("x")
    expect(theirs.locator("#said")).to_contain_text("AB has decided")
    assert "AB: PERSON" in str(theirs.text_content("#said"))
    assert len(rulings(served)) == 1
    other.process.kill()
    other.process.communicate(timeout=10)


def test_what_was_decided_outlives_a_killed_page(
    browser: Browser, served: Served, passphrase_file: Path
) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/t/{first(served)}")
    choose(page, "Fergus Petrie")
    page.keyboard.press("x")
    expect(page.locator("#said")).to_contain_text("Decided")
    served.process.send_signal(signal.SIGKILL)
    served.process.communicate(timeout=10)
    again = start(served.study, passphrase_file)
    page = opened(browser, again)
    page.goto(f"{again.base}/t/{first(again)}")
    expect(page.locator("a.mark.kept:has-text('Fergus Petrie')")).to_have_count(1)
    again.process.kill()
    again.process.communicate(timeout=10)
    said = run_redact("audit", "verify", served.study, "--json")
    assert said.json["status"] == "self-attested", said.out


def test_a_second_reader_sees_nothing_of_the_first_and_is_compared_with_him(
    browser: Browser, served: Served, passphrase_file: Path
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

    second = start(served.study, passphrase_file, "CD", "--second", "1")
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
    other.get_by_role("button", name="I have read it").click()
    expect(other.locator("tbody")).to_contain_text("read ✓")
    assert len(rulings(served)) == 2, "what a second reader decides changes nothing"
    second.process.kill()
    second.process.communicate(timeout=10)

    page.goto(f"{served.base}/second")
    said = " ".join(page.inner_text("main").split())
    assert "1 interviews of" in said
    assert "the two found 2, 1 of them both" in said  # grand by both, "we met" by one
    assert "too few for an estimate" in said
    assert "2 places on which they differ" in said
    page.locator("tr:has-text('Fergus Petrie') button:has-text('PERSON')").click()
    expect(page.locator("h2")).to_contain_text("1 places")
    page.goto(f"{served.base}/t/{doc}")
    assert page.locator(".mark.accepted:has-text('Fergus Petrie')").count() == 1
    log = (served.study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"action":"second review"' in log
    kept = (served.study / "second.jsonl").read_text("utf-8")
    assert "grand" not in log + kept
