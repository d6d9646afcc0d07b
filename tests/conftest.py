"""Generated examples are the same on every run, and nothing is kept of them."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("sharewell", derandomize=True, database=None, deadline=None)
settings.load_profile("sharewell")
