"""What the assistant knows: loads, validates and searches the YAML files of knowledge/.
Every other package may import this one; it imports none of them."""

from bot.knowledge.currency import Notice, currency_notices, is_withheld
from bot.knowledge.faults import Fault, KnowledgeError
from bot.knowledge.loading import load
from bot.knowledge.model import (
    Area,
    Check,
    Citation,
    Contact,
    Knowledge,
    Law,
    Option,
    Outcome,
    Question,
    RecordField,
    Source,
    Term,
    Topic,
    Trigger,
    fold,
)
from bot.knowledge.search import Hit, Index

__all__ = [
    "Area", "Check", "Citation", "Contact", "Fault", "Hit", "Index", "Knowledge", "KnowledgeError", "Law", "Notice",
    "Option", "Outcome", "Question", "RecordField", "Source", "Term", "Topic", "Trigger", "currency_notices", "fold",
    "is_withheld", "load",
]  # fmt: skip
