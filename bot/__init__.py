"""Sharewell, the application: a guidance assistant for sharing safeguarding information.
Arrows point down: channels -> conversation -> domain packages -> knowledge. See docs/architecture.md."""
