"""Fetching: a publication's files from its official pages, checked and kept with their sha256.

Public names: :func:`find` lists the files that the pages link to, :func:`fetch` downloads them,
:class:`Web` is how pages and files are asked for. This is the only room that uses the network.
"""

from remit.fetching.complaints import by_hand
from remit.fetching.find import Finding, FoundFile, find
from remit.fetching.keep import Fetched, fetch
from remit.fetching.limits import Limits, Overdue
from remit.fetching.web import Unreachable, Web

__all__ = [
    "Fetched",
    "Finding",
    "FoundFile",
    "Limits",
    "Overdue",
    "Unreachable",
    "Web",
    "by_hand",
    "fetch",
    "find",
]
