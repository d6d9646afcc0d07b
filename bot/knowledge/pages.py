"""Full-text search that shows where the words stand: over topics, checks and urgent triggers, for pages.

It is an index of its own, made at the first search, so that `bot.knowledge.search`, on which the conversation leans
while Rasa is away, stays as small and quick as it is.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.model import Check, Knowledge, Topic, Trigger
from bot.knowledge.search import matching

_WEIGHTS = "0, 6.0, 8.0, 1.0"
"""Of kind_id, title, examples and body: the examples are in the words that people use."""

_TITLE_ALONE = 0.5
"""The part of a title's own likeness to the words. In the whole page's a short title weighs little beside hundreds of
examples: "refuses consent, ring the police" led to pages on ringing before the one on refusal. On questions that are no
examples, the first twenty held the right page 95.8 times of 100, against 94.4 without it."""

_OPEN, _CLOSE = "\x02", "\x03"
"""Around a word that was found. YAML allows no control characters, so no knowledge file holds one."""

_MARKED = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)
_SNIPPET_WORDS = 32
"""About two lines on a desktop, and six on a phone."""


@dataclass(frozen=True)
class Piece:
    """A piece of text, and whether it is a word that was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Match:
    """A unit that was found: `kind` is topic, check or urgent. Its title and what stands around the words."""

    kind: str
    id: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]


class PageIndex:
    """An index of one Knowledge, made when it is first searched. Safe to use from several threads."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lock = threading.Lock()

    def find(self, text: str, limit: int = 20) -> tuple[Match, ...]:
        """The best `limit` matches of any word of `text`, best first, with the words marked."""
        query = matching(text)
        if not query:
            return ()
        with self._lock:
            rows = self._database.execute(
                "select kind_id, highlight(page, 1, :open, :close), snippet(page, 3, :open, :close, '...', :words) "
                "from page left join (select rowid as number, bm25(heading) as alike from heading "
                "where heading match :query) on number = page.rowid where page match :query "
                f"order by bm25(page, {_WEIGHTS}) + {_TITLE_ALONE} * coalesce(alike, 0), page.rowid limit :limit",
                {"open": _OPEN, "close": _CLOSE, "words": _SNIPPET_WORDS, "query": query, "limit": limit},
            ).fetchall()
        return tuple(_match(*row) for row in rows)

    @cached_property
    def _database(self) -> sqlite3.Connection:
        database = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, database.close)  # from Python 3.13 an unclosed database warns
        database.execute(
            "create virtual table page using fts5"
            "(kind_id unindexed, title, examples, body, tokenize='porter unicode61')"
        )
        database.execute("create virtual table heading using fts5(title, tokenize='porter unicode61')")
        rows = list(_rows(self._knowledge))
        database.executemany("insert into page values (?, ?, ?, ?)", rows)
        database.executemany("insert into heading values (?)", [(title,) for _, title, _, _ in rows])
        return database


def _rows(knowledge: Knowledge) -> Iterator[tuple[str, str, str, str]]:
    for topic in knowledge.topics.values():
        yield f"topic {topic.id}", topic.title, "\n".join(topic.examples), _of_topic(topic)
    for check in knowledge.checks.values():
        yield f"check {check.id}", check.title, "\n".join(check.examples), _of_check(check)
    for trigger in knowledge.triggers.values():
        yield f"urgent {trigger.id}", trigger.title, "\n".join(trigger.examples), _of_trigger(trigger)


def _of_topic(topic: Topic) -> str:
    return "\n".join((topic.short, topic.long, topic.currency or ""))


def _of_check(check: Check) -> str:
    asked = [f"{question.asks} {question.why}" for question in check.questions]
    ends = [f"{outcome.title}. {outcome.means} {' '.join(outcome.do)}" for outcome in check.outcomes]
    return "\n".join((check.purpose, *asked, *ends))


def _of_trigger(trigger: Trigger) -> str:
    return "\n".join((trigger.situation, *trigger.first, trigger.consent, *trigger.then))


def _match(kind_id: str, title: str, excerpt: str) -> Match:
    kind, _, unit_id = kind_id.partition(" ")
    return Match(kind, unit_id, _pieces(title), _pieces(" ".join(excerpt.split())))


def _pieces(marked: str) -> tuple[Piece, ...]:
    """`marked` as it was, apart from its marks: what stands between them was found."""
    found = _MARKED.split(marked)
    return tuple(Piece(text, bool(place % 2)) for place, text in enumerate(found) if text)
