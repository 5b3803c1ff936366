"""The house as a plan: rooms, floors and arrows, measured from the imports of the package.

A room is a folder of `redact/` or a module at its root. An arrow goes from a room to one that it
imports, whatever the number of imports; a room stands one floor above the highest it imports.
Run it in an older checkout to compare: `python benchmarks/house.py`.
"""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

PACKAGE = "redact"


def room_of(module: str) -> str:
    """The folder or root module that a dotted module lies in; the package itself is its face."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def arrows() -> dict[str, set[str]]:
    """By room the rooms that it imports."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    imported: dict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        imported[room_of(module)].update(
            room_of(other)
            for other in graph.find_modules_directly_imported_by(module)
            if room_of(other) != room_of(module)
        )
    return {room: others - {room} for room, others in imported.items()}


def floors(imported: dict[str, set[str]]) -> dict[str, int]:
    """By room its floor, from 1; CycleError where two rooms import each other."""
    floor: dict[str, int] = {}
    for room in TopologicalSorter(imported).static_order():
        floor[room] = 1 + max((floor[other] for other in imported.get(room, ())), default=0)
    return floor


def main() -> None:
    imported = arrows()
    modules = len(list(Path(PACKAGE).glob("*.py")))
    count = sum(len(others) for others in imported.values())
    try:
        floor = floors(imported)
    except CycleError as error:
        print(f"{len(imported)} rooms, {count} arrows, and a circle: {error.args[1]}")
        return
    print(
        f"{len(imported)} rooms, {max(floor.values())} floors, {count} arrows, no circle; "
        f"{modules} modules at the root"
    )
    for level in range(max(floor.values()), 0, -1):
        print(f"{level:>3}  {'  '.join(sorted(r for r, at in floor.items() if at == level))}")


if __name__ == "__main__":
    main()
