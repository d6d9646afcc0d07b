"""The second, separate step after a record: identifying details, in memory until they are confirmed, then encrypted."""

from __future__ import annotations

from bot.conversation import buttons, words
from bot.conversation.messages import Part, Reply
from bot.conversation.session import Identifying
from bot.conversation.turn import Turn, before, notice

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
    steps = (buttons.MENU, buttons.FORGET)
    if not turn.private_entry:
        return Reply((*parts, notice(words.IDENTITY_ELSEWHERE)), "recorded", reference, steps)
    add = buttons.tied("Add identifying details", "identify", reference)
    return Reply((*parts, notice(words.IDENTITY_OFFER)), "recorded", reference, (add, *steps))


def begin(turn: Turn, reference: str) -> Reply:
    if reference != turn.session.reference or not turn.private_entry:
        return Reply((notice(words.OLD_BUTTON),), "error", buttons=(buttons.MENU,))
    turn.volatile.details.clear()
    turn.session.identifying = Identifying(reference, asking=next(iter(LABELS)))
    return show(turn)


def show(turn: Turn) -> Reply:
    """The detail being asked, or what would be kept when all have been."""
    step = _step(turn)
    if step.asking is None:
        return _preview(turn)
    title = words.IDENTITY_TITLE.format(reference=step.reference)
    return Reply(
        (Part(f"{_ASKS[step.asking]}\n\n{words.IDENTITY_HINT}", "question", title),), "identity", step.asking,
        (buttons.tied("Leave blank", "blank", step.asking), _KEEP_NONE), entry="private",
    )  # fmt: skip


def type_detail(turn: Turn, text: str) -> Reply:
    """Takes `text` as it was typed, into memory only."""
    step = _step(turn)
    if step.asking is None:
        return show(turn)
    if len(text) > MAX_DETAIL:
        return before(show(turn), [notice(words.FIELD_TOO_LONG.format(limit=MAX_DETAIL))])
    turn.volatile.details[step.asking] = text.strip()
    return _advance(turn)


def leave_blank(turn: Turn, name: str) -> Reply:
    step = turn.session.identifying
    if step is None or step.asking != name:
        return before(show(turn), [notice(words.OLD_BUTTON)]) if step else _nothing(turn)
    turn.volatile.details.pop(name, None)
    return _advance(turn)


def keep(turn: Turn, confirmation_id: str) -> Reply:
    """Writes the details into the vault, once. Blocks on the disk. Raises LogError when nothing could be kept."""
    step = turn.session.identifying
    if step is None or step.confirmation_id != confirmation_id:
        return _nothing(turn)
    details = dict(turn.volatile.details)
    if not details:
        step.asking = next(iter(LABELS))
        return before(show(turn), [notice(words.IDENTITY_LOST)])
    turn.log.add_identity(step.reference, confirmation_id, details, turn.now)
    return _finished(turn, words.IDENTITY_KEPT)


def discard(turn: Turn) -> Reply:
    return _finished(turn, words.IDENTITY_NONE) if turn.session.identifying else _nothing(turn)


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
        (buttons.tied("Keep these details", "keep", step.confirmation_id), _KEEP_NONE),
        entry="private",
    )  # fmt: skip


def _finished(turn: Turn, wording: str) -> Reply:
    reference = _step(turn).reference
    turn.session.identifying = None
    turn.volatile.details.clear()
    return Reply((notice(wording.format(reference=reference)),), "recorded", reference, (buttons.MENU, buttons.FORGET))


def _nothing(turn: Turn) -> Reply:
    return Reply((notice(words.NOTHING_TO_CONFIRM),), "error", buttons=(buttons.MENU,))


def _step(turn: Turn) -> Identifying:
    step = turn.session.identifying
    assert step is not None  # the flows of this module run only while it is set
    return step
