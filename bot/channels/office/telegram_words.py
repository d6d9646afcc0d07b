"""What the pages about acting from Telegram say. A test holds it to the reading limits."""

from __future__ import annotations

TITLE = "Telegram"
ABOUT = "Invite people to make records from Telegram under their account."
WHAT = (
    "Somebody who is invited can make records in the chat with your bot on Telegram. These records stand under their "
    "account. The guidance there is open to everybody, with or without an account."
)
NAME_COLUMN = "Name"
STATE_COLUMN = "On Telegram"
ENROLLED = "Acts from Telegram"
NOT_ENROLLED = "Does not act from Telegram"
NOBODY = "Nobody has an account in use yet. Invite people to the office first."

ONE_TITLE = "Telegram: {name}"
INVITE_TITLE = "Invite to Telegram"
INVITE = (
    "The link opens a chat with your bot. It works once and for {hours} hours. Whoever agrees first acts for this "
    "account, so hand it over with care. An earlier link stops working."
)
INVITE_AGAIN = "This person already acts from Telegram. If they use the new link, only the new chat acts for them."
INVITE_BUTTON = "Make a link for Telegram"
END_TITLE = "End it"
END = "The chat no longer acts for this account, and a link that was not used stops working. Records stay."
END_BUTTON = "End acting from Telegram"

LINK_TITLE = "Pass this link on"
LINK_SHOWN_ONCE = "It is for {name}. It is shown here once. It works once, until {until}."
LINK_CARE = (
    "Whoever opens it first and agrees acts for this account. Send it to this person alone, and not into a group."
)
LINK_LABEL = "Link to Telegram"
