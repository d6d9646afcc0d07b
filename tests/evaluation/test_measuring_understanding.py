"""The arithmetic of `sharewell evaluate`, on rankings that are given."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.conversation.nlu_client import Ranked, Understood
from bot.conversation.supervisor import NoRasa
from bot.evaluation import replies, understanding
from bot.evaluation.aims import Pair
from bot.evaluation.overlap import Trained
from bot.evaluation.reading import Readers
from bot.evaluation.sets import EvaluationError, ReplySet, UnderstandingSet, read_replies, read_understanding
from bot.evaluation.understanding import Outcome, Placed, UnderstandingReport
from tests.support.assistants import detector, gate, knowledge, made

NOTHING_TRAINED = Trained([])
WRITTEN: dict[str, understanding.Kind] = {"a": "topic", "b": "topic", "c": "check", "seek-advice-anonymously": "check"}
ALARMING = "a man is stabbing a child right now"


class Given:
    """Answers each text as it was told to."""

    def __init__(self, rankings: dict[str, list[tuple[str, float]]]) -> None:
        self._rankings = rankings

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        return [tuple(Ranked(*pair) for pair in self._rankings.get(text, [])) for text in texts]


class Replying(NoRasa):
    """Understands typed replies as it was told to."""

    def __init__(self, answers: dict[str, Understood]) -> None:
        self._answers = answers

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        assert context == "check"
        return self._answers[text]


def measured(content: dict[str, object], rankings: dict[str, list[tuple[str, float]]]) -> UnderstandingReport:
    held_out = UnderstandingSet.model_validate(content)
    return asyncio.run(
        understanding.measure(held_out, WRITTEN, NOTHING_TRAINED, Readers(gate(), detector()), Given(rankings))
    )


def asked(*pairs: tuple[str, str]) -> dict[str, object]:
    return {"questions": [{"text": text, "id": name} for text, name in pairs]}


@pytest.mark.parametrize(
    ("ranking", "outcome"),
    [
        ([("topic_a", 0.9), ("topic_b", 0.1)], Outcome.RIGHT),
        ([("topic_b", 0.9), ("topic_a", 0.1)], Outcome.WRONG),
        ([("greet", 0.9), ("topic_a", 0.1)], Outcome.WRONG),
        ([("topic_a", 0.5), ("topic_b", 0.49)], Outcome.OFFERED),
        ([("topic_b", 0.4), ("topic_c", 0.3), ("topic_a", 0.2)], Outcome.OFFERED),
        ([("topic_b", 0.4), ("topic_c", 0.3), ("topic_d", 0.2), ("topic_a", 0.1)], Outcome.REJECTED),
        ([("topic_a", 0.2)], Outcome.REJECTED),
        ([], Outcome.REJECTED),
    ],
)
def test_what_becomes_of_a_question(ranking: list[tuple[str, float]], outcome: Outcome) -> None:
    report = measured(asked(("how is it", "a")), {"how is it": ranking})
    assert {name: count for name, count in report.outcomes.items() if count} == {outcome: 1}


def test_best_and_best_three_do_not_look_at_the_threshold() -> None:
    report = measured(
        asked(("one", "a"), ("two", "a"), ("three", "a")),
        {
            "one": [("topic_a", 0.05)],
            "two": [("topic_b", 0.9), ("topic_c", 0.05), ("topic_a", 0.01)],
            "three": [("topic_b", 0.9), ("topic_c", 0.05), ("topic_d", 0.03), ("topic_a", 0.01)],
        },
    )
    assert (report.first, report.among_three) == (1, 2)


def test_topics_and_checks_are_counted_apart() -> None:
    report = measured(
        asked(("one", "a"), ("two", "a"), ("three", "c")),
        {"one": [("topic_a", 0.9)], "two": [("check_c", 0.9), ("topic_a", 0.1)], "three": [("check_c", 0.9)]},
    )
    assert (report.topics, report.checks) == (Placed(2, 1, 2), Placed(1, 1, 1))
    assert report.as_json()["checks"] == {"questions": 1, "top_1": 1.0}


def test_pairs_come_most_frequent_first_and_whatever_the_confidence() -> None:
    wrong = {"one": [("topic_b", 0.9)], "two": [("topic_b", 0.1)], "three": [], "four": [("topic_a", 0.9)]}
    report = measured(asked(("three", "c"), ("one", "a"), ("two", "a"), ("four", "a")), wrong)
    assert report.pairs == (Pair("a", "b", 2), Pair("c", "", 1))
    assert "  2  a taken for b" in report.summary()


def test_each_aim_is_told_as_met_or_missed() -> None:
    content = {**asked(("one", "a"), ("two", "c")), "out_of_scope": ["weather"]}
    report = measured(content, {"one": [("topic_a", 0.9)], "two": [("topic_a", 0.9), ("check_c", 0.2)]})
    assert {aim.name: aim.is_met for aim in report.aims} == {
        "best-ranked right": False, "best-ranked right, checks": False, "among best three": True, "rejected": True,
        "out of scope left alone": True,
    }  # fmt: skip
    assert report.summary().count("MISSED") == 2


def test_what_was_not_asked_about_has_no_aim() -> None:
    assert measured({}, {}).aims == ()


def test_an_equally_honest_answer_counts_as_right() -> None:
    content: dict[str, object] = {"questions": [{"text": "how is it", "id": "a", "also": ["b"]}]}
    report = measured(content, {"how is it": [("check_b", 0.8)]})
    assert (report.first, report.outcomes[Outcome.RIGHT]) == (1, 1)


def test_seeking_advice_is_the_check_that_it_opens() -> None:
    report = measured(asked(("ask someone", "seek-advice-anonymously")), {"ask someone": [("seek_advice", 0.8)]})
    assert report.outcomes[Outcome.RIGHT] == 1


def test_an_alarm_comes_before_the_ranking_and_is_counted_apart() -> None:
    report = measured(asked((ALARMING, "a")), {ALARMING: [("topic_a", 0.9)]})
    assert (report.outcomes[Outcome.URGENT], report.outcomes[Outcome.RIGHT]) == (1, 0)


def test_out_of_scope_and_small_talk() -> None:
    report = measured(
        {
            "out_of_scope": ["weather", "football", "soup", "rude word"],
            "smalltalk": [
                {"text": "hiya", "kind": "greet"}, {"text": "menu", "kind": "help"}, {"text": "ta", "kind": "thanks"},
            ],
        },
        {
            "weather": [("topic_a", 0.9)],
            "football": [("topic_a", 0.4)],
            "soup": [("topic_a", 0.1)],
            "rude word": [("complaint_insult", 0.9)],
            "hiya": [("greet", 0.9)],
            "menu": [("menu", 0.9)],
            "ta": [("thanks", 0.3)],
        },
    )  # fmt: skip
    data = report.as_json()
    assert data["out_of_scope_recall"] == 0.75
    assert data["out_of_scope_suggested"] == 0.25
    assert data["smalltalk_right"] == 0.6667
    assert {(item["kind"], item["text"]) for item in data["confusions"]} == {
        ("out of scope", "weather"), ("small talk", "ta"),
    }  # fmt: skip


def test_a_text_without_words_is_not_sent_to_rasa_and_shifts_nothing() -> None:
    report = measured(asked(("??", "a"), ("two", "b")), {"two": [("topic_b", 0.9)], "??": [("topic_a", 0.9)]})
    assert (report.outcomes[Outcome.REJECTED], report.outcomes[Outcome.RIGHT]) == (1, 1)


def test_a_question_about_what_is_not_written_is_left_out_and_told() -> None:
    report = measured(asked(("one", "a"), ("two", "not-written")), {"one": [("topic_a", 0.9)]})
    assert (report.questions, report.unwritten, report.known, report.first) == (1, 1, 0, 1)


def test_an_empty_set_gives_shares_of_nothing() -> None:
    data = measured({}, {}).as_json()
    assert (data["questions"], data["top_1"], data["out_of_scope_recall"]) == (0, 0.0, 0.0)


def test_replies_are_judged_by_where_the_check_then_stands(tmp_path: Path) -> None:
    told = {
        "what about the gp": Understood("answer", {"do": "answer", "topic": "who-to-tell"}),
        "a bit so so": Understood("unsure"),
        "keep going": Understood("reply", {"do": "reply", "value": "yes"}),
        "let me change it": Understood("change_answer"),
    }
    expected = {
        "yup": ("yes", "right"),
        "nah they cant": ("yes", "reply"),
        "not sure tbh": ("not-sure", "right"),
        "yes but no": ("ask-back", "right"),
        "a bit so so": ("yes", "asked back"),
        "what about the gp": ("yes", "besides"),
        "keep going": ("no", "reply"),
        "a man is stabbing a child right now": ("yes", "urgent"),
        "yes, and a man is stabbing a child right now": ("yes", "right"),
        "no, and a man is stabbing a child right now": ("yes", "reply"),
    }
    written = [{"text": text, "value": value} for text, (value, _) in expected.items()]
    held_out = ReplySet.model_validate({"replies": written})
    with made(tmp_path, Replying(told)) as bench:
        report = asyncio.run(replies.measure(held_out, NOTHING_TRAINED, knowledge().checks, bench.assistant))
    assert {item.text.partition(": ")[2]: item.kind for item in report.confusions} == {
        text: verdict for text, (_, verdict) in expected.items() if verdict != "right"
    }
    assert (report.replies, report.right, report.asked_back, report.besides) == (10, 4, 2, 1)
    assert (report.wrong, report.urgent, report.urgent_taken) == (3, 1, 2)
    assert "urgent words first, answer taken below           20.0%  (2)" in report.summary()
    assert report.as_json()["urgent_asked_again"] == 0.1


@pytest.mark.parametrize("place", [{"check": "no-such"}, {"question": "no-such"}, {"value": "no-such"}])
def test_a_place_or_value_that_is_not_there_is_named(tmp_path: Path, place: dict[str, str]) -> None:
    held_out = ReplySet.model_validate({"replies": [{"text": "yup", "value": "yes", **place}]})
    with made(tmp_path) as bench, pytest.raises(EvaluationError, match="no-such"):
        asyncio.run(replies.measure(held_out, NOTHING_TRAINED, knowledge().checks, bench.assistant))


@pytest.mark.parametrize(
    "content",
    [
        "questions: [{text: a}]", "questions: [{text: a, id: b, more: c}]", "smalltalk: [{text: a, kind: dance}]",
        "- a list", "questions: [", "out_of_scope: ['']",
    ],
)  # fmt: skip
def test_a_set_of_another_form_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "set.yml"
    path.write_text(content)
    with pytest.raises(EvaluationError, match=r"set\.yml"):
        read_understanding([path])


def test_a_missing_or_unreadable_set_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="none"):
        read_replies(tmp_path / "none")
    (tmp_path / "latin").write_bytes(b"replies: \xff")
    with pytest.raises(EvaluationError, match="latin"):
        read_replies(tmp_path / "latin")


def test_words_that_yaml_reads_as_truth_values_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "replies.yml"
    path.write_text("replies: [{text: no, value: no}, {text: on, value: yes}]")
    assert [(item.text, item.value) for item in read_replies(path).replies] == [("no", "no"), ("on", "yes")]
