"""Letters and forms: which fit, what one is for, what is filled in and what stays blank, and the file itself."""

from __future__ import annotations

from collections.abc import Iterable

from bot.checks import Reached
from bot.conversation import answering, buttons, checking, rendering, words
from bot.conversation.known import known
from bot.conversation.messages import Button, Document, File, Part, Reply
from bot.conversation.turn import Turn, notice
from bot.knowledge import Letter, currency_notices, is_withheld
from bot.letters import FORMATS, LetterError, drafted, filled, format_named, left_blank, made


def fitting(turn: Turn) -> Reply:
    """The letters that fit where the conversation stands, or all of them where none does. Blocks on the disk."""
    check_id, outcome_id = _ended_at(turn)
    # Those that fit here come before those that fit everywhere.
    fits = [letter for letter in turn.knowledge.letters.values() if letter.fits(check_id, outcome_id)]
    fits.sort(key=lambda letter: "any" in letter.offered_after)
    if not outcome_id or not fits:
        return every(turn)
    return Reply(
        (Part(words.LETTERS_FIT, "plain", words.LETTERS_TITLE),), "smalltalk", "letters",
        (*_letter_buttons(fits), buttons.ALL_LETTERS),
    )  # fmt: skip


def every(turn: Turn) -> Reply:
    """All letters and forms."""
    letters = turn.knowledge.letters.values()
    return Reply(
        (Part(words.LETTERS, "plain", words.LETTERS_TITLE),), "smalltalk", "letters",
        (*_letter_buttons(letters), buttons.MENU),
    )  # fmt: skip


def letter(turn: Turn, letter_id: str) -> Reply:
    """One letter: what it is for, what would stand in it now, and the formats to take it in. Blocks on the disk."""
    chosen = turn.knowledge.letters[letter_id]
    sources = rendering.source_lines(chosen.sources, turn.knowledge, turn.today)
    if is_withheld(chosen.sources, turn.area, turn.knowledge, turn.today):
        text = words.LETTER_WITHHELD.format(area=turn.area.name)
        return Reply(
            (Part(text, "notice", chosen.title, sources),), "letter", letter_id, (buttons.ALL_LETTERS, buttons.MENU)
        )
    values = filled(chosen, known(turn), turn.area, turn.knowledge)
    parts = [Part(f"{chosen.purpose}\n\n{chosen.when_to_use}", "answer", chosen.title, sources)]
    parts += [_filled_part(chosen, values), _blank_part(chosen, values)]
    parts += _currency_part(turn, chosen)
    parts.append(notice(words.LETTER_GUIDE))
    formats = tuple(each.id for each in FORMATS)
    return Reply(
        tuple(parts), "letter", letter_id, (buttons.ALL_LETTERS, buttons.MENU),
        documents=(Document(letter_id, chosen.title, formats),),
    )  # fmt: skip


def asked(turn: Turn, letter_id: str, near: Iterable[str]) -> Reply:
    """The letter that was asked for in words; the `near` units where only the model still knows it."""
    if letter_id not in turn.knowledge.letters:
        return answering.suggest(turn, near)
    return letter(turn, letter_id)


def file_of(turn: Turn, letter_id: str, format_name: str) -> File:
    """The letter as a file, filled in with what is known now. Blocks on the disk and computes.

    Raises LetterError for an unknown letter or format and for one that is withheld, LogError where the record just
    confirmed cannot be read.
    """
    chosen = turn.knowledge.letters.get(letter_id)
    if chosen is None:
        raise LetterError("There is no letter or form of that name.", "Choose one from the list of letters and forms.")
    kind = format_named(format_name)
    if is_withheld(chosen.sources, turn.area, turn.knowledge, turn.today):
        raise LetterError(words.LETTER_WITHHELD.format(area=turn.area.name), words.LETTER_ASK)
    draft = drafted(chosen, known(turn), turn.area, turn.knowledge, turn.today)
    return File(f"{chosen.id}-{turn.today.isoformat()}.{kind.id}", kind.media_type, made(draft, kind.id))


def gone() -> LetterError:
    """What is said where there is no conversation to fill a letter from."""
    return LetterError(words.LETTER_GONE, words.LETTER_AGAIN)


def _ended_at(turn: Turn) -> tuple[str, str]:
    """The check and outcome where the conversation stands, or of the record just confirmed; empty where neither."""
    place = checking.position(turn)
    if isinstance(place, Reached):
        return place.check.id, place.outcome.id
    if place is None and turn.session.reference is not None:
        record = turn.log.show(turn.session.reference)
        return record.check_id, record.outcome_id
    return "", ""


def _letter_buttons(letters: Iterable[Letter]) -> tuple[Button, ...]:
    return tuple(buttons.tied(letter.title, "letter", letter.id) for letter in letters)


def _filled_part(chosen: Letter, values: dict[str, str]) -> Part:
    rows = tuple((field.label, values[field.id]) for field in chosen.fields if field.id in values)
    text = words.LETTER_FILLED if rows else words.LETTER_NOT_FILLED
    return Part(text, "plain", words.LETTER_FILLED_TITLE, rows=rows)


def _blank_part(chosen: Letter, values: dict[str, str]) -> Part:
    lines = dict.fromkeys(f"- {field.label}" for field in left_blank(chosen, values))
    return Part("\n".join((words.LETTER_BLANK, *lines)), "plain", words.LETTER_BLANK_TITLE)


def _currency_part(turn: Turn, chosen: Letter) -> list[Part]:
    notices = currency_notices(chosen.sources, chosen.law, turn.knowledge, turn.today)
    blocks = (chosen.currency, "\n".join(f"- {each.text}" for each in notices))
    text = "\n\n".join(block for block in blocks if block)
    return [Part(text, "currency", "How current this is")] if text else []
