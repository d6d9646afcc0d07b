"""A whole run: training, both started, driven side by side, weighed, and started once more."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot.application import detector_for, gate_for
from bot.benchmark import bare as bare_rasa
from bot.benchmark.bare import BareRasa
from bot.benchmark.load import at_once, messages_each
from bot.benchmark.memory import megabytes, megabytes_with_children
from bot.benchmark.ours import Ours, started
from bot.benchmark.report import Figure, Report, median, ratio
from bot.benchmark.starting import first_answers
from bot.benchmark.texts import cycled, questions, urgent_text
from bot.benchmark.turns import button_turns, text_turns
from bot.knowledge import Knowledge, load
from bot.settings import ROOT, Settings

_MILLISECONDS = 1000.0
_APPLICATION_MEGABYTES = 300.0
_RASA_MEGABYTES = 900.0


@dataclass(frozen=True)
class Size:
    """How much is measured at most: turns of each kind, messages of each sender, cold starts of each side.

    `seconds` bounds each of the three phases of turns on a slow machine; `cold_seconds` lets no cold start begin later.
    """

    text_turns: int
    button_turns: int
    messages_each: int
    cold_starts: int
    seconds: float
    cold_seconds: float


FULL = Size(text_turns=400, button_turns=400, messages_each=10, cold_starts=3, seconds=40.0, cold_seconds=150.0)
QUICK = Size(text_turns=100, button_turns=200, messages_each=3, cold_starts=1, seconds=6.0, cold_seconds=0.0)


async def measure(settings: Settings, size: Size, say: Callable[[str], None] | None = None) -> Report:
    """Measures everything. What goes on is told to `say`, by default on standard error. Raises SharewellError."""
    tell = say or _on_standard_error
    settings.prepare()
    knowledge = load(settings.knowledge)
    detector = detector_for(knowledge, settings)
    texts = questions(knowledge, gate_for(knowledge), detector)
    tell("Training bare Rasa on the same data, unless an earlier run did ...")
    trained = await bare_rasa.trained(settings, knowledge, ROOT / "stories")
    began = time.perf_counter()
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=settings.home / "bench"))
    try:
        run = _Run(settings, size, knowledge, texts, folder, trained.model, tell)
        figures = await run.figures(urgent_text(knowledge, detector))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    figures.append(Figure("training time of the same data", trained.seconds, "s", beside="when it was last trained"))
    return Report(tuple(figures), time.perf_counter() - began)


@dataclass(frozen=True)
class _Run:
    settings: Settings
    size: Size
    knowledge: Knowledge
    texts: list[str]
    folder: Path
    model: Path
    tell: Callable[[str], None]

    async def figures(self, urgent: str) -> list[Figure]:
        self.tell("Starting a chat, to see how soon buttons, urgent words and search answer ...")
        compiled = self.settings.home / "bench" / "compiled"
        for name in ("chat-before", "chat"):  # the first start compiles the program, as it does once after a set-up
            soon = await first_answers(self._home(name), compiled, urgent, self.texts[0])
        until = time.monotonic() + self.size.cold_seconds
        cold: list[tuple[float, float]] = []
        found: list[Figure] = []
        for number in range(self.size.cold_starts):
            if cold and time.monotonic() > until:
                break
            self.tell(f"Cold start {number + 1} of {self.size.cold_starts}, bare Rasa and ours ...")
            bare = BareRasa(self.settings, self.model, self.folder / f"bare-{number}")
            try:
                bare_seconds = await bare.start(self.texts[0])
                async with started(self._home(f"ours-{number}"), self.texts[0]) as ours:
                    cold.append((ours.cold_start, bare_seconds))
                    if not found:
                        found = await self._driven(ours, bare)
            finally:
                await bare.close()
        return [*found, _cold_figure(cold), soon]

    async def _driven(self, ours: Ours, bare: BareRasa) -> list[Figure]:
        size = self.size
        self.tell("Text turns, both sides by turns ...")
        times = await text_turns(ours, bare, cycled(self.texts, 0, size.text_turns), size.seconds)
        self.tell("Button turns ...")
        buttons = await button_turns(ours, sorted(self.knowledge.checks), size.button_turns, size.seconds)
        self.tell("Twenty senders at once ...")
        each = messages_each(size.messages_each, size.seconds, median(times.bare) / _MILLISECONDS)
        together = await at_once(ours, bare, self.texts, each)
        return [*times.figures(), buttons, *together, *_memory(ours, bare)]

    def _home(self, name: str) -> Settings:
        return self.settings.in_home(self.folder / name)


def _cold_figure(pairs: list[tuple[float, float]]) -> Figure:
    """The quickest start of each side: what is slower than that is the machine's doing."""
    quickest = min(ours for ours, _ in pairs), min(bare for _, bare in pairs)
    beside = f"{quickest[0]:.1f} / {quickest[1]:.1f} s, best of {len(pairs)}"
    return Figure("cold start to the first understood answer, ours / bare", ratio(*quickest), "", 1.2, beside=beside)


def _memory(ours: Ours, bare: BareRasa) -> list[Figure]:
    pid = ours.service.pid
    return [
        Figure("memory of the application", megabytes(psutil.Process()), "MB", _APPLICATION_MEGABYTES),
        Figure(
            "memory of Rasa", 0.0 if pid is None else megabytes_with_children(pid), "MB", _RASA_MEGABYTES,
            beside=f"bare Rasa {megabytes_with_children(bare.pid):.0f} MB",
        ),
    ]  # fmt: skip


def _on_standard_error(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
