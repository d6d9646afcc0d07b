"""Records to measure with: fields of their own, drafts, and the places of a log."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.benchmark.postgresql_server import Server
from bot.decision_log import DecisionLog, Draft, FieldValue, PathStep, RecordField, new_request_id

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LOCK_WAIT = 120.0
AREAS = ("national", "north", "south", "east", "west", "town", "coast", "hills")
DECISIONS = ("shared", "shared-in-part", "not-shared", "refusal-overridden", "request-declined")
AGENCIES = ("police", "hospital", "school", "general-practice", "housing", "social-care")
CHECKS = ("share-decision", "consent", "competence", "capacity", "refusal", "request", "advice", "early-help")
WORDS = "The risk of harm was weighed against what the person wished, and the reasons were talked through with a lead."


@dataclass(frozen=True)
class Option:
    id: str
    label: str


@dataclass(frozen=True)
class Field:
    id: str
    label: str
    kind: str
    options: tuple[Option, ...]
    may_add_text: bool
    identifying: bool


def _field(name: str, kind: str, options: tuple[str, ...], may_add_text: bool) -> Field:
    return Field(name, name, kind, tuple(Option(option, option) for option in options), may_add_text, may_add_text)


FIELDS: Mapping[str, RecordField] = {
    field.id: field
    for field in (
        _field("decision", "choice", DECISIONS, False),
        _field("reasons", "choices", ("protect-child", "law-requires", "consent-given", "no-need"), True),
        _field("shared-with", "choices", AGENCIES, False),
        _field("review-date", "date", (), False),
        _field("when-decided", "automatic", (), False),
    )
}


@dataclass(frozen=True)
class Place:
    """Where a log is: the address of its database, and the folder of its keys."""

    url: str
    folder: Path

    def opened(self) -> DecisionLog:
        return DecisionLog.open(self.url, self.folder / "log.key", FIELDS, LOCK_WAIT)


def draft(draft_id: str | None = None) -> Draft:
    """A record as a user of the chat makes it."""
    return Draft(
        draft_id=draft_id or new_request_id(), check_id="share-decision", outcome_id="share-it",
        path=(PathStep("share-decision", "purpose", "yes"), PathStep("share-decision", "consent", "no")),
        fields={
            "decision": FieldValue(("shared",)), "reasons": FieldValue(("protect-child", "law-requires"), WORDS),
            "shared-with": FieldValue(("police",)), "review-date": FieldValue((), "2027-05-20"),
        },
        area="national", content_version="2026.11.20", approval_needed=True, urgency="same-day", by="account-1",
    )  # fmt: skip


def in_file(folder: Path) -> Place:
    """A log in an SQLite file of a new folder."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Place(f"sqlite:///{folder / 'log.db'}", folder)


@contextmanager
def in_schema(server: Server, folder: Path) -> Iterator[Place]:
    """A log in a schema of its own, while the block lasts."""
    schema = f"bench_{secrets.token_hex(6)}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with server.connect() as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    try:
        yield Place(server.address(schema), folder)
    finally:
        with server.connect() as connection:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())
