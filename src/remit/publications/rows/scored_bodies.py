"""Whom a file of scores speaks of: trusts and ICBs, checked by code, type and day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from remit.model.organisation import OrganisationType, SubjectKind
from remit.model.period import parse_quarter
from remit.model.publication import Publication
from remit.publications.rows.reading import ReadingContext
from remit.publications.rows.rows import EMPTY, LONGEST_NAME, Check, known_values
from remit.register.closing import why_not_open
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.model.organisation import Organisation
    from remit.register import Register

_SCORED = (OrganisationType.TRUST, OrganisationType.ICB)


def scored_body_checks(
    frame: pl.DataFrame, publication: Publication, context: ReadingContext
) -> tuple[pl.DataFrame, list[Check]]:
    """Add ``org_kind``; check the code and the type of a trust or an ICB.

    An ICB is known by its code: how its type is written has not been seen in a published file.
    """
    types = {written.lower(): kind.value for written, kind in publication.trust_types.items()}
    allowed = ", ".join(publication.trust_types)
    frame = frame.with_columns(pl.col("Trust_code").str.to_uppercase())
    icb = SubjectKind.ICB.value
    written = known_values(frame, "Trust_type", lambda text: types.get(text.lower()))
    boards = known_values(frame, "Trust_code", lambda code: _board_name(code, context.register))
    faults = _code_faults(frame, context.register)
    fault = pl.col("Trust_code").replace_strict(faults, default=None, return_dtype=pl.String)
    reason = pl.coalesce(fault, pl.when(pl.col("Trust_code").is_null()).then(pl.lit(EMPTY)))
    kind = pl.coalesce(written, pl.when(boards.is_not_null()).then(pl.lit(icb)))
    frame = frame.with_columns(
        kind.alias("org_kind"), reason.alias("_code_fault"), boards.alias("_board")
    )
    is_board, as_board = pl.col("_board").is_not_null(), pl.col("org_kind") == icb
    return frame, [
        Check(pl.col("_code_fault").is_not_null(), "Trust_code", pl.col("_code_fault")),
        Check(
            pl.col("org_kind").is_null(),
            "Trust_type",
            pl.lit(f"this is no known type of trust; known: {allowed}"),
        ),
        Check(
            is_board & ~as_board,
            "Trust_type",
            pl.format("{} is an integrated care board and no trust", "_board"),
        ),
        Check(
            ~is_board & as_board,
            "Trust_type",
            pl.format("{} is a trust and no integrated care board", "Trust_code"),
        ),
    ]


def _board_name(code: str, register: Register) -> str | None:
    """The name of the ICB that has a code, or None."""
    found = register.find(code)
    return found.name if found and found.type is OrganisationType.ICB else None


def _code_faults(frame: pl.DataFrame, register: Register) -> dict[str, str]:
    """What is wrong with each code of a file that is neither a trust's nor an ICB's.

    A file speaks of real organisations or of the fictional ones of the sample, whichever most of
    its codes are; a code of the other sort is as wrong in it as an unknown one.
    """
    codes = frame["Trust_code"].unique().drop_nulls().to_list()
    found = {code: register.find(code) for code in codes}
    marks = [organisation.fictional for organisation in found.values() if organisation]
    fictional = 2 * sum(marks) > len(marks)
    faults = {code: _code_fault(code, found[code], fictional, register) for code in codes}
    return {code: fault for code, fault in faults.items() if fault}


def _code_fault(
    code: str, organisation: Organisation | None, fictional: bool, register: Register
) -> str:
    if not code:
        return EMPTY
    if organisation is None:
        likely = register.nearest(code[:LONGEST_NAME], among=_scored(register, fictional))
        near = ", ".join(f"{o.code} ({o.name})" for o in likely)
        return f"no organisation has this code; nearest: {near}"
    if organisation.type not in _SCORED:
        return f"{organisation.name} is neither a trust nor an integrated care board"
    if organisation.fictional != fictional:
        return f"{organisation.name} is {'real' if fictional else 'fictional'}; the others are not"
    return ""


def _scored(register: Register, fictional: bool) -> list[str]:
    """The codes of all real trusts and ICBs, or of those of the sample."""
    found = map(register.get, register.codes)
    return [o.code for o in found if o.type in _SCORED and o.fictional == fictional]


def notes_on_closed(good: pl.DataFrame, register: Register) -> Iterator[str]:
    """A sentence for each organisation that was not open in a quarter which a file gives it.

    Parameters
    ----------
    good
        Rows with ``Trust_code`` and ``release``.
    register
        The organisations, with their days.
    """
    counts = good.group_by("Trust_code", "release", maintain_order=True).len()
    for code, release, rows in counts.iter_rows():
        organisation, quarter = register.find(code), parse_quarter(release or "")
        if organisation is None or quarter is None:
            continue
        if why := why_not_open(organisation, quarter.start, quarter.end):
            has = count_words(rows, "row")
            yield f"{code} ({organisation.name}) {why}; the file has {has} of it for {release}"
