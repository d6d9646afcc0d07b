"""A drawing as a picture, for channels that cannot show SVG."""

from __future__ import annotations

from bot.checks.drawing.metrics import FONTS
from bot.errors import SharewellError

NARROWEST = 180
WIDEST = 1440
"""The widths of a picture in pixels. A wider one of a long check would take hundreds of megabytes to paint."""

_FONT_FILES = [str(FONTS / "Arimo-Regular.ttf"), str(FONTS / "Arimo-Bold.ttf")]


class DrawingError(SharewellError):
    """A picture cannot be made: its width is out of bounds, or the SVG is damaged."""


def as_png(svg: str, width: int) -> bytes:
    """`svg`, as `draw` returns it, as a PNG picture `width` pixels wide (720 is sharp on most phones).

    Only the fonts beside this module are used, so the picture is the same on every machine. A long check at 720
    pixels takes a second, and stops every thread meanwhile: a server calls it in another process. Raises DrawingError.
    """
    if not NARROWEST <= width <= WIDEST:
        raise DrawingError(
            f"A picture cannot be {width} pixels wide.", f"Choose a width from {NARROWEST} to {WIDEST} pixels."
        )
    from resvg_py import svg_to_bytes  # a native library: only those who want pictures load it

    try:
        return svg_to_bytes(
            svg_string=svg, width=width, skip_system_fonts=True, font_files=_FONT_FILES, sans_serif_family="Arimo"
        )
    except ValueError as error:
        raise DrawingError(f"The picture cannot be painted: {error}.", "Give the SVG text that draw returns.") from None
