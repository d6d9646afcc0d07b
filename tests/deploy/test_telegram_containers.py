"""deploy/telegram.yml: what a bot on Telegram adds to the containers. No Docker engine was at hand."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.telegram.settings import checked_token
from bot.settings import ROOT, from_environment
from tests.support.telegram.world import TOKEN

PATH = ROOT / "deploy" / "telegram.yml"
ADDED: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
VARIABLES: dict[str, str] = ADDED["services"]["app"]["environment"]
WEBHOOK = "https://advice.example.org"


def _merged(folder: Path, **given: str) -> dict[str, Any]:
    found = shutil.which("docker-compose")
    command = [found] if found else ["docker", "compose"]
    assert found or shutil.which("docker"), "install docker-compose: it reads the file, and needs no engine for that"
    done = subprocess.run(
        [*command, "--file", ROOT / "docker-compose.yml", "--file", PATH, "config"],
        capture_output=True, text=True, check=False, cwd=folder, env={"PATH": "/usr/bin:/bin:/usr/local/bin", **given},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(yaml.safe_load(done.stdout))


def test_compose_accepts_both_files_and_only_the_application_changes(tmp_path: Path) -> None:
    merged = _merged(tmp_path, SHAREWELL_TELEGRAM_WEBHOOK_URL=WEBHOOK)
    app = merged["services"]["app"]
    assert app["environment"]["SHAREWELL_TELEGRAM_WEBHOOK_URL"] == WEBHOOK
    assert app["environment"]["SHAREWELL_HOME"] == "/data", "what the first file says still holds"
    sources = {secret if isinstance(secret, str) else secret["source"] for secret in app["secrets"]}
    assert {"telegram_token", "log_url"} <= sources
    for name in ("rasa", "postgres", "redis"):
        assert "telegram" not in str(merged["services"][name])
    assert str(merged["secrets"]["telegram_token"]["file"]).endswith("deploy/secrets/telegram_token")


def test_only_the_application_is_named_and_the_token_is_a_file() -> None:
    assert set(ADDED) == {"services", "secrets"} and set(ADDED["services"]) == {"app"}
    assert set(ADDED["services"]["app"]) == {"environment", "secrets"}
    assert "SHAREWELL_TELEGRAM_TOKEN" not in VARIABLES
    assert not re.search(r"\d{3,}:[A-Za-z0-9_-]{30,}", PATH.read_text(encoding="utf-8"))


@pytest.mark.parametrize("webhook", ["", WEBHOOK])
def test_the_application_reads_its_variables_as_they_stand(webhook: str, tmp_path: Path) -> None:
    (tmp_path / "telegram_token").touch(0o600)
    (tmp_path / "telegram_token").write_text(f"{TOKEN}\n")
    given = {**_merged(tmp_path, SHAREWELL_TELEGRAM_WEBHOOK_URL=webhook)["services"]["app"]["environment"]}
    added = {name: str(given[name] or "").replace("/run/secrets", str(tmp_path)) for name in VARIABLES}
    settings = from_environment(added)
    assert checked_token(settings.telegram) == TOKEN and settings.telegram.webhook_url == webhook
    assert settings.telegram.enrolment is False and settings.allowed_hosts == ()
    assert settings.telegram.key_file == Path("/keys/telegram.key")


def test_every_variable_is_documented() -> None:
    documented = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    assert [name for name in VARIABLES if f"`{name}`" not in documented] == []
    assert "deploy/telegram.yml" in documented
    assert "deploy/telegram.yml" in (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
