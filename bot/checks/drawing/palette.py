"""The colours and letters of drawings, those of the web page. Every text keeps to a contrast of 4.5:1 at least."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.checks.drawing.shapes import Look, Type

PAPER, INK, SOFT, LINE, SPRUCE, WHITE, ALARM = (
    "#fffefa", "#17231f", "#4b5a54", "#75817b", "#0e4f45", "#ffffff", "#96180f",
)  # fmt: skip
ALARM_WASH, WALKED_WASH = "#fdeeea", "#e2ecfb"

THICK = 3.0
"""The border of what was walked; every other border is at most half as thick."""

TITLE = Type(19, "bold", INK)
ASKED = Type(15, "bold", INK)
BODY = Type(14, "regular", INK)
STRONG = Type(14, "bold", INK)
MARK = Type(13, "regular", INK)
NOTE = Type(13, "regular", SOFT)
WALKED = Type(13, "bold", INK)
NUMBER = Type(14, "bold", WHITE)
GO = Type(14, "bold", SPRUCE)
HARM = Type(15, "bold", ALARM)

SHEET = Look(fill=PAPER, radius=0)
CLEAR = Look(radius=0)
QUESTION = Look(fill=WHITE, border=LINE, thickness=1.25, radius=10)
QUESTION_WALKED = Look(fill=WHITE, border=INK, thickness=THICK, radius=10)
NUMBER_DISC = Look(fill=SPRUCE, radius=13)
NUMBER_DISC_WALKED = Look(fill=INK, radius=13)
HERE = Look(fill=INK, radius=6)
START = Look(fill=SPRUCE, radius=6)
HERE_TEXT = Type(13, "bold", WHITE)
ROW = Look(radius=6)
ROW_WALKED = Look(fill=WALKED_WASH, border=INK, thickness=THICK, radius=6)
GO_TO = Look(fill=WHITE, border=SPRUCE, thickness=1.25, radius=13)
CHECK = Look(fill=WHITE, border=SOFT, thickness=1.5, radius=0, dashes="5 3")
HARM_BOX = Look(fill=ALARM_WASH, border=ALARM, thickness=1.5, radius=10)
HARM_BOX_WALKED = Look(fill=ALARM_WASH, border=ALARM, thickness=THICK, radius=10)
WAY = Look(fill=WALKED_WASH, border=INK, thickness=THICK, radius=8)

ENDS: Mapping[str, Look] = MappingProxyType(
    {
        "now": Look(fill=ALARM, border=ALARM, thickness=1.25, radius=4),
        "same-day": Look(fill="#fbe7b0", border="#6b4a00", thickness=1.25, radius=4),
        "within-3-working-days": Look(fill="#f0e6f6", border="#5b2d7e", thickness=1.25, radius=4),
        "routine": Look(fill="#dce9e3", border=SPRUCE, thickness=1.25, radius=4),
    }
)
"""How an end is painted, by its urgency. The urgency is always written in it as well."""

ON_ALARM = Type(14, "bold", WHITE)
ON_ALARM_MARK = Type(13, "regular", WHITE)
