"""Which clusters are taken: none to which a text would go unprotected."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.cluster.settings import Certificates, is_loopback, read_settings
from redact.errors import UsageError
from tests.cluster.machines import make_certificates


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("tcp://head.cluster.example:8786", "plain TCP would carry transcripts"),
        ("tcp://192.0.2.7:8786", "plain TCP would carry transcripts"),
        ("http://127.0.0.1:8786", "no address of a scheduler"),
        ("tls://head.cluster.example", "no address of a scheduler"),
        ("tls://head.cluster.example:port", "no address of a scheduler"),
        ("tls://:8786", "no address of a scheduler"),
        ("tls://[::1", "no address of a scheduler"),
        ("tls://[head]:8786", "no address of a scheduler"),
        ("nowhere.toml", "cannot be read"),
        ("", "without a cluster"),
        (" ", "without a cluster"),
    ],
)
def test_an_address_that_is_none_or_unprotected_is_refused(given: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        read_settings(given)
    assert error.value.remedy


@pytest.mark.parametrize("given", ["tcp://127.0.0.1:8786", "tcp://[::1]:8786", "tcp://localhost:1"])
def test_plain_tcp_is_taken_where_it_stays_on_the_machine(given: str) -> None:
    settings = read_settings(given)
    assert settings.where == given
    assert settings.certificates is None


def test_a_name_is_no_loopback_for_what_it_is_called() -> None:
    assert not is_loopback("localhost.example")
    assert not is_loopback("head")


def test_a_file_names_its_certificates_from_where_it_lies(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    settings = read_settings(str(make_certificates(folder, scheduler="tls://192.0.2.7:8786")))
    files = (folder / name for name in ("ca.pem", "cert.pem", "key.pem"))
    assert settings.certificates == Certificates(*files)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "either `scheduler` or a table"),
        ('scheduler = "tls://192.0.2.7:1"\n[slurm]\njobs = 1\n', "either `scheduler` or a table"),
        ('scheduler = "tls://192.0.2.7:1"\n', "`ca` is missing"),
        ('scheduler = "tcp://192.0.2.7:1"\n', "plain TCP"),
        ('scheduler = "tls://192.0.2.7:1"\nca = "no.pem"\n', "file of `ca` is not there"),
        ('scheduler = "tls://192.0.2.7:1"\ncertificate = "a"\n', "certificate is nothing"),
        ("[slurm]\njobs = 0\n", r"\[slurm\] jobs"),
        ("[slurm]\njobs = 1\nspill = true\n", r"\[slurm\] spill"),
        ('[slurm]\njobs = "4"\n', r"\[slurm\] jobs must be a whole number, without quotes"),
        ('[slurm]\njobs = 1\nprologue = "x"\n', r"\[slurm\] prologue must be a list"),
        ("[slurm]\njobs = 1\nqueue = 7\n", r"\[slurm\] queue must be words between quotes"),
        ("slurm = 1\n", r"\[slurm\] slurm must be a table of its own"),
        ("[slurm]\njobs = 1\n", "`ca` is missing"),
        ("scheduler = ", "cannot be read"),
    ],
)
def test_a_file_that_lacks_something_says_what(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "cluster.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said) as error:
        read_settings(str(file))
    assert "docs/cluster.md" in error.value.remedy or "tls://" in error.value.remedy
