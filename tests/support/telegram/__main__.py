"""The emulator as a process of its own, with a crowd of users: `python -m tests.support.telegram`.

It prints {"url": ...}, then carries out each JSON line that it reads, and prints what came of it as a JSON line.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from tests.support.telegram.pacing import PER_SECOND
from tests.support.telegram.person import Person
from tests.support.telegram.running import server_of
from tests.support.telegram.world import World

START = "/check share-decision"
YES = ("Yes",) * 5
WALKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("Yes", "No", "Yes", *YES, "It identifies nobody"), "This is guidance. The decision is yours."),
    (("Yes", "Why this is asked", "Back one step", "No"), "Do not share this now"),
    (("Yes", "Someone may be harmed"), "999"),
    (("Yes", "No", "Back one step", "No", "Stop this check"), "nothing was recorded"),
)
"""Whole checks by buttons, and what the last step shows. Chats take them in turn, so that mixing would show."""

_STEP_SECONDS = 240.0


async def handled(world: World, update: int) -> None:
    until = time.monotonic() + _STEP_SECONDS
    while not world.handled(update):
        if time.monotonic() > until:
            raise TimeoutError(f"update {update} was not answered")
        await asyncio.sleep(0.005)


async def walked(world: World, number: int) -> dict[str, Any]:
    """One chat walks its check. `wrong` says what was not as it should be; `shown` is the number of messages."""
    person = Person(world, 9_000_000 + number)
    labels, last = WALKS[number % len(WALKS)]
    try:
        await handled(world, person.say(START))
        for label in labels:
            await handled(world, person.press(label))
    except (AssertionError, TimeoutError) as error:
        return {"wrong": f"chat {number}: {str(error)[:200]}", "shown": len(person.all()), "walk": number % len(WALKS)}
    wrong = "" if last in person.screen().text else f"chat {number} ends with: {person.screen().text[:200]}"
    return {"wrong": wrong, "shown": len(person.all()), "walk": number % len(WALKS)}


async def checks(world: World, chats: int, faults: int, seed: int) -> dict[str, Any]:
    """`chats` at once, each a whole check, with `faults` at random."""
    world.flood.per_second, world.flood.in_chat, world.flood.refused = PER_SECOND, 1.0, 0
    world.faults.had.clear()
    world.faults.at_random(faults, seed)
    began, sent = time.monotonic(), len(world.sent)
    found = await asyncio.gather(*(walked(world, seed * 1_000 + number) for number in range(chats)))
    usual = {walk: min(each["shown"] for each in found if each["walk"] == walk) for walk in range(len(WALKS))}
    times = sorted(moment for _, moment in world.sent[sent:])
    return {
        "wrong": [each["wrong"] for each in found if each["wrong"]],
        "doubled": sum(each["shown"] - usual[each["walk"]] for each in found),
        "refused": world.flood.refused, "faults": dict(world.faults.had), "left": world.faults.left,
        "busiest": max((sum(1 for other in times if 0 <= other - each < 1) for each in times), default=0),
        "refusals": Counter(world.refusals), "seconds": time.monotonic() - began,
    }  # fmt: skip


async def turns(world: World, count: int) -> dict[str, Any]:
    """Presses one after another, and the milliseconds from each press to its answer in the chat."""
    world.flood.per_second, world.flood.in_chat = 1_000, 0.0
    spent: list[float] = []
    people = [Person(world, 8_000_000 + number) for number in range(40)]
    for person in people:
        await handled(world, person.say(START))
    for number in range(count):
        person = people[number % len(people)]
        before, began = len(world.sent), time.time()
        update = person.press("Back one step" if number // len(people) % 2 else "Yes")
        await handled(world, update)
        spent.append((world.sent[before][1] - began) * 1000)
        await asyncio.sleep(0.04)
    return {"milliseconds": spent}


async def flood(world: World, messages: int) -> dict[str, Any]:
    """One chat forwards `messages` at once, each with details; another asks for help a moment later.

    The seconds until the other is answered, until each message of the flood is deleted, and until its chat is told.
    """
    world.flood.per_second, world.flood.in_chat, world.flood.refused = PER_SECOND, 1.0, 0
    flooding, other = Person(world, 8_500_001), Person(world, 8_500_002)
    for _ in range(messages):
        flooding.forward("spoke to Kayleigh Ashgrove on 07700 900461")
    began = time.monotonic()
    other.say("/help")
    answered = await _seconds_until(lambda: bool(other.all()), began)
    deleted = await _seconds_until(lambda: not flooding.own(), began)
    told = await _seconds_until(lambda: any("Too many messages" in shown.text for shown in flooding.all()), began)
    return {"answered": answered, "deleted": deleted, "told": told, "refused": world.flood.refused}


async def _seconds_until(holds: Callable[[], bool], began: float) -> float:
    while not holds():
        if time.monotonic() - began > _STEP_SECONDS:
            raise TimeoutError("the flood was not answered")
        await asyncio.sleep(0.005)
    return time.monotonic() - began


async def crowd(world: World, chats: int, first: int) -> dict[str, Any]:
    """`chats` new chats, each with a check begun."""
    world.flood.per_second, world.flood.in_chat = 100_000, 0.0
    for begin in range(0, chats, 50):
        people = [Person(world, first + number) for number in range(begin, min(begin + 50, chats))]
        for update in [person.say(START) for person in people]:
            await handled(world, update)
        for person in people:
            del world.chats[person.number]
        world.confirmed.clear()
        world.calls.clear()
    return {"chats": chats}


async def main() -> None:
    world = World()
    server, listening = server_of(world)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    print(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}", "token": world.token}), flush=True)
    doing: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {
        "checks": checks, "turns": turns, "crowd": crowd, "flood": flood,
    }  # fmt: skip
    while line := await asyncio.to_thread(sys.stdin.readline):
        asked = json.loads(line)
        print(json.dumps(await doing[asked.pop("do")](world, **asked)), flush=True)
    server.should_exit = True
    await serving


if __name__ == "__main__":
    asyncio.run(main())
