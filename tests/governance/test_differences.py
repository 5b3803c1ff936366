"""What another policy would change: for people, in the settings, and counted on a study."""

from __future__ import annotations

from pathlib import Path

from redact.core import Entity, Mention, Place, Source
from redact.governance.differences import differences, places_changed
from redact.policy import Policy, find_policy, load_policy, parse_policy
from tests.conftest import run_redact

HEAD = 'name = "mine"\nversion = "1"\n'


def policy_of(text: str) -> Policy:
    return parse_policy((HEAD + text).encode(), "mine.toml")


def entity(label: str, places: int, action: str | None = None) -> Entity:
    mentions = tuple(
        Mention(
            place=Place.at("D0001", at * 10, at * 10 + 4),
            label=label,  # type: ignore[arg-type]
            score=1.0,
            sources=(Source.GOLD,),
        )
        for at in range(places)
    )
    return Entity(id=f"{label}{places}", label=label, mentions=mentions, action=action)  # type: ignore[arg-type]


def test_a_policy_differs_in_nothing_from_itself() -> None:
    for name in ("safe-copy", "teaching"):
        one, _ = load_policy(find_policy(name))
        assert differences(one, one).none


def test_every_difference_is_told_once() -> None:
    one = policy_of('[keep]\nprogrammes = ["Harbour Pathway"]\n')
    other = policy_of(
        '[actions]\nDATE = "shift"\nshift_weeks = 9\n[release]\nreview = "none"\n'
        '[keep]\nprogrammes = ["Linden Scheme"]\n[detect]\ndates = "year"\n'
    )
    found = differences(one, other)
    assert [kind.label for kind in found.kinds] == ["DATE"]
    assert "shift_weeks = 9" in found.kinds[0].after
    assert {one.name for one in found.settings} == {
        "actions.shift_weeks",
        "release.review",
        "detect.dates",
    }
    assert (found.stays_no_more, found.stays_now) == (("Harbour Pathway",), ("Linden Scheme",))


def test_places_are_counted_where_they_would_read_otherwise() -> None:
    entities = (entity("PERSON", 5), entity("DATE", 3), entity("PERSON", 7, "label"))
    one, other = policy_of(""), policy_of('[actions]\nPERSON = "surrogate"\n')
    assert places_changed(one, other, entities) == {"PERSON": 5}  # a person's own word stays
    marked = policy_of('[templates]\nDATE = "@@{noun}##"\n')
    assert places_changed(one, marked, entities) == {"DATE": 3}
    assert places_changed(one, one, entities) == {}
    wide = policy_of('[actions]\nPLACE = "generalise"\nplace_level = "nation"\n')
    wider = policy_of('[actions]\nPLACE = "generalise"\nplace_level = "region"\n')
    assert places_changed(wide, wider, (entity("PLACE", 2),)) == {"PLACE": 2}


def test_the_command_compares_and_counts_on_a_study(small_study: tuple[Path, Path]) -> None:
    study, _ = small_study
    said = run_redact("policy", "diff", "safe-copy", "other-names", "--study", study)
    assert said.code == 0
    assert "places of your study would change" in said.out
    same = run_redact("policy", "diff", study, study)
    assert same.out == "They say the same.\n"


def test_a_study_in_which_nothing_was_found_is_named_with_the_way(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text("", "utf-8")
    refused = run_redact("policy", "diff", "safe-copy", "teaching", "--study", tmp_path)
    assert refused.code == 2
    assert "nothing was found in this study yet" in refused.err
    assert "redact run" in refused.err
