"""A letter taken in a real Chromium, with JavaScript and without: the file comes, and the conversation stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.channels.web.support import Visit
from tests.support.documents import text_of

OpenWindow = Callable[..., Visit]
STEPS = ("See all checks", "Open the menu", "Draft a letter or form", "Consent record")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize(("label", "ending"), [("Take it as Word (DOCX)", ".docx"), ("Take it as PDF", ".pdf")])
def test_a_letter_is_taken_as_a_file(
    visit: OpenWindow, label: str, ending: str, script: bool, tmp_path: Path
) -> None:
    window = visit(java_script_enabled=script)
    page = window.page
    page.goto(window.site.url)
    for step in STEPS:
        page.get_by_role("button", name=step, exact=True).last.click()
        page.get_by_role("heading", name="Sharewell").last.wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label, exact=True).click()
    name = waiting.value.suggested_filename
    assert name.startswith("consent-record-") and name.endswith(ending)
    waiting.value.save_as(tmp_path / name)
    assert "Record of consent to share information" in text_of(name, (tmp_path / name).read_bytes())
    assert page.get_by_role("button", name=label, exact=True).is_visible()
    assert window.complaints == []
    assert window.foreign == []
