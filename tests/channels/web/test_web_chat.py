"""The conversation without JavaScript, by HTTP: what is shown, kept, limited and given back."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.channels.web.forms import LARGEST_BODY
from bot.conversation.assistant import LONGEST_MESSAGE
from tests.channels.web.scripted import Scripted
from tests.channels.web.support import Client, Clock, MakeClient

FRAGMENT = {"x-sharewell": "fragment"}


def newest(page: str) -> str:
    return page[page.index('id="newest"') : page.index("</article>", page.index('id="newest"'))]


def test_the_first_page_says_what_is_kept_above_the_first_message(client: Client) -> None:
    page = client.get().text
    assert page.index("What I keep") < page.index('id="text"')
    assert page.startswith("<!DOCTYPE html>\n<html lang=\"en-GB\">")


def test_the_first_page_is_small(client: Client) -> None:
    page = client.get().text
    files = [client.get(path).content for path in re.findall(r'"(/static/[^"]+)"', page)]
    assert len(files) == 3
    assert len(page.encode()) < 20_000
    assert len(page.encode()) + sum(map(len, files)) < 30_000


def test_saying_something_leads_back_to_the_newest_reply(client: Client, assistant: Scripted) -> None:
    response = client.say("what if they refuse")
    assert (response.status_code, response.headers["location"]) == (303, "/?begun#newest")
    page = client.get().text
    assert "What if the person refuses?" in newest(page)
    assert page.index("what if they refuse") < page.index('id="newest"')
    assert "<title>Answer - Sharewell</title>" in page
    assert client.say("share").headers["location"] == "/#newest"
    assert [message.text for message in assistant.messages] == ["what if they refuse", "share"]
    assert {message.button for message in assistant.messages} == {None}


def test_an_answer_shows_a_source_and_its_date_without_opening_anything(client: Client) -> None:
    client.say("refuse")
    page = newest(client.get().text)
    assert "Example guide, June 2024" in page.partition("<details>")[0]
    assert "Older guide, March 2010. step 6. This source is past its review date." in page.partition("<details>")[2]


def test_numbered_items_keep_their_numbers(client: Client) -> None:
    client.say("refuse")
    page = client.get().text
    assert '<li value="1">First, ask your lead.</li><li value="2">' in page
    assert "<li>Say why.</li>" in page


def test_danger_stands_first_under_a_heading(client: Client) -> None:
    client.say("danger")
    page = newest(client.get().text)
    assert page.index("Act now") < page.index('href="tel:999"') < page.index("What if the person refuses?")
    assert page.count("Act now") == 1


def test_only_the_newest_reply_has_buttons(client: Client) -> None:
    client.say("refuse")
    client.say("share")
    page = client.get().text
    assert "answer:abc:yes" in newest(page)
    assert "more:refusal" not in page
    assert page.index('id="alarm"') < page.index("answer:abc:harm") < page.index('id="say"')


def test_a_pressed_button_is_shown_by_its_label(client: Client, assistant: Scripted) -> None:
    client.press("check:share")
    client.press("answer:abc:yes")
    client.press("made-up")
    said = re.findall(r'<article class="said pressed">.*?<p dir="auto">(.*?)</p>', client.get().text, re.DOTALL)
    assert said == ["Should I share this?", "Yes", "A button of an earlier step"]
    assert [message.button for message in assistant.messages] == ["check:share", "answer:abc:yes", "made-up"]


def test_the_users_line_is_what_the_gate_left(client: Client) -> None:
    client.say("Daniel may refuse")
    page = client.get().text
    assert "[name] may refuse" in page and "Daniel" not in page


@pytest.mark.parametrize("text", ["<script>alert(1)</script> refuse", "refuse\" onload='x' &amp; {{ 7*7 }}"])
def test_markup_in_a_message_is_shown_as_text(client: Client, text: str) -> None:
    client.say(text)
    for page in (client.get().text, client.say(text, FRAGMENT).text):
        assert "<script>alert" not in page and "onload='" not in page and "49 }}" not in page
        assert "{{ 7*7 }}" in page or "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_marks_of_direction_stay_inside_their_own_line(client: Client) -> None:
    client.say("\u202e refuse \u0643\u0644\u0645\u0629")
    assert re.search(r'<p dir="auto">\u202e refuse \u0643\u0644\u0645\u0629</p>', client.get().text)


def test_with_the_script_a_fragment_comes_back(client: Client) -> None:
    response = client.say("share", FRAGMENT)
    assert response.status_code == 200 and "set-cookie" in response.headers
    assert "<html" not in response.text and 'data-entry="text"' in response.text
    assert client.say("refuse", FRAGMENT).status_code == 200


def test_a_private_reply_is_shown_once_and_typed_details_never(client: Client, assistant: Scripted) -> None:
    client.say("identify")
    assert "Whose information is it?" in newest(client.get().text)
    client.say("Rosalind Achterberg")
    page = client.get().text
    assert page.count("Rosalind Achterberg") == 1 and "Rosalind Achterberg" in newest(page)
    assert "You typed a detail. It is not shown here." in page
    again = client.get().text
    assert "Rosalind" not in again and "Identifying details were shown here once." in newest(again)
    client.press("show")
    assert "Rosalind Achterberg" in newest(client.get().text)
    client.press("discard")
    assert "Rosalind" not in client.get().text
    assert assistant.messages[1].text == "Rosalind Achterberg"


def test_a_private_reply_in_a_fragment_is_not_shown_again_by_a_page(client: Client) -> None:
    client.say("identify", FRAGMENT)
    fragment = client.say("Rosalind Achterberg", FRAGMENT).text
    assert "Rosalind Achterberg" in fragment and 'data-private="Identifying details' in fragment
    assert "Rosalind" not in client.get().text


def test_a_private_step_asks_browsers_to_keep_nothing(client: Client) -> None:
    client.say("identify")
    box = re.search(r"<textarea[^>]*>", client.get().text)
    assert box is not None and 'autocomplete="off"' in box[0] and 'spellcheck="false"' in box[0]


def test_too_many_messages_of_a_chat_wait_and_keep_their_words(
    client_of: MakeClient, clock: Clock, assistant: Scripted
) -> None:
    client = client_of(chat_rate=2)
    for _ in range(3):  # the first has no chat yet to be counted for
        assert client.say("refuse").status_code == 303
    response = client.say("my long question")
    assert response.status_code == 429 and response.headers["retry-after"] == "30"
    assert response.text.index("In immediate danger, call") < response.text.index("Wait 30 seconds")
    assert "my long question</textarea>" in response.text
    assert "my long question" not in client.get().text and len(assistant.messages) == 3
    clock.now += 30
    assert client.say("my long question").status_code == 303


def test_an_address_is_limited_over_all_its_chats(client_of: MakeClient, clock: Clock) -> None:
    client = client_of(address_rate=2)
    client.say("refuse")
    client.cookies.clear()
    client.token = ""
    client.say("refuse")
    client.cookies.clear()
    client.token = ""
    fragment = client.say("refuse", FRAGMENT)
    assert fragment.status_code == 429 and "Wait 30 seconds" in fragment.text and "<html" not in fragment.text
    assert client.post("/end").status_code == 303, "leaving is never limited"


@pytest.mark.parametrize(
    ("address", "secure", "source"),
    [
        ("192.0.2.7", False, "web:192.0.2.7"), ("127.0.0.1", False, ""), ("::1", False, ""),
        ("::ffff:127.0.0.1", False, ""), ("192.0.2.7", True, ""),
    ],
)  # fmt: skip
def test_behind_a_proxy_nobody_uses_up_the_attempts_of_all_others(
    client_of: MakeClient, assistant: Scripted, address: str, secure: bool, source: str
) -> None:
    client_of(address=address, secure=secure).say("refuse")
    assert [message.source for message in assistant.messages] == [source]


def test_a_message_that_is_too_long_is_given_back(client: Client, assistant: Scripted) -> None:
    text = "\u4e16" * (LONGEST_MESSAGE + 1)
    response = client.say(text)
    assert response.status_code == 422
    assert "10,001 characters" in response.text and text + "</textarea>" in response.text
    assert 'href="#text"' in response.text and 'aria-invalid="true"' in response.text
    assert not assistant.messages
    assert client.say("\u4e16" * LONGEST_MESSAGE).status_code == 303


def test_line_ends_count_once(client: Client, assistant: Scripted) -> None:
    assert client.say("\r\n".join(["refuse"] + ["a"] * 4_996)).status_code == 303
    assert assistant.messages[0].text is not None and "\r" not in assistant.messages[0].text


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_message_is_answered_by_a_summary(client: Client, text: str) -> None:
    response = client.say(text)
    assert response.status_code == 422 and "Type a question first" in response.text


def test_a_body_that_is_too_large_is_not_read(client: Client) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    response = client.post("/say", headers=form, content=b"text=" + b"a" * LARGEST_BODY)
    assert response.status_code == 413 and "too large" in response.text
    lying = client.post("/say", headers={**form, "content-length": "9"}, content=b"text=" + b"a" * LARGEST_BODY)
    assert lying.status_code == 413


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{}", "application/json"), (b"text=\xff", "application/x-www-form-urlencoded"),
        (b"&".join([b"a=b"] * 9), "application/x-www-form-urlencoded"), (b"", ""),
    ],
)  # fmt: skip
def test_what_is_no_form_of_ours_is_refused(client: Client, content: bytes, kind: str) -> None:
    assert client.post("/say", headers={"content-type": kind}, content=content).status_code == 400


@pytest.mark.parametrize("value", ["", "x" * 65, "\u4e16" * 22])
def test_a_button_without_a_proper_value_is_refused(client: Client, value: str) -> None:
    assert client.press(value).status_code == 400


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/say", 405), ("/static/../app.py", 404), ("/help/", 404)]
)
def test_pages_that_are_not_there_say_what_to_do(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status and "Go to the conversation" in response.text


def test_ending_wipes_the_chat_and_the_cookie(client: Client, assistant: Scripted) -> None:
    client.say("refuse")
    chat = assistant.messages[0].chat
    response = client.post("/end")
    assert response.headers["location"] == "/ended"
    assert assistant.forgotten == [chat] and not client.cookies
    assert "refuses" not in client.get().text
    assert "I have forgotten this conversation" in client.get("/ended").text


def test_the_quick_exit_wipes_and_leads_away(client: Client, assistant: Scripted) -> None:
    client.say("refuse")
    response = client.post("/end", {"then": "leave"})
    assert (response.status_code, response.headers["location"]) == (303, "https://www.bbc.co.uk/weather")
    assert len(assistant.forgotten) == 1 and not client.cookies
    assert client.post("/end", {"then": "stay"}).status_code == 204


def test_stop_and_forget_in_the_conversation_ends_it_too(client: Client) -> None:
    client.say("refuse")
    assert client.press("forget").headers["location"] == "/ended"
    assert not client.cookies
    client.say("refuse")
    response = client.press("forget", FRAGMENT)
    assert (response.status_code, response.headers["x-sharewell-go"]) == (204, "/ended")


def test_a_chat_ended_while_its_answer_is_made_stays_ended(client: Client, assistant: Scripted) -> None:
    client.say("refuse")
    client.get()

    async def both() -> None:
        assistant.hold = asyncio.Event()
        http = client._http
        fields = {"text": "share", "csrf": client.token}
        asking = asyncio.create_task(http.post("/say", data=fields))
        while len(assistant.messages) < 2:
            await asyncio.sleep(0.01)
        cookie = dict(http.cookies)
        await http.post("/end", headers={"content-type": "text/plain"})
        assistant.hold.set()
        await asking
        http.cookies.update(cookie)

    client._runner.run(both())
    assert "proper purpose" not in client.get().text


def test_a_lost_cookie_is_explained(client: Client) -> None:
    client.say("refuse")
    client.cookies.clear()
    assert "does not accept this site&#39;s one cookie" in client.get("/?begun").text


def test_the_transcript_ends_with_the_idle_time(client: Client, clock: Clock) -> None:
    client.say("refuse")
    clock.now += 30 * 60 - 1
    assert "What if the person refuses?" in client.get().text
    clock.now += 2
    assert "What if the person refuses?" not in client.get().text


def test_the_transcript_keeps_the_opening_and_the_newest_turns(client_of: MakeClient) -> None:
    client = client_of(most_turns=2, chat_rate=100)
    for word in ("refuse one", "refuse two", "refuse three"):
        client.say(word)
    page = client.get().text
    assert "refuse one" not in page and "refuse two" in page and "refuse three" in page
    assert page.index("What I keep</h3>") < page.index("refuse two")


def test_two_chats_do_not_see_each_other(client_of: MakeClient) -> None:
    one, other = client_of(), client_of()
    one.say("refuse zebra")
    other.say("share")
    assert "zebra" not in other.get().text and "proper purpose" not in one.get().text
