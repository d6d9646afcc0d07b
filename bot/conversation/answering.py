"""Answers, suggestions, the menu, and the small talk around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.conversation import buttons, rendering, words
from bot.conversation.linking import to_page
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.nlu_client import Ranked
from bot.conversation.turn import Turn, notice
from bot.knowledge import Hit

_MENU_CHECKS = (
    "share-decision", "report-a-concern", "seek-consent-or-not", "gillick-competence", "adult-capacity",
    "refusal-override", "seek-advice-anonymously",
)  # fmt: skip


def answer(turn: Turn, topic_id: str) -> Reply:
    """The short answer of a topic, with More, its check and its neighbours as buttons."""
    topic = turn.knowledge.topics[topic_id]
    turn.session.last_topic = topic_id
    parts = rendering.answer_parts(topic, turn.area, turn.knowledge, turn.today)
    offer = [buttons.tied("More about this", "more", topic_id)]
    if topic.check is not None:
        offer.append(buttons.check(f"Check: {turn.knowledge.checks[topic.check].title}", topic.check))
    links = to_page(turn, words.TOPIC_PAGE, f"/topic/{topic_id}")
    return Reply(parts, "topic", topic_id, (*offer, *_neighbours(turn, topic.see_also)), links=links)


def more(turn: Turn, topic_id: str | None = None) -> Reply:
    """The long answer of a topic, by default the one answered last."""
    chosen = topic_id or turn.session.last_topic
    if chosen is None or chosen not in turn.knowledge.topics:
        return Reply((notice(words.NO_MORE),), "smalltalk", buttons=(buttons.MENU,))
    topic = turn.knowledge.topics[chosen]
    turn.session.last_topic = chosen
    parts = rendering.more_parts(topic, turn.area, turn.knowledge, turn.today)
    offer = [buttons.check(f"Check: {turn.knowledge.checks[topic.check].title}", topic.check)] if topic.check else []
    links = to_page(turn, words.TOPIC_PAGE, f"/topic/{chosen}")
    return Reply(parts, "topic", chosen, (*offer, *_neighbours(turn, topic.see_also)), links=links)


def suggest(turn: Turn, units: Iterable[str]) -> Reply:
    """The nearest topics and checks as buttons, when none is near enough to be answered."""
    offered = {unit: button for unit in units if (button := _unit_button(turn, unit)) is not None}
    if not offered:
        return unknown(turn)
    turn.session.suggested = [*offered]
    return Reply(
        (Part(words.UNSURE, "plain", words.UNSURE_TITLE),), "unknown", "",
        (*offered.values(), buttons.NONE_OF_THESE), alternatives=tuple(offered),
    )  # fmt: skip


def both(turn: Turn, asked: Sequence[Ranked]) -> Reply:
    """The answers to a message that asked two things: the short answer of each topic, and each check as a button."""
    topics = [item.unit for item in asked if item.kind == "topic"]
    parts: list[Part] = [notice(words.TWO_ASKED if topics else words.TWO_CHECKS)]
    offer: list[Button] = []
    for item in asked:
        if item.kind == "check":
            offer.append(buttons.check(f"Start: {turn.knowledge.checks[item.unit].title}", item.unit))
            continue
        topic = turn.knowledge.topics[item.unit]
        parts.extend(rendering.answer_parts(topic, turn.area, turn.knowledge, turn.today))
        offer.append(buttons.tied(f"More: {topic.title}", "more", item.unit))
        if topic.check is not None:
            offer.append(buttons.check(f"Check: {turn.knowledge.checks[topic.check].title}", topic.check))
    first = asked[0].unit
    if topics:
        turn.session.last_topic = topics[-1]
    else:
        turn.session.suggested = [item.unit for item in asked]
    offered = tuple({button.value: button for button in offer}.values())
    return Reply(
        tuple(parts), "topic" if topics else "check", topics[0] if topics else first, offered,
        alternatives=tuple(item.unit for item in asked),
    )  # fmt: skip


def found(turn: Turn, hits: tuple[Hit, ...], reason: str) -> Reply:
    """What a search by key words found, and why a search was needed."""
    if not hits:
        return Reply(
            (notice(reason), Part(words.SEARCH_NOTHING, "plain", words.SEARCH_NOTHING_TITLE)), "unknown", "",
            (buttons.REPORT, buttons.SHARE, buttons.MENU),
        )  # fmt: skip
    offer = [button for hit in hits if (button := _unit_button(turn, hit.id)) is not None]
    return Reply(
        (notice(reason), Part(words.UNSURE, "plain", words.SEARCH_TITLE)), "unknown", "",
        (*offer, buttons.NONE_OF_THESE), alternatives=tuple(hit.id for hit in hits),
    )  # fmt: skip


def unknown(turn: Turn) -> Reply:
    return Reply(
        (Part(words.UNKNOWN, "plain", words.UNKNOWN_TITLE),), "unknown", "",
        (buttons.REPORT, buttons.SHARE, buttons.ASK_ADVICE, buttons.MENU),
    )  # fmt: skip


def elsewhere(turn: Turn, subject_id: str) -> Reply:
    """A subject that no source here answers: said so, with where to go."""
    subject = turn.knowledge.elsewhere.get(subject_id)
    if subject is None:  # the model is older than the knowledge
        return unknown(turn)
    text = words.ELSEWHERE.format(subject=subject.title, says=subject.says)
    return Reply((Part(text, "plain", words.UNKNOWN_TITLE),), "unknown", "", (buttons.ASK_ADVICE, buttons.MENU))


def greeting(turn: Turn) -> Reply:
    """What a new conversation begins with: what this is, and what is kept."""
    privacy = words.PRIVACY.format(minutes=turn.idle_minutes)
    return Reply(
        (Part(words.GREETING, "plain", words.GREETING_TITLE), Part(privacy, "plain", words.PRIVACY_TITLE)),
        "smalltalk", "greeting",
        (
            buttons.REPORT, buttons.SHARE, buttons.ASK_ADVICE, buttons.ALL_CHECKS, *_training(turn),
            buttons.CHOOSE_AREA, buttons.HELP,
        ),
    )  # fmt: skip


def menu(turn: Turn) -> Reply:
    offer = [
        buttons.check(turn.knowledge.checks[name].title, name) for name in _MENU_CHECKS if name in turn.knowledge.checks
    ]
    return Reply(
        (Part(words.MENU, "plain", words.MENU_TITLE),), "smalltalk", "menu",
        (
            *offer, buttons.ASK_ADVICE, buttons.BY_SITUATION, buttons.BY_KIND, buttons.ALL_CHECKS, buttons.LETTERS,
            *_training(turn),
            buttons.CHOOSE_AREA, buttons.PRIVACY, buttons.HELP, buttons.FORGET,
        ),
    )  # fmt: skip


def all_checks(turn: Turn) -> Reply:
    offer = [buttons.check(check.title, check.id) for check in turn.knowledge.checks.values()]
    return Reply((Part("", "plain", words.CHOOSE_CHECK_TITLE),), "smalltalk", "checks", (*offer, buttons.MENU))


def areas(turn: Turn) -> Reply:
    offer = [buttons.tied(area.name, "area", area.id) for area in turn.knowledge.areas.values()]
    return Reply((Part(words.CHOOSE_AREA, "plain", words.CHOOSE_AREA_TITLE),), "smalltalk", "areas", tuple(offer))


def privacy(turn: Turn) -> Reply:
    text = words.PRIVACY.format(minutes=turn.idle_minutes)
    return Reply((Part(text, "plain", words.PRIVACY_TITLE),), "smalltalk", "privacy", (buttons.MENU, buttons.FORGET))


def help_(turn: Turn) -> Reply:
    return Reply(
        (Part(words.HELP, "plain", words.HELP_TITLE),), "smalltalk", "help",
        (buttons.SHARE, buttons.REPORT, buttons.ASK_ADVICE, buttons.ALL_CHECKS, buttons.CHOOSE_AREA),
    )  # fmt: skip


def human(turn: Turn) -> Reply:
    contact = turn.area.contact("safeguarding-lead")
    line = "" if contact is None else f"\n\n- {rendering.contact_line(contact, turn.area, turn.today)}"
    text = f"{words.HUMAN}{line}"
    return Reply((Part(text, "plain", words.HUMAN_TITLE),), "advice", "human", (buttons.ASK_ADVICE, buttons.MENU))


def say(text: str, name: str, offer: Iterable[Button] = (buttons.MENU,)) -> Reply:
    return Reply((Part(text),), "smalltalk", name, tuple(offer))


def _training(turn: Turn) -> tuple[Button, ...]:
    return (buttons.TRAINING,) if turn.knowledge.modules else ()


def _neighbours(turn: Turn, names: Iterable[str]) -> list[Button]:
    shown = [button for name in names if (button := _unit_button(turn, name)) is not None]
    return [Button(button.label, button.value, "step") for button in shown[:3]]


def _unit_button(turn: Turn, name: str) -> Button | None:
    if name in turn.knowledge.topics:
        return buttons.topic(turn.knowledge.topics[name].title, name)
    if name in turn.knowledge.checks:
        return buttons.check(f"Check: {turn.knowledge.checks[name].title}", name)
    if name in turn.knowledge.letters:
        return buttons.tied(turn.knowledge.letters[name].title, "letter", name)
    return None
