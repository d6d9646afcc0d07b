"""Opens the anonymous advice of an installation: its database, its keys, the times of its areas, who answers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.consultations import DEFAULT_LIMITS, Advice, Limit, Link, Subject, adviser_from
from bot.databases import is_there
from bot.decision_log import KeySource
from bot.errors import SharewellError
from bot.knowledge import NATIONAL, Knowledge
from bot.settings import Settings

_LOG = logging.getLogger(__name__)


def open_advice(settings: Settings, knowledge: Callable[[], Knowledge]) -> Advice:
    """The advice of this installation, made where there is none; close it with `close_database`.

    `knowledge` gives the guidance in use. The master key must be there. Raises AdviceError or LogError.
    """
    keys = KeySource(settings.key_file, settings.key)
    return Advice(
        settings.advice_url, lambda: (key.for_advice for key in keys.newest_first()),
        limits=lambda area, urgency: limit_of(knowledge(), area, urgency),
        anyone=_Coverage(settings, knowledge), known=lambda link: is_known(knowledge(), link),
        days_kept=settings.advice_days,
    )  # fmt: skip


@contextmanager
def advice_or_none(settings: Settings, knowledge: Callable[[], Knowledge]) -> Iterator[Advice | None]:
    """The same while the block runs; None where it cannot be opened, which the log file says: guidance goes on."""
    try:
        advice = open_advice(settings, knowledge)
    except SharewellError as error:
        _LOG.warning("Advice cannot be asked for. %s %s", error.message, error.remedy)
        yield None
        return
    try:
        yield advice
    finally:
        advice.close_database()


def follow_rotation(settings: Settings, knowledge: Callable[[], Knowledge]) -> None:
    """After the master key was rotated: wrap the keys of the threads under the new one, where there are any."""
    if not is_there(settings.advice_url):
        return
    advice = open_advice(settings, knowledge)
    try:
        advice.sweep()
    finally:
        advice.close_database()


def limit_of(knowledge: Knowledge, area_id: str, urgency: str) -> Limit:
    """The times of an area; those that it does not set are the national ones, and then ours."""
    for known in (knowledge.areas.get(area_id), knowledge.areas.get(NATIONAL)):
        for each in known.settings.advice_times if known else ():
            if each.of == urgency:
                return Limit(each.acknowledge, each.reply)
    return DEFAULT_LIMITS[urgency]


def is_known(knowledge: Knowledge, link: Link) -> bool:
    """Whether a topic or a check exists."""
    return link.id in (knowledge.checks if link.kind == "check" else knowledge.topics)


def area_names(knowledge: Knowledge) -> dict[str, str]:
    """The names of areas by their ids."""
    return {area.id: area.name for area in knowledge.areas.values()}


class _Coverage:
    """Whether somebody answers on a subject in an area. The accounts are opened when this is first asked."""

    def __init__(self, settings: Settings, knowledge: Callable[[], Knowledge]) -> None:
        self._settings = settings
        self._knowledge = knowledge
        self._lock = threading.Lock()

    def __call__(self, area: str, subject: Subject) -> bool:
        from bot.accounts import Accounts, Action, may  # for those alone who ask

        if not is_there(self._settings.accounts_url):  # looking must not make it
            return False
        with self._lock:
            accounts = Accounts(self._settings.accounts_url)
            try:
                people = accounts.people.all()
            finally:
                accounts.close()
        names = area_names(self._knowledge())
        return any(
            adviser_from(each.id, each.area, each.subjects, names, NATIONAL).covers(area, subject)
            for each in people if may(each, Action.ADVICE_ANSWER)
        )  # fmt: skip
