"""The second, separate step after a record: identifying details, in memory until they are confirmed, then encrypted."""

from __future__ import annotations

from bot.conversation import buttons, handing_in, identity_page, words
from bot.conversation.messages import Part, Reply
from bot.conversation.session import Identifying
from bot.conversation.turn import Turn, before, notice
from bot.decision_log import IdentityState

MAX_DETAIL = 300
"""Characters of one identifying detail."""

LABELS = {
    "case-reference": "Case reference",
    "whose-information": "Whose information it is",
    "who-decided": "Who decided",
}
"""The details that the vault takes, in the order in which they are asked (bot.decision_log.IDENTITY_KEYS)."""

_ASKS = {
    "case-reference": "What is the case reference in your own system?",
    "whose-information": "Whose information is it?",
    "who-decided": "Who made the decision?",
}

_KEEP_NONE = buttons.step("Keep none of this", "discard")


def offer(turn: Turn, reference: str, parts: list[Part]) -> Reply:
    """After a record: offers to add identifying details, where this channel may take them."""
    hand_in = handing_in.button(turn, reference)
    parts = [*parts, *(notice(words.HAND_IN_OFFER) for _ in hand_in)]
    steps = (*hand_in, *identity_page.button(turn, reference), buttons.LETTERS, buttons.MENU, buttons.FORGET)
    if not turn.private_entry:
        return Reply((*parts, notice(words.IDENTITY_ELSEWHERE)), "recorded", reference, steps)
    add = buttons.tied("Add identifying details", "identify", reference)
    return Reply((*parts, notice(words.IDENTITY_OFFER)), "recorded", reference, (add, *steps))


def begin(turn: Turn, reference: str) -> Reply:
    """Asks for the first detail of the record just made; goes on where the details are being asked for already.

    Blocks on the disk. Raises LogError when the log cannot be read.
    """
    if reference != turn.session.reference or not turn.private_entry:
        return Reply((notice(words.OLD_BUTTON),), "error", buttons=(buttons.MENU,))
    if turn.session.identifying is None:
        if _is_held(turn, reference):
            return _told(words.IDENTITY_KEPT, reference)
        turn.volatile.details.clear()
        turn.session.identifying = _from_the_first(reference)
    return show(turn)


def takes_text(turn: Turn) -> bool:
    """True when what the user types now is an identifying detail: the one text that is taken as it was typed."""
    step = turn.session.identifying
    return step is not None and step.asking is not None


def show(turn: Turn) -> Reply:
    """The detail being asked, or what would be kept when all have been.

    Details are in memory only: where they went with a process, they are asked for again.
    """
    step = _step(turn)
    if not set(step.given) <= set(turn.volatile.details):
        turn.volatile.details.clear()
        turn.session.identifying = _from_the_first(step.reference)
        return before(show(turn), [notice(words.IDENTITY_LOST)])
    if step.asking is None:
        return _preview(turn)
    title = words.IDENTITY_TITLE.format(reference=step.reference)
    return Reply(
        (Part(f"{_ASKS[step.asking]}\n\n{words.IDENTITY_HINT}", "question", title),), "identity", step.asking,
        (buttons.tied("Leave blank", "blank", step.asking), buttons.BACK, _KEEP_NONE), entry="private",
    )  # fmt: skip


def type_detail(turn: Turn, text: str) -> Reply:
    """Takes `text` as it was typed, into memory only."""
    step = _step(turn)
    if step.asking is None:
        return show(turn)
    if len(text) > MAX_DETAIL:
        return before(show(turn), [notice(words.FIELD_TOO_LONG.format(limit=MAX_DETAIL))])
    turn.volatile.details[step.asking] = text.strip()
    step.given = [*step.given, step.asking]
    return _advance(turn)


def leave_blank(turn: Turn, name: str) -> Reply:
    if _step(turn).asking != name:
        return before(show(turn), [notice(words.OLD_BUTTON)])
    return _advance(turn)


def back(turn: Turn) -> Reply:
    """One detail back, which is asked for again; nothing of the others is lost."""
    step, names = _step(turn), list(LABELS)
    number = len(names) if step.asking is None else names.index(step.asking)
    if number == 0:
        return before(show(turn), [notice(words.AT_FIRST_DETAIL)])
    step.asking = names[number - 1]
    step.given = [name for name in step.given if name != step.asking]
    turn.volatile.details.pop(step.asking, None)
    return show(turn)


def why(turn: Turn) -> Reply:
    return before(show(turn), [notice(words.IDENTITY_WHY, "Why this is asked")])


def keep(turn: Turn, confirmation_id: str) -> Reply:
    """Writes the details into the vault, once. Blocks on the disk. Raises LogError when nothing could be kept."""
    step = _step(turn)
    if step.confirmation_id != confirmation_id or step.asking is not None:
        return before(show(turn), [notice(words.OLD_BUTTON)])
    details = turn.volatile.details
    if not set(step.given) <= set(details):
        # Killed after the details were written and before the session was saved, they are kept though they are gone.
        return _finished(turn, words.IDENTITY_KEPT) if _is_held(turn, step.reference) else show(turn)
    turn.log.add_identity(step.reference, confirmation_id, dict(details), turn.now, turn.account)
    return _finished(turn, words.IDENTITY_KEPT)


def discard(turn: Turn) -> Reply:
    return _finished(turn, words.IDENTITY_NONE)


def end(turn: Turn) -> None:
    """Forgets the step and what was typed in it."""
    turn.session.identifying = None
    turn.volatile.details.clear()


def _advance(turn: Turn) -> Reply:
    step = _step(turn)
    names = list(LABELS)
    number = names.index(step.asking or names[0]) + 1
    step.asking = names[number] if number < len(names) else None
    return show(turn)


def _preview(turn: Turn) -> Reply:
    step = _step(turn)
    details = turn.volatile.details
    if not details:
        return before(_finished(turn, words.IDENTITY_NONE), [notice(words.IDENTITY_EMPTY)])
    rows = tuple((label, details[name]) for name, label in LABELS.items() if name in details)
    title = words.IDENTITY_TITLE.format(reference=step.reference)
    return Reply(
        (Part(words.IDENTITY_PREVIEW, "preview", title, rows=rows),), "identity", "preview",
        (buttons.tied("Keep these details", "keep", step.confirmation_id), buttons.BACK, _KEEP_NONE),
        entry="private",
    )  # fmt: skip


def _finished(turn: Turn, wording: str) -> Reply:
    reference = _step(turn).reference
    end(turn)
    return _told(wording, reference)


def _told(wording: str, reference: str) -> Reply:
    return Reply((notice(wording.format(reference=reference)),), "recorded", reference, (buttons.MENU, buttons.FORGET))


def _is_held(turn: Turn, reference: str) -> bool:
    return turn.log.show(reference).identity is IdentityState.HELD


def _from_the_first(reference: str) -> Identifying:
    return Identifying(reference, asking=next(iter(LABELS)))


def _step(turn: Turn) -> Identifying:
    step = turn.session.identifying
    assert step is not None  # the flows of this module run only while it is set
    return step
