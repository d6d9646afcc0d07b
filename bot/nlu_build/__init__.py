"""Writes Rasa's training data from the knowledge: one edit of a topic or a check, one file, no second copy.
May import knowledge; imported by the set-up and the command line only."""

from bot.nlu_build.writing import TrainingDataError, write_training_data

__all__ = ["TrainingDataError", "write_training_data"]
