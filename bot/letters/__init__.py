"""Letters and forms: fills one with what is known, and makes a Word document or a PDF of it. Knows knowledge only.
Imported by bot.conversation and the command line."""

from bot.letters.draft import Draft, plain_text
from bot.letters.filling import Known, drafted, filled, left_blank
from bot.letters.making import FORMATS, Format, LetterError, format_named, made

__all__ = [
    "FORMATS", "Draft", "Format", "Known", "LetterError", "drafted", "filled", "format_named", "left_blank", "made",
    "plain_text",
]  # fmt: skip
