"""Full-text search over topics and checks, with SQLite's FTS5 in memory: the way to answers when Rasa is not there."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from dataclasses import dataclass

from bot.knowledge.model import Knowledge, fold

_WEIGHTS = "0, 6.0, 8.0, 1.0, 0.3"
"""Of kind_id, title, examples, short and long: the examples are in the words that people use."""

_STOP_WORDS = frozenset({
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does", "for",
        "from", "had", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "is", "it", "its", "me", "my",
        "not", "of", "on", "or", "our", "she", "should", "so", "that", "the", "their", "them", "there", "they", "this",
        "to", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you",
        "your", "about", "am", "any", "just", "need", "im", "ive",
})  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A topic or check that matches: `kind` is topic or check."""

    kind: str
    id: str
    title: str


class Index:
    """An index of one Knowledge. Safe to use from several threads."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._lock = threading.Lock()
        self._titles = {("topic", topic.id): topic.title for topic in knowledge.topics.values()}
        self._titles |= {("check", check.id): check.title for check in knowledge.checks.values()}
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._database.close)  # from Python 3.13 an unclosed database warns
        self._database.execute(
            "create virtual table unit using fts5"
            "(kind_id unindexed, title, examples, short, long, tokenize='porter unicode61')"
        )
        rows = [
            (f"topic {topic.id}", topic.title, "\n".join(topic.examples), topic.short, topic.long)
            for topic in knowledge.topics.values()
        ] + [
            (f"check {check.id}", check.title, "\n".join(check.examples), check.purpose,
             "\n".join(question.asks for question in check.questions))
            for check in knowledge.checks.values()
        ]  # fmt: skip
        self._database.executemany("insert into unit values (?, ?, ?, ?, ?)", rows)

    def search(self, text: str, limit: int = 3) -> tuple[Hit, ...]:
        """The best `limit` matches of any word of `text`, best first; none for a text without a word worth finding."""
        query = matching(text)
        if not query:
            return ()
        with self._lock:
            found = self._database.execute(
                f"select kind_id from unit where unit match ? order by bm25(unit, {_WEIGHTS}) limit ?", (query, limit)
            ).fetchall()
        hits = (tuple(kind_id.split(" ", 1)) for (kind_id,) in found)
        return tuple(Hit(kind, unit_id, self._titles[kind, unit_id]) for kind, unit_id in hits)


def matching(text: str) -> str:
    """The FTS5 query for any word of `text` worth finding, each quoted; empty where there is none."""
    words = [word for word in dict.fromkeys(fold(text)[:400].split()) if word not in _STOP_WORDS]
    return " OR ".join(f'"{word.replace(chr(34), "")}"' for word in words[:30])
