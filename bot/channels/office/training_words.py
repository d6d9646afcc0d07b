"""Every fixed sentence of the page about training. A test holds them to the reading limits."""

from __future__ import annotations

TITLE = "Training"
ABOUT = "Who has completed which modules, of those who chose to show it."
WHAT = (
    "You see the people who chose to show this to managers. You see the name that they gave for it, the modules, and "
    "the days. Answers, certainty and practice stay with the learner."
)
NOT_ALL = (
    "Who is not here may have learnt a lot, and may have chosen not to show it. Completion is no proof of competence."
)
NOBODY = "Nobody has chosen to show their training so far."
LIST_TITLE = "People who show their training, by name"
NAME_COLUMN = "Name"
MODULES_COLUMN = "Modules completed"
NUMBER_COLUMN = "How many"
NONE_YET = "None yet"
FOLLOWING = "Show those who follow"
FIRST = "Show the first ones"
NUMBER = "{done} of {of}"
COMPLETED = "{title}: {day}"
"""How one completed module is told."""
