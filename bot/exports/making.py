"""Makes an export: reads the records, makes its files, writes into the ledger that it was made, and proves it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.decision_log import DecisionLog, Entry, Record, RecordSummary, parse_reference
from bot.exports import words
from bot.exports.bundle import FORMAT, SCRIPT, entry_lines, manifest_of, zipped
from bot.exports.errors import ExportEmpty, ExportRefused, ExportTooLarge
from bot.exports.orders import MOST_RECORDS, Format, Order, Scope, ScopeKind
from bot.exports.pdf import as_pdf, day_text
from bot.exports.sheets import Sheet, Sheets, as_data
from bot.exports.tables import as_csv
from bot.knowledge import Knowledge

MayRead: TypeAlias = Callable[[Record | RecordSummary], bool]

_MEDIA_TYPES = {
    Format.ZIP: "application/zip", Format.PDF: "application/pdf", Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}  # fmt: skip
_TITLES = {
    ScopeKind.RECORD: words.TITLE_RECORD, ScopeKind.PERIOD: words.TITLE_PERIOD,
    ScopeKind.SUBJECT_ACCESS: words.TITLE_SUBJECT_ACCESS,
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One file to hand over. `records` says how many it holds."""

    name: str
    media_type: str
    content: bytes
    records: int


def make_export(
    log: DecisionLog, order: Order, knowledge: Knowledge | None, now: datetime,
    may_read: MayRead = lambda record: True,
) -> Made:  # fmt: skip
    """The file that was asked for. That it was made stands in the ledger before anybody has it.

    `knowledge` gives the labels; without it the ids stand in their place. Records of a period that `may_read` does not
    let through are left out; one that was named is refused. Raises ExportEmpty, ExportRefused, ExportTooLarge,
    UnknownReference, KeyFileError, ClockSetBack, ChangedOutside or LogUnavailable.
    """
    records = list(_records(log, order.scope, may_read))
    if not records:
        raise ExportEmpty()
    sheets = [Sheets(knowledge, has_words=order.has_words).of(record) for record in records]
    files = dict(_files(order, sheets, now))
    manifest = manifest_of(order, files, len(records), knowledge.version if knowledge else "", now)
    noted = _noted(log, order, records, manifest, now)
    name = f"sharewell-{order.scope.kind.value}-{now:%Y-%m-%d-%H%M}.{order.format.value}"
    if order.format is not Format.ZIP:
        return Made(name, _MEDIA_TYPES[order.format], next(iter(files.values())), len(records))
    checkpoint = log.checkpoint_after(noted[-1], now)
    content = zipped(files, manifest, noted, checkpoint, log.public_key(), now)
    return Made(name, _MEDIA_TYPES[Format.ZIP], content, len(records))


def _records(log: DecisionLog, scope: Scope, may_read: MayRead) -> Iterator[Record]:
    references = tuple(dict.fromkeys(parse_reference(reference) for reference in scope.references))
    if scope.kind is ScopeKind.PERIOD:
        found = (summary for summary in log.find(since=scope.since, until=scope.until) if may_read(summary))
        references = tuple(summary.reference for _, summary in zip(range(MOST_RECORDS + 1), found, strict=False))
    if len(references) > MOST_RECORDS:
        raise ExportTooLarge(MOST_RECORDS)
    for reference in references:
        record = log.show(reference)
        if not may_read(record):
            raise ExportRefused(record.reference)
        yield record


def _files(order: Order, sheets: Sequence[Sheet], now: datetime) -> Iterator[tuple[str, bytes]]:
    title, notes = _TITLES[order.scope.kind], _notes(order, len(sheets), now)
    makers: Mapping[Format, Callable[[], bytes]] = {
        Format.PDF: lambda: as_pdf(title, notes, sheets, now),
        Format.CSV: lambda: as_csv(sheets),
        Format.JSON: lambda: _as_json(title, notes, sheets),
    }
    if order.format is not Format.ZIP:
        yield f"records.{order.format.value}", makers[order.format]()
        return
    yield "README.txt", _read_me(notes)
    for format_, make in makers.items():
        yield f"records.{format_.value}", make()
    entries = sorted((entry for sheet in sheets for entry in sheet.record.entries), key=lambda entry: entry.sequence)
    yield "proof/entries.jsonl", entry_lines(entries)
    yield "proof/verify_export.py", SCRIPT.read_bytes()


def _notes(order: Order, count: int, now: datetime) -> list[str]:
    notes = [
        words.MADE.format(day=day_text(now), count=count), words.INCLUDED if order.has_words else words.LEFT_OUT,
        words.CONFIDENTIAL,
    ]  # fmt: skip
    return [*notes, words.CHECK_THIRD_PARTIES] if order.scope.kind is ScopeKind.SUBJECT_ACCESS else notes


def _read_me(notes: Sequence[str]) -> bytes:
    made, redaction, confidential, *note = notes
    text = words.READ_ME.format(made=made, redaction=redaction, confidential=confidential, note="\n".join([*note, ""]))
    return text.encode("utf-8")


def _as_json(title: str, notes: Sequence[str], sheets: Sequence[Sheet]) -> bytes:
    data = {"format": FORMAT, "title": title, "notes": list(notes), "records": [as_data(sheet) for sheet in sheets]}
    return json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8")


def _noted(
    log: DecisionLog, order: Order, records: Sequence[Record], manifest: str, now: datetime
) -> tuple[Entry, ...]:
    # A period is noted once for the log; records that were named are noted each in its own timeline.
    scope = order.scope
    references = [""] if scope.kind is ScopeKind.PERIOD else [record.reference for record in records]
    return tuple(log.note_export(scope.kind.value, manifest, order.by, now, reference) for reference in references)
