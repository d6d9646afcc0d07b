"""The one door into Rasa: a message and its context go in, directives and the ranking of intents come out.

POST turn    {"sender", "text", "context"} -> {"directives": [...], "ranking": [...], "intent": {...}}
POST parse   {"texts": [...]}              -> {"rankings": [[...], ...]}; no tracker is touched
POST forget  {"sender"}                    -> {"forgotten": true}
GET  ready                                 -> {"ready": true}
Every request carries the key in X-Sharewell-Key. No answer, error or log holds text that was sent.
"""

from __future__ import annotations

import asyncio
import functools
import hmac
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from understanding.context import CONTEXT, CONTEXTS
from understanding.trackers import ForgettingTrackerStore

KEY_HEADER = "X-Sharewell-Key"
MOST_CHARACTERS = 2000
MOST_TEXTS = 256
MOST_SENDER_CHARACTERS = 128
_RANKED = 5
_TEXTS_AT_ONCE = 16
_FALLBACK = "nlu_fallback"
_Handler = Callable[[Request], Awaitable[HTTPResponse]]


class Refused(Exception):
    """A request that is answered with status 400; the reason holds nothing of what was sent."""


class SharewellChannel(InputChannel):
    """Rasa's connector for the application. `key` is the secret that every request must carry."""

    @classmethod
    def name(cls) -> str:
        return "sharewell"

    def __init__(self, key: str) -> None:
        if not key:
            raise ValueError("The connector needs a key.")
        self._key = key.encode()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("sharewell_channel")
        blueprint.add_route(self._guard(_turn), "/turn", methods=["POST"], name="turn")
        blueprint.add_route(self._guard(_parse), "/parse", methods=["POST"], name="parse")
        blueprint.add_route(self._guard(_forget), "/forget", methods=["POST"], name="forget")
        blueprint.add_route(self._guard(_ready), "/ready", methods=["GET"], name="ready")
        return blueprint

    def _guard(self, handler: _Handler) -> _Handler:
        """Check the key, and answer every fault in words of our own: an exception's words may hold what was sent."""

        @functools.wraps(handler)
        async def guarded(request: Request) -> HTTPResponse:
            given = request.headers.get(KEY_HEADER, "")
            if not hmac.compare_digest(given.encode(), self._key):
                return _error("The key is missing or wrong.", 403)
            try:
                return await handler(request)
            except Refused as refusal:
                return _error(str(refusal), 400)
            except Exception as fault:
                return _error(f"Understanding failed ({type(fault).__name__}).", 500)

        return guarded


async def _ready(request: Request) -> HTTPResponse:
    return json({"ready": _agent(request).is_ready()})


async def _turn(request: Request) -> HTTPResponse:
    body = _body(request)
    sender, text, context = _sender(body), _text(body.get("text")), body.get("context", CONTEXTS[0])
    if context not in CONTEXTS:
        raise Refused("The context is not one of those that the rules know.")
    agent = _agent(request)
    output = CollectingOutputChannel()
    message = UserMessage(text, output, sender, input_channel=SharewellChannel.name(), metadata={CONTEXT: context})
    # The lock is held until the tracker is read, so that the ranking is that of this message.
    async with agent.lock_store.lock(sender):
        await agent.processor.handle_message(message)
        tracker = await agent.tracker_store.retrieve(sender)
    directives = [sent["custom"] for sent in output.messages if "custom" in sent]
    parsed = _parsed(tracker)
    return json({"directives": directives, "ranking": _ranking(parsed), "intent": parsed[INTENT]})


async def _parse(request: Request) -> HTTPResponse:
    texts = _body(request).get("texts")
    if not isinstance(texts, list) or len(texts) > MOST_TEXTS:
        raise Refused(f"The field texts must be a list of at most {MOST_TEXTS} texts.")
    checked = [_text(text) for text in texts]
    rankings: List[Any] = []
    for start in range(0, len(checked), _TEXTS_AT_ONCE):
        rankings += _parse_batch(_agent(request), checked[start : start + _TEXTS_AT_ONCE])
        await asyncio.sleep(0)  # lets a waiting conversation go first
    return json({"rankings": rankings})


def _parse_batch(agent: Agent, texts: List[str]) -> List[Any]:
    processor = agent.processor
    results = processor.graph_runner.run(
        inputs={PLACEHOLDER_MESSAGE: [UserMessage(text) for text in texts], PLACEHOLDER_TRACKER: None},
        targets=[processor.model_metadata.nlu_target],
    )
    return [_ranking(message.as_dict(only_output_properties=True)) for message in _only(results)]


def _only(results: Dict[str, Any]) -> Any:
    (result,) = results.values()
    return result


async def _forget(request: Request) -> HTTPResponse:
    sender = _sender(_body(request))
    agent = _agent(request)
    store = agent.tracker_store
    async with agent.lock_store.lock(sender):
        if isinstance(store, ForgettingTrackerStore):
            store.forget(sender)
        else:
            await store.save(DialogueStateTracker(sender, []))
    return json({"forgotten": True})


def _agent(request: Request) -> Any:
    return request.app.ctx.agent


def _body(request: Request) -> Dict[str, Any]:
    try:
        body = request.json
    except Exception:
        raise Refused("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Refused("The body must be a JSON object.")
    return body


def _sender(body: Dict[str, Any]) -> str:
    sender = body.get("sender")
    if not isinstance(sender, str) or not 0 < len(sender) <= MOST_SENDER_CHARACTERS:
        raise Refused(f"The field sender must hold 1 to {MOST_SENDER_CHARACTERS} characters.")
    return sender


def _text(text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        raise Refused("The text is empty.")
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"The text is longer than {MOST_CHARACTERS} characters.")
    # Rasa takes what follows a slash for the name of an intent and would not try to understand it.
    if text.lstrip().startswith("/"):
        raise Refused("The text begins with a slash.")
    return text


def _parsed(tracker: Optional[DialogueStateTracker]) -> Dict[str, Any]:
    if tracker is None or tracker.latest_message is None:
        raise RuntimeError("The message left no trace in the tracker.")
    return dict(tracker.latest_message.parse_data or {})


def _ranking(parsed: Dict[str, Any]) -> List[Dict[str, Any]]:
    ranked = [entry for entry in parsed.get(INTENT_RANKING_KEY, []) if entry["name"] not in (None, _FALLBACK)]
    return [{"intent": entry["name"], "confidence": entry["confidence"]} for entry in ranked[:_RANKED]]


def _error(words: str, status: int) -> HTTPResponse:
    return json({"error": words}, status=status)
