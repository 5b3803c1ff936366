"""What people were promised is read, and what a deposit would break is quoted to the steward."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from redact.release.promises import PromiseKind, contradictions, promises_in
from redact.study.description import Access

TODAY = date(2026, 11, 30)
KINDS = {
    "destroy": "destroy",
    "the team only": "team",
    "no sharing": "share",
    "quotes only": "quotes",
    "withdrawal": "withdraw",
}
LINES = (Path(__file__).parent / "consent_sentences.txt").read_text("utf-8").splitlines()
SENTENCES = [line.split(" | ") for line in LINES if " | " in line and not line.startswith("#")]


MANY = (Path(__file__).parent / "consent_many_hands.txt").read_text("utf-8").splitlines()
BY_MANY = [line.split(" | ") for line in MANY if " | " in line]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("All transcripts will be destroyed after five years.", ["destroy"]),
        ("We delete your data when the project ends.", ["destroy"]),
        ("The recording is then deleted.", []),
        ("Only the research team will have access to the interviews.", ["the team only"]),
        ("What you say will be seen only by the researchers.", ["the team only"]),
        ("Nobody outside the project will read it.", ["the team only"]),
        ("Your interview will not be shared with anybody.", ["no sharing"]),
        ("The transcript will never leave the university.", ["no sharing"]),
        ("Only short, anonymous quotations will be published.", ["quotes only"]),
        ("You can withdraw until 31 December 2026.", ["withdrawal"]),
        ("Other researchers may read it under the safeguards of an archive.", ["safeguards"]),
        ("Thank you for your time. We ask about work.", []),
        ("Names are not used, and the list is encrypted.", []),
    ],
)
def test_a_promise_is_known_by_its_kind(text: str, kinds: list[PromiseKind]) -> None:
    assert [one.kind for one in promises_in("consent-form", text)] == kinds


@pytest.mark.parametrize(("kind", "said"), SENTENCES, ids=range(len(SENTENCES)))
def test_what_safeguarded_access_would_break_is_found_and_nothing_else(
    kind: str, said: str
) -> None:
    found = contradictions(promises_in("form", said), "safeguarded", False, TODAY)
    kinds = {KINDS[one.promise.kind] for one in found if one.is_sure}
    assert kinds >= {kind} if kind != "-" else kinds == set()


def test_the_sentences_are_many_and_of_both_kinds() -> None:
    assert len(SENTENCES) >= 60
    assert sum(kind == "-" for kind, _ in SENTENCES) >= 30
    assert len({kind for kind, _ in SENTENCES}) == 6


def test_of_what_many_hands_write_nearly_all_is_understood_and_nearly_all_else_quoted() -> None:
    """What is not understood is put before the steward all the same, and stops nothing."""
    read = [
        (kind, contradictions(promises_in("form", said), "safeguarded", False, TODAY))
        for kind, said in BY_MANY
    ]
    promised = [found for kind, found in read if kind not in ("-", "safeguards")]
    others = [found for kind, found in read if kind in ("-", "safeguards")]
    understood = [found for found in promised if any(one.is_sure for one in found)]
    unseen = [found for found in promised if not found]
    assert (len(promised), len(others)) == (118, 56)
    assert len(understood) >= 109
    assert len(unseen) <= 1
    assert not any(one.is_sure for found in others for one in found)
    assert sum(bool(found) for found in others) <= 6


def test_they_are_what_was_spoken_of_before() -> None:
    recorded = "We record the talk. The recordings are kept apart. They are destroyed in 2030."
    assert promises_in("form", recorded) == ()
    typed = "The recordings are typed up.\n\nWe keep the transcripts.\nThey are destroyed in 2030."
    (one,) = promises_in("form", typed)
    assert (one.kind, one.line) == ("destroy", 4)


def test_a_promise_is_quoted_with_its_line() -> None:
    text = "# Consent\n\n- I agree.\n- My transcript is destroyed\n  in 2030.\n- I may stop.\n"
    (one,) = promises_in("consent-form", text)
    assert (one.line, one.quote) == (4, "My transcript is destroyed in 2030.")
    assert "transcript" not in repr(one)


def broken(text: str, access: Access, is_open_licence: bool = False) -> list[str]:
    found = contradictions(promises_in("form", text), access, is_open_licence, TODAY)
    return [one.why for one in found]


def test_what_a_deposit_would_break_is_said_with_why() -> None:
    assert broken("The transcripts are destroyed in 2030.", "controlled") == [
        "an archive keeps what is deposited"
    ]
    assert broken("Researchers may use it under safeguards.", "safeguarded") == []
    assert "open access has no safeguards" in broken("It is kept under safeguards.", "open")[0]
    assert "anybody" in broken("For research only.", "safeguarded", is_open_licence=True)[0]


def test_who_may_still_withdraw_is_asked_about_and_a_day_that_is_past_is_not() -> None:
    assert broken("You can withdraw until 31 December 2026.", "controlled") == [
        "people may still withdraw until 2026-12-31"
    ]
    assert broken("You can withdraw until 31 December 2025.", "controlled") == []
    assert broken("You can withdraw until then.", "controlled") == []
    assert "cannot be taken back" in broken("You may withdraw at any time.", "controlled")[0]


def test_a_paper_whose_sentences_never_end_is_read_in_pieces() -> None:
    """So the time is linear: a table, or the text layer of a PDF, may have no full stop."""
    text = "data " * 5_000 + "the transcripts are destroyed after five years " + "data " * 5_000
    found = promises_in("consent-form", text)
    assert {one.kind for one in found} == {"destroy"}
    assert all(len(one.quote) <= 600 for one in found)
