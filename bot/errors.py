"""The one error hierarchy of the application.

SharewellError                   what went wrong, and what to do next
├── SettingsError                a setting or a file of the installation is missing or wrong
├── (bot.knowledge) KnowledgeError, (bot.checks) CheckError, (bot.privacy) PrivacyError,
│   (bot.decision_log) LogError, (bot.conversation) NluError ... : one branch a package, defined there
"""

from __future__ import annotations


class SharewellError(Exception):
    """An error that a person can act on.

    `message` says what happened; `remedy` says what to do next. Neither may hold text that a user typed.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class SettingsError(SharewellError):
    """A setting, an environment variable or a file of the installation is missing or wrong."""
