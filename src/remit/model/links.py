"""How a publication's files are found on its page."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from remit.model.declaration import Declaration
from remit.model.layout import checked_expression

_GROUPS = frozenset({"period", "year", "month", "quarter", "financial_year", "part"})


def _expression(text: str) -> str:
    groups = set(re.compile(checked_expression(text)).groupindex)
    if groups - _GROUPS:
        said = ", ".join(sorted(groups - _GROUPS))
        raise ValueError(f"no such group: {said}; use {', '.join(sorted(_GROUPS))}")
    return text


Expression = Annotated[str, AfterValidator(_expression)]


class Links(Declaration):
    """Which links of a landing page lead to the publication's files.

    Names of files carry suffixes that nobody can foresee, so no address is ever made up: links
    are looked for on the page.
    """

    pattern: Expression = Field(
        description="A regular expression that the whole text given by `match` fits, without "
        "regard to case. Named groups tell the period: period (April-2024), or month with year "
        "or financial_year, or quarter with financial_year; part tells files of one period apart"
    )
    match: Literal["name", "text", "address"] = Field(
        default="name",
        description="What the pattern is held against: the file's name, the link's words, or "
        "the whole address",
    )
    pages: Expression | None = Field(
        default=None,
        description="A regular expression found in the address or the words of links to further "
        "pages (one a year, say) that are followed, one level",
    )
    hosts: tuple[str, ...] = Field(
        default=(), description="Further hosts that files may lie on, beside the landing page's"
    )
    example: str = Field(description="A name that such a file had, to tell people what to look for")
    verified: bool = Field(
        default=False, description="Whether somebody saw the pattern work on the page itself"
    )
    note: str = Field(default="", description="What is known of the page, and what is not")
