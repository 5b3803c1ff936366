"""A cluster without workers is told with the reason why those that are left may not look."""

from __future__ import annotations

from redact.cluster.messages import Lost, Unfit
from redact.cluster.refusals import refusal
from redact.cluster.settings import read_settings

SETTINGS = read_settings("tls://192.0.2.1:8786")


def test_the_last_worker_that_may_not_look_is_named_with_what_differs() -> None:
    error = refusal(Lost("workers"), SETTINGS, Unfit("tls://192.0.2.7:1", ("it has redact 2",)))
    assert error.line().startswith("tls://192.0.2.7:1: the cluster has no workers that may look")
    assert "it has redact 2. Install the same redact" in error.line()
    assert error.remedy.endswith("what was done is kept")


def test_a_cluster_that_never_had_another_is_named_itself() -> None:
    error = refusal(Lost("workers"), SETTINGS, None)
    assert error.line().startswith("tls://192.0.2.1:8786: the cluster has no workers. Run")
