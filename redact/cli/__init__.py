"""The command line: parses, calls, prints. Importing it loads neither spaCy nor Presidio."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import click

from redact.cli.commands import GREETING, SECTIONS, InOrder
from redact.cli.said import check_what_is_typed
from redact.cli.shared import as_one_line, gate_lines, refusal_lines
from redact.cli.waiting import with_own_names
from redact.core import VERSION
from redact.errors import GateRefused, RedactError, Refusal, SourcesRefused
from redact.offline import refuse_network
from redact.rendering import shown

EXIT_CODES = """\b
Exit codes: 0 done, 1 failed, 2 usage, 3 done but a human must look,
4 a release gate refused."""


@click.group(
    cls=InOrder,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(VERSION, prog_name="redact")
@click.pass_context
def cli(context: click.Context) -> None:
    """Turn confidential interview transcripts into a corpus that can be shared.

    Start with `redact look`, which says what is understood of a folder and makes nothing, and
    `redact run`. It reads a folder of transcripts and leaves a study folder:
    safe transcripts, an encrypted linkage key, an audit log and a release.
    """
    if context.invoked_subcommand is None:
        click.echo(GREETING)


for command in (one for commands in SECTIONS.values() for one in commands):
    cli.add_command(command)
check_what_is_typed(cli)


# New records until Python looks for rings among all that it holds. At its own 700 that took a tenth
# to a fifth of a run; records hold no rings.
SELDOM = (50_000, 20, 50)


def main(arguments: list[str] | None = None) -> None:
    """The entry point: every ending has its line and its exit code, and no traceback.

    Without `arguments` the process is ours, and the system refuses it the network.
    """
    args = sys.argv[1:] if arguments is None else arguments
    ours = arguments is None
    if ours:
        gc.set_threshold(*SELDOM)
    if ours and not _refuses_later(args):
        refuse_network()
    as_json = "--json" in args
    os.umask(0o077)  # libraries too make private files only
    try:
        code = cli.main(args=args, prog_name="redact", standalone_mode=False, obj=ours)
    except RedactError as error:
        gates = error.gates if isinstance(error, GateRefused) else ()
        refusals = error.refusals if isinstance(error, SourcesRefused) else ()
        if gates and not as_json:
            own = getattr(error, "own_names", {}) if sys.stdout.isatty() else {}
            lines = [with_own_names(line, own) for line in gate_lines(gates)]
            click.echo(shown("\n".join(lines), keep="\n"))
        code = _fail(
            error.line(),
            error.exit_code,
            as_json,
            error.where,
            error.at_a_terminal,
            error.what,
            gates,
            refusals,
        )
    except click.exceptions.Exit as ending:
        code = ending.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = error.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = f" Try `{context.command_path} --help`." if context else ""
        code = _fail(f"{' '.join(error.format_message().split())}{hint}", 2, as_json)
    except (click.Abort, KeyboardInterrupt):
        code = _fail("stopped. Run the same command again to go on", 1, as_json)
    except BrokenPipeError:
        code = 1
    except MemoryError:
        code = _fail("this machine has too little memory. Use fewer --workers", 1, as_json)
    except RecursionError:
        code = _fail(
            "something in these files stands in itself too deep to be read. Nothing half-written "
            "was left; look for brackets or tags in hundreds of layers",
            1,
            as_json,
        )
    except OSError as error:
        where = str(error.filename or "")
        line = (
            f"the system refused a file ({error.strerror or type(error).__name__}). Nothing "
            "half-written was left; check the disk and run it again"
        )
        code = _fail(f"{where}: {line}" if where else line, 1, as_json, where)
    except Exception as error:
        code = _fail(
            f"an error inside redact ({_place(error)}). Nothing half-written was left; "
            "please report this line",
            1,
            as_json,
        )
    sys.exit(code if isinstance(code, int) else 0)


def _refuses_later(args: list[str]) -> bool:
    """Of a page that needs its listener first, and a run its courier: each refuses it then."""
    with_cluster = any(one.partition("=")[0] == "--cluster" for one in args)
    return args[:1] in (["review"], ["open"]) or (args[:1] == ["run"] and with_cluster)


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
    refusals: tuple[Refusal, ...] = (),
) -> int:
    if as_json:
        error: dict[str, Any] = {"what": what or line, "where": where, "remedy": remedy}
        if gates:
            error["gates"] = [dict(one) for one in gates]
        if refusals:
            error["files"] = [asdict(one) for one in refusals]
        click.echo(as_one_line({"ok": False, "exit": code, "error": error}))
    else:
        click.echo(shown(f"redact: {line}"), err=True)
        for said in refusal_lines(refusals):
            click.echo(said, err=True)
    return code
