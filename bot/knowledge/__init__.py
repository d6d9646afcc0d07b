"""What the assistant knows: loads, validates and searches the YAML files of knowledge/.
Every other package may import this one; it imports none of them."""

from bot.knowledge.archive import Archived, archived, keep
from bot.knowledge.area_rules import NATIONAL, ApprovalNeed, Deadline, approval, approval_rules, deadline
from bot.knowledge.currency import Notice, currency_notices, is_old, is_withheld
from bot.knowledge.due import (
    NEAR_DAYS,
    OLDEST_LAW_DAYS,
    Due,
    DueContact,
    DueLaw,
    DueSource,
    Withheld,
    due,
    due_as_json,
)
from bot.knowledge.faults import Fault, KnowledgeError
from bot.knowledge.letters import PLACE, Block, FilledBy, Letter, LetterField
from bot.knowledge.likeness import NearTwin, near_twins
from bot.knowledge.loading import load
from bot.knowledge.located import fault_in
from bot.knowledge.menu import Situation
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
from bot.knowledge.pages import Match, PageIndex, Piece
from bot.knowledge.scaffold import ScaffoldError, new_unit
from bot.knowledge.search import Hit, Index
from bot.knowledge.trained import (
    Confusion,
    Trained,
    TrainedError,
    changed_intents,
    example_digests,
    read_trained,
    unknown_units,
)
from bot.knowledge.watching import Fingerprint, fingerprint, settled, stirrings

__all__ = [
    "NATIONAL",
    "NEAR_DAYS",
    "OLDEST_LAW_DAYS",
    "PLACE",
    "ApprovalNeed",
    "Archived",
    "Area",
    "Block",
    "Check",
    "Citation",
    "Confusion",
    "Contact",
    "Deadline",
    "Due",
    "DueContact",
    "DueLaw",
    "DueSource",
    "Fault",
    "FilledBy",
    "Fingerprint",
    "Hit",
    "Index",
    "Knowledge",
    "KnowledgeError",
    "Law",
    "Letter",
    "LetterField",
    "Match",
    "NearTwin",
    "Notice",
    "Option",
    "Outcome",
    "PageIndex",
    "Piece",
    "Question",
    "RecordField",
    "ScaffoldError",
    "Situation",
    "Source",
    "Term",
    "Topic",
    "Trained",
    "TrainedError",
    "Trigger",
    "Withheld",
    "approval",
    "approval_rules",
    "archived",
    "changed_intents",
    "currency_notices",
    "deadline",
    "due",
    "due_as_json",
    "example_digests",
    "fault_in",
    "fingerprint",
    "fold",
    "is_old",
    "is_withheld",
    "keep",
    "load",
    "near_twins",
    "new_unit",
    "read_trained",
    "settled",
    "stirrings",
    "unknown_units",
]  # fmt: skip
