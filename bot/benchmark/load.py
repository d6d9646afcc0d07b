"""Many senders at once: messages a second beside bare Rasa, and whether each got its own replies in order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.benchmark.bare import BareRasa
from bot.benchmark.ordering import LATE, Delivery, delivery
from bot.benchmark.ours import Ours
from bot.benchmark.report import Figure, ratio
from bot.benchmark.texts import cycled
from bot.conversation import words
from bot.conversation.messages import Message

SENDERS = 20
_ROUNDS = 2
_TIMES_SENT = 3 + 2 * _ROUNDS
"""How often each message is sent in all: alone to both sides, in each round to both, and once without waiting."""

_FEWEST_EACH = 2
_WITHOUT_RASA = (words.NLU_DOWN, words.NLU_WARMING)
_Ask = Callable[[str, str], Awaitable[str]]


@dataclass(frozen=True)
class Loaded:
    """Messages a second of a run, and what became of its messages."""

    rate: float
    delivery: Delivery


def messages_each(most: int, seconds: float, turn_seconds: float) -> int:
    """How many messages each sender may send so that all takes about `seconds`, at `turn_seconds` a message."""
    return max(_FEWEST_EACH, min(most, int(seconds / (_TIMES_SENT * SENDERS * turn_seconds))))


async def at_once(ours: Ours, bare: BareRasa, texts: Sequence[str], each: int) -> list[Figure]:
    """`SENDERS` senders, `each` messages from each, first to bare Rasa and then to ours, in two rounds."""

    async def ask_ours(sender: str, text: str) -> str:
        reply = await ours.assistant.turn(Message(sender, text=text))
        if any(said in reply.text for said in _WITHOUT_RASA):
            return LATE
        return f"{reply.kind} {reply.id}: {reply.text}"

    used = list(dict.fromkeys(cycled(texts, 0, SENDERS * each)))
    known_ours = await _known(ask_ours, used)
    known_bare = await _known(bare.ask, used)
    bare_runs, our_runs = [], []
    for number in range(_ROUNDS):
        bare_runs.append(await _waiting(bare.ask, known_bare, _plan(texts, each, f"bare-{number}")))
        our_runs.append(await _waiting(ask_ours, known_ours, _plan(texts, each, f"ours-{number}")))
    hasty = await _hasty(ask_ours, known_ours, _plan(texts, each, "hasty"))
    rates = _mean(our_runs), _mean(bare_runs)
    return [
        Figure(
            f"{SENDERS} senders at once, messages a second, ours / bare", ratio(*rates), "", 0.8, "at least",
            f"{rates[0]:.0f} / {rates[1]:.0f} a second",
        ),
        _faults("lost or out of order, each waits for its reply", [run.delivery for run in our_runs]),
        _faults("lost or out of order, each sends all at once", [hasty]),
        Figure(
            "answered by search, because Rasa took too long",
            sum(item.late for item in (hasty, *(run.delivery for run in our_runs))), "messages", 0.0,
        ),
        _faults("lost or out of order, bare Rasa", [run.delivery for run in bare_runs], aim=None),
    ]  # fmt: skip


async def _known(ask: _Ask, texts: Sequence[str]) -> dict[str, str]:
    """The reply that each text gets when it is asked alone, by a sender of its own."""
    return {text: await ask(f"alone-{number}", text) for number, text in enumerate(texts)}


def _plan(texts: Sequence[str], each: int, name: str) -> dict[str, list[str]]:
    """What each sender sends: parts of `texts` of their own."""
    return {f"{name}-{sender}": cycled(texts, sender * each, each) for sender in range(SENDERS)}


async def _waiting(ask: _Ask, known: Mapping[str, str], plan: Mapping[str, Sequence[str]]) -> Loaded:
    """All senders at once; each sends its next message when it has the reply to the one before."""
    received: dict[str, list[str]] = {sender: [] for sender in plan}

    async def talk(sender: str) -> None:
        for text in plan[sender]:
            received[sender].append(await ask(sender, text))

    began = time.perf_counter()
    await asyncio.gather(*(talk(sender) for sender in plan), return_exceptions=True)
    seconds = time.perf_counter() - began
    return Loaded(sum(map(len, plan.values())) / seconds, delivery(_expected(known, plan), received))


async def _hasty(ask: _Ask, known: Mapping[str, str], plan: Mapping[str, Sequence[str]]) -> Delivery:
    """All senders at once, none waiting: the replies are kept in the order in which they come."""
    received: dict[str, list[str]] = {sender: [] for sender in plan}

    async def send(sender: str, text: str) -> None:
        received[sender].append(await ask(sender, text))

    sends = (send(sender, text) for sender, texts in plan.items() for text in texts)
    await asyncio.gather(*sends, return_exceptions=True)
    return delivery(_expected(known, plan), received)


def _expected(known: Mapping[str, str], plan: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {sender: [known[text] for text in texts] for sender, texts in plan.items()}


def _mean(runs: Sequence[Loaded]) -> float:
    return sum(run.rate for run in runs) / len(runs)


def _faults(name: str, deliveries: Sequence[Delivery], aim: float | None = 0.0) -> Figure:
    sent = sum(item.sent for item in deliveries)
    lost, misplaced = sum(item.lost for item in deliveries), sum(item.misplaced for item in deliveries)
    beside = f"{lost} lost, {misplaced} misplaced of {sent}"
    return Figure(name, lost + misplaced, "messages", aim, beside=beside)
