"""Whose figures a row holds, as a publication declares it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from remit.model.layout import Holder
from remit.publications.rows.bodies import body_columns, kind_of
from remit.publications.rows.employers import as_employers
from remit.publications.rows.rows import Check, known_values, whole_text_fits

if TYPE_CHECKING:
    from remit.register import Register

_NHS_CODE = "_nhs_code"


def holder_columns(
    frame: pl.DataFrame, holder: Holder, register: Register
) -> tuple[pl.DataFrame, list[Check]]:
    """Add ``org_code``, ``org_kind``, ``member_of``; refuse what is no code or declared to be."""
    column = holder.column
    code = pl.col(column)
    if holder.ons_codes:
        code = known_values(frame, column, lambda text: _nhs_code(text, register))
    frame = frame.with_columns(
        code.alias(_NHS_CODE), _icb_named(frame, holder.member_of, register).alias("member_of")
    )
    england = _all_fit(holder.england) if holder.england else None
    frame, checks = body_columns(frame, _NHS_CODE, register, england=england)
    if holder.read_as == "employers":
        frame = as_employers(frame)
    if holder.read_as == "practices":
        is_england = pl.col("org_kind") == "england"
        kind = pl.when(is_england).then("org_kind").otherwise(pl.lit("practice"))
        frame = frame.with_columns(kind.alias("org_kind"))
    refused = [
        Check(whole_text_fits(column, one.pattern), column, pl.lit(one.because))
        for one in holder.refuse
    ]
    return frame, [*refused, *(Check(one.fails, column, one.reason) for one in checks)]


def _icb_named(frame: pl.DataFrame, column: str, register: Register) -> pl.Expr:
    """The ICB that a row names its organisation under; none where the code is no ICB's.

    Before July 2022 the same column had the areas of that time: the register says then who belongs
    where.
    """
    if not column:
        return pl.lit(None, dtype=pl.String)

    def icb(text: str) -> str | None:
        code = _nhs_code(text.upper(), register)
        return code if kind_of(code, register) == "icb" else None

    return known_values(frame, column, icb)


def _nhs_code(text: str, register: Register) -> str:
    """The code that the NHS uses, where the register knows the one that is written."""
    known = register.find_by_ons_code(text)
    return known.code if known else text


def _all_fit(patterns: Mapping[str, str]) -> pl.Expr:
    fits = (whole_text_fits(name, f"(?i){said}") for name, said in patterns.items())
    return pl.all_horizontal(fits)
