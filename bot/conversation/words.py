"""Every fixed sentence that the conversation itself says. A test holds them to the reading limits."""

from __future__ import annotations

GREETING_TITLE = "Sharewell"
GREETING = (
    "Ask me about sharing information to protect a child or an adult. You can also choose a check and I will take you "
    "through it.\n\nI guide, and you decide. In immediate danger, call 999."
)
PRIVACY_TITLE = "What I keep"
PRIVACY = (
    "- Leave out names and details. I mask what I recognise before anything is kept.\n"
    "- I forget this conversation after {minutes} minutes without a message, or when you choose Stop and forget.\n"
    "- I keep a record, or a question to an adviser, only after you have seen it and confirmed it.\n"
    "- Whoever runs this service, or your phone company, may still see that you used it."
)
RESUMED = "You can go on where you were."
EXPIRED = "Your last conversation had no message for {minutes} minutes. I ended it and wiped it. No record is lost."
ENDED_TITLE = "Ended and wiped"
ENDED = "I have forgotten this conversation. Records that you confirmed are kept in the decision log."
HELP_TITLE = "What I can do"
HELP = (
    "- Answer questions about consent, refusal, confidentiality and sharing, with the source and its date.\n"
    "- Take you through a check, one question at a time.\n"
    "- Help you ask for advice without naming anyone.\n"
    "- Put your decision into the decision log, once you have seen and confirmed it.\n\n"
    "Type a question in your own words, or choose a button."
)
HUMAN_TITLE = "Talk to a person"
HUMAN = (
    "I am a guidance assistant, not a person. Ask your line manager or safeguarding lead. I can help you describe the "
    "situation without naming anyone."
)
THANKS = "You are welcome. Is there anything else?"
GOODBYE = "Goodbye. This conversation is wiped when you choose Stop and forget, or after a while without a message."
NOTHING_TO_DO = "There is nothing open that this could answer. Ask a question or choose from the menu."
UNSURE_TITLE = "I am not sure what you mean"
UNSURE = "Is it one of these? If not, say it in other words."
UNKNOWN_TITLE = "I do not have an answer to that"
UNKNOWN = (
    "I only know about sharing information to protect children and adults. I will not guess. Ask in other words, "
    "choose from the menu, or ask your safeguarding lead."
)
TWO_ASKED = "You asked two things. Here is each in turn."
TWO_CHECKS = "You asked for two checks. Choose the one to begin with."
ELSEWHERE = "No guidance that I hold covers this: {subject}. I will not guess.\n\n{says}"
NLU_DOWN = (
    "I cannot understand free text at the moment, so I searched for your words. Buttons, checks and records work as "
    "usual."
)
NLU_WARMING = "I am still starting up and cannot understand free text yet, so I searched for your words."
SEARCH_TITLE = "These match your words"
SEARCH_NOTHING_TITLE = "I found nothing for these words"
SEARCH_NOTHING = "Try other words, or choose from the menu."
EMPTY = "Your message had no words in it. Type a question, or choose a button."
TOO_LONG = (
    "Your message is long, and I understand one question at a time. I read it for danger and for private details "
    "only. Ask in a sentence or two."
)
FAR_TOO_LONG = (
    "Your message is too long. I read only its first 10,000 characters, and only for danger. I kept nothing of it. "
    "Ask in a sentence or two."
)
COMMAND = "Messages that begin with / are not understood here. Type your question in plain words."
OLD_BUTTON = "That button belongs to an earlier step or conversation, so I changed nothing."
UNKNOWN_BUTTON = "I do not know that button, so I changed nothing."
CHECK_OLD_VERSION = (
    "The guidance was updated since you began this check. I started the check again from its first question."
)
ANOTHER_CHECK = "You are in the middle of a check ({check}). If you start one now, those answers are wiped."
START_WIPES_DETAILS = (
    "You are adding identifying details to your record. If you start a check, what you typed is wiped."
)
ASK_BACK = "I am not sure which answer you mean. Choose one of these, or use other words."
CAME_ROUND = "This check was already open, so you are back at the question where you left it."
TAKEN_AS = "Your answer, as I understood it: {label}. Choose Back if you meant something else."

RETURNED = "Back to the check that you were in."
STOPPED = "I stopped the check. Its answers are wiped and nothing was recorded."
NOTHING_SAVED = "Nothing was recorded, and the answers of this check are wiped."
AT_START = "This is the first question, so there is no earlier one."
NO_WHY = "There is no open question to explain. Ask me anything about sharing information."
NO_MORE = "There is no answer open to say more about. Ask a question first."
NOTHING_TO_RECORD = "There is no outcome to record yet. Walk through a check first, and I will offer it at the end."
NOT_ENROLLED_TITLE = "Records need an account"
NOT_ENROLLED = (
    "Your organisation lets people record decisions here only under their account, and I do not know yours. Ask your "
    "administrator for an invitation to this chat. The guidance is open to you without one."
)
NOTHING_TO_CONFIRM = "There is nothing waiting to be confirmed."
NOT_A_NAME_NOTHING = "I masked nothing in your last message, or it is no longer in memory. Type it again."
CHOOSE_CHECK_TITLE = "Which check?"
CHOOSE_AREA_TITLE = "Which area do you work in?"
CHOOSE_AREA = "I lead with that area's guidance and say where others differ."
AREA_CHOSEN = "I now lead with the guidance of {area}."
MENU_TITLE = "Menu"
MENU = "Choose a check, or type a question."
CHANGE_TITLE = "Change an earlier answer"
CHANGE = "Choose the answer to change. The answers after it are asked again."
NOTHING_TO_CHANGE = "There is no earlier answer to change."
GUIDE = "This is guidance. The decision is yours."
URGENT_NOT_CHECKED = "I do not watch this chat. It cannot call anyone for you."
URGENT_GO_ON = "When everyone is out of danger, you can go on where you were."
MASKED_ONE = "I masked 1 detail before reading your message."
MASKED_MANY = "I masked {count} details before reading your message."
MASKED_ADVICE = "Leave identifying details out. If I am wrong, choose the button that says so."

# ---- browsing, pages and flowcharts
SITUATIONS_TITLE = "Browse by situation"
SITUATIONS = "Choose what is nearest to where you are."
KINDS_TITLE = "Browse by kind"
KINDS = "Choose what you are looking for."
BROWSE_PAGE = "Page {number} of {total}"
BROWSE_LINK = "See all of these on one page"
TOPIC_PAGE = "Read or print this answer on its own page"
CHECK_PAGE = "Read or print this check on its own page"
URGENT_PAGE = "Read or print this on its own page"
NO_CHART = "There is no check open, so there is no flowchart to show. Choose a check first."
CHART_SAID = "You said:"
CHART_HERE = "You are here."

# ---- letters and forms
LETTERS_TITLE = "Letters and forms"
LETTERS = "Choose one to see what it is for. You can take it as a Word document or as a PDF."
LETTERS_FIT = "These fit where you are. Choose one to see what it is for and what would be filled in."
LETTER_FILLED_TITLE = "Filled in from this conversation"
LETTER_FILLED = "Check each line, and change it in the document where it is wrong:"
LETTER_NOT_FILLED = "Nothing yet. Walk a check first where you want the form to hold its outcome."
LETTER_BLANK_TITLE = "Left blank for you"
LETTER_BLANK = "Fill these in by hand. Do not type names or other identifying details into this chat."
LETTER_GUIDE = "The document is made when you take it, and I keep no copy. Check it before you send it. You decide."
LETTER_WITHHELD = "Every document behind this letter is past the limit that {area} sets for its review. It is withheld."
LETTER_ASK = "Ask your safeguarding lead for the letter that your area uses."
LETTER_GONE = "This conversation has ended, so nothing can be filled in."
LETTER_AGAIN = "Start a new one, open the letter or form again, and take it from there."

# ---- the record
DRAFT_TITLE = "For the record ({number} of {total})"
DRAFT_TEXT_HINT = "Type it in your own words, without names. Anything identifying is masked."
PREVIEW_TITLE = "Check before it is kept"
PREVIEW = "Nothing has been written yet. This is every field that would be kept:"
PREVIEW_BLANK = "Left blank: {fields}."
PREVIEW_APPROVAL = "This decision waits for a manager's approval after it is recorded."
PREVIEW_ACT = "Do not wait for the record before you act on harm."
RECORDED_TITLE = "Recorded"
RECORDED = "Your reference is {reference}. Write it down: it is the way to find this record again."
RECORDED_ALREADY = "This was recorded already, and only once. Your reference is {reference}."
RECORDED_APPROVAL = "It waits for a manager's approval. Tell your manager the reference."
IDENTITY_OFFER = (
    "You can now add identifying details, kept apart and encrypted. This is a second step, with its own confirmation."
)
IDENTITY_ELSEWHERE = (
    "Identifying details are not typed into this chat. Add them on your organisation's own page for this record."
)
IDENTITY_PAGE_BUTTON = "Add details on the organisation's page"
IDENTITY_PAGE_TITLE = "The organisation's own page"
IDENTITY_PAGE = (
    "This link opens a form, once, for {minutes} minutes. What you type there goes to your organisation only. Nothing "
    "is kept until you confirm it there. Do not pass the link on."
)
IDENTITY_PAGE_LINK = "Add identifying details to {reference}"
HAND_IN_OFFER = "You did not sign in, so no account stands behind this record yet. You can hand it in under yours."
HAND_IN_BUTTON = "Hand it in under my account"
HAND_IN_TITLE = "Hand the record in"
HAND_IN = (
    "This link works once, for {hours} hours. You sign in, and your account then stands behind the record. Do not pass "
    "the link on."
)
HAND_IN_LINK = "Hand in {reference}"
HAND_IN_DONE = "The record {reference} does not wait to be handed in any more."
IDENTITY_TITLE = "Identifying details for {reference}"
IDENTITY_HINT = "Not kept until you confirm. Type it, or leave it blank."
ADVICE_AFTER_DETAILS = "You can ask an adviser after this step. Confirm the details first, or keep none of them."
IDENTITY_LOST = "The details you typed were held in memory only and are gone. Type them again."
IDENTITY_WHY = (
    "With these details your organisation can find the case again. They are kept apart from the record, encrypted."
)
AT_FIRST_DETAIL = "This is the first detail, so there is no earlier one."
IDENTITY_PREVIEW = "Nothing of this has been kept yet. Confirm to keep it, encrypted and apart from the record:"
IDENTITY_KEPT = "The details are kept, encrypted, with the record {reference}."
IDENTITY_NONE = "Nothing that you typed was kept with the record {reference}."
IDENTITY_EMPTY = "You left every detail blank, so there is nothing to add."
FIELD_TOO_LONG = "That is longer than {limit} characters. Shorten it: nothing was kept."
ERROR_TITLE = "That did not work"
FAULT = "Something failed inside Sharewell, and nothing was changed. Try again, or tell whoever runs Sharewell."
