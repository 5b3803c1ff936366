"""A study is started whole or not at all, beside its sources and over nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from redact.audit.log import LOG
from redact.custody.age import HybridIdentity
from redact.custody.keyfile import Opener
from redact.disk import locked
from redact.errors import Busy, KeyRefused, RedactError, UsageError
from redact.study.create import check_places, create_study
from redact.study.folder import Study
from redact.study.sealed import open_key
from tests.conftest import tree, write_small_source
from tests.study.conftest import OPENER, OWN, order_of

RECIPIENTS = (("steward", OWN.recipient()),)


def test_every_custodian_opens_a_new_study_and_nobody_else(tmp_path: Path) -> None:
    source, other = write_small_source(tmp_path / "source"), HybridIdentity.generate()
    two = (*RECIPIENTS, ("ethics", other.recipient()))
    study, identity, log_key = create_study(tmp_path / "study", order_of(source), two)
    for opener in (OPENER, Opener(other, "identity file")):
        opened = open_key(study, opener)
        assert (opened.identity.identity, opened.identity.log_key) == (identity, log_key)
        assert {d.source_name for d in opened.key.documents} == {"one.txt", "two.txt"}
    with pytest.raises(KeyRefused, match="does not open the study"):
        open_key(study, Opener(HybridIdentity.generate(), "identity file"))
    assert "Morag" not in (study.audit / LOG).read_text("utf-8")
    assert log_key in study.settings.read_text("utf-8")


def test_a_study_that_cannot_be_started_leaves_nothing(tmp_path: Path) -> None:
    source = write_small_source(tmp_path / "source")
    (source / "three.docx").write_bytes(b"no document")
    with pytest.raises(RedactError):
        create_study(tmp_path / "study", order_of(source), RECIPIENTS)
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_talk_in_another_language_is_taken_only_if_it_is_named(tmp_path: Path) -> None:
    """Nothing is ruined in silence; a few words, or some transcripts among others, stop nobody."""
    source = tmp_path / "source"
    source.mkdir()
    said = (
        "A: Das war im Herbst, da war ich noch ganz neu in der Stadt, und dann hat sie gefragt.\n"
    )
    (source / "a.txt").write_text(said, "utf-8")
    create_study(tmp_path / "short", order_of(source), RECIPIENTS)
    (source / "a.txt").write_text(said * 8, "utf-8")
    with pytest.raises(UsageError, match="does not look like English"):
        create_study(tmp_path / "study", order_of(source), RECIPIENTS)
    assert not (tmp_path / "study").exists()
    create_study(tmp_path / "named", replace(order_of(source), language="de"), RECIPIENTS)
    english = "B: And that was what they said to me, and I thought it was as well for us to go.\n"
    (source / "b.txt").write_text(english * 3, "utf-8")
    create_study(tmp_path / "mixed", order_of(source), RECIPIENTS)


def test_what_a_killed_start_left_is_swept(tmp_path: Path) -> None:
    source = write_small_source(tmp_path / "source")
    left = tmp_path / ".study.0a1b2c3d.tmp"
    left.mkdir()
    create_study(tmp_path / "study", order_of(source), RECIPIENTS)
    assert not left.exists()


def test_a_start_under_way_is_left_alone_by_another(tmp_path: Path) -> None:
    source = write_small_source(tmp_path / "source")
    making = tmp_path / ".study.0123abcd.tmp" / "work" / "making.lock"
    making.parent.mkdir(parents=True)
    with locked(making), pytest.raises(Busy, match="is making this study"):
        create_study(tmp_path / "study", order_of(source), RECIPIENTS)
    assert making.exists()
    assert not (tmp_path / "study").exists()
    create_study(tmp_path / "study", order_of(source), RECIPIENTS)
    assert not making.exists()


@pytest.mark.parametrize("place", ["source", "source/study", "."])
def test_study_and_sources_do_not_lie_inside_each_other(tmp_path: Path, place: str) -> None:
    source = write_small_source(tmp_path / "source")
    with pytest.raises(UsageError, match="must not lie inside each other"):
        check_places(tmp_path / place, (source,))


def test_a_folder_with_other_things_is_left_as_it_is(tmp_path: Path) -> None:
    source, mine = write_small_source(tmp_path / "source"), tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("a chapter", "utf-8")
    before = tree(mine)
    with pytest.raises(UsageError, match="holds other things and is not a study"):
        create_study(mine, order_of(source), RECIPIENTS)
    assert (tree(mine), Study(mine).exists()) == (before, False)
