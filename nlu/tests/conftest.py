"""What every test of the sealed project shares."""

from __future__ import annotations

from understanding.quiet import silence

silence()
