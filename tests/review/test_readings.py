"""What the log has of a reading, and nothing more: opened, declared, or not read."""

from redact.audit.entries import Actor, LogEntry
from redact.audit.events import DecisionRecorded, Event, LinkageRevealed
from redact.page.sitting import Sitting
from redact.review.decide import decide
from redact.review.readings import HowRead, ReadingRecord, readings, told_by_log
from redact.review.settle import settle
from redact.study.folder import Study
from tests.review.conftest import Made, place


def look(made: Made, by: str, page: str) -> Sitting:
    sitting = Sitting(study=Study(made.root), by=by, approved_by=())
    sitting.look(page, ["D0001"])
    return sitting


def read(made: Made) -> ReadingRecord:
    (one,) = readings(made.desk())
    return one


def test_nobody_has_read_what_nobody_settled(made: Made) -> None:
    look(made, "A. Reader", "transcript")
    assert read(made) == ReadingRecord(doc="D0001")


def test_an_original_counts_as_opened_only_to_whoever_settles_it_and_before(made: Made) -> None:
    look(made, "A. Reader", "entities")  # not the transcript
    look(made, "B. Other", "transcript")  # not the one who settles
    settle(made.desk(), (), "A. Reader", "read it")
    look(made, "A. Reader", "transcript")  # after they had settled it
    assert (read(made).how, read(made).by) == (HowRead.DECLARED, "A. Reader")
    decide(made.desk(), (place("Corriedoon", None),), "A. Reader", -1)
    made.safe()
    assert (read(made).how, read(made).decided) == (HowRead.UNREAD, 1)  # it changed since
    settle(made.desk(), (), "a reader", "read it")
    assert (read(made).how, read(made).by, read(made).minutes) == (HowRead.ON_PAGE, "a reader", 0)


def test_what_was_accepted_unread_is_unread_whatever_was_opened(made: Made) -> None:
    look(made, "A. Reader", "transcript").close()
    settle(made.desk(), (), "A. Reader", "a trial", unread=True)
    assert (read(made).how, read(made).is_read) == (HowRead.UNREAD, False)


def test_who_read_is_in_no_representation(made: Made) -> None:
    settle(made.desk(), (), "A. Reader", "read it")
    assert "Reader" not in repr(read(made))


def opened(doc: str, by: str, page: str = "transcript") -> LinkageRevealed:
    return LinkageRevealed(
        phase="intent", purpose=f"review page: {page}", documents=1, by=by, docs=(doc,)
    )


def settled(doc: str, by: str) -> DecisionRecorded:
    return DecisionRecorded(action="settle", by=by, reason="", counts={}, docs=(doc,))


def test_the_time_is_that_from_an_opening_to_the_next_thing_the_log_has_of_the_reader() -> None:
    acts: list[tuple[str, Event]] = [
        ("10:00", opened("D0001", "AB")),
        ("10:04", opened("D0002", "CD")),  # somebody else's page
        ("10:07", opened("D0001", "AB", "entities")),
        ("10:50", opened("D0001", "AB")),
        ("10:53", settled("D0001", "AB")),
        ("11:30", settled("D0002", "CD")),
        ("11:31", settled("D0003", "CD")),
        ("12:00", opened("D0004", "AB")),
        ("12:20", settled("D0004", "AB")),
        ("18:00", settled("D0004", "AB")),  # again, and nobody looked since
    ]
    entries = [
        LogEntry(
            log="log",
            number=number,
            time=f"2026-01-02T{at}:00.000Z",
            before=bytes(32),
            actor=Actor("steward", "steward"),
            event=event,
        )
        for number, (at, event) in enumerate(acts)
    ]
    told = told_by_log(entries)
    assert {doc: (one.how, one.minutes) for doc, one in told.items()} == {
        "D0001": (HowRead.ON_PAGE, 10),
        "D0002": (HowRead.ON_PAGE, 86),
        "D0003": (HowRead.DECLARED, 0),
        "D0004": (HowRead.DECLARED, 0),
    }
