"""Nothing in a drawing lies over anything else, every text fits in its box, and all of it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from bot.checks.drawing.layout import WIDTH, Chart, chart
from bot.checks.drawing.shapes import Box, Node, Text
from bot.knowledge import Knowledge
from tests.checks.drawings import CHECK_IDS, every_answer, titles

SMALLEST_LETTERS = 13.0
CONTRAST = 4.5
EACH_CHECK = pytest.mark.parametrize("check_id", CHECK_IDS)


@pytest.fixture(params=["plain", "walked"])
def drawn(request: pytest.FixtureRequest, knowledge: Knowledge, check_id: str) -> Chart:
    check = knowledge.checks[check_id]
    walked = every_answer(check) if request.param == "walked" else ()
    return chart(check, titles(knowledge.checks), walked)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for inner in node.nodes:
        yield from _nodes(inner)


def _painted(node: Node) -> Box:
    """The room of a node with the outer half of its border."""
    out = 0.0 if node.look.border == "none" else node.look.thickness / 2
    return Box(node.box.left - out, node.box.top - out, node.box.width + 2 * out, node.box.height + 2 * out)


def _overlap(one: Box, other: Box) -> bool:
    return (
        min(one.right, other.right) - max(one.left, other.left) > 0.01
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.01
    )


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner.left >= outer.left - 0.01
        and inner.right <= outer.right + 0.01
        and inner.top >= outer.top - 0.01
        and inner.bottom <= outer.bottom + 0.01
    )


@EACH_CHECK
def test_boxes_lie_within_the_box_around_them_and_never_over_one_another(drawn: Chart) -> None:
    for node in _nodes(drawn.sheet):
        assert [inner.name for inner in node.nodes if not _within(_painted(inner), node.box)] == []
        wrong = [(a.name, b.name) for a, b in combinations(node.nodes, 2) if _overlap(_painted(a), _painted(b))]
        assert wrong == []


@EACH_CHECK
def test_texts_lie_within_their_box_and_never_over_anything(drawn: Chart) -> None:
    for node in _nodes(drawn.sheet):
        assert [text.words for text in node.texts if not _within(text.box, node.box)] == []
        assert [(a.words, b.words) for a, b in combinations(node.texts, 2) if _overlap(a.box, b.box)] == []
        boxes = [_painted(inner) for inner in node.nodes]
        assert [text.words for text in node.texts if any(_overlap(text.box, box) for box in boxes)] == []


@EACH_CHECK
def test_arrows_and_ticks_lie_within_their_box_and_beside_the_words(drawn: Chart) -> None:
    for node in _nodes(drawn.sheet):
        for stroke in node.strokes:
            xs, ys = zip(*stroke.points, strict=True)
            box = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
            assert _within(box, node.box)
            around = Box(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1)
            assert [text.words for text in node.texts if _overlap(around, text.box)] == []
            assert [inner.name for inner in node.nodes if _overlap(around, inner.box)] == []


@EACH_CHECK
def test_a_drawing_is_as_wide_as_a_phone_and_no_letter_is_small(drawn: Chart) -> None:
    assert drawn.sheet.box.width == WIDTH == 360
    assert min(text.type.size for node in _nodes(drawn.sheet) for text in node.texts) >= SMALLEST_LETTERS


@EACH_CHECK
def test_every_text_stands_out_from_what_it_stands_on(drawn: Chart) -> None:
    faint = [
        (text.words, text.type.colour, ground)
        for text, ground in _texts_on(drawn.sheet, "#ffffff")
        if _contrast(text.type.colour, ground) < CONTRAST
    ]
    assert faint == []


@EACH_CHECK
def test_an_arrow_comes_down_to_a_question_where_the_one_above_leads_to_it(knowledge: Knowledge, check_id: str) -> None:
    check = knowledge.checks[check_id]
    sheet = chart(check, titles(knowledge.checks)).sheet
    tips = [max(y for _, y in stroke.points) for stroke in sheet.strokes if stroke.closed]
    questions = [node for node in sheet.nodes if node.name.startswith("question.")]
    for above, node in zip((None, *questions), questions, strict=False):
        pointed_at = any(0 < node.box.top - tip < 10 for tip in tips)
        question = None if above is None else check.question(above.name.removeprefix("question."))
        leads = {option.leads for option in question.options} if question is not None else {check.questions[0].id}
        assert pointed_at == (node.name.removeprefix("question.") in leads)


def _texts_on(node: Node, ground: str) -> Iterator[tuple[Text, str]]:
    """Every text with the colour that it stands on."""
    ground = ground if node.look.fill == "none" else node.look.fill
    yield from ((text, ground) for text in node.texts)
    for inner in node.nodes:
        yield from _texts_on(inner, ground)


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as the Web Content Accessibility Guidelines define it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_is_measured_as_defined() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
