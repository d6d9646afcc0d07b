"""Training: quizzes, scenarios in practice, and the progress of those who chose to keep it under a pseudonym.
Imported by bot.conversation and bot.channels. It imports bot.knowledge and bot.checks, and never the decision log."""

from bot.training.debrief import ChoiceTold, Debrief, Departure, debrief
from bot.training.errors import (
    CodeRefused,
    ContentChanged,
    InvalidPseudonym,
    NothingCompleted,
    QuestionChanged,
    TooManyGuesses,
    TrainingError,
    TrainingLocked,
    TrainingSchemaError,
    TrainingUnavailable,
    UnknownLearner,
)
from bot.training.learners import Begun, Learner, SharedProgress
from bot.training.names import LONGEST_NAME, require_name, suggested_pseudonyms
from bot.training.practice import KeptLine, PracticeRecord, WouldKeep, practice_record, would_keep
from bot.training.progress import QUESTIONS_A_DAY, KeptPractice, ModuleProgress, Progress
from bot.training.quiz import (
    Asked,
    Band,
    Certainty,
    Feedback,
    Mark,
    Marked,
    Quiz,
    Remark,
    Score,
    asked,
    lesson_quiz,
    mark,
    missed,
    module_quiz,
    question_of,
    quiz_from,
    quiz_of,
    score,
)
from bot.training.scenario import (
    AtCheck,
    AtEnd,
    AtOutcome,
    AtStep,
    Chosen,
    ScenarioPlace,
    ScenarioWalk,
    answer,
    back,
    begin,
    choose,
    place,
    scenario_of,
    walk_from,
)
from bot.training.shuffling import Choice
from bot.training.training import KEEP_DAYS, Training

__all__ = [
    "KEEP_DAYS", "LONGEST_NAME", "QUESTIONS_A_DAY", "Asked", "AtCheck", "AtEnd", "AtOutcome", "AtStep", "Band",
    "Begun", "Certainty", "Choice", "ChoiceTold", "Chosen", "CodeRefused", "ContentChanged", "Debrief", "Departure",
    "Feedback", "InvalidPseudonym", "KeptLine", "KeptPractice", "Learner", "Mark", "Marked", "ModuleProgress",
    "NothingCompleted", "PracticeRecord", "Progress", "QuestionChanged", "Quiz", "Remark", "ScenarioPlace",
    "ScenarioWalk", "Score", "SharedProgress", "TooManyGuesses", "Training", "TrainingError", "TrainingLocked",
    "TrainingSchemaError", "TrainingUnavailable", "UnknownLearner", "WouldKeep", "answer", "asked", "back", "begin",
    "choose", "debrief", "lesson_quiz", "mark", "missed", "module_quiz", "place", "practice_record", "question_of",
    "quiz_from", "quiz_of", "require_name", "scenario_of", "score", "suggested_pseudonyms", "walk_from", "would_keep",
]  # fmt: skip
