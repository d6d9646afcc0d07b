"""Taking a document from the web chat: a plain form with the page's token, and nothing of it kept."""

from __future__ import annotations

import re

import pytest

from tests.channels.web.scripted import Scripted
from tests.channels.web.support import Client, MakeClient

WORD = "document:escalation-letter-1:docx"
FRAGMENT = {"x-sharewell": "fragment"}


def _at_the_letter(client: Client) -> str:
    client.say("letter")
    return client.get().text


def test_the_newest_reply_offers_both_formats_in_a_plain_form(client: Client) -> None:
    page = _at_the_letter(client)
    forms = re.findall(r'<form class="answers documents" method="post" action="/document">.*?</form>', page, re.DOTALL)
    assert len(forms) == 1
    assert re.findall(r'name="document" value="([^"]+)"', forms[0]) == [WORD, "document:escalation-letter-1:pdf"]
    assert "Take it as Word (DOCX)" in forms[0]
    assert "Escalation letter" in forms[0]
    assert "data-press" not in forms[0]
    client.say("refuse")
    assert 'action="/document"' not in client.get().text


def test_the_script_shows_the_same_form(client: Client) -> None:
    client.say("letter")
    assert 'action="/document"' in client.say("letter", FRAGMENT).text


def test_the_document_comes_as_a_file_that_nobody_keeps(client: Client) -> None:
    _at_the_letter(client)
    response = client.post("/document", {"document": WORD, "csrf": client.token})
    assert response.status_code == 200
    assert response.headers["content-disposition"] == 'attachment; filename="escalation-letter-1.docx"'
    assert response.headers["content-type"].startswith("application/vnd.openxmlformats-officedocument")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.content.startswith(b"for web:")


def test_the_page_stays_as_it_was(client: Client, assistant: Scripted) -> None:
    before = _at_the_letter(client)
    client.post("/document", {"document": WORD, "csrf": client.token})
    assert client.get().text == before
    assert len(assistant.messages) == 1


@pytest.mark.parametrize("csrf", ["", "nonsense"])
def test_a_form_of_another_site_gets_nothing(client: Client, csrf: str) -> None:
    _at_the_letter(client)
    response = client.post("/document", {"document": WORD, "csrf": csrf})
    assert response.status_code == 403
    assert "content-disposition" not in response.headers


@pytest.mark.parametrize("value", ["", "document", "document:", "document:a", "letter:a:docx", "x" * 70])
def test_what_names_no_document_is_turned_away(client: Client, value: str) -> None:
    _at_the_letter(client)
    assert client.post("/document", {"document": value, "csrf": client.token}).status_code == 400


def test_a_letter_that_is_not_there_is_said_on_the_page(client: Client) -> None:
    _at_the_letter(client)
    response = client.post("/document", {"document": "document:nothing:docx", "csrf": client.token})
    assert response.status_code == 409
    assert "There is no letter or form of that name." in response.text
    assert "Choose one from the list." in response.text
    assert "It asks for help." in response.text  # the conversation is still there


def test_taking_documents_is_limited_like_messages(client_of: MakeClient) -> None:
    client = client_of(chat_rate=3)
    _at_the_letter(client)
    statuses = [client.post("/document", {"document": WORD, "csrf": client.token}).status_code for _ in range(6)]
    assert statuses[0] == 200
    assert statuses[-1] == 429
