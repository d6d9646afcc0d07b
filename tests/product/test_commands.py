"""The commands as a script uses them: JSON lines in and out, clear errors, thousands in one run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.product.process import ROOT, environment


def _run(home: Path, *arguments: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli.main", *arguments],
        cwd=ROOT, env=environment(home, **more), input=given, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


def _lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_ask_answers_each_line_with_its_source(tmp_path: Path) -> None:
    questions = [
        "do i always need consent", "take me through the gillick check", "her dad has just hit her",
        "what is the capital of france", "", "hello", "/inform", "\x00", "can i tell kayleigh's school",
    ]  # fmt: skip
    answers = _lines(_run(tmp_path, "ask", "--json", "--area", "rochdale", given="\n".join(questions) + "\n"))
    assert len(answers) == len(questions)
    assert set(answers[0]) == {"question", "kind", "id", "confidence", "text", "sources", "alternatives"}
    assert (answers[0]["kind"], answers[0]["id"]) == ("topic", "myth-consent-always-needed")
    assert answers[0]["text"].startswith("Myth")
    assert "In Rochdale" in answers[0]["text"]
    assert {"id", "where", "status"} == set(answers[0]["sources"][0])
    assert (answers[1]["kind"], answers[1]["id"]) == ("check", "gillick-competence")
    assert answers[2]["kind"] == "urgent"
    assert "999" in answers[2]["text"][:200]
    assert [answer["kind"] for answer in answers[3:8]] == ["unknown", "unknown", "smalltalk", "unknown", "unknown"]
    assert "kayleigh" not in json.dumps(answers).casefold()


def test_ask_takes_thousands_without_starting_anything_again(tmp_path: Path) -> None:
    many = [f"do i need consent number {number}" for number in range(2000)]
    done = _run(tmp_path, "ask", "--json", given="\n".join(many) + "\n")
    assert len(_lines(done)) == len(many)
    assert done.stderr.count("Starting Rasa") == 1


def test_ask_for_an_area_that_is_not_there(tmp_path: Path) -> None:
    done = _run(tmp_path, "ask", "--json", "--area", "atlantis", "hello")
    assert done.returncode == 1
    assert "There is no area 'atlantis'" in done.stderr
    assert "county-durham" in done.stderr


def test_scan_gives_code_point_offsets(tmp_path: Path) -> None:
    text = "\U0001f600 spoke to kayleigh today, ring 07700 900123"
    (found,) = _lines(_run(tmp_path, "scan", given=json.dumps({"text": text}) + "\n"))
    cut = {text[span["start"] : span["end"]]: span["type"] for span in found["spans"]}
    assert set(cut) == {"kayleigh", "07700 900123"}
    assert all(span["why"] for span in found["spans"])
    assert "kayleigh" not in found["masked"]


def test_scan_takes_thousands(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"told mum in meeting {number}"}) + "\n" for number in range(3000))
    assert len(_lines(_run(tmp_path, "scan", given=lines))) == 3000


@pytest.mark.parametrize("line", ["not json", "[]", "{}", '{"text": 5}'])
def test_scan_names_a_bad_line(line: str, tmp_path: Path) -> None:
    done = _run(tmp_path, "scan", given='{"text": "fine"}\n' + line + "\n")
    assert done.returncode == 1
    assert "Line 2" in done.stderr
    assert len(done.stdout.splitlines()) == 1, "what came before the bad line is lost"
    assert "Traceback" not in done.stderr


def test_check_shows_the_next_question_and_the_outcome(tmp_path: Path) -> None:
    (asked,) = _lines(_run(tmp_path, "check", "share-decision", "--json"))
    assert (asked["kind"], asked["id"]) == ("question", "purpose")
    assert {option["id"] for option in asked["options"]} == {"yes", "no", "not-sure", "harm-now"}
    (outcome,) = _lines(_run(tmp_path, "check", "share-decision", "--answers", "purpose=no", "--json"))
    assert (outcome["kind"], outcome["id"]) == ("outcome", "do-not-share")
    assert "decision" in outcome["records"]
    assert outcome["needs_manager_approval"] is True


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no-such"], "There is no check 'no-such'"),
        (["share-decision", "--answers", "purpose=maybe"], "'maybe' is not an answer"),
        (["share-decision", "--answers", "consent=yes"], "'consent' is not asked here"),
        (["share-decision", "--answers", "purpose"], "is not an answer"),
    ],
)
def test_check_explains_a_wrong_answer(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = _run(tmp_path, "check", *arguments, "--json")
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_knowledge_check_names_file_line_and_reason(tmp_path: Path) -> None:
    copied = tmp_path / "knowledge"
    subprocess.run(["cp", "-r", str(ROOT / "knowledge"), str(copied)], check=True)
    path = copied / "topics" / "public-interest.yml"
    path.write_text(path.read_text().replace("kind: faq", "kind: rumour"))
    done = _run(tmp_path, "knowledge", "check", SHAREWELL_KNOWLEDGE=str(copied))
    assert done.returncode == 1
    assert "public-interest.yml: 2: kind:" in done.stderr


@pytest.mark.parametrize("words", [("verify",), ("show", "SW-0000-0000"), ("export",)])
def test_looking_at_a_log_that_is_not_there_makes_none(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = _run(tmp_path, "log", *words)
    assert done.returncode == 1
    assert "There is no decision log here yet" in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("*.db")) and not list(tmp_path.rglob("*.key"))


def test_start_says_that_the_port_is_taken(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _run(tmp_path, "start", "--port", str(port), "--without-rasa")
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert "is free" in done.stderr
