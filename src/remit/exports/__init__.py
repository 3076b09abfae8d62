"""Exports: a report's view model as an accessible spreadsheet, slides and a document.

Public names: :func:`write_report` writes a report's pages and files into one folder;
:func:`write_spreadsheet`, :func:`write_slides` and :func:`write_document` write one file each.
Their libraries are loaded when a file is written.
"""

from remit.exports.document import write_document
from remit.exports.report_folder import FORMATS, Written, write_report
from remit.exports.slides import write_slides
from remit.exports.spreadsheet import write_spreadsheet

__all__ = [
    "FORMATS",
    "Written",
    "write_document",
    "write_report",
    "write_slides",
    "write_spreadsheet",
]
