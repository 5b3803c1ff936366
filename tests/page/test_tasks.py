"""Every task with how it stands, and the one thing to do next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redact.page.tasks import RoadCounts, TaskState, next_of, open_things, tasks_of

DONE = RoadCounts(
    transcripts=12,
    words_to_read=0,
    questions=0,
    unsure=0,
    unread=0,
    open_words=0,
    others=(),
    counts_refused=False,
    described=14,
    to_describe=14,
    asks_reading=True,
    is_second_read=True,
    releases=1,
    given=1,
    custodians=2,
    drilled="2026-11-30",
)
NEW = replace(
    DONE,
    words_to_read=9_000,
    questions=7,
    unread=12,
    open_words=4,
    releases=0,
    given=0,
    custodians=1,
    described=2,
    first_unread="D0004",
    drilled="",
)


def said(seen: RoadCounts, name: str) -> tuple[TaskState, str]:
    return next((one.state, one.said) for one in tasks_of(seen) if one.name == name)


def test_where_all_is_done_nothing_is_next_and_nothing_is_loud() -> None:
    assert next_of(DONE) is None
    loud = [one.name for one in tasks_of(DONE) if one.state not in (TaskState.DONE, TaskState.WAIT)]
    assert loud == []


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        (NEW, "say who is meant"),
        (replace(NEW, questions=0), "read the next interview"),
        (replace(NEW, questions=0, unread=0), "decide on words that may be names"),
        (replace(DONE, releases=0), "see what goes out"),
        (replace(DONE, others=("G9 small counts",)), "see what is still open"),
        (replace(DONE, given=0), "say who was given the release"),
        (replace(DONE, custodians=1), "let somebody else hold a key"),
    ],
)
def test_the_next_thing_comes_in_the_order_of_the_road(seen: RoadCounts, name: str) -> None:
    following = next_of(seen)
    assert following is not None
    assert following.name == name


def test_not_looked_at_and_begun_differ() -> None:
    assert said(NEW, "Read each interview") == (TaskState.LOOK, "12 not read yet")
    begun = replace(NEW, unread=11)
    assert said(begun, "Read each interview") == (TaskState.GOING, "1 of 12 read")
    assert said(replace(NEW, unread=0), "Read each interview") == (TaskState.DONE, "Completed")


def test_a_task_that_cannot_start_is_no_link() -> None:
    rows = {one.name: one for one in tasks_of(NEW)}
    assert (rows["Say who was given it"].path, rows["Say who was given it"].said) == (
        "",
        "Cannot start yet",
    )
    assert all(one.path for name, one in rows.items() if name != "Say who was given it")


def test_a_release_waits_for_reading_only_where_it_is_asked() -> None:
    assert open_things(NEW) == ["12 interviews to read", "4 words that may be names"]
    assert open_things(replace(NEW, asks_reading=False)) == ["4 words that may be names"]
    assert open_things(DONE) == []


def test_how_long_it_takes_is_said() -> None:
    following = next_of(replace(NEW, questions=0))
    assert following is not None
    assert "about 45 minutes" in following.why


def test_what_is_not_counted_yet_is_not_called_completed() -> None:
    early = replace(DONE, is_asked=False, releases=0)
    assert said(early, "Decide on words that may be names") == (TaskState.WAIT, "Counting …")
    assert said(early, "Make the release") == (TaskState.WAIT, "Counting …")
    assert next_of(early) is None
