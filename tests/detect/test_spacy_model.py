"""The language model is the one that was measured, or one that the policy names."""

import json
from pathlib import Path

import pytest

from redact.detect.spacy_model import check_metadata, load_model
from redact.errors import UsageError


def test_the_model_must_be_the_one_that_was_measured(tmp_path: Path) -> None:
    meta = {"lang": "en", "name": "core_web_md", "version": "3.7.0", "license": "MIT"}
    (tmp_path / "meta.json").write_text(json.dumps({**meta, "pipeline": ["ner"]}), "utf-8")
    with pytest.raises(UsageError, match="not en_core_web_md"):
        check_metadata(tmp_path)


def test_a_policy_may_name_another_installed_model_or_hear_that_it_is_absent(
    tmp_path: Path,
) -> None:
    import spacy

    other = spacy.blank("en")
    other.add_pipe("ner").add_label("PERSON")  # type: ignore[attr-defined]
    other.initialize()
    other.to_disk(tmp_path / "model")
    assert load_model(str(tmp_path / "model")).pipe_names == ["ner"]
    with pytest.raises(UsageError, match="not installed"):
        load_model("no_such_model")
