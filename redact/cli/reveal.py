"""`redact reveal`: what single pseudonyms stand for."""

from __future__ import annotations

from pathlib import Path

import click

from redact.cli import shared


@click.command()
@shared.study_argument
@click.argument("pseudonym", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why, for the log.")
@shared.key_options
@shared.second_options
@shared.json_option
def reveal(
    study: Path,
    pseudonym: tuple[str, ...],
    reason: str,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Show what each PSEUDONYM stands for, and nothing else. Logged before and after."""
    from redact.key.reveal import reveal as show
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    second = shared.get_second(second_passphrase_file, second_identity)
    revealed = show(opened, opener, pseudonym, reason, second)
    return shared.print_result(
        as_json,
        {
            "revealed": [
                {
                    "pseudonym": one.pseudonym,
                    "type": one.type,
                    "forms": {form.text: form.count for form in one.forms},
                }
                for one in revealed
            ]
        },
        [
            f"{one.pseudonym} ({one.type}): "
            + ", ".join(f"{form.text!r} ({form.count})" for form in one.forms)
            for one in revealed
        ],
    )
