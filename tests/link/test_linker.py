"""Who is who: what joins two mentions, and what keeps two people apart."""

from redact.core import Detection, Entity, Label, Mention, Place, RosterEntry, Source, Transcript
from redact.link.linker import link


def corpus(
    *interviews: tuple[str, str, list[str]],
    roster: tuple[RosterEntry, ...] = (),
    label: Label = "PERSON",
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
            place = Place.at(name, at, at + len(surface))
            mentions.append(Mention(place, label, 0.9, (Source.GOLD,)))
            at += len(surface)
        detections.append(Detection(name, tuple(mentions)))
    texts = {t.id: t.text for t in transcripts}
    entities = link(tuple(transcripts), tuple(detections), roster)
    return [[texts[m.transcript][m.start : m.end] for m in e.mentions] for e in entities]


def questions(
    *interviews: tuple[str, str, list[str]], roster: tuple[RosterEntry, ...]
) -> list[Entity]:
    text, at, mentions = interviews[0][1], 0, []
    for surface in interviews[0][2]:
        at = text.index(surface, at)
        mentions.append(
            Mention(Place.at("D1", at, at + len(surface)), "PERSON", 0.9, (Source.GOLD,))
        )
        at += len(surface)
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
    far = "Morag Baird was in. " + "We talked of the rota. " * 20 + "Morag left."
    asked = questions(("Doon", far, ["Morag Baird", "Morag"]), roster=MORAGS)
    assert [entity.question for entity in asked] == ["this name fits 2 people: who is meant?"]
    near = ("Doon", "Morag Baird was in. Morag left.", ["Morag Baird", "Morag"])
    assert corpus(near, roster=MORAGS) == [["Morag Baird", "Morag"]]


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
    assert corpus(("", text, forms), label="ORG") == [forms]
    alone = (
        "",
        "The Lantern House and the Lantern Trust; the Lantern",
        ["Lantern House", "Lantern Trust", "Lantern"],
    )
    assert len(corpus(alone, label="ORG")) == 3
    assert corpus(("", text, forms), label="ORG", roster=roster) == [forms]


def test_linking_is_the_same_on_every_run() -> None:
    one = ("Doon", "Morag, Hugh Lennox, Hugh", ["Morag", "Hugh Lennox", "Hugh"])
    assert corpus(one) == corpus(one)


def test_a_pet_form_joins_its_full_form_but_no_other_pet_form() -> None:
    text = "Patricia Nowak hired me. Trish is fair. Pat is her cousin, no Paddy."
    assert corpus(("", text, ["Patricia Nowak", "Trish"])) == [["Patricia Nowak", "Trish"]]
    two = "Will Dunlop and Wullie were there"
    assert corpus(("", two, ["Will Dunlop", "Wullie"])) == [["Will Dunlop"], ["Wullie"]]


def test_variants_of_a_full_name_are_one_person_where_one_fits() -> None:
    text = "Effie Kerr, on paper Euphemia Kerr. Dana O is Dana Maureen Ortiz. "
    text += "Nhia Chue Lor, Nhia Chue."
    forms = ["Effie Kerr", "Euphemia Kerr", "Dana O", "Dana Maureen Ortiz", "Nhia Chue Lor"]
    assert corpus(("", text, [*forms, "Nhia Chue"])) == [
        forms[:2],
        forms[2:4],
        ["Nhia Chue Lor", "Nhia Chue"],
    ]


def test_a_nickname_that_the_talk_explains_is_its_person() -> None:
    text = "Hugh Lennox, but everybody calls him Bongo. Bongo came. Then he calls me Captain."
    forms = ["Hugh Lennox", "Bongo", "Bongo", "Captain"]
    assert corpus(("", text, forms)) == [forms[:3], ["Captain"]]


def test_a_relative_is_never_the_one_she_is_named_after() -> None:
    text = "I think of Skye McBride. Her mum, Mrs McBride, phoned. Skye's dad, Mr McBride, no."
    assert corpus(("", text, ["Skye McBride", "Mrs McBride", "Skye", "Mr McBride"])) == [
        ["Skye McBride", "Skye"],
        ["Mrs McBride"],
        ["Mr McBride"],
    ]
    family = "Ishbel Nicolson said her mother was a Nicolson, one of the Nicolsons."
    forms = ["Ishbel Nicolson", "Nicolson", "Nicolsons"]
    assert corpus(("", family, forms))[0] == ["Ishbel Nicolson"]


def test_titles_that_say_man_or_woman_part_two_of_one_family_name() -> None:
    roster = (
        RosterEntry(2, "PERSON", "Ade Ojo", organisation="Doon", gender="man"),
        RosterEntry(3, "PERSON", "Funmi Ojo", organisation="Doon", gender="woman"),
    )
    text = "Mrs Ojo signed it and Mr Ojo paid."
    (one, two) = corpus(("Doon", text, ["Mrs Ojo", "Mr Ojo"]), roster=roster)
    assert (one, two) == (["Mrs Ojo"], ["Mr Ojo"])


def test_a_spelled_out_name_is_the_name() -> None:
    text = "Pang Vue, that's P-A-N-G."
    assert corpus(("", text, ["Pang Vue", "P-A-N-G"])) == [["Pang Vue", "P-A-N-G"]]


def test_the_other_of_two_is_asked_about_or_the_one_left() -> None:
    text = "Sheena Duthie, the other Sheena, and Big Sheena."
    forms = corpus(("", text, ["Sheena Duthie", "Sheena"]))
    assert forms == [["Sheena Duthie"], ["Sheena"]]
    two = "Thanks, Morag. And the other Morag?"
    assert corpus(("Doon", two, ["Morag", "Morag"]), roster=MORAGS)[-1] == ["Morag"]


def test_a_renamed_organisation_and_a_place_under_two_names_are_one() -> None:
    text = "Eildon Project, now called Tweedside Carers. Tweedside is fine."
    forms = ["Eildon Project", "Tweedside Carers", "Tweedside"]
    assert corpus(("", text, forms), label="ORG") == [forms]
    places = "Saint Paul, St. Paul, MN, Minnesota, Killie and Kilmarnock"
    forms = ["Saint Paul", "St. Paul", "MN", "Minnesota", "Killie", "Kilmarnock"]
    assert corpus(("", places, forms), label="PLACE") == [forms[:2], forms[2:4], forms[4:]]
