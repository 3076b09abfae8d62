"""The programme's own template, filled in as a program would fill it: cell by cell, in its XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

INSTRUCTIONS, TABLE = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


def fill(template: Path, path: Path, *, place: str, day: int, cells: Mapping[str, object]) -> Path:
    """Write place and month (days since 1900) beside their labels, and cells of the table.

    Formulas keep no value, as in files of programs that do not work them out.
    """
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == INSTRUCTIONS:
                content = _filled(content.decode(), {"B6": place, "B7": day}).encode()
            if name == TABLE:
                content = _filled(content.decode(), cells).encode()
            new.writestr(name, content)
    return path


def _filled(xml: str, cells: Mapping[str, object]) -> str:
    bare = re.sub(r"(<f\b[^>]*/>|</f>)<v>[^<]*</v>", r"\1", xml)
    for ref, value in cells.items():
        bare, times = re.subn(
            rf'<c r="{ref}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)',
            lambda found, ref=ref, value=value: _cell(ref, found[1] or "", value),  # type: ignore[misc]
            bare,
            count=1,
        )
        assert times == 1, ref
    return bare


def _cell(ref: str, style: str, value: object) -> str:
    if isinstance(value, str):
        return f'<c r="{ref}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{ref}"{style}><v>{value}</v></c>'
