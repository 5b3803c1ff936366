"""The command line: parses, calls, prints. Importing it loads neither spaCy nor Presidio."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

import click

from redact.cli import (
    audit,
    decisions,
    describe,
    detecting,
    entity,
    evaluating,
    explain,
    key,
    release,
    reveal,
    review,
    risk,
    run,
    stages,
    withdraw,
)
from redact.cli.shared import gate_lines
from redact.core import VERSION
from redact.errors import GateRefused, RedactError

EXIT_CODES = """\b
Exit codes: 0 done, 1 failed, 2 usage, 3 done but a human must look,
4 a release gate refused."""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(VERSION, prog_name="redact")
def cli() -> None:
    """Turn confidential interview transcripts into a corpus that can be shared.

    Start with `redact run`. It reads a folder of transcripts and leaves a study folder:
    safe transcripts, an encrypted linkage key, an audit log and a release.
    """


for command in (
    run.run,
    stages.init,
    detecting.detect,
    stages.link,
    stages.replace,
    entity.entity,
    explain.explain,
    reveal.reveal,
    review.review,
    describe.describe,
    risk.risk,
    decisions.decisions,
    key.key,
    withdraw.withdraw,
    release.settle,
    release.release,
    release.restore,
    audit.audit,
    evaluating.evaluate,
):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """The entry point: every ending has its line and its exit code, and no traceback."""
    args = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in args
    os.umask(0o077)  # libraries too make private files only
    try:
        code = cli.main(args=args, prog_name="redact", standalone_mode=False)
    except RedactError as error:
        gates = error.gates if isinstance(error, GateRefused) else ()
        if gates and not as_json:
            click.echo("\n".join(gate_lines(gates)))
        code = _fail(
            error.line(), error.exit_code, as_json, error.where, error.remedy, error.what, gates
        )
    except click.exceptions.Exit as ending:
        code = ending.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = f" Try `{context.command_path} --help`." if context else ""
        code = _fail(f"{error.format_message()}{hint}", 2, as_json)
    except (click.Abort, KeyboardInterrupt):
        code = _fail("stopped. Run the same command again to go on", 1, as_json)
    except BrokenPipeError:
        code = 1
    except MemoryError:
        code = _fail("this machine has too little memory. Use fewer --workers", 1, as_json)
    except OSError as error:
        code = _fail(
            f"the system refused a file ({error.strerror or type(error).__name__}). Nothing "
            "half-written was left; check the disk and run it again",
            1,
            as_json,
        )
    except Exception as error:
        code = _fail(
            f"an error inside redact ({_place(error)}). Nothing half-written was left; "
            "please report this line",
            1,
            as_json,
        )
    sys.exit(code if isinstance(code, int) else 0)


def _place(error: BaseException) -> str:
    """The kind and code line of an unforeseen error; its message may hold a transcript's words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"


def _fail(
    line: str,
    code: int,
    as_json: bool,
    where: str = "",
    remedy: str = "",
    what: str = "",
    gates: tuple[Mapping[str, Any], ...] = (),
) -> int:
    if as_json:
        error: dict[str, Any] = {"what": what or line, "where": where, "remedy": remedy}
        if gates:
            error["gates"] = [dict(one) for one in gates]
        click.echo(json.dumps({"ok": False, "exit": code, "error": error}, ensure_ascii=False))
    else:
        click.echo(f"redact: {line}", err=True)
    return code
