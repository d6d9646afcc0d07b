"""Shows a reply in its chat: in the place of the step before where that may go, else as new messages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from telegram.constants import ChatAction

from bot.channels.telegram import words
from bot.channels.telegram.api import Api, BadRequest, Sent
from bot.channels.telegram.arrived import Pressed
from bot.channels.telegram.calls import GivenUpError, told
from bot.channels.telegram.identity import link_in, where_to_add
from bot.channels.telegram.organisation import LinkMaker
from bot.channels.telegram.pictures import WIDTH, Painter, is_long, photo_width
from bot.channels.telegram.render import Rendered, caption, rendered
from bot.channels.telegram.screens import Newest, Screens
from bot.channels.telegram.styled import Styled
from bot.conversation import danger, learning_words
from bot.conversation import words as said
from bot.conversation.messages import Part, Picture, Reply
from bot.conversation.turn import before, notice
from bot.errors import SharewellError

_SOON = 0.3
"""Seconds that words for danger may wait, so that what became of the message stands below them."""

_REFUSALS = frozenset({said.OLD_BUTTON, said.UNKNOWN_BUTTON, learning_words.OLD_STEP})


@dataclass(frozen=True)
class Place:
    """A chat: its name here, and Telegram's number of it, which is kept no longer than it takes to answer."""

    name: str
    chat: int


@dataclass(frozen=True)
class From:
    """The message whose button was pressed: its number, and the press."""

    number: int
    pressed: Pressed


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
        if pressed is not None and pressed.pressed.label and not _changed_nothing(reply):
            reply = before(reply, [notice(words.CHOSE.format(label=pressed.pressed.label))])
        page = rendered(reply, self._site_url, await self._web_app(place, reply))
        if pressed is not None and await self._replaced(place, page, pressed):
            return
        if page.picture is not None:
            await self._paint(place, page.picture)
        await self._append(place, page, pressed)

    async def show_noted(
        self, place: Place, reply: Reply, deletions: Collection[asyncio.Task[bool]],
        note: Callable[[], Awaitable[Part]],
    ) -> None:  # fmt: skip
        """Shows `reply` with a note of what became of `deletions`. Words for danger do not wait for that."""
        if any(part.kind == "urgent" for part in reply.parts) and not await _soon_known(deletions):
            await self.show(place, reply)
            part = await note()
            await self.say(place, part.text, title=part.title)
            return
        await self.show(place, danger.told_after(reply, await note()))

    async def is_answered(self, place: Place, pressed: From) -> bool:
        """Whether a press is the second of two of one button, whose answer is on the screen. Its waiting sign ends."""
        newest = self._screens.of(place.name)
        if newest is None or not newest.is_answer_to(pressed.number, pressed.pressed):
            return False
        toast = words.NEXT_STEP if newest.number == pressed.number else words.ANSWERED_BELOW
        await self._api.acknowledge(pressed.pressed.query, toast)
        return True

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
            self._api.acknowledge_soon(pressed.pressed.query, words.NEXT_STEP),
        )  # fmt: skip
        if changed is None:
            return False
        answers = (pressed.number, pressed.pressed.value)
        self._screens.put(
            place.name, Newest(newest.number, page.passing, newest.protected, hash(changed.text), answers)
        )
        return True

    async def _append(self, place: Place, page: Rendered, pressed: From | None) -> None:
        if pressed is None:
            await self._appended(place, page, None)
            return
        await asyncio.gather(self._appended(place, page, pressed), self._api.acknowledge_soon(pressed.pressed.query))

    async def _appended(self, place: Place, page: Rendered, pressed: From | None) -> None:
        earlier = self._screens.of(place.name)
        sent = Sent(0, "")
        for place_in_order, message in enumerate(page.messages, start=1):
            keyboard = page.keyboard if place_in_order == len(page.messages) else None
            sent = await self._api.send(place.name, place.chat, message, keyboard, protected=page.protected)
        answers = None if pressed is None else (pressed.number, pressed.pressed.value)
        self._screens.put(place.name, Newest(sent.number, page.passing, page.protected, hash(sent.text), answers))
        spent = {each for each in (earlier and earlier.number, pressed and pressed.number) if each}
        for each in spent - {sent.number}:
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


async def _soon_known(deletions: Collection[asyncio.Task[bool]]) -> bool:
    _, unknown = await asyncio.wait(deletions, timeout=_SOON) if deletions else ((), ())
    return not unknown


def _changed_nothing(reply: Reply) -> bool:
    """Whether the reply says that a button was of no use any more: then nothing was chosen by it."""
    return any(part.text in _REFUSALS for part in reply.parts)
