"""Puts the product together from its settings: knowledge, gate, detector, store, log, Rasa, assistant."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.advising import advice_or_none
from bot.conversation.assistant import Assistant, Bundle, Parts
from bot.conversation.nlu_client import Understanding
from bot.conversation.remote import AnyRasa, RemoteRasa
from bot.conversation.store import Sessions, SessionStore
from bot.conversation.supervisor import NoRasa, RasaService
from bot.decision_log import (
    CheckpointKeySource,
    DecisionLog,
    KeySource,
    Policy,
    RecordFields,
    read_deadlines,
    read_schedule,
)
from bot.errors import SettingsError
from bot.knowledge import (
    Fault,
    Index,
    Knowledge,
    KnowledgeError,
    changed_intents,
    example_digests,
    fault_in,
    fingerprint,
    keep,
    load,
    read_trained,
    unknown_units,
)
from bot.privacy import Gate
from bot.renewal import Made, Renewal
from bot.settings import Settings
from bot.settling import settle, unsettle
from bot.tallies import Tallies, TalliesUnavailable
from bot.training import Training, TrainingError
from bot.urgent import CueError, CueFault, Detector, cue_faults, load_classifier

if TYPE_CHECKING:
    from bot.accounts import Accounts


_LOG = logging.getLogger(__name__)
_TALLIES_SECONDS = 60.0
_PROGRESS_SECONDS = 6 * 60 * 60.0


@dataclass(frozen=True)
class Application:
    """The running product without its channels."""

    settings: Settings
    knowledge: Knowledge
    assistant: Assistant
    log: DecisionLog
    rasa: AnyRasa | None
    renewal: Renewal
    tallies: Tallies


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
    """The danger detector, with its classifier where one was trained.

    Raises ClassifierError for a damaged one, and KnowledgeError naming each cue that cannot be used.
    """
    path = settings.danger_classifier()
    try:
        return Detector(knowledge.triggers, None if path is None else load_classifier(path))
    except CueError:
        raise KnowledgeError(_located(settings.knowledge, cue_faults(knowledge.triggers))) from None


def _located(folder: Path, found: Iterable[CueFault]) -> list[Fault]:
    return [fault_in(folder / "urgent" / f"{item.trigger_id}.yml", ("cues", *item.way), item.reason) for item in found]


def rasa_for(settings: Settings) -> AnyRasa:
    """The Rasa of this installation: the one that is set, else a child. Raises SettingsError where neither can be."""
    if settings.rasa.is_apart:
        return RemoteRasa(settings.rasa.url, settings.rasa.key())
    model = settings.model()
    if model is None:
        raise SettingsError("There is no trained model.", "Run `./sharewell setup`.")
    return RasaService(settings.nlu, model, settings.run_folder, newest=settings.model)


def sessions_for(settings: Settings) -> Sessions:
    """Where the sessions of this installation are kept. Raises SettingsError or StoreError."""
    if settings.sessions_url.startswith("sqlite:"):
        return SessionStore(settings.sessions_url, settings.idle_minutes * 60)
    from bot.conversation.redis_store import RedisSessions  # for those alone who use it

    return RedisSessions(settings.sessions_url, settings.idle_minutes * 60)


def open_log(settings: Settings, knowledge: Knowledge) -> DecisionLog:
    """The decision log of this installation, made where there is none. Raises LogError."""
    return DecisionLog.open(
        settings.log_url, key_source(settings), knowledge.fields,
        policy=log_policy(settings), signing=checkpoint_key_source(settings),
    )  # fmt: skip


def open_existing_log(settings: Settings, fields: RecordFields) -> DecisionLog:
    """The decision log of this installation, which must be there. Raises LogError."""
    return DecisionLog.open_existing(
        settings.log_url, key_source(settings), fields,
        policy=log_policy(settings), signing=checkpoint_key_source(settings),
    )  # fmt: skip


def open_accounts(settings: Settings) -> Accounts:
    """The accounts of this installation, made where there are none. Raises AccountError or SettingsError."""
    from bot.accounts import Accounts, SessionLimits, read_open_id  # for those alone who use them

    given = settings.accounts
    open_id = read_open_id(
        given.oidc_issuer, given.oidc_client_id, given.oidc_secret_file, given.oidc_role_claim, given.oidc_roles
    )
    limits = SessionLimits(idle=round(given.idle_minutes * 60), absolute=round(given.absolute_hours * 60 * 60))
    return Accounts(settings.accounts_url, limits=limits, open_id=open_id)


def key_source(settings: Settings) -> KeySource:
    """Where the master key of the decision log comes from."""
    return KeySource(settings.key_file, settings.key)


def checkpoint_key_source(settings: Settings) -> CheckpointKeySource:
    """Where the key that signs checkpoints comes from: by default a file beside the master key."""
    beside = settings.key_file.with_name("checkpoint.key")
    return CheckpointKeySource(settings.checkpoint_key_file or beside, settings.checkpoint_key)


def log_policy(settings: Settings) -> Policy:
    """How long approvals may take and records are kept. Raises ScheduleError."""
    return Policy(read_deadlines(settings.approval_hours), read_schedule(settings.retention))


def trained_digests(settings: Settings, knowledge: Knowledge) -> Mapping[str, str]:
    """A digest of the examples of each intent that the model knows; where it left none, those of `knowledge`."""
    path = settings.confusions()
    return example_digests(knowledge) if path is None else read_trained(path).digests


def made_from(settings: Settings, digests: Mapping[str, str]) -> Made:
    """Everything that is made of the knowledge files as they are now, beside a model that knows `digests`.

    Raises SharewellError naming each fault.
    """
    knowledge = load(settings.knowledge)
    bundle = Bundle(
        knowledge, Index(knowledge), gate_for(knowledge), detector_for(knowledge, settings),
        unknown_units(digests, knowledge),
    )  # fmt: skip
    return Made(bundle, len(changed_intents(digests, example_digests(knowledge))))


@contextmanager
def assembled(
    settings: Settings, understanding: Understanding, tallies: Tallies | None = None
) -> Iterator[tuple[Assistant, Knowledge, DecisionLog]]:
    """An assistant on this understanding. Raises SharewellError naming what is missing or wrong."""
    settings.prepare()
    knowledge = load(settings.knowledge)
    gate, detector = gate_for(knowledge), detector_for(knowledge, settings)
    made: list[Assistant] = []

    def latest() -> Knowledge:
        return made[0].bundle.knowledge if made else knowledge

    with (
        closing(open_log(settings, knowledge)) as log,
        closing(sessions_for(settings)) as store,
        advice_or_none(settings, latest) as advice,
        closing(Training(settings.training_url, keep_days=settings.training_days)) as training,
    ):
        parts = Parts(
            knowledge=knowledge, index=Index(knowledge), gate=gate, detector=detector, store=store, log=log,
            understanding=understanding,
            untrained=unknown_units(trained_digests(settings, knowledge), knowledge), tallies=tallies, advice=advice,
            training=training,
        )  # fmt: skip
        made.append(Assistant(parts))
        yield made[0], knowledge, log


def _keep_content(settings: Settings, knowledge: Knowledge) -> None:
    """Keeps this version's checks for the screens of its records. A full disk must not stop guidance: it is said."""
    try:
        keep(knowledge, settings.content_folder)
    except OSError as error:
        _LOG.warning("The content of version %s could not be kept: %s.", knowledge.version[:12], error.strerror)


async def _written_now_and_then(tallies: Tallies) -> None:
    while True:
        await asyncio.sleep(_TALLIES_SECONDS)
        await asyncio.to_thread(_written, tallies)


def _written(tallies: Tallies) -> None:
    """Numbers of questions are worth no failed turn and no failed end."""
    try:
        tallies.flush()
    except TalliesUnavailable as error:
        _LOG.warning("%s %s", error.message, error.remedy)


async def _progress_swept(training: Training | None) -> None:
    """Destroys progress of the training whose time has passed."""
    while training is not None:
        try:
            await asyncio.to_thread(training.sweep)
        except TrainingError as error:
            _LOG.warning("%s %s", error.message, error.remedy)
        await asyncio.sleep(_PROGRESS_SECONDS)


@asynccontextmanager
async def rasa_running(rasa: AnyRasa | None) -> AsyncIterator[None]:
    """Has Rasa run. To be entered before anything is read: of all that a start needs, Rasa takes longest."""
    try:
        if rasa is not None:
            rasa.start()
            await rasa.launched()
        yield
    finally:
        if rasa is not None:
            await rasa.close()


@asynccontextmanager
async def running(settings: Settings, *, rasa: AnyRasa | None) -> AsyncIterator[Application]:
    """The application with its Rasa, which comes up in the background. Without `rasa`, free text is searched."""
    settings.prepare()
    async with rasa_running(rasa), _answering(settings, rasa) as application:
        yield application


@asynccontextmanager
async def _answering(settings: Settings, rasa: AnyRasa | None) -> AsyncIterator[Application]:
    seen = fingerprint(settings.knowledge)
    with (
        closing(Tallies(settings.tallies_url)) as tallies,
        assembled(settings, rasa or NoRasa(), tallies) as (assistant, knowledge, log),
    ):
        digests = trained_digests(settings, knowledge)

        def take(bundle: Bundle) -> None:
            _keep_content(settings, bundle.knowledge)
            assistant.renew(bundle)
            settle()

        _keep_content(settings, knowledge)
        renewal = Renewal(
            settings.knowledge, settings.run_folder, partial(made_from, settings, digests), take, seen,
            knowledge.version,
        )  # fmt: skip
        watched = (renewal.watch(), _written_now_and_then(tallies), _progress_swept(assistant.training))
        beside = [asyncio.create_task(each) for each in watched]
        settle()
        try:
            yield Application(settings, knowledge, assistant, log, rasa, renewal, tallies)
        finally:
            unsettle()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            _written(tallies)
            renewal.close()
