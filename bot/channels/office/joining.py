"""Joining by a one-time link: choosing a name and a way to sign in."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import JSONResponse, Response

from bot.accounts import EventKind, InvalidAccount, InvitationRefused, PasskeyRefused
from bot.channels.office import words
from bot.channels.office.declaring import EVERYONE, HOME, Page
from bot.channels.office.signing_in import begin
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit
from bot.channels.web.limits import address_key

PATH = "/invitation"


def pages() -> tuple[Page, ...]:
    return (
        Page(f"{PATH}/{{token}}", EVERYONE, get=_show, post=_join),
        Page(f"{PATH}/{{token}}/options", EVERYONE, post=_options),
    )


def _show(visit: Visit) -> Response:
    try:
        return _page(visit, [])
    except InvitationRefused as error:
        return _refused(visit, error)


def _page(visit: Visit, problems: list[FieldProblem]) -> Response:
    invited = visit.accounts.invitations.look(visit.parameters["token"])
    return visit.page(
        "join.html", words.JOIN_TITLE, problems=problems, invited=invited,
        typed=visit.fields.one("name") if problems else invited.name,
    )  # fmt: skip


def _join(visit: Visit) -> Response:
    token, name = visit.parameters["token"], visit.fields.one("name")
    answer, password = visit.fields.one("credential"), visit.fields.exact("password")
    try:
        if answer:
            account_id = visit.accounts.passkeys.accept(visit.token, visit.site, token, name, answer)
            kind = EventKind.SIGNED_IN_PASSKEY
        else:
            account_id = visit.accounts.invitations.accept_with_password(token, name, password)
            kind = EventKind.SIGNED_IN_PASSWORD
    except InvitationRefused as error:
        return _refused(visit, error)
    except InvalidAccount as error:
        return _page(visit, [FieldProblem(error.field, f"{error.message} {error.remedy}")])
    except PasskeyRefused as error:
        return _page(visit, [FieldProblem("name", f"{error.message} {error.remedy}")])
    begin(visit, account_id, kind)
    return visit.go(HOME)


def _options(visit: Visit) -> Response:
    """What a device is asked, for the page's script; or the problem with the name, before a device makes anything."""
    try:
        invited = visit.accounts.invitations.look(visit.parameters["token"])
        options = visit.accounts.passkeys.options_to_add(
            visit.token, visit.site, invited.id, visit.fields.one("name")
        )
    except (InvitationRefused, InvalidAccount) as error:
        return JSONResponse({"problem": f"{error.message} {error.remedy}"}, HTTPStatus.UNPROCESSABLE_ENTITY)
    return Response(options, media_type="application/json")


def _refused(visit: Visit, error: InvitationRefused) -> Response:
    if not visit.desk.visitors.wait(address_key(visit.address)):  # somebody who guesses must not fill the events
        visit.accounts.events.note(EventKind.INVITATION_REFUSED)
    return visit.failed(error, HTTPStatus.NOT_FOUND)
