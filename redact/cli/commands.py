"""Every command under its heading, in the order in which a study meets them, and the greeting."""

from __future__ import annotations

from collections.abc import Mapping

import click

from redact.cli import (
    answer,
    audit,
    consent,
    decisions,
    describe,
    detecting,
    entity,
    evaluating,
    explain,
    incident,
    key,
    look,
    open_page,
    papers,
    policy,
    questions,
    quotes,
    register,
    release,
    reveal,
    review,
    risk,
    run,
    stages,
    status,
    tables,
    times,
    withdraw,
)

GREETING = """\
redact turns confidential interview transcripts into a copy that can be shared.

  redact open                            does the whole job in your browser
  redact look FOLDER                     says what it understands of your files, and makes nothing
  redact run FOLDER --policy safe-copy --out my-study
                                         makes the safe copy, and a study folder that remembers
  redact review my-study --by "You"      opens the page on which you read and correct it

All commands: redact --help. A first study in ten minutes: docs/first-study.md."""

SECTIONS: Mapping[str, tuple[click.Command, ...]] = {
    "Make a safe copy": (open_page.open_page, look.look, run.run, policy.policy),
    "Read and correct it": (
        review.review,
        answer.answer,
        questions.questions,
        tables.tables,
        entity.entity,
        decisions.decisions,
        release.settle,
        explain.explain,
    ),
    "Give it away": (
        describe.describe,
        risk.risk,
        release.release,
        quotes.quotes,
        register.register,
        papers.papers,
        times.times,
    ),
    "Keep the key, and keep promises": (
        status.status,
        key.key,
        reveal.reveal,
        release.restore,
        withdraw.withdraw,
        consent.consent,
        incident.incident,
        audit.audit,
    ),
    "One stage by itself": (
        stages.init,
        detecting.detect,
        stages.link,
        stages.replace,
        evaluating.evaluate,
    ),
}


class InOrder(click.Group):
    """The commands under headings, in the order in which a study meets them."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl(
                    [(one.name or "", one.get_short_help_str(90)) for one in commands]
                )
