"""Whether figures are those of the sample's organisations."""

from __future__ import annotations

from collections.abc import Iterable

from remit.register import load_register


def are_fictional(codes: Iterable[str]) -> bool:
    """Whether one of the codes is an organisation of the sample.

    >>> are_fictional(["ZA1"]), are_fictional(["RX1"])
    (True, False)
    """
    register = load_register()
    return any(one is not None and one.fictional for one in map(register.find, codes))
