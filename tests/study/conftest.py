"""A study that was started and not yet read by any model, and the identity that opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.custody.age import HybridIdentity
from redact.custody.keyfile import Opener
from redact.study.create import create_study
from redact.study.desk import Order
from redact.study.folder import Study
from tests.conftest import ROOT, write_small_source

OWN = HybridIdentity.generate()
OPENER = Opener(OWN, "identity file")
SAFE_COPY = ROOT / "policies" / "safe-copy.toml"


def order_of(*sources: Path) -> Order:
    """These sources under the policy for a safe copy."""
    return Order(sources=sources, policy=SAFE_COPY)


@pytest.fixture
def started(tmp_path: Path) -> Study:
    """A new study of the two small talks, opened by `OPENER`."""
    source = write_small_source(tmp_path / "source")
    study, _, _ = create_study(
        tmp_path / "study", order_of(source), (("steward", OWN.recipient()),)
    )
    return study
