"""Shows a reply in its chat: in the place of the step before where that may go, else as new messages."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram.constants import ChatAction

from bot.channels.telegram import words
from bot.channels.telegram.api import Api, BadRequest
from bot.channels.telegram.calls import GivenUpError, told
from bot.channels.telegram.identity import link_in, where_to_add
from bot.channels.telegram.organisation import LinkMaker
from bot.channels.telegram.pictures import WIDTH, Painter, is_long, photo_width
from bot.channels.telegram.render import Rendered, caption, rendered
from bot.channels.telegram.screens import Newest, Screens
from bot.channels.telegram.styled import Styled
from bot.conversation.messages import Picture, Reply
from bot.conversation.turn import before, notice
from bot.errors import SharewellError


@dataclass(frozen=True)
class Place:
    """A chat: its name here, and Telegram's number of it, which is kept no longer than it takes to answer."""

    name: str
    chat: int


@dataclass(frozen=True)
class From:
    """The message whose button was pressed: its number, what was chosen, and whether it is protected."""

    number: int
    label: str
    query: str
    protected: bool


class Showing:
    """Puts replies on the screen."""

    def __init__(self, api: Api, screens: Screens, site_url: str, link: LinkMaker | None = None) -> None:
        self._api = api
        self._screens = screens
        self._site_url = site_url
        self._link = link
        self._painter = Painter()

    async def show(self, place: Place, reply: Reply, pressed: From | None = None) -> None:
        """Shows `reply`. Raises Forbidden where the user blocked the bot, GivenUpError where Telegram takes nothing."""
        reply = where_to_add(reply, self._site_url)
        if pressed is not None and pressed.label:
            reply = before(reply, [notice(words.CHOSE.format(label=pressed.label))])
        page = rendered(reply, self._site_url, await self._web_app(place, reply))
        if pressed is not None and await self._replaced(place, page, pressed):
            return
        if page.picture is not None:
            await self._paint(place, page.picture)
        await self._append(place, page, pressed)

    async def _web_app(self, place: Place, reply: Reply) -> str:
        """The address of the identity page that a button opens within Telegram, and for the user of this chat alone.

        Empty where the reply offers no such page, or Telegram would not open it. The link in the text works as well:
        Telegram in a browser shows pages of others in a frame, which the page refuses.
        """
        if self._link is None or not link_in(reply) or not self._site_url.startswith("https://"):
            return ""
        try:
            return f"{self._site_url}{await asyncio.to_thread(self._link, reply.id, place.name)}"
        except SharewellError as error:
            told("making a link", error)
            return ""

    async def _replaced(self, place: Place, page: Rendered, pressed: From) -> bool:
        """True where the page now stands in the place of the message whose button was pressed."""
        newest = self._screens.of(place.name)
        if newest is None or newest.number != pressed.number or not newest.passing or page.picture is not None:
            return False
        if len(page.messages) != 1 or (page.protected and not newest.protected):
            return False  # what was sent without protection cannot be protected afterwards
        # What changes in place is not read out by itself: the toast says so to a screen reader.
        changed, _ = await asyncio.gather(
            self._api.edit(place.name, place.chat, newest.number, page.messages[0], page.keyboard),
            self._api.acknowledge_soon(pressed.query, words.NEXT_STEP),
        )  # fmt: skip
        if not changed:
            return False
        self._screens.put(place.name, Newest(newest.number, page.passing, newest.protected))
        return True

    async def _append(self, place: Place, page: Rendered, pressed: From | None) -> None:
        if pressed is None:
            await self._appended(place, page, None)
            return
        await asyncio.gather(self._appended(place, page, pressed), self._api.acknowledge_soon(pressed.query))

    async def _appended(self, place: Place, page: Rendered, pressed: From | None) -> None:
        earlier = self._screens.of(place.name)
        number = 0
        for place_in_order, message in enumerate(page.messages, start=1):
            keyboard = page.keyboard if place_in_order == len(page.messages) else None
            number = await self._api.send(place.name, place.chat, message, keyboard, protected=page.protected)
        self._screens.put(place.name, Newest(number, page.passing, page.protected))
        spent = {each for each in (earlier and earlier.number, pressed and pressed.number) if each}
        for each in spent - {number}:
            await self._api.take_buttons(place.chat, each)

    async def say(self, place: Place, text: str, *, title: str = "") -> None:
        """A note that leaves what is open where it is, with its buttons."""
        page = rendered(Reply((notice(text, title),), "smalltalk"))
        await self._api.send(place.name, place.chat, page.messages[0], None, protected=False)

    async def _paint(self, place: Place, picture: Picture) -> None:
        """The drawing as a photo, and where that is too long to be read, as a file besides."""
        data = await self._painted(place, picture, photo_width(picture.svg))
        try:
            if data is None:
                await self._api.send(place.name, place.chat, Styled(words.NO_PICTURE), None, protected=False)
                return
            await self._api.photo(place.name, place.chat, data, caption(picture))
            if is_long(picture.svg) and (whole := await self._painted(place, picture, WIDTH)) is not None:
                name = f"flowchart-{picture.check}.png"
                await self._api.document(place.name, place.chat, whole, name, protected=False)
        except (BadRequest, GivenUpError) as refused:  # the steps in words follow
            told("sending a picture", refused)

    async def _painted(self, place: Place, picture: Picture, width: int) -> bytes | None:
        painting = self._painter.png(picture.svg, width)
        return await self._api.while_busy(place.chat, painting, ChatAction.UPLOAD_PHOTO)
