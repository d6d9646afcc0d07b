"""The steps of asking an adviser, as they are shown: what is asked, and the buttons. They change nothing."""

from __future__ import annotations

import hashlib

from bot.checks import RETURN
from bot.consultations import MOST_ANSWERS, URGENCIES, Answer, Subject
from bot.conversation import advising_words as words
from bot.conversation import buttons, checking, learning_steps
from bot.conversation.advising_state import Advising, Unsent
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.small_numbers import Hint, warning
from bot.conversation.turn import Turn, notice

NOW = Button("Someone may be in danger now", "advice:now", "alarm")
TELEPHONE = buttons.step("Read it out on the telephone", "advice", "telephone")
HAVE_CODE = buttons.tied("I have a receipt code", "advice", "code")
HELP_CHOOSE = buttons.check("Help me choose whom to ask", "seek-advice-anonymously")
STOP = buttons.step("Stop and wipe this", "stop")
GO_ON = buttons.step("Go on with your question", "show")
GO_BACK = buttons.step("Go back to where you were", "show")
CHANGE_WORDS = buttons.tied("Change my words", "advice", "edit")


def subject(turn: Turn) -> Reply:
    offer = [buttons.tied(words.SUBJECTS[each], "advice", "subject", each) for each in Subject]
    return Reply(
        (Part(words.SUBJECT, "question", words.SUBJECT_TITLE), notice(f"{words.OPERATOR} {words.NOT_WATCHED}")),
        "question", "advice/subject",
        (*offer, NOW, HAVE_CODE, HELP_CHOOSE, TELEPHONE, buttons.WHY, *below(turn), buttons.MENU),
    )  # fmt: skip


def urgency(_: Turn) -> Reply:
    offer = [buttons.tied(words.URGENCIES[each], "advice", "urgency", each) for each in URGENCIES]
    return Reply(
        (Part(words.URGENCY, "question", words.URGENCY_TITLE), notice(words.NOT_WATCHED)),
        "question", "advice/urgency", (*offer, NOW, TELEPHONE, buttons.WHY, buttons.BACK, STOP),
    )  # fmt: skip


def text(turn: Turn) -> Reply:
    """Asks for the words; what was typed already is shown, to be typed again."""
    advising, unsent = open_step(turn), turn.volatile.advice.unsent
    if advising.purpose == "write":
        asks = words.WRITE.format(reference=turn.volatile.advice.thread.reference)
        parts = [Part(asks, "question", words.WRITE_TITLE)]
    else:
        parts = [Part(words.TEXT, "question", words.TEXT_TITLE)]
    offer = [NOW, TELEPHONE, buttons.WHY, buttons.BACK, STOP]
    if unsent.text:
        parts.append(Part(f"{words.EDIT}\n\n{unsent.text}"))
        offer.insert(0, buttons.tied("Keep these words", "advice", "preview"))
    return Reply((*parts, notice(words.NOT_WATCHED)), "question", "advice/text", tuple(offer))


def more(turn: Turn) -> Reply:
    unsent = turn.volatile.advice.unsent
    return Reply(
        (Part(f"{words.MORE}\n\n{unsent.text}", "question", words.MORE_TITLE),), "question", "advice/more",
        (buttons.tied("Keep these words", "advice", "preview"), NOW, TELEPHONE, buttons.BACK, STOP),
    )  # fmt: skip


def danger(_: Turn) -> Reply:
    return Reply(
        (Part(words.DANGER, "question", words.DANGER_TITLE),), "question", "advice/danger",
        (NOW, buttons.tied("Nobody is in danger now", "advice", "calm"), TELEPHONE, buttons.BACK, STOP),
    )  # fmt: skip


def general(turn: Turn) -> Reply:
    """The details that together may point to one person, each with its more general words."""
    found = hints(turn)
    lines = [f"- “{hint.said}” ({hint.label}): {_instead(hint)}" for hint in found]
    offer = [buttons.tied("Use all the general words", "advice", "general", "all")]
    labels = {key_of(hint): f"Use it for “{_short(hint.said)}”" for hint in found}
    offer += [buttons.tied(label, "advice", "general", key) for key, label in labels.items()]
    return Reply(
        (Part("\n".join((words.GENERAL, *lines)), "question", words.GENERAL_TITLE),), "question", "advice/general",
        (*offer, CHANGE_WORDS, buttons.tied("Keep my words as they are", "advice", "keep"), TELEPHONE, buttons.WHY,
         buttons.BACK, STOP),
    )  # fmt: skip


def code(turn: Turn) -> Reply:
    return Reply(
        (Part(words.CODE, "question", words.CODE_TITLE),), "question", "advice/code",
        (buttons.BACK, buttons.WHY, *below(turn), buttons.MENU),
    )  # fmt: skip


def answers(turn: Turn) -> Reply:
    """The answers of the check, each to be left out or put back."""
    given, left_out = answers_of(turn), open_step(turn).left_out
    if not given:
        return Reply((notice(words.NO_ANSWERS),), "question", "advice/answers", (GO_ON,))
    lines = [f"- {number}. {each.question} {each.answer}" for number, each in enumerate(given, start=1)]
    offer = [
        buttons.tied(f"{_toggle(number in left_out)} answer {number}", "advice", "leave", str(number))
        for number in range(1, len(given) + 1)
    ]
    return Reply(
        (Part("\n".join((words.ANSWERS, *lines)), "question", words.ANSWERS_TITLE),), "question", "advice/answers",
        (*offer, buttons.tied("Leave all of them out", "advice", "leave", "all"),
         buttons.step("Go to the preview", "advice", "preview")),
    )  # fmt: skip


def below(turn: Turn) -> tuple[Button, ...]:
    """The way back to the check, the record or the training that stands beneath the question to an adviser."""
    session = turn.session
    if session.advising is not None:
        return ()
    if session.start or session.identifying:
        return (GO_BACK,)
    return (learning_steps.GO_ON,) if session.learning is not None and not session.learning.left else ()


def answers_of(turn: Turn) -> list[Answer]:
    """The answers of the check that is open, in words; none where it cannot be walked any more."""
    if checking.position(turn) is None:
        return []
    found = []
    for check_id, question_id, option_id in turn.session.answers:
        question = turn.knowledge.checks[check_id].question(question_id)
        if question is None or option_id == RETURN:
            continue
        option = question.option(option_id)
        found.append(Answer(question.asks, option.text if option else checking.HARM_LABEL))
    return found[-MOST_ANSWERS:]


def sent_answers(turn: Turn) -> tuple[Answer, ...]:
    """Those of the check's answers that the user has not left out."""
    advising = open_step(turn)
    if advising.purpose == "write":
        return ()
    return tuple(
        each for number, each in enumerate(answers_of(turn), start=1) if number not in advising.left_out
    )


def key_of(hint: Hint) -> str:
    """What stands for a detail in its button: its words, so that an old button never means another detail."""
    return hashlib.sha256(hint.said.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:8]


def hints(turn: Turn) -> tuple[Hint, ...]:
    """What of the unsent words may point to one person, with what was written in the same thread before."""
    memory = turn.volatile.advice
    earlier = memory.thread.written if open_step(turn).purpose == "write" else ()
    return warning(memory.unsent.text, earlier, memory.unsent.kept)


def open_step(turn: Turn) -> Advising:
    advising = turn.session.advising
    assert advising is not None  # these steps are shown only while somebody asks
    return advising


def wiped(turn: Turn) -> None:
    """Forgets the question in the making. A thread that is open stays open."""
    turn.session.advising = None
    turn.volatile.advice.unsent = Unsent()


def _toggle(is_left_out: bool) -> str:
    return "Put back" if is_left_out else "Leave out"


def _instead(hint: Hint) -> str:
    return f"say “{hint.general}”" if hint.general else words.GENERAL_LEAVE_OUT


def _short(said: str) -> str:
    return said if len(said) <= 20 else f"{said[:18].rstrip()}..."
