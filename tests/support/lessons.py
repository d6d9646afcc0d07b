"""A small module of the training and a first day, made on the real knowledge: for the conversation."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bot.knowledge import FirstDay, Knowledge, Module
from tests.support.assistants import knowledge

RIGHT, WRONG, OTHER = "The law asks for a reason", "The law forbids it", "The law says nothing"
MODULE = "consent"
ALARMING = "Say that she has taken an overdose"
"""A choice of the second scenario, in words that would be a report of danger from somebody's own mouth."""


def _question(name: str, topic: str) -> dict[str, object]:
    return {
        "id": name, "asks": f"What does the law say in the case {name}?", "topic": topic,
        "options": [
            {"text": f"{RIGHT} ({name})", "right": True, "because": "A reason is what it asks for."},
            {"text": f"{WRONG} ({name})", "right": False, "because": "It forbids less than people think."},
            {"text": f"{OTHER} ({name})", "right": False, "because": "It says a good deal."},
        ],
    }  # fmt: skip


def _lesson(name: str, topic: str, *questions: str) -> dict[str, object]:
    shows: list[dict[str, str]] = [{"topic": topic, "intro": "Look for the word reason."}, {"check": "share-decision"}]
    return {
        "id": name, "title": f"The lesson on {name}", "shows": shows,
        "questions": [_question(question, topic) for question in questions],
    }  # fmt: skip


def _scenario(name: str, wrong: str = "Tell her the address") -> dict[str, object]:
    return {
        "id": name, "title": f"The case of {name}", "story": "A neighbour asks you for an address.",
        "check": "share-decision",
        "steps": [
            {"id": "asks", "tells": "She asks once more.", "choices": [
                {"text": "Ask why she wants it", "good": "yes", "leads": "answers", "because": "Purpose comes first."},
                {"text": wrong, "good": "no", "leads": "end", "because": "You knew no purpose."},
            ]},
            {"id": "answers", "tells": "She is curious, that is all.", "choices": [
                {"text": "Walk the check", "good": "yes", "leads": "check", "because": "It begins with the purpose."},
                {"text": "Walk away", "good": "partly", "leads": "end", "because": "She has no answer from you."},
            ]},
        ],
        "expected": [{"at": "purpose", "answer": "no", "because": "Curiosity is no purpose."}],
        "outcome": "do-not-share", "debrief": "No purpose, no sharing. Say so, and write down why.",
    }  # fmt: skip


def _module() -> Module:
    topic = "myth-consent-always-needed"
    return Module.model_validate({
        "id": MODULE, "number": 1, "title": "Consent, refusal and trust", "summary": "About asking and being told no.",
        "minutes": 10, "outcomes": ["Say when to ask", "Say when not to ask", "Say what to write down"],
        "lessons": [
            _lesson("asking", topic, "first", "second"), _lesson("refusal", "refusal-of-consent", "third"),
            _lesson("trust", topic, "fourth"),
        ],
        "scenarios": [_scenario("curiosity"), _scenario("gossip", ALARMING)],
    })  # fmt: skip


def _first_day() -> FirstDay:
    return FirstDay.model_validate({
        "title": "Your first ten minutes", "summary": "You ask, you walk a check, and you see what is kept.",
        "steps": [
            {"id": "read", "title": "Read one page", "tells": "This is what an answer looks like.", "minutes": 2,
             "do": "read", "topic": "myth-consent-always-needed"},
            {"id": "ask", "title": "Ask a question", "tells": "Ask in your own words.", "minutes": 2, "do": "ask",
             "suggests": ["do i always need consent", "what if mum says no"]},
            {"id": "answer", "title": "Answer one", "tells": "One question about it.", "minutes": 1, "do": "answer",
             "question": f"{MODULE}/first"},
            {"id": "walk", "title": "Walk a check", "tells": "Now a made-up case.", "minutes": 3, "do": "walk",
             "scenario": f"{MODULE}/curiosity"},
            {"id": "keeps", "title": "What would be kept", "tells": "Look at it line by line.", "minutes": 2,
             "do": "keeps"},
        ],
    })  # fmt: skip


@cache
def knowledge_with_lessons() -> Knowledge:
    """The real knowledge with one small module and a first day in the place of its own."""
    return replace(knowledge(), modules={MODULE: _module()}, first_day=_first_day())
