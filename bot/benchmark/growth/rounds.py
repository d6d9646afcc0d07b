"""The same questions to every size, one right after the other, so that all see the same load."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import psutil

from bot.benchmark.ours import Ours
from bot.benchmark.report import Figure, median, p95, ratio
from bot.benchmark.turns import TURNS_A_CHAT
from bot.conversation.messages import Message
from bot.knowledge import Index

_WARM_UP = 15
_FEWEST = 40
_MILLISECONDS = 1000.0
_SEARCHES = 200
_PRESSES = ("menu", "topic:{topic}", "more")


@dataclass
class Times:
    """Milliseconds: whole text turns, of them what the conversation took, presses of buttons, and searches.

    `computed` is Rasa's processor time of all text turns together. `topics` counts the turns that a topic answered.
    """

    turns: list[float] = field(default_factory=list)
    conversation: list[float] = field(default_factory=list)
    buttons: list[float] = field(default_factory=list)
    searches: list[float] = field(default_factory=list)
    computed: float = 0.0
    topics: int = 0


async def text_rounds(
    sizes: Mapping[str, Ours], texts: Sequence[str], seconds: float, times: Mapping[str, Times]
) -> None:
    """Asks each text of each size; which one is first goes round. Ends early after `seconds`, but not before some."""
    names = list(sizes)
    for number, text in enumerate(texts[:_WARM_UP]):
        for name in names:
            await sizes[name].turn(Message(f"warm-{number}", text=text))
    for name in names:
        times[name].computed -= _computed_by_rasa(sizes[name])
    until = time.monotonic() + seconds
    for number, text in enumerate(texts):
        if number >= _FEWEST and time.monotonic() > until:
            break
        for name in _from(names, number):
            turned = await sizes[name].turn(Message(f"text-{number // TURNS_A_CHAT}", text=text))
            times[name].turns.append(turned.spent.passed * _MILLISECONDS)
            times[name].conversation.append(turned.added.passed * _MILLISECONDS)
            times[name].topics += turned.reply.kind == "topic"
    for name in names:
        times[name].computed += _computed_by_rasa(sizes[name])


async def button_rounds(sizes: Mapping[str, Ours], topics: Sequence[str], times: Mapping[str, Times]) -> None:
    """Presses the same buttons in each size: the menu, a topic, its long answer."""
    names = list(sizes)
    for number, topic in enumerate(topics):
        for name in _from(names, number):
            for value in _PRESSES:
                turned = await sizes[name].turn(Message(f"buttons-{number}", button=value.format(topic=topic)))
                times[name].buttons.append(turned.spent.passed * _MILLISECONDS)


def search_rounds(indexes: Mapping[str, Index], texts: Sequence[str], times: Mapping[str, Times]) -> None:
    """The same searches by key words in each size: what answers while Rasa is not there."""
    names = list(indexes)
    for number, text in enumerate(texts[:_SEARCHES]):
        for name in _from(names, number):
            began = time.perf_counter()
            indexes[name].search(text)
            times[name].searches.append((time.perf_counter() - began) * _MILLISECONDS)


def compared(
    what: str, larger: Sequence[float], smaller: Sequence[float], aims: tuple[float | None, float | None]
) -> list[Figure]:
    """The ratio of both medians and of both 95th percentiles, with their aims."""
    return [
        _ratio(f"{what}, median", larger, smaller, aims[0], median),
        _ratio(f"{what}, 95th percentile", larger, smaller, aims[1], p95),
    ]


def _computed_by_rasa(running: Ours) -> float:
    """Milliseconds of processor time since it began; 0 where no Rasa runs."""
    if running.service.pid is None:
        return 0.0
    spent = psutil.Process(running.service.pid).cpu_times()
    return float(spent.user + spent.system) * _MILLISECONDS


def _ratio(
    name: str, larger: Sequence[float], smaller: Sequence[float], aim: float | None,
    reckoned: Callable[[Sequence[float]], float],
) -> Figure:  # fmt: skip
    pair = reckoned(larger), reckoned(smaller)
    return Figure(name, ratio(*pair), "", aim, beside=f"{pair[0]:.2f} / {pair[1]:.2f} ms, {len(larger)} each")


def _from(names: Sequence[str], number: int) -> list[str]:
    first = number % len(names)
    return [*names[first:], *names[:first]]
