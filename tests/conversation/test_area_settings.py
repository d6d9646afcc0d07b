"""Time limits and approvals as the user's area sets them: in the outcome, in the record, and on the command line."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from bot.conversation.soon import how_soon, who_approves
from bot.knowledge import Area, Knowledge
from bot.knowledge.model import Approval, LimitSetting
from bot.settings import ROOT
from tests.support.assistants import Bench, knowledge, made

LIMITS = (
    LimitSetting(of="unmet-need-adult/refer-3-days", within="1 working day"),
    LimitSetting(of="share-decision", within="4 hours"),
    LimitSetting(of="disagreement-and-escalation", within="5 working days", source="rochdale-adults"),
)
WAIVING = Approval(share_without_consent=False, refuse_request=False, refused_consent_either_way=False)


def with_settings(name: str = "rochdale", **settings: Any) -> Knowledge:
    known = knowledge()
    changed = known.areas[name].settings.model_copy(update=settings)
    return replace(known, areas={**known.areas, name: known.areas[name].model_copy(update={"settings": changed})})


def soon(known: Knowledge, outcome: str, area: str) -> str:
    check_id, _, outcome_id = outcome.partition("/")
    found = known.checks[check_id].outcome(outcome_id)
    assert found is not None
    return how_soon(known.checks[check_id], found, known.areas[area], known)


def test_an_outcome_says_who_sets_its_limit() -> None:
    known = with_settings(time_limits=LIMITS)
    assert soon(known, "unmet-need-adult/refer-3-days", "rochdale") == (
        "Do this within 1 working day. Rochdale sets this time limit."
    )
    assert soon(known, "unmet-need-adult/refer-3-days", "national") == (
        "Do this within 3 working days. Durham 2010 sets this time limit."
    )
    assert soon(known, "unmet-need-adult/refer-3-days", "county-durham") == (
        "Do this within 3 working days. Durham 2010 sets this time limit."
    )
    assert soon(known, "unmet-need-adult/refer-3-days", "bath-and-north-east-somerset") == (
        "Do this within 3 working days. Durham 2010 sets this time limit. "
        "Bath and North East Somerset has set no other."
    )
    assert soon(known, "disagreement-and-escalation/escalate-board", "rochdale") == (
        "Do this within 5 working days. Rochdale sets this time limit, in Rochdale adults."
    )
    assert soon(known, "disagreement-and-escalation/escalate-board", "national") == (
        "Do this today. We propose this time limit; no source sets it."
    )
    assert soon(known, "share-decision/do-not-share", "rochdale") == ""


@pytest.mark.parametrize("area", knowledge().areas)
def test_what_is_done_now_is_done_now_everywhere(area: str) -> None:
    known = with_settings(area, time_limits=LIMITS)
    for check in known.checks.values():
        said = soon(known, f"{check.id}/{check.harm.leads}", area)
        assert said.startswith("Do this now.")


def test_an_area_may_leave_an_approval_to_the_organisation() -> None:
    known = with_settings(approval=WAIVING)
    outcome = known.checks["refusal-override"].outcome("override-and-share")
    assert outcome is not None

    def said(area: Area) -> str:
        return who_approves(outcome, area, known)

    assert said(known.areas["national"]) == (
        "A manager must approve this decision. B&NES 2018 and Durham 2010 set this rule."
    )
    assert said(known.areas["rochdale"]) == (
        "The settings of Rochdale do not require a manager's approval here. Follow your organisation's rule."
    )


@pytest.mark.parametrize(("area", "approved"), [("national", True), ("rochdale", False)])
def test_the_record_follows_the_area(tmp_path: Path, area: str, approved: bool) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(f"area:{area}")
        reached = await bench.choose(await bench.press("check:share-decision"), "No")
        assert reached.details["approval"] is approved
        assert ("A manager must approve" in reached.text) is approved
        await bench.press("record")
        preview = await bench.press("preview")
        assert ("waits for a manager's approval" in preview.text) is approved
        recorded = await bench.choose(preview, "Confirm and record")
        assert bench.log.show(recorded.id).approval_needed is approved

    with made(tmp_path, known=lambda: with_settings(approval=WAIVING)) as bench:
        asyncio.run(talk(bench))


def test_the_record_keeps_the_class_of_the_area_s_limit(tmp_path: Path) -> None:
    limits = (LimitSetting(of="share-decision/seek-advice", within="2 working days", source="rochdale-adults"),)

    async def talk(bench: Bench) -> None:
        await bench.press("area:rochdale")
        asked = await bench.choose(await bench.press("check:share-decision"), "Yes")
        reached = await bench.choose(asked, "Not sure")
        assert reached.id == "share-decision/seek-advice"
        assert "within 2 working days" in reached.text
        await bench.press("record")
        recorded = await bench.choose(await bench.press("preview"), "Confirm and record")
        assert bench.log.show(recorded.id).urgency == "within-3-working-days"

    with made(tmp_path, known=lambda: with_settings(time_limits=limits)) as bench:
        asyncio.run(talk(bench))


def walked(capsys: pytest.CaptureFixture[str], *arguments: str) -> Mapping[str, Any]:
    assert main(["check", "share-decision", *arguments, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_a_check_on_the_command_line_follows_the_area(capsys: pytest.CaptureFixture[str]) -> None:
    found = walked(capsys, "--answers", "purpose=yes,identifiable=not-sure", "--area", "rochdale")
    assert (found["area"], found["within"], found["limit_set_by"]) == ("rochdale", "same day", "proposal")
    assert walked(capsys, "--answers", "purpose=no")["needs_manager_approval"] is True


def test_a_withheld_check_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    path = tmp_path / "knowledge" / "areas" / "rochdale.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("withhold_after_review_days: none", "withhold_after_review_days: 1"), encoding="utf-8")
    monkeypatch.setenv("SHAREWELL_KNOWLEDGE", str(tmp_path / "knowledge"))
    found = walked(capsys, "--area", "rochdale")
    assert found["kind"] == "withheld"
    assert [option["id"] for option in found["options"]] == ["harm-now"]
    acted = walked(capsys, "--area", "rochdale", "--answers", "purpose=harm-now")
    assert (acted["kind"], acted["urgency"]) == ("outcome", "now")


def test_an_area_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "share-decision", "--area", "atlantis"]) == 1
    assert "rochdale" in capsys.readouterr().err
