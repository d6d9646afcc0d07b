"""What leaves the decision log: records as PDF, CSV and JSON with proof, and the audit report with its charts.
Imported by bot.channels and the command line; it imports bot.decision_log, bot.knowledge and bot.errors only."""

from bot.exports.audit import MOST_DAYS, Report, Row, Table, audit_report
from bot.exports.audit_pdf import audit_notes, audit_pdf
from bot.exports.errors import ExportEmpty, ExportError, ExportRefused, ExportTooLarge
from bot.exports.making import Made, make_export
from bot.exports.orders import MOST_RECORDS, Format, FreeText, Order, Scope, ScopeKind

__all__ = [
    "MOST_DAYS",
    "MOST_RECORDS",
    "ExportEmpty",
    "ExportError",
    "ExportRefused",
    "ExportTooLarge",
    "Format",
    "FreeText",
    "Made",
    "Order",
    "Report",
    "Row",
    "Scope",
    "ScopeKind",
    "Table",
    "audit_notes",
    "audit_pdf",
    "audit_report",
    "make_export",
]
