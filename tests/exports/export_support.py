"""A log with records in it, as the tests of exports need them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.decision_log import DecisionLog, Draft, FieldValue, PathStep, new_request_id
from bot.knowledge import Knowledge, load

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
WORDS = "She said that she is afraid at home."
ACCOUNT = "account-1"


@cache
def knowledge() -> Knowledge:
    return load(Path(__file__).parents[2] / "knowledge")


def open_log(folder: Path) -> DecisionLog:
    return DecisionLog.open(f"sqlite:///{folder}/log.db", folder / "log.key", knowledge().fields, 20.0)


def recorded(
    log: DecisionLog, at: datetime = NOW, *, text: str = WORDS, by: str = ACCOUNT, decision: str = "shared",
    consent: str = "", waits: bool = False,
) -> str:  # fmt: skip
    """The reference of a record that was just confirmed."""
    fields = {
        "decision": FieldValue((decision,)), "reasons": FieldValue(("protect-child",), text),
        "shared-with": FieldValue(("not-recorded",)),
        **({"consent-answer": FieldValue((consent,))} if consent else {}),
    }  # fmt: skip
    draft = Draft(
        new_request_id(), "share-decision", "seek-advice" if waits else "act-now",
        (PathStep("share-decision", "purpose", "harm-now"),), fields, "national", knowledge().version, waits,
        "routine" if waits else "now", by,
    )  # fmt: skip
    return log.confirm(draft, at).reference
