"""The certificate says what was completed, when, under which pseudonym, on which content, and claims nothing more."""

from __future__ import annotations

import pytest

from bot.knowledge import Knowledge, reading
from bot.training import NothingCompleted, Training, certificate
from tests.support.pdf import inside, words_of
from tests.training.test_learners import complete


def test_there_is_none_before_a_module_is_complete(training: Training, known: Knowledge) -> None:
    learner = training.begin("Quiet Heron").learner
    with pytest.raises(NothingCompleted):
        training.certificate(learner.id, known)


def test_it_says_what_when_who_and_which_version(training: Training, known: Knowledge) -> None:
    learner = training.begin("Quiet Heron").learner
    training.share(learner.id, "Ana from outreach")
    complete(training, learner.id, known)
    pdf = training.certificate(learner.id, known)
    said = words_of(pdf)
    for words in ("Quiet Heron", "A small module", "20 November 2026", known.version[:12], "no proof of competence"):
        assert words in said
    assert "Ana" not in said and learner.id not in said
    assert b"/StructTreeRoot" in inside(pdf) and b"pdfuaid" in inside(pdf)


def test_it_is_the_same_for_the_same_progress_on_the_same_day(training: Training, known: Knowledge) -> None:
    learner = training.begin("Quiet Heron").learner
    complete(training, learner.id, known)
    assert training.certificate(learner.id, known) == training.certificate(learner.id, known)


def test_letters_that_the_fonts_lack_are_shown_as_squares_and_it_is_said(training: Training, known: Knowledge) -> None:
    learner = training.begin("𐌰𐌽𐌰 Wren").learner
    complete(training, learner.id, known)
    said = words_of(training.certificate(learner.id, known))
    assert "\N{WHITE SQUARE}" in said and "white square" in said


def test_its_words_keep_to_the_reading_limits() -> None:
    texts = [value for name, value in vars(certificate).items() if name.isupper() and isinstance(value, str)]
    for text in (*texts, *certificate.NOTES):
        assert reading.problems(text) == []
