"""Where a practice is: of each integrated care board how many of its organisations have it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from remit.model.organisation import Organisation
from remit.pages.drawing.area_map import area_map, map_shapes
from remit.practice.register.curve import PracticeSpread
from remit.practice.register.writing import RegisterSpread
from remit.register import load_register
from remit.register.outlines import icb_outlines, outline_on

BAND_WORDS = ("nobody", "fewer than half", "half or more, and not all", "all")
"""What each shade means, the palest first."""


@dataclass(frozen=True, slots=True)
class PracticeMap:
    """A map of boards by how many of their organisations have a practice, and its shades."""

    shapes: Markup
    map: Markup
    sentence: str
    attribution: str


def by_board(found: RegisterSpread, one: PracticeSpread) -> list[tuple[Organisation, int, int]]:
    """Each board that has organisations which could have it: how many have it, and of how many.

    Parameters
    ----------
    found
        The register on the day.
    one
        The practice. A board that is itself what could have it counts for itself.

    Examples
    --------
    >>> by_board(found, found.practices[0])[0][1:]  # doctest: +SKIP
    (3, 5)
    """
    register = load_register()
    could = {each.code for each in found.register.could_have(one.practice, found.on)}
    fictional = one.practice in found.register.fictional
    rows = []
    for icb in register.icbs(found.on, fictional=fictional):
        members = {each.code for each in register.members(icb.code, found.on)}
        inside = {icb.code, *members} & could
        if inside:
            rows.append((icb, len(inside & one.having.keys()), len(inside)))
    return rows


def practice_map(found: RegisterSpread, one: PracticeSpread) -> PracticeMap | None:
    """A map of the boards whose outline is known; None where none is, as in the sample.

    Parameters
    ----------
    found
        The register on the day.
    one
        The practice.

    Examples
    --------
    >>> practice_map(found, found.practices[0]) is None  # doctest: +SKIP
    True
    """
    register, rows = load_register(), by_board(found, one)
    outlines = {
        icb.code: ring for icb, _, _ in rows if (ring := outline_on(register, icb, found.on))
    }
    if not outlines:
        return None
    shades = {icb.code: _band(have, of) for icb, have, of in rows if icb.code in outlines}
    said = {icb.code: f"{icb.name_on(found.on)}: {have} of {of}" for icb, have, of in rows}
    somewhere = sum(have > 0 for _, have, _ in rows)
    name = found.register.practices[one.practice].name
    sentence = f"Map of boards: in {somewhere} of {len(rows)} somebody has {name}."
    held = icb_outlines()
    drawn = area_map((held.width, held.height), sentence, shades, said)
    return PracticeMap(map_shapes(outlines), drawn, sentence, held.attribution)


def _band(have: int, of: int) -> int:
    if not have:
        return 1
    return 4 if have == of else 3 if 2 * have >= of else 2
