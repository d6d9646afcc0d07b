"""Every fixed sentence about advice without names. A test holds them to the reading limits."""

from __future__ import annotations

# ---- asking
SUBJECT_TITLE = "Ask an adviser without names"
SUBJECT = (
    "Describe a situation without names. An adviser of your area answers here. The adviser sees neither your name nor "
    "your account.\n\n"
    "What is it about?"
)
OPERATOR = "You are anonymous to the adviser. Whoever runs this channel, or your telephone company, may still know you."
NOT_WATCHED = "Nobody watches this round the clock. In immediate danger, call 999."
URGENCY_TITLE = "How soon do you need an answer?"
URGENCY = (
    "Choose the latest that would still help. If anyone could come to harm while you wait, do not wait for advice."
)
TEXT_TITLE = "Describe the situation"
TEXT = (
    "Say what worries you and what you want to know. Use roles, such as the child, mum or a carer. Leave out names, "
    "places and dates.\n\n"
    "I mask what I recognise. You see everything before it is sent. What you type is held in memory only."
)
MORE_TITLE = "Add to your words"
MORE = "Type what you want to add. It goes below what you have typed:"
EDIT = "This is what you have typed. Type it again in other words:"
TOO_LONG = "With that it would be longer than {limit} characters. Shorten it: I changed nothing."
LOST = "What you had typed was held in memory only, and is gone. Type it again."
DANGER_TITLE = "Is anyone in danger now?"
DANGER = (
    "Your words sound like danger. Advice takes hours or days, and nobody watches this round the clock. If someone "
    "could be in danger now, do not wait for it."
)
GENERAL_TITLE = "This could point to one person"
GENERAL = (
    "Each of these fits many people. Together they may fit one. Advisers need what happened, and seldom need these "
    "details. Choose more general words, change your own, or keep them:"
)
GENERAL_LEAVE_OUT = "leave this out"
GENERAL_USED = "I changed these words. Read them once more before you send."
PREVIEW_TITLE = "Check before it is sent"
PREVIEW = "Nothing has been sent yet. This is everything that the adviser would see:"
PREVIEW_WHO = (
    "- It goes to the advisers for {subject} in {area}. They see what stands above, the time to the hour, "
    "and whether you have read their answers.\n"
    "- You are anonymous to the adviser. Whoever runs this channel may still know you.\n"
    "- Your words and answers are kept encrypted. All of it is destroyed {days} days after the last message. You can "
    "destroy it sooner."
)
PREVIEW_TIMES = "An adviser should take it by {acknowledge}, and your thread then says so. An answer is due by {reply}."
PREVIEW_CLOSED = "No adviser works now. The next ones begin on {day}."
PREVIEW_MESSAGE = "Nothing has been sent yet. This is what the adviser would see in {reference}:"
ANSWERS_TITLE = "Answers of your check"
ANSWERS = "These go with your words. Choose any that you want to leave out:"
NO_ANSWERS = "There are no answers of a check to send."
NOTHING_TYPED = "There are no words to send yet."
STOPPED = "I wiped what you had typed. Nothing was sent."
NOBODY = (
    "No adviser answers on {subject} in this area at the moment, so nothing can be sent. You can still ask by "
    "telephone."
)
UNAVAILABLE_TITLE = "Nobody can be asked here now"
UNAVAILABLE = "Advice in writing is not available here at the moment. You can ask by telephone, without names."
ONE_AT_A_TIME = "You have typed something that was not sent. Send it or stop it first."
UNSENT_FIRST = "You have typed something that was not sent. If you go on, it is wiped."
OPEN_LOSES = "Your code opens a thread. You have typed something that was not sent. If you open it, that is wiped."
WHY_TITLE = "Why this is asked"
WHY_SUBJECT = (
    "Different advisers answer on children, on adults and on data protection. Your question goes to the right ones."
)
WHY_URGENCY = "It sets by when you get an answer. Advisers see first what cannot wait."
WHY_TEXT = (
    "An adviser who knows no name can still say what the guidance asks of you, and whether to go on to a referral."
)
WHY_GENERAL = "In a small place, an age, a school and an event may be enough to know who is meant."
WHY_CODE = "The code is the only way back to your thread. I keep no copy of it, so nobody can look it up."

# ---- sent
SENT_TITLE = "Sent: write down your receipt code"
SENT = (
    "This is the only time that I show it. Nobody can look it up for you. Whoever has it can read your thread."
)
SENT_IN_CHAT = "This chat may keep the message with your code. Write the code down elsewhere, then delete the message."
CODE_LABEL = "Receipt code"
REFERENCE_LABEL = "Reference"
BACK_TITLE = "How to come back"
BACK = (
    "- Type /advice and then your 16 digits, here or on any other channel of this service.\n"
    "- The reference names your question in a record. It opens nothing.\n"
    "- Your thread is destroyed on {expires} if nothing more is written."
)
CODE_TITLE = "Open your thread"
CODE = "Type the 16 digits of your receipt code. Spaces do not matter. I do not keep the code."
CODE_NEARLY = "A receipt code has 16 digits, and that was not one. Look at yours again, and type all of it."

# ---- the thread
EARLIER = "Earlier messages that are not shown here: {count}."
THREAD_TITLE = "Your question {reference}"
THREAD_OPEN = "Your thread {reference} is open in this conversation."
WRITE_TITLE = "Write to the adviser"
WRITE = "Type your message to the adviser in {reference}, without names. You see it before it is sent."
ANSWER_BACK = "The adviser asks you something. Type your answer, without names. You see it before it is sent."
STATE_WAITING = "It waits for an adviser."
STATE_TAKEN = "An adviser has your question, and will answer."
STATE_OVERDUE = "The answer is late. If it cannot wait, ask by telephone."
STATE_ASKED = "The adviser asked you something back."
STATE_ANSWERED = "The adviser has answered."
STATE_CLOSED = "It is closed: nothing more can be written."
MESSAGE_SENT = "Your message is sent. An answer is due by {reply}."
FOLLOW = "The adviser points to this guidance:"
DECIDE = "An adviser advises, and you decide."
LEAVE_CLOSE_TITLE = "Close your question?"
LEAVE_CLOSE = "Nothing more can be written in it then, by you or by an adviser. You can read it until {expires}."
CLOSED = "Your question is closed. You can read it with your code until {expires}."
WIPE_TITLE = "Destroy your question now?"
WIPE = "Your words and the answers are destroyed at once. Nobody can bring them back, and the code opens nothing more."
WIPED = "Your question and its answers are destroyed. The code opens nothing more."
OPENED_AGAIN = "Your thread is open again. What you had typed is still here, and was not sent."
NO_THREAD = "No thread is open in this conversation. Type your receipt code to open yours."

# ---- to a record, to a referral, and being told
RECORD_TITLE = "Advice for your record"
RECORD_TEXT = "Anonymous advice {reference}{replied}. Outcome: {outcome}"
RECORD_REPLIED = ", answered on {day}"
RECORD_NO_OUTCOME = "none marked yet"
RECORD_ADDED = "I put the reference of the advice and its outcome into your record. No word of the thread goes with it."
RECORD_LATER = (
    "I will put the reference of the advice and its outcome into the next record of this conversation. Walk the check "
    "that it is about, and choose to record the decision."
)
REFERRAL_TITLE = "Go on to a referral with names"
REFERRAL = (
    "Nobody is named unless you do it. Do not wait for this page where harm is likely: telephone first, and call 999 "
    "in an emergency.\n\n"
    "The names never go into this thread. You give them to the service that gets the referral."
)
REFERRAL_STEPS = (
    "- Telephone the service. Ask who takes referrals and by which secure route.\n"
    "- Take the referral summary as a document, and fill in the names by hand.\n"
    "- Record your decision. Then add identifying details in their own step."
)
REFERRAL_ELSEWHERE = "Identifying details are not typed into this chat. Add them on your organisation's own page."
REFERRED = "I noted in the thread that you made a referral. No name is kept with it."
NOTICE_TITLE = "Be told of a reply?"
NOTICE = (
    "By default I store nothing by which I could write to you. If you choose this, I store the address of this chat "
    "with your thread, encrypted.\n\n"
    "- Whoever holds the database and its key could find your account by it.\n"
    "- The message says only that there is a reply. It holds no code and no words of the thread.\n"
    "- The address is destroyed with the thread, or when you turn this off."
)
NOTICE_ON = "I will tell you here when there is a reply. You can turn this off in the thread."
NOTICE_OFF = "I destroyed the address. Come back with your code to see whether there is a reply."
NOTICE_TEXT = "There is a reply to a question that you asked. Type /advice and then your receipt code to read it."
NOTICE_IMPOSSIBLE = "This channel cannot tell you of a reply. Come back with your code."

# ---- by telephone
TELEPHONE_TITLE = "Read this out on the telephone"
TELEPHONE_WHO = "Whom to ask"
REFERRAL_WHO = "Whom to tell"
TELEPHONE_OPEN = "I am asking for advice without naming anybody. It is about {subject}."
TELEPHONE_TEXT = "This is the situation: {text}"
TELEPHONE_GAP = "This is the situation: say in a few sentences what happened, with roles and without names."
TELEPHONE_ANSWERS = "I walked through the check “{check}”. These were my answers:"
TELEPHONE_CLOSE = (
    "What do you advise me to do next, and how soon? Do you need to know who it is? Who are you, so that I can note "
    "who advised me?"
)
TELEPHONE_NOTE = "Write down the answer, the time and who gave it. If harm becomes likely, act at once."

SUBJECTS = {"children": "A child", "adults": "An adult", "data-protection": "Data protection"}
SUBJECT_NAMES = {"children": "children", "adults": "adults", "data-protection": "data protection"}
ABOUT = {"children": "a child", "adults": "an adult", "data-protection": "data protection", "": "a worry"}
URGENCIES = {
    "same-day": "Today", "within-3-working-days": "Within 3 working days", "routine": "It can wait longer",
}  # fmt: skip
