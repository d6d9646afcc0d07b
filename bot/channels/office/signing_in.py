"""Signing in, showing again who it is, and signing out."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.accounts import (
    DEVICE_DAYS,
    AccountError,
    Action,
    Attempt,
    EventKind,
    PasskeyRefused,
    ProviderError,
    SignInRefused,
    TooManyAttempts,
)
from bot.channels.office import words
from bot.channels.office.addresses import with_return
from bot.channels.office.declaring import EVERYONE, HOME, ROOT, Page
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit
from bot.channels.web.limits import address_key

RETURNED = f"{ROOT}/sign-in/returned"
_DEVICE_SECONDS = DEVICE_DAYS * 24 * 60 * 60


def pages() -> tuple[Page, ...]:
    own = Action.OWN_ACCOUNT
    return (
        Page("/sign-in", EVERYONE, get=_sign_in, post=_with_password),
        Page("/sign-in/passkey", EVERYONE, post=_with_passkey),
        Page("/sign-in/organisation", EVERYONE, get=_with_organisation),
        Page("/sign-in/returned", EVERYONE, get=_returned),
        Page("/passkey/options", EVERYONE, post=_passkey_options),
        Page("/confirm", own, get=_confirm, post=_confirm_password),
        Page("/confirm/passkey", own, post=_confirm_passkey),
        Page("/confirm/organisation", own, get=_confirm_organisation),
        Page("/sign-out", own, post=_sign_out),
        Page("/stay", own, get=_stay),
    )


def device_cookie(*, secure: bool) -> str:
    """The name of the cookie by which a browser is known in which somebody has signed in before."""
    return "__Host-sharewell-device" if secure else "sharewell-device"


def begin(visit: Visit, account_id: str, kind: EventKind) -> None:
    """Begin the session of somebody who has been recognised, under a token that nobody knew before."""
    visit.signs_in(visit.accounts.sessions.begin(account_id, kind, instead_of=visit.token))


def remember_device(visit: Visit, token: str) -> None:
    """Know this browser again, so that what others get wrong does not delay it."""
    visit.cookies[device_cookie(secure=visit.desk.secure)] = (token, _DEVICE_SECONDS)


def _sign_in(visit: Visit) -> Response:
    if visit.session is not None:
        return visit.go(visit.then)
    return _sign_in_page(visit)


def _sign_in_page(visit: Visit, error: AccountError | None = None, typed: str = "", said: str = "") -> Response:
    problems = []
    if error is not None:
        field = "name" if isinstance(error, SignInRefused) else "content"
        problems = [FieldProblem(field, f"{error.message} {error.remedy}")]
    return _shown(visit, problems, typed, said)


def _shown(visit: Visit, problems: list[FieldProblem], typed: str = "", said: str = "") -> Response:
    waiting = visit.then != HOME and not problems
    return visit.page(
        "sign_in.html", words.SIGN_IN_TITLE, problems=problems,
        typed=typed, said=said or (words.SIGN_IN_FIRST if waiting else ""), nobody=not visit.accounts.people.anyone(),
        organisation=visit.accounts.open_id is not None,
    )  # fmt: skip


def _with_password(visit: Visit) -> Response:
    name, password = visit.fields.one("name"), visit.fields.exact("password")
    missing = [
        FieldProblem(field, text)
        for field, value, text in (("name", name, words.NAME_MISSING), ("password", password, words.PASSWORD_MISSING))
        if not value
    ]
    if missing:
        return _shown(visit, missing, name)
    device = visit.request.cookies.get(device_cookie(secure=visit.desk.secure), "")
    try:
        found = visit.accounts.passwords.recognise(Attempt(name, password, address_key(visit.address), device))
    except TooManyAttempts as error:
        response = _sign_in_page(visit, error, name)
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response.headers["Retry-After"] = str(error.seconds)
        return response
    except SignInRefused as error:
        return _sign_in_page(visit, error, name)
    begin(visit, found.account_id, EventKind.SIGNED_IN_PASSWORD)
    remember_device(visit, found.device)
    return visit.go(visit.then)


def _with_passkey(visit: Visit) -> Response:
    try:
        account_id = visit.accounts.passkeys.recognise(visit.token, visit.site, visit.fields.one("credential"))
    except PasskeyRefused as error:
        return _sign_in_page(visit, error)
    begin(visit, account_id, EventKind.SIGNED_IN_PASSKEY)
    return visit.go(visit.then)


def _passkey_options(visit: Visit) -> Response:
    """What a device is asked, for the page's script. Nothing in it depends on who asks."""
    if _too_often(visit):
        return JSONResponse({"problem": " ".join(words.TOO_OFTEN)}, HTTPStatus.TOO_MANY_REQUESTS)
    return Response(visit.accounts.passkeys.options_to_use(visit.token, visit.site), media_type="application/json")


def _with_organisation(visit: Visit) -> Response:
    service = visit.accounts.open_id
    if service is None:
        return visit.problem(HTTPStatus.NOT_FOUND, *words.MISSING)
    if _too_often(visit):
        return visit.problem(HTTPStatus.TOO_MANY_REQUESTS, *words.TOO_OFTEN)
    visit.keeps_cookie = True  # whoever comes back must be the same browser
    try:
        address = service.begin(visit.token, visit.origin + RETURNED, visit.then)
    except ProviderError as error:
        return visit.failed(error, HTTPStatus.BAD_GATEWAY)
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _returned(visit: Visit) -> Response:
    service = visit.accounts.open_id
    if service is None:
        return visit.problem(HTTPStatus.NOT_FOUND, *words.MISSING)
    if _too_often(visit):
        return visit.problem(HTTPStatus.TOO_MANY_REQUESTS, *words.TOO_OFTEN)
    try:
        found = service.finish(visit.token, visit.request.url.query)
    except (ProviderError, SignInRefused) as error:
        return visit.failed(error, HTTPStatus.FORBIDDEN)
    if found.purpose == "sign-in":
        begin(visit, found.account_id, EventKind.SIGNED_IN_PROVIDER)
        return visit.go(found.then)
    if visit.session is None or visit.account.id != found.account_id:
        return visit.go(with_return(f"{ROOT}/sign-in", found.then))
    return _proved(visit, found.then)


def _confirm(visit: Visit) -> Response:
    return _confirm_page(visit)


def _confirm_page(visit: Visit, problem: str = "", field: str = "content") -> Response:
    problems = [FieldProblem(field, problem)] if problem else []
    return visit.page(
        "confirm.html", words.CONFIRM_TITLE, problems=problems,
        has_passkeys=bool(visit.accounts.passkeys.of(visit.account.id)),
        organisation=visit.accounts.open_id is not None,
    )  # fmt: skip


def _confirm_password(visit: Visit) -> Response:
    password = visit.fields.exact("password")
    if not password:
        return _confirm_page(visit, words.PASSWORD_MISSING, "password")
    try:
        visit.accounts.passwords.proves(visit.account.id, password)
    except SignInRefused as error:
        return _confirm_page(visit, f"{error.message} {error.remedy}", "password")
    return _proved(visit, visit.then)


def _confirm_passkey(visit: Visit) -> Response:
    try:
        account_id = visit.accounts.passkeys.recognise(visit.token, visit.site, visit.fields.one("credential"))
    except PasskeyRefused as error:
        return _confirm_page(visit, f"{error.message} {error.remedy}")
    if account_id != visit.account.id:
        visit.accounts.events.note(EventKind.PROOF_FAILED, visit.account.id)
        return _confirm_page(visit, ". ".join(words.CONFIRM_OTHER))
    return _proved(visit, visit.then)


def _confirm_organisation(visit: Visit) -> Response:
    service = visit.accounts.open_id
    if service is None:
        return visit.problem(HTTPStatus.NOT_FOUND, *words.MISSING)
    try:
        address = service.begin_proof(visit.token, visit.origin + RETURNED, visit.then, visit.account.id)
    except ProviderError as error:
        return visit.failed(error, HTTPStatus.BAD_GATEWAY)
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _proved(visit: Visit, then: str) -> Response:
    token = visit.accounts.sessions.prove(visit.token)
    if token is None:
        return visit.go(with_return(f"{ROOT}/sign-in", then))
    visit.signs_in(token)
    return visit.go(then)


def _sign_out(visit: Visit) -> Response:
    visit.accounts.sessions.end(visit.token)
    visit.session = None
    return _sign_in_page(visit, said=words.SIGNED_OUT)


def _stay(visit: Visit) -> Response:
    """The page's script asks for it when somebody wants to stay: that alone makes the session used."""
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _too_often(visit: Visit) -> bool:
    return bool(visit.desk.visitors.wait(address_key(visit.address)))
