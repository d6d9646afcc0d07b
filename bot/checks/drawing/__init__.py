"""Draws a check as a flowchart, from the check itself: SVG for the web, PNG for channels that show pictures.
Imported by bot.checks, which offers `draw` and `as_png` to the rest; imports bot.checks.engine and knowledge."""

from bot.checks.drawing.png import DrawingError, as_png
from bot.checks.drawing.svg import draw

__all__ = ["DrawingError", "as_png", "draw"]
