"""Who acts from Telegram, for administrators: inviting somebody by a link that works once, and ending it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import Response

from bot.accounts import HOURS_VALID, Action, NotChanged, UnknownAccount
from bot.channels.office import telegram_words as words
from bot.channels.office import words as office_words
from bot.channels.office.declaring import ROOT, Page
from bot.channels.office.visit import Visit
from bot.errors import SharewellError

PATH = "/telegram"
_ONE = f"{PATH}/{{account}}"

LinkBefore = Callable[[], str]
"""What stands before the token in a link that opens the bot. Raises SharewellError where Telegram cannot be asked."""


@dataclass(frozen=True)
class _Row:
    """One person of the list."""

    id: str
    name: str
    state: str


def pages(link_before: LinkBefore) -> tuple[Page, ...]:
    """The pages, for an organisation whose members enrol on Telegram."""

    def make_link(visit: Visit) -> Response:
        try:
            person = visit.accounts.people.find(visit.parameters["account"])
            before = link_before()  # asked first: where it fails, an earlier link goes on working
            made = visit.accounts.enrolments.invite(person.id, visit.account.id)
        except UnknownAccount:
            return visit.problem(HTTPStatus.NOT_FOUND, *office_words.MISSING)
        except NotChanged as error:
            return visit.failed(error)
        except SharewellError as error:
            return visit.failed(error, HTTPStatus.SERVICE_UNAVAILABLE)
        return visit.page(
            "telegram_link.html", words.LINK_TITLE, w=words, person=person, link=f"{before}{made.token}",
            until=made.expires_at,
        )  # fmt: skip

    manage = Action.ACCOUNT_MANAGE
    return (
        Page(PATH, manage, get=_list, nav=words.TITLE, about=words.ABOUT),
        Page(_ONE, manage, get=_one, post=make_link, fresh=True),
        Page(f"{_ONE}/end", manage, post=_end, fresh=True, back=_ONE),
    )


def _list(visit: Visit) -> Response:
    enrolled = visit.accounts.enrolments.enrolled()
    rows = [
        _Row(each.id, each.shown_as, words.ENROLLED if each.id in enrolled else words.NOT_ENROLLED)
        for each in visit.accounts.people.all() if each.active
    ]  # fmt: skip
    return visit.page("telegram.html", words.TITLE, w=words, rows=rows)


def _one(visit: Visit) -> Response:
    try:
        person = visit.accounts.people.find(visit.parameters["account"])
    except UnknownAccount:
        return visit.problem(HTTPStatus.NOT_FOUND, *office_words.MISSING)
    enrolled = person.id in visit.accounts.enrolments.enrolled()
    title = words.ONE_TITLE.format(name=person.shown_as)
    return visit.page("telegram_one.html", title, w=words, person=person, enrolled=enrolled, hours=HOURS_VALID)


def _end(visit: Visit) -> Response:
    account_id = visit.parameters["account"]
    try:
        visit.accounts.enrolments.end(account_id, visit.account.id)
    except UnknownAccount:
        return visit.problem(HTTPStatus.NOT_FOUND, *office_words.MISSING)
    return visit.go(f"{ROOT}{PATH}/{account_id}")
