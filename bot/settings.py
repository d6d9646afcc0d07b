"""Where things are and how the installation is set: embedded defaults, each changed by an environment variable."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8080
MAX_PORT = 65535
DEFAULT_IDLE_MINUTES = 30.0
_MAX_IDLE_MINUTES = 24 * 60.0


@dataclass(frozen=True)
class Settings:
    """The settings of one process. Folders are made when they are first needed, readable by their owner only."""

    home: Path
    knowledge: Path
    nlu: Path
    host: str
    port: int
    idle_minutes: float
    log_url: str
    key_file: Path
    exit_url: str
    secure_cookie: bool
    allowed_hosts: tuple[str, ...]

    @property
    def sessions_url(self) -> str:
        return f"sqlite:///{self.home / 'sessions.db'}"

    @property
    def run_folder(self) -> Path:
        return self.home / "run"

    def prepare(self) -> None:
        """Makes the folders. Raises SettingsError when that cannot be done."""
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.home.chmod(0o700)  # the set-up may have made it with the user's ordinary mode
            self.run_folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise SettingsError(
                f"The folder {self.home} cannot be made: {error.strerror}.",
                "Set SHAREWELL_HOME to a folder that you may write to, or free some space.",
            ) from None

    def model(self) -> Path | None:
        """The trained model in use, or None when none was trained."""
        folder = self.nlu / "models"
        try:
            path = folder / (folder / "current").read_text(encoding="utf-8").strip()
        except OSError:
            return None
        return path if path.is_file() else None

    def danger_classifier(self) -> Path | None:
        """The danger classifier that was trained with the model, or None when there is none."""
        model = self.model()
        path = None if model is None else model.with_name(model.name.removesuffix(".tar.gz") + ".danger.json")
        return path if path is not None and path.is_file() else None


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment gives. Raises SettingsError naming the variable that is wrong."""
    values = os.environ if environment is None else environment
    home = Path(values.get("SHAREWELL_HOME") or ROOT / "var").expanduser().absolute()
    return Settings(
        home=home,
        knowledge=Path(values.get("SHAREWELL_KNOWLEDGE") or ROOT / "knowledge").absolute(),
        nlu=Path(values.get("SHAREWELL_NLU") or ROOT / "nlu").absolute(),
        host=values.get("SHAREWELL_HOST") or "127.0.0.1",
        port=int(_number(values, "SHAREWELL_PORT", DEFAULT_PORT, 0, MAX_PORT)),
        idle_minutes=_number(values, "SHAREWELL_IDLE_MINUTES", DEFAULT_IDLE_MINUTES, 0.01, _MAX_IDLE_MINUTES),
        log_url=values.get("SHAREWELL_LOG_URL") or f"sqlite:///{home / 'decision-log.db'}",
        key_file=Path(values.get("SHAREWELL_KEY_FILE") or home / "master.key").absolute(),
        exit_url=values.get("SHAREWELL_EXIT_URL") or "https://www.bbc.co.uk/weather",
        secure_cookie=values.get("SHAREWELL_SECURE_COOKIE", "").lower() in ("1", "true", "yes"),
        allowed_hosts=tuple(filter(None, (name.strip() for name in values.get("SHAREWELL_HOSTS", "").split(",")))),
    )


def _number(values: Mapping[str, str], name: str, default: float, least: float, most: float) -> float:
    text = values.get(name)
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise SettingsError(f"{name} is '{text}'.", f"Give a number from {least:g} to {most:g}.")
    return number
