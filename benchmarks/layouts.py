"""Speakers, initials and codes seen, by layout: the figures of docs/layouts.md.

    python -m benchmarks.layouts                        by structure alone, in seconds
    python -m benchmarks.layouts --whole                with the models, and who is who; minutes
    python -m benchmarks.layouts --whole --to NOW.csv   the counts too, for a page
    python -m benchmarks.layouts --from tests.layouts.fresh   layouts of other modules
    python -m benchmarks.layouts --seed another         other casts and other talk
    python -m benchmarks.layouts --gold FILE.jsonl      the speakers of a gold file of one's own
    python -m benchmarks.layouts --page docs/layouts.md --before ONE.csv --now TWO.csv

The files are invented (tests/layouts); their casts are others than those of the tests.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from redact.policy import load_policy
from tests.layouts.figures import COLUMNS, Figures, Ratio, measure, see_structure, see_whole
from tests.layouts.labelled import measure_gold
from tests.layouts.read import read_layout
from tests.layouts.recipe import Layout, lay_out

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = "tests.layouts.catalogue"
HEADS = {
    "speakers": "names as labels",
    "initials": "initials as labels",
    "elsewhere": "initials elsewhere",
    "talk": "names in talk",
    "codes": "codes and roles left",
    "words": "words left",
    "marks": "times and numbers left",
    "turns": "turns right",
    "one": "one person each",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A layout, or a group or all of them, and its figures."""

    group: str
    name: str
    figures: Figures


def rows_of(layouts: Iterable[Layout], files: int, seed: str, whole: bool) -> Iterator[Row]:
    """The figures of each layout over so many files."""
    policy, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    for layout in layouts:
        figures = Figures()
        for number in range(files):
            read = read_layout(lay_out(layout, f"{seed} {number}"))
            seen = see_whole(read, policy) if whole else see_structure(read)
            figures += measure(read, seen)
        yield Row(layout.group, layout.name, figures)


def together(rows: Iterable[Row]) -> list[Row]:
    """A row for each group, and one for all of a set ("fresh: …" is of another)."""
    groups: dict[str, Figures] = {}
    for row in rows:
        groups[row.group] = groups.get(row.group, Figures()) + row.figures
    sets: dict[str, Figures] = {}
    for name, figures in groups.items():
        part, colon, _ = name.partition(": ")
        whole = f"all {part}" if colon else "all"
        sets[whole] = sets.get(whole, Figures()) + figures
    return [Row(name, "", figures) for name, figures in (*groups.items(), *sets.items())]


def write_counts(path: Path, rows: Iterable[Row]) -> None:
    """The counts as a table, from which a page can be made."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["group", "layout", *(column.name for column in COLUMNS)])
        for row in rows:
            counts = (getattr(row.figures, column.name) for column in COLUMNS)
            writer.writerow([row.group, row.name, *(f"{c.good}/{c.of}" for c in counts)])


def read_counts(path: Path) -> list[Row]:
    """What `write_counts` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                line["group"],
                line["layout"],
                Figures(**{column.name: _ratio(line[column.name]) for column in COLUMNS}),
            )
            for line in csv.DictReader(file)
        ]


def _ratio(written: str) -> Ratio:
    good, _, of = written.partition("/")
    return Ratio(int(good), int(of))


def shown(ratio: Ratio) -> str:
    """A share with as many places as tell it from 1; nothing where there is nothing."""
    if ratio.share is None:
        return ""
    text = f"{ratio.share:.3f}"
    return "0.999" if text == "1.000" and ratio.good < ratio.of else text.replace("1.000", "1.0")


def table(before: Iterable[Row], now: Iterable[Row]) -> list[str]:
    """Markdown: a line each row, and in each cell then and now."""
    earlier = {(row.group, row.name): row.figures for row in before}
    lines = [
        "| layout | " + " | ".join(HEADS[column.name] for column in COLUMNS) + " |",
        "|---|" + "---|" * len(COLUMNS),
    ]
    for row in now:
        was = earlier.get((row.group, row.name), Figures())
        cells = []
        for column in COLUMNS:
            then, today = getattr(was, column.name), getattr(row.figures, column.name)
            arrow = f"{shown(then)} → {shown(today)}" if then.of else shown(today)
            cells.append(arrow if today.of else "")
        name = f"`{row.name}`".replace("|", "\\|") if row.name else row.group
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Prints a table, and writes what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--files", type=int, default=5)
    parser.add_argument("--seed", default="figures")
    parser.add_argument("--from", dest="modules", nargs="+", default=[CATALOGUE])
    parser.add_argument("--to", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--now", type=Path)
    asked = parser.parse_args()
    if asked.page:
        before, now = read_counts(asked.before), read_counts(asked.now)
        write_page(asked.page, before, now)
        return
    if asked.gold:
        policy, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
        rows = [Row(study, "", figures) for study, figures in measure_gold(asked.gold, policy)]
        rows += together(rows)[-1:]
    else:
        layouts = [one for name in asked.modules for one in import_module(name).LAYOUTS]
        rows = list(rows_of(layouts, asked.files, asked.seed, asked.whole))
        if asked.to:
            write_counts(asked.to, rows)
        rows += together(rows)
    for row in rows:
        cells = (f"{shown(getattr(row.figures, column.name)):>9}" for column in COLUMNS)
        print(f"{row.name or row.group:44}" + " ".join(cells))
    print(f"{'':44}" + " ".join(f"{column.name:>9}" for column in COLUMNS))


BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def write_page(page: Path, before: list[Row], now: list[Row]) -> None:
    """Puts the tables between the two marks of a page; what people wrote around them stays."""
    text = page.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, foot = rest.partition(END)
    lines = ["", "", *table(together(before), together(now))]
    for group in dict.fromkeys(row.group for row in now):
        mine = [row for row in now if row.group == group]
        lines += ["", f"### {group[0].upper()}{group[1:]}", "", *table(before, mine)]
    page.write_text(f"{head}{BEGIN}" + "\n".join(lines) + f"\n\n{END}{foot}", "utf-8")


if __name__ == "__main__":
    main()
