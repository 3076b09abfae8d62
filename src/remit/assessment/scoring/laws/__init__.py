"""The laws of scoring, each once: pure functions over arrays, for frames and replicates alike.

A law takes one column or many at once. A missing figure is NaN, and what follows from it is NaN:
it has no rank, counts in nobody's rank, and has no segment. Frames come here through
:mod:`remit.assessment.scoring.columns`. What each law says stands, with figures, in
``docs/rules.md``.
"""
