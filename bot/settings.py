"""Where things are and how the installation is set: embedded defaults, each changed by an environment variable."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.errors import SettingsError
from bot.setting_values import PLAIN_URL, address, is_site, number, path_in, secret_in, switched_on

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8080
MAX_PORT = 65535
DEFAULT_IDLE_MINUTES = 30.0
_MAX_IDLE_MINUTES = 24 * 60.0


@dataclass(frozen=True)
class AccountSettings:
    """What is set about the accounts of the organisation's own pages. The five of `oidc` belong together."""

    url: str = field(default="", repr=False)
    idle_minutes: float = 15.0
    absolute_hours: float = 8.0
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_secret_file: Path | None = None
    oidc_role_claim: str = ""
    oidc_roles: str = ""


@dataclass(frozen=True)
class TelegramSettings:
    """The bot on Telegram: its token or a file that holds it, its webhook where one is used, the address of the API.

    `enrolment` says that only people who were invited make records there; `key_file` holds the key of their names.
    """

    token: str = field(default="", repr=False)
    token_file: Path | None = None
    webhook_url: str = ""
    api: str = "https://api.telegram.org"
    enrolment: bool = False
    key_file: Path | None = None

    @property
    def is_set(self) -> bool:
        """Whether there is to be a bot at all."""
        return bool(self.token.strip() or self.token_file)


@dataclass(frozen=True)
class RasaSettings:
    """A Rasa that runs apart: its address and the file with its key. Without `url`, the application starts a child."""

    url: str = ""
    key_file: Path | None = None

    @property
    def is_apart(self) -> bool:
        return bool(self.url)

    def key(self) -> str:
        """The key that is shared with that Rasa. Raises SettingsError when there is none to be read."""
        if self.key_file is None:
            raise SettingsError(
                "SHAREWELL_RASA_URL is set without SHAREWELL_RASA_KEY_FILE.",
                "Name the file with the key that this Rasa was started with.",
            )
        return secret_in(self.key_file, "SHAREWELL_RASA_KEY_FILE")


@dataclass(frozen=True)
class Settings:
    """The settings of one process. Folders are made when they are first needed, readable by their owner only."""

    home: Path
    knowledge: Path
    nlu: Path
    host: str
    port: int
    idle_minutes: float
    log_url: str = field(repr=False)
    key_file: Path
    exit_url: str
    site_url: str
    secure_cookie: bool
    allowed_hosts: tuple[str, ...]
    key: str | None = field(default=None, repr=False)
    checkpoint_key: str | None = field(default=None, repr=False)
    checkpoint_key_file: Path | None = None
    retention: Path | None = None
    approval_hours: str = ""
    accounts: AccountSettings = AccountSettings()
    telegram: TelegramSettings = TelegramSettings()
    rasa: RasaSettings = RasaSettings()
    sessions: str = field(default="", repr=False)
    advice: str = field(default="", repr=False)
    advice_days: int = 30
    training: str = field(default="", repr=False)
    training_days: int = 730

    @property
    def accounts_url(self) -> str:
        return self.accounts.url or f"sqlite:///{self.home / 'accounts.db'}"

    @property
    def tallies_url(self) -> str:
        """Where questions are counted: beside the accounts where those are on a server, else in a file."""
        beside = self.accounts.url
        return beside if beside and not beside.startswith("sqlite") else f"sqlite:///{self.home / 'tallies.db'}"

    @property
    def sessions_url(self) -> str:
        return self.sessions or f"sqlite:///{self.home / 'sessions.db'}"

    @property
    def advice_url(self) -> str:
        return self.advice or f"sqlite:///{self.home / 'advice.db'}"

    @property
    def training_url(self) -> str:
        return self.training or f"sqlite:///{self.home / 'training.db'}"

    @property
    def content_folder(self) -> Path:
        """Where the checks of every version that was in use are kept."""
        return self.home / "content"

    @property
    def run_folder(self) -> Path:
        return self.home / "run"

    def in_home(self, home: Path) -> Settings:
        """The same installation with a home of its own, so that nothing of the user's is touched."""
        return replace(
            self, home=home, log_url=f"sqlite:///{home / 'decision-log.db'}", key_file=home / "master.key",
            accounts=replace(self.accounts, url=""), sessions="", advice="",
            training="",
        )  # fmt: skip

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
        return self._beside_the_model(".danger.json")

    def confusions(self) -> Path | None:
        """What the training wrote about examples that are easily confused, or None when there is nothing."""
        return self._beside_the_model(".confusions.json")

    def _beside_the_model(self, ending: str) -> Path | None:
        model = self.model()
        path = None if model is None else model.with_name(model.name.removesuffix(".tar.gz") + ending)
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
        port=int(number(values, "SHAREWELL_PORT", DEFAULT_PORT, 0, MAX_PORT)),
        idle_minutes=number(values, "SHAREWELL_IDLE_MINUTES", DEFAULT_IDLE_MINUTES, 0.01, _MAX_IDLE_MINUTES),
        log_url=address(values, "SHAREWELL_LOG_URL", "SHAREWELL_LOG_URL_FILE")
        or f"sqlite:///{home / 'decision-log.db'}",
        key_file=Path(values.get("SHAREWELL_KEY_FILE") or home / "master.key").absolute(),
        exit_url=values.get("SHAREWELL_EXIT_URL") or "https://www.bbc.co.uk/weather",
        site_url=_site_url(values),
        secure_cookie=values.get("SHAREWELL_SECURE_COOKIE", "").lower() in ("1", "true", "yes"),
        allowed_hosts=tuple(filter(None, (name.strip() for name in values.get("SHAREWELL_HOSTS", "").split(",")))),
        key=values.get("SHAREWELL_KEY") or None,
        checkpoint_key=values.get("SHAREWELL_CHECKPOINT_KEY") or None,
        checkpoint_key_file=path_in(values, "SHAREWELL_CHECKPOINT_KEY_FILE"),
        retention=path_in(values, "SHAREWELL_RETENTION"),
        approval_hours=values.get("SHAREWELL_APPROVAL_HOURS", ""),
        accounts=_accounts(values),
        telegram=_telegram(values, home),
        rasa=_rasa(values),
        sessions=address(values, "SHAREWELL_SESSIONS_URL", "SHAREWELL_SESSIONS_URL_FILE"),
        advice=address(values, "SHAREWELL_ADVICE_URL", "SHAREWELL_ADVICE_URL_FILE"),
        advice_days=int(number(values, "SHAREWELL_ADVICE_DAYS", 30, 1, 365)),
        training=address(values, "SHAREWELL_TRAINING_URL", "SHAREWELL_TRAINING_URL_FILE"),
        training_days=int(number(values, "SHAREWELL_TRAINING_DAYS", 730, 30, 3650)),
    )


def _rasa(values: Mapping[str, str]) -> RasaSettings:
    url = values.get("SHAREWELL_RASA_URL", "").strip().rstrip("/")
    if url and not is_site(url):
        raise SettingsError(
            "SHAREWELL_RASA_URL is not the address of a Rasa.",
            "Give the address of its machine and port, such as http://rasa:5005.",
        )
    return RasaSettings(url, path_in(values, "SHAREWELL_RASA_KEY_FILE"))


def _site_url(values: Mapping[str, str]) -> str:
    """The address under which people reach the web pages, without a slash at its end; empty where none is set."""
    text = values.get("SHAREWELL_SITE_URL", "").strip().rstrip("/")
    if text and not is_site(text):
        raise SettingsError(
            "SHAREWELL_SITE_URL is not the address of a site.",
            "Give the address of the web pages, such as https://advice.example.org, without ? or #.",
        )
    return text


def _accounts(values: Mapping[str, str]) -> AccountSettings:
    return AccountSettings(
        url=address(values, "SHAREWELL_ACCOUNTS_URL", "SHAREWELL_ACCOUNTS_URL_FILE"),
        idle_minutes=number(values, "SHAREWELL_OFFICE_IDLE_MINUTES", 15.0, 1.0, 8 * 60.0),
        absolute_hours=number(values, "SHAREWELL_OFFICE_HOURS", 8.0, 0.25, 24.0),
        oidc_issuer=values.get("SHAREWELL_OIDC_ISSUER", "").strip(),
        oidc_client_id=values.get("SHAREWELL_OIDC_CLIENT_ID", "").strip(),
        oidc_secret_file=path_in(values, "SHAREWELL_OIDC_CLIENT_SECRET_FILE"),
        oidc_role_claim=values.get("SHAREWELL_OIDC_ROLE_CLAIM", "").strip(),
        oidc_roles=values.get("SHAREWELL_OIDC_ROLES", ""),
    )


def _telegram(values: Mapping[str, str], home: Path) -> TelegramSettings:
    webhook = values.get("SHAREWELL_TELEGRAM_WEBHOOK_URL", "").strip().rstrip("/")
    if webhook and (not webhook.startswith("https://") or not PLAIN_URL.fullmatch(webhook)):
        raise SettingsError(
            "SHAREWELL_TELEGRAM_WEBHOOK_URL is not an address that Telegram can call.",
            "Give the address under which Sharewell is reached by https, such as https://advice.example.org.",
        )
    api = values.get("SHAREWELL_TELEGRAM_API", "").strip().rstrip("/") or TelegramSettings.api
    if not api.startswith(("https://", "http://")) or not PLAIN_URL.fullmatch(api):
        raise SettingsError("SHAREWELL_TELEGRAM_API is not a web address.", "Leave it out to use Telegram itself.")
    return TelegramSettings(
        values.get("SHAREWELL_TELEGRAM_TOKEN", ""), path_in(values, "SHAREWELL_TELEGRAM_TOKEN_FILE"), webhook, api,
        switched_on(values, "SHAREWELL_TELEGRAM_ENROLMENT"),
        path_in(values, "SHAREWELL_TELEGRAM_KEY_FILE") or home / "telegram.key",
    )  # fmt: skip
