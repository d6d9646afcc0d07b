"""The web chat: server-rendered pages that work without JavaScript, for the organisation's own address.
Imported by the command line; imports bot.conversation."""

from bot.channels.web.app import create_app
from bot.channels.web.server import listen, serve, serve_on
from bot.channels.web.settings import WebSettings

__all__ = ["WebSettings", "create_app", "listen", "serve", "serve_on"]
