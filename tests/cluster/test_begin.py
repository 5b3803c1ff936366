"""A scheduler or workers that cannot begin say why in a line, and what to do."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster.machines import HERE, environment, free_port, make_certificates
from tests.proofs import CLUSTER, needs

WITHOUT_DASK = (
    "import sys; sys.modules['distributed'] = None; "
    "from redact.cluster.begin import main; main(sys.argv[1:])"
)


def begin(*words: str, code: str = "") -> str:
    """What it says on the way out, which is one line and no traceback."""
    program = ["-c", code] if code else ["-m", "redact.cluster"]
    done = subprocess.run(
        [sys.executable, *program, *words],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.mark.parametrize("role", ["scheduler", "worker"])
def test_without_dask_it_says_what_to_install(role: str) -> None:
    said = begin(role, f"tcp://{HERE}:8786", code=WITHOUT_DASK)
    assert 'pip install "redact[cluster]"' in said


def test_an_address_that_is_none_is_told() -> None:
    assert "no address of a scheduler. Give one such as" in begin("scheduler", "tls://[::1")


@needs(CLUSTER)
def test_a_page_of_another_scheduler_is_in_nobodys_way() -> None:
    with socket.socket() as other:
        try:
            other.bind(("", 8787))  # where a scheduler of Dask shows its page unless told
            other.listen()
        except OSError:
            pass  # another one holds it already
        assert "names no certificates" in begin("scheduler", f"tls://{HERE}:{free_port()}")


@needs(CLUSTER)
def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind((HERE, 0))
        other.listen()
        address = f"tls://{HERE}:{other.getsockname()[1]}"
        said = begin("scheduler", str(make_certificates(tmp_path / "made", scheduler=address)))
    assert f"{address}: it cannot begin (Address already in use)" in said
    assert "is another program at this port" in said


@needs(CLUSTER)
@pytest.mark.parametrize("role", ["scheduler", "worker"])
def test_an_address_without_certificates_asks_for_a_file(role: str) -> None:
    said = begin(role, f"tls://{HERE}:{free_port()}")
    assert "names no certificates. Give a file" in said


@needs(CLUSTER)
def test_a_certificate_that_is_none_is_told(tmp_path: Path) -> None:
    file = make_certificates(tmp_path / "made", scheduler=f"tls://{HERE}:{free_port()}")
    (file.parent / "cert.pem").write_text("none\n", "utf-8")
    assert "it cannot begin (SSLError). Compare" in begin("scheduler", str(file))
