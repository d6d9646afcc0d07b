from __future__ import annotations

import pytest

from bot.urgent import CueError, Detector
from tests.urgent.urgent_support import trigger


@pytest.mark.parametrize(
    "text",
    [
        "dad just hit him",
        "DAD JUST HIT HIM!!!",
        "what should i do, her dad just hit her again",
        "[name] hit her",
        "hes hittin her",
        "she feels suicdal",
        "he overdosd",
        "sh\u200be has t\u200baken tabl\u200bets",
        "he\u2019s got a knife",
        "heeees going to kill herrrr",
        "can i share? a resident was slapped by staff",
        "i did the training. her dad hits her",
        "do i need consent, he raped her last night",
    ],
)
def test_a_report_is_found_however_it_is_typed(detector: Detector, text: str) -> None:
    assert detector.detect(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "?!",
        "12345",
        "hello",
        "when must i report fgm",
        "what is marac",
        "nobody is in danger",
        "no immediate risk",
        "there is no suspicion of abuse",
        "hypothetically a child tells me her dad hits her",
        "she'll kill me if i'm late",
        "killing time",
    ],
)
def test_a_question_a_denial_or_an_idiom_raises_nothing(detector: Detector, text: str) -> None:
    assert detector.detect(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "a child is missing who do i call",
        "child missing and we have a meeting at three",
        "got information that a child is missing",
        "on the phone with her now and she is dying",
        "found dead on the floor",
    ],
)
def test_an_idiom_never_swallows_a_report(detector: Detector, text: str) -> None:
    assert detector.detect(text) is not None


@pytest.mark.parametrize("place", [0, 5_000, 9_900])
def test_harm_is_found_anywhere_in_a_long_message(detector: Detector, place: int) -> None:
    filler = "the plan was sent to the school and they were happy with it and we will meet again in the spring "
    text = (filler * 110)[:10_000]
    cut = text.rindex(" ", 0, place + 1) if place else 0
    assert detector.detect(text[:cut] + " her dad punched her in the face " + text[cut:]) is not None


def test_danger_to_life_outranks_everything(detector: Detector) -> None:
    found = detector.detect("we have a court order and also he has got a knife to her throat")
    assert found is not None
    assert found.emergency
    assert found.urgency == "now"
    assert found.confidence == 1.0


def test_long_past_abuse_is_same_day(detector: Detector) -> None:
    found = detector.detect("she was abused by her uncle 30 years ago")
    assert found is not None
    assert found.urgency == "same-day"


def test_the_more_specific_trigger_is_chosen() -> None:
    detector = Detector(
        {
            "general": trigger("general", any=("<child> ~ hurt badly today",)),
            "specific": trigger("specific", any=("%under13 ~ hurt",), before=("general",)),
        }
    )
    found = detector.detect("a 9 year old was hurt badly today")
    assert found is not None
    assert found.trigger_id == "specific"


def test_a_combination_may_stand_in_two_sentences() -> None:
    detector = Detector({"pair": trigger("pair", all=(("%under13", "pregnant"),))})
    assert detector.detect("She is 12. The nurse says pregnant.") is not None
    assert detector.detect("She is 12.") is None
    assert detector.detect("She is 12. We met. It rained. The nurse says pregnant.") is None


def test_never_takes_a_trigger_out_but_not_an_emergency() -> None:
    detector = Detector({"only": trigger("only", emergency=("bleeding",), any=("he fell",), never=("joking",))})
    assert detector.detect("he fell, only joking") is None
    assert detector.detect("he is bleeding, not joking") is not None


@pytest.mark.parametrize(
    "text",
    [
        "doesnt want to live any more",
        "doesn't want to live anymore",
        "doesnt want to be alive",
        "no longer wants to live any more",
        "never wanted to be alive",
        "has hold of her by the throat",
        "holding him by the neck",
        "got her round the neck",
    ],
)
def test_danger_to_life_is_found_without_a_subject(detector: Detector, text: str) -> None:
    """As an emergency: the classifier doubts a short text without a "she", and is believed too much of lesser cues."""
    found = detector.detect(text)
    assert found is not None
    assert found.trigger_id == "high-risk-urgent-help"
    assert found.emergency


@pytest.mark.parametrize(
    "text",
    [
        "dont want to be here anymore he says",
        "no longer wants to live",
        "held by the throat",
        "grabbed him by the neck",
        "had his hands round her neck",
        "doesnt want to live with the pain",
        "doesnt want to live in this world",
    ],
)
def test_a_wish_to_die_and_a_grip_are_found(detector: Detector, text: str) -> None:
    found = detector.detect(text)
    assert found is not None
    assert found.trigger_id == "high-risk-urgent-help"


@pytest.mark.parametrize(
    "text",
    [
        "doesnt want to live with dad any more",
        "she doesnt want to live with her dad any more",
        "doesnt want to live in that flat",
        "doesnt want to live at home any more",
        "doesnt want to live there anymore",
        "the parents do not want to live together",
        "holding the bottle by the neck",
        "pain in the neck",
    ],
)
def test_where_somebody_would_rather_live_is_no_danger(detector: Detector, text: str) -> None:
    assert detector.detect(text) is None


@pytest.mark.parametrize(
    ("text", "trigger_id"),
    [
        ("scared and doesnt want to live with dad any more", "domestic-abuse"),
        ("doesnt want to live with dad any more, says it is unsafe", "domestic-abuse"),
        ("is suicidal and doesnt want to live with dad any more", "high-risk-urgent-help"),
        ("doesnt want to live in that flat and is suicidal", "high-risk-urgent-help"),
    ],
)
def test_harm_beside_where_somebody_would_rather_live_is_found(detector: Detector, text: str, trigger_id: str) -> None:
    found = detector.detect(text)
    assert found is not None
    assert found.trigger_id == trigger_id


def test_unknown_word_list_is_named() -> None:
    with pytest.raises(CueError, match="<nobody>"):
        Detector({"bad": trigger("bad", any=("<nobody> hit",))})


def test_empty_word_is_named() -> None:
    with pytest.raises(CueError, match="empty word"):
        Detector({"bad": trigger("bad", any=("hit||slap",))})


def test_before_must_name_triggers() -> None:
    with pytest.raises(CueError, match="absent"):
        Detector({"bad": trigger("bad", any=("hit",), before=("absent",))})
