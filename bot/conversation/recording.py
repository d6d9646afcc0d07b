"""From an outcome to the decision log: its fields one by one, the preview, and the one confirmation."""

from __future__ import annotations

from bot.checks import Reached
from bot.conversation import buttons, checking, identifying, recording_advice, words
from bot.conversation.dates import date_in, relative_date
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.record_preview import draft_of, preview_reply, wanted
from bot.conversation.session import RECORD_FIELDS, Drafting
from bot.conversation.turn import Turn, before, notice
from bot.decision_log import NOT_RECORDED
from bot.knowledge import Outcome, RecordField, fold

MAX_TEXT = 1000
"""Characters of one text of a record: more than a phone is used for, and it keeps a record readable."""

_BLANK = "Leave blank for now"
_DONE = "done"
_DONE_LABEL = "Done with this field"


def begin(turn: Turn) -> Reply:
    """Starts a record of the outcome where the check stands."""
    if not turn.may_record:
        return before(_current(turn), [_not_enrolled()])
    place = checking.position(turn)
    if not isinstance(place, Reached):
        if place is not None:
            return before(checking.show(turn), [notice(words.NOTHING_TO_RECORD)])
        return Reply((notice(words.NOTHING_TO_RECORD),), "smalltalk", buttons=(buttons.ALL_CHECKS,))
    if checking.withheld_at(turn, place) is not None:
        return checking.show(turn)
    turn.session.drafting = Drafting()
    turn.session.rests_on[RECORD_FIELDS] = turn.knowledge.fields_digest
    if place.outcome.decision is not None and "decision" in wanted(turn, place.outcome):
        turn.session.drafting.values["decision"] = {"choices": [place.outcome.decision], "text": ""}
    recording_advice.fill(turn, turn.session.drafting)
    turn.session.drafting.asking = _next_field(turn, place.outcome)
    act = [notice(words.PREVIEW_ACT)] if place.outcome.urgency == "now" else []
    return before(show(turn), act)


def show(turn: Turn) -> Reply:
    """The field being asked, or the preview when all have been."""
    drafting, place = turn.session.drafting, checking.position(turn)
    if drafting is None or not isinstance(place, Reached):
        return checking.show(turn) if turn.session.start else checking.nothing_open()
    if drafting.preview or drafting.asking is None:
        drafting.preview, drafting.asking = True, None
        return preview_reply(turn, place, drafting)
    return _ask(turn, place.outcome, turn.knowledge.fields[drafting.asking])


def choose(turn: Turn, field_id: str, option: str) -> Reply:
    """Takes the button `option` for the field `field_id`, if that is the field being asked."""
    drafting = turn.session.drafting
    if drafting is None or drafting.asking != field_id:
        return before(_current(turn), [notice(words.OLD_BUTTON)])
    field = turn.knowledge.fields[field_id]
    if option == NOT_RECORDED:
        return _keep(turn, field, [NOT_RECORDED], "")
    if option == _DONE and field.kind == "choices":
        return _keep(turn, field, drafting.choosing or [NOT_RECORDED], "")
    if field.option(option) is None:
        return before(show(turn), [notice(words.UNKNOWN_BUTTON)])
    if field.kind == "date":
        day = relative_date(option, turn.today)
        return _keep(turn, field, [option], "") if day is None else _keep(turn, field, [], day.isoformat())
    if field.kind == "choice":
        return _keep(turn, field, [option], "")
    drafting.choosing = [item for item in drafting.choosing if item != option] + (
        [] if option in drafting.choosing else [option]
    )
    return show(turn)


def reply(turn: Turn, value: str) -> Reply:
    """Takes yes, no or not-sure for the field being asked: an option of that name, or a blank for what is not known."""
    drafting = turn.session.drafting
    if drafting is None or drafting.asking is None:
        return before(_current(turn), [notice(words.ASK_BACK)])
    if turn.knowledge.fields[drafting.asking].option(value) is not None:
        return choose(turn, drafting.asking, value)
    if value == "not-sure":
        return choose(turn, drafting.asking, NOT_RECORDED)
    return before(show(turn), [notice(words.ASK_BACK)])


def takes_text(turn: Turn) -> bool:
    """True when what the user types now is the content of a field rather than a question."""
    drafting = turn.session.drafting
    if drafting is None or drafting.asking is None or drafting.preview:
        return False
    field = turn.knowledge.fields[drafting.asking]
    return field.kind == "text" or field.may_add_text


def type_date(turn: Turn, text: str) -> Reply | None:
    """Takes `text` as the date that is being asked for; None when none is asked for, or `text` is no such date."""
    drafting = turn.session.drafting
    if drafting is None or drafting.asking is None or turn.knowledge.fields[drafting.asking].kind != "date":
        return None
    typed = date_in(text, turn.today)
    return None if typed is None else _keep(turn, turn.knowledge.fields[drafting.asking], [], typed.isoformat())


def type_text(turn: Turn, masked: str) -> Reply:
    """Takes the masked text as the content of the field being asked, or as the option that it names."""
    drafting = turn.session.drafting
    assert drafting is not None and drafting.asking is not None  # takes_text has just seen to it
    field = turn.knowledge.fields[drafting.asking]
    if (option := option_named(field, masked)) is not None:
        return choose(turn, field.id, option)
    if len(masked) > MAX_TEXT:
        return before(show(turn), [notice(words.FIELD_TOO_LONG.format(limit=MAX_TEXT))])
    return _keep(turn, field, list(drafting.choosing), masked)


def option_named(field: RecordField, text: str) -> str | None:
    """The option of `field` that `text` names by its label or id."""
    said = fold(text)
    named = [option.id for option in field.options if said in (fold(option.label), fold(option.id.replace("-", " ")))]
    if said in ("leave blank", "leave it blank", "skip", fold(_BLANK)):
        return NOT_RECORDED
    if field.kind == "choices" and said in (_DONE, fold(_DONE_LABEL)):
        return _DONE
    return named[0] if named else None


def to_preview(turn: Turn) -> Reply:
    """Goes to the preview at once; fields not answered are left blank, what was chosen of the open one is kept."""
    drafting = turn.session.drafting
    if drafting is None:
        return before(_current(turn), [notice(words.OLD_BUTTON)])
    if drafting.asking is not None and drafting.choosing:
        drafting.values[drafting.asking] = {"choices": drafting.choosing, "text": ""}
    _open_preview(drafting)
    return show(turn)


def revise(turn: Turn) -> Reply:
    """Offers every field of the record for change."""
    drafting, place = turn.session.drafting, checking.position(turn)
    if drafting is None or not isinstance(place, Reached):
        return before(_current(turn), [notice(words.OLD_BUTTON)])
    fields = [turn.knowledge.fields[name] for name in wanted(turn, place.outcome)]
    offer = [buttons.tied(f"Change: {field.label}", "revise", field.id) for field in fields]
    return Reply(
        (Part("Choose the field to change.", "plain", words.CHANGE_TITLE),), "draft",
        buttons=(*offer, buttons.step("Go back to the preview", "preview")),
    )  # fmt: skip


def revise_field(turn: Turn, field_id: str) -> Reply:
    drafting, place = turn.session.drafting, checking.position(turn)
    if drafting is None or not isinstance(place, Reached) or field_id not in wanted(turn, place.outcome):
        return before(_current(turn), [notice(words.OLD_BUTTON)])
    drafting.asking, drafting.from_preview, drafting.preview = field_id, True, False
    drafting.choosing = []
    return show(turn)


def back(turn: Turn) -> Reply:
    """One field back; from the first one, back to the outcome; from one opened for change, back to the preview."""
    drafting, place = turn.session.drafting, checking.position(turn)
    if drafting is None or not isinstance(place, Reached):
        return _current(turn)
    if drafting.from_preview:
        _open_preview(drafting)
        return show(turn)
    names = wanted(turn, place.outcome)
    number = names.index(drafting.asking) if drafting.asking in names else len(names)
    drafting.choosing, drafting.preview = [], False
    if number == 0:
        turn.session.drafting = None
        return checking.show(turn)
    drafting.asking = names[number - 1]
    drafting.values.pop(drafting.asking, None)
    return show(turn)


def why(turn: Turn) -> Reply:
    drafting = turn.session.drafting
    if drafting is None or drafting.asking is None:
        return _current(turn)
    return before(show(turn), [Part(turn.knowledge.fields[drafting.asking].why, "plain", "Why this is recorded")])


def confirm(turn: Turn, draft_id: str) -> Reply:
    """Writes the record, once. Blocks on the disk: call it from a worker thread.

    Raises LogError when nothing could be recorded; the draft then stands as it was.
    """
    session = turn.session
    if not turn.may_record:
        return before(_current(turn), [_not_enrolled()])
    if draft_id == session.draft_done and session.reference is not None:
        already = Part(words.RECORDED_ALREADY.format(reference=session.reference), "plain", words.RECORDED_TITLE)
        return identifying.offer(turn, session.reference, [already])
    place = checking.position(turn)
    drafting = session.drafting
    if drafting is None or drafting.draft_id != draft_id or not isinstance(place, Reached):
        return before(_current(turn), [notice(words.NOTHING_TO_CONFIRM)])
    if not drafting.preview:  # a field was opened since: what would be kept has not been seen
        return before(show(turn), [notice(words.OLD_BUTTON)])
    draft = draft_of(turn, place, drafting)
    receipt = turn.log.confirm(draft, turn.now)
    session.end_check()
    session.reference, session.draft_done, session.advice_taken = receipt.reference, draft_id, ""
    wording = words.RECORDED_ALREADY if receipt.already_recorded else words.RECORDED
    parts = [Part(wording.format(reference=receipt.reference), "plain", words.RECORDED_TITLE)]
    if draft.approval_needed:
        parts.append(notice(words.RECORDED_APPROVAL))
    return identifying.offer(turn, receipt.reference, parts)


def confirm_open(turn: Turn) -> Reply:
    """Confirms the draft whose preview is being shown, for a user who types "confirm"."""
    drafting = turn.session.drafting
    if drafting is None or not drafting.preview:
        return before(_current(turn), [notice(words.NOTHING_TO_CONFIRM)])
    return confirm(turn, drafting.draft_id)


def _not_enrolled() -> Part:
    return notice(words.NOT_ENROLLED, words.NOT_ENROLLED_TITLE)


def _ask(turn: Turn, outcome: Outcome, field: RecordField) -> Reply:
    drafting = turn.session.drafting
    assert drafting is not None
    names = wanted(turn, outcome)
    title = words.DRAFT_TITLE.format(number=names.index(field.id) + 1, total=len(names))
    hint = words.DRAFT_TEXT_HINT if field.kind == "text" or field.may_add_text else ""
    offer = [_option_button(drafting, field, option.id, option.label) for option in field.options]
    if field.kind == "choices":
        offer.append(buttons.tied(_DONE_LABEL, "field", field.id, _DONE))
    offer.append(buttons.tied(_BLANK, "field", field.id, NOT_RECORDED))
    return Reply(
        (Part("\n\n".join(filter(None, (field.asks, hint))), "question", title),), "draft", field.id,
        (*offer, buttons.WHY, buttons.BACK, buttons.step("Go to the preview", "preview"),
         buttons.step("Save nothing", "save-nothing")),
    )  # fmt: skip


def _option_button(drafting: Drafting, field: RecordField, option_id: str, label: str) -> Button:
    chosen = option_id in drafting.choosing
    return buttons.tied(f"Chosen: {label}" if chosen else label, "field", field.id, option_id)


def _keep(turn: Turn, field: RecordField, choices: list[str], text: str) -> Reply:
    drafting, place = turn.session.drafting, checking.position(turn)
    assert drafting is not None
    drafting.values[field.id] = {"choices": choices, "text": text}
    drafting.choosing = []
    if drafting.from_preview or not isinstance(place, Reached):
        _open_preview(drafting)
    else:
        drafting.asking = _next_field(turn, place.outcome)
    return show(turn)


def _open_preview(drafting: Drafting) -> None:
    drafting.asking, drafting.choosing = None, []
    drafting.from_preview, drafting.preview = False, True


def _next_field(turn: Turn, outcome: Outcome) -> str | None:
    drafting = turn.session.drafting
    assert drafting is not None
    return next((name for name in wanted(turn, outcome) if name not in drafting.values), None)


def _current(turn: Turn) -> Reply:
    return show(turn) if turn.session.drafting or turn.session.start else checking.nothing_open()
