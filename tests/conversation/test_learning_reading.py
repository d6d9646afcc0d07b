"""What people type in a quiz: letters, places, words of an option, how sure. And which module they name."""

from __future__ import annotations

import pytest

from bot.conversation.learning_reading import Read, answer_in, goes_on, module_named
from tests.support.lessons import MODULE, knowledge_with_lessons

OPTIONS = ("Ask for consent first", "Tell the police at once", "Wait until Monday")


@pytest.mark.parametrize(("text", "option", "certainty"), [
    ("b", 1, ""), ("B)", 1, ""), ("(c)", 2, ""), ("a.", 0, ""), ("option b", 1, ""), ("its c", 2, ""), ("b?", 1, ""),
    ("i think a", 0, ""), ("i would go for b", 1, ""), ("the second", 1, ""), ("second one", 1, ""), ("2", 1, ""),
    ("number 3", 2, ""), ("the last one", 2, ""), ("1st", 0, ""), ("one", 0, ""), ("the third option", 2, ""),
    ("tell the police at once", 1, ""), ("wait until monday", 2, ""), ("the police at once", 1, ""),
    ("b, sure", 1, "sure"), ("b but im guessing", 1, "guessing"), ("fairly sure its c", 2, "fairly"),
    ("not sure", None, "guessing"), ("no idea", None, "guessing"), ("dunno", None, "guessing"),
    ("quite sure", None, "fairly"), ("definitely b", 1, "sure"), ("a guess", None, "guessing"),
    ("100% sure", None, "sure"), ("sure", None, "sure"), ("pretty sure", None, "fairly"),
])  # fmt: skip
def test_answers_are_read(text: str, option: int | None, certainty: str) -> None:
    assert answer_in(text, OPTIONS) == Read(option, certainty)


@pytest.mark.parametrize("text", ["a or b", "b and c", "4", "d", "the fourth"])
def test_what_points_two_ways_or_nowhere_is_doubtful(text: str) -> None:
    assert answer_in(text, OPTIONS) == Read(doubtful=True)


@pytest.mark.parametrize("text", [
    "what is gillick competence", "do i need consent before i ring a school", "my client told me something",
    "when can i share without consent in an emergency and who do i tell first please",
])  # fmt: skip
def test_questions_are_no_answers(text: str) -> None:
    assert answer_in(text, OPTIONS) == Read()


@pytest.mark.parametrize(("text", "wanted"), [
    ("next", True), ("go on", True), ("Next!", True), ("ok", True), ("no", False), ("what next for this family", False),
])  # fmt: skip
def test_going_on_is_told_apart(text: str, wanted: bool) -> None:
    assert goes_on(text) is wanted


@pytest.mark.parametrize(("text", "wanted"), [
    ("teach me about consent", MODULE), ("quiz me on refusals", MODULE), ("lesson on trust please", MODULE),
    ("training", ""), ("i am new here", ""), ("teach me", ""), ("can you teach me about the weather", ""),
])  # fmt: skip
def test_the_module_that_is_named_is_found(text: str, wanted: str) -> None:
    assert module_named(text, knowledge_with_lessons().modules.values()) == wanted
