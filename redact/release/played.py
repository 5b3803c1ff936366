"""Who an intruder found, played once for each state of a study and known again by what it read.

What was found is kept in the study's working folder, under a keyed digest of everything that the
attack reads and of this program. It has figures and pseudonyms, and nothing else. What belongs to
another state, was made by another build or was changed by hand is passed over, and played anew.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from redact.detect.look_digest import program_digest
from redact.disk import write_atomic
from redact.release.contents import Contents
from redact.release.intruder import attack, own_background
from redact.risk.attack import Outcome
from redact.study.desk import Desk
from redact.study.names import token
from redact.study.records import DECISIONS, ENTITIES

_MOST = 8  # states that are kept: one a profile, and each without its data list
_OUTCOMES = TypeAdapter(tuple[Outcome, ...])


def played(desk: Desk, contents: Contents) -> tuple[Outcome, ...]:
    """The outcomes of an attack with the study's own tables, as `attack` has them.

    Only call while the study is held: what is played anew is written into its working folder.
    """
    state = _state(desk, contents)
    known = _known(desk)
    if state in known:
        return known[state]
    outcomes = attack(desk, contents, own_background(desk))
    kept = {**dict(list(known.items())[1 - _MOST :]), state: outcomes}
    rows = {one: [asdict(outcome) for outcome in them] for one, them in kept.items()}
    text = json.dumps(rows, sort_keys=False)
    body = {"kind": "attacks", "mac": token(desk.key.secret, "attacks", text), "played": text}
    write_atomic(desk.study.attacks, json.dumps(body).encode("utf-8"))
    return outcomes


def _known(desk: Desk) -> Mapping[str, tuple[Outcome, ...]]:
    """By state what was played before; nothing where the file is not as this study wrote it."""
    try:
        said = json.loads(desk.study.attacks.read_bytes())
        text = str(said["played"])
        if not hmac.compare_digest(str(said["mac"]), token(desk.key.secret, "attacks", text)):
            return {}
        return {one: _OUTCOMES.validate_python(them) for one, them in json.loads(text).items()}
    except (OSError, ValueError, KeyError, TypeError, RecursionError, ValidationError):
        return {}


def _state(desk: Desk, contents: Contents) -> str:
    """A keyed digest of all that the attack reads: tables, texts, entities, key and program."""
    listed, key = contents.data_list, desk.key
    digest = hmac.new(key.secret, b"state", hashlib.sha256)
    parts: list[object] = [program_digest(""), [asdict(row) for row in desk.roster]]
    parts += [[asdict(row) if row else None for row in desk.interviews]]
    parts += [[(t.id, t.nation, t.organisation, t.text) for t in desk.transcripts]]
    parts += [[(one.id, one.text) for one in contents.safe]]
    parts += [[listed.columns, listed.rows] if listed is not None else []]
    parts += [[(d.doc_id, d.safe_name) for d in key.documents]]
    parts += [[(e.type, e.pseudonym, [form.text for form in e.forms]) for e in key.entries]]
    parts += [[(i.doc, i.start, i.safe_start, i.safe_end) for i in key.replacements]]
    for part in parts:
        digest.update(json.dumps(part, sort_keys=True).encode("utf-8", "surrogatepass"))
    for name in (ENTITIES, DECISIONS):
        path = desk.study.work / name
        digest.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"none")
    return digest.hexdigest()
