"""The pattern of usual sheets under attack: its time and room grow with the sheet and no faster."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from remit.files.usual_sheet import look_by_pattern
from tests.hostile.books import MAIN
from tests.hostile.growth import assert_linear
from tests.hostile.tries import Tries

KIND = "workbooks"
WORDS = str.maketrans("0123456789", "abcdefghij")


def numbered(said: str, count: int) -> str:
    """The text so many times, with a number for ``#`` and a word for ``@``."""
    return "".join(
        said.replace("#", str(n)).replace("@", str(n).translate(WORDS)) for n in range(1, count)
    )


SHEETS: dict[str, Callable[[int], str]] = {
    "one row of many cells": lambda n: (
        f'<row r="1">{"<c r=@A1@/>".replace("@", chr(34)) * n}</row>'
    ),
    "cells that nearly end": lambda n: f'<row r="1">{numbered(CELL_OF_ROW_1, n // 2)}<d/></row>',
    "rows that nearly end": lambda n: numbered(
        f'<row r="#">{"<c r=~A#~><f>A&gt;B</f><v>1</v></c>".replace("~", chr(34)) * 9}<d/></row>', n
    ),
    "beginnings of rows": lambda n: '<row r="1">' * n,
    "beginnings of tags": lambda n: '<row r="1" ' * n,
    "beginnings of tables": lambda n: "<sheetData>" * n,
    "many entities": lambda n: inline("&amp;" * n),
    "many nearly entities": lambda n: inline("&amp" * n),
    "a long text": lambda n: inline("a" * 20 * n),
    "a long formula without an end": lambda n: f'<row r="1"><c r="A1"><f>{"A" * 20 * n}',
    "many attributes": lambda n: f'<row r="1"{numbered(" @=~1~", n).replace("~", chr(34))}/>',
    "rows of many shapes": lambda n: numbered(
        '<row r="#"><c r="A#" t="inlineStr"><is><t>@</t></is></c></row>', n
    ),
    "rows with many tags": lambda n: numbered('<row r="#" @="1"><c r="A#"/></row>', n),
    "letters beyond ASCII": lambda n: inline("ł " * n),
}
CELL_OF_ROW_1 = '<c r="A1"><f>A&gt;B&lt;1</f></c>'


def inline(text: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'


@pytest.mark.parametrize("name", SHEETS)
def test_the_time_grows_with_the_sheet_and_no_faster(name: str, tries: Tries) -> None:
    def look(size: int) -> None:
        rows = SHEETS[name](size)
        look_by_pattern(
            f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
        )

    with tries.attempt(KIND, f"pattern: {name}", seconds=30) as refusal:
        assert_linear(look, 15_000)
    assert not refusal
