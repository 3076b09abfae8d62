"""What the declaration of a plain publication says of its table, for the one reader of them all."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from remit.model.declaration import Declaration


def checked_expression(text: str) -> str:
    """A regular expression as it is.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from None
    return text


Expression = Annotated[str, AfterValidator(checked_expression)]


class Refusal(Declaration):
    """What may not stand in a column, and what is told to whoever sent it."""

    pattern: Expression = Field(description="A regular expression that the whole text fits")
    because: str


class Holder(Declaration):
    """Whose figures a row holds."""

    column: str
    read_as: Literal["bodies", "employers", "practices"] = Field(
        default="bodies",
        description="bodies: trusts, other providers, ICBs, regions and England, told by the code; "
        "employers: as bodies, but of an ICB or region its own staff are meant; practices: GP "
        "practices",
    )
    ons_codes: bool = Field(
        default=False,
        description="Whether codes of the Office for National Statistics stand there too",
    )
    member_of: str = Field(
        default="",
        description="The column that names the ICB which the organisation belongs to in the period",
    )
    england: dict[str, Expression] = Field(
        default={},
        description="Which rows are England's: for each column a regular expression that its text "
        "fits whole, without regard to case; by default those that say so in the column",
    )
    refuse: tuple[Refusal, ...] = ()


class PeriodPlace(Declaration):
    """Where a row's period stands and how it is written; say one of the places."""

    column: str = ""
    columns: tuple[str, ...] = Field(default=(), description="Joined by a blank")
    above: str = Field(
        default="",
        description="The label beside which it stands above the table; failing that a title says "
        "it, or --period",
    )
    file_name: bool = Field(default=False, description="It stands in the name, or --period says it")
    sheet_name: bool = Field(
        default=False, description="It stands in the name of the sheet, or --period says it"
    )
    of: Literal[
        "any",
        "month",
        "day",
        "month_of_day",
        "month_of_year",
        "month_number",
        "quarter_end",
        "quarter_of_year",
        "financial_year",
    ] = Field(
        default="month",
        description="any: a month, or any form that --period takes; month_of_day: the month that a "
        "day is in; month_of_year: of a financial year (2017-18 AUGUST); month_number: of a year "
        "(2022 9); quarter_end: the quarter that ends on a day, before 2010/11 the financial "
        "year; quarter_of_year: the one that ends with a month of a financial year (2024-25 March)",
    )
    of_total: Literal["own", "the others"] = Field(
        default="the others",
        description="Whether a row of England that says no period has that of the rows above it",
    )
    replaced_by: Literal["period", "month"] = Field(
        default="period", description="What of an earlier file a later one replaces as a whole"
    )

    @property
    def places(self) -> int:
        """How many places are named."""
        named = (self.column, self.columns, self.above, self.file_name, self.sheet_name)
        return sum(map(bool, named))


class Cut(Declaration):
    """A column that parts an organisation's figures: by test, by treatment function, by age."""

    name: str
    column: str
    whole: tuple[str, ...] = Field(
        default=("", "total"), description="What stands there in a row of the whole, in lower case"
    )
    apart: bool = Field(
        default=False, description="Whether a later file replaces parts and wholes apart"
    )
    make_whole: bool = Field(
        default=False, description="Whether a whole that is not printed is the sum of its parts"
    )


class Only(Declaration):
    """Rows that are taken, where a table holds others beside them that are knowingly not kept."""

    column: str
    pattern: Expression = Field(
        default=".*",
        description="A regular expression that the whole text of a row that is taken fits, without "
        "regard to case",
    )
    but: Expression = Field(default="", description="One that it must not fit")
    others: str = Field(description="What the other rows are, in plain words: how many is told")


class Unread(Declaration):
    """Files of a publication that are known and not read, so that whoever has one is told."""

    title: Expression = Field(
        description="A regular expression found in a text of the first rows, without regard to case"
    )
    what: str = Field(description="What such a file is, and why it is not read")
    instead: str = Field(description="What is read in its place")


class Between(Declaration):
    """Which of a row's bands a sum is of (``bands``); it is left out where an edge is none."""

    at_least: int | None = Field(default=None, description="Bands from this edge on")
    below: int | None = Field(default=None, description="Bands up to this edge")


class ByFileName(Declaration):
    """What alone the name of a file tells: which of several files with the same columns it is."""

    name: str = Field(description="How the measures refer to it: {side}")
    words: tuple[str, str] = Field(description="The name holds one of these and not the other")
    of: str = Field(description="What the files are, in plain words")


class PrintedRate(Declaration):
    """A printed rate that is made afresh of two of its row's counts and held against them."""

    column: str
    numerator: str = Field(description="The column of the count above the line")
    denominator: str
    scale: float = 100
    decimals: int = Field(default=2, description="As printed")


class AreaSum(Declaration):
    """A sum over the rows of each area, which the file does not print."""

    column: str = Field(description="Where the area's code stands")
    kind: Literal["icb"] = "icb"


class FalseZeros(Declaration):
    """Zeros that stand for figures that were not submitted, told by another figure of the row."""

    metrics: Expression = Field(description="A regular expression that their names fit whole")
    beside: str = Field(description="The metric that tells it")
    at_least: float | None = None
    at_most: float | None = None
    all_of_them: bool = Field(
        default=False, description="Only where all the figures in question are zeros"
    )
    because: str


class Totals(Declaration):
    """Which printed totals are held against the sum of what they are totals of."""

    england: bool = True
    cuts: bool = True
    but: Expression = Field(default="", description="Metrics that cannot be summed (centiles)")
