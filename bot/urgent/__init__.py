"""Urgent-first detection: does a message speak of danger or harm that must be acted on before anything else?
Imports nothing of the application but bot.errors; the conversation imports it. Reads masked text, keeps nothing."""

from bot.urgent.classifier import Classifier, ClassifierError, load_classifier
from bot.urgent.detector import CueFault, Detected, Detector, cue_faults
from bot.urgent.patterns import CueError

__all__ = [
    "Classifier", "ClassifierError", "CueError", "CueFault", "Detected", "Detector", "cue_faults", "load_classifier",
]  # fmt: skip
