"""The courier carries texts and looks that are larger than a pipe holds, in both directions."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from redact.cluster.messages import REPLY, LookReply, packed
from redact.cluster.sameness import detection_of, facts_here
from redact.cluster.settings import read_settings
from redact.detect.detector import look
from redact.detect.elsewhere import LookAsked
from redact.detect.evidence import Look
from redact.policy import Policy
from redact.transcript.assemble import make_transcript
from tests.cluster.machines import environment, machines
from tests.conftest import ROOT
from tests.proofs import CLUSTER, needs

pytestmark = [needs(CLUSTER), pytest.mark.model]
LINE = "P01: Aye, so we went down to the hall and there were twenty of us, all with cups of tea.\n"


def test_neither_side_waits_for_the_other_for_ever(
    tmp_path: Path, safe_copy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redact.cluster.fleet import DaskCluster

    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    for path in environment()["PYTHONPATH"].split(":"):
        monkeypatch.syspath_prepend(path)
    policy, talk = detection_of(safe_copy), make_transcript("D0001", LINE * 8000)
    seen = look(policy, LookAsked(make_transcript("D0001", LINE * 50)))
    long = replace(seen, likely=dict.fromkeys(range(20_000), 0.125))
    answers = tmp_path / "answers"
    replies = LookReply(facts=facts_here(policy)), LookReply(look=long)
    answers.write_bytes(b"".join(packed(REPLY, reply) for reply in replies))
    came: dict[str, Look] = {}
    with machines(tmp_path, workers=0) as made:
        carriers = [
            subprocess.Popen(
                [sys.executable, ROOT / "benchmarks" / "cluster.py", "--carry", made.file, answers],
                env=environment(),
                stdout=subprocess.PIPE,
            )
            for _ in range(3)
        ]
        try:
            for one in carriers:
                assert one.stdout is not None
                assert one.stdout.readline() == b"ready\n"
            asked = tuple(LookAsked(replace(talk, id=f"D{number:04}")) for number in range(30))
            with DaskCluster(read_settings(str(made.file))) as cluster:
                cluster.look_at(asked, safe_copy, came.__setitem__)
        finally:
            for one in carriers:
                one.kill()
                one.communicate()
    assert sorted(came) == [each.transcript.id for each in asked]
    assert all(len(each.likely) == 20_000 for each in came.values())
