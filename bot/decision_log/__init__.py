"""The decision log: an append-only ledger of sharing decisions, and a vault for what may identify a person.
Imported by bot.conversation and bot.channels. It imports only bot.errors."""

from bot.decision_log.drafts import Draft, PathStep
from bot.decision_log.errors import (
    ChangedOutside,
    ConfirmationConflict,
    DiskFull,
    IdentityErased,
    IdentityExists,
    IdentityMissing,
    InvalidDraft,
    KeyFileError,
    LogError,
    LogLocked,
    LogReadOnly,
    LogUnavailable,
    SchemaError,
    SchemaTooNew,
    UnknownReference,
    WrongKey,
)
from bot.decision_log.fields import NOT_RECORDED, FieldOption, FieldValue, RecordField, RecordFields
from bot.decision_log.identity import IDENTITY_KEYS
from bot.decision_log.ledger import Entry, EntryKind
from bot.decision_log.log import DecisionLog
from bot.decision_log.preview import NOT_KEPT, PreviewLine, missing, preview
from bot.decision_log.receipts import ErasureReceipt, IdentityReceipt, Receipt
from bot.decision_log.records import Record, RecordSummary
from bot.decision_log.references import new_request_id, parse_reference
from bot.decision_log.states import IdentityState, RecordStatus
from bot.decision_log.verification import Verification

__all__ = [
    "IDENTITY_KEYS",
    "NOT_KEPT",
    "NOT_RECORDED",
    "ChangedOutside",
    "ConfirmationConflict",
    "DecisionLog",
    "DiskFull",
    "Draft",
    "Entry",
    "EntryKind",
    "ErasureReceipt",
    "FieldOption",
    "FieldValue",
    "IdentityErased",
    "IdentityExists",
    "IdentityMissing",
    "IdentityReceipt",
    "IdentityState",
    "InvalidDraft",
    "KeyFileError",
    "LogError",
    "LogLocked",
    "LogReadOnly",
    "LogUnavailable",
    "PathStep",
    "PreviewLine",
    "Receipt",
    "Record",
    "RecordField",
    "RecordFields",
    "RecordStatus",
    "RecordSummary",
    "SchemaError",
    "SchemaTooNew",
    "UnknownReference",
    "Verification",
    "WrongKey",
    "missing",
    "new_request_id",
    "parse_reference",
    "preview",
]
