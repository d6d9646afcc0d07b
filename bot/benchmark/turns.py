"""Turns one after another: text beside bare Rasa, and buttons."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.benchmark.bare import BareRasa
from bot.benchmark.ours import Ours, Spent
from bot.benchmark.report import Figure, median, p95, ratio
from bot.conversation.messages import Message, Reply

TURNS_A_CHAT = 10
_WARM_UP = 10
_FEWEST = 40
_MILLISECONDS = 1000.0
_SEED = 20261120
_PRESSED = frozenset({"answer", "check", "topic", "more", "menu", "back", "why"})


@dataclass(frozen=True)
class TextTimes:
    """Milliseconds of each turn; `added` is what ours took beyond its call of Rasa, `computed` its processor time."""

    ours: tuple[float, ...]
    bare: tuple[float, ...]
    added: tuple[float, ...]
    computed: tuple[float, ...]

    def figures(self) -> list[Figure]:
        medians, slow = (median(self.ours), median(self.bare)), (p95(self.ours), p95(self.bare))
        return [
            Figure("text turn, median, ours / bare", ratio(*medians), "", 1.3, beside=_both(medians)),
            Figure("text turn, 95th percentile, ours / bare", ratio(*slow), "", 1.5, beside=_both(slow)),
            Figure(
                "added to Rasa's time, 95th percentile", p95(self.added), "ms", 5.0,
                beside=_in_ms(self.added, self.computed),
            ),
        ]


async def text_turns(ours: Ours, bare: BareRasa, texts: Sequence[str], seconds: float) -> TextTimes:
    """Each text to both, one right after the other and in turn first, so that both see the same load.

    Ends early after `seconds`, but not before some turns were measured.
    """
    until = time.monotonic() + seconds
    for number, text in enumerate(texts[:_WARM_UP]):
        await ours.turn(Message(f"warm-{number}", text=text))
        await bare.ask(f"warm-{number}", text)
    our_times: list[float] = []
    bare_times: list[float] = []
    added: list[Spent] = []
    for number, text in enumerate(texts):
        if number >= _FEWEST and time.monotonic() > until:
            break
        chat = f"text-{number // TURNS_A_CHAT}"
        for side in ("ours", "bare") if number % 2 else ("bare", "ours"):
            if side == "bare":
                began = time.perf_counter()
                await bare.ask(chat, text)
                bare_times.append((time.perf_counter() - began) * _MILLISECONDS)
                continue
            turned = await ours.turn(Message(chat, text=text))
            our_times.append(turned.spent.passed * _MILLISECONDS)
            added.append(turned.added)
    passed, computed = _milliseconds(added)
    return TextTimes(tuple(our_times), tuple(bare_times), passed, computed)


async def button_turns(ours: Ours, check_ids: Sequence[str], count: int, seconds: float) -> Figure:
    """Presses of buttons that replies offer, at random with a fixed seed: checks walked, topics opened, steps back.

    Ends early after `seconds`, but not before some presses were measured.
    """
    until = time.monotonic() + seconds
    chosen = random.Random(_SEED)
    spent: list[Spent] = []
    offered: list[str] = []
    for number in range(count):
        if number >= _FEWEST and time.monotonic() > until:
            break
        if not offered or number % TURNS_A_CHAT == 0:
            offered = [f"check:{check_ids[number // TURNS_A_CHAT % len(check_ids)]}"]
        message = Message(f"buttons-{number // TURNS_A_CHAT}", button=chosen.choice(offered))
        turned = await ours.turn(message)
        spent.append(turned.spent)
        offered = _pressable(turned.reply)
    passed, computed = _milliseconds(spent)
    return Figure("button turn, 95th percentile", p95(passed), "ms", 5.0, beside=_in_ms(passed, computed))


def _milliseconds(spent: Sequence[Spent]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Time passed and processor time, each as milliseconds."""
    return tuple(item.passed * _MILLISECONDS for item in spent), tuple(item.computed * _MILLISECONDS for item in spent)


def _pressable(reply: Reply) -> list[str]:
    return [button.value for button in reply.buttons if button.value.split(":")[0] in _PRESSED]


def _both(pair: tuple[float, float]) -> str:
    return f"{pair[0]:.1f} / {pair[1]:.1f} ms"


def _in_ms(passed: Sequence[float], computed: Sequence[float]) -> str:
    return f"median {median(passed):.1f} ms, processor time at the 95th {p95(computed):.1f} ms, {len(passed)} turns"
