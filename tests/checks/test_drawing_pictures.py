"""Drawings as pictures: of the size that was asked for, the same each time, with what the drawing holds in them."""

from __future__ import annotations

import pytest

from bot.checks import DrawingError, as_png, draw
from bot.checks.drawing import palette
from bot.knowledge import Knowledge
from tests.checks.drawings import CHECK_IDS, picture, read, size_of, titles
from tests.checks.small_checks import FIRST

TITLES = {"second": "The second", "third": "The third", "seek-advice-anonymously": "Advice"}


@pytest.mark.parametrize("check_id", CHECK_IDS)
def test_a_picture_of_every_check_has_the_size_of_its_drawing(knowledge: Knowledge, check_id: str) -> None:
    svg = draw(knowledge.checks[check_id], titles(knowledge.checks))
    height = int(read(svg).root.get("height", "0"))
    assert size_of(as_png(svg, 360)) == (360, height)


@pytest.mark.parametrize("width", [180, 720, 1080])
def test_a_picture_is_as_wide_as_was_asked_for(width: int) -> None:
    svg = draw(FIRST, TITLES)
    assert size_of(as_png(svg, width)) == (width, int(read(svg).root.get("height", "0")) * width // 360)


def test_a_picture_shows_what_the_drawing_holds() -> None:
    rows = picture(as_png(draw(FIRST, TITLES), 360)).rows
    seen = {pixel for row in rows for pixel in row}
    for colour in (palette.PAPER, palette.INK, palette.SPRUCE, palette.ALARM, palette.ALARM_WASH, palette.WHITE):
        assert tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) in seen


def test_the_same_drawing_gives_the_same_picture() -> None:
    svg = draw(FIRST, TITLES)
    assert as_png(svg, 360) == as_png(svg, 360)


@pytest.mark.parametrize("width", [-1, 0, 179, 1441])
def test_a_width_out_of_bounds_is_refused(width: int) -> None:
    with pytest.raises(DrawingError, match=f"cannot be {width} pixels wide") as caught:
        as_png(draw(FIRST, TITLES), width)
    assert caught.value.remedy == "Choose a width from 180 to 1440 pixels."


@pytest.mark.parametrize("svg", ["", "<svg", "nothing"])
def test_what_is_no_drawing_is_refused(svg: str) -> None:
    with pytest.raises(DrawingError, match="cannot be painted"):
        as_png(svg, 360)
