"""All that is done to a study whose letters are counted, by names, and any sequence of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from redact.errors import RedactError
from tests.faults.hidden import Hiding
from tests.faults.hidden_lists import a_list_taken_back, an_answer, an_export_taken_back
from tests.faults.hidden_people import a_correction, an_answer_to_who
from tests.faults.operations import Count

STEPS: dict[str, Callable[[Hiding, random.Random], None]] = {
    "mark": lambda h, pick: h.mark(pick, everywhere=False),
    "mark everywhere": lambda h, pick: h.mark(pick, everywhere=True),
    "mark what is typed in": lambda h, pick: h.mark_written(pick),
    "no name": lambda h, pick: h.no_name(pick, everywhere=False),
    "no name everywhere": lambda h, pick: h.no_name(pick, everywhere=True),
    "no name in part": lambda h, pick: h.no_name_in_part(pick),
    "undo": lambda h, pick: h.undo(pick),
    "import": lambda h, pick: an_export_taken_back(h, pick, uncover=False),
    "import that uncovers": lambda h, pick: an_export_taken_back(h, pick, uncover=True),
    "another policy": lambda h, pick: h.another_policy(pick),
    "another roster": lambda h, pick: h.another_roster(pick),
    "a new transcript": lambda h, _: h.new_transcript(),
    "withdraw": lambda h, pick: h.withdraw(pick),
    "lose working files": lambda h, _: h.lose_working_files(),
    "correct": lambda h, pick: a_correction(h, pick),
    "a list taken back": lambda h, pick: a_list_taken_back(h, pick, uncover=False),
    "a list that uncovers": lambda h, pick: a_list_taken_back(h, pick, uncover=True),
    "an answer to who": lambda h, pick: an_answer_to_who(h, pick),
    "an answer": lambda h, pick: an_answer(h, pick),
}


def sequences(folder: Path, many: int, steps: int) -> Count:
    """So many studies, each taken through as many steps; how many times a letter came out."""
    found = (any_sequence(folder / f"{seed}", seed, steps) for seed in range(many))
    wrong = [said for said in found if said]
    more = f"{many} studies{''.join(f'; {one}' for one in wrong[:3])}"
    return Count("what was hidden is hidden", many * steps, len(wrong), more)


def any_sequence(folder: Path, seed: int, steps: int) -> str:
    """A study taken through so many steps drawn from this seed; what went wrong, or nothing."""
    pick = random.Random(seed)  # noqa: S311 a seed
    folder.mkdir()
    hiding = Hiding(folder)
    try:
        for _ in range(steps):
            what = pick.choice(sorted(STEPS))
            hiding.step(what, lambda what=what: STEPS[what](hiding, pick))  # type: ignore[misc]
        hiding.asked_of_the_gate()
    except (AssertionError, RedactError) as error:
        return f"seed {seed}: {error}"
    finally:
        hiding.close()
    return ""
