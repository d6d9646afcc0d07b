"""The identity page behind its one-time link: adds details to one record, and never shows what is kept already.

Opening the link by GET changes nothing: messengers open links to preview them, and would use them up. The first POST
uses the link up and binds the form to the browser by a cookie, so that the link in a chat or in a history is worth
nothing afterwards. That is safer than using it up at the first GET, which whoever previews it would win.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection
from http import HTTPStatus

from starlette.responses import Response

from bot.accounts import HAND_IN_HOURS, IDENTITY_MINUTES, EventKind, IdentityGrant, IdentityLinkRefused, IdentityLinks
from bot.channels.office import adding_words, record_words
from bot.channels.office.declaring import EVERYONE, ROOT, Page
from bot.channels.office.shelf import Shelf
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit
from bot.channels.web.limits import Limiter, address_key
from bot.decision_log import IDENTITY_KEYS, IdentityState

PATH = "/identity"
HAND_IN_PATH = "/hand-in"
MAX_DETAIL = 300
"""Characters of one detail, as in the chat."""

OPENED_RATE = 30
"""Links that one address may try in a minute. Many people share the address of an office."""

Proof = Callable[[str], Collection[str]]
"""Who it is by what a channel handed over, as the names that links are made for; nobody where it proves nothing."""


class AddingLinks:
    """Links to the page, as the conversation asks for them (bot.conversation.identity_page.IdentityPage)."""

    def __init__(self, links: Callable[[], IdentityLinks]) -> None:
        self._links = links

    @property
    def minutes(self) -> int:
        return IDENTITY_MINUTES

    def path(self, reference: str, holder: str = "") -> str:
        """The path of a new link. With `holder`, only who proves to be that opens it. Raises AccountsUnavailable."""
        return f"{ROOT}{PATH}/{self._links().make(reference, holder)}"

    @property
    def hand_in_hours(self) -> int:
        return HAND_IN_HOURS

    def hand_in_path(self, reference: str) -> str:
        """The path of a new link by which somebody hands the record in. Raises AccountsUnavailable."""
        return f"{ROOT}{HAND_IN_PATH}/{self._links().make_hand_in(reference)}"


class AddingPages:
    """The link, the form, what would be kept, and the confirmation. `proof` is asked where a link has a holder."""

    def __init__(self, shelf: Shelf, proof: Proof | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._shelf = shelf
        self._proof = proof
        self._tried = Limiter(OPENED_RATE, clock)

    def pages(self) -> tuple[Page, ...]:
        return (
            Page(f"{PATH}/{{token}}", EVERYONE, get=self._offered, post=self._opened),
            Page(PATH, EVERYONE, get=self._show, post=self._go_on),
        )

    def _offered(self, visit: Visit) -> Response:
        try:
            self._counted(visit)
            held_by_one = self._links(visit).look(visit.parameters["token"])
        except (IdentityLinkRefused, _TooMany) as refused:
            return self._refused(visit, refused)
        return visit.page(
            "identity_link.html", adding_words.TITLE, w=adding_words, minutes=IDENTITY_MINUTES, bound=held_by_one
        )

    def _opened(self, visit: Visit) -> Response:
        try:
            self._counted(visit)
            handed_over = visit.fields.exact("telegram")
            holders = self._proof(handed_over) if self._proof is not None and handed_over else ()
            grant = self._links(visit).open(visit.parameters["token"], holders)
        except (IdentityLinkRefused, _TooMany) as refused:
            return self._refused(visit, refused)
        visit.cookies[_cookie(visit)] = (grant, IDENTITY_MINUTES * 60)
        return visit.go(f"{ROOT}{PATH}")

    def _show(self, visit: Visit) -> Response:
        try:
            granted = self._links(visit).granted(_grant_of(visit))
        except IdentityLinkRefused as refused:
            return self._refused(visit, refused)
        return self._ended(visit, granted) or self._form(visit, granted, {}, [])

    def _go_on(self, visit: Visit) -> Response:
        grant = _grant_of(visit)
        try:
            granted = self._links(visit).granted(grant)
        except IdentityLinkRefused as refused:
            return self._refused(visit, refused)
        ended = self._ended(visit, granted)
        if ended is not None:
            return ended
        if visit.fields.one("reference") not in ("", granted.reference):  # a second link was opened in this browser
            other = adding_words.OTHER.format(reference=granted.reference)
            return self._form(visit, granted, {}, [FieldProblem(IDENTITY_KEYS[0], other)])
        typed = {name: visit.fields.one(name) for name in IDENTITY_KEYS}
        step = visit.fields.one("step")
        if step == "none":
            self._links(visit).finish(grant)
            return self._told(visit, adding_words.DONE_TITLE, adding_words.NONE.format(reference=granted.reference))
        problems = _problems(typed)
        if problems or step == "change":
            return self._form(visit, granted, typed, problems if step != "change" else [])
        if step != "keep":
            return self._preview(visit, granted, typed)
        return self._keep(visit, grant, granted, {name: text for name, text in typed.items() if text})

    def _keep(self, visit: Visit, grant: str, granted: IdentityGrant, details: dict[str, str]) -> Response:
        # The same form sent twice is one confirmation: its id follows from the grant.
        confirmation = hashlib.sha256(b"sharewell identity page\0" + grant.encode()).hexdigest()[:32]
        by = "" if visit.session is None else visit.account.id
        self._shelf.log.add_identity(granted.reference, confirmation, details, self._shelf.clock(), by)
        self._links(visit).finish(grant)
        return self._told(visit, adding_words.DONE_TITLE, adding_words.KEPT.format(reference=granted.reference))

    def _ended(self, visit: Visit, granted: IdentityGrant) -> Response | None:
        """What is said where nothing can be added any more; None where it can."""
        held = self._shelf.log.show(granted.reference).identity is IdentityState.HELD
        if granted.done:
            words = adding_words.KEPT if held else adding_words.NONE
            return self._told(visit, adding_words.DONE_TITLE, words.format(reference=granted.reference))
        if held:
            words = adding_words.HELD.format(reference=granted.reference)
            return self._told(visit, adding_words.HELD_TITLE, words)
        return None

    def _form(
        self, visit: Visit, granted: IdentityGrant, typed: dict[str, str], problems: list[FieldProblem]
    ) -> Response:
        return visit.page(
            "identity_add.html", adding_words.TITLE, problems=problems, w=adding_words, names=record_words.DETAILS,
            reference=granted.reference, typed=typed, longest=MAX_DETAIL,
        )  # fmt: skip

    def _preview(self, visit: Visit, granted: IdentityGrant, typed: dict[str, str]) -> Response:
        return visit.page(
            "identity_check.html", adding_words.PREVIEW_TITLE, w=adding_words, names=record_words.DETAILS,
            reference=granted.reference, typed={name: text for name, text in typed.items() if text},
        )  # fmt: skip

    def _told(self, visit: Visit, title: str, text: str) -> Response:
        return visit.page("identity_done.html", title, text=text)

    def _links(self, visit: Visit) -> IdentityLinks:
        return visit.accounts.identity_links

    def _counted(self, visit: Visit) -> None:
        seconds = self._tried.wait(address_key(visit.address))
        if seconds:
            raise _TooMany(seconds)

    def _refused(self, visit: Visit, refused: IdentityLinkRefused | _TooMany) -> Response:
        if isinstance(refused, _TooMany):
            text = adding_words.WAIT.format(seconds=refused.seconds)
            return visit.problem(HTTPStatus.TOO_MANY_REQUESTS, adding_words.WAIT_TITLE, text)
        if not visit.desk.visitors.wait(address_key(visit.address)):  # who guesses must not fill the events
            visit.accounts.events.note(EventKind.IDENTITY_LINK_REFUSED)
        return visit.failed(refused, HTTPStatus.NOT_FOUND)


class _TooMany(Exception):
    """One address tried too many links; it may go on after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def _cookie(visit: Visit) -> str:
    return "__Host-sharewell-identity" if visit.desk.secure else "sharewell-identity"


def _grant_of(visit: Visit) -> str:
    return visit.request.cookies.get(_cookie(visit), "")


def _problems(typed: dict[str, str]) -> list[FieldProblem]:
    if not any(typed.values()):
        return [FieldProblem(IDENTITY_KEYS[0], adding_words.EMPTY)]
    long = adding_words.TOO_LONG.format(most=MAX_DETAIL)
    return [FieldProblem(name, long) for name, text in typed.items() if len(text) > MAX_DETAIL]
