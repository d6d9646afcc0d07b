"""The trained model, a Rasa that runs, and the port of the web chat."""

from __future__ import annotations

import asyncio
import socket
import tarfile
from collections.abc import Iterator

import httpx

from bot.application import detector_for
from bot.conversation.nlu_client import NluClient
from bot.conversation.supervisor import RUN_FILE, running_client
from bot.diagnosis.findings import Finding, fine, mend, note
from bot.diagnosis.installed import SETUP
from bot.knowledge import KnowledgeError, load
from bot.settings import RasaSettings, Settings

_CONNECT_SECONDS = 1.0
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_OUR_NAME = b"Sharewell"


def model(settings: Settings) -> Iterator[Finding]:
    """Whether a model is there and can be opened; whether it fits the knowledge is told by the set-up's stamp."""
    path = settings.model()
    if path is None:
        yield mend("trained", "There is no trained model: typed text is only searched.", SETUP)
        return
    try:
        with tarfile.open(path) as archive:
            whole = archive.next() is not None
    except (OSError, tarfile.TarError, EOFError):
        whole = False
    if not whole:
        yield mend("trained", f"The model {path} cannot be opened.", f"Delete it. {SETUP}")
        return
    yield fine("trained", f"The model is {path.name}, {path.stat().st_size / 1e6:.1f} MB.")


def danger_detector(settings: Settings) -> Iterator[Finding]:
    """Whether the detector of danger can be made, and with its trained part."""
    try:
        knowledge = load(settings.knowledge)
    except KnowledgeError:
        return  # told by the inspection of the knowledge
    detector_for(knowledge, settings)
    if settings.danger_classifier() is None:
        yield mend("trained", "Danger is found by cue words only: its trained part is missing.", SETUP)
    else:
        yield fine("trained", "The detector of danger has its trained part.")


def running_rasa(settings: Settings) -> Iterator[Finding]:
    """A Rasa that runs apart, or that another process of this installation supervises."""
    if settings.rasa.is_apart:
        yield _apart(settings.rasa)
        return
    if not (settings.run_folder / RUN_FILE).exists():
        yield fine("running", "No Rasa is running. `sharewell start` starts one.")
        return
    if asyncio.run(_answers(settings)):
        yield fine("running", "A Rasa of this installation is running and answers.")
    else:
        yield note(
            "running", f"A Rasa is announced in {settings.run_folder / RUN_FILE}, and none answers.",
            "Restart `sharewell start` if it runs; otherwise delete this file.",
        )  # fmt: skip


def web_port(settings: Settings) -> Iterator[Finding]:
    """Who listens where the web chat would."""
    address = f"{settings.host}:{settings.port}"
    if settings.port == 0 or not _listens(settings):
        yield fine("running", f"The web chat is not running; {address} is free.")
    elif _is_ours(settings):
        yield fine("running", f"The web chat answers on {address}.")
    else:
        yield mend(
            "running", f"Another program listens on {address}, where the web chat would.",
            "Stop it, or set SHAREWELL_PORT to another port.",
        )  # fmt: skip


def _apart(rasa: RasaSettings) -> Finding:
    reason = asyncio.run(_why_not(NluClient(rasa.url, rasa.key())))
    if not reason:
        return fine("running", f"Rasa answers at {rasa.url}.")
    return mend(
        "running", f"Rasa does not answer at {rasa.url} ({reason}): typed text is only searched.",
        "Start it with the key of SHAREWELL_RASA_KEY_FILE, or correct SHAREWELL_RASA_URL.",
    )  # fmt: skip


async def _why_not(client: NluClient) -> str:
    try:
        return await client.why_not_ready()
    finally:
        await client.close()


async def _answers(settings: Settings) -> bool:
    client = await running_client(settings.run_folder)
    if client is None:
        return False
    await client.close()
    return True


def _reachable(settings: Settings) -> str:
    return _EVERY_ADDRESS.get(settings.host, settings.host)


def _listens(settings: Settings) -> bool:
    try:
        with socket.create_connection((_reachable(settings), settings.port), _CONNECT_SECONDS):
            return True
    except OSError:
        return False


def _is_ours(settings: Settings) -> bool:
    host = _reachable(settings)
    literal = f"[{host}]" if ":" in host else host
    try:
        page = httpx.get(
            f"http://{literal}:{settings.port}/", timeout=_CONNECT_SECONDS, follow_redirects=True, trust_env=False
        )
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
    return _OUR_NAME in page.content
