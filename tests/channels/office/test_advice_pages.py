"""The advisers' pages: lists, a thread, replying, asking back, handing on, conflicts, outcomes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from bot.accounts import Accounts, EventKind, Place, Role
from bot.channels.office import AdviceDesk, advice_pages
from bot.channels.office import advice_words as words
from bot.channels.office.advice_pages import LISTED
from bot.consultations import (
    Advice,
    Answer,
    Kind,
    Link,
    Outcome,
    Receipt,
    State,
    Subject,
)
from bot.knowledge import reading
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.support import Staff, running
from tests.channels.web.test_web_browser import violations
from tests.support.advice import make_advice, request
from tests.support.assistants import gate, knowledge
from tests.support.people import PASSWORD, Clock, joined, kinds

SITUATION = "A child of about eight has said something <b>odd</b> about home.\n\nWhat now?"
ANSWERS = (Answer("Do you have a lawful reason?", "Not sure"),)


@dataclass
class Advisers:
    """Ash and Birch advise on children, Cedar on adults, Elm on nothing yet; Fir is a practitioner."""

    advice: Advice
    accounts: Accounts
    people: dict[str, str]
    desk: AdviceDesk
    staff_of: MakeStaff | None = None

    def ask(self, **more: Any) -> Receipt:
        given = {"answers": ANSWERS, "check": "share-decision", **more}
        return self.advice.send(request(SITUATION, **given), f"chat {len(self.people)}")

    def browser_of(self, name: str) -> Staff:
        assert self.staff_of is not None
        staff = self.staff_of(more=advice_pages(self.desk))
        assert staff.sign_in(name).status_code == 303
        return staff


@pytest.fixture
def waiting(accounts: Accounts, clock: Clock, tmp_path: Path) -> Iterator[Advisers]:
    """The same without browsers of ours: beside Chromium, their event loop could not be closed."""
    people = {name: joined(accounts, name, Role.ADVISER) for name in ("Ash", "Birch", "Cedar", "Elm")}
    people["Fir"] = joined(accounts, "Fir", Role.PRACTITIONER, Role.ADMINISTRATOR)
    for name, subject in (("Ash", "children"), ("Birch", "Children"), ("Cedar", "adults")):
        accounts.people.set_place(people[name], Place("", "", (subject,)))
    known = knowledge()
    advice = make_advice(
        tmp_path, clock,
        known=lambda link: link.id in (known.checks if link.kind == "check" else known.topics),
    )  # fmt: skip
    yield Advisers(advice, accounts, people, AdviceDesk(advice, accounts, knowledge, gate))
    advice.close_database()


@pytest.fixture
def advisers(waiting: Advisers, staff_of: MakeStaff) -> Advisers:
    return replace(waiting, staff_of=staff_of)


def _version(page: httpx.Response) -> str:
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found is not None
    return found[1]


def _send(staff: Staff, reference: str, act: str, **fields: str) -> httpx.Response:
    page = staff.get(f"/advice/{reference}")
    assert page.status_code == 200, page.text
    return staff.post(f"/advice/{reference}/{act}", {"version": _version(page), **fields})


def test_an_adviser_finds_what_waits_and_reads_it(advisers: Advisers) -> None:
    receipt = advisers.ask()
    staff = advisers.browser_of("Ash")
    assert "Advice" in staff.get("/").text
    listed = staff.get("/advice")
    assert receipt.reference in listed.text and "Take it by" in listed.text and "Waiting" in listed.text
    page = staff.get(f"/advice/{receipt.reference}")
    assert "A child of about eight has said something &lt;b&gt;odd&lt;/b&gt; about home." in page.text
    assert "Do you have a lawful reason?" in page.text and "/check/share-decision" in page.text
    assert page.headers["cache-control"] == "no-store"


def test_no_page_tells_who_asks_or_the_minute(advisers: Advisers, clock: Clock) -> None:
    clock.now += 754
    receipt = advisers.ask()
    advisers.advice.set_notice(receipt.ticket, b"telegram 4711")
    staff = advisers.browser_of("Ash")
    for path in ("/advice", f"/advice/{receipt.reference}", f"/advice/{receipt.reference}/conflict"):
        text = staff.get(path).text
        assert not re.search("telegram|4711|chat 5", text), path
        assert receipt.code not in text and receipt.code.replace(" ", "") not in text
        times = re.findall(r"\d{1,2} \w+ \d{4}, (\d\d:\d\d)", text)
        assert all(time.endswith(":00") for time in times)
        assert times or path.endswith("conflict")


def test_others_see_nothing_of_it(advisers: Advisers) -> None:
    receipt = advisers.ask()
    for name in ("Cedar", "Elm"):
        staff = advisers.browser_of(name)
        assert receipt.reference not in staff.get("/advice").text
        page = staff.get(f"/advice/{receipt.reference}")
        assert page.status_code == 404 and "child of about eight" not in page.text
        for act in ("take", "reply", "ask", "outcome", "hand-on", "conflict"):
            posted = staff.post(f"/advice/{receipt.reference}/{act}", {
                "version": "1", "reply": "Words.", "question": "Words?", "outcome": "advice-given", "to": "any",
            })  # fmt: skip
            assert posted.status_code == 404, act
        assert kinds(advisers.accounts)[:7] == [EventKind.DENIED] * 7
    assert advisers.browser_of("Fir").get("/advice").status_code == 403
    assert len(advisers.advice.view(receipt.ticket).messages) == 1


def test_an_adviser_without_subjects_is_told_what_to_do(advisers: Advisers) -> None:
    assert "Ask an administrator to set your subjects" in advisers.browser_of("Elm").get("/advice").text


def test_an_administrator_sets_subjects_in_the_form_of_a_person(advisers: Advisers) -> None:
    staff = advisers.browser_of("Fir")
    path = f"/people/{advisers.people['Elm']}"
    fields = {"team": "", "area": "Rochdale", "subjects": "Data protection, adults"}
    assert staff.send(path, f"{path}/place", fields).status_code == 303
    found = advisers.desk.adviser(advisers.accounts.people.find(advisers.people["Elm"]))
    assert found.subjects == (Subject.DATA_PROTECTION, Subject.ADULTS) and found.areas == ("rochdale", "national")


def test_taking_tells_the_user_and_the_others(advisers: Advisers) -> None:
    receipt = advisers.ask()
    assert _send(advisers.browser_of("Ash"), receipt.reference, "take").status_code == 303
    assert advisers.advice.view(receipt.ticket).acknowledged
    assert receipt.reference not in advisers.browser_of("Birch").get("/advice").text


def test_a_reply_goes_to_its_thread_with_its_links(advisers: Advisers) -> None:
    receipt = advisers.ask()
    staff = advisers.browser_of("Ash")
    topic = next(iter(knowledge().topics))
    sent = _send(
        staff, receipt.reference, "reply", reply="Write down what was said.", link=f"topic:{topic}",
        **{"link-2": "check:share-decision", "link-3": f"topic:{topic}"},
    )  # fmt: skip
    assert sent.status_code == 303
    seen = advisers.advice.view(receipt.ticket)
    assert seen.messages[-1].text == "Write down what was said." and seen.state is State.ANSWERED
    assert seen.messages[-1].links == (Link("topic", topic), Link("check", "share-decision"))
    page = staff.get(f"/advice/{receipt.reference}")
    assert f'href="/topic/{topic}"' in page.text and words.READ_NO in page.text
    advisers.advice.mark_read(receipt.ticket, advisers.advice.view(receipt.ticket))
    assert words.READ_YES in staff.get(f"/advice/{receipt.reference}").text


@pytest.mark.parametrize(
    ("act", "fields", "says"),
    [
        ("reply", {"reply": ""}, words.NEEDS_TEXT),
        ("reply", {"reply": "Ask Mrs Margaret Thornton about it."}, "may identify a person"),
        ("reply", {"reply": "See this.", "link": "topic:nowhere"}, "A link leads nowhere"),
        ("ask", {"question": " "}, words.NEEDS_TEXT),
        ("outcome", {}, words.CHOOSE_OUTCOME),
        ("outcome", {"outcome": "nothing"}, words.CHOOSE_OUTCOME),
        ("hand-on", {"to": "nobody"}, words.CHOOSE_ADVISER),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(
    advisers: Advisers, act: str, fields: dict[str, str], says: str
) -> None:
    receipt = advisers.ask()
    page = _send(advisers.browser_of("Ash"), receipt.reference, act, **fields)
    assert page.status_code == 422 and says in page.text
    assert all(value.strip() in page.text for name, value in fields.items() if name in ("reply", "question"))
    assert len(advisers.advice.view(receipt.ticket).messages) == 1


def test_the_second_of_two_advisers_is_told_and_keeps_the_words(advisers: Advisers) -> None:
    receipt = advisers.ask()
    ash, birch = advisers.browser_of("Ash"), advisers.browser_of("Birch")
    seen = birch.get(f"/advice/{receipt.reference}")
    ash.get(f"/advice/{receipt.reference}")
    advisers.advice.write(receipt.ticket, "I forgot to say something.")
    page = birch.post(
        f"/advice/{receipt.reference}/reply", {"version": _version(seen), "reply": "Here is my advice."}
    )
    assert page.status_code == 422 and words.FIRST in page.text
    assert "Here is my advice." in page.text and "I forgot to say something." in page.text
    sent = birch.post(f"/advice/{receipt.reference}/reply", {"version": _version(page), "reply": "Here is my advice."})
    assert sent.status_code == 303
    late = ash.post(f"/advice/{receipt.reference}/reply", {"version": _version(page), "reply": "Mine."})
    assert late.status_code == 404 and words.TAKEN[0] in late.text
    assert [each.text for each in advisers.advice.view(receipt.ticket).messages][1:] == [
        "I forgot to say something.", "Here is my advice.",
    ]  # fmt: skip


def test_a_busy_database_loses_none_of_an_advisers_words(advisers: Advisers, tmp_path: Path) -> None:
    receipt = advisers.ask()
    staff = advisers.browser_of("Ash")
    version = _version(staff.get(f"/advice/{receipt.reference}"))
    holder = sqlite3.connect(tmp_path / "advice.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        page = staff.post(f"/advice/{receipt.reference}/reply", {"version": version, "reply": "Here is my advice."})
    finally:
        holder.close()
    assert page.status_code == 422 and "is busy" in page.text and "Here is my advice." in page.text
    assert len(advisers.advice.view(receipt.ticket).messages) == 1


def test_a_question_back_makes_it_the_persons_turn(advisers: Advisers) -> None:
    receipt = advisers.ask()
    staff = advisers.browser_of("Ash")
    assert _send(staff, receipt.reference, "ask", question="Does the child live with you?").status_code == 303
    seen = advisers.advice.view(receipt.ticket)
    assert (seen.state, seen.messages[-1].kind) == (State.ASKED, Kind.QUESTION)
    assert words.STATES[State.ASKED] in staff.get("/advice").text


def test_an_outcome_is_marked(advisers: Advisers) -> None:
    receipt = advisers.ask()
    staff = advisers.browser_of("Ash")
    assert _send(staff, receipt.reference, "outcome", outcome="refer-childrens-social-care").status_code == 303
    assert advisers.advice.for_record(receipt.ticket).outcome is Outcome.REFER_CHILDREN
    assert "Refer to children&#39;s social care" in staff.get("/advice").text


def test_a_thread_is_handed_on_by_name_or_to_anybody(advisers: Advisers) -> None:
    receipt = advisers.ask()
    ash, birch = advisers.browser_of("Ash"), advisers.browser_of("Birch")
    page = ash.get(f"/advice/{receipt.reference}")
    assert ">Birch</option>" in page.text and "Cedar" not in page.text
    sent = _send(ash, receipt.reference, "hand-on", to=advisers.people["Birch"])
    assert (sent.status_code, sent.headers["location"]) == (303, "/office/advice")
    assert receipt.reference not in ash.get("/advice").text and receipt.reference in birch.get("/advice").text
    assert _send(birch, receipt.reference, "hand-on", to="any").status_code == 303
    assert receipt.reference in ash.get("/advice").text


def test_a_conflict_takes_the_thread_away(advisers: Advisers) -> None:
    receipt = advisers.ask()
    ash, birch = advisers.browser_of("Ash"), advisers.browser_of("Birch")
    path = f"/advice/{receipt.reference}"
    asked = ash.get(f"{path}/conflict")
    assert words.CONFLICT_BUTTON in asked.text and words.CONFLICT_ALONE not in asked.text
    assert ash.post(f"{path}/conflict").headers["location"] == "/office/advice"
    assert receipt.reference not in ash.get("/advice").text and ash.get(path).status_code == 404
    assert receipt.reference in birch.get("/advice").text
    assert words.CONFLICT_ALONE in birch.get(f"{path}/conflict").text
    alone = birch.post(f"{path}/conflict")
    assert alone.status_code == 200 and receipt.reference in alone.text and "Tell an administrator now" in alone.text
    assert birch.get(path).status_code == 404


def test_a_closed_thread_is_read_and_no_more(advisers: Advisers) -> None:
    receipt = advisers.ask()
    advisers.advice.close(receipt.ticket)
    page = advisers.browser_of("Ash").get(f"/advice/{receipt.reference}")
    assert words.CLOSED in page.text and "<textarea" not in page.text


def test_a_long_list_shows_what_is_most_pressing(advisers: Advisers) -> None:
    for number in range(LISTED + 2):
        advisers.advice.send(request(urgency="routine" if number else "same-day"), f"chat {number}")
    text = advisers.browser_of("Ash").get("/advice").text
    assert text.count("/office/advice/A-") == LISTED and words.MORE.format(count=2) in text
    assert text.index("The same day.") < text.index("Routine.")


def test_what_is_late_comes_first(advisers: Advisers, clock: Clock) -> None:
    receipt = advisers.ask(urgency="same-day")
    clock.now += 3 * 24 * 60 * 60
    text = advisers.browser_of("Birch").get("/advice").text
    assert "Overdue" in text and "It is late." in text and receipt.reference in text


@pytest.mark.parametrize("name", sorted(name for name in vars(words) if name.isupper()))
def test_the_words_keep_to_the_reading_limits(name: str) -> None:
    value = getattr(words, name)
    texts = value.values() if hasattr(value, "values") else value if isinstance(value, tuple) else (value,)
    for text in texts:
        filled = text.format(when="20 November 2026, 09:00", found="a name", reference="A-7K3M-9QXD", count=12)
        assert reading.problems(filled) == [], name


def test_the_pages_are_accessible_on_a_telephone(waiting: Advisers, clock: Clock, browser: Browser) -> None:
    receipt = waiting.ask()
    with running(waiting.accounts, clock, advice_pages(waiting.desk)) as url:
        page = browser.new_page(viewport={"width": 320, "height": 640})
        try:
            page.goto(f"{url}/office/sign-in?then=/office/advice")
            page.fill("#name", "Ash")
            page.fill("#password", PASSWORD)
            page.get_by_role("button", name="Sign in with the password").click()
            one = f"/advice/{receipt.reference}"
            for path in ("/advice", one, f"{one}/conflict"):
                page.goto(f"{url}/office{path}")
                _is_accessible(page, path)
            page.goto(f"{url}/office{one}")
            page.get_by_role("button", name=words.REPLY_BUTTON).click()
            assert page.evaluate("document.activeElement.id") == "summary"
            _is_accessible(page, "problems")
            page.fill("#reply", "Write down what was said.")
            page.get_by_role("button", name=words.REPLY_BUTTON).click()
            page.get_by_text(words.READ_NO).wait_for()
            _is_accessible(page, "answered")
        finally:
            page.close()
    assert waiting.advice.view(receipt.ticket).state is State.ANSWERED


def _is_accessible(page: Any, path: str) -> None:
    assert violations(page) == [], path
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
