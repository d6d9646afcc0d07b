"""Walking a check in conversation: asking, answering, Back, Why, Stop, changing an earlier answer, its outcome."""

from __future__ import annotations

from dataclasses import replace

from bot.checks import (
    ADVICE_CHECK,
    HARM_NOW,
    RETURN,
    Answer,
    Asking,
    CheckError,
    Position,
    Reached,
    answer_with,
    offered,
    walk,
)
from bot.conversation import buttons, identifying, rendering, words
from bot.conversation.buttons import place_code
from bot.conversation.linking import to_page
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, before, notice
from bot.knowledge import approval, deadline

HARM_LABEL = "Someone may be harmed"
MAX_OFFERED_CHANGES = 12


def position(turn: Turn) -> Position | None:
    """Where the session's check stands; None when none is under way.

    When a check that was walked changed under its answers, they no longer fit for certain: it starts again.
    """
    session = turn.session
    if session.start is None:
        return None
    if session.content_version != turn.knowledge.version or session.start not in turn.knowledge.checks:
        return None
    try:
        place = walk(turn.knowledge.checks, session.start, session.walk_answers)
    except CheckError:
        return None
    if place.check.id not in session.rests_on:
        session.rests_on[place.check.id] = turn.knowledge.check_digest(place.check.id) or ""
    return place


def start(turn: Turn, check_id: str) -> Reply:
    """Begins the check `check_id` afresh."""
    identifying.end(turn)
    turn.session.end_check()
    turn.session.start = check_id
    turn.session.content_version = turn.knowledge.version
    turn.session.reference = None
    check = turn.knowledge.checks[check_id]
    lines = rendering.source_lines(check.sources, turn.knowledge, turn.today)
    first = show(turn)
    if rendering.check_withheld(check, turn.area, turn.knowledge, turn.today) is not None:
        return first
    # The check's name stands above its purpose already.
    parts = tuple(replace(part, title="") for part in first.parts)
    links = to_page(turn, words.CHECK_PAGE, f"/check/{check_id}")
    return before(replace(first, parts=parts, links=links), [Part(check.purpose, "plain", check.title, lines)])


def restarted(turn: Turn) -> Reply:
    """Starts the check again because the guidance changed since its answers were given."""
    started = turn.session.start
    if started is None or started not in turn.knowledge.checks:
        turn.session.end_check()
        return Reply((notice(words.CHECK_OLD_VERSION),), "question", buttons=(buttons.ALL_CHECKS,))
    return before(start(turn, started), [notice(words.CHECK_OLD_VERSION)])


def show(turn: Turn) -> Reply:
    """The question or outcome where the check stands."""
    place = position(turn)
    if place is None:
        return restarted(turn)
    withheld = withheld_at(turn, place)
    if withheld is not None:
        return withheld_reply(turn, place, withheld)
    if isinstance(place, Reached):
        return outcome_reply(turn, place)
    return question_reply(turn, place)


def withheld_at(turn: Turn, place: Position) -> Part | None:
    """What is said where the check at `place` is withheld in the user's area; None elsewhere.

    What is to be done now is never withheld.
    """
    if isinstance(place, Reached) and place.outcome.urgency == "now":
        return None
    return rendering.check_withheld(place.check, turn.area, turn.knowledge, turn.today)


def withheld_reply(turn: Turn, place: Position, told: Part) -> Reply:
    """A check that is not walked because of its age: whom to ask, and the way to acting now, which stays open."""
    offer = [buttons.STOP, buttons.CHOOSE_AREA, buttons.MENU]
    if turn.session.answers:
        offer.insert(0, buttons.BACK)
    if isinstance(place, Reached):
        return Reply((told,), "question", f"{place.check.id}/{place.outcome.id}", tuple(offer))
    alarm = buttons.answer(HARM_LABEL, place.place, HARM_NOW)
    when = notice(f"{HARM_LABEL}: choose this if {_lower_first(place.check.harm.when)}")
    return Reply(
        (told, when), "question", f"{place.check.id}/{place.question.id}",
        (Button(alarm.label, alarm.value, "alarm"), *offer),
    )  # fmt: skip


def question_reply(turn: Turn, place: Asking) -> Reply:
    parts = [notice(words.CAME_ROUND)] if place.came_round else []
    parts.append(rendering.question_part(place.question, place.check.title))
    offer = [buttons.answer(option.text, place.place, option.id) for option in place.question.options]
    alarm = buttons.answer(HARM_LABEL, place.place, HARM_NOW)
    steps = [buttons.WHY]
    if turn.session.answers:
        steps += [buttons.BACK, buttons.CHANGE]
    return Reply(
        tuple(parts), "question", f"{place.check.id}/{place.question.id}",
        (*offer, Button(alarm.label, alarm.value, "alarm"), *steps, buttons.FLOWCHART, buttons.STOP),
    )  # fmt: skip


def outcome_reply(turn: Turn, place: Reached) -> Reply:
    outcome = place.outcome
    parts = [rendering.outcome_part(place.check, outcome, turn.area, turn.knowledge, turn.today)]
    if outcome.urgency == "now":
        parts.append(contacts_part(turn))
    parts.append(notice(words.GUIDE))
    offer = [buttons.RECORD, buttons.SAVE_NOTHING]
    if place.returns:
        back_to = turn.knowledge.checks[place.returns[-1].check]
        offer.insert(0, buttons.answer(f"Go on with: {back_to.title}", place.place, RETURN))
    if is_advice(place):
        offer.insert(0, buttons.ASK_ADVICE)
    offer += [buttons.check(turn.knowledge.checks[name].title, name) for name in outcome.next]
    if any(letter.fits(place.check.id, outcome.id) for letter in turn.knowledge.letters.values()):
        offer.append(buttons.LETTERS)
    offer += [buttons.BACK, buttons.CHANGE, buttons.FLOWCHART, buttons.MENU]
    return Reply(
        tuple(parts), "outcome", f"{place.check.id}/{outcome.id}", tuple(offer),
        details={
            "urgency": deadline(place.check, outcome, turn.area, turn.knowledge).urgency,
            "approval": approval(outcome, turn.area, turn.knowledge).needed,
            "records": list(outcome.records),
        },
    )  # fmt: skip


def is_advice(place: Reached) -> bool:
    """Whether an outcome sends the user to an adviser, and can wait for one: a check's not sure leads there."""
    if place.outcome.urgency == "now":
        return False
    options = (option for question in place.check.questions for option in question.options)
    unsure = {option.leads for option in options if option.id == "not-sure"}
    return place.check.id == ADVICE_CHECK or f"outcome:{place.outcome.id}" in unsure


def contacts_part(turn: Turn) -> Part:
    roles = (
        "emergency",
        "police",
        "childrens-social-care",
        "adult-social-care",
        "out-of-hours-social-care",
        "safeguarding-lead",
    )
    contacts = [contact for role in roles if (contact := turn.area.contact(role)) is not None]
    lines = (f"- {rendering.contact_line(contact, turn.area, turn.today)}" for contact in contacts)
    return Part("\n".join(lines), "outcome", "Who to tell")


def answer(turn: Turn, code: str, option: str) -> Reply:
    """Takes the button `option` of the step `code`. A button of another step changes nothing."""
    place = position(turn)
    if place is None and turn.session.start is not None:
        return restarted(turn)
    if place is None or place_code(place.place) != code:
        return old_button(turn)
    if option not in offered(place):
        return before(show(turn), [notice(words.UNKNOWN_BUTTON)])
    return give(turn, place, option)


def give(turn: Turn, place: Position, option: str) -> Reply:
    """Gives the answer `option` at `place` and shows what follows. A withheld check takes none but to act now."""
    if option not in (HARM_NOW, RETURN) and withheld_at(turn, place) is not None:
        return show(turn)
    turn.session.add_answer(answer_with(place, option))
    turn.session.drafting = None
    return before(show(turn), [notice(words.RETURNED)]) if option == RETURN else show(turn)


def old_button(turn: Turn) -> Reply:
    if turn.session.start is None:
        return Reply((notice(words.OLD_BUTTON),), "error", buttons=(buttons.MENU,))
    return before(show(turn), [notice(words.OLD_BUTTON)])


def back(turn: Turn) -> Reply:
    """One answer back; from a jumped-to check's first question, back to the question that led there."""
    if not turn.session.answers:
        return before(show(turn), [notice(words.AT_START)])
    turn.session.answers.pop()
    turn.session.drafting = None
    return show(turn)


def why(turn: Turn) -> Reply:
    place = position(turn)
    if place is None:
        return Reply((notice(words.NO_WHY),), "smalltalk", buttons=(buttons.MENU,))
    if withheld_at(turn, place) is not None:
        return show(turn)
    if isinstance(place, Reached):
        text = place.check.purpose
    else:
        text = f"{place.question.why}\n\n{HARM_LABEL}: choose this if {_lower_first(place.check.harm.when)}"
    citations = place.check.sources
    if isinstance(place, Asking) and place.question.source is not None:
        own = tuple(citation for citation in citations if citation.source == place.question.source)
        citations = own or citations
    lines = rendering.source_lines(citations, turn.knowledge, turn.today)
    return before(show(turn), [Part(text, "plain", "Why this is asked", lines)])


def stop(turn: Turn) -> Reply:
    check = turn.knowledge.checks.get(turn.session.start or "")
    turn.session.end_check()
    again = (buttons.check(f"Start again: {check.title}"[:60], check.id),) if check else ()
    return Reply((notice(words.STOPPED),), "ended", buttons=(*again, buttons.MENU, buttons.FORGET))


def save_nothing(turn: Turn) -> Reply:
    turn.session.end_check()
    return Reply((notice(words.NOTHING_SAVED),), "ended", buttons=(buttons.MENU, buttons.FORGET))


def change(turn: Turn) -> Reply:
    """Offers the answers given so far, each to be changed."""
    given = turn.session.walk_answers
    if not given or position(turn) is None:
        return before(show(turn), [notice(words.NOTHING_TO_CHANGE)]) if turn.session.start else nothing_open()
    shown = list(enumerate(given))[-MAX_OFFERED_CHANGES:]
    offer = [
        buttons.tied(_change_label(turn, number, given[number]), "goto", str(number), place_code(each.place))
        for number, each in shown if each.option != RETURN
    ]  # fmt: skip
    return Reply(
        (Part(words.CHANGE, "plain", words.CHANGE_TITLE),), "question", buttons=(*offer, buttons.step("Go on", "show"))
    )


def go_to(turn: Turn, number: str, code: str) -> Reply:
    """Takes the answers from number `number` on back, so that its question is asked again."""
    given = turn.session.walk_answers
    numbers = {str(place): place for place in range(len(given))}
    if number not in numbers or place_code(given[numbers[number]].place) != code:
        return old_button(turn)
    turn.session.answers = turn.session.answers[: numbers[number]]
    turn.session.drafting = None
    return show(turn)


def nothing_open() -> Reply:
    return Reply((notice(words.NOTHING_TO_DO),), "smalltalk", buttons=(buttons.MENU,))


def _change_label(turn: Turn, number: int, given: Answer) -> str:
    check = turn.knowledge.checks[given.place.check]
    question = check.question(given.place.question)
    if question is None:
        return f"{number + 1}. {check.title}"
    option = question.option(given.option)
    said = option.text if option else HARM_LABEL
    asked = question.asks if len(question.asks) <= 70 else question.asks[:67] + "..."
    return f"{number + 1}. {asked} You said: {said}"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".") + "."
