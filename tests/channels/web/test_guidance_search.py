"""The search: private, danger first, and deaf to everything but words."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest

from bot.channels.web import WebSettings, create_app
from bot.conversation import words as spoken
from tests.channels.web.guidance import Page, pages
from tests.channels.web.scripted import Scripted
from tests.channels.web.support import Client, Clock
from tests.knowledge.test_page_search import HOSTILE
from tests.support.assistants import Bench

NAME = "Rosalind Achterberg"

Visited = tuple[Client, Bench, asyncio.Runner]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with pages(tmp_path_factory.mktemp("search")) as (client, _, _):
        yield client


def test_hits_are_marked_and_lead_to_their_pages(client: Client) -> None:
    response = client.post("/search", {"q": "can i go against a refusal"})
    page = Page(response.text)
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    assert any("refus" in word.casefold() for word in page.marked)
    assert "/topic/refusal-of-consent" in page.links
    assert "etag" not in response.headers and "set-cookie" not in response.headers


def test_a_link_that_somebody_made_is_searched_too(client: Client) -> None:
    response = client.get("/search?q=form+of+consent&area=rochdale")
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    assert "/topic/form-of-consent?area=rochdale" in Page(response.text).links


def test_the_form_posts_so_that_no_address_holds_words(client: Client) -> None:
    for path in ("/search", "/browse"):
        form = client.get(path).text.split("role=\"search\"")[0].rsplit("<form", 1)[1]
        assert 'method="post"' in form and 'action="/search"' in form
    assert "Leave out names and details" in Page(client.get("/search").text).text


def test_a_detail_is_masked_before_it_is_searched_or_shown(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.post("/search", {"q": f"{NAME} refuses consent, ring 07700 900123"})
    page = Page(response.text)
    for detail in ("Rosalind", "Achterberg", "07700", "900123"):
        assert detail not in response.text and detail not in caplog.text
    assert "[name]" in response.text and "Name of a person, Telephone number" in page.text
    assert "name" not in [word.casefold() for word in page.marked]
    assert "/topic/refusal-of-consent" in page.links


def test_a_detail_in_an_address_is_led_away_from(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.get(f"/search?q={NAME}+refuses".replace(" ", "+"))
    assert response.status_code == 303 and response.headers["location"] == "/search?left-out"
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("bot."))
    assert "Rosalind" not in response.text and "Rosalind" not in ours
    assert "Nothing was searched" in Page(client.get("/search?left-out").text).text


def test_danger_comes_first(client: Client) -> None:
    response = client.post("/search", {"q": "he is hitting her with a knife right now", "area": "rochdale"})
    text = Page(response.text).text
    first, box = text.index("999"), text.index("Words to search for")
    assert text.index("Act now") < first < box
    assert spoken.URGENT_NOT_CHECKED in text


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_query_is_only_text(client: Client, words: str) -> None:
    typed = words.encode("utf-8", "replace").decode()
    for response in (client.post("/search", {"q": typed}), client.post("/search", {"q": f"consent {typed}"})):
        page = Page(response.text)
        assert response.status_code == 200
        assert page.tags.count("script") == 1 and "alert(1)</script>" not in response.text
        assert page.tags.count("h1") == 1 and "\x00" not in response.text and "\x02" not in response.text


def test_markup_in_a_query_stays_in_the_box(client: Client) -> None:
    response = client.post("/search", {"q": '"><img src=x onerror=alert(1)> consent'})
    assert "img" not in Page(response.text).tags
    assert "&lt;img src=x" in response.text and "&gt; consent" in response.text


@pytest.mark.parametrize("typed", ["", "   ", "\n\t"])
def test_an_empty_search_says_what_to_do(client: Client, typed: str) -> None:
    response = client.post("/search", {"q": typed})
    assert response.status_code == 422
    assert "There are no words to search for" in Page(response.text).text and "#q" in Page(response.text).links


def test_nothing_found_says_where_to_go_on(client: Client) -> None:
    response = client.post("/search", {"q": "zebra"})
    assert response.status_code == 200 and "I found nothing for these words" in Page(response.text).text


def test_another_site_cannot_search_here(client: Client) -> None:
    assert client.post("/search", {"q": "consent"}, {"sec-fetch-site": "cross-site"}).status_code == 403


def test_an_address_that_searches_too_often_waits() -> None:
    with asyncio.Runner() as runner:
        app = create_app(Scripted(), WebSettings(address_rate=2), clock=Clock())
        hurried, other = Client(app, runner), Client(app, runner, "192.0.2.8")
        assert [hurried.post("/search", {"q": "consent"}).status_code for _ in range(3)] == [200, 200, 429]
        limited = hurried.get("/search?q=consent")
        assert limited.status_code == 429 and int(limited.headers["retry-after"]) > 0
        assert "Too many searches" in Page(limited.text).text
        assert other.post("/search", {"q": "consent"}).status_code == 200
