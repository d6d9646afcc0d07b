"""Urgent-first detection: does a message speak of danger or harm that must be acted on before anything else?
Imports nothing of the application but bot.errors; the conversation imports it. Reads masked text, keeps nothing."""

from bot.urgent.classifier import Classifier, ClassifierError, load_classifier
from bot.urgent.cues import CueFault, CueReader, Trigger, cue_faults
from bot.urgent.detector import Detected, Detector
from bot.urgent.evidence import evidence
from bot.urgent.patterns import CueError

__all__ = [
    "Classifier", "ClassifierError", "CueError", "CueFault", "CueReader", "Detected", "Detector", "Trigger",
    "cue_faults", "evidence", "load_classifier",
]  # fmt: skip
