"""Staff are counted by who employs them, and an ICB employs staff of its own.

Beside the trusts of an area stands the ICB's own office with the area's code. Its staff are not
the staff of its area, so as an employer it has a code of its own, ``QHM/staff``.
"""

from __future__ import annotations

import polars as pl

from remit.publications.rows.bodies import OTHER_PROVIDER

OWN_STAFF = "/staff"
"""What is added to an ICB's code where its own staff are meant."""


def as_employers(frame: pl.DataFrame) -> pl.DataFrame:
    """Give ICBs and regions that stand among employers a code and kind of their own.

    Parameters
    ----------
    frame
        Rows that each stand for one employer, with ``org_code`` and ``org_kind``.
    """
    own = pl.col("org_kind").is_in(["icb", "region"])
    code = pl.when(own).then(pl.col("org_code") + OWN_STAFF).otherwise(pl.col("org_code"))
    kind = pl.when(own).then(pl.lit(OTHER_PROVIDER)).otherwise(pl.col("org_kind"))
    return frame.with_columns(code.alias("org_code"), kind.alias("org_kind"))
