"""The page by keys alone: interviews, edges, selections, what was missed, a whole corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT, at_length, run_redact
from tests.page.browsing import (
    choose,
    drag_over,
    first,
    needs_chromium,
    opened,
    press_until,
    rulings,
    select,
    until_saved,
)
from tests.page.conftest import Served, start, stop
from tests.reviewed import ONE

pytestmark = needs_chromium


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
    until_saved(page)
    safe = "".join(path.read_text("utf-8") for path in (served.study / "safe").iterdir())
    assert "Fergus Petrie" in safe
    assert "grand" in safe
    assert "Morag" not in safe
    assert "[Organisation" in safe
    refused = run_redact("release", served.study, "--passphrase-file", passphrase_file)
    assert refused.code == 4
    for doc in ("D0001", "D0002"):
        page.goto(f"{served.base}/t/{doc}")
        page.get_by_role("button", name="I have read it all").first.press("Enter")
        page.wait_for_url(f"{served.base}/")
    assert "2 read" in " ".join(str(page.text_content(".sum")).split())
    done = run_redact("release", served.study, "--passphrase-file", passphrase_file)
    assert done.code == 0, done.err


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
    start = ONE.index("Haldane")
    assert json.loads(rulings(served)[-1])["place"] == [first(served), start, start + 7]
    select(page, "a face")
    page.keyboard.press("2")
    expect(page.locator("#said")).to_have_text("Added.")
    place = ONE.index("a face")  # after signs that are not seen
    assert json.loads(rulings(served)[-1])["place"] == [first(served), place, place + 6]


def test_buttons_are_about_the_words_that_the_mouse_selected(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served)
    doc = first(served)
    page.goto(f"{served.base}/t/{doc}")
    choose(page, "Fergus Petrie")
    drag_over(page, "so she was")
    expect(page.locator("#what")).to_have_text("Selected")
    expect(page.locator("#words")).to_have_text("so she was")
    expect(page.locator("#right")).to_be_hidden()
    page.keyboard.press("a")  # nothing that is out of sight is decided
    page.click(".choices button:has-text('organisation')")
    expect(page.locator(".mark.org", has_text="so she was")).to_have_count(1)
    start = ONE.index("so she was")
    assert [json.loads(row)["place"] for row in rulings(served)] == [[doc, start, start + 10]]
    drag_over(page, "Who was")
    expect(page.locator("#what")).to_have_text("Selected")
    page.keyboard.press("Escape")
    expect(page.locator("#what")).to_have_text("This place")
    expect(page.locator("#right")).to_be_visible()


def test_a_place_out_of_sight_is_shown_and_not_decided(browser: Browser, served: Served) -> None:
    page = opened(browser, served, viewport={"width": 390, "height": 420})
    page.goto(f"{served.base}/t/{first(served)}")
    choose(page, "Morag Haldane")
    page.mouse.move(195, 100)
    page.mouse.wheel(0, 20_000)
    expect(page.locator("#away")).to_be_visible()
    page.click("#right")
    expect(page.locator("#said")).to_contain_text("out of sight")
    expect(page.locator("#away")).to_be_hidden()
    expect(page.locator(".mark[aria-current]")).to_be_in_viewport()
    assert rulings(served) == []
    page.click("#right")
    expect(page.locator("#said")).to_contain_text("Decided")
    assert len(rulings(served)) == 1


def test_a_detail_that_is_selected_is_bracketed_by_key(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/t/{first(served)}")
    select(page, "so she was")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    expect(page.locator(".safe", has_text="was grand, [detail removed].")).to_have_count(1)
    expect(page.locator(".mark.detail")).to_have_text("so she wastelling detail")


def test_one_key_makes_what_was_missed_a_name_everywhere(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/missed")
    words = page.locator("tbody th").nth(1).inner_text()
    row = page.locator("tbody tr", has=page.get_by_text(words, exact=True))
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(row.locator("button:focus")).to_have_count(1)
    page.evaluate("window.stays = true")
    page.keyboard.press("1")
    expect(row).to_have_count(0)
    expect(page.locator("tbody tr button:focus")).to_be_in_viewport()
    assert page.evaluate("window.stays"), "it is the same page, where it was"
    expect(page.locator("#told")).to_contain_text("Recorded for")
    assert '"label":"PERSON"' in rulings(served)[-1]
    page.locator("#undo button").click()
    expect(row).to_have_count(1)


def test_one_key_makes_what_was_missed_no_name(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/missed")
    expect(page.get_by_role("heading", name="Words that may be names")).to_have_count(1)
    words = page.locator("tbody th").first.inner_text()
    row = page.locator("tbody tr", has=page.get_by_text(words, exact=True))
    before = len(rulings(served))
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(row).to_have_count(0)
    said = rulings(served)[before:]
    assert said
    assert all('"label":null' in line for line in said)


@pytest.mark.model
def test_the_sample_corpus_is_reviewed_by_keys_alone_and_released(
    browser: Browser, tmp_path: Path, passphrase_file: Path
) -> None:
    """As the README says, with nothing but keys: every interview read, settled, and let go."""
    sample = ROOT / "samples" / "co-production"
    study, key = tmp_path / "study", ("--passphrase-file", passphrase_file)
    transcripts = sorted((sample / "transcripts").iterdir())
    run_redact(
        "run",
        *transcripts[: at_length(len(transcripts), 4)],
        "--policy",
        "archive-deposit",
        "--out",
        study,
        "--roster",
        sample / "roster.csv",
        "--interviews",
        sample / "interviews.csv",
        *key,
    )
    assert run_redact("release", study, *key).code == 4
    served = start(study, key)
    try:
        page = opened(browser, served)
        interviews = page.locator("tbody tr").count()
        for done in range(1, interviews + 1):
            press_until(
                page,
                "Tab",
                "document.activeElement.matches('tbody th a') && "
                "document.activeElement.closest('tr').innerText.includes('not read yet')",
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


def test_what_somebody_decides_on_is_not_read_any_more(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    doc = first(served)
    page.goto(f"{served.base}/t/{doc}")
    page.get_by_role("button", name="I have read it all").first.click()
    page.wait_for_url(f"{served.base}/")
    row = page.locator("tbody tr", has=page.locator(f"a[href$='{doc}']"))
    expect(row).to_contain_text("read ✓ by AB")
    row.locator("th a").click()
    expect(page.locator("#read")).to_be_visible()
    choose(page, "Fergus Petrie")
    page.click("button.none")
    expect(page.locator("#said")).to_contain_text("Decided")
    expect(page.locator("#read")).to_be_hidden()
    expect(page.get_by_role("button", name="I have read it all").first).to_be_enabled()
    page.goto(f"{served.base}/")
    expect(row).to_contain_text("not read yet")
    until_saved(page)
    expect(row).to_contain_text("not read yet")


def test_an_error_stands_beside_its_button_and_what_was_typed_stays(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/details")
    passage = page.locator(".passage")
    passage.get_by_label("Say instead").fill("Morag of the island")
    passage.get_by_role("button", name="Say this instead").click()
    problem = passage.get_by_role("alert")
    expect(problem).to_contain_text("two.txt, line 4: word 1 of what you wrote is a real name here")
    expect(passage.get_by_label("Say instead")).to_have_value("Morag of the island")
    page.goto(f"{served.base}/")
    page.fill("[name=to]", "CD")
    page.get_by_role("button", name="to read", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("No interview is ticked. Tick the interviews")
    expect(page.locator("[name=to]")).to_have_value("CD")


def test_without_a_script_what_was_typed_can_be_sent_again(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served, java_script_enabled=False)
    page.fill("#token", served.token)
    page.click("text=Open >> nth=-1")
    page.goto(f"{served.base}/details")
    page.get_by_label("Say instead").fill("Morag of the island")
    page.click("text=Say this")
    expect(page.get_by_role("alert")).to_contain_text("two.txt, line 4")
    page.locator("textarea").fill("a place in the west")
    page.click("text=Send it again")
    expect(page.locator("main")).to_contain_text("No passage is left to look at")
    assert '"[a place in the west]"' in rulings(served)[-1]


def test_single_letters_can_be_turned_off(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/t/{first(served)}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Single letters do something").uncheck()
    page.keyboard.press("Escape")
    choose_by = page.locator(".mark", has_text="Fergus Petrie")
    choose_by.click()
    for key in ("x", "1", "u", "g", "t", "?"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert rulings(served) == []
    page.reload()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single letters do something").check()
    page.get_by_role("button", name="Close").click()
    choose_by.click()
    page.keyboard.press("x")
    expect(page.locator("#said")).to_contain_text("Decided")
    choose(page, "Kilmarnock")
    page.keyboard.press("Enter")  # the main answer: right as it is
    expect(page.locator(".mark.accepted.place", has_text="Kilmarnock")).to_have_count(1)
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.wait_for_url(f"{served.base}/entities")


def test_escape_leaves_a_field_and_keys_go_on(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/t/{first(served)}")
    choose(page, "Morag Haldane")
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.id") == "missed"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.mark[aria-current]')")
    page.keyboard.press("j")
    assert page.input_value("#missed") == ""


def test_describe_has_a_field_to_type_in(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    for field in ("title", "abstract", "creators"):
        page.goto(f"{served.base}/describe/{field}")
        box = page.locator("main input[type=text], main textarea").first
        expect(box).to_be_visible()
        box.fill("Example, Ada")
