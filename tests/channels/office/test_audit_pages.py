"""The audit report in the office: its charts, what it hides, and the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.accounts import Accounts
from bot.channels.office import audit_words
from bot.decision_log import EntryKind
from bot.knowledge import reading
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.kept import Kept, accessible, kept_office
from tests.support.pdf import words_of
from tests.support.people import Clock


@pytest.fixture
def kept(accounts: Accounts, clock: Clock, tmp_path: Path) -> Iterator[Kept]:
    with kept_office(accounts, clock, tmp_path) as found:
        for number in range(14):
            found.record("Cedar", decision="shared" if number < 11 else "request-declined", consent="given")
        yield found


def test_the_report_shows_charts_with_tables_beside_them(kept: Kept, staff_of: MakeStaff) -> None:
    page = kept.browser_of("Elm", staff_of).get("/audit").text
    charts = re.findall(r'<svg class="chart" role="img" aria-label="(.*?)"', page)
    assert len(charts) == len(re.findall("<table>", page)) == 7
    assert all("table below says the same" in label for label in charts)
    assert "style=" not in page.split("<main")[1].split("</main>")[0]
    assert re.search(r'<th scope="row">Request declined</th><td>fewer than 5</td>', page)
    assert re.search(r'<th scope="row">Total</th><td>not shown</td>', page)


def test_a_hidden_number_stands_nowhere_in_the_page(kept: Kept, staff_of: MakeStaff) -> None:
    page = kept.browser_of("Elm", staff_of).get("/audit").text
    cells = re.findall(r"<td>(.*?)</td>", page)
    assert not {"3", "11"} & set(cells)
    drawn = re.findall(r'<rect [^>]*width="([\d.]+)"', page)
    assert drawn and {float(width) for width in drawn} <= {0.0, 150.0}


def test_the_pdf_is_handed_over_and_written_down(kept: Kept, staff_of: MakeStaff) -> None:
    staff = kept.browser_of("Elm", staff_of)
    day = kept.now.date().isoformat()
    response = staff.send("/audit", "/audit", {"since": day, "until": day})
    assert response.headers["content-type"] == "application/pdf" and response.headers["cache-control"] == "no-store"
    assert f'filename="sharewell-audit-{day}-{day}.pdf"' in response.headers["content-disposition"]
    assert "fewer than 5" in words_of(response.content)
    last = list(kept.log.entries())[-1]
    assert (last.kind, last.body["scope"], last.by) == (EntryKind.EXPORT, "audit-report", kept.people["Elm"])


@pytest.mark.parametrize(
    ("query", "field", "says"),
    [
        ("since=2026-01-01", "until", audit_words.NEEDS_BOTH), ("until=2026-01-01", "since", audit_words.NEEDS_BOTH),
        ("since=x&until=2026-01-01", "since", "Give the date"),
        ("since=2026-01-02&until=2026-01-01", "since", "after the last"),
        ("since=2024-01-01&until=2026-01-01", "since", audit_words.TOO_LONG),
    ],
)  # fmt: skip
def test_a_period_that_cannot_be_shown_is_explained(
    kept: Kept, staff_of: MakeStaff, query: str, field: str, says: str
) -> None:
    staff = kept.browser_of("Elm", staff_of)
    response = staff.get(f"/audit?{query}")
    assert response.status_code == 422 and "<table>" not in response.text
    assert re.search(rf'id="{field}-wrong">[^<]*{re.escape(says)}', response.text)
    before = sum(1 for _ in kept.log.entries())
    staff.get("/audit")
    fields = dict(part.split("=") for part in query.split("&"))
    assert staff.post("/audit", fields).status_code == 422
    assert sum(1 for _ in kept.log.entries()) == before


@pytest.mark.parametrize("name", ["Ash", "Birch", "Oak"])
def test_others_may_not_read_it(kept: Kept, staff_of: MakeStaff, name: str) -> None:
    assert kept.browser_of(name, staff_of).get("/audit").status_code == 403


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_accessible(kept: Kept, clock: Clock, browser: Browser, width: int) -> None:
    accessible(kept, clock, browser, width, "Elm", ("/audit", "/audit?since=x&until=y"))


@pytest.mark.parametrize("name", sorted(name for name in vars(audit_words) if name.isupper()))
def test_words_keep_to_the_reading_limits(name: str) -> None:
    assert reading.problems(vars(audit_words)[name].format(title="something")) == []
