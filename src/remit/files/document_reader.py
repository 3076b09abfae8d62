"""A program of its own that reads the words of one PDF or Word file: bytes in, JSON out.

``remit.files.documents`` starts it with what it may take, and ends it where it takes too long.
Nothing in a document is run, and nothing that it names is opened.
"""

import json
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from remit.files.process_limits import take_no_more

_MOST_ROWS = 2_000


class _Fault(ValueError):
    """A document cannot be read; the message is one of those of ``documents``."""


def _pdf(content: bytes, pages: int, signs: int) -> dict[str, Any]:
    import pypdf

    book = pypdf.PdfReader(BytesIO(content), strict=False)
    if book.is_encrypted and not book.decrypt(""):
        raise _Fault("locked")
    parts: list[str] = []
    length = 0
    for number, page in enumerate(book.pages):
        if number == pages or length > signs:
            return {"text": "\n".join(parts)[:signs], "tables": [], "cut": True}
        parts.append(page.extract_text())
        length += len(parts[-1])
    return {"text": "\n".join(parts)[:signs], "tables": [], "cut": length > signs}


def _docx(content: bytes, _: int, signs: int) -> dict[str, Any]:
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(BytesIO(content)).element.body
    text, cut = _as_far_as(_lines(body, qn("w:p"), qn("w:t")), signs)
    tables = [
        [_cells(row, qn("w:tc"), qn("w:t")) for row in islice(table.iter(qn("w:tr")), _MOST_ROWS)]
        for table in islice(body.iter(qn("w:tbl")), _MOST_ROWS)
    ]
    return {"text": text, "tables": tables, "cut": cut}


def _lines(body: Any, paragraph: str, run: str) -> Iterator[str]:
    """The paragraphs in their order, those of tables and of boxes included."""
    for one in body.iter(paragraph):
        yield "".join(node.text or "" for node in one.iter(run))


def _cells(row: Any, cell: str, run: str) -> list[str]:
    return ["".join(node.text or "" for node in one.iter(run)) for one in row.iter(cell)]


def _as_far_as(lines: Iterator[str], signs: int) -> tuple[str, bool]:
    kept: list[str] = []
    for line in lines:
        signs -= len(line) + 1
        if signs < 0:
            return "\n".join(kept), True
        kept.append(line)
    return "\n".join(kept), False


_READERS = {"pdf": _pdf, "docx": _docx}


def _answer(content: bytes, kind: str, memory: int, pages: int, signs: int) -> str:
    take_no_more(memory)
    try:
        return json.dumps(_READERS[kind](content, pages, signs))
    except MemoryError:
        return json.dumps({"fault": "memory"})
    except _Fault as fault:
        return json.dumps({"fault": str(fault)})
    # Whatever the libraries stumble over: they read what strangers wrote.
    except Exception as error:
        return json.dumps({"fault": type(error).__name__})


if __name__ == "__main__":
    kind, *limits = sys.argv[1:]
    # What a library says of a damaged file may quote it, and is nobody's business.
    sys.stderr = StringIO()
    sys.stdout.write(_answer(sys.stdin.buffer.read(), kind, *map(int, limits)))
