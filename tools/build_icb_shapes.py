"""Make the outlines of the ICBs from the ONS's boundaries: ``build_icb_shapes.py FILE.geojson``.

The file is "Integrated Care Boards (July 2022) EN BUC" of the ONS Open Geography Portal, in
eastings and northings. Corners are moved onto a coarse grid, so that neighbours still share them;
islands too small to be seen are left out, but no ICB is. Tiles are kept as they stand.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from remit.register.load import load_register

TARGET = Path(__file__).parents[1] / "src/remit/declarations/shapes/icbs.yaml"
WEST, NORTH, METRES, SMALLEST = 80_000, 660_000, 1_200, 4
Corner = tuple[int, int]


def on_grid(ring: list[list[float]]) -> list[Corner]:
    """A ring on the grid, without corners that fall together."""
    corners: list[Corner] = []
    for east, north in ring:
        corner = (round((east - WEST) / METRES), round((NORTH - north) / METRES))
        if not corners or corners[-1] != corner:
            corners.append(corner)
    return corners[:-1] if len(corners) > 1 and corners[0] == corners[-1] else corners


def area(ring: list[Corner]) -> float:
    """The area of a ring in squares of the grid."""
    pairs = pairwise([*ring, ring[0]])
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def written(ring: list[Corner]) -> str:
    """A ring as the declaration has it."""
    steps = [f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(ring)]
    return " ".join([f"{ring[0][0]} {ring[0][1]}", *steps])


def rings_of(geometry: dict[str, Any]) -> list[str]:
    """The rings of an area, the largest first."""
    whole = geometry["coordinates"]
    polygons = whole if geometry["type"] == "MultiPolygon" else [whole]
    found = sorted((on_grid(ring) for polygon in polygons for ring in polygon), key=area)[::-1]
    return [written(ring) for ring in found if len(ring) > 2 and area(ring) >= SMALLEST]


def main(file: str) -> None:
    """Write the outlines anew; a code that the register does not know ends it."""
    features = json.loads(Path(file).read_text(encoding="utf-8"))["features"]
    register = load_register()
    shapes = {}
    for feature in features:
        ons_code = feature["properties"]["ICB22CD"]
        found = register.find_by_ons_code(ons_code)
        if found is None:
            raise SystemExit(f"{ons_code} is not in the register")
        shapes[found.code] = rings_of(feature["geometry"])
    head, _, tail = TARGET.read_text(encoding="utf-8").partition("shapes:\n")
    _, _, tiles = tail.partition("tiles:\n")
    lines = [
        f"  - code: {code}\n    rings:\n" + "".join(f"      - {json.dumps(r)}\n" for r in rings)
        for code, rings in sorted(shapes.items())
    ]
    text = f"{head}shapes:\n{''.join(lines)}tiles:\n{tiles}"
    yaml.safe_load(text)
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
