"""The menu of the training, its modules, and the pages of a lesson: the same topics as elsewhere."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import buttons, learning_steps, rendering
from bot.conversation import learning_words as words
from bot.conversation.learning_steps import now, opens, reply, state
from bot.conversation.learning_tally import kept_if_readable, module_line
from bot.conversation.linking import to_page
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, notice
from bot.conversation.words import CHECK_PAGE, TOPIC_PAGE
from bot.knowledge import Lesson, Module, ShownUnit


def home(turn: Turn) -> Reply:
    """What can be done in the training."""
    if not turn.knowledge.modules:
        return reply("home", notice(words.NO_MODULES, words.HOME_TITLE), offer=(buttons.MENU,))
    day = () if turn.knowledge.first_day is None else (learning_steps.FIRST_DAY,)
    return reply(
        "home", Part(words.HOME, "plain", words.HOME_TITLE),
        offer=(
            *day, learning_steps.MODULES, learning_steps.THREE, learning_steps.PROGRESS, learning_steps.PRIVACY,
            learning_steps.LEAVE, buttons.MENU,
        ),
    )  # fmt: skip


def modules(turn: Turn) -> Reply:
    """The modules, each with what was done of it."""
    listed = list(turn.knowledge.modules.values())
    progress = kept_if_readable(turn)
    lines = learning_steps.bullets([module_line(turn, module, progress) for module in listed])
    offer = [opens(module.title, "module", module.id) for module in listed]
    return reply(
        "modules", Part(f"{words.MODULES}\n\n{lines}", "plain", words.MODULES_TITLE),
        offer=(*offer, learning_steps.HOME, learning_steps.LEAVE),
    )  # fmt: skip


def module(turn: Turn) -> Reply | None:
    """What a module is about, with its lessons, questions and cases; None where it is gone."""
    found = turn.knowledge.modules.get(state(turn).module)
    if found is None:
        return None
    outcomes = learning_steps.bullets(list(found.outcomes))
    about = "\n\n".join((
        learning_steps.flowed(found.summary), words.MODULE_TIME.format(minutes=found.minutes),
        f"{words.MODULE_ABOUT}\n{outcomes}", f"- {module_line(turn, found, kept_if_readable(turn))}",
    ))  # fmt: skip
    offer = [
        opens(f"Lesson {number}: {lesson.title}", "lesson", found.id, str(number))
        for number, lesson in enumerate(found.lessons, start=1)
    ]
    offer.append(opens("All questions of this module", "quiz", found.id))
    offer += [
        opens(f"Practice case: {scenario.title}", "case", found.id, str(number))
        for number, scenario in enumerate(found.scenarios, start=1)
    ]
    steps = (Button(learning_steps.MODULES.label, learning_steps.MODULES.value, "step"), learning_steps.HOME,
             learning_steps.LEAVE)  # fmt: skip
    return reply(f"module:{found.id}", Part(about, "plain", found.title), offer=(*offer, *steps))


def lesson(turn: Turn) -> Reply | None:
    """One page of a lesson; None where it is gone."""
    found = _lesson(turn)
    if found is None:
        return None
    place, (within, chosen) = state(turn), found
    shown = chosen.shows[min(place.item, len(chosen.shows) - 1)]
    number = within.lessons.index(chosen) + 1
    title = words.LESSON_TITLE.format(number=number, total=len(within.lessons), title=chosen.title)
    told = [words.ITEM.format(number=place.item + 1, total=len(chosen.shows))]
    if shown.intro:
        told.append(shown.intro)
    is_last = place.item >= len(chosen.shows) - 1
    offer = [now(turn, "Go to the questions" if is_last else "Next page", "next")]
    offer += _of_the_unit(turn, within, shown)
    page = to_page(turn, TOPIC_PAGE, f"/topic/{shown.topic}") if shown.topic else ()
    made = reply(
        f"lesson:{within.id}/{chosen.id}", Part("\n\n".join(told), "plain", title), *_unit_parts(turn, shown),
        offer=(*offer, learning_steps.BACK, learning_steps.LEAVE),
    )  # fmt: skip
    return replace(made, links=page or to_page(turn, CHECK_PAGE, f"/check/{shown.check}"))


def more(turn: Turn) -> Reply | None:
    """The long text of the topic on this page; None where the page shows none."""
    found = _lesson(turn)
    if found is None:
        return None
    shown = found[1].shows[min(state(turn).item, len(found[1].shows) - 1)]
    topic = turn.knowledge.topics.get(shown.topic or "")
    if topic is None:
        return None
    parts = rendering.more_parts(topic, turn.area, turn.knowledge, turn.today)
    return reply(f"more:{topic.id}", *parts, offer=())


def next_page(turn: Turn) -> bool:
    """Goes to the next page of the lesson; False where there is none, or no lesson."""
    found, place = _lesson(turn), state(turn)
    if found is None or place.item + 1 >= len(found[1].shows):
        return False
    place.item += 1
    return True


def open_lesson(turn: Turn, module_id: str, number: str) -> bool:
    """Opens lesson `number` (from 1) of a module at its first page; False where there is none."""
    within = turn.knowledge.modules.get(module_id)
    index = int(number) - 1 if number.isascii() and number.isdecimal() and len(number) <= 2 else -1
    if within is None or not 0 <= index < len(within.lessons):
        return False
    place = state(turn)
    place.go("lesson")
    place.module, place.lesson, place.item, place.day = module_id, within.lessons[index].id, 0, None
    return True


def after_lesson(turn: Turn) -> Button | None:
    """The button of the lesson that follows the one open now; None after the last."""
    found = _lesson(turn)
    if found is None:
        return None
    within, chosen = found
    number = within.lessons.index(chosen) + 2
    if number > len(within.lessons):
        return None
    return opens(f"Next: {within.lessons[number - 1].title}", "lesson", within.id, str(number))


def _lesson(turn: Turn) -> tuple[Module, Lesson] | None:
    place = state(turn)
    within = turn.knowledge.modules.get(place.module)
    chosen = None if within is None else within.lesson(place.lesson)
    return None if within is None or chosen is None else (within, chosen)


def _unit_parts(turn: Turn, shown: ShownUnit) -> tuple[Part, ...]:
    if shown.topic is not None:
        topic = turn.knowledge.topics[shown.topic]
        return rendering.answer_parts(topic, turn.area, turn.knowledge, turn.today)
    check = turn.knowledge.checks[shown.check or ""]
    withheld = rendering.check_withheld(check, turn.area, turn.knowledge, turn.today)
    if withheld is not None:
        return (withheld,)
    lines = rendering.source_lines(check.sources, turn.knowledge, turn.today)
    return (Part(check.purpose, "answer", check.title, lines),)


def _of_the_unit(turn: Turn, within: Module, shown: ShownUnit) -> list[Button]:
    if shown.topic is not None:
        return [now(turn, "More about this", "more")]
    return [
        opens(f"Practise it: {scenario.title}", "case", within.id, str(number))
        for number, scenario in enumerate(within.scenarios, start=1) if scenario.check == shown.check
    ]  # fmt: skip
