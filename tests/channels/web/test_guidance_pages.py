"""Every topic, check and trigger has a page of its own, which says what the chat says and leads somewhere."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urldefrag, urlsplit

import pytest

from bot.checks import draw
from bot.conversation import browsing
from bot.conversation.messages import Reply
from bot.knowledge import NATIONAL
from tests.channels.web.guidance import Page, addresses, lines_of, pages
from tests.channels.web.support import Client
from tests.support.assistants import Bench, knowledge, value_of

TITLES = {check.id: check.title for check in knowledge().checks.values()}
AREAS = sorted(knowledge().areas)
NOT_PAGES = ("/static/", "/end", "tel:")

Visited = tuple[Client, Bench, asyncio.Runner]


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    with pages(tmp_path_factory.mktemp("pages")) as made:
        yield made


@pytest.fixture(scope="module")
def found(visited: Visited) -> dict[str, Page]:
    """Every page of the guidance, by its address."""
    client, _, _ = visited
    kinds = [f"/browse/kind/{kind}" for kind in browsing.KINDS if browsing.of_kind(knowledge(), kind)]
    shown = {path: client.get(path) for path in (*addresses(), *kinds)}
    assert {path for path, response in shown.items() if response.status_code != 200} == set()
    return {path: Page(response.text) for path, response in shown.items()}


def test_every_unit_has_its_page_with_its_title(found: dict[str, Page]) -> None:
    known = knowledge()
    for kind, units in (("topic", known.topics), ("check", known.checks), ("urgent", known.triggers)):
        for unit in units.values():
            assert found[f"/{kind}/{unit.id}"].heading == unit.title


def test_every_link_on_every_page_leads_somewhere(visited: Visited, found: dict[str, Page]) -> None:
    client, _, _ = visited
    other: dict[str, Page] = {}
    linked = {(path, link) for path, page in found.items() for link in page.links if not link.startswith(NOT_PAGES)}
    assert len(linked) > 2000
    # Painting every picture would take minutes; another test paints one.
    pictures = {link for _, link in linked if link.endswith(".png")}
    assert pictures == {f"/check/{name}/flowchart.png" for name in knowledge().checks}
    for path, link in sorted(each for each in linked if each[1] not in pictures):
        target, fragment = urldefrag(link)
        if target not in found and target not in other and target:
            response = client.get(target)
            assert response.status_code == 200, f"{path} links to {link}: {response.status_code}"
            other[target] = Page(response.text if "html" in response.headers["content-type"] else "")
        page = found.get(target) or other.get(target) or found[path]
        assert not fragment or fragment in page.ids, f"{path} links to {link}"


def test_every_unit_is_in_reach_from_browse(found: dict[str, Page]) -> None:
    reached, waiting = {"/browse"}, ["/browse"]
    while waiting:
        for link in found[waiting.pop()].links:
            if link in found and link not in reached:
                reached.add(link)
                waiting.append(link)
    assert set(found) - reached == set()


def _said(reply: Reply) -> list[str]:
    """Every line that a reply says, with its titles and its sources."""
    parts = reply.parts
    lines = [line for part in parts for line in (part.title, *lines_of(part.text)) if line]
    return [*lines, *(piece for line in reply.sources for piece in (f"{line.title}, {line.dated}.", line.where))]


@pytest.mark.parametrize("area", [NATIONAL, "rochdale"])
def test_the_page_of_a_topic_says_what_the_chat_says(visited: Visited, area: str) -> None:
    client, bench, runner = visited
    runner.run(bench.press(f"area:{area}", "reader"))
    names = [*knowledge().topics] if area == NATIONAL else [*knowledge().topics][::7]
    for name in names:
        page = Page(client.get(f"/topic/{name}?area={area}").text).text
        for value in (f"topic:{name}", f"more:{name}"):
            reply = runner.run(bench.press(value, "reader"))
            assert [line for line in _said(reply) if line not in page] == [], f"{value} in {area}"


def test_the_page_of_a_check_says_what_the_chat_says(visited: Visited, found: dict[str, Page]) -> None:
    _, bench, runner = visited
    for check in knowledge().checks.values():
        page = found[f"/check/{check.id}"].text
        started = runner.run(bench.press(f"restart:{check.id}", "walker"))
        asked = [line for line in _said(started) if line not in page]
        assert asked == [], check.id
        for question in check.questions:
            assert question.asks in page and " ".join(question.why.split()) in page
            assert all(option.text in page for option in question.options)
        for outcome in check.outcomes:
            assert outcome.title in page and all(step in page for step in lines_of("\n".join(outcome.do)))
        harmed = runner.run(bench.press(value_of(started, "Someone may be harmed"), "walker"))
        own = [part for part in harmed.parts if part.kind == "outcome" and part.title != "Who to tell"]
        assert own and all(line in page for part in own for line in (part.title, *lines_of(part.text))), check.id


def test_the_page_of_a_trigger_says_what_the_chat_says(visited: Visited, found: dict[str, Page]) -> None:
    _, bench, runner = visited
    for name in knowledge().triggers:
        reply = runner.run(bench.press(f"urgent:{name}", "hurried"))
        assert [line for line in _said(reply) if line not in found[f"/urgent/{name}"].text] == [], name


def test_every_check_is_drawn_from_its_data_on_its_page(visited: Visited, found: dict[str, Page]) -> None:
    client, _, _ = visited
    for check in knowledge().checks.values():
        (image,) = found[f"/check/{check.id}"].images
        assert image["src"] == f"/check/{check.id}/flowchart.svg"
        assert image["alt"].startswith(f"Flowchart: {check.title}.") and check.purpose in image["alt"]
        response = client.get(image["src"])
        assert response.headers["content-type"] == "image/svg+xml"
        assert response.text == draw(check, TITLES)
        assert f'width="{image["width"]}" height="{image["height"]}"' in response.text


def test_a_flowchart_is_a_picture_too(visited: Visited) -> None:
    client, _, _ = visited
    first = client.get("/check/dbs-referral/flowchart.png")
    assert first.headers["content-type"] == "image/png" and first.content.startswith(b"\x89PNG")
    assert client.get("/check/dbs-referral/flowchart.png").content == first.content


def test_the_area_stands_in_the_address_and_in_every_link(visited: Visited) -> None:
    client, _, _ = visited
    for path in ("/topic/refusal-of-consent", "/check/share-decision", "/urgent/coercion", "/browse", "/search"):
        response = client.get(f"{path}?area=rochdale")
        page = Page(response.text)
        assert "Shown for Rochdale. The area stands in the address of this page. No cookie is set." in page.text
        inner = [link for link in page.links if link.startswith(("/topic/", "/check/", "/urgent/", "/browse/"))]
        drawn = [link for link in inner if "/flowchart." in link]
        assert all(link.endswith("?area=rochdale") for link in inner if link not in drawn)
        assert "set-cookie" not in response.headers
    differing = {Page(client.get(f"/topic/refusal-of-consent?area={area}").text).text for area in AREAS}
    assert len(differing) == len(AREAS)


@pytest.mark.parametrize("area", ["", "zebra", "<b>", "national", "rochdale%00"])
def test_an_unknown_area_shows_the_national_page(visited: Visited, area: str) -> None:
    client, _, _ = visited
    text = Page(client.get(f"/topic/form-of-consent?area={area}").text).text
    assert "Shown for National (England)." in text and "zebra" not in text


def test_what_a_browser_has_is_not_sent_again_until_the_guidance_changes(visited: Visited) -> None:
    client, bench, _ = visited
    for path in ("/topic/form-of-consent", "/check/dbs-referral", "/check/dbs-referral/flowchart.svg", "/browse"):
        first = client.get(path)
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "no-cache"
        again = client.get(path, {"if-none-match": f'"other", {tag}'})
        assert (again.status_code, again.content) == (304, b"") and again.headers["etag"] == tag
        assert client.get(path, {"if-none-match": '"other"'}).status_code == 200
        assert client.get(f"{path}?area=rochdale").headers["etag"] == tag or "svg" not in path
    before, tag = bench.assistant.bundle, client.get("/topic/form-of-consent").headers["etag"]
    topic = knowledge().topics["form-of-consent"]
    renamed = {**knowledge().topics, topic.id: topic.model_copy(update={"title": "Another title"})}
    try:
        bench.assistant.renew(replace(before, knowledge=replace(knowledge(), topics=renamed, version="f" * 64)))
        changed = client.get("/topic/form-of-consent", {"if-none-match": tag})
        assert changed.status_code == 200 and "Another title" in changed.text and "f" * 12 in changed.text
    finally:
        bench.assistant.renew(before)
    assert client.get("/topic/form-of-consent").headers["etag"] == tag


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/topic/refusal-of-consnt", "/topic/refusal-of-consent"), ("/topic/share-decision", "/check/share-decision"),
        ("/check/gillick", "/check/gillick-competence"), ("/urgent/exploitation", "/urgent/sexual-exploitation"),
        ("/browse/situation/form-of-consent", "/topic/form-of-consent"), ("/check/gilick-competence/flowchart.svg",
        "/check/gillick-competence"),
    ],
)  # fmt: skip
def test_a_page_that_is_not_there_names_what_is_near(visited: Visited, path: str, near: str) -> None:
    client, _, _ = visited
    response = client.get(path)
    assert response.status_code == 404 and response.headers["cache-control"] == "no-store"
    assert near in Page(response.text).links


@pytest.mark.parametrize("name", ["Rosalind-Achterberg", "%3Cscript%3E", "a" * 300, "rosalind%20achterberg", "%00"])
def test_an_address_is_never_shown_again(visited: Visited, name: str) -> None:
    client, _, _ = visited
    for path in ("/topic/", "/check/", "/urgent/", "/browse/kind/", "/browse/situation/"):
        response = client.get(path + name)
        assert response.status_code == 404
        assert "osalind" not in response.text and "<script>" not in response.text and "aaaa" not in response.text
        assert "/browse" in Page(response.text).links


def test_a_page_leads_into_the_chat_and_changes_nothing_by_looking(visited: Visited) -> None:
    client, _, _ = visited
    for path, value in (
        ("/topic/form-of-consent", "topic:form-of-consent"), ("/check/dbs-referral", "check:dbs-referral"),
        ("/urgent/coercion", "urgent:coercion"),
    ):  # fmt: skip
        (way,) = [link for link in Page(client.get(path).text).links if link.startswith("/?open=")]
        response = client.get(way)
        assert "set-cookie" not in response.headers and response.headers["cache-control"] == "no-store"
        assert f'name="value" value="{value}"' in response.text and "arrived" in Page(response.text).ids
        assert client.press(value).status_code == 303
        shown = Page(client.get().text)
        assert knowledge().topics["form-of-consent"].title in shown.text or value != "topic:form-of-consent"
        client.post("/end")
        client.cookies.clear()
        client.token = ""


@pytest.mark.parametrize("value", ["topic:zebra", "zebra", "topic", "a:b:c", "forget:now", "<b>:<i>", ":"])
def test_only_what_is_there_can_be_brought_into_the_chat(visited: Visited, value: str) -> None:
    client, _, _ = visited
    response = client.get("/", headers=None) if not value else client.get(f"/?open={value}")
    assert response.status_code == 200 and "arrived" not in Page(response.text).ids


def test_no_page_of_the_guidance_knows_a_session(visited: Visited) -> None:
    client, _, _ = visited
    client.press("check:share-decision")
    with_cookie = client.get("/check/share-decision")
    client.cookies.clear()
    client.token = ""
    assert client.get("/check/share-decision").text == with_cookie.text
    assert "csrf" not in with_cookie.text and "set-cookie" not in with_cookie.headers


def test_the_way_walked_is_shown_to_its_walker_only(visited: Visited) -> None:
    client, _, _ = visited
    client.press("check:share-decision")
    form = client.get().text
    yes = re.search(r'value="(answer:\w+:yes)"', form)
    assert yes is not None
    client.press(yes[1])
    page = client.get("/flowchart")
    assert page.headers["cache-control"] == "no-store" and "etag" not in page.headers
    assert "You said: Yes" in Page(page.text).text and "You came this way: 1" in page.text
    (image,) = Page(page.text).images
    svg = client.get(image["src"])
    assert svg.headers["cache-control"] == "no-store" and "You came this way" in svg.text
    assert urlsplit(image["src"]).query == "" and "yes" not in image["src"]
    client.cookies.clear()
    client.token = ""
    for path in ("/flowchart", image["src"], "/flowchart/share-decision.png"):
        response = client.get(path)
        assert response.status_code == 404 and "You said" not in response.text
        assert "There is no check open" in response.text
