"""The gate can find nothing that detection could not: it looks for what replacement looked for."""

import pytest

from redact.chain import find_everywhere
from redact.core import Detection, Kept, Label, Mention, Place, Source
from redact.detect.key_search import KeySearch, Reach, reach_of
from redact.formats.registry import read_file
from redact.transcript.assemble import Corpus, make_transcript
from tests.conftest import at_length
from tests.link.files import MAKERS
from tests.link.one_search import gate_finds, make, scan_finds
from tests.link.one_search_files import wrong


@pytest.mark.parametrize("seed", range(at_length(2_000, 60)))
def test_after_replace_no_form_of_the_key_stands_whatever_was_missed(seed: int) -> None:
    made = make(seed)
    assert gate_finds(made) == ()
    assert list(scan_finds(made)) == []


def found(text: str, *believed: tuple[str, Label], other: str = "") -> list[str]:
    """The words of the mentions of a text of which only the first places were believed."""
    mentions = tuple(
        Mention(
            place=Place.at("D1", text.index(said), text.index(said) + len(said)),
            label=label,
            score=0.9,
            sources=(Source.NAME_MODEL,),
        )
        for said, label in believed
    )
    transcripts = tuple(
        make_transcript(doc, said) for doc, said in (("D1", text), ("D2", other)) if said
    )
    detections = tuple(Detection(t.id, mentions if t.id == "D1" else ()) for t in transcripts)
    last = find_everywhere(Corpus(transcripts), detections)[-1]
    return [transcripts[-1].text[m.start : m.end] for m in last.mentions]


@pytest.mark.parametrize(
    ("other", "hidden"),
    [
        ("A: so Morag\nMacLeod came\nB: Aye.\nA: Well.", ["Morag\nMacLeod"]),
        ("Morag\n\n7\n00:00:09,126 --> 00:00:14,355\nMacLeod came", ["Morag", "MacLeod"]),
        ("a,Morag,MacLeod,b", ["Morag,MacLeod"]),
        ("Mor-\nag MacLeod", []),
        ("see MoragMacLeod_notes", ["MoragMacLeod_notes"]),
        ("dG8gTW9yYWcgTWFjTGVvZCBhdCBob21l", ["dG8gTW9yYWcgTWFjTGVvZCBhdCBob21l"]),
        ("MORAG MACLEOD: Aye.", ["MORAG MACLEOD"]),
    ],
)
def test_a_name_is_found_over_the_ends_of_lines_cues_cells_and_in_other_writings(
    other: str, hidden: list[str]
) -> None:
    assert found("I met Morag MacLeod.", ("Morag MacLeod", "PERSON"), other=other) == hidden


def test_a_form_that_stands_half_in_another_mention_is_hidden_whole() -> None:
    text = "I met Anna Smith. Then Anna Smith Street was shut."
    hidden = found(text, ("Anna Smith", "PERSON"), ("Smith Street", "PLACE"))
    assert hidden == ["Anna Smith", "Anna", "Smith Street"]


def test_an_ordinary_word_stays_and_the_reason_is_recorded() -> None:
    text = "Will came. I will ask Will about it."
    mention = Mention(
        place=Place.at("D1", 0, 4), label="PERSON", score=0.9, sources=(Source.NAME_MODEL,)
    )
    corpus = Corpus((make_transcript("D1", text),))
    (only,) = find_everywhere(corpus, (Detection("D1", (mention,)),))
    assert [text[m.start : m.end] for m in only.mentions] == ["Will", "Will"]
    assert only.kept == (Kept(Place.at("D1", 13, 17), "ordinary_word"),)


@pytest.mark.parametrize(
    ("label", "form", "reach"),
    [
        ("AGE", "20", Reach.NOWHERE),
        ("AGE", "eighty-three", Reach.NOWHERE),
        ("ID", "10", Reach.NOWHERE),
        ("ID", "one", Reach.NOWHERE),
        ("ID", "4471", Reach.IN_ITS_OWN),
        ("ID", "44718", Reach.EVERYWHERE),
        ("PHONE", "07700 900 123", Reach.EVERYWHERE),
        ("DATE", "the third", Reach.NOWHERE),
        ("DATE", "14 March", Reach.EVERYWHERE),
        ("DATE", "9/11/1962", Reach.EVERYWHERE),
        ("PERSON", "K", Reach.NOWHERE),
        ("PERSON", "LM", Reach.IN_ITS_OWN),
        ("PERSON", "L.M.", Reach.IN_ITS_OWN),
        ("ORG", "ag", Reach.NOWHERE),
        ("PERSON", "Jo", Reach.AS_WRITTEN),
        ("PERSON", "Ann", Reach.EVERYWHERE),
        ("EMAIL", "example", Reach.NOWHERE),
        ("URL", "an", Reach.NOWHERE),
        ("URL", "org", Reach.NOWHERE),
        ("URL", "@moiralangxx", Reach.EVERYWHERE),
    ],
)
def test_a_form_too_short_or_too_ordinary_is_tied_to_its_places(
    label: Label, form: str, reach: Reach
) -> None:
    assert reach_of(label, form) is reach


def test_initials_are_looked_for_as_they_are_written_in_their_own_transcripts() -> None:
    search = KeySearch([("PERSON", "MD")], {("PERSON", "MD"): {"D1"}})
    assert [hit.start for hit in search.find("MD: md MD", "D1")] == [0, 7]
    assert list(search.find("MD: md", "D2")) == list(search.find("MD")) == []


@pytest.mark.parametrize("suffix", [*MAKERS])
@pytest.mark.parametrize("seed", range(at_length(300, 3)))
def test_so_it_is_in_files_of_every_format(suffix: str, seed: int) -> None:
    """Over the ends of runs, cells and cues; every file can be written and comes back."""
    assert not wrong(suffix, seed)


def test_a_name_ends_with_its_cell() -> None:
    table = b"speaker,text,given,family\r\nA,I met Moira Lang,Moira,Lang\r\nA,Lang,,\r\n"
    reading = read_file(table, "a.csv", "a")
    whole = make_transcript("D1", reading.text, ends=reading.ends)
    one = Mention(
        place=Place.at("D1", 9, 19), label="PERSON", score=0.9, sources=(Source.NAME_MODEL,)
    )
    (found,) = find_everywhere(Corpus((whole,)), (Detection("D1", (one,)),))
    said = [whole.text[m.start : m.end] for m in found.mentions]
    assert said == ["Moira Lang", "Lang", "Moira", "Lang"]
