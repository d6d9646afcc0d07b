"""The privacy gate: finds what identifies a person in a message, and masks it in memory.
May be imported by bot.conversation and bot.channels; imports nothing of the application but bot.errors."""

from bot.privacy.gate import Gate
from bot.privacy.model import TYPES, Masked, Span, TypeInfo

__all__ = ["TYPES", "Gate", "Masked", "Span", "TypeInfo"]
