"""Every fixed sentence of the advisers' pages. A test holds them to the reading limits."""

from __future__ import annotations

from types import MappingProxyType

from bot.consultations import Kind, Outcome, Side, State, Subject

INBOX_TITLE = "Advice"
INBOX_ABOUT = "Questions without names that wait for an adviser."
OVERDUE_TITLE = "Overdue"
WAITING_TITLE = "Waiting"
ANSWERED_TITLE = "Answered or asked back"
NOTHING = "Nothing waits for you."
MORE = "{count} more are not shown. They follow when these are done."
NO_SUBJECTS = (
    "Your account names no subject yet, so no question reaches you. Ask an administrator to set your subjects: "
    "children, adults or data protection."
)
ABOUT_TIMES = "All times are shown to the hour, so that nobody can be found by them."
MINE = "You have taken it"
OTHERS = "Another adviser has taken it"
NEW = "Nobody has taken it"
ACKNOWLEDGE_BY = "Take it by {when}"
REPLY_BY = "Reply by {when}"
LATE = "It is late. Reply by was {when}"
SINCE = "Last message {when}"

WHO = (
    "You see neither who asks nor where from. If you recognise somebody, or are part of it, declare a conflict before "
    "you read on."
)
NOT_WATCHED = (
    "If the words speak of danger now, write at once that the person must call 999 or social care. The person may not "
    "read it today."
)
FACTS_TITLE = "The question"
SUBJECT_LABEL = "Subject"
AREA_LABEL = "Area"
URGENCY_LABEL = "Needed"
STATE_LABEL = "Where it stands"
TIME_LABEL = "Time"
OUTCOME_LABEL = "Outcome"
READ_LABEL = "Read"
READ_YES = "The person has seen your last message"
READ_NO = "The person has not yet seen your last message"
EXPIRES_LABEL = "Destroyed"
EXPIRES = "{when}, unless more is written"
ANSWERS_TITLE = "Answers of the check"
ANSWERS_OF = "The person walked this check and agreed to send these answers."
MESSAGES_TITLE = "Messages"
LINKS = "Pointed to"

TAKE_TITLE = "Take it"
TAKE = "The person is told that an adviser has it. It leaves the lists of the others."
TAKE_BUTTON = "Take this question"
REPLY_TITLE = "Reply"
REPLY_LABEL = "Your reply"
NO_NAMES_HINT = "Leave out names and other details that identify a person, your own as well."
LINK_LABEL = "Topic or check to point to"
LINK_NONE = "None"
TOPICS = "Topics"
CHECKS = "Checks"
REPLY_BUTTON = "Send the reply"
ASK_TITLE = "Ask back"
ASK = "Ask only for what your advice depends on. Never ask for a name."
ASK_LABEL = "Your question"
ASK_BUTTON = "Send the question"
OUTCOME_TITLE = "Mark the outcome"
OUTCOME = "The person sees it, and may put it into a decision record with the reference of this thread."
OUTCOME_PICK = "What the advice came to"
OUTCOME_BUTTON = "Mark the outcome"
HAND_ON_TITLE = "Hand on"
HAND_ON = "It goes to the other adviser's list and leaves yours."
HAND_ON_LABEL = "Adviser"
HAND_ON_ANY = "Any adviser of this area and subject"
HAND_ON_BUTTON = "Hand it on"
HAND_ON_NOBODY = "Nobody else answers on this subject in this area. Ask an administrator for another adviser."
CONFLICT_TITLE = "Declare a conflict"
CONFLICT_LINK = "Declare a conflict"
CONFLICT = (
    "Declare it if you recognise somebody, have a part in it, or cannot be fair. The question then leaves you for good "
    "and goes back to the other advisers. You do not say why."
)
CONFLICT_ALONE = (
    "Nobody else answers on this subject in this area. Declare it all the same. Then tell an administrator today that "
    "another adviser is needed."
)
CONFLICT_BUTTON = "Declare the conflict"
ALONE_TITLE = "No other adviser can see this question"
ALONE = (
    "You declared a conflict, and nobody else answers on this subject here. Tell an administrator now that {reference} "
    "needs an adviser. The person was promised a reply by {when}."
)
TO_INBOX = "Go to your list"
CLOSED = "The person has closed this thread. Nothing more can be written in it."
NEEDS_TEXT = "Write what you want to say."
IDENTIFIES = "This text may identify a person: {found}. Leave it out, and send the form again."
CHOOSE_OUTCOME = "Choose an outcome."
CHOOSE_ADVISER = "Choose who takes it on."
FIRST = "Somebody wrote in this thread while you had it open. Read what is new, then send your words again."
TAKEN = (
    "Another adviser was first",
    "They have taken this question or answered it while you had it open. Nothing of yours was sent.",
)
UNKNOWN = (
    "There is no such question for you",
    "Another adviser has it, it has ended, or you declared a conflict. Go back to your list.",
)

SUBJECTS = MappingProxyType(
    {Subject.CHILDREN: "Children", Subject.ADULTS: "Adults", Subject.DATA_PROTECTION: "Data protection"}
)
URGENCIES = MappingProxyType(
    {"same-day": "The same day", "within-3-working-days": "Within three working days", "routine": "Routine"}
)
STATES = MappingProxyType(
    {
        State.WAITING: "Waits for an adviser",
        State.ASKED: "Waits for the person",
        State.ANSWERED: "Answered",
        State.CLOSED: "Closed by the person",
    }
)
SIDES = MappingProxyType({Side.USER: "The person who asks", Side.ADVISER: "Adviser"})
KINDS = MappingProxyType(
    {
        Kind.SITUATION: "Situation",
        Kind.MESSAGE: "Message",
        Kind.REPLY: "Reply",
        Kind.QUESTION: "Question back",
        Kind.OUTCOME: "Outcome",
        Kind.REFERRED: "Referral",
    }
)
OUTCOME_HINTS = MappingProxyType(
    {
        Outcome.ADVICE_GIVEN: "The reply says what to do; nobody else needs to be told.",
        Outcome.REFER_CHILDREN: "The person steps to a referral with names, by their own choice.",
        Outcome.REFER_ADULTS: "The person steps to a referral with names, by their own choice.",
        Outcome.REFER_POLICE: "The person tells the police, with names.",
        Outcome.SPEAK_LEAD: "The safeguarding lead of the person's own organisation decides.",
        Outcome.NO_FURTHER_ACTION: "Nothing more is needed now.",
    }
)
