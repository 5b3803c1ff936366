"""`redact evaluate`: how well detection does on annotated text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import shared
from redact.errors import UsageError

if TYPE_CHECKING:
    from redact.custody.keyfile import Opener
    from redact.evaluate.breakdown import Tally
    from redact.evaluate.metrics import Figure
    from redact.evaluate.utility import Share
    from redact.study.folder import Study

SHOWN = ("covered", "right", "precision", "strict F1", "entity", "kept", "link F1")
EVALUATION = b"surrogates and shifts of an evaluation, which writes nothing"
CAUSES = 12  # of wrong predictions, in the table; all of them are in the JSON
LINKING = (
    "link precision",
    "link recall",
    "link F1",
    "false merges",
    "silent merges",
    "splits",
    "wrong entity",
    "second entity",
)


@click.command()
@click.argument("gold", type=shared.PATH)
@shared.policy_option
@click.option("--lower", is_flag=True, help="Lower-case the text first, as a speech recogniser.")
@click.option(
    "--errors",
    type=shared.PATH,
    metavar="OUT.html",
    help="Write a page of every miss and false alarm. It holds originals.",
)
@click.option(
    "--linking",
    is_flag=True,
    help="Link the gold's own mentions: measures linking alone, without detection.",
)
@click.option(
    "--utility",
    is_flag=True,
    help="Also make the safe text, and measure what is left for the analysis.",
)
@shared.roster_option
@shared.interviews_option
@shared.workers_option
@shared.key_options
@shared.second_options
@shared.json_option
def evaluate(
    gold: Path,
    policy: str,
    lower: bool,
    errors: Path | None,
    linking: bool,
    utility: bool,
    roster: Path | None,
    interviews: Path | None,
    workers: int | None,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Measure detection, linking and utility against GOLD (JSONL, doccano, Label Studio …, brat).

    Figures by label with 95% intervals: covered (the privacy figure), right, precision by
    character, strict F1, entity, kept, and linking where the gold says who is who; persons in talk,
    as speaker labels and as initials; dates by how fine they are; precision by cause. A page of
    errors in a study is logged there; a key is needed where its policy asks for two people.
    """
    from redact.audit.events import LinkageRevealed
    from redact.chain import LinkedMentions, find_entities, link_mentions, replace_mentions
    from redact.disk import write_atomic
    from redact.evaluate.breakdown import (
        dates_by_fineness,
        persons_by_place,
        precision_by_cause,
    )
    from redact.evaluate.errors_page import find_problems, write_page
    from redact.evaluate.gold import given_mentions, lowered, read_gold
    from redact.evaluate.metrics import Predicted
    from redact.evaluate.metrics import evaluate as measure
    from redact.evaluate.utility import measure_utility
    from redact.formats.tables import read_interviews, read_roster
    from redact.key.looks import Showing, looking
    from redact.policy import load_policy
    from redact.transcript.assemble import assemble

    study = _check_place(errors, gold) if errors is not None else None
    names: tuple[str, ...] = ()
    if study is not None:
        openers = (
            shared.get_second(passphrase_file, identity),
            shared.get_second(second_passphrase_file, second_identity),
        )
        names = _agreed(study, *openers)
    loaded, _ = load_policy(shared.find_policy(policy))
    documents = read_gold(gold)
    if lower:
        documents = tuple(lowered(document) for document in documents)
    rows = read_interviews(interviews) if interviews else ()
    known = read_roster(roster) if roster else ()
    corpus = assemble({document.id: document.text for document in documents}, known, rows)
    with shared.progress_bar(as_json) as progress:
        if linking:
            given = given_mentions(documents)
            linked = LinkedMentions(given, link_mentions(corpus, given, loaded))
        else:
            linked = find_entities(corpus, loaded, workers, progress)
    entity_of = linked.entity_of()
    asked = {entity.id for entity in linked.entities if entity.question}
    predicted = {
        detection.transcript: tuple(
            Predicted(
                start=m.start,
                end=m.end,
                label=m.label,
                entity=entity_of[m.place],
                asked=entity_of[m.place] in asked,
            )
            for m in detection.mentions
        )
        for detection in linked.detections
    }
    figures = measure(documents, predicted)
    found = {d.transcript: d.mentions for d in linked.detections}
    if errors is not None:
        page = write_page(find_problems(documents, found)).encode("utf-8")
        look = LinkageRevealed(
            phase="intent",
            purpose=Showing.ERRORS.value,
            documents=len(documents),
            approved_by=names,
        )
        with looking(study, look) if study is not None else nullcontext():
            write_atomic(errors, page)
    result: dict[str, Any] = {
        "gold": str(gold),
        "documents": len(documents),
        "lower": lower,
        "figures": {
            metric: {
                label: {
                    "value": f.value,
                    "low": f.low,
                    "high": f.high,
                    "part": f.part,
                    "n": f.whole,
                }
                for label, f in by_label.items()
            }
            for metric, by_label in figures.items()
        },
    }
    lines = _table(figures, LINKING if linking else SHOWN)
    if linking:
        lines += ["", "As counts:", *_linking_counts(figures)]
    if not linking:
        speakers = {t.id: [x.speaker for x in t.turns if x.speaker] for t in corpus.transcripts}
        places = persons_by_place(documents, found, speakers)
        dates = dates_by_fineness(documents, found)
        causes = precision_by_cause(documents, found)
        result["persons covered"] = {part.name: asdict(part) for part in places}
        result["dates covered"] = {part.name: asdict(part) for part in dates}
        result["precision by cause"] = {part.name: asdict(part) for part in causes}
        lines += ["", "Persons covered:", *map(_tally_line, places)]
        lines += ["", "Dates covered, by how fine they are:", *map(_tally_line, dates)]
        lines += ["", "Precision by cause, by letters, most wrong first:"]
        lines += map(_tally_line, causes[:CAUSES])
    if utility:
        safe = replace_mentions(corpus, linked.entities, loaded, EVALUATION)
        shares = measure_utility(documents, corpus.transcripts, safe.transcripts, safe.decisions)
        result["utility"] = {name: {"value": s.value, "n": s.of} for name, s in shares.items()}
        lines += ["", *(_utility_line(name, share) for name, share in shares.items())]
    if errors is not None:
        lines += ["", f"Misses and false alarms, with originals: {errors}"]
    return shared.print_result(as_json, result, lines)


def _agreed(study: Study, opener: Opener | None, second: Opener | None) -> tuple[str, ...]:
    """The custodians who agree to a page of errors in a study; nobody is asked without two_people.

    Raises Tampered where the study's log was rolled back.
    """
    from redact.key.looks import approved, asks_for_two
    from redact.study.anchors import require_newest_log

    require_newest_log(study)
    if opener is not None:
        return approved(study, opener, second)
    if asks_for_two(study):
        raise UsageError(
            "this study's policy asks for two custodians to show originals",
            where="redact evaluate --errors",
            remedy="Open it together: --passphrase-file or --identity, and "
            "--second-passphrase-file or --second-identity.",
        )
    return ()


def _check_place(page: Path, gold: Path) -> Study | None:
    """The study in which this page lies, if it is in one that keeps a log.

    The page of errors holds originals: UsageError unless it lies among originals already. That is a
    study folder, outside what is released, or the folder of the gold file.
    """
    from redact.study.folder import Study

    folders = page.resolve().parents
    study = next((Study(folder) for folder in folders if Study(folder).exists()), None)
    if study is not None:
        private = study.safe not in folders and study.releases not in folders
    else:
        private = folders[0] in (gold.resolve(), gold.resolve().parent)
    if not private:
        raise UsageError(
            "the page of errors holds originals, and this is no place for them",
            where=str(page),
            remedy="Write it in a study folder (not under safe/ or release/), or beside GOLD.",
        )
    return study if study is not None and study.keeps_a_log() else None


def _table(figures: dict[str, dict[str, Figure]], shown: tuple[str, ...]) -> list[str]:
    labels: dict[str, None] = {}
    for metric in shown:
        labels |= dict.fromkeys(figures.get(metric, {}))
    lines = [f"{'':8}" + "".join(f"{metric:>22}" for metric in shown)]
    for label in sorted(labels, key=lambda name: (name == "ALL", name == "KEEP")):
        cells = [_cell(figures.get(metric, {}).get(label)) for metric in shown]
        lines.append(f"{label:8}" + "".join(f"{cell:>22}" for cell in cells))
    return lines


def _linking_counts(figures: dict[str, dict[str, Figure]]) -> Iterator[str]:
    """Of each kind of name how many are linked wrongly, and where."""

    def part(metric: str, label: str) -> str:
        return f"{figures[metric][label].part:,.0f}"

    for label in figures.get("false merges", {}):
        found, gold = figures["false merges"][label], figures["splits"][label]
        mentions = figures["wrong entity"][label].whole
        yield f"{label}: {found.part:,.0f} of {found.whole:,.0f} found hold two, " + (
            f"{part('silent merges', label)} of them silently; {gold.part:,.0f} of "
            f"{gold.whole:,.0f} are under two or more"
        )
        for metric, said in (("wrong entity", "in a wrong one"), ("second entity", "in a second")):
            yield f"  of {mentions:,.0f} mentions {part(metric, label)} {said}: " + (
                f"{part(f'{metric} within', label)} within a transcript, "
                f"{part(f'{metric} across', label)} only across"
            )


def _tally_line(tally: Tally) -> str:
    share = "" if tally.share is None else f"{tally.share:6.3f}  {tally.right:,} of {tally.whole:,}"
    return f"  {tally.name:38}{share}".rstrip()


def _utility_line(name: str, share: Share) -> str:
    return f"{name:32}" + ("" if share.value is None else f"{share.value:6.3f}  of {share.of:,}")


def _cell(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return ""
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"
