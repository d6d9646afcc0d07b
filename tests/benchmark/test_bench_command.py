"""`sharewell bench` with and without the name of a benchmark."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import parser


def test_without_a_name_it_is_the_benchmark_of_speed() -> None:
    plain = parser("bench").parse_args(["bench"])
    quick = parser("bench").parse_args(["bench", "--quick", "--json"])
    assert plain.run is quick.run
    assert (plain.json, plain.quick) == (False, False)
    assert (quick.json, quick.quick) == (True, True)


def test_each_name_is_another_benchmark() -> None:
    plain = parser("bench").parse_args(["bench"])
    hint3 = parser("bench").parse_args(["bench", "hint3", "folder"])
    growth = parser("bench").parse_args(["bench", "growth"])
    assert len({plain.run, hint3.run, growth.run}) == 3
    assert (hint3.data, hint3.bots, hint3.version, hint3.epochs, hint3.json) == (Path("folder"), None, "v1", 100, False)
    assert (growth.examples, growth.json) == (12, False)


@pytest.mark.parametrize("arguments", [["--json", "growth"], ["growth", "--json"], ["--json", "growth", "--json"]])
def test_json_may_stand_before_or_behind_the_name(arguments: list[str]) -> None:
    assert parser("bench").parse_args(["bench", *arguments]).json is True


def test_the_help_names_every_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser("bench").parse_args(["bench", "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert "hint3" in shown
    assert "growth" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"], ["hint3"], ["hint3", "x", "--epochs"], ["growth", "--examples", "0"],
        *(["hint3", "x", "--epochs", number] for number in ("0", "-1", "many", "1.5")),
    ],
)  # fmt: skip
def test_what_is_no_command_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser("bench").parse_args(["bench", *arguments])
    assert ended.value.code == 2
    assert "usage: sharewell bench" in capsys.readouterr().err
