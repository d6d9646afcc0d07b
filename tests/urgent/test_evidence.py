"""What the cues and the words around them are called, for the classifier to weigh."""

from __future__ import annotations

import pytest

from bot.urgent import CueReader, evidence
from tests.urgent.urgent_support import trigger

READER = CueReader({"hurt": trigger("hurt", any=("<child> ~ hurt",), topics=("grooming",), emergency=("bleeding",))})


def names(text: str) -> tuple[str, ...]:
    return evidence(READER.read(text))


def test_cues_are_named_by_strength_and_trigger() -> None:
    found = names("the boy was hurt. he is bleeding")
    assert {"event", "event hurt", "emergency", "emergency hurt"} <= set(found)
    assert "no cue" not in found
    assert len(set(found)) == len(found)


def test_a_message_without_a_cue_says_so() -> None:
    assert "no cue" in names("we met on tuesday")


def test_a_cue_that_is_told_as_long_past_is_named_so() -> None:
    assert "cue closed" in names("the child was hurt thirty years ago")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the assignment is about knives", "sign study"),
        ("in theory, what would one do", "sign in general"),
        ("it was twenty years ago", "sign long past"),
        ("the case is closed", "sign closed"),
        ("no concerns about either of them", "sign no worry"),
        ("she is fine", "sign all well"),
        ("mum has agreed to it", "sign agreed"),
        ("where does the form go", "sign paperwork"),
        ("drowning in this spreadsheet lol", "sign laughs"),
        ("i am late with my report", "sign of my work"),
        ("it is happening now", "sign now"),
        ("she whispered it", "sign told"),
        ("he is terrified", "sign afraid"),
        ("the gate is padlocked", "sign on their own"),
        ("there is no food", "sign goes without"),
        ("he makes her pay", "sign held over"),
        ("nobody is picking up, only voicemail", "sign no one comes"),
        ("he has a machete", "word weapon"),
    ],
)
def test_signs_are_named(text: str, name: str) -> None:
    assert name in names(text)
    assert name not in names("the bus leaves at")


def test_a_sign_in_the_last_sentence_is_named_again() -> None:
    assert "last paperwork" in names("She came on friday. Which form is it")
    assert "last paperwork" not in names("The form is here. She came on friday")


def test_a_text_without_words_has_no_sign() -> None:
    assert not any(name.startswith(("sign", "word")) for name in names("?!"))
