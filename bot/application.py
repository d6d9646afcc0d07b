"""Puts the product together from its settings: knowledge, gate, detector, store, log, Rasa, assistant."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass

from bot.conversation.assistant import Assistant, Parts
from bot.conversation.nlu_client import Understanding
from bot.conversation.store import SessionStore
from bot.conversation.supervisor import NoRasa, RasaService
from bot.decision_log import DecisionLog
from bot.errors import SettingsError
from bot.knowledge import Index, Knowledge, load
from bot.privacy import Gate
from bot.settings import Settings
from bot.urgent import Detector, load_classifier


@dataclass(frozen=True)
class Application:
    """The running product without its channels."""

    settings: Settings
    knowledge: Knowledge
    assistant: Assistant
    log: DecisionLog
    rasa: RasaService | None


def guidance_terms(knowledge: Knowledge) -> Iterator[str]:
    """The names that guidance itself uses: the gate lets them through."""
    for source in knowledge.sources.values():
        yield from (source.title, source.short, source.publisher)
    for area in knowledge.areas.values():
        yield area.name
    for law in knowledge.law.values():
        yield law.name
    for term in knowledge.terms:
        yield from filter(None, (term.term, term.abbreviation, *term.also))


def gate_for(knowledge: Knowledge) -> Gate:
    return Gate(guidance_terms(knowledge))


def detector_for(knowledge: Knowledge, settings: Settings) -> Detector:
    """The danger detector, with its classifier where one was trained. Raises ClassifierError for a damaged one."""
    path = settings.danger_classifier()
    return Detector(knowledge.triggers, None if path is None else load_classifier(path))


def rasa_for(settings: Settings) -> RasaService:
    """The supervised Rasa of this installation. Raises SettingsError when no model was trained."""
    model = settings.model()
    if model is None:
        raise SettingsError("There is no trained model.", "Run `./sharewell setup`.")
    return RasaService(settings.nlu, model, settings.run_folder)


def open_log(settings: Settings, knowledge: Knowledge) -> DecisionLog:
    return DecisionLog.open(settings.log_url, settings.key_file, knowledge.fields)


@contextmanager
def assembled(settings: Settings, understanding: Understanding) -> Iterator[tuple[Assistant, Knowledge, DecisionLog]]:
    """An assistant on this understanding. Raises SharewellError naming what is missing or wrong."""
    settings.prepare()
    knowledge = load(settings.knowledge)
    gate, detector = gate_for(knowledge), detector_for(knowledge, settings)
    with (
        closing(open_log(settings, knowledge)) as log,
        closing(SessionStore(settings.sessions_url, settings.idle_minutes * 60)) as store,
    ):
        parts = Parts(
            knowledge=knowledge, index=Index(knowledge), gate=gate, detector=detector, store=store, log=log,
            understanding=understanding,
        )  # fmt: skip
        yield Assistant(parts), knowledge, log


@asynccontextmanager
async def running(settings: Settings, *, rasa: RasaService | None) -> AsyncIterator[Application]:
    """The application with its Rasa child, which starts in the background. Without `rasa`, free text is searched."""
    with assembled(settings, rasa or NoRasa()) as (assistant, knowledge, log):
        if rasa is not None:
            rasa.start()
        try:
            yield Application(settings, knowledge, assistant, log, rasa)
        finally:
            if rasa is not None:
                await rasa.close()
