"""The same answer every time: from texts, tables, policy and model, and from nothing else."""

from __future__ import annotations

import json
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import pytest

from redact.chain import find_everywhere, find_mentions, link_mentions, replace_mentions
from redact.core import RosterEntry
from redact.policy import Policy
from redact.processes import shares_what_is_loaded
from redact.transcript.assemble import assemble
from tests.conftest import ROOT

SECRET = b"of no study, 32 bytes and public"
SAID = 2600  # characters of each sample that are told: names, roles and places of all of them
_LABEL, _NUMBER = re.compile(r"\[[^\[\]\n]+\]"), re.compile(r" [0-9]+(?=\])")
ROSTER = (RosterEntry(kind="PERSON", name="Ailsa Balwick", row=1, role="Team lead"),)


def texts() -> dict[str, str]:
    lines = (ROOT / "samples" / "co-production" / "gold.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {row["id"]: row["text"][: row["text"].index("\n", SAID)] + "\n" for row in rows[:6]}


def answer(policy: Policy, told: dict[str, str], workers: int) -> dict[str, bytes]:
    """By transcript all that was found, who is who, and the safe text, as bytes.

    Numbers of pseudonyms follow the order of documents, which in a study follows its secret alone:
    here an entity is called by its first place.
    """
    corpus = assemble(told, roster=ROSTER)
    found = find_everywhere(corpus, find_mentions(corpus, policy, workers))
    entities = link_mentions(corpus, found, policy)
    made = replace_mentions(corpus, entities, policy, SECRET)
    of_entity = {one.entity: one for one in made.decisions}
    called: dict[str, str] = {}
    parts: dict[str, list[object]] = {name: [] for name in told}
    for entity in entities:
        places = sorted(mention.place for mention in entity.mentions)
        one = of_entity[entity.id]
        called[one.pseudonym] = _NUMBER.sub(f" of {places[0]}", one.pseudonym)
        for name in {place.transcript for place in places}:
            parts[name].append((entity.label, one.action, called[one.pseudonym], places))
    for detection, safe in zip(found, made.transcripts, strict=True):
        text = _LABEL.sub(lambda said: called.get(said[0], _NUMBER.sub("", said[0])), safe.text)
        parts[safe.id] += [asdict(detection), text]
    return {name: repr(sorted(map(repr, part))).encode() for name, part in parts.items()}


def shuffled(told: dict[str, str], seed: int) -> dict[str, str]:
    names = list(told)
    random.Random(seed).shuffle(names)  # noqa: S311 no secret
    return {name: told[name] for name in names}


@contextmanager
def beside_another_thread() -> Iterator[None]:
    """Where processes are begun anew and not forked."""
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        yield
    finally:
        over.set()
        other.join()


@pytest.mark.model
def test_order_workers_and_how_they_begin_change_no_byte(safe_copy: Policy) -> None:
    """Detection, who is who and replacement; numbers follow the secret, which is the same."""
    told = texts()
    once = answer(safe_copy, told, 1)
    for seed, workers in ((1, 2), (2, 5), (3, 1)):
        assert answer(safe_copy, shuffled(told, seed), workers) == once
    with beside_another_thread():
        assert not shares_what_is_loaded()
        assert answer(safe_copy, shuffled(told, 4), 2) == once
