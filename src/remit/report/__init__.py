"""Integrated performance reports: one view model, made from series and control charts.

Public names: :func:`build_report` makes a :class:`Report` from a store; its
:class:`ReportView` is plain data that pages, spreadsheets, slides and documents print alike.
"""

from remit.report.building import Report, build_report
from remit.report.choosing import read_metric_list
from remit.report.view import ReportView

__all__ = ["Report", "ReportView", "build_report", "read_metric_list"]
