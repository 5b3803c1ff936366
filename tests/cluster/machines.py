"""A cluster on this machine: certificates made here, a scheduler and workers as processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.conftest import ROOT
from tests.proofs import DASK_FOLDER

HERE = "127.0.0.1"


def make_certificates(folder: Path, *, scheduler: str, name: str = "cluster.toml") -> Path:
    """The cluster file of a new authority, with one certificate of it beside."""
    folder.mkdir()
    now = datetime.now(UTC)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in ("made here", "one")
    ]
    for number, file in enumerate(("ca.pem", "cert.pem")):
        made = (
            x509.CertificateBuilder()
            .subject_name(names[number])
            .issuer_name(names[0])
            .public_key(keys[number].public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=number == 0, path_length=None), critical=True)
            .sign(keys[0], hashes.SHA256())
        )
        (folder / file).write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        keys[1].private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (folder / "key.pem").chmod(0o600)
    toml = folder / name
    toml.write_text(
        f'scheduler = "{scheduler}"\nca = "ca.pem"\ncert = "cert.pem"\nkey = "key.pem"\n', "utf-8"
    )
    return toml


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HERE, 0))
        return int(one.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """This one, with Dask beside it where it is not installed with redact."""
    paths = [str(ROOT), *([str(DASK_FOLDER)] if DASK_FOLDER.is_dir() else [])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **more}


@contextmanager
def at_most(seconds: float, end: Callable[[], object]) -> Iterator[None]:
    """Ends by this what is waited for, if it takes longer: no test waits without end."""
    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@dataclass(slots=True)
class Begun:
    """A process of `python -m redact.cluster`, and what it said first."""

    process: subprocess.Popen[str]
    said: str
    output: Path

    def kill(self) -> None:
        """`kill -9`, and all that it began ends with it or by itself."""
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass(slots=True)
class Machines:
    """A scheduler and workers, with the file that `--cluster` takes."""

    file: Path
    folder: Path
    begun: list[Begun] = field(default_factory=list)

    def begin(self, *arguments: str, **env: str) -> Begun:
        """Begins one and waits for its first line."""
        output = self.folder / f"output-{len(self.begun)}"
        with output.open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "redact.cluster", arguments[0], self.file, *arguments[1:]],
                env={**environment(), **env},
                cwd=self.folder,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert process.stdout is not None
        with at_most(60, process.kill):
            one = Begun(process, process.stdout.readline(), output)
        self.begun.append(one)
        assert one.said, output.read_text("utf-8")
        return one

    @property
    def scheduler(self) -> Begun:
        return self.begun[0]


@contextmanager
def machines(folder: Path, *, workers: int, **env: str) -> Iterator[Machines]:
    """A scheduler with TLS and so many worker processes."""
    address = f"tls://{HERE}:{free_port()}"
    made = Machines(make_certificates(folder / "certificates", scheduler=address), folder)
    try:
        made.begin("scheduler")
        if workers:
            made.begin("worker", "--processes", str(workers), **env)
        yield made
    finally:
        for one in reversed(made.begun):
            one.end()


def children(pid: int) -> list[int]:
    """All processes that this one began, and those that they began."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text("ascii").split()):
            found += [child, *children(child)]
    return found


def command_of(pid: int) -> str:
    """How a process was begun; nothing of one that is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
