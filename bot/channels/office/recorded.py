"""All pages about records, for the office to take up."""

from __future__ import annotations

from bot.channels.office.adding_pages import AddingPages, Proof
from bot.channels.office.approval_pages import ApprovalPages
from bot.channels.office.audit_pages import AuditPages
from bot.channels.office.correct_pages import CorrectPages
from bot.channels.office.declaring import Page
from bot.channels.office.export_pages import ExportPages
from bot.channels.office.hand_in_pages import HandInPages
from bot.channels.office.identity_pages import IdentityPages
from bot.channels.office.record_pages import RecordPages
from bot.channels.office.retention_pages import RetentionPages
from bot.channels.office.shelf import Shelf


def pages(shelf: Shelf, proof: Proof | None = None) -> tuple[Page, ...]:
    """The pages of the decision log over `shelf`. `proof` tells whom a channel's link was opened by."""
    records = RecordPages(shelf)
    approvals, identities = ApprovalPages(shelf, records), IdentityPages(shelf, records)
    kept = (CorrectPages(shelf, records), ExportPages(shelf), RetentionPages(shelf, records), AuditPages(shelf))
    links = (*AddingPages(shelf, proof).pages(), *HandInPages(shelf).pages())
    own = (*approvals.pages(), *records.pages(), *identities.pages(), *links)
    return (*own, *(page for part in kept for page in part.pages()))
