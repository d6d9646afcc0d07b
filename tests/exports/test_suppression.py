"""What is hidden cannot be worked out from what is shown: tried by solving for it as a reader would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random

import pytest

from bot.exports.audit import Names
from bot.exports.suppression import FEWEST, Cells, hidden

KINDS = ("shared", "shared-in-part", "not-shared", "request-declined")
NAMES = Names(KINDS, ("1", "2", "3"))
TOTALS = frozenset({"total", "sharing", "settled"})
BOUND = 10**6
Range = tuple[int, int]


def made_up(random: Random, records: int) -> Counter[str]:
    """The counts of that many records and of as many settlements."""
    counts: Counter[str] = Counter()
    likely = random.choices((1, 3, 20), k=10)
    for _ in range(records):
        kind = random.choices(KINDS, likely[:4])[0]
        counts.update([f"kind:{kind}", f"week:{random.choices('123', likely[4:7])[0]}", "total"])
        if kind.startswith("shared"):
            counts.update([f"consent:{random.choices(('with', 'without', 'unknown'), likely[7:])[0]}", "sharing"])
        outcome = random.choices(("approval", "return", "take-over"), likely[:3])[0]
        counts.update([f"outcome:{outcome}", f"time:{random.choice(('4', 'longer'))}", "late:no", "settled"])
    return counts


def span(cells: Cells, counts: Mapping[str, int], shut: Cells, fixed: Mapping[str, int]) -> Range:
    """Between what the sum of `cells` may lie for a reader, who guesses the values in `fixed`."""
    lows, highs = 0, 0
    for name in cells:
        low = high = fixed.get(name, counts[name])
        if name in shut and name not in fixed:
            low, high = (1, FEWEST - 1) if counts[name] < FEWEST else (FEWEST, BOUND)
        lows, highs = lows + low, highs + high
    return lows, highs


def both(*ranges: Range) -> Range:
    return max(low for low, _ in ranges), min(high for _, high in ranges)


def possible(counts: Mapping[str, int], shut: Cells, fixed: Mapping[str, int]) -> bool:
    """Whether there are whole numbers for all that is hidden that agree with all that is shown."""
    def of(*cells: str) -> Range:
        return span(frozenset(cells), counts, shut, fixed)

    sharing = both(of("kind:shared", "kind:shared-in-part"), of("consent:with", "consent:without", "consent:unknown"),
                   of("sharing"))  # fmt: skip
    others = of("kind:not-shared", "kind:request-declined")
    total = both((sharing[0] + others[0], sharing[1] + others[1]), of("week:1", "week:2", "week:3"), of("total"))
    settled = both(of("outcome:approval", "outcome:return", "outcome:take-over"), of("settled"),
                   of("time:4", "time:24", "time:72", "time:longer"), of("late:no", "late:yes"))  # fmt: skip
    return all(low <= high for low, high in (sharing, total, settled))


@pytest.mark.parametrize("seed", range(600))
def test_no_small_number_can_be_worked_out(seed: int) -> None:
    random = Random(seed)
    counts = made_up(random, random.choice((0, 1, 3, 6, 12, 25, 60, 300)))
    shut = hidden({name: counts[name] for name in NAMES.all}, NAMES.sums, TOTALS)
    small = [name for name in NAMES.all if 0 < counts[name] < FEWEST]
    assert set(small) <= shut and not any(counts[name] == 0 for name in shut)
    for name in small:
        guesses = [value for value in range(1, FEWEST) if possible(counts, shut, {name: value})]
        assert counts[name] in guesses
        assert len(guesses) > 1, f"{name} can be worked out"


def test_without_the_second_hiding_they_could_be() -> None:
    """The solver above finds what a careless report gives away."""
    counts = Counter({"kind:shared": 20, "kind:shared-in-part": 3, "total": 23, "sharing": 23, "week:1": 23,
                      "consent:with": 23})  # fmt: skip
    careless = frozenset({"kind:shared-in-part"})
    assert [value for value in range(1, 5) if possible(counts, careless, {"kind:shared-in-part": value})] == [3]
    shut = hidden({name: counts[name] for name in NAMES.all}, NAMES.sums, TOTALS)
    assert careless < shut
    assert [value for value in range(1, 5) if possible(counts, shut, {"kind:shared-in-part": value})] == [1, 2, 3, 4]


def test_large_numbers_are_all_shown() -> None:
    counts = Counter({"kind:shared": 20, "total": 20, "sharing": 20, "week:1": 12, "week:2": 8, "consent:with": 20})
    assert hidden({name: counts[name] for name in NAMES.all}, NAMES.sums, TOTALS) == frozenset()
