"""What was printed and is kept: reports of a month, and any other paper."""

from hebi_charity.reports.models.paper import Paper
from hebi_charity.reports.models.report import Report

__all__ = ["Paper", "Report"]
