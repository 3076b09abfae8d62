"""Files: the ways in and out, each of them once; no module loads what only another needs.

- ``reading``: a file that a user names, opened in one place; ``workbook_limits``: how far a
  workbook is unpacked.
- ``database``: the one safe opener of DuckDB's files, behind the ``gate`` that keeps programs apart.
- ``whole``, ``delimited``, ``jsons``: files written whole or not at all, CSV that no program runs.
"""
