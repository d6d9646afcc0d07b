"""The kind of a question: told from the asking, whatever the subject is, and without effect without both kinds."""

from __future__ import annotations

from typing import List

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from understanding import kinds
from understanding.kinds import Kinds

SUBJECTS = ("consent", "the police", "a refusal", "records", "the board", "capacity", "a referral", "meetings")
KNOWING = tuple(f"what does the guidance say about {subject}" for subject in SUBJECTS)
LED = tuple(f"take me through {subject} in my case" for subject in SUBJECTS)
TEXTS = (*KNOWING, *LED, "hello there")
NAMES = (*["topic_a", "topic_b"] * 4, *["check_c", "check_d"] * 4, "greet")
INTENTS = ("check_c", "greet", "letter_e", "topic_a")


@pytest.fixture(scope="module")
def fitted() -> Kinds:
    return Kinds.fit(TEXTS, NAMES)


def test_a_new_subject_is_told_by_the_asking(fitted: Kinds) -> None:
    known, led = fitted.chances(["what does the guidance say about budgets", "take me through budgets in my case"])
    assert known < 0.3 < 0.7 < led


def test_the_factors_move_topics_and_checks_apart_and_nothing_else(fitted: Kinds) -> None:
    knowing, led = fitted.factors(["what does it say about budgets", "take me through budgets"], INTENTS)
    assert knowing[0] < 1.0 < knowing[3]
    assert led[3] < 1.0 < led[0]
    assert knowing[1] == knowing[2] == led[1] == led[2] == 1.0


def test_no_wording_moves_a_score_far(fitted: Kinds) -> None:
    factors = fitted.factors([*TEXTS, "take me through take me through my case"], INTENTS)
    furthest = (0.5 / kinds._LEAST_CHANCE) ** kinds.STRENGTH
    assert factors.min() >= 1 / furthest - 1e-6
    assert factors.max() <= 2**kinds.STRENGTH + 1e-6


def test_it_is_the_regression_of_scikit_learn(fitted: Kinds) -> None:
    vectoriser = TfidfVectorizer(ngram_range=(1, 3), token_pattern=r"\w+", sublinear_tf=True, min_df=3)
    features = vectoriser.fit_transform(TEXTS[:-1])
    reference = LogisticRegression(C=kinds.INVERSE_REGULARISATION).fit(features, [0] * 8 + [1] * 8)
    asked = ["Take me through, take me", "say about my case", "nothing known"]
    expected = reference.predict_proba(vectoriser.transform(asked))[:, 1]
    assert fitted.terms == list(vectoriser.get_feature_names_out())
    assert np.abs(fitted.chances(asked) - expected).max() < 1e-4


@pytest.mark.parametrize("names", [["a"] * 17, ["topic_a"] * 17, ["check_a"] * 17])
def test_without_both_kinds_nothing_is_moved(names: List[str]) -> None:
    assert (Kinds.fit(TEXTS, names).factors(TEXTS, ["topic_a", "check_a", "a"]) == 1.0).all()


def test_runs_that_few_examples_have_are_not_learnt_from(fitted: Kinds) -> None:
    assert "take me through" in fitted.terms
    assert "budgets" not in fitted.terms and "consent" not in fitted.terms
    assert Kinds.fit(["what is it", "lead me"], ["topic_a", "check_b"]).terms == []


def test_what_is_read_back_gives_the_same(fitted: Kinds) -> None:
    again = Kinds(fitted.terms, fitted.arrays)
    assert np.array_equal(again.factors(TEXTS, INTENTS), fitted.factors(TEXTS, INTENTS))
