"""Who is who: what joins two mentions, and what keeps two people apart."""

from pathlib import Path

import pytest

from redact.chain import find_entities
from redact.core import RosterEntry
from redact.evaluate.gold import given_mentions, read_gold
from redact.formats.tables import read_interviews, read_roster
from redact.link.linker import link
from redact.policy import find_policy, load_policy
from redact.transcript.assemble import assemble
from tests.link.talks import Marked, linked_forms, marked_talks, people

ROOT = Path(__file__).resolve().parents[2]


def test_all_forms_of_a_name_in_one_transcript_are_one_person() -> None:
    text = "Morag MacLeod came. Morag said Mrs MacLeod is Morag's name."
    forms = ["Morag MacLeod", "Morag", "MacLeod", "Morag"]
    assert linked_forms(("", text, forms)) == [forms]


def test_case_and_spelling_of_mac_do_not_split_a_person() -> None:
    text = "Morag MacLeod and morag mcleod and MORAG"
    assert len(linked_forms(("", text, ["Morag MacLeod", "morag mcleod", "MORAG"]))) == 1


def test_linking_is_the_same_on_every_run() -> None:
    one = ("Doon", "Morag, Hugh Lennox, Hugh", ["Morag", "Hugh Lennox", "Hugh"])
    assert linked_forms(one) == linked_forms(one)


def test_entities_are_numbered_from_one_by_label_in_the_order_they_are_first_mentioned() -> None:
    text = "Doon, and Hugh Lennox, and Morag Reid, and Hugh again."
    named: Marked = [(name, "PERSON") for name in ("Hugh Lennox", "Morag Reid", "Hugh")]
    entities = link(*marked_talks((text, [("Doon", "PLACE"), *named])))
    assert [entity.id for entity in entities] == ["person-1", "person-2", "place-1"]
    assert [[m.start for m in entity.mentions] for entity in entities] == [
        [text.index("Hugh Lennox"), text.index("Hugh again")],
        [text.index("Morag")],
        [0],
    ]


def test_whom_the_roster_lists_has_its_row_and_others_have_none() -> None:
    named: Marked = [(name, "PERSON") for name in ("Hugh Lennox", "Morag Reid", "Shuggie")]
    talk = marked_talks(("Hugh Lennox and Morag Reid. Shuggie left.", named))
    roster = (RosterEntry(row=7, kind="PERSON", name="Hugh Lennox", aliases=("Shuggie",)),)
    entities = link(*talk, roster)
    assert [(len(one.mentions), one.roster_row) for one in entities] == [(2, 7), (1, None)]


def test_an_entity_says_why_its_mentions_are_one() -> None:
    ((_, hugh),) = people(("Hugh Lennox. Hugh.", [("Hugh Lennox", "PERSON"), ("Hugh", "PERSON")]))
    assert hugh.why == ("full name", "given name of the one person")


def test_who_is_who_does_not_hang_on_the_order_of_the_transcripts() -> None:
    study = ROOT / "samples" / "linking" / "firth-larder"
    documents = read_gold(study / "gold.jsonl")
    corpus = assemble(
        {document.id: document.text for document in documents},
        read_roster(study / "roster.csv"),
        read_interviews(study / "interviews.csv"),
    )
    found = {one.transcript: one for one in given_mentions(documents)}
    as_listed = link(corpus.transcripts, tuple(found.values()), corpus.roster)
    one, two, *rest = corpus.transcripts
    for order in (
        [*rest, two, one],
        [two, *reversed(rest), one],
        [*rest[1::2], one, two, *rest[::2]],
    ):
        shuffled = link(tuple(order), tuple(found[one.id] for one in order), corpus.roster)
        assert repr(shuffled) == repr(as_listed)
        assert shuffled == as_listed  # places and reasons too, of which a repr says nothing
    assert len(as_listed) > 100
    backwards = [one.id for one in reversed(corpus.transcripts)]
    numbered = link(corpus.transcripts, tuple(found.values()), corpus.roster, numbered=backwards)
    first = next(one for one in numbered if one.id == "person-1")
    assert {mention.transcript for mention in first.mentions} >= {backwards[0]}
    assert {one.mentions for one in numbered} == {one.mentions for one in as_listed}


@pytest.mark.model
def test_one_worker_and_two_find_the_same_people() -> None:
    texts = {
        "a": "Ishbel Munnoch: Is Torquil Baird in?\nDod: Torquil? Aye, he is.\n",
        "b": "Ishbel: Torquil again.\nTorquil Baird: Hello, Mrs Munnoch.\n",
        "c": "Dod: Nobody came but Ishbel.\n",
    }
    policy, _ = load_policy(find_policy("safe-copy"))
    one, two = (find_entities(assemble(texts), policy, workers).entities for workers in (1, 2))
    assert one == two
    assert any(entity.label == "PERSON" for entity in one)
