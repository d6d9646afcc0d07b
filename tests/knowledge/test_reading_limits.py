"""How sentences are told apart and counted."""

from __future__ import annotations

import pytest

from bot.knowledge.reading import LONGEST_AVERAGE, LONGEST_SENTENCE, checked, problems, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("One idea", ["One idea"]),
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Ask someone, e.g. a manager, first. Then go on.", ["Ask someone, e.g. a manager, first.", "Then go on."]),
        ("Ask someone, e.g. Durham, first.", ["Ask someone, e.g. Durham, first."]),
        ("A lead, i.e. the DSL, knows. Ask.", ["A lead, i.e. the DSL, knows.", "Ask."]),
        ("Notes, forms etc. are kept. Ask.", ["Notes, forms etc. are kept.", "Ask."]),
        ("Notes, forms etc. Then ask.", ["Notes, forms etc.", "Then ask."]),
        ("Dr. Who came. She left.", ["Dr. Who came.", "She left."]),
        ("See 2.3.1 for the steps. Then see 3.5.", ["See 2.3.1 for the steps.", "Then see 3.5."]),
        ("See p. 12 for it. Then ask.", ["See p. 12 for it.", "Then ask."]),
        ("Within 3.5 days. Ask.", ["Within 3.5 days.", "Ask."]),
        ("One line\nand its end. Two.", ["One line and its end.", "Two."]),
        ("A heading\n\nA paragraph.", ["A heading", "A paragraph."]),
        ("Do this:\n- one thing\n- two things\n\nThen rest.", ["Do this:", "one thing", "two things", "Then rest."]),
        ("Do this:\nthen that.", ["Do this:", "then that."]),
        ("- one thing, which goes on\n  over a line\n- two", ["one thing, which goes on over a line", "two"]),
        ("First: ask. Then: act.", ["First: ask.", "Then: act."]),
        ('She said "no." Then she left.', ['She said "no.', "Then she left."]),
        ('Asked "Are you well?" he left. I stayed.', ['Asked "Are you well? he left.', "I stayed."]),
        ("It is so (see the law.) Ask.", ["It is so (see the law.", "Ask."]),
        ("A well-known rule - so ask.", ["A well-known rule - so ask."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def words(count: int) -> str:
    return " ".join(["Word", *["word"] * (count - 1)]) + "."


def test_longest_sentence_is_allowed_and_one_word_more_is_not() -> None:
    assert problems(words(LONGEST_SENTENCE)) == []
    (problem,) = problems(words(LONGEST_SENTENCE + 1))
    assert problem == 'a sentence has 26 words, the limit is 25: "Word word word word word word ..."'


def test_longest_average_is_allowed_and_more_is_not() -> None:
    assert problems(" ".join([words(LONGEST_AVERAGE)] * 3)) == []
    (problem,) = problems(" ".join([words(LONGEST_AVERAGE + 1)] * 3))
    assert problem == "sentences have 21 words on average, the limit is 20"


def test_two_sentences_have_no_average() -> None:
    assert problems(" ".join([words(LONGEST_SENTENCE)] * 2)) == []


def test_signs_and_marks_are_not_words() -> None:
    assert problems(words(24)[:-1] + " - 2.3.1.") == []
    assert len(problems(words(25)[:-1] + " - 2.3.1.")) == 1


def test_sentence_cannot_hide_behind_an_abbreviation() -> None:
    text = words(15)[:-1] + ", e.g. " + words(15)[:-1].lower() + "."
    assert problems(text) == ['a sentence has 31 words, the limit is 25: "Word word word word word word ..."']


def test_each_long_sentence_is_named() -> None:
    text = f"{words(26)} {words(3)} Other {words(26).lower()}"
    assert [problem.split(":")[-1] for problem in problems(text)] == [
        ' "Word word word word word word ..."', ' "Other word word word word word ..."',
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["Don't share.", "You CAN'T share.", "It won\N{RIGHT SINGLE QUOTATION MARK}t do.", "They haven't."]
)
def test_negative_contractions(text: str) -> None:
    (problem,) = problems(text)
    assert problem.endswith("out in full")


@pytest.mark.parametrize("text", ["The child's view.", "The parents' view.", "Do not share.", "Hunt for it."])
def test_what_is_no_contraction(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Please ask.",
        "It is SAFE to share.",
        "You are safe to share this.",
        "You are cleared.",
        "This is cleared.",
        "Tell the bot.",
    ],
)
def test_words_that_are_never_said(text: str) -> None:
    assert len(problems(text)) == 1


@pytest.mark.parametrize("text", ["They were pleased.", "It pleases her.", "Keep them safe. Share what is needed."])
def test_words_that_only_look_alike(text: str) -> None:
    assert problems(text) == []


def test_checked_returns_the_text_or_every_reason() -> None:
    assert checked("Ask first.") == "Ask first."
    with pytest.raises(ValueError, match="leave out") as caught:
        checked("Please don't.")
    assert str(caught.value) == 'leave out "please"; write "don\'t" out in full'
