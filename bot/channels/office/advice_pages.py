"""Advice, for advisers: their lists, one thread, and what they do in it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from starlette.responses import Response

from bot.accounts import Action
from bot.channels.office import advice_words as w
from bot.channels.office.advising import AdviceDesk, link_of
from bot.channels.office.declaring import ROOT, Page
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit
from bot.consultations import (
    LONGEST_TEXT,
    OUTCOME_LABELS,
    AdviceLocked,
    Adviser,
    CannotHandOn,
    InvalidRequest,
    NotYours,
    Outcome,
    SomebodyWasFirst,
    State,
)

PATH = "/advice"
ONE = f"{PATH}/{{reference}}"
LINKS = ("link", "link-2", "link-3")
"""The fields of a reply that point to topics and checks."""

LISTED = 100
"""Threads that a list shows at once, the most pressing first."""

ANYBODY = "any"
_LARGEST = 2**31 - 1
_FIELDS = ("reply", "question", *LINKS, "outcome", "to")
_Act = Callable[[], None]


def pages(desk: AdviceDesk) -> tuple[Page, ...]:
    """The advisers' pages over `desk`."""
    return AdvicePages(desk).pages()


class AdvicePages:
    """What an adviser sees and does. Who may see which thread is for the desk of the threads to say."""

    def __init__(self, desk: AdviceDesk) -> None:
        self._desk = desk

    def pages(self) -> tuple[Page, ...]:
        answer = Action.ADVICE_ANSWER
        return (
            Page(PATH, answer, get=self._inbox, nav=w.INBOX_TITLE, about=w.INBOX_ABOUT),
            Page(ONE, answer, get=self._one),
            Page(f"{ONE}/take", answer, post=self._take),
            Page(f"{ONE}/reply", answer, post=self._reply),
            Page(f"{ONE}/ask", answer, post=self._ask),
            Page(f"{ONE}/outcome", answer, post=self._outcome),
            Page(f"{ONE}/hand-on", answer, post=self._hand_on),
            Page(f"{ONE}/conflict", answer, get=self._ask_conflict, post=self._conflict),
        )

    def _inbox(self, visit: Visit) -> Response:
        adviser = self._desk.adviser(visit.account)
        inbox = self._desk.desk.inbox(adviser)
        return visit.page(
            "advice.html", w.INBOX_TITLE, inbox=inbox, w=w, desk=self._desk, outcomes=OUTCOME_LABELS,
            lacks=not adviser.subjects, listed=LISTED,
        )  # fmt: skip

    def _one(self, visit: Visit) -> Response:
        return self._show(visit, [])

    def _take(self, visit: Visit) -> Response:
        return self._done(visit, "", lambda: self._desk.desk.take(*self._named(visit), _version(visit)))

    def _reply(self, visit: Visit) -> Response:
        chosen = list(dict.fromkeys(filter(None, (visit.fields.one(name) for name in LINKS))))
        links = tuple(map(link_of, chosen))
        text = visit.fields.one("reply")

        def act() -> None:
            self._desk.desk.reply(*self._named(visit), text, links=links, version=_version(visit))

        return self._written(visit, "reply", text) or self._done(visit, "reply", act)

    def _ask(self, visit: Visit) -> Response:
        text = visit.fields.one("question")

        def act() -> None:
            self._desk.desk.ask(*self._named(visit), text, version=_version(visit))

        return self._written(visit, "question", text) or self._done(visit, "question", act)

    def _outcome(self, visit: Visit) -> Response:
        chosen = visit.fields.one("outcome")
        if chosen not in tuple(Outcome):
            return self._show(visit, [FieldProblem("outcome", w.CHOOSE_OUTCOME)])

        def act() -> None:
            self._desk.desk.mark_outcome(*self._named(visit), Outcome(chosen), version=_version(visit))

        return self._done(visit, "outcome", act)

    def _hand_on(self, visit: Visit) -> Response:
        chosen = visit.fields.one("to")
        others = {each.id: each for each, _ in self._desk.others(visit.parameters["reference"], visit.account)}
        if chosen not in others and chosen != ANYBODY:
            return self._show(visit, [FieldProblem("to", w.CHOOSE_ADVISER)])

        def act() -> None:
            if chosen == ANYBODY:
                self._desk.desk.put_back(*self._named(visit), version=_version(visit))
            else:
                self._desk.desk.hand_on(*self._named(visit), others[chosen], version=_version(visit))

        return self._done(visit, "to", act, then=f"{ROOT}{PATH}")

    def _ask_conflict(self, visit: Visit) -> Response:
        adviser, reference = self._named(visit)
        try:
            self._desk.desk.thread(adviser, reference)
        except NotYours:
            return _unknown(visit)
        alone = not self._desk.others(reference, visit.account)
        return visit.page("advice_conflict.html", w.CONFLICT_TITLE, reference=reference, alone=alone, w=w)

    def _conflict(self, visit: Visit) -> Response:
        adviser, reference = self._named(visit)
        try:
            line = self._desk.desk.thread(adviser, reference).line
            self._desk.desk.declare_conflict(adviser, reference)
        except NotYours:
            return _unknown(visit)
        if self._desk.others(reference, visit.account) or line.state is State.CLOSED:
            return visit.go(f"{ROOT}{PATH}")
        return visit.page(
            "advice_alone.html", w.ALONE_TITLE, reference=reference, when=line.reply_by, w=w
        )  # fmt: skip

    def _named(self, visit: Visit) -> tuple[Adviser, str]:
        return self._desk.adviser(visit.account), visit.parameters["reference"]

    def _written(self, visit: Visit, field: str, text: str) -> Response | None:
        """The page with what is wrong with a text; None where it may be sent."""
        if not text:
            return self._show(visit, [FieldProblem(field, w.NEEDS_TEXT)])
        found = self._desk.identifying(text)
        if found:
            return self._show(visit, [FieldProblem(field, w.IDENTIFIES.format(found=", ".join(found).lower()))])
        return None

    def _done(self, visit: Visit, field: str, act: _Act, then: str = "") -> Response:
        """Does `act`; what it refuses is shown at `field`, beside what was typed."""
        try:
            act()
        except NotYours:
            return _unknown(visit)
        except SomebodyWasFirst:
            return self._show(visit, [FieldProblem(field or "content", w.FIRST)], gone=w.TAKEN)
        except InvalidRequest as error:
            at = LINKS[0] if error.field == "links" else field
            return self._show(visit, [FieldProblem(at, f"{error.message} {error.remedy}")])
        except (AdviceLocked, CannotHandOn) as error:
            return self._show(visit, [FieldProblem(field or "content", f"{error.message} {error.remedy}")])
        return visit.go(then or f"{ROOT}{PATH}/{visit.parameters['reference']}")

    def _show(
        self, visit: Visit, problems: list[FieldProblem], gone: tuple[str, str] = w.UNKNOWN
    ) -> Response:  # fmt: skip
        """The page of a thread as it is now; with what was typed, where something is wrong with it.

        `gone` is what is said where the adviser no longer sees it.
        """
        adviser, reference = self._named(visit)
        try:
            thread = self._desk.desk.thread(adviser, reference)
        except NotYours:
            return _unknown(visit, gone)
        return visit.page(
            "advice_thread.html", reference, problems=problems, thread=thread, line=thread.line, w=w, desk=self._desk,
            given={name: visit.fields.one(name) for name in _FIELDS}, links=LINKS, anybody=ANYBODY,
            others=self._desk.others(reference, visit.account), outcomes=OUTCOME_LABELS, longest=LONGEST_TEXT,
            outcome_options=[(each.value, OUTCOME_LABELS[each], w.OUTCOME_HINTS[each]) for each in Outcome],
        )  # fmt: skip


def _version(visit: Visit) -> int:
    """Which state of the thread the adviser saw; one that no thread has, where the form does not say."""
    text = visit.fields.one("version")
    return min(int(text), _LARGEST) if text.isascii() and text.isdecimal() and len(text) <= 12 else -1


def _unknown(visit: Visit, said: tuple[str, str] = w.UNKNOWN) -> Response:
    """What is said of a thread that is not the adviser's to see, or is none; it is written down as a denial."""
    if said is w.UNKNOWN:
        visit.accounts.events.denied(Action.ADVICE_ANSWER, visit.account.id)
    return visit.problem(HTTPStatus.NOT_FOUND, *said, link=(f"{ROOT}{PATH}", w.TO_INBOX))
