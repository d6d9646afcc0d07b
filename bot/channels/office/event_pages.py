"""The events of the accounts, for auditors."""

from __future__ import annotations

from starlette.responses import Response

from bot.accounts import COMMAND_LINE, DAYS_KEPT, Action, EventKind
from bot.channels.office import words
from bot.channels.office.declaring import Page
from bot.channels.office.visit import Visit

SHOWN = 50
_LARGEST = 2**31 - 1


def pages() -> tuple[Page, ...]:
    return (Page("/events", Action.EVENTS_READ, get=_list, nav=words.EVENTS_TITLE, about=words.EVENTS_ABOUT),)


def _list(visit: Visit) -> Response:
    chosen = _kind(visit.request.query_params.get("kind", ""))
    before = _number(visit.request.query_params.get("before", ""))
    found = visit.accounts.events.newest(SHOWN + 1, before, chosen)
    shown = found[:SHOWN]
    ids = {each.account_id for each in shown} | {each.about_id for each in shown}
    return visit.page(
        "events.html", words.EVENTS_TITLE, events=shown, chosen=chosen, before=before, days=DAYS_KEPT,
        names=visit.accounts.people.names(ids - {"", COMMAND_LINE}),
        actions={action.value: words.ACTIONS[action] for action in Action},
        older=shown[-1].number if len(found) > SHOWN else None,
    )  # fmt: skip


def _kind(text: str) -> EventKind | None:
    return EventKind(text) if text in {kind.value for kind in EventKind} else None


def _number(text: str) -> int | None:
    return min(int(text), _LARGEST) if text.isascii() and text.isdecimal() and len(text) <= 12 else None
