"""Whose a name is because of who says it, and to whom."""

from __future__ import annotations

import pytest

from tests.link.talks import one_talk


@pytest.mark.parametrize(
    "says",
    [
        "Kasho: They call me {}.",
        "Kasho: And at home I was {} before.",
        "Kasho: It was {} till I was forty.",
        "Kasho: My name is {}, if you like.",
        "Kasho: The bank has me as {}.",
    ],
)
def test_what_a_speaker_is_called_is_the_speaker(says: str) -> None:
    text = "INT: Who are you?\nKasho: Me.\n" + says.format("Wilk") + "\n"
    assert one_talk(text, ["Kasho", "Kasho", "Wilk"]) == [["Kasho", "Kasho", "Wilk"]]


def test_a_label_that_names_nobody_is_one_speaker_all_the_same() -> None:
    text = "F1: I'm Orla and I drive.\nF2: Right.\nF1: She calls me Oppy.\n"
    assert one_talk(text, ["Orla", "Oppy"]) == [["Orla", "Oppy"]]


def test_who_is_thanked_is_who_spoke() -> None:
    text = "KL: That is all.\nINT: Thanks, Kasho.\nKL: Aye.\n"
    assert one_talk(text, ["KL", "Kasho", "KL"]) == [["KL", "Kasho", "KL"]]


@pytest.mark.parametrize(
    "says",
    [
        'Kasho: She said "I\'m {}", just like that.',
        "Kasho: I was {}'s boss.",
    ],
)
def test_what_others_are_called_is_not_the_speaker(says: str) -> None:
    text = "INT: Who are you?\nKasho: Me.\n" + says.format("Wilk") + "\n"
    assert len(one_talk(text, ["Kasho", "Kasho", "Wilk"])) == 2


def test_whom_the_interviewer_asks_about_is_not_the_one_asked() -> None:
    text = "KL: I learnt it.\nINT: Who taught you, Lemuel?\nKL: Lemuel did.\n"
    assert len(one_talk(text, ["KL", "Lemuel", "KL", "Lemuel"])) == 2


@pytest.mark.parametrize("says", ["INT: Thanks, Wilk.\n", "Kasho: I'm Wilk.\n"])
def test_a_name_that_begins_otherwise_than_the_label_s_is_somebody_else(says: str) -> None:
    text = "INT: Who are you?\nKasho: Me.\n" + says + "Kasho: Right.\n"
    names = ["Kasho", "Kasho", "Wilk", "Kasho"] if says[0] == "K" else ["Kasho", "Wilk", "Kasho"]
    assert len(one_talk(text, names)) == 2
