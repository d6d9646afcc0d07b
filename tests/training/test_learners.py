"""Those who keep progress: a pseudonym, a code, what managers see, and an end."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from bot.knowledge import Knowledge
from bot.training import (
    LONGEST_NAME,
    Certainty,
    CodeRefused,
    InvalidPseudonym,
    Mark,
    TooManyGuesses,
    Training,
    UnknownLearner,
    suggested_pseudonyms,
)
from tests.support.assistants import Clock
from tests.support.training import MODULE, PLACE, opened
from tests.training.test_scenario import walked_well

DAY = 24 * 60 * 60
WRONG = f"{MODULE}/first-thing"


def test_progress_is_opened_elsewhere_by_its_code(training: Training) -> None:
    begun = training.begin("Quiet Heron")
    assert re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", begun.code)
    for written in (begun.code, begun.code.replace(" ", ""), begun.code.replace(" ", "-")):
        assert training.open_with(written, PLACE) == begun.learner
    assert begun.learner.pseudonym == "Quiet Heron"
    assert begun.learner.shared_as is None


def test_every_wrong_code_is_refused_in_the_same_words(training: Training) -> None:
    code = training.begin("Quiet Heron").code
    last = str((int(code[-1]) + 1) % 10)
    said = set()
    for number, wrong in enumerate((code[:-1] + last, "0000 0000 0000 0000", "twelve", "", code[:-1])):
        with pytest.raises(CodeRefused) as error:
            training.open_with(wrong, f"{PLACE} {number}")
        said.add((error.value.message, error.value.remedy))
    assert len(said) == 1


def test_a_new_code_ends_the_old_one(training: Training) -> None:
    begun = training.begin("Quiet Heron")
    code = training.new_code(begun.learner.id)
    assert training.open_with(code, PLACE).id == begun.learner.id
    with pytest.raises(CodeRefused):
        training.open_with(begun.code, PLACE)


def test_guessing_is_slowed_at_its_place_and_the_owner_comes_in_from_another(training: Training, clock: Clock) -> None:
    begun = training.begin("Quiet Heron")
    waits = []
    for _ in range(8):
        with pytest.raises(CodeRefused) as error:
            training.open_with("1111 2222 3333 4444", PLACE)
        waits.append(isinstance(error.value, TooManyGuesses))
    assert waits[:5] == [False] * 5 and waits[-1]
    with pytest.raises(TooManyGuesses) as slowed:
        training.open_with(begun.code, PLACE)
    assert 0 < slowed.value.seconds <= 15 * 60
    assert training.open_with(begun.code, "another chat") == begun.learner
    clock.forward(slowed.value.seconds)
    assert training.open_with(begun.code, PLACE) == begun.learner


def test_two_learners_may_choose_one_name_and_are_told_apart(training: Training) -> None:
    first, second = training.begin("Quiet Heron"), training.begin("Quiet Heron")
    assert training.open_with(first.code, PLACE).id == first.learner.id
    assert training.open_with(second.code, PLACE).id == second.learner.id != first.learner.id


@pytest.mark.parametrize("name", ["Ana", "Maeve O'Neill", "Željka 2", "Anne-Marie", "  two   spaces ", "नमस्ते"])
def test_names_that_may_be_kept(training: Training, name: str) -> None:
    learner = training.begin(name).learner
    assert learner.pseudonym == " ".join(name.split())
    assert training.learner(learner.id) == learner


@pytest.mark.parametrize(
    "name", ["", "  ", "a@b.example", "<b>", "7 dwarfs", "x" * (LONGEST_NAME + 1), "a\0b", "a\u202eb"]
)
def test_names_that_may_not_be_kept(training: Training, name: str) -> None:
    with pytest.raises(InvalidPseudonym) as error:
        training.begin(name)
    assert name.strip() == "" or name not in error.value.message + error.value.remedy


def test_suggested_names_differ_and_may_be_kept(training: Training) -> None:
    names = suggested_pseudonyms(5)
    assert len(set(names)) == 5
    for name in names:
        training.begin(name)


def test_managers_see_those_who_chose_it_and_modules_with_days_alone(training: Training, known: Knowledge) -> None:
    shown, hidden = training.begin("Quiet Heron").learner, training.begin("Bright Wren").learner
    training.share(shown.id, "Ana from outreach")
    training.record(shown.id, Mark(WRONG, False, Certainty.SURE), known)
    training.record(hidden.id, Mark(WRONG, False, Certainty.SURE), known)
    (seen,) = training.shared()
    assert (seen.name, seen.completed) == ("Ana from outreach", ())
    complete(training, shown.id, known)
    assert training.shared()[0].completed == ((MODULE, date(2026, 11, 20)),)
    training.unshare(shown.id)
    assert training.shared() == ()


def complete(training: Training, learner_id: str, known: Knowledge) -> None:
    module = known.modules[MODULE]
    for question in module.questions:
        training.record(learner_id, Mark(f"{MODULE}/{question.id}", True, Certainty.SURE), known)
    for scenario in module.scenarios:
        training.keep_walk(learner_id, known, walked_well(known, f"{MODULE}/{scenario.id}"))


def everything_of(training: Training, known: Knowledge) -> str:
    """Somebody of whom each table holds something."""
    learner = training.begin("Quiet Heron").learner
    training.record(learner.id, Mark(WRONG, False, Certainty.SURE), known)
    training.daily(learner.id, known)
    training.share(learner.id, "Ana")
    complete(training, learner.id, known)
    return learner.id


def counts(url: str) -> dict[str, int]:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if not name.startswith("training_")]
        found = {name: int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()) for name in names}
    engine.dispose()
    return found


def test_wiping_leaves_nothing_of_a_learner_and_all_of_others(training: Training, known: Knowledge, url: str) -> None:
    first = everything_of(training, known)
    one = counts(url)
    assert min(one.values()) > 0
    second = everything_of(training, known)
    training.wipe(first)
    assert counts(url) == one
    assert training.learner(second).shared_as == "Ana"
    for use in (training.learner, training.wipe, training.new_code):
        with pytest.raises(UnknownLearner):
            use(first)


def test_progress_that_was_not_used_for_too_long_is_gone_and_then_swept(
    training: Training, known: Knowledge, clock: Clock, url: str
) -> None:
    unused, begun = everything_of(training, known), training.begin("Bright Wren")
    assert training.keep_days == 730
    clock.forward(700 * DAY)
    training.learner(begun.learner.id)
    assert training.sweep() == 0
    clock.forward(31 * DAY)
    with pytest.raises(UnknownLearner):
        training.progress(unused, known)
    assert training.shared() == ()
    assert training.open_with(begun.code, PLACE).id == begun.learner.id
    assert training.sweep() == 1
    assert counts(url) == {name: int(name == "learner") for name in counts(url)}


def test_what_was_wiped_leaves_no_bytes(tmp_path: Path, clock: Clock, known: Knowledge) -> None:
    path = tmp_path / "training.db"
    training = opened(f"sqlite:///{path}", clock)
    learner = training.begin("Zebedee Quagga").learner
    training.share(learner.id, "Zuleika Quagga")
    complete(training, learner.id, known)
    assert b"Quagga" in path.read_bytes()
    training.wipe(learner.id)
    training.close()
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Quagga" not in held and learner.id.encode() not in held and MODULE.encode() not in held


def test_nothing_is_made_where_nobody_keeps_progress(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "training.db"
    training = opened(f"sqlite:///{path}", clock)
    assert training.sweep() == 0
    training.close()
    assert not path.exists()


def test_the_file_is_the_owners_alone_and_holds_no_code(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "training.db"
    training = opened(f"sqlite:///{path}", clock)
    code = training.begin("Quiet Heron").code
    training.close()
    held = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"$argon2id$" in held
    assert code.encode() not in held and code.replace(" ", "").encode() not in held
