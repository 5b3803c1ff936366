"""Whose the initials of a speaker are, once all names have their people."""

from redact.core import Detection, Entity, Mention, Place, RosterEntry, Source, Transcript
from redact.link.linker import link
from redact.transcript.assemble import assemble


def linked(
    *texts: str, surfaces: tuple[str, ...], roster: tuple[RosterEntry, ...] = ()
) -> list[tuple[set[str], Entity]]:
    """People with the words they are said in: the structure's own mentions and these surfaces."""
    corpus = assemble({f"D{n}": text for n, text in enumerate(texts, start=1)}, roster)
    detections = [Detection(t.id, tuple(_mentions(t, surfaces))) for t in corpus.transcripts]
    said = {t.id: t.text for t in corpus.transcripts}
    return [
        ({said[m.transcript][m.start : m.end] for m in entity.mentions}, entity)
        for entity in link(corpus.transcripts, tuple(detections), corpus.roster)
        if entity.label == "PERSON"
    ]


def _mentions(transcript: Transcript, surfaces: tuple[str, ...]) -> list[Mention]:
    found = {(n.span.start, n.span.end): n.why for n in transcript.names if n.label == "PERSON"}
    for surface in surfaces:
        at = transcript.text.find(surface)
        if at >= 0 and not any(start <= at < end for start, end in found):
            found[at, at + len(surface)] = Source.GOLD
    return [
        Mention(
            place=Place.at(transcript.id, start, end), label="PERSON", score=0.9, sources=(why,)
        )
        for (start, end), why in sorted(found.items())
    ]


TALK = "KW: So?\nDM: Fergus Dow came.\nKW: And then?\nDM: He left.\n"


def test_a_legend_makes_initials_the_person_s() -> None:
    text = f"KW = Kirsty Wardlaw\nDM = Dougal Munro\n\n{TALK}"
    people = [forms for forms, _ in linked(text, surfaces=("Fergus Dow",))]
    assert people == [{"KW", "Kirsty Wardlaw"}, {"DM", "Dougal Munro"}, {"Fergus Dow"}]


def test_the_one_name_of_the_talk_with_these_initials_is_meant() -> None:
    people = [
        forms for forms, _ in linked(f"{TALK}KW: Dougal Munro, you?\n", surfaces=("Dougal Munro",))
    ]
    assert people == [{"KW"}, {"DM", "Dougal Munro"}]


def test_of_two_such_names_neither_is() -> None:
    text = f"{TALK}KW: Dougal Munro, and Della Moss?\n"
    people = [forms for forms, _ in linked(text, surfaces=("Dougal Munro", "Della Moss"))]
    assert {"DM"} in people


def test_the_roster_says_whose_initials_they_are() -> None:
    listed = RosterEntry(row=2, kind="PERSON", name="Dougal Munro", aliases=("Doog",))
    people = {frozenset(f): e.roster_row for f, e in linked(TALK, surfaces=(), roster=(listed,))}
    assert people[frozenset({"DM"})] == 2


def test_initials_of_another_transcript_are_another_person_unless_its_legend_says_so() -> None:
    other = "KW: Hello?\nP04: Aye.\nKW: Right.\n"
    apart = [forms for forms, _ in linked(TALK, other, surfaces=())]
    assert apart.count({"KW"}) == 2
    legend = f"KW = Kirsty Wardlaw\n\n{TALK}"
    joined = [entity for forms, entity in linked(legend, other, surfaces=()) if "KW" in forms]
    assert len(joined) == 1
    assert {m.transcript for m in joined[0].mentions} == {"D1", "D2"}


def test_initials_the_other_way_round_are_somebody_else() -> None:
    people = [forms for forms, _ in linked(f"{TALK}KW: Wilma Kerr?\n", surfaces=("Wilma Kerr",))]
    assert people == [{"KW"}, {"DM"}, {"Wilma Kerr"}]
