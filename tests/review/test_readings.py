"""What the log has of a reading, and nothing more: opened, declared, or not read."""

from redact.audit.entries import Actor, LogEntry
from redact.audit.events import DecisionRecorded, Event, LinkageRevealed
from redact.page.sitting import Sitting
from redact.review.decide import decide, have_read
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


def told(acts: list[tuple[str, Event]]) -> dict[str, tuple[HowRead, int]]:
    entries = [
        LogEntry(
            log="log",
            number=number,
            time=f"2026-01-{at}:00.000Z",
            before=bytes(32),
            actor=Actor("steward", "steward"),
            event=event,
        )
        for number, (at, event) in enumerate(acts)
    ]
    return {doc: (one.how, one.minutes) for doc, one in told_by_log(entries).items()}


def test_the_time_is_that_from_an_opening_to_the_next_thing_the_log_has_of_the_reader() -> None:
    assert told(
        [
            ("02T10:00", opened("D0001", "AB")),
            ("02T10:04", opened("D0002", "CD")),  # somebody else's page
            ("02T10:07", opened("D0001", "AB", "entities")),
            ("02T10:50", opened("D0001", "AB")),
            ("02T10:53", settled("D0001", "AB")),
            ("02T11:30", settled("D0002", "CD")),
            ("02T11:31", settled("D0003", "CD")),
            ("02T12:00", opened("D0004", "AB")),
            ("02T12:09", settled("D0004", "AB")),
            ("02T18:00", settled("D0004", "AB")),  # again, and nobody looked since
        ]
    ) == {
        "D0001": (HowRead.ON_PAGE, 10),
        "D0002": (HowRead.ON_PAGE, 10),  # no longer than the entry holds
        "D0003": (HowRead.DECLARED, 0),
        "D0004": (HowRead.DECLARED, 0),
    }


def test_what_is_open_over_night_counts_as_long_as_an_entry_holds() -> None:
    acts: list[tuple[str, Event]] = [
        ("02T17:00", opened("D0001", "AB")),
        ("03T09:00", settled("D0001", "AB")),
    ]
    assert told(acts) == {"D0001": (HowRead.ON_PAGE, 10)}


def test_of_several_open_ones_the_time_goes_to_the_one_opened_last_and_is_never_counted_twice() -> (
    None
):
    both = told(
        [
            ("02T10:00", opened("D0001", "AB")),
            ("02T10:02", opened("D0002", "AB")),
            ("02T10:09", settled("D0001", "AB")),
            ("02T10:15", settled("D0002", "AB")),
        ]
    )
    assert both == {"D0001": (HowRead.ON_PAGE, 2), "D0002": (HowRead.ON_PAGE, 13)}


def test_what_a_reader_decides_shows_that_they_are_still_there() -> None:
    ruling = DecisionRecorded(action="not a name", by="AB", reason="", counts={}, docs=("D0001",))
    acts: list[tuple[str, Event]] = [
        ("02T10:00", opened("D0001", "AB")),
        ("02T10:08", ruling),
        ("02T10:17", settled("D0001", "AB")),
    ]
    assert told(acts) == {"D0001": (HowRead.ON_PAGE, 17)}


def test_whoever_decided_on_a_transcript_has_not_read_it_again_as_a_second_person(
    made: Made,
) -> None:
    """Methods and reading.csv have it from one place (`second_readers`)."""
    for by in ("B. Other", "a. reader"):
        have_read(made.desk(), "D0001", by)
    settle(made.desk(), (), "A. Reader", "read it")
    assert read(made).second_readers == ("B. Other",)
