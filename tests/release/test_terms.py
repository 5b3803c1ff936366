"""Licence, access, contact and promises agree before a release, or it is refused with a quote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from redact.release.profiles import PROFILES
from redact.release.terms import broken_promises, is_reachable, terms_items
from redact.study.description import Description
from tests.conftest import Result, run_redact
from tests.deposits import SAMPLE, described

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("contact", "institution", "reached"),
    [
        ("data@example.org", "", True),
        ("https://example.org/contact", "", True),
        ("Ada Example", "University of Nowhere", False),
        ("The data protection officer", "University of Nowhere", True),
        ("The data protection officer", "", False),
    ],
)
def test_a_contact_is_an_address_or_a_role_that_exists(
    contact: str, institution: str, reached: bool
) -> None:
    assert is_reachable(Description(contact=contact, institution=institution)) is reached


def test_a_licence_that_lets_anybody_pass_it_on_is_no_licence_for_safeguards() -> None:
    said = Description(licence="CC-BY-4.0", access="safeguarded", contact="data@example.org")
    licence, contact = terms_items(PROFILES["ukds"], said, ())
    assert (licence.there, contact.there) == (False, True)
    assert "lets anybody pass it on, and the access is safeguarded" in licence.what
    assert "UKDS-EUL" in licence.remedy
    agreed = Description(licence="UK Data Service End User Licence", access="safeguarded")
    assert [one.there for one in terms_items(PROFILES["ukds"], agreed, ())] == [True]


@pytest.mark.parametrize(
    ("contact", "there"), [("data@example.org", True), ("The data steward", False)]
)
def test_a_dataverse_s_address_is_asked_for_and_no_release_waits_for_it(
    contact: str, there: bool
) -> None:
    said = Description(contact=contact, institution="University of Nowhere")
    (address,) = [one for one in terms_items(PROFILES["qdr"], said, ()) if "Dataverse" in one.what]
    assert (address.there, address.must) == (there, False)
    assert not any("Dataverse" in one.what for one in terms_items(PROFILES["ukds"], said, ()))


def test_without_an_archive_nobody_need_be_reachable_and_terms_are_held_against_the_access() -> (
    None
):
    said = Description(contact="Ada", licence="CC-BY-4.0", access="safeguarded")
    licence, contact = terms_items(PROFILES["plain"], said, ())
    assert (licence.there, licence.must) == (False, True)
    assert (contact.there, contact.must) == (False, False)


def test_a_broken_promise_is_quoted_until_the_steward_says_what_people_agreed_to() -> None:
    papers = {"consent_form": "I agree.\nOnly the research team will see my interview.\n"}
    said = Description(access="safeguarded")
    broken = broken_promises(papers, said, TODAY)
    (item,) = terms_items(PROFILES["ukds"], said, broken)
    assert not item.there
    assert "consent-form says, line 2, “Only the research team will see my interview.”" in item.what
    answered = Description(access="safeguarded", consent_note="All were asked again in 2025.")
    assert [one.there for one in terms_items(PROFILES["ukds"], answered, broken)] == [True]


def test_what_is_not_understood_is_quoted_and_stops_nothing() -> None:
    papers = {"consent_form": "The interview serves this study alone.\n"}
    said = Description(access="safeguarded")
    broken = broken_promises(papers, said, TODAY)
    (item,) = terms_items(PROFILES["ukds"], said, broken)
    assert (item.there, item.must) == (False, False)
    assert "“The interview serves this study alone.”: whether the deposit keeps it" in item.what


def test_the_sample_s_papers_promise_nothing_that_controlled_access_breaks() -> None:
    papers = {
        slot: (SAMPLE / "documents" / f"{slot.replace('_', '-')}.md").read_text("utf-8")
        for slot in ("consent_form", "information_sheet")
    }
    assert broken_promises(papers, Description(access="controlled"), TODAY) == ()
    for one in broken_promises(papers, Description(access="open"), TODAY):
        assert "safeguards" in one.promise.quote or "other researchers" in one.promise.quote


@pytest.mark.model
def test_a_release_waits_for_the_steward_s_word_on_a_promise_and_logs_it(
    study: Path, tmp_path: Path, release: Callable[..., Result]
) -> None:
    described(study)
    form = tmp_path / "form.md"
    form.write_text("- I take part.\n- The transcripts are destroyed after two years.\n", "utf-8")
    settings = study / "study.toml"
    text = settings.read_text("utf-8")
    old = str((SAMPLE / "documents" / "consent-form.md").resolve())
    assert old in text
    settings.write_text(text.replace(old, str(form)), "utf-8")
    checked = release(study, "--profile", "ukds", "--check")
    assert checked.code == 3
    assert "“The transcripts are destroyed after two years.”" in checked.out
    assert release(study, "--profile", "ukds").code == 4
    plain = release(study)
    assert (plain.code, "what was said does not agree" in plain.err) == (4, True), plain.err
    assert "The transcripts are destroyed after two years." in plain.err
    note = "All twelve were asked again in 2025 and agreed in writing."
    assert run_redact("describe", study, "--set", f"consent_note={note}").code == 0
    done = release(study, "--profile", "ukds")
    assert done.code == 0, done.err
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"action":"consent held against access"' in log
    assert note in log
    notes = study / "release" / "archive-deposit-01" / "data" / "documentation"
    assert note in (notes / "transcription-notes.md").read_text("utf-8")
