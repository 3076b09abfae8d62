"""The ways in which a survey is cut, and groups that are crossed: how both are named."""

from __future__ import annotations

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
