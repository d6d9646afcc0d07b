"""The assistant counts what typed questions found, and nothing else; the report tells it without small numbers."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from pathlib import Path

from bot.exports import audit_report, audit_words
from bot.tallies import Found, Tallies
from tests.support.assistants import Bench, knowledge, made

DANGER = "he has a knife at her throat now"
NONSENSE = "0000"


def _counted(bench: Bench, tallies: Tallies) -> dict[str, int]:
    day = bench.clock.now.date()
    return {found.value: number for (_, found), number in tallies.between(day, day).items()}


def test_questions_are_counted_by_what_they_found(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.say(DANGER)
        await bench.say(NONSENSE)
        await bench.say(NONSENSE)
        await bench.say("consent refusal")
        await bench.press("menu")

    tallies = Tallies(f"sqlite:///{tmp_path / 'tallies.db'}")
    with made(tmp_path, tallies=tallies) as bench:
        asyncio.run(talk(bench))
        assert _counted(bench, tallies) == {"answer": 1, "nothing": 2, "suggestions": 1}
    tallies.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("tallies.db*"))
    assert not any(word.encode() in kept for word in ("knife", "0000", "refusal"))


def test_the_report_says_how_many_found_nothing_and_hides_small_numbers(tmp_path: Path) -> None:
    day = date(2026, 11, 18)
    with made(tmp_path) as bench:
        asked = {(day, Found.ANSWER): 40, (day, Found.SUGGESTIONS): 12, (day - timedelta(days=7), Found.NOTHING): 11}
        report = audit_report(bench.log, knowledge(), day - timedelta(days=14), day, bench.clock(), asked)
        shown = {table.title: {row.label: row.shown for row in table.rows} for table in report.tables}
        assert shown[audit_words.ASKED_TITLE] == {"An answer": "40", "A choice of answers": "12", "No answer": "11"}
        assert shown[audit_words.NOTHING_TITLE]["9 November 2026"] == "11"
        few = {**asked, (day, Found.NOTHING): 3}
        report = audit_report(bench.log, knowledge(), day - timedelta(days=14), day, bench.clock(), few)
        shown = {table.title: {row.label: row.shown for row in table.rows} for table in report.tables}
        assert shown[audit_words.NOTHING_TITLE]["16 November 2026"] == audit_words.FEW
        hidden = [audit_words.FEW, audit_words.WITHHELD]
        assert sum(value in hidden for value in shown[audit_words.NOTHING_TITLE].values()) >= 1
        total = next(table.total for table in report.tables if table.title == audit_words.NOTHING_TITLE)
        assert total in hidden or shown[audit_words.NOTHING_TITLE]["9 November 2026"] in hidden
        without = audit_report(bench.log, knowledge(), day, day, bench.clock())
        assert audit_words.ASKED_TITLE not in {table.title for table in without.tables}
