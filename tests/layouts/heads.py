"""What stands before or behind the talk: titles, header lines, tables, and legends of initials."""

from __future__ import annotations

from tests.layouts.cast import Cast, Member
from tests.layouts.gold import Bit, Page, Words


def title(page: Page, cast: Cast) -> None:
    page.put("Interview ", Bit("4", "mark"), "\n\n")


def header_lines(page: Page, cast: Cast) -> None:
    page.put("Interviewer: ", cast.interviewer.full, "\n")
    for one in cast.answering:
        page.put("Participant: ", one.full, "\n")
    page.put("Duration: ", Bit("47", "mark"), " minutes\n\n")


def equals(page: Page, cast: Cast) -> None:
    for one in cast.speakers:
        page.put(one.initials, " = ", one.full, "\n")
    page.put("\n")


def equals_dotted(page: Page, cast: Cast) -> None:
    for one in cast.speakers:
        page.put(one.dotted, " = ", one.full, ", ", _part(cast, one), "\n")
    page.put("\n")


def colon(page: Page, cast: Cast) -> None:
    page.put("Speakers\n")
    for one in cast.speakers:
        page.put(one.initials, ": ", one.full, "\n")
    page.put("\n")


def columns(page: Page, cast: Cast) -> None:
    page.put("STUDY OF HELP AT HOME (file ", Bit("2", "mark"), ")\n\n")
    for one in cast.speakers:
        page.put(one.initials, "   ", one.full, "     ", _part(cast, one), "\n")
    page.put("\n")


def dashes(page: Page, cast: Cast) -> None:
    for one in cast.speakers:
        page.put(one.initials, " – ", one.full, ", ", _part(cast, one), "\n")
    page.put("\n")


def reversed_equals(page: Page, cast: Cast) -> None:
    for one in cast.speakers:
        page.put(one.full, " = ", one.initials, "\n")
    page.put("\n")


def present(page: Page, cast: Cast) -> None:
    page.put("Present: ", *_listed(cast, ", "), "\n\n")


def sentence(page: Page, cast: Cast) -> None:
    page.put(*_bracketed(cast.interviewer), " with ")
    for number, one in enumerate(cast.answering):
        page.put(" and " if number else "", *_bracketed(one))
    page.put(", ", cast.answering[0].job, ". Back room, kettle on throughout.\n\n")


def in_one_line(page: Page, cast: Cast) -> None:
    page.put("Speakers: ")
    for number, one in enumerate(cast.speakers):
        page.put("; " if number else "", one.initials, " ", one.full)
    page.put("\n\n")


def bare_table(page: Page, cast: Cast) -> None:
    """Initials only, in a table of the head."""
    page.put("Interviewer | ", cast.interviewer.dotted, "\n")
    for one in cast.answering:
        page.put("Participant | ", one.dotted, "\n")
    page.put("Place | office\n\n")


def markdown_table(page: Page, cast: Cast) -> None:
    page.put("| Role | Name |\n|---|---|\n")
    for one in cast.speakers:
        page.put("| ", _part(cast, one).capitalize(), " | ", *_bracketed(one), " |\n")
    page.put("\n")


def front_matter(page: Page, cast: Cast) -> None:
    page.put("---\ntitle: Interview ", Bit("4", "mark"), "\n")
    page.put("interviewer: ", cast.interviewer.full, "\nparticipants:\n")
    for one in cast.answering:
        page.put("  - ", one.full, "\n")
    page.put("language: en\n---\n\n")


def markdown_title(page: Page, cast: Cast) -> None:
    page.put("# Interview ", Bit("4", "mark"), "\n\n*Recorded over the pantry, heater on.*\n\n")


def legend_at_the_end(page: Page, cast: Cast) -> None:
    page.put("\nInitials: ")
    for number, one in enumerate(cast.speakers):
        page.put(", " if number else "", one.initials, " = ", one.full)
    page.put("\n")


def list_at_the_end(page: Page, cast: Cast) -> None:
    page.put("[End of recording]\n\nLegend\n")
    for one in cast.speakers:
        page.put(one.initials, "\t", one.full, "\n")


def names_at_the_end(page: Page, cast: Cast) -> None:
    page.put("\nTaking part: ", *_listed(cast, "; "), "\n")


def _listed(cast: Cast, between: str) -> Words:
    listed: list[Bit | str] = []
    for number, one in enumerate(cast.speakers):
        listed += [between if number else "", *_bracketed(one)]
    return listed


def _bracketed(one: Member) -> Words:
    return (one.full, " (", one.initials, ")")


def _part(cast: Cast, one: Member) -> str:
    return "interviewer" if one is cast.interviewer else one.job
