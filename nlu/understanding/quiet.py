"""Silences Rasa and lightens its start; imported before Rasa.

Rasa's log lines, and those of its libraries, can hold what a user typed.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from typing import Any


def silence() -> None:
    """Turn off logs, warnings and telemetry of this process. Call it before Rasa is imported."""
    for name in ("LOG_LEVEL", "LOG_LEVEL_LIBRARIES", "LOG_LEVEL_MATPLOTLIB", "LOG_LEVEL_RABBITMQ", "LOG_LEVEL_KAFKA"):
        os.environ[name] = "CRITICAL"
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["SANIC_IGNORE_PRODUCTION_WARNING"] = "true"
    # SQLAlchemy 1.4 announces version 2 on standard error.
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    logging.disable(logging.CRITICAL)
    # Some libraries turn warnings on again while they are imported, so filters alone do not keep them quiet.
    warnings.showwarning = _say_nothing
    # TensorFlow imports jax where it finds it, for a converter that is not used here: a second of every start.
    sys.modules["jax"] = None  # type: ignore[assignment]


def _say_nothing(*arguments: Any, **options: Any) -> None:
    """Takes the place of the function that prints warnings."""
