"""What `hidden` is tried on: talks, a roster, policies, a model that finds nothing by itself."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import spacy
from spacy.pipeline import EntityRecognizer

from redact.custody.age import HybridIdentity
from redact.custody.keyfile import Opener

OWN = HybridIdentity.generate()
OPENER = Opener(OWN, "identity file")
TALKS = (
    "INT: Who is it?\nP1: That's Earl Stukenborg. Earl fixed it in Waverly.\nP1: Will said so.\n",
    "INT: And Marcy?\nP2: Marcy Delgado came from Waverly, with Earl. She will, so.\n",
    "EARL: I met Marcy.\nINT: In Earl Street, on 3 March 2019?\nEARL: Aye, I was 41. Hope so.\n",
    "INT: Grace?\nP4: grace before meals. Will you ask Grace Ogilvie at Lantern Tay?\n",
    "INT: Hope Reid rang 07700 900123.\nP5: Stukenborg's van. I hope Hope comes.\n",
)
ROSTER = (
    "Earl Stukenborg,PERSON,Stuke",
    "Earl,PERSON,",
    "Marcy Delgado,PERSON,Marcy",
    "Waverly,PLACE,",
    "Earl Street,PLACE,",
    "Lantern Tay,ORG,Lantern",
    "Grace Ogilvie,PERSON,Grace",
    "Hope Reid,PERSON,Hope",
    "Will,PERSON,",
)
POLICIES = (
    "",
    '[actions]\nAGE = "keep"\nDATE = "keep"\n',
    '[actions]\nPERSON = "keep"\n',
    '[actions]\nPLACE = "generalise"\nDATE = "month"\nPERSON = "surrogate"\n',
    '[keep]\npublic_bodies = ["Lantern Tay", "Earl", "Waverly"]\n',
    '[link]\nscope = "corpus"\n[actions]\nORG = "remove"\n',
)


@cache
def small_model() -> Path:
    """A spaCy pipeline that has learnt nothing: the roster, rules and structure find what is found.

    It is named in the policy, as a user names a model of their own.
    """
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    assert isinstance(ner, EntityRecognizer)
    ner.add_label("PERSON")
    nlp.initialize()
    place = mkdtemp(prefix="redact-model-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    folder = Path(place) / "model"
    nlp.to_disk(folder)
    return folder


def policy_text(more: str) -> str:
    return (
        'name = "hiding"\nversion = "1"\n'
        f'[detect]\nmodel = "{small_model()}"\nname_model = "none"\n'
        f'{more}[release]\nreview = "none"\n'
    )
