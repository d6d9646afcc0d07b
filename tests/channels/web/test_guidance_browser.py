"""The pages of the guidance in a real Chromium: accessible, narrow, without JavaScript, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.channels.web.support import Site, Visit
from tests.channels.web.test_web_browser import DESKTOP, NARROW, PHONE, overflow, small_targets, violations

PAGES = {
    "topic": "/topic/refusal-of-consent",
    "topic of an area": "/topic/refusal-of-consent?area=rochdale",
    "check": "/check/refusal-override",
    "urgent": "/urgent/sexual-exploitation",
    "browse": "/browse",
    "situation": "/browse/situation/child",
    "kind": "/browse/kind/faq",
    "search": "/search",
    "left out": "/search?left-out",
    "not there": "/topic/refusal-of-consnt",
    "arrival": "/?open=check:share-decision#arrived",
    "no walk": "/flowchart",
}
SEARCHED = {
    "hits": "mum refuses consent for Rosalind Achterberg",
    "danger": "he is hitting her with a knife right now",
    "nothing": "zebra",
    "empty": "  ",
}

OpenWindow = Callable[..., Visit]


def _searched(page: Page, site: Site, words: str) -> None:
    page.goto(site.url + "/browse")
    page.get_by_label("Words to search for").fill(words)
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_url("**/search")


def _walked(window: Visit) -> None:
    window.page.goto(window.site.url)
    for step in ("press Should I share this?", "press Yes", "press See the flowchart"):
        window.take(step)


def _sound(window: Visit) -> None:
    assert violations(window.page) == []
    assert overflow(window.page) == []
    assert small_targets(window.page) == []
    assert window.foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_is_accessible(
    visit: OpenWindow, site: Site, name: str, size: dict[str, int], scheme: str
) -> None:
    window = visit(viewport=size, color_scheme=scheme)
    window.page.goto(site.url + PAGES[name])
    expect(window.page.get_by_role("heading", level=1)).to_have_count(1)
    _sound(window)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", SEARCHED)
def test_what_a_search_finds_is_accessible(
    visit: OpenWindow, site: Site, name: str, size: dict[str, int], scheme: str
) -> None:
    window = visit(viewport=size, color_scheme=scheme)
    _searched(window.page, site, SEARCHED[name])
    _sound(window)
    if name == "empty":
        expect(window.page.locator("#summary")).to_be_focused()
        window.page.get_by_role("link", name="Go to the search box").click()
        expect(window.page.locator("#q")).to_be_focused()
    if name == "hits":
        expect(window.page.locator("mark").first).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_way_walked_is_accessible_in_the_chat_and_on_its_page(visit: OpenWindow, size: dict[str, int]) -> None:
    window = visit(viewport=size, reduced_motion="reduce")
    _walked(window)
    picture = window.page.locator("#newest .chart img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 360
    _sound(window)
    window.page.get_by_role("link", name="Open the flowchart with its questions in words").click()
    expect(window.page.get_by_text("You said: Yes")).to_be_visible()
    _sound(window)
    assert window.complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_never_scrolls_sideways(visit: OpenWindow, site: Site, name: str) -> None:
    window = visit(viewport=NARROW)
    window.page.goto(site.url + PAGES[name])
    assert overflow(window.page) == []
    window.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(window.page) == []


def test_a_flowchart_fits_a_phone_and_opens_alone(visit: OpenWindow, site: Site) -> None:
    window = visit(viewport=PHONE)
    window.page.goto(site.url + "/check/refusal-override")
    box = window.page.locator(".chart img").bounding_box()
    assert box is not None and 350 <= box["width"] <= 360 and box["height"] > 3000
    window.page.get_by_role("link", name="Open the flowchart alone, to zoom").click()
    expect(window.page).to_have_url(re.compile(r"/check/refusal-override/flowchart\.svg$"))
    assert window.complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_a_page_into_the_chat_and_back(visit: OpenWindow, site: Site, script: bool) -> None:
    window = visit(java_script_enabled=script)
    page = window.page
    page.goto(site.url + "/check/gillick-competence")
    page.get_by_role("link", name="Start this check in the chat").click()
    expect(page.locator("#arrived")).to_be_in_viewport()
    page.locator("#arrived").get_by_role("button", name="Gillick competence, step by step").click()
    expect(page.locator("#newest .question").first).to_be_visible()
    expect(page.locator("#arrived")).to_have_count(0)
    page.locator("#newest").get_by_role("link", name="Read or print this check on its own page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gillick competence, step by step")
    assert window.foreign == [] and window.complaints == []


def test_browsing_searching_and_choosing_an_area_need_no_javascript(visit: OpenWindow, site: Site) -> None:
    window = visit(java_script_enabled=False)
    page = window.page
    page.goto(site.url)
    page.get_by_role("link", name="Browse", exact=True).click()
    page.get_by_role("link", name="They said no", exact=True).click()
    page.get_by_role("link", name="Someone says no, or takes consent back", exact=True).click()
    page.get_by_label("Area whose guidance leads").select_option(label="Rochdale")
    page.get_by_role("button", name="Show for this area").click()
    expect(page).to_have_url(re.compile(r"/topic/refusal-of-consent\?area=rochdale$"))
    expect(page.get_by_text("In Rochdale (")).to_be_visible()
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_label("Words to search for").fill("refusal of Rosalind Achterberg")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page).to_have_url(site.url + "/search")
    assert "Rosalind" not in page.content()
    assert page.context.cookies() == []


def test_the_quick_exit_works_on_a_page(visit: OpenWindow, site: Site, exit_site: str) -> None:
    window = visit()
    window.page.goto(site.url + PAGES["topic"])
    window.page.get_by_role("button", name="Leave now").click()
    window.page.wait_for_url(exit_site)


@pytest.mark.parametrize("name", ["topic", "check", "urgent", "situation"])
def test_on_paper_only_the_guidance_is_left(visit: OpenWindow, site: Site, name: str) -> None:
    window = visit(viewport={"width": 680, "height": 960}, color_scheme="dark")
    page = window.page
    page.goto(site.url + PAGES[name])
    page.emulate_media(media="print", color_scheme="light")
    for hidden in (".top", ".foot", ".crumbs", ".area"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".provenance")).to_contain_text("Version of the guidance:")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert overflow(page) == []
    assert page.pdf(format="A4").startswith(b"%PDF")
