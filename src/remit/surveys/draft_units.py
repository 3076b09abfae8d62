"""Which column of an export says for whom a respondent speaks: by its heading, or by its shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

import polars as pl

from remit.model.questionnaire import plain
from remit.surveys.draft_codes import bare_codes
from remit.surveys.draft_headings import CUT, KIND, RESPONDENT, ROLE, UNIT

BY_CODE, BY_NAME = "guessed by the heading", "guessed by the heading, of names and not of codes"
BY_SHAPE = "guessed: its cells look like organisations"
_BODY = r"(nhs )?(trust|organi[sz]ation|employer|provider|company|workplace|place of work|hospital)"
_NAME = re.compile(
    rf"^((the )?name of )?(your |my |the )?(current |main )?({_BODY}|icb)('?s)?( name)?$"
    rf"|^(what|which|who) (is|are) (the name of )?(your|the) (main |current )?{_BODY}('?s)?"
    r"( name)?\b(?!.* (type|kind|sector|role))"
    rf"|^(which|what) {_BODY} (do|are|did) you\b|^(where|who|whom) do you work\b|^who employs you\b"
)
_CODE = re.compile(r"^(?=.*[A-Z])[A-Z0-9]{3,6}$")
_ORGANISATION = re.compile(
    r"\b(nhs (foundation )?trust|foundation trust|integrated care board|icb|hospitals?"
    r"|healthcare|council|health board|infirmary)$",
    re.IGNORECASE,
)
_MOST_LIKE, _FEWEST, _LONGEST_NAME = 0.8, 3, 6


def unit_column(columns: Mapping[str, pl.Series]) -> tuple[str, str]:
    """The heading of the column that tells the organisation, and why; blank where none does.

    A code goes before a name, a name before what only looks like one; of several equals the one
    with most different cells, as a trust is finer than its ICB.

    Parameters
    ----------
    columns
        What stands below each heading, without blanks.

    Examples
    --------
    >>> unit_column({"Organisation": pl.Series(["Elm Vale", "Larkshire"])})[0]
    'Organisation'
    >>> unit_column({"Type of organisation": pl.Series(["Acute", "Ambulance"])})
    ('', '')
    """
    filled = {heading: given for heading, given in columns.items() if len(given)}
    for fits, why in ((_is_code, BY_CODE), (_is_name, BY_NAME), (_looks_like_one, BY_SHAPE)):
        found = [heading for heading, given in filled.items() if fits(plain(heading), given)]
        if found:
            return max(found, key=lambda heading: filled[heading].n_unique()), why
    return "", ""


def same_unit(columns: Mapping[str, pl.Series], unit: str) -> Iterable[str]:
    """Other columns that tell the organisation by its heading, as a name beside its code.

    Parameters
    ----------
    columns
        What stands below each heading, without blanks.
    unit
        The heading that is taken.

    Examples
    --------
    >>> names, codes = pl.Series(["Elm Vale", "Larkshire"]), pl.Series(["ZA1", "ZA2"])
    >>> list(same_unit({"Trust code": codes, "Trust name": names}, "Trust code"))
    ['Trust name']
    """
    most = columns[unit].n_unique() if unit in columns else 0
    for heading, given in columns.items():
        name = plain(heading)
        told = _is_code(name, given) or _is_name(name, given)
        if heading != unit and told and 10 * given.n_unique() >= 9 * most:
            yield heading


def unit_line(unit: Mapping[str, str]) -> str:
    """The line of a draft that names the organisation; where none is found, what that costs.

    >>> unit_line({"Trust": BY_NAME}).partition("#")[0]
    '  unit: ["Trust"]  '
    """
    if not unit:
        return (
            "  unit: []  # no column looks like their organisation: name it, or quotes carry "
            "neither role nor kind"
        )
    why = "; ".join(dict.fromkeys(unit.values()))
    named = json.dumps(list(unit), ensure_ascii=False)
    return f"  unit: {named}  # {why}: respondents of one are no strangers"


def _is_code(name: str, _: pl.Series) -> bool:
    return bool(UNIT.match(name)) and not RESPONDENT.match(name)


def _is_name(name: str, _: pl.Series) -> bool:
    return bool(_NAME.match(name))


def _looks_like_one(name: str, given: pl.Series) -> bool:
    """Codes as ODS gives them, or names that end as those of organisations do."""
    other = any(one.search(name) for one in (KIND, ROLE, CUT)) or RESPONDENT.match(name)
    if other or len(name.split()) > _LONGEST_NAME or bare_codes(given):
        return False
    different = given.unique().to_list()
    codes = [text for text in different if _CODE.match(text)]
    named = [text for text in different if len(text.split()) > 1 and _ORGANISATION.search(text)]
    # Short words in capital letters are no codes unless some have a figure, as ZA1 and no CEO has.
    coded = any(any(map(str.isdigit, text)) for text in codes)
    like = max(len(codes) if coded else 0, len(named))
    return len(different) >= _FEWEST and like >= _MOST_LIKE * len(different)
