"""Asks the sealed Rasa what a masked text means. Every way in which it can fail is one error: NluDown."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from bot.errors import SharewellError

ANSWER_FROM = 0.45
"""The confidence from which an intent is acted on (shared/findings: measured on held-out bots)."""

SUGGEST_FROM = 0.30
"""The confidence from which the nearest three are offered instead."""

AMBIGUOUS_WITHIN = 0.02
"""Two intents nearer to one another than this are level: neither is acted on."""

SUGGESTIONS = 3
MAX_TEXT = 2000
BATCH = 256
_KEPT_OPEN = 2.0
"""Seconds for which an unused connection is kept. Rasa closes one after five: ours must be gone before."""

_AT_ONCE = 0.2
"""Seconds within which a connection that was closed already is noticed."""

_FINE = 200
_REFUSED = 403
_DOES = frozenset({
    "answer", "start_check", "reply", "back", "why", "stop", "more", "menu", "help", "greet", "thanks", "goodbye",
    "confirm", "record", "save_nothing", "restart", "change_answer", "not_a_name", "seek_advice", "capabilities",
    "privacy", "choose_area", "human", "unsure", "elsewhere", "letter", "letters",
    "training", "first_day", "quiz", "learning_progress",
})  # fmt: skip

_UNITS = frozenset({"topic", "check", "letter"})
"""Kinds of units of the knowledge that have an intent of their own."""


class NluDown(SharewellError):
    """Rasa did not answer, or answered with something that is no answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Understanding is not available ({reason}).", "Use the buttons, or search by key words.")


@dataclass(frozen=True)
class Ranked:
    """An intent and how sure Rasa is of it, from 0 to 1. `kind` is topic, check, or the intent itself."""

    intent: str
    confidence: float

    @property
    def kind(self) -> str:
        head, _, rest = self.intent.partition("_")
        return head if head in _UNITS and rest else self.intent

    @property
    def elsewhere(self) -> str:
        """The id of the subject outside the guidance that the intent stands for; empty for others."""
        head, _, rest = self.intent.partition("_")
        return rest if head == "elsewhere" else ""

    @property
    def unit(self) -> str:
        """The id of the topic or check that the intent stands for; empty for others."""
        return self.intent.partition("_")[2] if self.kind in _UNITS else ""


@dataclass(frozen=True)
class Understood:
    """What Rasa decided: one directive, and the ranking of intents, best first."""

    do: str
    directive: dict[str, Any] = field(default_factory=dict)
    ranking: tuple[Ranked, ...] = ()

    def suggestions(self) -> tuple[Ranked, ...]:
        """The nearest topics and checks worth offering; none when even the best is too far off."""
        return nearest(self.ranking)


def nearest(ranking: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """The nearest topics and checks worth offering; none when even the best is too far off."""
    units = [ranked for ranked in ranking if ranked.unit]
    if not units or units[0].confidence < SUGGEST_FROM:
        return ()
    return tuple(units[:SUGGESTIONS])


class Understanding(Protocol):
    """What the conversation needs of Rasa. `starting` is true until it was ready for the first time."""

    @property
    def starting(self) -> bool: ...

    async def understand(self, sender: str, text: str, context: str) -> Understood: ...

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]: ...

    async def forget(self, sender: str) -> None: ...


class NluClient:
    """Talks to the connector of nlu/ at `base_url` (loopback or a private network) with the shared `key`.

    `seconds` bounds the wait for one answer. Texts must have passed the privacy gate.
    """

    starting = False

    def __init__(self, base_url: str, key: str, seconds: float = 4.0) -> None:
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=_KEPT_OPEN)
        self._http = httpx.AsyncClient(
            base_url=f"{base_url.rstrip('/')}/webhooks/sharewell",
            headers={"X-Sharewell-Key": key},
            timeout=httpx.Timeout(seconds, connect=1.0),
            limits=limits,
            trust_env=False,  # a proxy of the environment must never see a message
        )

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        """The meaning of `text` in `context`. Raises NluDown."""
        body = await self._post("turn", {"sender": sender, "text": _sendable(text), "context": context})
        directives = body.get("directives")
        if not isinstance(directives, list) or not directives:
            raise NluDown("it gave an empty answer")
        directive = directives[0]
        do = directive.get("do") if isinstance(directive, dict) else None
        if not isinstance(do, str) or do not in _DOES:
            raise NluDown("it gave an answer of no known form")
        return Understood(do, directive, _ranking(body.get("ranking")))

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        """The rankings of many texts, without a conversation. Raises NluDown."""
        found: list[tuple[Ranked, ...]] = []
        for first in range(0, len(texts), BATCH):
            part = [_sendable(text) for text in texts[first : first + BATCH]]
            body = await self._post("parse", {"texts": part}, seconds=60.0)
            rankings = body.get("rankings")
            if not isinstance(rankings, list) or len(rankings) != len(part):
                raise NluDown("it gave an answer of no known form")
            found.extend(_ranking(ranking) for ranking in rankings)
        return found

    async def forget(self, sender: str) -> None:
        """Has Rasa wipe what it holds of `sender`. Raises NluDown."""
        await self._post("forget", {"sender": sender})

    async def ready(self) -> bool:
        """True when Rasa has its model loaded and answers."""
        return not await self.why_not_ready()

    async def why_not_ready(self) -> str:
        """Why Rasa cannot be asked now, in a few words; empty when it can."""
        try:
            response = await self._http.get("/ready", timeout=1.0)
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError, ValueError):  # a host's name may be no name at all
            return "it cannot be reached"
        if response.status_code == _REFUSED:
            return "it refuses our key"
        return "" if response.status_code == _FINE else f"it answered with the error {response.status_code}"

    async def close(self) -> None:
        await self._http.aclose()

    async def _post(self, name: str, body: dict[str, Any], seconds: float | None = None) -> dict[str, Any]:
        timeout = httpx.USE_CLIENT_DEFAULT if seconds is None else httpx.Timeout(seconds, connect=1.0)
        try:
            response = await self._sent(name, body, timeout)
        except httpx.TimeoutException:
            raise NluDown("it took too long") from None
        except (httpx.HTTPError, RuntimeError):  # a client that was closed meanwhile raises RuntimeError
            raise NluDown("it cannot be reached") from None
        if response.status_code != 200:
            raise NluDown(f"it answered with the error {response.status_code}")
        try:
            answer = json.loads(response.content)
        except (ValueError, RecursionError):
            raise NluDown("it gave an answer of no known form") from None
        if not isinstance(answer, dict):
            raise NluDown("it gave an answer of no known form")
        return answer

    async def _sent(self, name: str, body: dict[str, Any], timeout: Any) -> httpx.Response:
        """The response; asked for once more where the connection was closed at once.

        That is how it looks when Rasa closes a connection that lay unused in the moment in which it is used again. What
        breaks off later may have been carried out, and is not repeated.
        """
        began = time.monotonic()
        try:
            return await self._http.post(f"/{name}", json=body, timeout=timeout)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            if time.monotonic() - began > _AT_ONCE:
                raise
            return await self._http.post(f"/{name}", json=body, timeout=timeout)


def _sendable(text: str) -> str:
    """`text` cut to what Rasa reads, its halves of characters replaced: JSON could not carry them."""
    return text[:MAX_TEXT].encode("utf-8", "replace").decode("utf-8")


def _ranking(value: object) -> tuple[Ranked, ...]:
    if not isinstance(value, list):
        raise NluDown("it gave an answer of no known form")
    try:
        return tuple(Ranked(str(item["intent"]), float(item["confidence"])) for item in value)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise NluDown("it gave an answer of no known form") from None
