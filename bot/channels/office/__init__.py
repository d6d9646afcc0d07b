"""The organisation's own pages ("the office"): signing in, people, events, and the frame for all that staff do there.
Imported by bot.channels.web's assembly and the command line; imports bot.accounts and the frame of bot.channels.web."""

from bot.channels.office.adding_pages import AddingLinks
from bot.channels.office.advice_pages import pages as advice_pages
from bot.channels.office.advising import AdviceDesk
from bot.channels.office.declaring import EVERYONE, Page
from bot.channels.office.office import Office
from bot.channels.office.recorded import pages as record_pages
from bot.channels.office.shelf import Shelf
from bot.channels.office.telegram_pages import pages as telegram_pages
from bot.channels.office.training_pages import pages as training_pages
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Fields, Visit
from bot.channels.office.waiting import waiting_for

__all__ = [
    "EVERYONE", "AddingLinks", "AdviceDesk", "FieldProblem", "Fields", "Office", "Page", "Shelf", "Visit",
    "advice_pages", "record_pages", "telegram_pages", "training_pages", "waiting_for",
]  # fmt: skip
