"""What a person sees after a message, whatever the channel: words and buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Screen:
    """`text` with single spaces; `buttons` maps a label to what the channel presses."""

    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    channel: str = ""

    def number(self, label: str) -> str:
        """What to press for `label`, which may be the beginning of one button's label."""
        found = [value for shown, value in self.buttons.items() if shown == label] or [
            value for shown, value in self.buttons.items() if shown.startswith(label)
        ]
        assert found, f"no button '{label}' on {self.channel}; there are: {list(self.buttons)}"
        return found[0]


class Driver(Protocol):
    """A channel driven as a user would."""

    name: str

    def open(self) -> Screen: ...

    def say(self, text: str) -> Screen: ...

    def press(self, label: str) -> Screen: ...

    def take(self, label: str) -> tuple[str, bytes]: ...

    def close(self) -> None: ...
