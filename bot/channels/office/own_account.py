"""One's own account: the name, the ways to sign in, and the open sessions."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from bot.accounts import Action, InvalidAccount, NotChanged, PasskeyRefused, SignInRefused
from bot.channels.office import words
from bot.channels.office.declaring import ROOT, Page
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit

PATH = "/account"
_HERE = ROOT + PATH


def pages() -> tuple[Page, ...]:
    own = Action.OWN_ACCOUNT
    return (
        Page(PATH, own, get=_show, nav=words.ACCOUNT_TITLE, about=words.ACCOUNT_ABOUT),
        Page(f"{PATH}/name", own, post=_rename),
        Page(f"{PATH}/password", own, get=_password, post=_set_password, fresh=True),
        Page(f"{PATH}/password/remove", own, post=_remove_password, fresh=True, back=PATH),
        Page(f"{PATH}/passkey", own, get=_passkey, post=_add_passkey, fresh=True),
        Page(f"{PATH}/passkey/options", own, post=_passkey_options, fresh=True),
        Page(f"{PATH}/passkey/remove", own, post=_remove_passkey, fresh=True, back=PATH),
        Page(f"{PATH}/sessions/end", own, post=_end_session, back=PATH),
        Page(f"{PATH}/sessions/end-others", own, post=_end_others, back=PATH),
    )


def _show(visit: Visit) -> Response:
    return _page(visit, [], visit.account.name)


def _page(visit: Visit, problems: list[FieldProblem], typed: str) -> Response:
    assert visit.session is not None  # the frame lets nobody else in
    limits, here = visit.accounts.limits, visit.session.id
    return visit.page(
        "account.html", words.ACCOUNT_TITLE, problems=problems, typed=typed,
        passkeys_kept=visit.accounts.passkeys.of(visit.account.id),
        sessions=sorted(visit.accounts.sessions.of(visit.account.id), key=lambda each: each.id != here),
        idle=_in_words(limits.idle), absolute=_in_words(limits.absolute),
    )  # fmt: skip


def _rename(visit: Visit) -> Response:
    name = visit.fields.one("name")
    try:
        visit.accounts.people.rename(visit.account.id, name)
    except InvalidAccount as error:
        return _page(visit, [FieldProblem("name", f"{error.message} {error.remedy}")], name)
    return visit.go(_HERE)


def _password(visit: Visit) -> Response:
    return visit.page("account_password.html", words.PASSWORD_PAGE_TITLE)


def _set_password(visit: Visit) -> Response:
    assert visit.session is not None  # the frame lets nobody else in
    try:
        visit.accounts.passwords.change(visit.account.id, visit.fields.exact("password"), visit.session.id)
    except InvalidAccount as error:
        problem = FieldProblem(error.field, f"{error.message} {error.remedy}")
        return visit.page("account_password.html", words.PASSWORD_PAGE_TITLE, problems=[problem])
    return visit.go(_HERE)


def _remove_password(visit: Visit) -> Response:
    try:
        visit.accounts.passwords.remove(visit.account.id)
    except SignInRefused as error:
        return visit.failed(error)
    return visit.go(_HERE)


def _passkey(visit: Visit) -> Response:
    return visit.page("account_passkey.html", words.PASSKEY_PAGE_TITLE, typed="")


def _passkey_options(visit: Visit) -> Response:
    try:
        options = visit.accounts.passkeys.options_to_add(
            visit.token, visit.site, visit.account.id, visit.account.name
        )
    except InvalidAccount as error:
        return JSONResponse({"problem": f"{error.message} {error.remedy}"}, 422)
    return Response(options, media_type="application/json")


def _add_passkey(visit: Visit) -> Response:
    answer, label = visit.fields.one("credential"), visit.fields.one("label")
    try:
        visit.accounts.passkeys.add(visit.token, visit.site, visit.account.id, answer, label)
    except PasskeyRefused as error:
        problem = FieldProblem("label", f"{error.message} {error.remedy}")
        return visit.page("account_passkey.html", words.PASSKEY_PAGE_TITLE, problems=[problem], typed=label)
    return visit.go(_HERE)


def _remove_passkey(visit: Visit) -> Response:
    try:
        visit.accounts.passkeys.remove(visit.account.id, visit.fields.one("passkey"))
    except NotChanged as error:
        return visit.failed(error)
    return visit.go(_HERE)


def _end_session(visit: Visit) -> Response:
    visit.accounts.sessions.end_one(visit.account.id, visit.fields.one("session"))
    return visit.go(_HERE)


def _end_others(visit: Visit) -> Response:
    assert visit.session is not None  # the frame lets nobody else in
    visit.accounts.sessions.end_others(visit.account.id, visit.session.id)
    return visit.go(_HERE)


def _in_words(seconds: int) -> str:
    if seconds % 3600 == 0:
        hours = seconds // 3600
        return "1 hour" if hours == 1 else f"{hours} hours"
    minutes = max(1, round(seconds / 60))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
