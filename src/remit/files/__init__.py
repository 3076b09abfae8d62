"""Files: the ways in and out, each of them once; no module loads what only another needs.

``reading`` opens a file that a user names, ``workbooks`` and ``archives`` unpack it as far as the
limits go. ``database`` is the one safe opener of DuckDB's files, behind the ``gate`` that keeps
programs apart. ``whole``, ``delimited`` and ``jsons`` write files: whole or not at all, and CSV
that no program runs. ``telling`` is how rooms below the commands say what they wait for.
"""
