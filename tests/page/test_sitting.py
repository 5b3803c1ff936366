"""The log knows what was read on the page, before it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redact.audit.events import LinkageRevealed
from redact.audit.reading import read_log
from redact.key.looks import HOLDS
from redact.page.sitting import Sitting
from redact.study.folder import Study
from tests.page.conftest import Served, start, stop
from tests.page.test_guard import ask, cookie
from tests.reviewed import Key
from tests.shared import copy_of

ORIGINALS = ("Morag", "Haldane", "Fergus", "Petrie", "Zebedee", "Corriedoon")
PAGES = ("/", "/t/D0001", "/t/D0001/lines?n=1", "/entities", "/missed", "/details", "/second")


def looks(study: Path) -> list[LinkageRevealed]:
    return [e.event for e in read_log(study / "audit") if isinstance(e.event, LinkageRevealed)]


@pytest.fixture
def page(template: Path, tmp_path: Path, custodian: Key) -> Iterator[Served]:
    served = start(copy_of(template, tmp_path), custodian, "A. Reader")
    yield served
    if served.process.poll() is None:
        stop(served)


def test_each_page_is_in_the_log_before_it_is_answered_and_the_counts_at_the_end(
    page: Served,
) -> None:
    before = looks(page.study)
    assert (before[-1].purpose, before[-1].by) == ("review page", "A. Reader")
    held = cookie(page)
    for path in PAGES:
        known = {(one.purpose, doc) for one in looks(page.study) for doc in one.docs or ()}
        status, _, text = ask(page, path, Cookie=held)
        assert status == 200, path
        now = {(one.purpose, doc) for one in looks(page.study) for doc in one.docs or ()}
        if any(name in text for name in ORIGINALS) and not path.startswith("/t/D0001/lines"):
            assert now > known, path
    status, _, text = ask(page, "/t/D0002", Cookie=held)
    assert ("review page: transcript", "D0002") in {
        (one.purpose, doc) for one in looks(page.study) for doc in one.docs or ()
    }
    again = looks(page.study)
    assert ask(page, "/t/D0002", Cookie=held)[0] == 200
    assert looks(page.study) == again  # the entry holds for a while, and the look is counted
    stop(page)
    last = looks(page.study)[-1]
    assert (last.phase, last.purpose, last.by) == ("done", "review page", "A. Reader")
    assert last.looks is not None
    assert last.looks["D0002"] >= 3


def test_a_page_that_the_log_cannot_take_is_not_shown(page: Served) -> None:
    held = cookie(page)
    (page.study / "audit" / "signing.key").unlink()
    for path in ("/t/D0001", "/entities", "/missed", "/details"):
        status, _, text = ask(page, path, Cookie=held)
        assert status == 400, path
        assert not any(name in text for name in ORIGINALS), path


def test_an_entry_holds_ten_minutes_and_many_transcripts_are_several_entries(
    small_study: tuple[Path, Path],
) -> None:
    study, _ = small_study
    now = [0.0]
    sitting = Sitting(
        study=Study(study), by="A. Reader", approved_by=("steward",), clock=lambda: now[0]
    )
    before = len(looks(study))
    for seconds, entries in ((0, 1), (HOLDS / 2, 1), (HOLDS - 1, 1), (HOLDS, 2), (HOLDS + 1, 2)):
        now[0] = seconds
        sitting.look("transcript", ["D0001"])
        assert len(looks(study)) - before == entries, seconds
    sitting.look("missed", [f"D{number:04d}" for number in range(1, 4501)])
    assert len(looks(study)) - before == 5
    sitting.close()
    counted = {doc: n for one in looks(study) for doc, n in (one.looks or {}).items()}
    assert (len(counted), counted["D0001"], counted["D4500"]) == (4500, 6, 1)


def test_what_is_shown_after_it_was_settled_is_another_look(
    small_study: tuple[Path, Path],
) -> None:
    """Whoever settles a transcript again opened it again, and the papers say so."""
    study, _ = small_study
    sitting = Sitting(study=Study(study), by="A. Reader", approved_by=("steward",))
    before = len(looks(study))
    for doc in ("D0001", "D0002", "D0001"):
        sitting.look("transcript", [doc])
    assert len(looks(study)) - before == 2
    sitting.settled("D0001")
    for doc in ("D0001", "D0002"):
        sitting.look("transcript", [doc])
    assert [one.docs for one in looks(study)[before:]][-1] == ("D0001",)
    assert len(looks(study)) - before == 3
