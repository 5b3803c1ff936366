"""Who is who: what joins two mentions, and what keeps two people apart."""

from redact.core import Detection, Entity, Mention, RosterEntry, Transcript
from redact.link.linker import link


def corpus(
    *interviews: tuple[str, str, list[str]],
    roster: tuple[RosterEntry, ...] = (),
    label: str = "PERSON",
) -> list[list[str]]:
    """Forms by entity for (organisation, text, surfaces in order); entities with their forms."""
    transcripts, detections = [], []
    for number, (organisation, text, surfaces) in enumerate(interviews, start=1):
        name = f"D{number}"
        transcripts.append(
            Transcript(name, text, organisation=organisation, interview=f"S{number}")
        )
        at, mentions = 0, []
        for surface in surfaces:
            at = text.index(surface, at)
            mentions.append(Mention(name, at, at + len(surface), label, 0.9, ("test",)))  # type: ignore[arg-type]
            at += len(surface)
        detections.append(Detection(name, tuple(mentions)))
    texts = {t.id: t.text for t in transcripts}
    entities = link(tuple(transcripts), tuple(detections), roster)
    return [[texts[m.transcript][m.start : m.end] for m in e.mentions] for e in entities]


def questions(
    *interviews: tuple[str, str, list[str]], roster: tuple[RosterEntry, ...]
) -> list[Entity]:
    text = interviews[0][1]
    mentions = [
        Mention("D1", text.index(s), text.index(s) + len(s), "PERSON", 0.9, ("test",))
        for s in interviews[0][2]
    ]
    transcript = Transcript("D1", text, organisation=interviews[0][0])
    entities = link((transcript,), (Detection("D1", tuple(mentions)),), roster)
    return [entity for entity in entities if entity.question]


def test_all_forms_of_a_name_in_one_transcript_are_one_person() -> None:
    text = "Morag MacLeod came. Morag said Mrs MacLeod is Morag's name."
    forms = ["Morag MacLeod", "Morag", "MacLeod", "Morag"]
    assert corpus(("", text, forms)) == [forms]


def test_case_and_spelling_of_mac_do_not_split_a_person() -> None:
    text = "Morag MacLeod and morag mcleod and MORAG"
    assert len(corpus(("", text, ["Morag MacLeod", "morag mcleod", "MORAG"]))) == 1


def test_a_full_name_joins_across_the_corpus() -> None:
    one = ("Doon", "It was Morag MacLeod", ["Morag MacLeod"])
    two = ("Gilchrist", "Ask Morag MacLeod. Morag knows", ["Morag MacLeod", "Morag"])
    assert corpus(one, two) == [["Morag MacLeod", "Morag MacLeod", "Morag"]]


def test_two_morags_in_different_organisations_stay_two_people() -> None:
    one, two = ("Doon", "Ask Morag", ["Morag"]), ("Gilchrist", "Ask Morag", ["Morag"])
    assert corpus(one, two) == [["Morag"], ["Morag"]]


def test_one_morag_in_one_organisation_is_one_person_in_both_transcripts() -> None:
    one, two = ("Doon", "Ask Morag", ["Morag"]), ("Doon", "It was Morag", ["Morag"])
    assert corpus(one, two) == [["Morag", "Morag"]]


def test_without_a_known_organisation_first_names_do_not_cross_transcripts() -> None:
    one, two = ("", "Ask Morag", ["Morag"]), ("", "It was Morag", ["Morag"])
    assert corpus(one, two) == [["Morag"], ["Morag"]]


def test_a_first_name_joins_the_one_full_name_of_its_organisation() -> None:
    one = ("Doon", "It was Morag MacLeod", ["Morag MacLeod"])
    two = ("Doon", "Ask Morag", ["Morag"])
    assert corpus(one, two) == [["Morag MacLeod", "Morag"]]


def test_a_name_that_fits_two_people_is_kept_apart() -> None:
    text = "Morag MacLeod and Morag Baird; then Morag left"
    forms = corpus(("Doon", text, ["Morag MacLeod", "Morag Baird", "Morag"]))
    assert sorted(forms) == [["Morag"], ["Morag Baird"], ["Morag MacLeod"]]


MORAGS = (
    RosterEntry(2, "PERSON", "Morag MacLeod", organisation="Doon", interview="S1"),
    RosterEntry(3, "PERSON", "Morag Baird", organisation="Doon"),
)


def test_two_morags_in_one_office_stay_two_people_and_a_question() -> None:
    two = ("Doon", "Morag Baird was in. Morag left.", ["Morag Baird", "Morag"])
    asked = questions(two, roster=MORAGS)
    assert [entity.question for entity in asked] == [
        "this name fits several people of the roster: who is meant?"
    ]


def test_the_interviewed_morag_is_meant_in_her_own_interview() -> None:
    one = ("Doon", "So, Morag, and Morag Baird?", ["Morag", "Morag Baird"])
    assert corpus(one, roster=MORAGS) == [["Morag"], ["Morag Baird"]]
    again = ("Doon", "Morag MacLeod, Morag.", ["Morag MacLeod", "Morag"])
    assert corpus(again, roster=MORAGS) == [["Morag MacLeod", "Morag"]]


def test_an_alias_of_the_roster_joins_its_person() -> None:
    roster = (RosterEntry(2, "PERSON", "Hugh Lennox", ("Shuggie",), organisation="Doon"),)
    one = ("Doon", "Shuggie is Hugh Lennox", ["Shuggie", "Hugh Lennox"])
    other = ("Gilchrist", "Shuggie came", ["Shuggie"])
    assert corpus(one, other, roster=roster) == [["Shuggie", "Hugh Lennox"], ["Shuggie"]]


def test_organisations_join_by_name_article_acronym_and_roster() -> None:
    text = "Prairie Lantern Services, or PLS, the Lantern, The Prairie Lantern Services"
    forms = ["Prairie Lantern Services", "PLS", "Lantern", "The Prairie Lantern Services"]
    roster = (RosterEntry(2, "ORG", "Prairie Lantern Services", ("the Lantern",)),)
    assert corpus(("", text, forms), label="ORG") == [[forms[0], forms[1], forms[3]], ["Lantern"]]
    assert corpus(("", text, forms), label="ORG", roster=roster) == [forms]


def test_linking_is_the_same_on_every_run() -> None:
    one = ("Doon", "Morag, Hugh Lennox, Hugh", ["Morag", "Hugh Lennox", "Hugh"])
    assert corpus(one) == corpus(one)
