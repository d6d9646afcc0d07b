"""Draws a check as a flowchart, from the check itself: SVG for the web, PNG for channels that show pictures.
Imported by bot.checks, which offers what stands below to the rest; imports bot.checks.engine and knowledge."""

from bot.checks.drawing.order import in_order
from bot.checks.drawing.png import DrawingError, as_png
from bot.checks.drawing.svg import describe, draw
from bot.checks.drawing.way import Way, way_through

__all__ = ["DrawingError", "Way", "as_png", "describe", "draw", "in_order", "way_through"]
