"""People, for administrators: inviting, roles, team and area, suspending, and new links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import Response

from bot.accounts import Account, Action, InvalidAccount, Invitation, Place, Role, UnknownAccount
from bot.channels.office import words
from bot.channels.office.declaring import ROOT, Page
from bot.channels.office.joining import PATH as INVITATION_PATH
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit

PATH = "/people"
_ONE = f"{PATH}/{{account}}"
_ROLE_OPTIONS = [(role.value, words.ROLES[role].capitalize(), words.ROLE_HINTS[role]) for role in Role]


@dataclass(frozen=True)
class _Given:
    """What stands in the form: as it is kept, or as it was typed."""

    name: str = ""
    roles: tuple[str, ...] = ()
    team: str = ""
    area: str = ""
    subjects: str = ""

    @property
    def place(self) -> Place:
        return Place(self.team, self.area, tuple(self.subjects.split(",")))


def pages() -> tuple[Page, ...]:
    manage = Action.ACCOUNT_MANAGE
    return (
        Page(PATH, manage, get=_list, nav=words.PEOPLE_TITLE, about=words.PEOPLE_ABOUT),
        Page(f"{PATH}/invite", manage, get=_invite, post=_make_link, fresh=True),
        Page(_ONE, manage, get=_person, fresh=True),
        Page(f"{_ONE}/roles", manage, post=_set_roles, fresh=True),
        Page(f"{_ONE}/place", manage, post=_set_place, fresh=True),
        Page(f"{_ONE}/suspend", manage, post=_suspend, fresh=True),
        Page(f"{_ONE}/restore", manage, post=_restore, fresh=True),
        Page(f"{_ONE}/reset", manage, post=_reset, fresh=True),
    )


def _list(visit: Visit) -> Response:
    return visit.page("people.html", words.PEOPLE_TITLE, people=visit.accounts.people.all())


def _invite(visit: Visit) -> Response:
    return visit.page("invite.html", words.INVITE_TITLE, given=_Given(), role_options=_ROLE_OPTIONS)


def _make_link(visit: Visit) -> Response:
    given = _typed(visit)
    try:
        made = visit.accounts.invitations.invite(given.roles, given.name, given.place, visit.account.id)
    except InvalidAccount as error:
        problem = FieldProblem(error.field, f"{error.message} {error.remedy}")
        return visit.page(
            "invite.html", words.INVITE_TITLE, problems=[problem], given=given, role_options=_ROLE_OPTIONS
        )
    return _link(visit, made)


def _link(visit: Visit, made: Invitation) -> Response:
    address = f"{visit.origin}{ROOT}{INVITATION_PATH}/{made.token}"
    return visit.page("link.html", words.LINK_TITLE, link=address, until=made.expires_at)


def _person(visit: Visit) -> Response:
    try:
        person = visit.accounts.people.find(visit.parameters["account"])
    except UnknownAccount:
        return visit.problem(HTTPStatus.NOT_FOUND, *words.MISSING)
    return _person_page(visit, person, _kept(person), [])


def _person_page(visit: Visit, person: Account, given: _Given, problems: list[FieldProblem]) -> Response:
    return visit.page(
        "person.html", person.shown_as, problems=problems, person=person, given=given, role_options=_ROLE_OPTIONS
    )


def _set_roles(visit: Visit) -> Response:
    roles = visit.fields.all("roles")
    return _changed(visit, lambda account_id, by: visit.accounts.people.set_roles(account_id, roles, by))


def _set_place(visit: Visit) -> Response:
    place = _typed(visit).place
    return _changed(visit, lambda account_id, by: visit.accounts.people.set_place(account_id, place, by))


def _suspend(visit: Visit) -> Response:
    return _changed(visit, visit.accounts.people.suspend)


def _restore(visit: Visit) -> Response:
    return _changed(visit, visit.accounts.people.restore)


def _reset(visit: Visit) -> Response:
    try:
        made = visit.accounts.invitations.reset(visit.parameters["account"], visit.account.id)
    except UnknownAccount:
        return visit.problem(HTTPStatus.NOT_FOUND, *words.MISSING)
    return _link(visit, made)


def _changed(visit: Visit, change: Callable[[str, str], None]) -> Response:
    account_id = visit.parameters["account"]
    try:
        person = visit.accounts.people.find(account_id)
        change(account_id, visit.account.id)
    except UnknownAccount:
        return visit.problem(HTTPStatus.NOT_FOUND, *words.MISSING)
    except InvalidAccount as error:
        problem = FieldProblem(error.field, f"{error.message} {error.remedy}")
        return _person_page(visit, person, _typed_over(visit, person), [problem])
    return visit.go(f"{ROOT}{PATH}/{account_id}")


def _typed(visit: Visit) -> _Given:
    one = visit.fields.one
    return _Given(one("name"), visit.fields.all("roles"), one("team"), one("area"), one("subjects"))


def _kept(person: Account) -> _Given:
    roles = tuple(role.value for role in person.roles)
    return _Given(person.name, roles, person.team, person.area, ", ".join(person.subjects))


def _typed_over(visit: Visit, person: Account) -> _Given:
    """What was typed into the form that was sent, beside what is kept in the others."""
    typed, kept = _typed(visit), _kept(person)
    if visit.request.url.path.endswith("/roles"):
        return _Given(kept.name, typed.roles, kept.team, kept.area, kept.subjects)
    return _Given(kept.name, kept.roles, typed.team, typed.area, typed.subjects)
