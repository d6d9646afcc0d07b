"""An emulator of Telegram's Bot API over HTTP, as strict as the real one, and users who chat through it."""
