"""What is said of a text's language: most of it English, part of it, or not."""

import pytest

from redact.transcript.language import language_of

# Invented answers to one question, in languages that interviews near ours are held in.
ENGLISH = {
    "talk": "INT: And when did you start there? P02: It was in the autumn, I had just moved up, "
    "and they asked me if I would help out. There were six or seven of us, no more than that.",
    "Scots": "Och it wis braw, we were aw up at the auld hoose, an the weans wi us. Ye couldnae "
    "get a seat by the fire. Then the cooncil telt us we'd hae tae flit, an that wis that.",
    "recognised": "um so yeah we went down to the the office right and i was like well what do "
    "you want me to do about it and she goes i dunno you have to fill in the form again",
}
OTHER = {
    "German": "Das war im Herbst, da war ich noch ganz neu in der Stadt, und dann hat mich die "
    "Frau Oldenkott gefragt, ob ich nicht mitmachen will. Was soll man da machen? So war das eben.",
    "French": "C'était en automne, je venais d'arriver, et puis madame Verchère m'a demandé si je "
    "voulais venir. On était six ou sept, pas plus, et on avait les clés de la salle.",
    "Spanish": "Fue en otoño, yo acababa de llegar y entonces la señora Quintanilla me preguntó si "
    "quería ayudar. Éramos seis o siete, no más, y teníamos las llaves de la sala.",
    "Gaelic": "Bha sin as t-fhoghar, bha mi dìreach air tighinn dhan bhaile agus dh'fhaighnich a' "
    "bhean-uasal dhiom am bithinn deònach cuideachadh. Cha robh ann ach sianar againn.",
    "Welsh": "Yn yr hydref oedd hi, ro'n i newydd gyrraedd y dref, a dyma Mrs Prydderch yn gofyn a "
    "fyddwn i'n fodlon helpu. Dim ond chwech neu saith ohonom ni oedd yno ar y pryd.",
    "Polish": "To było jesienią, dopiero co przyjechałam do miasta i wtedy pani Wierzchowska "
    "zapytała, czy chciałabym pomóc. Było nas sześć albo siedem osób, nie więcej, i to do zimy.",
    "Dutch": "Dat was in de herfst, ik was net in de stad en toen vroeg mevrouw Terlouw of ik "
    "wilde helpen. We waren met zes of zeven, meer niet, en we hadden de sleutels van de zaal.",
}


@pytest.mark.parametrize("kind", ENGLISH)
def test_talk_and_scots_and_what_a_machine_heard_are_english(kind: str) -> None:
    assert language_of(ENGLISH[kind]).is_english


@pytest.mark.parametrize("kind", OTHER)
def test_another_language_is_not(kind: str) -> None:
    assert not language_of(OTHER[kind]).is_english


@pytest.mark.parametrize("text", ["", "Ja. Und dann?", "00:01 --> 00:02", "P07: Aye."])
def test_of_a_few_words_nothing_is_said(text: str) -> None:
    assert language_of(text).is_english


def test_a_stretch_of_another_language_in_english_talk_is_seen() -> None:
    talk = " ".join(ENGLISH["talk"] for _ in range(20))
    assert not language_of(talk).has_other_parts
    mixed = f"{talk} {' '.join(OTHER['Spanish'] for _ in range(6))} {talk}"
    assert language_of(mixed).is_english
    assert language_of(mixed).has_other_parts


def test_a_head_full_of_names_says_nothing_of_the_language() -> None:
    head = "Catriona Merrilees: Aye.\nHamish Orde: Corriedoon, the Hall.\n" * 6
    assert language_of(head).is_english
    assert not language_of(head + OTHER["German"] * 3).is_english
    assert language_of(ENGLISH["talk"].upper()).is_english
    assert not language_of(OTHER["Dutch"].upper()).is_english
