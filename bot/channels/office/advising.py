"""What the advisers' pages work with: the threads, the guidance that replies point to, and who else answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.accounts import Account, Accounts, Action, may
from bot.consultations import Advice, Adviser, Desk, Link, adviser_from
from bot.knowledge import NATIONAL, Knowledge
from bot.privacy import TYPES, Gate


@dataclass(frozen=True)
class AdviceDesk:
    """`knowledge` gives the guidance in use; `gate` finds names in what advisers write."""

    advice: Advice
    accounts: Accounts
    knowledge: Callable[[], Knowledge]
    gate: Callable[[], Gate]

    @property
    def desk(self) -> Desk:
        return self.advice.desk

    def adviser(self, account: Account) -> Adviser:
        """Who an account is among the advisers, by what stands there now."""
        areas = {area.id: area.name for area in self.knowledge().areas.values()}
        return adviser_from(account.id, account.area, account.subjects, areas, NATIONAL)

    def others(self, reference: str, account: Account) -> list[tuple[Adviser, str]]:
        """The other advisers to whom a thread may go, and their names, by name."""
        people = {
            each.id: each for each in self.accounts.people.all()
            if each.id != account.id and may(each, Action.ADVICE_ANSWER)
        }  # fmt: skip
        able = self.desk.able(reference, [self.adviser(each) for each in people.values()])
        return sorted(((each, people[each.id].shown_as) for each in able), key=lambda pair: pair[1].casefold())

    def identifying(self, text: str) -> tuple[str, ...]:
        """What kinds of detail the gate finds in `text`, in words."""
        return tuple(dict.fromkeys(TYPES[span.type].label for span in self.gate().mask(text).spans))

    def area(self, area_id: str) -> str:
        area = self.knowledge().areas.get(area_id)
        return area.name if area else area_id

    def title(self, kind: str, unit_id: str) -> str:
        """The title of a topic or a check; empty where there is none by now."""
        known = self.knowledge()
        unit = known.checks.get(unit_id) if kind == "check" else known.topics.get(unit_id)
        return unit.title if unit else ""

    def units(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Kinds of what a reply may point to, and each unit of them: its value in a form, and its title."""
        known = self.knowledge()
        for kind, units in (("topic", known.topics), ("check", known.checks)):
            yield kind, sorted(((f"{kind}:{unit.id}", unit.title) for unit in units.values()), key=lambda pair: pair[1])


def link_of(value: str) -> Link:
    """A link as a form sends it: topic:ID or check:ID."""
    kind, _, unit_id = value.partition(":")
    return Link("check" if kind == "check" else "topic", unit_id)
