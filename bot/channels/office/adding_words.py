"""Every fixed sentence of the page on which identifying details are added to a record."""

from __future__ import annotations

from types import MappingProxyType

TITLE = "Add identifying details"
OPEN = (
    "This link opens a form for one record, once, in this browser. You then have {minutes} minutes. You can add "
    "details with it, and nobody can read with it what is kept already."
)
OPEN_TELEGRAM = "It opens from the button in your own chat on Telegram, and from nowhere else."
OPEN_BUTTON = "Open the form"
FORM = "These details are kept encrypted, apart from the record {reference}. Nothing is kept until you confirm it."
HINTS = MappingProxyType(
    {
        "case-reference": "As your own system has it. You can leave it blank.",
        "whose-information": "The person whom the information is about. You can leave it blank.",
        "who-decided": "The person who made the decision. You can leave it blank.",
    }
)
PREVIEW_BUTTON = "See what would be kept"
EMPTY = "Type at least one detail, or choose to keep none."
OTHER = (
    "That form was for another record, so nothing of it was kept. This form is for {reference}. Ask for a new link to "
    "add details to the other record."
)
TOO_LONG = "Shorten this to {most} characters."
PREVIEW_TITLE = "Check before it is kept"
PREVIEW = "Nothing of this has been kept yet. This is all that would be added to the record {reference}:"
KEEP_BUTTON = "Keep these details"
CHANGE_BUTTON = "Change a detail"
NONE_BUTTON = "Keep none of this"
DONE_TITLE = "Done"
KEPT = "The details are kept, encrypted, with the record {reference}. You can close this page."
NONE = "Nothing that you typed was kept with the record {reference}. You can close this page."
HELD = "The record {reference} holds identifying details already, so nothing more can be added by a link."
HELD_TITLE = "Details are kept already"
WAIT_TITLE = "Too many links were tried"
WAIT = "Wait {seconds} seconds, then open your link again."
