"""The parts of the web chat that need no page: limits, transcripts, markup, words, the server."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace

import pytest

from bot.channels.web import WebSettings, create_app, listen, serve, words
from bot.channels.web.limits import Limiter, address_key
from bot.channels.web.markup import Block, Item, blocks, with_calls
from bot.channels.web.transcript import LONGEST_LINE, Exchange, Said, Transcripts, stored
from bot.channels.web.view import View
from bot.conversation.messages import Part, Reply
from bot.errors import SettingsError
from bot.knowledge.reading import problems
from tests.channels.web.scripted import ANSWER, CURRENT, GREETING, PRIVATE, Scripted
from tests.channels.web.support import Clock


def test_a_bucket_fills_again_at_its_rate(clock: Clock) -> None:
    limiter = Limiter(30, clock)
    assert [limiter.wait("a") for _ in range(30)] == [0] * 30
    assert limiter.wait("a") == 2
    assert limiter.wait("b") == 0
    clock.now += 2
    assert (limiter.wait("a"), limiter.wait("a")) == (0, 2)


def test_a_rested_key_is_forgotten_without_giving_more(clock: Clock) -> None:
    limiter = Limiter(2, clock)
    limiter.wait("a")
    limiter.sweep()
    assert (limiter.wait("a"), limiter.wait("a")) == (0, 30)
    clock.now += 61
    limiter.sweep()
    assert not limiter._buckets


def test_keys_are_not_held_as_they_are(clock: Clock) -> None:
    limiter = Limiter(2, clock)
    limiter.wait("192.0.2.7")
    assert b"192.0.2.7" not in repr(limiter.__dict__).encode()


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::9", "2001:db8:1:2::/64"), ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"), ("", ""),
    ],
)  # fmt: skip
def test_an_ipv6_home_counts_as_one(host: str, key: str) -> None:
    assert address_key(host) == key


def test_too_many_chats_forget_the_one_used_longest_ago(clock: Clock) -> None:
    transcripts = Transcripts(2, 5, 60, clock)
    transcripts.begin("a", GREETING)
    transcripts.begin("b", GREETING)
    transcripts.touch("a")
    transcripts.begin("c", GREETING)
    assert [transcripts.find(name) is not None for name in "abc"] == [True, False, True]


def test_a_long_line_is_cut() -> None:
    transcript = Transcripts(2, 5, 60, Clock()).begin("a", GREETING)
    said = transcript.said("x", "", Reply((), "topic", echo="x" * 5000))
    assert len(said.text) == LONGEST_LINE + 4 and said.kind == "typed"


def test_nothing_of_a_private_reply_is_stored() -> None:
    kept = stored(PRIVATE)
    assert "Whose" not in kept.text and [button.value for button in kept.buttons] == ["show"]
    assert stored(ANSWER).text == ANSWER.text


def test_what_is_shown_once_is_let_out_once_and_stored_nowhere() -> None:
    code = Part("Write it down.", "once", "Your code", rows=(("Receipt code", "1234 5678 9012 3456"),))
    transcript = Transcripts(2, 5, 60, Clock()).begin("a", GREETING)
    transcript.add(Said("Send", "pressed"), Reply((code, Part("Come back with it.")), "advice"))
    first, second = ([*transcript.shown()][-1].reply.text for _ in range(2))
    assert "1234 5678 9012 3456" in first
    assert "1234" not in second and words.ONCE_SHOWN in second and "Come back with it." in second


def test_what_is_typed_in_a_private_step_is_withheld_even_when_it_is_echoed() -> None:
    transcript = Transcripts(2, 5, 60, Clock()).begin("a", GREETING)
    transcript.add(Said("x", "typed"), PRIVATE)
    assert "zebra" not in transcript.said("zebra", "", Reply((), "topic", echo="zebra")).text


def test_blocks_are_paragraphs_and_lists() -> None:
    assert blocks("One.\nTwo.\n\n- a\n- b\n3. c\n\n- d") == [
        Block("paragraph", (Item("One."), Item("Two."))),
        Block("bullets", (Item("a"), Item("b"))),
        Block("numbers", (Item("c", 3),)),
        Block("bullets", (Item("d"),)),
    ]
    assert blocks("  \n\n") == []
    assert blocks("-5 degrees") == [Block("paragraph", (Item("-5 degrees"),))]


def test_only_the_emergency_number_becomes_a_link() -> None:
    assert with_calls("<b>Call 999, not 1999.") == '&lt;b&gt;Call <a class="call" href="tel:999">999</a>, not 1999.'


def test_every_sentence_of_the_pages_reads_easily() -> None:
    texts = [value for name, value in vars(words).items() if name.isupper()]
    said = [text for value in texts for text in _strings(value)]
    assert len(said) > 60
    assert {text: found for text in said if (found := problems(text))} == {}


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return [text for each in values for text in _strings(each)]


def test_a_taken_port_names_a_free_one() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError) as caught:
            asyncio.run(serve(create_app(Scripted(), WebSettings()), "127.0.0.1", port))
    assert str(port) in caught.value.message
    free = int(caught.value.remedy.split(":")[1].split()[0])
    with socket.socket() as other:
        other.bind(("127.0.0.1", free))


def test_an_unknown_address_is_explained() -> None:
    with pytest.raises(SettingsError, match=r"is not known|cannot listen"):
        listen("198.51.100.1", 0)


def test_serving_stops_when_cancelled_and_leaves_signals_alone() -> None:
    import signal

    before = signal.getsignal(signal.SIGTERM)

    async def run() -> None:
        with listen("127.0.0.1", 0) as found:
            port = found.getsockname()[1]
        serving = asyncio.create_task(serve(create_app(Scripted(), WebSettings()), "127.0.0.1", port))
        for _ in range(200):
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                break
            except ConnectionRefusedError:
                await asyncio.sleep(0.02)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        assert answer.startswith(b"HTTP/1.1 200") and b"\r\nserver:" not in answer.lower()
        assert signal.getsignal(signal.SIGTERM) is before
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving

    asyncio.run(run())


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2018-06", "June 2018"), ("2015-11-03", "3 November 2015"), ("2016", "2016"), ("June 2024", "June 2024"),
        ("undated, 2018 or later", "undated, 2018 or later"), ("2018-13", "2018-13"),
    ],
)  # fmt: skip
def test_a_sources_date_is_written_as_people_write_it(date: str, shown: str) -> None:
    source = replace(CURRENT, date=date)
    reply = Reply((Part("x", "answer", sources=(source,)),), "topic")
    assert f"Example guide, {shown}</p>" in View(WebSettings()).turn(Exchange(None, reply), "")


def test_an_outcome_to_act_on_now_says_so() -> None:
    reply = Reply((Part("Call 999.", "outcome", "Act now to protect"),), "outcome", details={"urgency": "now"})
    page = View(WebSettings()).turn(Exchange(None, reply), "")
    assert "Outcome: do this now" in page and 'href="tel:999"' in page
    assert "Outcome: do this now" not in View(WebSettings()).turn(Exchange(None, replace(reply, details={})), "")
