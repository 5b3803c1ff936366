"""What several commands share: options, passphrases, progress, printing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.errors import UsageError
from redact.rendering import is_unseen, shown

if TYPE_CHECKING:
    from redact.custody.keyfile import Opener
    from redact.custody.payload import Document
    from redact.errors import Refusal
    from redact.study.desk import Desk, Order
    from redact.study.folder import Study

PATH = click.Path(path_type=Path)
_PLACES = 5  # of a gate that refused, on the screen; all of them in --json and the log
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def options(*decorators: Decorator) -> Decorator:
    """Several options as one decorator, shown in this order."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


policy_option = click.option(
    "--policy",
    required=True,
    metavar="FILE",
    help="A policy file, or the name of one that comes with redact (`redact policy list`).",
)
study_policy_option = click.option(
    "--policy",
    metavar="FILE",
    help="Needed the first time; the study keeps it. A file, or the name of one that comes with "
    "redact (`redact policy list`).",
)
change_policy_option = click.option(
    "--change-policy",
    is_flag=True,
    help="Take the policy of --policy instead of the one that the study has.",
)
roster_option = click.option(
    "--roster", type=PATH, metavar="FILE", help="CSV of people, places and organisations you know."
)
interviews_option = click.option(
    "--interviews", type=PATH, metavar="FILE", help="CSV that says who was interviewed where."
)
consent_option = click.option(
    "--consent",
    type=PATH,
    metavar="FILE",
    help="CSV of what each participant agreed to, if it is a table of its own.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that read transcripts. Without it: as many as there are cores and memory for "
    "on Linux, else one.",
)
encoding_option = click.option(
    "--encoding", metavar="NAME", help="Text encoding of sources that are not UTF-8 (cp1252 …)."
)
language_option = click.option(
    "--language",
    metavar="NAME",
    help="What the transcripts are in (de, Gaelic …) where that is not English: redact then goes "
    "on, though it finds few names in another language.",
)
skip_option = click.option(
    "--skip",
    "skips",
    multiple=True,
    metavar="PATTERN",
    help="A file or folder to leave out: its name, its path or a pattern such as '*.mp3'. "
    "The study keeps it. May be given several times.",
)
page_options = options(
    click.option("--no-browser", is_flag=True, help="Print the address, do not open it."),
    click.option(
        "--port", type=click.IntRange(0, 65535), default=0, help="A port; 0 takes a free one."
    ),
    click.option(
        "--idle",
        type=click.FloatRange(0.01, 600),
        default=60,
        show_default=True,
        help="Minutes without a request after which the page closes.",
    ),
)
discard_option = click.option(
    "--discard-edits",
    is_flag=True,
    help="Write over safe transcripts that were edited by hand. It is logged.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
key_options = options(
    click.option(
        "--passphrase-file",
        metavar="FILE",
        help="File with the study's passphrase, or - for standard input.",
    ),
    click.option(
        "--identity",
        type=PATH,
        metavar="FILE",
        help="A custodian's age identity or SSH key file instead, or a folder with shares.",
    ),
)
second_options = options(
    click.option(
        "--second-passphrase-file",
        metavar="FILE",
        help="A second custodian's passphrase, where the policy asks for two people.",
    ),
    click.option(
        "--second-identity", type=PATH, metavar="FILE", help="Or their age identity file."
    ),
)
study_argument = click.argument("study", type=PATH)


def find_policy(name: str) -> Path:
    """The policy file of this name: a path, or one that is shipped with redact."""
    from redact.policy import find_policy as find

    return find(name)


def tell_of_strangers(study: Study, documents: Iterable[Document] | None = None) -> None:
    """Says, on standard error, what lies in the study's folders and is not redact's.

    `documents` of the linkage key say what belongs into safe/; without them it is left out.
    """
    from redact.study.strangers import strangers

    for one in strangers(study, documents):
        remark(f"{one.path}: {one.said}.")


def tell_of_sources(desk: Desk, order: Order) -> None:
    """Says, on standard error, what beside the transcripts was passed over, and what is odd."""
    from redact.formats.folders import Skips, find_files
    from redact.formats.said import said_of_passed, said_of_sources

    skips = Skips((*order.skips, *desk.key.skips))
    passed = find_files(order.sources, skips, order.given).passed
    for said in (*said_of_passed(passed), *said_of_sources(desk.sources)):
        remark(said)


def remark(said: str) -> None:
    """Something a person should know that stops nothing."""
    click.echo(f"redact: remark: {shown(said)}", err=True)


def remark_on_modes(*files: Path | str | None) -> None:
    """Says which of these secrets other users of this machine can read; of a folder its files."""
    from redact.disk import open_to_others

    for file in files:
        if file is None or file == "-":
            continue
        for path in open_to_others(Path(file)):
            remark(
                f"{path}: other users of this machine can read this secret. "
                f"Make it yours alone: `chmod 600 '{path}'`."
            )


def get_opener(passphrase_file: str | None, identity: Path | None) -> Opener:
    """What opens the study: the option that was given, or a prompt at a terminal."""
    from redact.custody.keyfile import Opener
    from redact.custody.passphrase import read_passphrase

    remark_on_modes(identity, passphrase_file)
    if identity is not None:
        return Opener.from_identity_file(identity)
    if passphrase_file is not None:
        return Opener.from_passphrase(_with_a_remark(read_passphrase(passphrase_file)))
    if not sys.stdin.isatty():
        raise UsageError(
            "the linkage key needs its passphrase",
            remedy="Add --passphrase-file FILE (or - for standard input), or run it at a terminal.",
        )
    typed = click.prompt("Passphrase of this study", hide_input=True, err=True)
    return Opener.from_passphrase(_with_a_remark(str(typed)))


def opened_desk(study: Path, passphrase_file: str | None, identity: Path | None) -> Desk:
    """The study of this folder, opened by these options or at a prompt."""
    from redact.study.desk import open_desk
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    return open_desk(opened, get_opener(passphrase_file, identity))


def _with_a_remark(passphrase: str) -> str:
    """The passphrase as it is; standard error tells of one that would not be taken today."""
    from redact.custody.passphrase import is_of_the_demo, weakness

    why = None if is_of_the_demo(passphrase) else weakness(passphrase)
    if why is not None:
        remark(
            f"this passphrase is weak: {why}. Let a new one open the key (redact key "
            "add-custodian), then take this one's packet away and rotate"
        )
    return passphrase


def get_second(passphrase_file: str | None, identity: Path | None) -> Opener | None:
    """What the second custodian brings, if anybody does."""
    if passphrase_file is None and identity is None:
        return None
    return get_opener(passphrase_file, identity)


def new_passphrase(
    passphrase_file: str | None, known: Iterable[str] = (), sources: Iterable[Path] = ()
) -> str:
    """The passphrase of a new study: from the file, or ten words shown once at a terminal.

    `known` are names that somebody would try first. The demo's passphrase locks only what lies
    beside it: `sources` are the files that are to be locked.
    """
    from redact.custody.passphrase import (
        generate_passphrase,
        is_of_the_demo,
        read_passphrase,
        require_strength,
    )

    remark_on_modes(passphrase_file)
    if passphrase_file is not None:
        chosen = read_passphrase(passphrase_file)
        beside = Path(passphrase_file).resolve().parent
        given = [source.resolve() for source in sources]
        of_the_demo = given and beside.name == "co-production" and is_of_the_demo(chosen)
        if not of_the_demo or not all(one.is_relative_to(beside) for one in given):
            require_strength(chosen, known)
        return chosen
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "a new study needs a passphrase to lock its linkage key",
            remedy="Add --passphrase-file FILE (or - for standard input), or run it at a terminal, "
            "where redact makes one for you.",
        )
    words = generate_passphrase()
    click.echo(
        "\nThe passphrase of this study, shown this once and stored nowhere:\n\n"
        f"    {words}\n\n"
        "Write it down and keep it apart from this computer. Without it nobody can undo\n"
        "the pseudonyms, withdraw a participant or go on with this study.\n",
        err=True,
    )
    typed = click.prompt("Type it here to show that you have it", hide_input=True, err=True)
    if str(typed).strip() != words:
        raise UsageError(
            "that is not the passphrase shown",
            remedy="Nothing was made yet: run the command again for a new one.",
        )
    return words


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr when that is a terminal, and nothing otherwise."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, of: int) -> None:
            if not of:  # a count beside the stages
                return
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=of)
            bar.update(tasks[stage], completed=done)

        yield show


def print_result(as_json: bool, result: dict[str, Any], lines: list[str], code: int = 0) -> int:
    """One JSON object, or the lines; gives the exit code back."""
    if as_json:
        click.echo(as_one_line({"ok": code == 0, "exit": code, **result}))
    else:
        click.echo(shown("\n".join(lines), keep="\n\t"))
    return code


def as_one_line(result: Mapping[str, Any]) -> str:
    """JSON in which everything unseen is an escape of JSON's own."""
    text = json.dumps(result, ensure_ascii=False)
    if text.isascii():
        return text
    return "".join(json.dumps(char)[1:-1] if is_unseen(char) else char for char in text)


def refusal_lines(refusals: Iterable[Refusal]) -> list[str]:
    """Each file that cannot be taken, below what is wrong with it and what to do."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in refusals:
        alike.setdefault((one.what, one.at_a_terminal), []).append(one.where)
    lines = []
    for (what, remedy), places in alike.items():
        if len(places) == 1:
            lines.append(shown(f"  {places[0]}: {what}. {remedy}"))
        else:
            lines.append(shown(f"  {len(places)} files: {what}. {remedy}"))
            lines += [shown(f"    {place}") for place in places]
    return lines


def gate_lines(gates: Iterable[Mapping[str, Any]]) -> list[str]:
    """Each gate with its result; of one that refused also where, and what to do."""
    lines = []
    for one in gates:
        sign = {"passed": "✓", "overridden": "!"}.get(str(one["result"]), "✗")
        lines.append(f"  {sign} {one['gate']}: {one['result']}")
        if one["result"] == "refused":
            places, count = one["places"], one["findings"]
            lines += [f"      {place}" for place in places[:_PLACES]]
            if count > _PLACES:
                lines.append(f"      and {count - _PLACES} more")
            lines.append(f"      {one['remedy']}")
    return lines
