"""The one place where python-calamine is called, whose faults are of several kinds."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

from remit.files.archives import printable
from remit.files.sheet_xml import LockedWorkbook, SheetError

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Rows = list[list[Any]]
"""Cells as the library gives them: text, float, bool, date, datetime, time, timedelta."""

Result = TypeVar("Result")


def opened(content: bytes) -> CalamineWorkbook:
    """A workbook in the hands of the library.

    Raises
    ------
    SheetError
        If it cannot be read.
    """
    from python_calamine import CalamineWorkbook

    return by_library(lambda: CalamineWorkbook.from_filelike(BytesIO(content)))


def rows_of(book: CalamineWorkbook, name: str) -> Rows:
    """The cells of a sheet from A1 on."""
    rows: Rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows


def by_library(call: Callable[[], Result]) -> Result:
    """Call the library; a panic of it is no Exception.

    Raises
    ------
    SheetError
        With what the library says.
    """
    from python_calamine import CalamineError, PasswordError

    try:
        return call()
    except PasswordError:
        raise LockedWorkbook from None
    except (CalamineError, OSError, ValueError, LookupError, OverflowError) as fault:
        if isinstance(fault, SheetError):
            raise
        raise SheetError(f"{printable(str(fault))}; download the file again") from None
    except MemoryError:
        raise SheetError("the memory does not suffice; close other programs") from None
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise SheetError("its content is damaged; download the file again") from None
