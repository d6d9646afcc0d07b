"""The advice of an installation: its keys through a rotation, the times of its areas, who answers, what doctor says."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.accounts import Accounts, Place, Role
from bot.advising import advice_or_none, area_names, follow_rotation, is_known, limit_of, open_advice
from bot.application import open_existing_log, open_log
from bot.consultations import DEFAULT_LIMITS, Advice, Limit, Link, NobodyAnswers, Subject, WrongAdviceKey
from bot.diagnosis.advising import advice as inspected
from bot.knowledge import Knowledge
from bot.knowledge.model import AdviceTime
from bot.settings import Settings, from_environment
from tests.support.advice import request
from tests.support.assistants import knowledge
from tests.support.people import Clock, joined, opened

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with a log and its key."""
    found = from_environment({"SHAREWELL_HOME": str(tmp_path)})
    open_log(found, knowledge()).close()
    return found


@pytest.fixture
def accounts(settings: Settings) -> Iterator[Accounts]:
    with closing(opened(settings.accounts_url, Clock())) as found:
        yield found


@contextmanager
def _advice(settings: Settings) -> Iterator[Advice]:
    advice = open_advice(settings, knowledge)
    try:
        yield advice
    finally:
        advice.close_database()


def _with_times(*times: AdviceTime, area: str = "rochdale") -> Knowledge:
    known = knowledge()
    changed = known.areas[area].model_copy(
        update={"settings": known.areas[area].settings.model_copy(update={"advice_times": times})}
    )
    return replace(known, areas={**known.areas, area: changed})


def test_an_area_sets_its_own_times() -> None:
    known = _with_times(AdviceTime(of="same-day", acknowledge=2, reply=3))
    assert limit_of(known, "rochdale", "same-day") == Limit(2, 3)
    assert limit_of(known, "rochdale", "routine") == DEFAULT_LIMITS["routine"]
    assert limit_of(known, "national", "same-day") == DEFAULT_LIMITS["same-day"]
    assert limit_of(known, "nowhere", "same-day") == DEFAULT_LIMITS["same-day"]


def test_national_times_stand_in_for_those_of_an_area() -> None:
    known = _with_times(AdviceTime(of="routine", acknowledge=4, reply=8), area="national")
    assert limit_of(known, "rochdale", "routine") == Limit(4, 8)


def test_times_must_make_sense() -> None:
    with pytest.raises(ValueError, match="before it is acknowledged"):
        AdviceTime(of="routine", acknowledge=8, reply=4)


def test_a_link_leads_to_a_topic_or_a_check() -> None:
    known = knowledge()
    assert is_known(known, Link("check", "share-decision")) and is_known(known, Link("topic", next(iter(known.topics))))
    assert not is_known(known, Link("topic", "share-decision")) and not is_known(known, Link("check", "nothing"))
    assert area_names(known)["national"] == known.areas["national"].name


def test_somebody_answers_when_an_account_says_so(settings: Settings, accounts: Accounts) -> None:
    with _advice(settings) as advice:
        with pytest.raises(NobodyAnswers):
            advice.send(request(area="rochdale"), "web")
        adviser = joined(accounts, "Ash", Role.ADVISER)
        joined(accounts, "Oak", Role.ADMINISTRATOR)
        assert not advice.answered("rochdale", Subject.CHILDREN)
        accounts.people.set_place(adviser, Place("", "Rochdale", ("children",)))
        assert advice.answered("rochdale", Subject.CHILDREN) and advice.answered("national", Subject.CHILDREN)
        assert not advice.answered("rochdale", Subject.ADULTS)
        assert not advice.answered("county-durham", Subject.CHILDREN)
        assert advice.send(request(area="rochdale"), "web").code
        accounts.people.suspend(adviser)
        assert not advice.answered("rochdale", Subject.CHILDREN)


def test_asking_who_answers_makes_no_accounts(settings: Settings) -> None:
    with _advice(settings) as advice:
        assert not advice.answered("national", Subject.CHILDREN)
    assert not (settings.home / "accounts.db").exists()


def _someone_answers(settings: Settings) -> None:
    with closing(opened(settings.accounts_url, Clock())) as accounts:
        adviser = joined(accounts, "Ash", Role.ADVISER)
        accounts.people.set_place(adviser, Place("", "", ("children", "adults", "data protection")))


def test_threads_outlive_a_rotation_of_the_master_key(settings: Settings) -> None:
    _someone_answers(settings)
    with _advice(settings) as running:
        receipt = running.send(request("Before the rotation."), "web")
        with closing(open_existing_log(settings, knowledge().fields)) as log:
            done = log.rotate_key("command-line", NOW)
        follow_rotation(settings, knowledge)
        assert done.earlier_key is not None
        done.earlier_key.unlink()
        assert running.open(receipt.code, "web").thread.messages[0].text == "Before the rotation."
        later = running.send(request("After the rotation."), "web")
    with _advice(settings) as advice:
        for one, text in ((receipt, "Before the rotation."), (later, "After the rotation.")):
            assert advice.open(one.code, one.reference).thread.messages[0].text == text


def test_an_earlier_key_is_found_where_nothing_ran_during_the_rotation(settings: Settings) -> None:
    _someone_answers(settings)
    with _advice(settings) as advice:
        receipt = advice.send(request("Before the rotation."), "web")
    with closing(open_existing_log(settings, knowledge().fields)) as log:
        done = log.rotate_key("command-line", NOW)
    assert done.earlier_key is not None
    with _advice(settings) as advice:
        advice.sweep()
    done.earlier_key.unlink()
    with _advice(settings) as advice:
        assert advice.open(receipt.code, "web").thread.reference == receipt.reference


def test_a_rotation_without_advice_makes_none(settings: Settings) -> None:
    follow_rotation(settings, knowledge)
    assert not (settings.home / "advice.db").exists()


def test_guidance_goes_on_without_advice(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    (settings.home / "advice.db").write_bytes(b"no database at all, but a text that is long enough to be read" * 20)
    with caplog.at_level(logging.WARNING), advice_or_none(settings, knowledge) as advice:
        assert advice is None
    assert "Advice cannot be asked for." in caplog.text
    with advice_or_none(replace(settings, advice=f"sqlite:///{settings.home / 'other.db'}"), knowledge) as advice:
        assert advice is not None


def test_the_key_of_another_installation_opens_nothing(settings: Settings, tmp_path: Path) -> None:
    with _advice(settings):
        other = settings.in_home(tmp_path / "other")
    other = replace(other, advice=settings.advice_url)
    other.prepare()
    open_log(other, knowledge()).close()
    with pytest.raises(WrongAdviceKey):
        open_advice(other, knowledge)


def test_doctor_tells_what_is_late_and_who_is_lacking(settings: Settings) -> None:
    assert list(inspected(settings)) == []
    with _advice(settings):
        pass
    said = [finding.says for finding in inspected(settings)]
    assert said[0].startswith("0 threads of advice") and "children, adults, data protection" in said[1]
    _someone_answers(settings)
    assert [finding.says for finding in inspected(settings)][1] == "Somebody answers on every subject."


def test_the_settings_are_read(tmp_path: Path) -> None:
    found = from_environment({"SHAREWELL_HOME": str(tmp_path)})
    assert (found.advice_url, found.advice_days) == (f"sqlite:///{tmp_path / 'advice.db'}", 30)
    given = from_environment({"SHAREWELL_ADVICE_URL": "postgresql://name@host/advice", "SHAREWELL_ADVICE_DAYS": "7"})
    assert (given.advice_url, given.advice_days) == ("postgresql://name@host/advice", 7)
    assert "name@host" not in repr(given)
    assert given.in_home(tmp_path).advice_url == f"sqlite:///{tmp_path / 'advice.db'}"
