"""The one door into Rasa, asked over HTTP as the application asks it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import yaml

from tests.nlu.conftest import ROOT, Served

CANARY = "zanzibarquokka"


@pytest.mark.parametrize(
    ("context", "directive"),
    [
        ("none", {"do": "help"}),
        ("check", {"do": "reply", "value": "yes"}),
        ("offer", {"do": "record"}),
        ("draft", {"do": "reply", "value": "yes"}),
        ("preview", {"do": "confirm"}),
        ("identity", {"do": "confirm"}),
    ],
)
def test_yes_means_what_the_context_says(served: Served, context: str, directive: dict[str, str]) -> None:
    assert served.directives("yes", context) == [directive]


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        ("hiya", {"do": "greet"}),
        ("go back pls", {"do": "back"}),
        ("why do u ask", {"do": "why"}),
        ("what do you keep about me", {"do": "privacy"}),
        ("i want to speak to a real person", {"do": "human"}),
        ("qwrtz plmk vvv", {"do": "unsure"}),
        ("\N{SLIGHTLY SMILING FACE}", {"do": "unsure"}),
    ],
)
def test_a_text_becomes_a_directive(served: Served, text: str, directive: dict[str, str]) -> None:
    assert served.directives(text) == [directive]


def _first_examples() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "knowledge/topics").glob("*.yml"))[:25]:
        topic = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield topic["id"], topic["examples"][0]


def test_topics_are_answered_in_every_context(served: Served) -> None:
    contexts = ["none", "check", "offer", "draft", "preview", "identity", "suggestion", "advice", "training"]
    right = 0
    wanted = list(_first_examples())
    for number, (topic, example) in enumerate(wanted):
        right += served.directives(example, contexts[number % len(contexts)]) == [{"do": "answer", "topic": topic}]
    assert right / len(wanted) >= 0.9


def test_the_ranking_goes_with_the_message(served: Served) -> None:
    body = served.turn("what if mum says no").json()
    confidences = [entry["confidence"] for entry in body["ranking"]]
    assert len(confidences) == 5
    assert confidences == sorted(confidences, reverse=True)
    assert body["intent"]["name"] == body["ranking"][0]["intent"] == "topic_refusal-of-consent"


def test_what_is_not_understood_still_has_a_ranking_without_the_fallback(served: Served) -> None:
    body = served.turn("qwrtz plmk vvv").json()
    assert body["intent"]["name"] == "nlu_fallback"
    assert "nlu_fallback" not in [entry["intent"] for entry in body["ranking"]]


@pytest.mark.parametrize("text", ["/affirm", "  /restart", "", " \n", "x" * 2001, 7, None])
def test_a_text_that_must_not_reach_rasa_is_refused(served: Served, text: object) -> None:
    answer = served.turn(text)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


@pytest.mark.parametrize("path", ["turn", "parse", "forget"])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b'{"text": "hi"}', b"\xff\xfe"])
def test_a_malformed_body_is_refused(served: Served, path: str, content: bytes) -> None:
    assert served.client.post(path, content=content).status_code == 400


def test_an_unknown_context_is_refused(served: Served) -> None:
    assert served.turn("yes", "somewhere").status_code == 400


@pytest.mark.parametrize("key", [b"", b"wrong", "\N{LATIN SMALL LETTER E WITH ACUTE}".encode()])
def test_without_the_key_nothing_is_answered(served: Served, key: bytes) -> None:
    for path in ("turn", "parse", "forget"):
        answer = served.client.post(path, json={"sender": "x", "text": "hi"}, headers={b"X-Sharewell-Key": key})
        assert answer.status_code == 403
    assert served.client.get("ready", headers={b"X-Sharewell-Key": key}).status_code == 403


def test_a_batch_is_ranked_as_single_messages_are(served: Served) -> None:
    texts = ["what if mum says no", "hiya", "go back", "qwrtz plmk", *[f"question number {n}" for n in range(60)]]
    rankings = served.client.post("parse", json={"texts": texts}).json()["rankings"]
    assert len(rankings) == len(texts)
    for text, ranking in zip(texts[:4], rankings, strict=False):
        assert ranking[0]["intent"] == served.turn(text).json()["ranking"][0]["intent"]
    assert served.client.post("parse", json={"texts": ["x"] * 257}).status_code == 400


def test_senders_at_once_are_not_mixed_up(served: Served) -> None:
    pairs = [("check", "reply"), ("preview", "confirm"), ("offer", "record"), ("none", "help")] * 6

    def ask(numbered: tuple[int, tuple[str, str]]) -> bool:
        number, (context, expected) = numbered
        return bool(served.turn("yes", context, f"s{number % 5}").json()["directives"][0]["do"] == expected)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, enumerate(pairs)))


def test_forgetting_a_sender(served: Served) -> None:
    for _ in range(2):
        assert served.client.post("forget", json={"sender": "tester"}).json() == {"forgotten": True}


def test_no_text_is_printed_or_written(served: Served) -> None:
    served.turn(f"my question is {CANARY}")
    served.turn(f"/{CANARY}{{")
    served.turn(CANARY, CANARY)
    served.client.post("turn", content=f'{{"text": "{CANARY}'.encode())
    served.client.post("parse", json={"texts": [CANARY, 1]})
    served.client.get(f"ready/{CANARY}")
    served.client.post("turn", json={"sender": "s", "text": CANARY, "context": {CANARY: 1}})
    files = [served.printed, *(path for path in served.scratch.rglob("*") if path.is_file())]
    assert not [path for path in files if CANARY.encode() in path.read_bytes()]
    assert served.printed.read_text() == ""


def test_it_listens_on_the_loopback_interface_only(served: Served) -> None:
    connections = psutil.Process(served.process).net_connections("inet")
    listening = [tuple(each.laddr) for each in connections if each.status == psutil.CONN_LISTEN]
    assert listening == [("127.0.0.1", served.client.base_url.port)]
    assert {each.raddr[0] for each in connections if each.raddr} <= {"127.0.0.1"}


@pytest.mark.parametrize(
    ("variables", "words"), [({}, "SHAREWELL_NLU_KEY is not set"), ({"SHAREWELL_NLU_KEY": "k"}, "There is no model")]
)
def test_what_is_missing_is_said(tmp_path: Path, variables: dict[str, str], words: str) -> None:
    clean = {name: value for name, value in os.environ.items() if name != "SHAREWELL_NLU_KEY"}
    command = [str(ROOT / "nlu/.venv/bin/python"), "-W", "ignore", "-m", "understanding.serve"]
    done = subprocess.run(
        [*command, "--model", str(tmp_path / "none.tar.gz"), "--port", "1"],
        cwd=ROOT / "nlu",
        env={**clean, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert words in done.stderr


def test_it_stays_below_900_megabytes(served: Served) -> None:
    assert psutil.Process(served.process).memory_info().rss < 900 * 1024 * 1024


def test_an_unknown_path_is_not_found(served: Served) -> None:
    assert served.client.get("elsewhere").status_code == 404


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        (None, 0o600, "cannot be read"), (b"", 0o600, "does not hold one line"), (b"\xff", 0o600, "cannot be read"),
        (b"two keys", 0o600, "does not hold one line"), (b"key", 0o640, "chmod 600"), (b"key", 0o600, "no model"),
    ],
)  # fmt: skip
def test_the_key_in_a_file(tmp_path: Path, content: bytes | None, mode: int, words: str) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
        path.chmod(mode)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHAREWELL_")}
    done = subprocess.run(
        [ROOT / "nlu/.venv/bin/python", "-W", "ignore", "-m", "understanding.serve", "--model", tmp_path / "none",
         "--port", "1"],
        cwd=ROOT / "nlu", env={**kept, "SHAREWELL_NLU_KEY_FILE": str(path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert words in done.stderr
    assert "two keys" not in done.stderr
