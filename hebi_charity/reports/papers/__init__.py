"""Papers beside the monthly report. `core.registry.PaperBuilder` says how an app adds one."""

from hebi_charity.reports.papers.building import PaperRefused
from hebi_charity.reports.papers.pictures import Picture

__all__ = ["PaperRefused", "Picture"]
