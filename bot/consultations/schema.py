"""The tables of the advice as they are today; `bot.consultations.migrations` makes them.

Times are seconds since 1970, UTC, on the full hour: when somebody asked is not known more exactly to anybody.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

SCHEMA_VERSION = 1

metadata = MetaData()

about = Table(
    "advice_about",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Names: schema_version, advice_id, key_check (tells the master key), locator_key (wrapped, in hexadecimal digits)."""

thread = Table(
    "advice_thread",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("reference", String(12), nullable=False, unique=True),
    Column("locator", Integer, nullable=False, index=True),
    Column("code_hash", Text, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("area", String(80), nullable=False),
    Column("subject", String(20), nullable=False),
    Column("urgency", String(30), nullable=False),
    Column("answers", LargeBinary, nullable=False),  # the check and its answers, encrypted
    Column("state", String(10), nullable=False),
    Column("version", Integer, nullable=False),  # goes up with everything that happens in the thread
    Column("adviser_id", String(40)),  # who has taken it
    Column("outcome", String(40)),
    Column("last_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
    Column("acknowledge_by", BigInteger, nullable=False),
    Column("reply_by", BigInteger, nullable=False),
    Column("acknowledged", Integer, nullable=False),  # 1: an adviser has it
    Column("read_position", Integer, nullable=False),  # the last message that the user marked read
    Column("reply_position", Integer, nullable=False),  # the last message of an adviser
    Column("told_position", Integer, nullable=False),  # the last of which a channel was told
    Column("notice", LargeBinary),  # the channel's address, encrypted; empty unless the user chose it
)
Index("advice_thread_inbox", thread.c.state, thread.c.subject, thread.c.reply_by)

message = Table(
    "advice_message",
    metadata,
    Column("thread_id", String(32), ForeignKey("advice_thread.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("side", String(10), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),  # text and links, encrypted
)

conflict = Table(
    "advice_conflict",
    metadata,
    Column("thread_id", String(32), ForeignKey("advice_thread.id", ondelete="CASCADE"), primary_key=True),
    Column("adviser_id", String(40), primary_key=True),
)
"""Advisers who never see a thread again."""
