"""The tables of the decision log as they are today; `bot.decision_log.migrations` makes them, release by release."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    and_,
    literal_column,
    text,
)

SCHEMA_VERSION = 3
"""What `about` says of the schema. A program refuses a log with a higher number, and upgrades one with a lower."""

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Names: schema_version, log_id, generation, key_check, and next_key_check while the key is being rotated."""

ledger = Table(
    "ledger",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("reference", String(12), nullable=False),  # empty where an entry is about no record
    Column("request_id", String(32), nullable=False, unique=True),
    Column("recorded_at", String(27), nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)
Index("ledger_reference", ledger.c.reference, ledger.c.sequence)
Index("ledger_kind", ledger.c.kind, ledger.c.recorded_at)
Index(
    "ledger_one_decision",
    ledger.c.reference,
    unique=True,
    sqlite_where=text("kind = 'decision'"),
    postgresql_where=text("kind = 'decision'"),
)

vault = Table(
    "vault",
    metadata,
    Column("vault_id", String(32), primary_key=True),
    Column("reference", String(12), nullable=False, index=True),
    Column("generation", Integer, nullable=False, server_default="1"),  # of the master key that wraps the row's key
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
)
Index("vault_generation", vault.c.generation)

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("entries", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
    Column("generation", Integer, nullable=False, server_default="1"),  # tells a running program of a new master key
)

sealing = Table(
    "sealing",
    metadata,
    Column("from_sequence", Integer, primary_key=True, autoincrement=False),
    Column("generation", Integer, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
)
"""The keys that seal entries, each from one entry on. Empty until the master key is rotated for the first time."""

record = Table(
    "record",
    metadata,
    Column("reference", String(12), primary_key=True),
    Column("sequence", Integer, nullable=False),  # of its decision
    Column("last_sequence", Integer, nullable=False),
    Column("recorded_at", String(27), nullable=False),
    Column("check_id", String(80), nullable=False),
    Column("outcome_id", String(80), nullable=False),
    Column("area", String(80), nullable=False),
    Column("urgency", String(24), nullable=False),
    Column("content_version", String(100), nullable=False),
    Column("decision", String(80), nullable=False),  # empty where none was chosen
    Column("author", String(64), nullable=False),  # account ids; empty where nobody is known
    Column("responsible", String(64), nullable=False),
    Column("status", String(24), nullable=False),
    Column("due_at", String(27), nullable=False),  # of an approval that is waited for; empty otherwise
    Column("settled_at", String(27), nullable=False),  # of the approval, return or take-over that stands
    Column("review_on", String(10), nullable=False),
    Column("kept_from", String(27), nullable=False),  # from when the time of retention runs
    Column("keep_until", String(10), nullable=False),  # what a review before erasure decided
    Column("retention", String(16), nullable=False),
    Column("identity", String(8), nullable=False),
    Column("erased_at", String(27), nullable=False),
    Column("corrections", Integer, nullable=False),
)
"""Where each record stands. A cache: every value follows from the ledger, and `sharewell log rebuild` makes it anew."""
Index("record_sequence", record.c.sequence, unique=True)
Index("record_status_newest", record.c.status, record.c.sequence)
Index("record_recorded", record.c.recorded_at)
Index("record_author", record.c.author, record.c.sequence)
Index("record_area", record.c.area, record.c.sequence)
Index("record_decision", record.c.decision, record.c.sequence)
Index("record_check", record.c.check_id, record.c.sequence)
Index("record_outcome", record.c.outcome_id, record.c.sequence)

# A value stands in these words as it is: sent apart, it would hide from the database that an index holds the records.
WAITING = record.c.status == literal_column("'waiting-for-approval'")
DUE_FOR_REVIEW = and_(record.c.review_on > literal_column("''"), record.c.erased_at == literal_column("''"))
NOT_ERASED = record.c.erased_at == literal_column("''")
NOT_JUST_KEPT = record.c.retention != literal_column("'kept'")
TAKEN_OVER = record.c.responsible != record.c.author
_PARTIAL = {
    "record_waiting": ((record.c.due_at, record.c.sequence, record.c.author, record.c.responsible), WAITING),
    "record_review_due": (
        (record.c.review_on, record.c.sequence, record.c.author, record.c.responsible), DUE_FOR_REVIEW
    ),
    "record_kept": ((record.c.kept_from, record.c.sequence), NOT_ERASED),
    "record_not_just_kept": ((record.c.retention, record.c.sequence), NOT_JUST_KEPT),
    "record_taken_over": ((record.c.responsible, record.c.sequence), TAKEN_OVER),
}  # fmt: skip
for _name, (_columns, _only) in _PARTIAL.items():
    Index(_name, *_columns, sqlite_where=_only, postgresql_where=_only)

record_choice = Table(
    "record_choice",
    metadata,
    Column("field_id", String(80), primary_key=True),
    Column("option_id", String(80), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),  # of the record's decision
)
"""Which records hold which option, after corrections. A cache as `record` is."""
Index("record_choice_sequence", record_choice.c.sequence)
