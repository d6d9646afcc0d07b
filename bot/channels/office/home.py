"""The first page, help, and the files that pages load."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.accounts import PERMISSIONS, Action, Role
from bot.channels.office import words
from bot.channels.office.declaring import EVERYONE, Page
from bot.channels.office.visit import Visit

_CACHED = "private, max-age=86400"
"""The path of a file changes with its content, so a day in the browser's own cache never shows an old one."""


def pages() -> tuple[Page, ...]:
    return (
        Page("/", Action.OWN_ACCOUNT, get=_home),
        Page("/help", EVERYONE, get=_help),
        Page("/static/{name}", EVERYONE, get=_asset),
    )


def _home(visit: Visit) -> Response:
    return visit.page("home.html", words.HOME_TITLE)


def _help(visit: Visit) -> Response:
    permitted = [
        (words.ROLES[role], [action for action in Action if action in PERMISSIONS[role]]) for role in Role
    ]
    return visit.page("office_help.html", words.HELP_TITLE, permitted=permitted)


def _asset(visit: Visit) -> Response:
    asset = visit.desk.view.assets.get(visit.request.url.path)
    if asset is None:
        raise HTTPException(404)
    return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": _CACHED})
