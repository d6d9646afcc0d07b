"""The web chat in a real Chromium: accessibility, narrow screens, keyboard, no JavaScript, and the quick exit."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from tests.channels.web.support import Site, Visit

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}
REPLIES = ("first", "answer", "question", "outcome", "preview", "private", "urgent", "letter")
SMALLEST_TARGET = 24

OpenWindow = Callable[..., Visit]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({ runOnly: rules })", RULES)
    assert len(found["passes"]) > 10, "the accessibility check did not run"
    return [
        f"{each['id']}: {node['html']} {node['failureSummary']}"
        for each in found["violations"] for node in each["nodes"]
    ]  # fmt: skip


def overflow(page: Page) -> list[str]:
    """What reaches past the right edge of the window."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > wide + 1)
            .map(e => e.outerHTML.slice(0, 80));
        }"""
    )
    return found


def small_targets(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll("a, button, summary, textarea")]
          .filter(e => e.checkVisibility() && !e.closest("p") && !e.classList.contains("skip"))
          .filter(e => { const r = e.getBoundingClientRect(); return r.height < least || r.width < least; })
          .map(e => e.outerHTML.slice(0, 80))""",
        SMALLEST_TARGET,
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("kind", REPLIES)
def test_every_kind_of_reply_is_accessible(visit: OpenWindow, kind: str, size: dict[str, int], scheme: str) -> None:
    window = visit(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    window.go(kind)
    for summary in window.page.locator("summary").all():
        summary.click()
    assert violations(window.page) == []
    assert small_targets(window.page) == []
    assert overflow(window.page) == []
    assert window.foreign == [] and window.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", ["/privacy", "/accessibility", "/help", "/ended", "/nowhere"])
def test_every_fixed_page_is_accessible(
    visit: OpenWindow, site: Site, path: str, size: dict[str, int], scheme: str
) -> None:
    window = visit(viewport=size, color_scheme=scheme)
    window.page.goto(site.url + path)
    assert violations(window.page) == []
    assert overflow(window.page) == [] and window.foreign == []
    help_link = window.page.get_by_role("link", name="Help", exact=True)
    box, home = help_link.bounding_box(), site.url
    window.page.goto(home)
    assert window.page.get_by_role("link", name="Help", exact=True).bounding_box() == box


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_error_takes_the_focus_and_leads_to_the_field(
    visit: OpenWindow, site: Site, script: bool, size: dict[str, int]
) -> None:
    window = visit(viewport=size, java_script_enabled=script)
    page = window.page
    page.goto(site.url)
    page.locator("#text").fill("   ")
    page.get_by_role("button", name="Send", exact=True).click()
    summary = page.locator("#summary")
    expect(summary).to_contain_text("Type a question first")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Problem: "))
    if script:
        assert violations(page) == []
    summary.get_by_role("link", name="Go to your message").click()
    expect(page.locator("#text")).to_be_focused()


def test_without_an_answer_the_words_stay_and_the_problem_is_told(visit: OpenWindow, site: Site) -> None:
    window = visit()
    window.page.goto(site.url)
    window.page.route("**/say", lambda route: route.abort())
    window.page.locator("#text").fill("what if they refuse")
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#summary")).to_contain_text("I got no answer")
    expect(window.page.locator("#text")).to_have_value("what if they refuse")
    assert violations(window.page) == []
    window.page.unroute("**/say")
    window.take("what if they refuse")
    expect(window.page.locator("#summary")).to_have_count(0)


@pytest.mark.parametrize("kind", REPLIES)
def test_a_narrow_screen_never_scrolls_sideways(visit: OpenWindow, kind: str) -> None:
    window = visit(viewport=NARROW, java_script_enabled=True)
    window.go(kind)
    assert overflow(window.page) == []
    window.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(window.page) == []
    assert small_targets(window.page) == []


def test_a_long_word_and_a_long_label_wrap(visit: OpenWindow) -> None:
    window = visit(viewport=NARROW)
    window.page.goto(window.site.url)
    window.take("refuse" * 60)
    assert overflow(window.page) == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everything_works_without_javascript(visit: OpenWindow, size: dict[str, int]) -> None:
    window = visit(viewport=size, java_script_enabled=False)
    page = window.page
    for kind, steps in window.site.reaches.items():
        page.goto(window.site.url)
        for step in steps:
            if step.startswith("press "):
                page.get_by_role("button", name=step.removeprefix("press "), exact=True).last.click()
            else:
                page.locator("#text").fill(step)
                page.get_by_role("button", name="Send", exact=True).click()
            expect(page).to_have_url(re.compile(r"#newest$"))
        expect(page.locator("#newest")).to_be_in_viewport()
        assert page.locator("#newest button").count() > 0, kind
        page.get_by_role("button", name="Stop and forget", exact=True).last.click()
        expect(page).to_have_url(window.site.url + "/ended")
    assert window.foreign == [] and window.complaints == []


def test_a_detail_typed_without_javascript_is_shown_once(visit: OpenWindow) -> None:
    window = visit(java_script_enabled=False)
    page = window.page
    page.goto(window.site.url)
    for step in window.site.reaches["private"]:
        page.get_by_role("button", name=step.removeprefix("press "), exact=True).last.click()
    while page.locator("#newest dl").count() == 0:
        page.locator("#text").fill("Rosalind Achterberg")
        page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#newest")).to_contain_text("Rosalind Achterberg")
    page.reload()
    assert "Rosalind" not in page.content()
    page.get_by_role("button", name="Show this step again").click()
    expect(page.locator("#newest")).to_contain_text("Rosalind Achterberg")


def test_a_detail_leaves_the_page_with_the_next_turn(visit: OpenWindow) -> None:
    window = visit()
    window.go("private")
    while window.page.locator("#newest dl").count() == 0:
        window.take("Rosalind Achterberg")
    window.take("press Keep none of this")
    assert "Rosalind" not in window.page.content()


def test_the_keyboard_alone_is_enough(visit: OpenWindow) -> None:
    window = visit(viewport=DESKTOP)
    page = window.page
    page.goto(window.site.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("what if they refuse")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("again")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("again")
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("")
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('#newest .answers button')"):
            break
    before = page.locator(".reply").count()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_function("count => document.querySelectorAll('.reply').length > count", arg=before)
    expect(page.locator("#newest")).to_be_focused()


def test_focus_is_never_under_the_bars(visit: OpenWindow) -> None:
    window = visit(reduced_motion="reduce")  # so that no scrolling is under way while it looks
    window.go("question")
    page = window.page
    page.locator(".skip").focus()
    hidden: list[str] = []
    for _ in range(25):
        page.keyboard.press("Tab")
        covered: Any = page.evaluate(
            """async () => {
              for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
              const e = document.activeElement, r = e.getBoundingClientRect();
              if (!r.width || e === document.body) return null;
              const top = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
              return top && (e.contains(top) || top.contains(e)) ? null : e.outerHTML.slice(0, 90);
            }"""
        )
        hidden += [covered] if covered else []
    assert hidden == []


def test_the_log_is_polite_and_focus_stays_in_the_field(visit: OpenWindow) -> None:
    window = visit()
    window.page.goto(window.site.url)
    log = window.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    window.page.locator("#text").press_sequentially("what if they refuse")
    window.page.keyboard.press("Enter")
    expect(log).to_contain_text("what if they refuse")
    expect(window.page.locator("#text")).to_be_focused()
    expect(window.page.locator("#newest")).to_be_in_viewport()


def test_the_title_names_the_kind_of_reply_and_no_topic(visit: OpenWindow) -> None:
    for kind, title in (("first", "Sharewell"), ("answer", "Answer - Sharewell"), ("question", "Question - Sharewell")):
        window = visit()
        window.go(kind)
        expect(window.page).to_have_title(title)


def test_old_buttons_go_and_the_alarm_stays_in_reach(visit: OpenWindow) -> None:
    window = visit()
    window.go("question")
    alarm = window.page.locator("#alarm button")
    expect(alarm).to_be_in_viewport(ratio=1)
    window.take("what if they refuse")
    assert window.page.locator(".reply:not(#newest) button").count() == 0


def _is_wiped(visit: OpenWindow, window: Visit, cookies: list[Any]) -> None:
    assert window.page.context.cookies(window.site.url) == []
    again = visit()
    again.page.context.add_cookies(cookies)
    again.page.goto(window.site.url)
    assert again.page.locator(".said").count() == 0


@pytest.mark.parametrize("way", ["button", "escape", "no-script"])
def test_the_quick_exit_wipes_and_leads_away(visit: OpenWindow, exit_site: str, way: str) -> None:
    window = visit(java_script_enabled=way != "no-script")
    page = window.page
    page.goto(window.site.url)
    page.locator("#text").fill("what if they refuse")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".said")).to_contain_text("what if they refuse")
    cookies: list[Any] = page.context.cookies(window.site.url)
    assert len(cookies) == 1
    if way == "escape":
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="Leave now").click()
    page.wait_for_url(exit_site)
    _is_wiped(visit, window, cookies)
    page.go_back()
    assert "refuse" not in page.content()
    assert window.complaints == []


def test_the_quick_exit_stays_at_the_same_place(visit: OpenWindow) -> None:
    window = visit()
    window.page.goto(window.site.url)
    leave = window.page.get_by_role("button", name="Leave now")
    place = leave.bounding_box()
    for step in ("what if they refuse", *window.site.reaches["urgent"]):
        window.take(step)
        assert leave.bounding_box() == place


def test_one_escape_does_not_leave(visit: OpenWindow) -> None:
    window = visit()
    window.go("answer")
    window.page.keyboard.press("Escape")
    window.page.wait_for_timeout(1_700)
    window.page.keyboard.press("Escape")
    window.page.wait_for_timeout(200)
    expect(window.page.locator("#newest")).to_contain_text("Source")


def test_stop_and_forget_ends_on_a_page_that_says_so(visit: OpenWindow) -> None:
    window = visit()
    window.go("answer")
    cookies: list[Any] = window.page.context.cookies(window.site.url)
    window.page.get_by_role("button", name="Stop and forget").click()
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Ended and wiped")
    _is_wiped(visit, window, cookies)


def test_a_reload_shows_the_conversation_again(visit: OpenWindow) -> None:
    window = visit()
    window.go("answer")
    window.page.reload()
    expect(window.page.locator("#newest")).to_contain_text("Source")
    window.take(*window.site.reaches["urgent"])
    expect(window.page.locator("#newest")).to_contain_text("Act now")
