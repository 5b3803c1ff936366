"""`redact key`: who can open the linkage key, and its end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.errors import UsageError

if TYPE_CHECKING:
    from redact.custody.keyfile import Opener
    from redact.study.folder import Study


@click.group()
def key() -> None:
    """The linkage key's custodians: who they are, whether they can, and how it ends."""


def _opened(
    study: Path, passphrase_file: str | None, identity: Path | None
) -> tuple[Study, Opener]:
    from redact.study.folder import Study
    from redact.study.sealed import require_key

    opened = Study(study)
    opened.require()
    require_key(opened)
    shared.tell_of_strangers(opened)
    return opened, shared.get_opener(passphrase_file, identity)


@key.command()
@click.argument("file", type=shared.PATH)
@click.option("--compat", is_flag=True, help="An X25519 identity, for tools without post-quantum.")
@shared.json_option
def new(file: Path, compat: bool, as_json: bool) -> int:
    """Make an age identity in FILE for a custodian, and print the recipient to give away."""
    from redact.key.custodians import new_identity

    recipient = new_identity(file, compat)
    return shared.print_result(
        as_json,
        {"file": str(file), "recipient": recipient},
        [f"The identity is in {file}: keep it apart from the study. Its recipient:", recipient],
    )


@key.command("add-custodian")
@shared.study_argument
@click.argument("name")
@click.option("--recipient", metavar="AGE1PQ…", help="Their age recipient, from `redact key new`.")
@click.option(
    "--new-passphrase-file",
    metavar="FILE",
    help="Or a passphrase of theirs; at a terminal ten words are made for them.",
)
@click.option("--compat", is_flag=True, help="Allow an X25519 or ssh-ed25519 recipient.")
@shared.key_options
@shared.second_options
@shared.json_option
def add_custodian(
    study: Path,
    name: str,
    recipient: str | None,
    new_passphrase_file: str | None,
    compat: bool,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Let NAME (an office, such as archive) open the key too, alone."""
    from redact.custody.keyfile import parse_recipient, passphrase_recipient
    from redact.key.custodians import add_custodian as add
    from redact.key.custodians import agree

    opened, opener = _opened(study, passphrase_file, identity)
    if recipient is not None:
        wanted = parse_recipient(recipient, compat)
    else:
        wanted = passphrase_recipient(
            shared.new_passphrase(new_passphrase_file, (name, study.name))
        )
    agree(opened, opener, shared.get_second(second_passphrase_file, second_identity))
    add(opened, opener, name, wanted, compat)
    return shared.print_result(
        as_json, {"custodian": name}, [f"{name} can open the linkage key now. Try it: a drill."]
    )


@key.command("remove-custodian")
@shared.study_argument
@click.argument("name")
@shared.key_options
@shared.json_option
def remove_custodian(
    study: Path, name: str, passphrase_file: str | None, identity: Path | None, as_json: bool
) -> int:
    """Take NAME's packet away. What they copied before still opens: rotate afterwards."""
    from redact.key.custodians import remove_custodian as remove

    opened, opener = _opened(study, passphrase_file, identity)
    remove(opened, opener, name)
    return shared.print_result(
        as_json,
        {"removed": name},
        [
            f"{name}'s packet is gone. A copy of it still opens the key: "
            f"`redact key rotate {study}`."
        ],
    )


@key.command()
@shared.study_argument
@shared.key_options
@shared.json_option
def rotate(study: Path, passphrase_file: str | None, identity: Path | None, as_json: bool) -> int:
    """Seal the key to a new identity, every packet anew. Old packets and shares are void."""
    from redact.key.custodians import rotate as turn

    opened, opener = _opened(study, passphrase_file, identity)
    names = turn(opened, opener)
    return shared.print_result(
        as_json,
        {"custodians": list(names)},
        [f"Rotated. Packets made anew for {', '.join(names)}; old packets and shares are void."],
    )


@key.command()
@shared.study_argument
@click.option("--needed", type=int, required=True, metavar="M", help="How many shares open it.")
@click.option("--shares", type=int, required=True, metavar="N", help="How many there are.")
@click.option("--to", "target", required=True, type=shared.PATH, metavar="DIR")
@shared.key_options
@shared.second_options
@shared.json_option
def split(
    study: Path,
    needed: int,
    shares: int,
    target: Path,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Write N shares, any M of which open the key together (SLIP-39), to give to N people."""
    from redact.key.custodians import agree, custodians, split_key

    opened, opener = _opened(study, passphrase_file, identity)
    agree(opened, opener, shared.get_second(second_passphrase_file, second_identity))
    paths = split_key(opened, opener, needed, shares, target)
    alone = ", ".join(custodians(opened))
    return shared.print_result(
        as_json,
        {"shares": [str(path) for path in paths], "needed": needed},
        [
            f"{shares} shares in {target}; any {needed} open the key: "
            "--identity FOLDER with so many of them.",
            f"These still open it alone: {alone}. Remove them if shares are to be the only way.",
        ],
    )


@key.command()
@shared.study_argument
@shared.key_options
@shared.json_option
def check(study: Path, passphrase_file: str | None, identity: Path | None, as_json: bool) -> int:
    """Compare packets, key, safe transcripts and log with each other. Exit 1 if one is amiss."""
    from redact.key.custodians import check_custody

    opened, opener = _opened(study, passphrase_file, identity)
    findings = check_custody(opened, opener)
    good = all(finding.good for finding in findings)
    return shared.print_result(
        as_json,
        {"findings": [{"what": f.what, "good": f.good, "said": f.said} for f in findings]},
        [f"{'ok ' if f.good else 'BAD'}  {f.what}: {f.said}" for f in findings],
        1 if not good else 3 if any(finding.look for finding in findings) else 0,
    )


@key.command()
@shared.study_argument
@click.option(
    "--with",
    "also",
    multiple=True,
    type=shared.PATH,
    metavar="FILE",
    help="A further custodian's identity file or folder of shares.",
)
@shared.key_options
@shared.json_option
def drill(
    study: Path,
    also: tuple[Path, ...],
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Prove that custodians can recover the key today, without opening it. It is logged."""
    from redact.custody.keyfile import Opener
    from redact.key.custodians import custodians
    from redact.key.custodians import drill as prove

    opened, opener = _opened(study, passphrase_file, identity)
    shared.remark_on_modes(*also)
    able = prove(opened, [opener, *map(Opener.from_identity_file, also)])
    untried = [name for name in custodians(opened) if name not in able]
    lines = [f"{name} can recover the linkage key." for name in able]
    lines += [f"{name} was not tried." for name in untried]
    return shared.print_result(as_json, {"able": list(able), "untried": untried}, lines)


@key.command()
@shared.study_argument
@click.option(
    "--statement",
    "statements",
    multiple=True,
    metavar="NAME=FILE",
    help="A custodian's own statement that theirs is destroyed.",
)
@click.option("--by", required=True, help="Who records it, for log and certificate.")
@click.option("--yes", is_flag=True, help="There is no way back: say that you know.")
@click.option(
    "--search",
    "also",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="DIR",
    help="Look for copies in this folder too: a backup, a disk, a cloud's folder.",
)
@shared.key_options
@shared.json_option
def destroy(
    study: Path,
    statements: tuple[str, ...],
    by: str,
    yes: bool,
    also: tuple[Path, ...],
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Destroy the key for good, with every custodian's statement. Writes a certificate."""
    from redact.formats.text import read_bytes
    from redact.key.destroy import destroy as erase
    from redact.key.destroy import finish_destruction, is_begun
    from redact.study.folder import Study

    said = {}
    for statement in statements:
        name, found, file = statement.partition("=")
        if not found:
            raise UsageError("a statement is NAME=FILE", where=statement)
        said[name] = read_bytes(Path(file))
    if not yes:
        raise UsageError(
            "destroying the linkage key cannot be undone",
            where="redact key destroy",
            remedy="Say that you know with --yes. No original can be restored or revealed, and no "
            "participant withdrawn, afterwards.",
        )
    if is_begun(Study(study)):  # and was cut short: the key may be gone
        path = finish_destruction(Study(study), also)
    else:
        opened, opener = _opened(study, passphrase_file, identity)
        path = erase(opened, opener, said, by, also)
    return shared.print_result(
        as_json,
        {"certificate": str(path)},
        [f"The linkage key is destroyed. The certificate to file: {path}"],
    )
