"""The report: one HTML file that says what a result means, and needs nothing else to be read."""

from dashboards.report.making import make_report, report_html

__all__ = ["make_report", "report_html"]
