"""Importing redact and asking for help load no language model (benchmarks/ has the times)."""

import subprocess
import sys

import pytest

HEAVY = {
    "spacy",
    "presidio_analyzer",
    "thinc",
    "numpy",
    "pydantic",
    "cryptography",
    "bagit",
    "rich",
}
PROBE = """
import sys
{do}
print(",".join(sorted(sys.modules)))
"""
HELP = "from redact.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"


@pytest.mark.parametrize("do", ["import redact", HELP])
def test_import_and_help_are_light(do: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(do=do)], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split(","))
    assert not loaded & HEAVY


def test_replacing_loads_no_way_to_a_cloud_and_no_language_model() -> None:
    do = "from redact.replace.splice import splice\nsplice('D01', 'Aye.', [])"
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(do=do)], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split(","))
    assert "presidio_anonymizer" in loaded
    assert not loaded & {"spacy", "thinc", "presidio_analyzer"}
    assert not [name for name in loaded if "azure" in name]
