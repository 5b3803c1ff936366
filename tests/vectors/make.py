"""Writes the vectors, the same bytes each time: `make vectors`."""

from __future__ import annotations

from tests.vectors import (
    age_armor,
    age_header,
    age_hybrid,
    age_passphrase,
    age_payload,
    age_ssh,
    age_x25519,
    slip39_sets,
)
from tests.vectors.record import FOLDER, as_lines


def files() -> dict[str, str]:
    """The content of every vector file by its name."""
    return {
        "age-armor.jsonl": as_lines(age_armor.vectors()),
        "age-header.jsonl": as_lines(age_header.vectors()),
        "age-hybrid.jsonl": as_lines(age_hybrid.vectors()),
        "age-passphrase.jsonl": as_lines(age_passphrase.vectors()),
        "age-payload.jsonl": as_lines(age_payload.vectors()),
        "age-ssh.jsonl": as_lines(age_ssh.vectors()),
        "age-x25519.jsonl": as_lines(age_x25519.vectors()),
        "slip39.jsonl": as_lines(slip39_sets.share_sets()),
    }


def main() -> None:
    """Writes the files beside this module."""
    for name, content in files().items():
        (FOLDER / name).write_text(content, "ascii")


if __name__ == "__main__":
    main()
