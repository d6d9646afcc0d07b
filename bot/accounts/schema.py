"""The tables of the accounts as they are today; `bot.accounts.migrations` makes them. Times are whole seconds, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

SCHEMA_VERSION = 3

metadata = MetaData()

about = Table(
    "accounts_about",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Names: schema_version, and salt, under which names and addresses are counted."""

account = Table(
    "account",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("name", String(60), nullable=False),  # as the person wrote it; empty until then
    Column("name_key", String(120), unique=True),  # what two names are compared by
    Column("state", String(10), nullable=False),
    Column("team", String(60), nullable=False),
    Column("area", String(80), nullable=False),
    Column("subjects", Text, nullable=False),  # a JSON list
    Column("password_hash", Text),
    Column("provider_subject", String(64), unique=True),  # a hash of issuer and subject of the organisation's sign-in
    Column("created_at", BigInteger, nullable=False),
)

account_role = Table(
    "account_role",
    metadata,
    Column("account_id", String(24), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(20), primary_key=True),
)

passkey = Table(
    "passkey",
    metadata,
    Column("id", String(400), primary_key=True),  # the credential id, base64url
    Column("account_id", String(24), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("label", String(60), nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

invitation = Table(
    "invitation",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", String(24), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", BigInteger, nullable=False),
)
"""Links that still work: one that was used is deleted."""

session = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("id", String(24), nullable=False, unique=True),
    Column("account_id", String(24), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("began_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("proved_at", BigInteger, nullable=False),  # when the person last showed who they are
    Column("rotate", Integer, nullable=False),  # 1: the token is exchanged with the next request
)

device = Table(
    "device",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", String(24), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("used_at", BigInteger, nullable=False),
)
"""Browsers in which an account has signed in with its password."""

attempts = Table(
    "attempts",
    metadata,
    Column("key", String(64), primary_key=True),  # a keyed hash of what is counted
    Column("failures", Integer, nullable=False),
    Column("next_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
)

ceremony = Table(
    "ceremony",
    metadata,
    Column("key", String(64), primary_key=True),  # a hash of the browser's token and the kind
    Column("secret", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
"""What must come back from a device or a provider, once and soon."""

identity_link = Table(
    "identity_link",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("reference", String(24), nullable=False, index=True),  # the record that the link is about
    Column("state", String(8), nullable=False),  # offered, open, done; or hand-in
    Column("holder", String(64), nullable=False),  # a hash of whoever alone may open it; empty for everybody
    Column("expires_at", BigInteger, nullable=False),
)
"""Links to the identity page of a record, and what was opened by them; and links to hand a record in."""

enrolment_invitation = Table(
    "enrolment_invitation",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", String(24), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", BigInteger, nullable=False),
)
"""Invitations to act under an account from another service."""

enrolled = Table(
    "enrolled",
    metadata,
    Column("person", String(64), primary_key=True),  # a keyed hash, whose key is not in this database
    Column("account_id", String(24), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("enrolled_at", BigInteger, nullable=False),
    Column("address", LargeBinary),  # encrypted, and only of those who asked for notices
    Column("told", BigInteger, nullable=False),  # the number of the last record that a notice was about
)

event = Table(
    "event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("account_id", String(24), nullable=False),  # who did it; empty where nobody is known
    Column("about_id", String(24), nullable=False),  # the account it was done to, where that is another
    Column("action", String(40), nullable=False),  # what was denied; empty otherwise
)
"""Sign-ins, denials and changes, without names or anything typed. It outlives the accounts it tells of."""
Index("event_at", event.c.at)
Index("event_kind", event.c.kind, event.c.number)
