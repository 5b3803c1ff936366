"""Which cluster: what `--cluster` says, an address or a TOML file, checked before anything is sent.

Between machines only TLS with certificates on both sides is taken. Plain TCP never leaves the
machine: it is for trying things out on the loopback.
"""

from __future__ import annotations

import errno
import ipaddress
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from redact.errors import UsageError

_DOC = "docs/cluster.md shows such a file."
TLS, TCP = "tls", "tcp"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a scheduler listens."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Certificates:
    """Three files: the authority that both sides trust, and one's own certificate and its key."""

    ca: Path
    cert: Path
    key: Path


class Slurm(BaseModel):
    """What a job of the queue asks for, as dask-jobqueue calls it. One job is one worker."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    jobs: int = Field(ge=1)
    queue: str | None = None
    account: str | None = None
    walltime: str = "01:00:00"
    memory: str = "4GB"
    interface: str | None = None
    port: int = Field(default=0, ge=0, le=65535)
    python: str | None = None
    directives: tuple[str, ...] = Field(default=(), strict=False)
    prologue: tuple[str, ...] = Field(default=(), strict=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings:
    """A cluster that runs at an address, or one that is asked of Slurm.

    `certificates` is None on the loopback only, or where Dask's own configuration names them.
    """

    address: Address | None
    certificates: Certificates | None
    slurm: Slurm | None = None

    @property
    def where(self) -> str:
        """What people and the log call it."""
        return str(self.address) if self.address else "slurm"


def read_settings(given: str) -> ClusterSettings:
    """The settings of an address or a file; UsageError if texts would go unprotected."""
    if not given.strip():
        raise UsageError(
            "--cluster is given without a cluster",
            remedy="Give a scheduler's address such as tls://head.cluster.example:8786, or a file; "
            "or leave it out: then this machine looks at the transcripts itself.",
        )
    if "://" in given:
        address = read_address(given, "--cluster")
        return ClusterSettings(address=address, certificates=None)
    path = Path(given)
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise IsADirectoryError(errno.EISDIR, "it is no file")
        rows = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"this cluster file cannot be read ({type(error).__name__})", where=given, remedy=_DOC
        ) from None
    known = {"scheduler", "ca", "cert", "key", "slurm"}
    if strange := sorted(rows.keys() - known):
        raise UsageError(
            f"{strange[0]} is nothing that a cluster file has", where=given, remedy=_DOC
        )
    if ("scheduler" in rows) == ("slurm" in rows):
        raise UsageError(
            "a cluster file has either `scheduler` or a table [slurm]", where=given, remedy=_DOC
        )
    slurm = _slurm(rows["slurm"], given) if "slurm" in rows else None
    asked = None if slurm else read_address(str(rows["scheduler"]), given)
    plain = asked is not None and asked.scheme == TCP
    certificates = None if plain else _certificates(rows, path)
    return ClusterSettings(address=asked, certificates=certificates, slurm=slurm)


def read_address(given: str, where: str) -> Address:
    """The address; UsageError for one that is none, or for plain TCP to another machine."""
    none = UsageError(
        "this is no address of a scheduler",
        where=where,
        remedy="Give one such as tls://head.cluster.example:8786, or a file.",
    )
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        raise none from None
    if parts.scheme not in (TLS, TCP) or not parts.hostname or not port or parts.path.strip("/"):
        raise none
    if parts.scheme == TCP and not is_loopback(parts.hostname):
        raise UsageError(
            "plain TCP would carry transcripts over a network for anybody to read",
            where=where,
            remedy="Start the scheduler with certificates and give its tls:// address.",
        )
    return Address(parts.scheme, parts.hostname, port)


def is_loopback(host: str) -> bool:
    """Whether this name or number never leaves the machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_WANTED = {
    "tuple_type": 'must be a list, such as ["module load python"]',
    "string_type": "must be words between quotes",
    "int_type": "must be a whole number, without quotes",
    "greater_than_equal": "is too small a number",
    "less_than_equal": "is too large a number",
    "missing": "is missing",
    "extra_forbidden": "is nothing that a job is asked for",
    "model_type": "must be a table of its own: [slurm]",
}  # in our words, by what pydantic says is wrong


def _slurm(rows: object, where: str) -> Slurm:
    try:
        return Slurm.model_validate(rows)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"])) or "slurm"
        wanted = _WANTED.get(first["type"], f"is refused ({first['msg'].lower()})")
        raise UsageError(f"[slurm] {name} {wanted}", where=where, remedy=_DOC) from None


def _certificates(rows: dict[str, object], path: Path) -> Certificates:
    """Their files, which may be named from where the cluster file lies."""
    files = {}
    for name in ("ca", "cert", "key"):
        named = rows.get(name)
        if not isinstance(named, str):
            raise UsageError(
                f"`{name}` is missing: without certificates on both sides no text is sent",
                where=str(path),
                remedy=_DOC,
            )
        file = (path.parent / named).resolve()
        if not file.is_file():
            raise UsageError(f"the file of `{name}` is not there", where=str(file), remedy=_DOC)
        files[name] = file
    return Certificates(files["ca"], files["cert"], files["key"])


def security_of(certificates: Certificates | None) -> Any:
    """Dask's own record of these files, or of those that its configuration names."""
    from distributed.security import Security

    if certificates is None:
        return Security(require_encryption=True)
    cert, key = str(certificates.cert), str(certificates.key)
    roles = ("client", "scheduler", "worker")
    return Security(
        require_encryption=True,
        tls_ca_file=str(certificates.ca),
        **{f"tls_{role}_cert": cert for role in roles},
        **{f"tls_{role}_key": key for role in roles},
    )
