"""What a release depends on, as one figure: two equal ones would be the same release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from redact.release.contents import Contents
from redact.release.measures import leads_back

# Questions of later builds: where nobody answered them, a release is what it was without them.
_ASKED_LATER = frozenset(
    "topics universe time_method consent_note contributors institution_ror period purpose design "
    "unit narrative legal_basis rights_holder third_parties funder_id affiliation_ror "
    "is_organisation".split()
)


def release_fingerprint(contents: Contents) -> str:
    """What a release depends on; equal for two runs that would release the same."""
    said = [str(asdict(one)) for one in contents.readings]
    return _digest([*_depends_on(contents), said, leads_back(contents.exposure)])


def earlier_fingerprint(contents: Contents) -> str:
    """The same, as builds made it whose papers did not say how each transcript was read."""
    return _digest(_depends_on(contents))


def _depends_on(contents: Contents) -> list[object]:
    listed = contents.data_list
    parts: list[object] = [contents.policy_sha256, [d.safe_sha256 for d in contents.key.documents]]
    parts += [sorted(contents.settled), [d.safe_name for d in contents.key.documents]]
    parts += [listed.csv() if listed is not None else "", contents.profile.name]
    answers = contents.description.model_dump(mode="json")
    answers["creators"] = [_answered(one) for one in answers["creators"]]
    parts += [_answered(answers)]
    parts += [[(paper.name, hashlib.sha256(paper.data).hexdigest()) for paper in contents.papers]]
    if contents.consent.is_kept:
        parts += [contents.consent.to_json()]
    return [*parts, contents.second_read, str(contents.kappa), contents.still_missed]


def _answered(said: Mapping[str, object]) -> dict[str, object]:
    """Without what was asked later and has no answer."""
    return {name: one for name, one in said.items() if one or name not in _ASKED_LATER}


def _digest(parts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
