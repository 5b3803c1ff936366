"""What a policy's choices mean for people: one sentence for each action of each kind."""

from __future__ import annotations

from collections.abc import Mapping

from redact.core import Action, Label

CALLED: Mapping[Label, str] = {
    "PERSON": "People",
    "PLACE": "Places",
    "ORG": "Organisations",
    "DATE": "Dates",
    "AGE": "Ages",
    "PHONE": "Telephone numbers",
    "EMAIL": "Email addresses",
    "URL": "Web addresses",
    "ID": "Other numbers that identify",
}
_GONE = "Nothing stands there. A reader sees a gap, and not who is the same."
_STAYS = "They stay as they were said. They identify people."
_NUMBERED = "Each has a number, the same in all transcripts: readers see who is the same, not who."
_TYPED = "A label says what stood there, and nothing else."

_MEANS: Mapping[tuple[Label, Action], str] = {
    ("PERSON", "label"): _NUMBERED,
    ("PERSON", "surrogate"): "Each has another name, the same in all transcripts. The text reads "
    "like talk, and a name that was missed looks like the others.",
    ("PERSON", "role"): "Each is called by the role that your tables give, with a number; where "
    "they give none, by a number alone.",
    ("PLACE", "label"): _NUMBERED.replace("who is the same, not who", "which is the same"),
    ("PLACE", "generalise"): "A wider place is said, as wide as the policy asks; where none is "
    "known, a label.",
    ("ORG", "label"): _NUMBERED.replace("who is the same, not who", "which is the same"),
    ("ORG", "category"): "Each is called by the kind, nation and size that your roster gives; "
    "where it gives none, by a number.",
    ("DATE", "label"): _TYPED,
    ("DATE", "month"): "The month and the year stay, the day goes.",
    ("DATE", "year"): "The year stays, day and month go.",
    ("DATE", "shift"): "All dates of one person move by the same weeks: how long things took "
    "stays true, when they were does not.",
    ("AGE", "label"): _TYPED,
    ("AGE", "band"): "Ten years are said for one; from 90 up only that.",
    ("PHONE", "label"): _TYPED,
    ("EMAIL", "label"): "A label says what stood there, and whose it is if that is known.",
    ("EMAIL", "surrogate"): "Another address is made of the person's other name; without one, a "
    "label stands there.",
    ("URL", "label"): _TYPED,
    ("ID", "label"): "A label says what kind of number stood there.",
    ("ID", "generalise"): "Of a ZIP code three figures stay, of a postcode its area; of all "
    "others a label says the kind.",
}


def meaning(label: Label, action: Action) -> str:
    """What becomes of this kind under this action, in a sentence or two."""
    if action == "remove":
        return _GONE
    if action == "keep":
        return _STAYS
    return _MEANS[label, action]
