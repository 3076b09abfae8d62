"""Figures as people type them beside their plain form: ``£1,234``, ``(3.5)``, ``1.2k``, ``≥95``."""

from __future__ import annotations

import re
from decimal import Decimal

from remit.files.numbers import number_in
from remit.model.errors import AssessmentError

_MONEY = re.compile(r"^([+-]?)\s*[£€$]\s*(?=[\d.])")
_IN_BRACKETS = re.compile(r"\(\s*([^()]+?)\s*\)")
_THOUSANDS = re.compile(r"([+-]?[\d,.]+)\s?[kK]")
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u2009\u202f']\d{3})+(?:\.\d+)?")
_BLANKS = re.compile(r"[ \u00a0\u2009\u202f']")
SMALL_NUMBER = r"^[<≤]\s*[0-9]{1,2}$"
"""A count that is hidden for being small, such as ``<10``."""
_ASKED_FOR = re.compile(
    r"(?P<least>≥|>=|=>|>|at least|min(?:imum)?(?: of)?|not less than)"
    r"|(?P<most>≤|<=|=<|<|at most|max(?:imum)?(?: of)?|under|below|no more than|not more than)",
    re.IGNORECASE,
)


def plain_figure(cell: str) -> str:
    """A figure in digits, a point and perhaps a per cent sign; any other text as it stands.

    Parameters
    ----------
    cell
        A tidied cell.

    Examples
    --------
    >>> [plain_figure(cell) for cell in ("£1,234", "(3.5%)", "1.2k", "1 234", "95 %", "Elm")]
    ['1,234', '-3.5%', '1200', '1234', '95%', 'Elm']
    """
    if not any(sign.isdigit() for sign in cell):
        return cell
    bare, sign = cell.replace("−", "-").removesuffix("%").strip(), "%" * cell.endswith("%")
    if found := _IN_BRACKETS.fullmatch(cell):
        inner = plain_figure(found[1])
        is_plain = number_in(inner.removesuffix("%")) is not None and inner[0] not in "+-"
        return f"-{inner}" if is_plain else cell
    bare = _MONEY.sub(r"\1", bare)
    if _SPACED.fullmatch(bare):
        bare = _BLANKS.sub("", bare)
    if (found := _THOUSANDS.fullmatch(bare)) and number_in(found[1]) is not None:
        bare = f"{(Decimal(found[1].replace(',', '')) * 1000).normalize():f}"
    return f"{bare}{sign}" if number_in(bare) is not None else cell


def is_small_number(cell: str) -> bool:
    """Whether a cell hides a small count (``<5``, ``≤ 10``).

    >>> is_small_number("<10"), is_small_number("10")
    (True, False)
    """
    return bool(re.match(SMALL_NUMBER, cell))


def asked_figure(cell: str) -> tuple[str, str]:
    """A target as a figure, and which way it says is better: ``higher``, ``lower`` or neither.

    Parameters
    ----------
    cell
        What stands in a column of targets.

    Examples
    --------
    >>> asked_figure("≥ 95%"), asked_figure("at most 4"), asked_figure("95 %"), asked_figure("tbc")
    (('95%', 'higher'), ('4', 'lower'), ('95%', ''), ('tbc', ''))
    """
    found = _ASKED_FOR.match(cell)
    rest = plain_figure(cell[found.end() :].strip()) if found else plain_figure(cell)
    if number_in(rest.removesuffix("%")) is None:
        return cell, ""
    return rest, "" if found is None else "higher" if found["least"] else "lower"


def target_in(text: str, better: str | None) -> float:
    """A target that is typed as an option: ``78``, ``78%``, ``≥ 78``.

    Parameters
    ----------
    text
        What was typed.
    better
        ``higher`` or ``lower``, with which its sign must agree; another says nothing.

    Raises
    ------
    AssessmentError
        If it is no figure, or its sign asks for the other side than ``better``.

    Examples
    --------
    >>> target_in(">= 78%", "higher")
    78.0
    """
    figure, way = asked_figure(" ".join(text.split()))
    number = number_in(figure.removesuffix("%"))
    if number is None:
        raise AssessmentError(f"--target {text!r} is no figure; write it as 78, 78% or ≥78")
    if said := contrary_words(f"--target {text!r}", way, better):
        raise AssessmentError(said)
    return number


def contrary_words(target: str, way: str, better: str | None) -> str:
    """What to say where a target asks for the other side than the user; empty where it does not.

    Parameters
    ----------
    target
        The target, as the sentence names it.
    way
        What its sign asks for: ``higher``, ``lower`` or nothing.
    better
        What the user says is better.

    Examples
    --------
    >>> contrary_words("the target '≤ 4'", "lower", "higher").split(";")[0]
    "the target '≤ 4' says that lower is better, and --better is higher"
    """
    if not way or better not in {"higher", "lower"} or way == better:
        return ""
    return (
        f"{target} says that {way} is better, and --better is {better}; say --better {way}, or "
        "write the target without its sign"
    )
