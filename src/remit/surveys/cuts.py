"""The ways in which a survey is cut, and groups that are crossed: how both are named."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from remit.model.errors import SurveyError
from remit.surveys.reading.answers import Cut

ALL = "all"
"""The cut, and the group, of the whole."""
TIMES = " × "
"""Between the names of cuts and groups that are crossed."""


def parted(cut: str, group: str) -> dict[str, str]:
    """The values of a group by the names of the cuts that are crossed; none of the whole.

    >>> parted("type × region", "acute × north")
    {'type': 'acute', 'region': 'north'}
    >>> parted("all", "all")
    {}
    """
    if cut == ALL:
        return {}
    names = cut.split(TIMES)
    values = group.split(TIMES) if len(names) > 1 else [group]
    return dict(zip(names, values, strict=True))


def crossed(cuts: Sequence[Cut]) -> Cut:
    """One cut by all combinations of several that somebody gave.

    Raises
    ------
    SurveyError
        If a value holds the sign that stands between values.

    >>> kinds = Cut("kind", "Kind", ("a", "b"), np.array([0, 1, 0], dtype=np.int32))
    >>> roles = Cut("role", "Role", ("x", "y"), np.array([0, 0, 1], dtype=np.int32))
    >>> crossed([kinds, roles]).labels
    ('a × x', 'a × y', 'b × x')
    """
    if len(cuts) == 1:
        return cuts[0]
    for cut in cuts:
        if unfit := [label for label in cut.labels if TIMES in label]:
            raise SurveyError(f"{cut.name} cannot be crossed: {unfit[0]!r} holds the sign ×")
    code = np.zeros(len(cuts[0].codes), dtype=np.int64)
    known = np.ones(len(code), dtype=np.bool_)
    for cut in cuts:
        code = code * max(1, len(cut.labels)) + cut.codes
        known &= cut.codes >= 0
    found, places = np.unique(code[known], return_inverse=True)
    codes = np.full(len(code), -1, dtype=np.int32)
    codes[known] = places
    return Cut(
        TIMES.join(cut.id for cut in cuts),
        TIMES.join(cut.name for cut in cuts),
        tuple(_label(cuts, int(one)) for one in found),
        codes,
    )


def _label(cuts: Sequence[Cut], code: int) -> str:
    said: list[str] = []
    for cut in reversed(cuts):
        code, place = divmod(code, max(1, len(cut.labels)))
        said.append(cut.labels[place])
    return TIMES.join(reversed(said))
