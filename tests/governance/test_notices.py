"""Each who has a release with the words is told about what they have, and offered what fits it."""

from __future__ import annotations

from datetime import date

from redact.audit.consent_events import ReleaseHolds
from redact.audit.entries import Actor, LogEntry
from redact.audit.events import Event, ReleaseCreated, ReleaseEnded, ReleaseGiven
from redact.audit.incident_events import IncidentOpened
from redact.governance.incident import incident_of
from redact.governance.notices import IncidentNotice, notices

TODAY = date(2026, 12, 1)


def made(name: str, audience: str) -> tuple[Event, Event]:
    holds = ReleaseHolds(name=name, audience=audience, docs=("D1",), left_out=0)
    return holds, ReleaseCreated(phase="done", name=name, tagmanifest_sha512="ab" * 64)


def given(name: str, to: str) -> Event:
    return ReleaseGiven(
        name=name, to=to, on="2026-11-02", tagmanifest_sha512="ab" * 64, agreement="DSA 12"
    )


def opened(*releases: str) -> Event:
    return IncidentOpened(
        incident="I1", by="A", label="ORG", releases=releases, counts={}, words_token="ab"
    )


def written(*events: Event) -> tuple[IncidentNotice, ...]:
    entries = [
        LogEntry(
            log="redact.study/x",
            number=number,
            time="2026-11-03T10:00:00.000Z",
            before=b"\0" * 32,
            actor=Actor("steward", "data steward"),
            event=event,
        )
        for number, event in enumerate(events)
    ]
    return notices(entries, incident_of(entries, "I1"), TODAY)


def test_transcripts_and_quotes_are_asked_for_in_their_own_words() -> None:
    archive, journal = written(
        *made("a-01", "controlled"),
        *made("quotes-01", "quotes"),
        given("a-01", "The archive"),
        given("quotes-01", "A journal"),
        opened("a-01", "quotes-01"),
        *made("a-02", "controlled"),
    )
    assert (archive.to, archive.releases) == ("The archive", ("a-01",))
    assert "Interview transcripts: a-01, which you have since 2026-11-02, under DSA 12." in (
        archive.text
    )
    assert "use a-02 in its place" in archive.text
    assert (journal.to, journal.releases) == ("A journal", ("quotes-01",))
    assert "tell us where a passage has appeared" in journal.text
    assert "a-0" not in journal.text
    assert "wait for us to say" in journal.text  # transcripts come in place of no quotes


def test_nobody_is_offered_a_release_that_was_made_for_others() -> None:
    colleague, archive = written(
        *made("team-01", "team"),
        *made("open-01", "open"),
        given("team-01", "A colleague"),
        given("open-01", "The archive"),
        opened("team-01", "open-01"),
        *made("open-02", "open"),
        *made("team-02", "team"),
    )
    assert ("team-02" in colleague.text, "open-02" in colleague.text) == (True, False)
    assert ("open-02" in archive.text, "team-02" in archive.text) == (True, False)


def test_one_who_has_several_gets_one_and_who_has_none_gets_none() -> None:
    back = ReleaseEnded(name="a-01", to="Returned it", how="returned", on="2026-11-03")
    (one,) = written(
        *made("a-01", "team"),
        *made("a-02", "team"),
        given("a-01", "The archive"),
        given("a-02", "the archive"),
        given("a-01", "Returned it"),
        back,
        opened("a-01", "a-02"),
    )
    assert one.releases == ("a-01", "a-02")
    assert "Returned it" not in one.text
    assert written(*made("a-01", "team"), opened("a-01")) == ()
