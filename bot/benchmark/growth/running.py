"""A whole run: three sizes trained, all three served at once, and asked by turns."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from bot.application import detector_for, gate_for
from bot.benchmark import progress
from bot.benchmark.growth.rounds import Times, button_rounds, compared, search_rounds, text_rounds
from bot.benchmark.growth.serving import Sized, served, sized
from bot.benchmark.growth.sizes import TIMES, few, tenfold
from bot.benchmark.memory import megabytes_with_children
from bot.benchmark.ours import Ours
from bot.benchmark.report import Figure, Report, ratio
from bot.benchmark.texts import cycled, questions
from bot.knowledge import Index, Knowledge, load
from bot.settings import Settings

FULL_AIM = 1.2
TENFOLD_AIM = 1.5
_TURNS = 300
_SECONDS = 300.0
_FEW, _FULL, _TEN = "40 topics", "all", f"{TIMES} times all"


async def measure(settings: Settings, examples: int) -> Report:
    """Measures three sizes, the last with `examples` examples for each made unit. Raises SharewellError."""
    settings.prepare()
    known = load(settings.knowledge)
    folder = settings.home / "bench" / "growth"
    kinds = {_FEW: few(known), _FULL: known, _TEN: tenfold(known, examples)}
    sizes = [await _sized(settings, name, kinds[name], folder / f"size-{number}") for number, name in enumerate(kinds)]
    texts = questions(kinds[_FEW], gate_for(known), detector_for(known, settings))
    began = time.perf_counter()
    home = Path(tempfile.mkdtemp(prefix="run-", dir=folder))
    try:
        figures = await _driven(settings, sizes, texts, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return Report(tuple(figures), time.perf_counter() - began, tuple(_notes(sizes, examples)))


async def _sized(settings: Settings, name: str, knowledge: Knowledge, folder: Path) -> Sized:
    async with progress.step(f"Training {name}, unless an earlier run did"):
        return await sized(settings, name, knowledge, folder)


async def _driven(settings: Settings, sizes: Sequence[Sized], texts: Sequence[str], home: Path) -> list[Figure]:
    times = {size.name: Times() for size in sizes}
    async with AsyncExitStack() as stack:
        running: dict[str, Ours] = {}
        for number, size in enumerate(sizes):
            async with progress.step(f"Starting Rasa with {size.name}"):
                running[size.name] = await stack.enter_async_context(served(settings, size, home / str(number)))
        async with progress.step("Asking all of them by turns"):
            await text_rounds(running, cycled(texts, 0, _TURNS), _SECONDS, times)
        async with progress.step("Pressing buttons and searching"):
            await button_rounds(running, sorted(sizes[0].knowledge.topics), times)
            search_rounds({size.name: Index(size.knowledge) for size in sizes}, texts, times)
        memory = [_memory(size, running[size.name]) for size in sizes]
    return [*_ratios(times), *_sound(times), *memory, *(_training(size) for size in sizes)]


def _ratios(times: Mapping[str, Times]) -> list[Figure]:
    """The ratios of each pair of sizes. The slowest presses have no aim: they say what else the machine did."""
    found: list[Figure] = []
    for larger, smaller, aim in ((_FULL, _FEW, FULL_AIM), (_TEN, _FULL, TENFOLD_AIM)):
        big, small = times[larger], times[smaller]
        pair = f"{larger} / {smaller}"
        found += compared(f"text turn, {pair}", big.turns, small.turns, (aim, aim))
        found.append(_computed(pair, big, small))
        found += compared(f"conversation's part of it, {pair}", big.conversation, small.conversation, (None, None))
        found += compared(f"button turn, {pair}", big.buttons, small.buttons, (aim, None))
        found += compared(f"search by key words, {pair}", big.searches, small.searches, (None, None))
    return found


def _computed(pair: str, big: Times, small: Times) -> Figure:
    """Other work of the machine does not count in this one: it is what to look at where the machine was busy."""
    each = big.computed / len(big.turns), small.computed / len(small.turns)
    beside = f"{each[0]:.1f} / {each[1]:.1f} ms at the mean"
    return Figure(f"Rasa's processor time of it, {pair}", ratio(*each), "", beside=beside)


def _sound(times: Mapping[str, Times]) -> list[Figure]:
    """Whether the turns did what a turn is for: each question is an example of a topic of every size."""
    return [
        Figure(
            f"turns that a topic answered, {name}", 100 * item.topics / len(item.turns), "%", 90.0, "at least",
            f"{item.topics} of {len(item.turns)}",
        )
        for name, item in times.items()
    ]  # fmt: skip


def _memory(size: Sized, running: Ours) -> Figure:
    pid = running.service.pid
    return Figure(f"memory of Rasa, {size.name}", 0.0 if pid is None else megabytes_with_children(pid), "MB")


def _training(size: Sized) -> Figure:
    beside = f"{size.units} units, {size.examples} examples"
    return Figure(f"training, {size.name}", size.trained.seconds, "s", beside=beside)


def _notes(sizes: Sequence[Sized], examples: int) -> list[str]:
    full, ten = sizes[1], sizes[2]
    return [
        f"Made, not written: {ten.units - full.units} of the {ten.units} units of {ten.name}. Each has the texts of a "
        f"real unit and {examples} of its examples with invented words in them, against "
        f"{full.examples / full.units:.0f} examples of a real unit at the mean.",
        f"The same questions go to all sizes: examples of the {sizes[0].units} topics that all of them have.",
    ]
