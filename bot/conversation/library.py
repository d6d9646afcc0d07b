"""The guidance as pages of a library: what stands on each, made of the same parts as the replies of the chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from bot.conversation import browsing, charts, rendering
from bot.conversation.browsing import Entry
from bot.conversation.bundle import Bundle
from bot.conversation.charts import Flowchart
from bot.conversation.danger import words_of
from bot.conversation.messages import Part
from bot.knowledge import NATIONAL, Area, Index, Knowledge, PageIndex, Situation

_NEAR = 5
"""Titles that are offered where a page is not there."""

_ALIKE = 70.0
"""How alike, of 100, an id must be to be offered for another."""


@dataclass(frozen=True)
class TopicPage:
    """A topic: its short answer, its long one (None where both are withheld), then areas and dates; and where to go."""

    entry: Entry
    kind: browsing.Kind
    short: Part
    long: Part | None
    rest: tuple[Part, ...]
    check: Entry | None
    see_also: tuple[Entry, ...]
    situations: tuple[Situation, ...]


@dataclass(frozen=True)
class CheckPage:
    """A check: what it is for, its questions and its ends, or in their place why it is `withheld` in the area."""

    entry: Entry
    about: Part
    withheld: Part | None
    harm: str
    harm_leads: str
    chart: Flowchart
    ends: tuple[Part, ...]
    situations: tuple[Situation, ...]


@dataclass(frozen=True)
class UrgentPage:
    """An urgent trigger: what to do now, and the check that goes on from there."""

    entry: Entry
    parts: tuple[Part, ...]
    check: Entry
    situations: tuple[Situation, ...]


class Library:
    """The pages of one version of the guidance, on the day `today`, led by `area`. Cheap: make one for each page."""

    def __init__(self, shelf: Shelf, area: Area, today: date) -> None:
        self._shelf = shelf
        self._knowledge = shelf.bundle.knowledge
        self.area = area
        self.today = today

    @property
    def knowledge(self) -> Knowledge:
        return self._knowledge

    def topic(self, name: str) -> TopicPage | None:
        """The page of a topic; None where there is none."""
        topic = self._knowledge.topics.get(name)
        found = self.entry("topic", name)
        if topic is None or found is None:
            return None
        short, *rest = rendering.answer_parts(topic, self.area, self._knowledge, self.today)
        long = rendering.more_parts(topic, self.area, self._knowledge, self.today)[0]
        others = [other for each in topic.see_also if (other := self._topic_or_check(each)) is not None]
        return TopicPage(
            found, browsing.KINDS[topic.kind], short, None if long.kind == "notice" else long, tuple(rest),
            self.entry("check", topic.check) if topic.check else None, tuple(others), self._situations(found),
        )  # fmt: skip

    def check(self, name: str) -> CheckPage | None:
        """The page of a check; None where there is none."""
        check = self._knowledge.checks.get(name)
        found = self.entry("check", name)
        if check is None or found is None:
            return None
        lines = rendering.source_lines(check.sources, self._knowledge, self.today)
        harm = check.outcome(check.harm.leads)
        assert harm is not None  # the loader refuses a lead to an outcome that is not there
        ends = (
            rendering.outcome_part(check, outcome, self.area, self._knowledge, self.today) for outcome in check.outcomes
        )
        return CheckPage(
            found, Part(check.purpose, "plain", check.title, lines),
            rendering.check_withheld(check, self.area, self._knowledge, self.today),
            check.harm.when, harm.title, self.chart(name), tuple(ends), self._situations(found),
        )  # fmt: skip

    def urgent(self, name: str) -> UrgentPage | None:
        """The page of an urgent trigger; None where there is none."""
        trigger = self._knowledge.triggers.get(name)
        found = self.entry("urgent", name)
        if trigger is None or found is None:
            return None
        check = self.entry("check", trigger.check)
        assert check is not None  # the loader refuses a check that is not there
        parts = words_of(trigger, self.area, self._knowledge, self.today)
        return UrgentPage(found, parts, check, self._situations(found))

    def chart(self, name: str) -> Flowchart:
        """The flowchart of the check `name`, which must be there."""
        return self._shelf.chart(name)

    def entry(self, kind: str, name: str) -> Entry | None:
        return browsing.entry(self._knowledge, kind, name)

    def near(self, name: str) -> tuple[Entry, ...]:
        """The pages whose id or content is nearest to `name`, where no page has that id."""
        units = {
            found.id: found
            for kind, names in self._names()
            for each in names
            if (found := self.entry(kind, each)) is not None
        }
        alike = process.extract(name, list(units), scorer=fuzz.WRatio, limit=_NEAR, score_cutoff=_ALIKE)
        ids = [each for each, _, _ in alike]
        ids += [hit.id for hit in self._shelf.bundle.index.search(name.replace("-", " "), _NEAR)]
        return tuple(units[each] for each in dict.fromkeys(ids) if each in units)[:_NEAR]

    def _names(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        known = self._knowledge
        return ("urgent", (*known.triggers,)), ("check", (*known.checks,)), ("topic", (*known.topics,))

    def _topic_or_check(self, name: str) -> Entry | None:
        return self.entry("topic", name) or self.entry("check", name)

    def _situations(self, found: Entry) -> tuple[Situation, ...]:
        return tuple(
            each for each in self._knowledge.situations.values()
            if found in browsing.in_situation(self._knowledge, each)
        )  # fmt: skip


class Shelf:
    """What is made once of one version of the guidance: the drawings of its checks, and the index of its pages."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.pages = PageIndex(bundle.knowledge)
        self._charts: dict[str, Flowchart] = {}

    @property
    def index(self) -> Index:
        return self.bundle.index

    def library(self, area: str | None, today: date) -> Library:
        """The library for the area `area`, or the national one where there is no such area."""
        areas = self.bundle.knowledge.areas
        return Library(self, areas.get(area or NATIONAL, areas[NATIONAL]), today)

    def chart(self, name: str) -> Flowchart:
        chart = self._charts.get(name)
        if chart is None:
            chart = self._charts[name] = charts.flowchart(self.bundle.knowledge, name)
        return chart
