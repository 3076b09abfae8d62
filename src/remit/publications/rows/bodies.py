"""Whose figures a row holds: trusts, other providers, ICBs, regions and England."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

import polars as pl

from remit.model.organisation import OrganisationType
from remit.publications.rows.rows import Check, known_values

if TYPE_CHECKING:
    from remit.register import Register

ENGLAND = "ENG"
"""The code of England's figures."""

OTHER_PROVIDER = "other_provider"

PART = "the printed total of a part"
"""What a row is that says ``Sub-total`` or a region's name in place of a code."""

_WELL_FORMED = re.compile(r"[A-Z0-9]{3,8}")
_TRUST, _SITE = 3, 5
"""How long the codes of trusts are, and those of their sites, which begin with them."""
_PART = re.compile(
    r"(?:.*\W)?sub[- ]?totals?[*:]?(?:\W.*)?|(?:totals?|sum)\W.*|.*\W(?:totals?|sum)[*:]?",
    re.IGNORECASE,
)
_ENGLAND = re.compile(
    r"(?:(?:(?:grand|overall|national|england) )?(?:totals?|sum)|england|eng|national)"
    r"(?: total)?[*:]?",
    re.IGNORECASE,
)


def body_columns(
    frame: pl.DataFrame, column: str, register: Register, *, england: pl.Expr | None = None
) -> tuple[pl.DataFrame, list[Check]]:
    """Add ``org_code`` and ``org_kind``; refuse what is no code.

    A code of the register has its kind there (trusts), ``icb`` or ``region``. Another code of
    three to eight capitals and digits is an ``other_provider``: an independent one, a practice, or
    a body that is older than the register. ``TOTAL`` and ``England``, however they are spelled,
    become ``ENG``.

    Parameters
    ----------
    frame
        Rows as tidied text.
    column
        Where the code stands.
    register
        The organisations.
    england
        Which rows are England's; by default those that say so in the column.
    """
    regions = region_names(register)
    codes = known_values(frame, column, lambda text: _code(text, regions))
    if england is not None:
        codes = pl.when(england.fill_null(value=False)).then(pl.lit(ENGLAND)).otherwise(codes)
    frame = frame.with_columns(codes.alias("org_code"))
    kinds = known_values(frame, "org_code", lambda code: kind_of(code, register))
    reason = pl.lit("this is no organisation's code; a code has 3 to 8 capital letters and digits")
    empty = pl.when(pl.col(column).is_null() | (pl.col(column) == "")).then(
        pl.lit("the cell is empty")
    )
    part = known_values(frame, column, lambda text: PART if says_part(text, regions) else None)
    return frame.with_columns(kinds.alias("org_kind")), [
        Check(pl.col("org_code").is_null(), column, pl.coalesce(empty, part, reason))
    ]


def kind_of(code: str, register: Register) -> str:
    """The kind of organisation that a well-formed code names."""
    if code == ENGLAND:
        return "england"
    found = register.find(code)
    if found is None:
        return OTHER_PROVIDER
    if found.type is OrganisationType.TRUST:
        return str(found.kind.value) if found.kind else OTHER_PROVIDER
    return str(found.type.value)


def notes_on_long_codes(codes: Iterable[str], register: Register) -> Iterator[str]:
    """A note for each code that the register does not know and that begins with a trust's.

    Parameters
    ----------
    codes
        Those of other providers.
    register
        The organisations.
    """
    for code in codes:
        trust = register.find(code[:_TRUST]) if len(code) == _SITE else None
        if trust and trust.type is OrganisationType.TRUST and register.find(code) is None:
            yield (
                f"{code} is on no register and is kept as another provider; perhaps {trust.code} "
                f"({trust.name}) is meant"
            )


def says_england(text: str) -> bool:
    """Whether a text names the total over all: ``TOTAL``, ``England``, however it is spelled.

    >>> says_england("Grand Total"), says_england("Total North West")
    (True, False)
    """
    return bool(_ENGLAND.fullmatch(" ".join(text.split())))


def says_part(text: str, regions: Collection[str]) -> bool:
    """Whether a text names the total over some of the rows.

    Parameters
    ----------
    text
        In place of a code, or beside a blank one.
    regions
        Their names, as :func:`region_names` gives them.

    Examples
    --------
    >>> [says_part(text, {"london"}) for text in ("Sub-total", "LONDON", "England total", "RTO")]
    [True, True, False, False]
    """
    plain = " ".join(text.split())
    if says_england(plain):
        return False
    return bool(_PART.fullmatch(plain)) or plain.rstrip(":").lower() in regions


def region_names(register: Register) -> frozenset[str]:
    """The names of all regions in small letters, those of the sample too."""
    regions = [*register.regions(), *register.regions(fictional=True)]
    return frozenset(region.name.lower() for region in regions)


def _code(text: str, regions: Collection[str]) -> str | None:
    if says_england(text):
        return ENGLAND
    if says_part(text, regions):
        return None
    code = text.upper()
    return code if _WELL_FORMED.fullmatch(code) else None
