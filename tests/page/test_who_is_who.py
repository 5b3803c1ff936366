"""Who is who in a browser: sought, ticked out of sight, answered without leaving the place."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.page.browsing import needs_chromium, opened
from tests.page.conftest import Served

pytestmark = needs_chromium


def test_a_name_is_sought_joined_and_parted_again_in_place(
    browser: Browser, served: Served
) -> None:
    page = opened(browser, served, viewport={"width": 1300, "height": 500})
    page.goto(f"{served.base}/entities?label=PERSON")
    rows = page.locator("#rows tr")
    before = rows.count()
    bar = page.locator(".tools")
    expect(bar).to_be_in_viewport()
    page.fill("#find [name=q]", "zeb")
    expect(rows).to_have_count(1)
    rows.first.locator("input").check()
    page.fill("#find [name=q]", "petr")
    expect(rows.first).to_contain_text("Fergus Petrie")
    rows.first.locator("input").check()
    expect(page.locator("#ticked")).to_contain_text("2: Zebedee Quill; Fergus Petrie")
    assert "zeb" not in page.url
    bar.get_by_role("button", name="Same person").click()
    expect(page.locator("#told")).to_contain_text("they are the same now")
    page.fill("#find [name=q]", "")
    expect(rows).to_have_count(before - 1)
    said = page.locator("#rows td:nth-child(2)", has_text="Zebedee Quill")
    expect(said).to_contain_text("Fergus Petrie")
    page.locator("#told button").click()
    expect(rows).to_have_count(before)
    expect(page.locator("#saved")).to_have_text("Saved")
    log = (served.study / "audit" / "log.jsonl").read_text("utf-8")
    assert ('"action":"merge"' in log, '"action":"undo"' in log) == (True, True)


def test_what_cannot_be_is_said_in_the_bar_and_ticks_stay(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    page.goto(f"{served.base}/entities")
    row = page.locator("#rows tr", has=page.locator("td:nth-child(2)", has_text="Kilmarnock"))
    row.locator("input").check()
    page.locator(".tools").get_by_role("button", name="Same").click()
    expect(page.locator("#told")).to_contain_text("two or more")
    expect(row.locator("input")).to_be_checked()
    assert not (served.study / "corrections.jsonl").exists()
