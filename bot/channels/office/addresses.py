"""Where somebody may be sent after signing in: a page of the office, and nowhere else."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request

from bot.accounts import Site
from bot.channels.office.declaring import HOME, ROOT

LONGEST_RETURN = 300
_LOCAL = re.compile(rf"{ROOT}(?:/[A-Za-z0-9._~%-]+)*/?(?:\?[A-Za-z0-9._~%&=+,:-]*)?")
_UP = re.compile(r"(?:\.|%2e){2}", re.IGNORECASE)


def local(text: str) -> str:
    """`text`, where it is the path of a page of the office, with or without a query; else the first page."""
    if len(text) > LONGEST_RETURN or not _LOCAL.fullmatch(text) or _UP.search(text):
        return HOME
    return text


def with_return(path: str, then: str) -> str:
    """`path`, with the page to go on to afterwards."""
    return path if then == HOME else f"{path}?then={quote(then, safe='')}"


def origin_of(request: Request, site_url: str, *, secure: bool) -> str:
    """Scheme, host and port under which browsers reach the pages. The guard has checked the host."""
    if site_url:
        return site_url
    return f"{'https' if secure else 'http'}://{request.headers['host']}"


def site_of(origin: str) -> Site:
    """Where passkeys belong."""
    host = re.sub(r":\d+$", "", origin.partition("://")[2].partition("/")[0])
    return Site(host.strip("[]").casefold(), origin.casefold())


def takes_passkeys(site: Site) -> bool:
    """Whether a browser keeps passkeys for the site: it does for names, and not for numbers."""
    return ":" not in site.host and not re.fullmatch(r"[\d.]+", site.host)
