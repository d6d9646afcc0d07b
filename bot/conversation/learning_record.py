"""A learner's own record: progress, the made-up name and the code, what a manager sees, wiping it, the certificate.

Every function that changes something blocks on the disk. The code and a real name stand in no session: the code is
shown once, and a name is held in memory until it is confirmed.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import learning_keeping, learning_result
from bot.conversation import learning_steps as steps
from bot.conversation import learning_words as words
from bot.conversation.advising_codes import nearly_a_code
from bot.conversation.learning_reading import answers, commands
from bot.conversation.learning_steps import now, opens, reply, state
from bot.conversation.learning_tally import due_line, kept, kept_line, module_line
from bot.conversation.lexicon import command_in_field
from bot.conversation.messages import Document, File, Part, Reply
from bot.conversation.stances import asks
from bot.conversation.turn import Turn, before, notice
from bot.training import (
    InvalidPseudonym,
    Progress,
    Training,
    TrainingError,
    TrainingSchemaError,
    TrainingUnavailable,
    UnknownLearner,
    require_name,
    suggested_pseudonyms,
)

CERTIFICATE = "training-certificate"
"""The id of the certificate as a document. No letter has it."""

MOST_WORDS_OF_A_NAME = 4
_DAYS_OF_A_MONTH = 30
DECISIONS = ("pseudonym", "code", "share", "wipe", "new-code")
"""Screens on which something of the learning record is decided."""


def privacy(turn: Turn) -> Reply:
    """What the training keeps, and for how long."""
    if turn.training is None:
        return reply("privacy", Part(words.KEEPING_OFF, "plain", words.PRIVACY_TITLE), offer=(steps.HOME,))
    months = round(turn.training.keep_days / _DAYS_OF_A_MONTH)
    told = Part(words.PRIVACY.format(months=months), "plain", words.PRIVACY_TITLE)
    return reply("privacy", told, offer=(steps.PROGRESS, steps.HOME, steps.LEAVE))


def progress(turn: Turn) -> Reply:
    """How far the learner has come, kept or not, and what can be done about it. Blocks on the disk."""
    try:
        found = kept(turn)
    except UnknownLearner:
        state(turn).learner = ""
        return before(_of_conversation(turn), [notice(words.LEARNER_GONE)])
    except (TrainingUnavailable, TrainingSchemaError) as error:
        return before(_of_conversation(turn), [notice(f"{error.message} {error.remedy}")])
    return _of_conversation(turn) if found is None else _of_record(turn, found)


def decide(turn: Turn, what: str) -> Reply | None:
    """Opens the screen on which `what` is decided; None where there is nothing to decide."""
    is_open = learning_keeping.learner(turn) is not None
    if turn.training is None or what not in DECISIONS or is_open == (what in ("pseudonym", "code")):
        return None
    state(turn).go(what)
    turn.volatile.shared_name = ""
    return show(turn)


def show(turn: Turn) -> Reply:
    """The decision that is open."""
    return {"pseudonym": _pseudonym, "code": _code, "share": _share, "wipe": _wipe, "new-code": _new_code}[
        state(turn).at
    ](turn)


def name(turn: Turn, pseudonym: str) -> Reply:
    """Takes a made-up name; nothing is kept before it is confirmed. Raises InvalidPseudonym."""
    state(turn).pseudonym = require_name(pseudonym)
    return show(turn)


def typed_name(turn: Turn, masked: str) -> Reply | None:
    """Takes `masked` as a made-up name; None for a question or a command, which mean what they do elsewhere.

    A name that the gate knows is pointed out; a yes, a no and the like are no name, and it is asked for again.
    """
    if answers(masked):
        return before(show(turn), [notice(words.NEXT_UNCLEAR)])
    if commands(masked) or asks(masked) or len(masked.split()) > MOST_WORDS_OF_A_NAME:
        return None
    if "[" in masked:
        return before(show(turn), [notice(words.PSEUDONYM_REAL)])
    return name(turn, masked)


def takes_private(turn: Turn, text: str) -> bool:
    """Whether `text` is a mistyped code or a name for managers: neither is for Rasa, a transcript or the session."""
    at = state(turn).at
    if at == "code":
        return nearly_a_code(text)
    asked = at == "share" and turn.private_entry and not turn.volatile.shared_name
    return asked and command_in_field(text.strip()) is None


def typed_private(turn: Turn, text: str) -> Reply:
    """Takes the name for managers, which stays in memory until it is confirmed; says so where it is a mistyped code."""
    if state(turn).at == "code":
        return before(show(turn), [notice(words.CODE_SHORT)])
    try:
        turn.volatile.shared_name = require_name(text)
    except InvalidPseudonym as refused:
        return before(show(turn), [notice(f"{refused.message} {refused.remedy}")])
    return show(turn)


def confirm(turn: Turn) -> Reply | None:
    """Carries out what is decided; None where nothing waits. Blocks on the disk."""
    at, training = state(turn).at, turn.training
    if training is None:
        return None
    if at == "pseudonym" and state(turn).pseudonym:
        return _begun(turn, training)
    if learning_keeping.learner(turn) is None or at not in DECISIONS:
        return None
    learner = state(turn).learner
    if at == "share":
        if not turn.volatile.shared_name:
            return before(show(turn), [notice(words.SHARE_LOST)])
        training.share(learner, turn.volatile.shared_name)
        turn.volatile.shared_name = ""
        return _told(turn, words.SHARED)
    if at == "wipe":
        training.wipe(learner)
        _forget(turn)
        return _told(turn, words.WIPED)
    return _shown_code(turn, training.new_code(learner)) if at == "new-code" else None


def unshare(turn: Turn) -> Reply:
    """Managers see nothing from now on. Blocks on the disk."""
    found = learning_keeping.open_record(turn)
    if found is None:
        return progress(turn)
    found[0].unshare(found[1])
    return _told(turn, words.UNSHARED)


def close(turn: Turn) -> Reply:
    """Closes the learning record here; what is kept stays kept."""
    _forget(turn)
    return _told(turn, words.CLOSED_RECORD)


def certificate(turn: Turn) -> File:
    """The certificate as a PDF. Blocks on the disk and computes.

    Raises TrainingError where no learning record is open or no module is complete.
    """
    found = learning_keeping.open_record(turn)
    if found is None:
        raise TrainingError(words.CERTIFICATE_UNKEPT, words.CERTIFICATE_UNKEPT_ADVICE)
    data = found[0].certificate(found[1], turn.knowledge)
    return File(f"{CERTIFICATE}-{turn.today.isoformat()}.pdf", "application/pdf", data)


def _of_conversation(turn: Turn) -> Reply:
    place = state(turn)
    begun = {str(key).split("/")[0] for key in (*(given[0] for given in place.marks), *place.walks)}
    lines = [module_line(turn, module, None) for module in turn.knowledge.modules.values() if module.id in begun]
    text = f"{words.PROGRESS_CONVERSATION}\n\n{steps.bullets(lines)}" if lines else words.PROGRESS_NOTHING
    told = Part(text, "plain", words.PROGRESS_TITLE)
    if turn.training is None:
        return reply("progress", told, notice(words.KEEPING_OFF), offer=(steps.HOME, steps.LEAVE))
    keep = (opens("Keep my progress", "decide", "pseudonym"), opens("I have a code", "decide", "code"))
    return reply("progress", told, offer=(*keep, steps.PRIVACY, steps.HOME, steps.LEAVE))


def _of_record(turn: Turn, found: Progress) -> Reply:
    begun = [each for each in found.modules if each.answered or each.scenarios or each.completed]
    lines = [kept_line(each) for each in begun]
    shared = found.learner.shared_as
    seen = words.PROGRESS_UNSHARED if shared is None else words.PROGRESS_SHARED
    text = "\n\n".join((
        words.PROGRESS_AS.format(pseudonym=found.learner.pseudonym),
        steps.bullets(lines) if lines else words.PROGRESS_NONE_BEGUN, due_line(turn, found), seen,
    ))  # fmt: skip
    share = opens("Share with my manager", "decide", "share")
    if shared is not None:
        share = opens("Stop sharing with managers", "unshare")
    made = reply(
        "progress", Part(text, "plain", words.PROGRESS_TITLE), learning_result.calibration(found.bands),
        offer=(
            *(() if found.today_done else (steps.THREE,)), share, opens("Make a new code", "decide", "new-code"),
            opens("Close my record here", "close"),
            opens("Wipe my learning record", "decide", "wipe"), steps.HOME, steps.LEAVE,
        ),
    )  # fmt: skip
    if not any(each.completed for each in found.modules):
        return made
    return replace(made, documents=(Document(CERTIFICATE, words.CERTIFICATE_TITLE, ("pdf",)),))


def _pseudonym(turn: Turn) -> Reply:
    chosen = state(turn).pseudonym
    if chosen:
        title = words.PSEUDONYM_SURE_TITLE.format(pseudonym=chosen)
        offer = (now(turn, "Keep my progress", "confirm"), opens("Choose another name", "decide", "pseudonym"))
        return reply(
            "pseudonym", Part(words.PSEUDONYM_SURE, "plain", title), _kept_for(turn),
            offer=(*offer, steps.BACK_TO_PROGRESS, steps.LEAVE),
        )  # fmt: skip
    suggested = tuple(now(turn, each, "name", each) for each in suggested_pseudonyms())
    return reply(
        "pseudonym", Part(words.PSEUDONYM, "question", words.PSEUDONYM_TITLE), _kept_for(turn),
        offer=(*suggested, steps.BACK_TO_PROGRESS, steps.LEAVE),
    )  # fmt: skip


def _kept_for(turn: Turn) -> Part:
    assert turn.training is not None  # nothing is decided without it
    months = round(turn.training.keep_days / _DAYS_OF_A_MONTH)
    return notice(words.PRIVACY.format(months=months), words.PRIVACY_TITLE)


def _begun(turn: Turn, training: Training) -> Reply:
    place = state(turn)
    begun = training.begin(place.pseudonym)
    place.learner = begun.learner.id
    learning_keeping.keep_all(turn)
    return _shown_code(turn, begun.code)


def _shown_code(turn: Turn, code: str) -> Reply:
    """The code, once: a part of the kind `once` is kept by no transcript."""
    state(turn).go("progress")
    told = Part(words.CODE, "once", words.CODE_TITLE, rows=(("Code", code),))
    lost = notice(words.CODE_LOST)
    return reply("code", told, lost, offer=(steps.PROGRESS, steps.MODULES, steps.HOME))


def _code(turn: Turn) -> Reply:
    told = Part(words.CODE_ASK, "question", words.CODE_ASK_TITLE)
    elsewhere = None if turn.private_entry else notice(words.CODE_THIRD_PARTY)
    return reply("code-asked", told, elsewhere, notice(words.CODE_LOST), offer=(steps.BACK_TO_PROGRESS, steps.LEAVE))


def open_with(turn: Turn, code: str) -> Reply:
    """Opens the learning record of `code`, and keeps in it what was done in this conversation. Blocks on the disk.

    Raises TrainingError for a code that opens nothing, or too many of them.
    """
    training = turn.training
    if training is None:
        return progress(turn)
    opened = training.open_with(code, turn.source)
    state(turn).learner = opened.id
    learning_keeping.keep_all(turn)
    return _told(turn, words.CODE_OPENED.format(pseudonym=opened.pseudonym))


def _new_code(turn: Turn) -> Reply:
    told = Part(words.CODE_NEW_SURE, "plain", words.CODE_NEW_SURE_TITLE)
    return reply("new-code", told, offer=(now(turn, "Make a new code", "confirm"), steps.BACK_TO_PROGRESS))


def _share(turn: Turn) -> Reply:
    if not turn.private_entry:
        told = Part(words.SHARE_ELSEWHERE, "plain", words.SHARE_TITLE)
        return reply("share", told, offer=(steps.BACK_TO_PROGRESS, steps.LEAVE))
    given = turn.volatile.shared_name
    if not given:
        asked = reply("share", Part(words.SHARE, "question", words.SHARE_TITLE), offer=(steps.BACK_TO_PROGRESS,))
        return replace(asked, entry="private")
    rows = (("Name", given), ("Modules", "Those that you completed, with the day"))
    told = Part(words.SHARE_SURE, "preview", words.SHARE_SURE_TITLE, rows=rows)
    offer = (now(turn, "Show this to managers", "confirm"), opens("Type another name", "decide", "share"))
    return replace(reply("share", told, offer=(*offer, steps.BACK_TO_PROGRESS)), entry="private")


def _wipe(turn: Turn) -> Reply:
    told = Part(words.WIPE, "plain", words.WIPE_TITLE)
    return reply("wipe", told, offer=(now(turn, "Wipe my learning record", "confirm"), steps.BACK_TO_PROGRESS))


def _forget(turn: Turn) -> None:
    """What was done in this conversation goes with the record: it is not to be kept or shown as somebody else's."""
    place = state(turn)
    place.learner, place.marks, place.walks = "", [], {}


def _told(turn: Turn, text: str) -> Reply:
    state(turn).go("progress")
    return before(progress(turn), [notice(text)])
