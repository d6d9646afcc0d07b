"""Every fixed sentence that this channel itself says. A test holds them to the reading limits."""

from __future__ import annotations

# ---- what is said first
START_TITLE = "What I keep, and what Telegram keeps"
START = (
    "- Telegram sees all that is written here, by you and by me, with your account and the time. It keeps it.\n"
    "- I mask the details that I recognise and delete your message. I forget this chat after {minutes} minutes, or "
    "when you send /stop.\n"
    "- I keep a record only after you have confirmed it. {account}"
)
START_NOBODY = "I store nothing that names your account."
START_ENROLMENT = (
    "Your account is unknown to me, unless you enrol. Then I keep a code made from its number, which stays the same "
    "until you leave. The number itself is not kept."
)
DESCRIPTION = (
    "I guide people who share information to protect a child or an adult. I guide, and you decide.\n\n"
    "Type no names here. Telegram sees what you type. In immediate danger, call 999."
)
SHORT_DESCRIPTION = "Guidance on sharing information to protect people. Type no names. In immediate danger, call 999."

# ---- commands, as Telegram lists them
COMMANDS = {
    "start": "Begin, and see what is kept",
    "ask": "Ask a question in your own words",
    "check": "Walk through a check, step by step",
    "record": "Record the decision of this check",
    "advice": "Ask for advice without names",
    "train": "Learn and practise",
    "area": "Choose your area",
    "privacy": "See what is kept, and by whom",
    "help": "See what I can do",
    "stop": "Stop, and forget this conversation",
}
ASK_TITLE = "Ask a question"
ASK = "Type your question in your own words. Leave out names and details."
UNKNOWN_LINK = "That link leads to nothing that I hold."

# ---- headings within a message
HEADINGS = {
    "urgent": "ACT NOW", "notice": "Note", "differences": "Where areas differ", "currency": "How current this is",
}  # fmt: skip
SOURCES = "Sources:"
PAST_REVIEW = "past its review date"
BUTTONS_IN_FULL = "Buttons with long names, in full:"
CHOSE = "You chose: {label}"
NEXT_STEP = "The same message now shows the next step."
ANSWERED_BELOW = "The answer is already below."
CUT_OFF = "The text below says the rest."

# ---- what was deleted
DELETED_TITLE = "Your message is deleted"
DELETED = "It held details that may identify somebody, so I deleted it from this chat."
NOT_DELETED_TITLE = "Delete your message yourself"
NOT_DELETED = (
    "It holds details that may identify somebody, and Telegram did not let me delete it. Press and hold your message, "
    "then choose Delete."
)
CODE_DELETED = "I deleted your message, because whoever reads the code in it could use it."
CODE_NOT_DELETED = (
    "Delete your message yourself: whoever reads the code in it could use it. Telegram did not let me delete it. Press "
    "and hold it, then choose Delete."
)
GOING_ON = "I read it without them:\n\n{masked}"
FOUND = "I found:"
OFFERED = "To ask without them, copy these words and send them:\n\n{masked}"

# ---- what is not taken
REFUSED_TITLE = "I read text only"
REFUSED = "I deleted your {what} and did not open it. Say in words what you want to know. Leave out names and details."
REFUSED_NOT_DELETED = (
    "I did not open your {what}, and Telegram did not let me delete it. Delete it yourself. Then say in words what you "
    "want to know."
)
EDITED_TITLE = "I do not read a message again"
EDITED = "You changed a message, and I changed nothing. Send your words as a new message."
FORWARDED_TITLE = "That message was forwarded"
FORWARDED = (
    "I do not know who wrote it, so I do not take it as your words. Ask in your own words, without names and details."
)
LATE_TITLE = "That message reached me late"
LATE = "Telegram brought it after a newer one, so I did not take it as an answer. If you still need it, send it again."
PUT_BY_TITLE = "Too many messages came at once"
PUT_BY = "I did not answer the last ones. I read them for danger and for details only. Send again what you still need."
PUT_BY_DELETED = "I deleted those that may identify somebody, and those that are no text."
PUT_BY_NOT_DELETED = (
    "Some hold details or are no text, and Telegram did not let me delete them. Delete them yourself: press and hold "
    "each one, then choose Delete."
)
GROUP = "I talk in private chats only, because others could read along. Open a chat with me alone."
KINDS = {
    "photo": "photo", "voice": "voice message", "video": "video", "video_note": "video message", "audio": "recording",
    "document": "document", "contact": "contact", "location": "location", "venue": "place", "sticker": "sticker",
    "animation": "animation", "poll": "poll", "dice": "dice", "story": "story",
}  # fmt: skip
OTHER_KIND = "attachment"

# ---- after a restart, and faults
INTERRUPTED = (
    "I was interrupted while I read your message. Here is where you are. If what you sent is missing, send it again."
)
NO_PICTURE = "The picture cannot be made now. The steps in words are below."
IDENTITY_WEB_APP = "Open the form in Telegram"
IDENTITY_WHERE = "Sign in at {address} and open the record {reference} there."
IDENTITY_ASK = "Ask whoever runs Sharewell how to add them to the record {reference}."

# ---- enrolment
ENROL_TITLE = "Act here as one of your organisation"
ENROL = (
    "This invitation is for {name}. If that is you, you can make records here under your account.\n\n"
    "I then keep a code made from the number of your Telegram account, to know you again. Unlike the name of this "
    "chat, it does not change each day. It stays until you leave, or your administrator ends it."
)
ENROL_BUTTON = "Enrol this chat"
ENROLLED_TITLE = "You are enrolled"
ENROLLED = (
    "You act here as {name}, and records that you confirm are made under that account. I keep a code made from the "
    "number of your Telegram account until you leave."
)
LEAVE_BUTTON = "Leave: end my enrolment"
LEFT = "You are no longer enrolled. The code of your account is gone, and so is the address for notices."
NOT_ENROLLED = "You are not enrolled, so I changed nothing."
LISTEN_BUTTON = "Tell me what waits"
LISTENING = (
    "I will tell you here when an approval waits for you, without a word of what it is about. For that I keep the "
    "address of this chat, encrypted. It is deleted when you choose to hear no more, or leave."
)
HEARS = "You are told when an approval waits for you. For that I keep the address of this chat, encrypted."
DEAFEN_BUTTON = "Tell me no more"
DEAF = "I tell you no more of approvals that wait, and the address of this chat is deleted."
DECIDES_NOTHING = "Your account does not decide on approvals, so there is nothing to tell you of."
WAITING_TITLE = "An approval waits for you"
WAITING = "Read it on your organisation's own pages. Nothing of it is shown here."
WAITING_LINK = "Open what waits for approval"
