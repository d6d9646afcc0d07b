"""What a record would hold, put together from the walk and the fields given, and shown before it is written."""

from __future__ import annotations

from bot.checks import Reached
from bot.conversation import buttons, checking, words
from bot.conversation.messages import Part, Reply
from bot.conversation.session import Drafting
from bot.conversation.turn import Turn, notice
from bot.decision_log import NOT_KEPT, Draft, FieldValue, PathStep, preview
from bot.knowledge import Outcome, approval, deadline

ADVICE_FIELD = "advice-taken"
"""The field that says who was asked for advice. Where an adviser was asked here, every record has it."""


def wanted(turn: Turn, outcome: Outcome) -> list[str]:
    """The ids of the fields that the outcome's record asks for, in order."""
    names = [name for name in outcome.records if turn.knowledge.fields[name].kind != "automatic"]
    return [*names, ADVICE_FIELD] if turn.session.advice_taken and ADVICE_FIELD not in names else names


def preview_reply(turn: Turn, place: Reached, drafting: Drafting) -> Reply:
    """Every field that would be kept, what would not be, and the button that keeps it."""
    draft = draft_of(turn, place, drafting)
    rows = tuple((line.label, line.value_text) for line in preview(draft, turn.knowledge.fields, _titles(turn, place)))
    blank = [turn.knowledge.fields[name].label for name in wanted(turn, place.outcome) if name not in draft.fields]
    parts = [Part(words.PREVIEW, "preview", words.PREVIEW_TITLE, rows=rows)]
    if blank:
        parts.append(notice(words.PREVIEW_BLANK.format(fields="; ".join(blank))))
    parts.append(Part("\n".join(f"- {line}" for line in NOT_KEPT), "notice", "Not kept"))
    if draft.approval_needed:
        parts.append(notice(words.PREVIEW_APPROVAL))
    return Reply(
        tuple(parts), "preview", f"{place.check.id}/{place.outcome.id}",
        (buttons.tied("Confirm and record", "confirm", drafting.draft_id), buttons.tied("Change a field", "revise"),
         buttons.SAVE_NOTHING, buttons.BACK),
    )  # fmt: skip


def draft_of(turn: Turn, place: Reached, drafting: Drafting) -> Draft:
    """The draft as the decision log takes it."""
    values = {name: FieldValue(tuple(value["choices"]), value["text"]) for name, value in drafting.values.items()}
    return Draft(
        draft_id=drafting.draft_id,
        check_id=place.check.id,
        outcome_id=place.outcome.id,
        path=tuple(PathStep(*step) for step in turn.session.answers),
        fields=values,
        area=turn.session.area,
        content_version=turn.knowledge.version,
        approval_needed=approval(place.outcome, turn.area, turn.knowledge).needed,
        urgency=deadline(place.check, place.outcome, turn.area, turn.knowledge).urgency,
        by=turn.account,
    )


def _titles(turn: Turn, place: Reached) -> dict[str, str]:
    titles = {place.check.id: place.check.title, place.outcome.id: place.outcome.title, turn.area.id: turn.area.name}
    for check_id, question_id, option_id in turn.session.answers:
        check = turn.knowledge.checks[check_id]
        question = check.question(question_id)
        if question is None:
            titles[f"{check_id}/{question_id}/{option_id}"] = f"Back from: {check.title}"
            continue
        option = question.option(option_id)
        titles[f"{check_id}/{question_id}/{option_id}"] = (
            f"{question.asks} {option.text if option else checking.HARM_LABEL}"
        )
    return titles
