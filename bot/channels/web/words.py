"""Every fixed sentence of the web pages. A test holds them to the reading limits."""

from __future__ import annotations

EMERGENCY = "In immediate danger, call 999."

# ---- the conversation
PRESSED_UNKNOWN = "A button of an earlier step"
TYPED_PRIVATE = "You typed a detail. It is not shown here."
TYPED_UNSHOWN = "Your message is not shown here."
PRIVATE_SHOWN = "Identifying details were shown here once."
ONCE_SHOWN = "It was shown here once. I keep no copy of it."
PRIVATE_ASKED = "A question about identifying details was asked here."
SHOW_AGAIN = "Show this step again"
SENDING = "Sending"

LABEL = "Your message"
HINT = "Leave out names and details."
PRIVATE_LABEL = "The identifying detail"
PRIVATE_HINT = "Not shown in the conversation. You see it once before you confirm."

TITLES = {
    "topic": "Answer", "check": "Check", "question": "Question", "outcome": "Outcome", "urgent": "Act now",
    "advice": "Advice", "draft": "For the record", "preview": "Check before it is kept", "recorded": "Recorded",
    "identity": "Identifying details", "error": "Problem", "ended": "Ended", "letter": "Letter or form",
    "training": "Training",
}  # fmt: skip
"""The page's title for each kind of reply. A browser keeps titles in its history: they name no topic."""

TAGS = {
    "urgent": "Act now", "notice": "Note", "answer": "Answer", "differences": "Areas", "currency": "Dates",
    "question": "Question", "outcome": "Outcome", "pressing": "Outcome: do this now", "preview": "Preview",
}  # fmt: skip
"""The word that names each kind of part, so that colour never has to."""

STATUSES = {"past-review": "past its review date", "current": "within its review date"}

ALWAYS_TAGGED = ("answer", "question", "outcome", "pressing", "preview")
"""Kinds whose tag stands above a title too; the other titles name their kind themselves."""

# ---- problems: a heading, and what to do next
UNSENT = (
    "I got no answer",
    "Your message may not have been sent. Check your connection, then send it again. Your words are still in the box.",
)
EMPTY = ("There is no message to send", "Type a question first, or choose a button.")
TOO_LONG = (
    "Your message is too long",
    "It has {count} characters, and the limit is {limit}. Your words are still in the box. Shorten them, then send "
    "again.",
)
TOO_OFTEN = ("Too many messages", "Wait {seconds} seconds, then send again. What you typed is still in the box.")
STALE = (
    "This page was out of date",
    "Nothing was sent. The page is fresh now, and what you typed is still in the box. Send it again.",
)
NO_COOKIE = (
    "I do not have your conversation",
    "It has ended, or your browser does not accept this site's one cookie. Allow the cookie, then start again.",
)
FOREIGN = (
    "That came from another site",
    "I changed nothing. Open the conversation here and send your message from this page.",
)
BAD_REQUEST = ("I could not read that request", "I changed nothing. Go to the conversation and try again.")
BAD_HOST = ("This address is not set up", "Ask whoever runs this service which address to use.")
NOT_FOUND = ("There is no page here", "Check the address, or go to the conversation.")
NOT_ALLOWED = ("That page cannot be used in this way", "Go to the conversation and try again.")
TOO_LARGE = (
    "That was too large to read",
    "I read nothing of it. Go back, shorten your message to 10,000 characters, then send it again.",
)
TOO_SLOW = ("Your message did not arrive in time", "Check your connection, then send it again.")
FAILED = (
    "Something went wrong on our side",
    "I may not have read your message. Go to the conversation and try again. If it stays so, tell whoever runs this "
    "service.",
)

# ---- fixed pages
ENDED_TITLE = "Ended and wiped"
ENDED = (
    "I have forgotten this conversation, and the cookie is gone. Records that you confirmed are kept in the decision "
    "log.\n\nYour browser may still list this site in its history. Clear it if others use this device."
)
PRIVACY_TITLE = "What I keep"
PRIVACY_WEB_TITLE = "On this website"
PRIVACY_WEB = (
    "- I set one cookie with your first message. It holds a random number, and it goes when you close the browser.\n"
    "- What you see in the conversation is held in memory only, with what I recognised as identifying masked.\n"
    "- Nothing is loaded from another site. I write neither your words nor your address into a log.\n"
    "- Stop and forget wipes the conversation and the cookie. Leave now does the same and opens another site.\n"
    "- Pages of the guidance set no cookie. What you type into the search goes into no address.\n"
    "- Your browser keeps its own history, with the address of each page that you read. Clear it if others use this "
    "device."
)
HELP_TITLE = "Help"
HELP_WEB_TITLE = "Using this page"
HELP_WEB = (
    "- Type a question and choose Send. With JavaScript, Enter sends and Shift with Enter starts a new line.\n"
    "- Choose a button to answer. Buttons are shown under the newest reply only.\n"
    "- Leave now wipes the conversation and opens {exit}. Pressing Escape twice does the same.\n"
    "- Stop and forget wipes the conversation and stays here.\n"
    "- The page works without JavaScript. Then Escape does not leave: choose Leave now."
)
PERSON_TITLE = "Talk to a person"
PERSON = (
    "I am a guidance assistant, not a person. I do not watch this chat. Ask your line manager or safeguarding lead.\n\n"
    "In immediate danger, call 999."
)
ACCESSIBILITY_TITLE = "Accessibility"
ACCESSIBILITY = (
    "These pages are built to meet the Web Content Accessibility Guidelines 2.2 at level AA.\n\n"
    "- You can use every page by keyboard, by touch and without JavaScript.\n"
    "- Text can be made twice as large. Pages fit a screen that is 320 pixels wide.\n"
    "- New replies are announced to screen readers, and the focus stays where you are.\n"
    "- Colours follow the light or dark setting of your device. Nothing is told by colour alone.\n"
    "- Movement stops when your device asks for less of it."
)
ACCESSIBILITY_TESTED_TITLE = "How it is tested"
ACCESSIBILITY_TESTED = (
    "Each kind of page runs through an automatic check in a real browser, on a phone size and a desktop size. "
    "Automatic checks do not find everything. No testing with people who use assistive technology has been done yet."
)
ACCESSIBILITY_REPORT_TITLE = "Tell us about a barrier"
ACCESSIBILITY_REPORT = (
    "Tell whoever runs this service in your organisation what you could not do, and with which device."
)

# ---- the pages of the guidance
BROWSE_LINK = "Browse"
SEARCH_LINK = "Search"
BROWSE_TITLE = "Browse the guidance"
BROWSE = "Every answer and every check has a page of its own. You can link to it and print it."
BY_SITUATION_TITLE = "By situation"
BY_KIND_TITLE = "By kind"
SEARCH_PAGE_TITLE = "Search the guidance"
SEARCH_LABEL = "Words to search for"
SEARCH_HINT = "Leave out names and details. Your words go into no address, and I do not keep them."
SEARCH_MASKED = "I masked this before I searched: {labels}. Leave identifying details out."
SEARCH_FOUND = "Found for these words: {count}"
SEARCH_MOST = "These are the {count} that match best."
SEARCH_NOTHING_TITLE = "I found nothing for these words"
SEARCH_NOTHING = "Try other words, browse the guidance, or ask in the chat."
SEARCH_EMPTY = ("There are no words to search for", "Type a word or a question first.")
SEARCH_TOO_OFTEN = ("Too many searches", "Wait {seconds} seconds, then search again.")
SEARCH_LEFT_OUT = (
    "Nothing was searched",
    "The address held what may identify somebody, so I led you away from it. Type your words here, without details.",
)
MISSING_TITLE = "There is no such page"
MISSING = "It may have been renamed. These pages are the nearest that I have."
MISSING_ALL = "It may have been renamed. Browse the guidance, or search for words."
IN_SHORT = "In short"
WHOLE_TITLE = "The whole answer"
SOURCES_TITLE = "Sources"
GO_ON_TITLE = "Go on from here"
SEE_ALSO_TITLE = "See also"
WHERE_TITLE = "More in the same situation"
ASK_IN_CHAT = "Ask about this in the chat"
START_IN_CHAT = "Start this check in the chat"
OPEN_IN_CHAT = "Open this in the chat"
ARRIVED_TITLE = "You came from a page"
ARRIVED = "Open it here, then go on with questions of your own."
OFFERED_CHECK = "Walk through it step by step: {title}"
ASKS_TITLE = "What it asks, in order"
ASKS_HARM = "At every question you can choose that someone may be harmed. Choose it if {when}. It leads to: {leads}."
WHY_ASKED = "Why this is asked"
ENDS_TITLE = "Where it can end"
CHART_TITLE = "Flowchart"
CHART_WORDS = "The questions below say the same in words."
CHART_LARGE = "Open the flowchart alone, to zoom"
CHART_PAGE = "Open the flowchart with its questions in words"
CHART_PNG = "Get it as a picture (PNG)"
AREA_LABEL = "Area whose guidance leads"
AREA_BUTTON = "Show for this area"
AREA_TOLD = "Shown for {area}. The area stands in the address of this page. No cookie is set."
PROVENANCE = "Read on {today}. Version of the guidance: {version}. Page: {path}. A printed page goes out of date."
GUIDE = "This is guidance. The decision is yours. In immediate danger, call 999."
WALKED_TITLE = "Your way through the flowchart"
WALKED = "It shows the answers of this conversation, to you only. It goes when the conversation ends."
NO_WALK = ("There is no check open", "Start a check in the conversation, then open its flowchart from there.")
NO_PICTURE = ("The picture cannot be made now", "Open the flowchart alone instead, or try again in a minute.")
SAID = "You said: {answers}"
