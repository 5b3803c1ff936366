"""The papers say what this policy puts instead of what was said, and nothing of another's."""

from __future__ import annotations

import pytest

from redact.core import Label
from redact.policy import Policy, find_policy, load_policy, policy_folder
from redact.release.how_it_reads import marks_of, what_was_replaced

NAMES = sorted(path.stem for path in policy_folder().glob("*.toml"))
LABEL: dict[Label, str] = {
    "PERSON": "`[Person",
    "PLACE": "`[Place",
    "ORG": "`[Organisation",
    "DATE": "`[date]`",
}


def with_actions(**actions: str) -> Policy:
    policy = load_policy(find_policy("safe-copy"))[0]
    return policy.model_copy(update={"actions": policy.actions.model_copy(update=actions)})


@pytest.mark.parametrize("name", NAMES)
def test_a_label_is_shown_where_the_policy_gives_one_and_nowhere_else(name: str) -> None:
    policy = load_policy(find_policy(name))[0]
    told = " ".join(marks_of(policy))
    for kind, shown in LABEL.items():
        is_plain = policy.actions.of(kind) == "label" and policy.templates.of(kind) is None
        assert (shown in told) == is_plain, kind


def test_each_action_is_told_by_what_stands_there() -> None:
    policy = with_actions(
        PERSON="role", PLACE="generalise", ORG="category", DATE="shift", AGE="remove", URL="keep"
    )
    told = " ".join(marks_of(policy))
    assert "Instead of names of people stands a role" in told
    assert "Instead of places stands something more general" in told
    assert "Instead of organisations stands a category" in told
    assert "Instead of dates stands another day" in told
    assert "Ages were left out: nothing stands there." in told
    assert "one person" not in told
    replaced = what_was_replaced(policy)
    assert replaced.endswith("By the policy web addresses stand as they were said.")
    assert "web addresses" not in replaced.partition(" were replaced")[0]


def test_invented_names_are_called_so_and_a_form_of_an_archive_s_own_is_not_made_up() -> None:
    told = " ".join(marks_of(load_policy(find_policy("archive-marks"))[0]))
    assert "Names of people are invented" in told
    assert "has the form that `policy.toml` gives it" in told
    assert "[Place 3]" not in told
