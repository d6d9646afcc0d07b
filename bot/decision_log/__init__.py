"""The decision log: an append-only ledger of sharing decisions, and a vault for what may identify a person.
Imported by bot.conversation and bot.channels. It imports only bot.errors."""

from bot.decision_log.approvals import Deadlines, must_wait_again, read_deadlines
from bot.decision_log.auditing import Settlement
from bot.decision_log.backup import Backup, restore_backup, write_backup
from bot.decision_log.checkpoints import Checkpoint, CheckpointKeySource, public_key_of, read_checkpoints
from bot.decision_log.core import COMMAND_LINE, Policy
from bot.decision_log.drafts import Draft, PathStep
from bot.decision_log.errors import (
    BackupError,
    ChangedOutside,
    CheckpointError,
    ClockSetBack,
    ConfirmationConflict,
    CorrectedMeanwhile,
    DiskFull,
    IdentityErased,
    IdentityExists,
    IdentityMissing,
    InvalidDraft,
    KeyFileError,
    LogError,
    LogLocked,
    LogMissing,
    LogReadOnly,
    LogUnavailable,
    LogUncertain,
    NotAllowed,
    NotWaiting,
    Overtaken,
    OwnCorrection,
    OwnRecord,
    RecordErased,
    RecordHeld,
    RetentionChanged,
    ScheduleError,
    SchemaError,
    SchemaTooNew,
    SchemaTooOld,
    UnknownReference,
    WrongKey,
)
from bot.decision_log.fields import NOT_RECORDED, FieldOption, FieldValue, RecordField, RecordFields
from bot.decision_log.identity import IDENTITY_KEYS
from bot.decision_log.keys import KeySource
from bot.decision_log.ledger import Entry, EntryKind
from bot.decision_log.log import DecisionLog
from bot.decision_log.preview import NOT_KEPT, PreviewLine, missing, preview
from bot.decision_log.queries import Page, Search, Whose
from bot.decision_log.reading import export_line
from bot.decision_log.receipts import ActReceipt, ErasureReceipt, IdentityReceipt, Receipt
from bot.decision_log.records import Event, FieldVersion, Record, RecordSummary
from bot.decision_log.references import new_request_id, parse_reference
from bot.decision_log.retention import Due, DueList, Schedule, read_schedule
from bot.decision_log.rotation import Rotation
from bot.decision_log.states import IdentityState, RecordStatus, RetentionState
from bot.decision_log.upgrading import Upgrade, upgrade_log
from bot.decision_log.verification import Erased, Verification
from bot.decision_log.waiting import Inbox

__all__ = [
    "COMMAND_LINE",
    "IDENTITY_KEYS",
    "NOT_KEPT",
    "NOT_RECORDED",
    "ActReceipt",
    "Backup",
    "BackupError",
    "ChangedOutside",
    "Checkpoint",
    "CheckpointError",
    "CheckpointKeySource",
    "ClockSetBack",
    "ConfirmationConflict",
    "CorrectedMeanwhile",
    "Deadlines",
    "DecisionLog",
    "DiskFull",
    "Draft",
    "Due",
    "DueList",
    "Entry",
    "EntryKind",
    "Erased",
    "ErasureReceipt",
    "Event",
    "FieldOption",
    "FieldValue",
    "FieldVersion",
    "IdentityErased",
    "IdentityExists",
    "IdentityMissing",
    "IdentityReceipt",
    "IdentityState",
    "Inbox",
    "InvalidDraft",
    "KeyFileError",
    "KeySource",
    "LogError",
    "LogLocked",
    "LogMissing",
    "LogReadOnly",
    "LogUnavailable",
    "LogUncertain",
    "NotAllowed",
    "NotWaiting",
    "Overtaken",
    "OwnCorrection",
    "OwnRecord",
    "Page",
    "PathStep",
    "Policy",
    "PreviewLine",
    "Receipt",
    "Record",
    "RecordErased",
    "RecordField",
    "RecordFields",
    "RecordHeld",
    "RecordStatus",
    "RecordSummary",
    "RetentionChanged",
    "RetentionState",
    "Rotation",
    "Schedule",
    "ScheduleError",
    "SchemaError",
    "SchemaTooNew",
    "SchemaTooOld",
    "Search",
    "Settlement",
    "UnknownReference",
    "Upgrade",
    "Verification",
    "Whose",
    "WrongKey",
    "export_line",
    "missing",
    "must_wait_again",
    "new_request_id",
    "parse_reference",
    "preview",
    "public_key_of",
    "read_checkpoints",
    "read_deadlines",
    "read_schedule",
    "restore_backup",
    "upgrade_log",
    "write_backup",
]
