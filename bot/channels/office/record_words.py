"""Every fixed sentence of the pages about records. A test holds them to the reading limits."""

from __future__ import annotations

from types import MappingProxyType

from bot.decision_log import EntryKind, IdentityState, RecordStatus, RetentionState

RECORDS_TITLE = "Records"
RECORDS_ABOUT = "Find a record by its reference, date, status, or by what it says."
FIND_REFERENCE_LABEL = "Reference"
FIND_REFERENCE_HINT = "Such as SW-7K2M-4Q9D. Leave it empty to list records."
FIND_STATUS_LABEL = "Status"
FIND_ANY = "Any"
FIND_SINCE_LABEL = "Recorded from"
FIND_UNTIL_LABEL = "Recorded up to"
FIND_CHECK_LABEL = "Check"
FIND_DECISION_LABEL = "Decision"
FIND_AREA_LABEL = "Area"
FIND_OUTCOME_LABEL = "Outcome"
FIND_FIELDS = "Find by what the record says"
FIND_FIELDS_HINT = "A record is listed when all that you choose here stands in it, after any corrections."
FIND_BUTTON = "Find records"
FIND_NONE = "No record fits that you may read."
FIND_OLDER = "Older records"
BAD_DATE = "Give the date as the browser offers it, such as 2026-11-20."
BAD_ORDER = "The first day is after the last. Change one of the two."
NOT_YOURS = ("You may not read this record", "It belongs to another team. This was written down.")
UNKNOWN = ("There is no record with this reference", "Check each letter and number. A reference begins with SW.")

INBOX_TITLE = "Approvals"
INBOX_ABOUT = "Decisions that wait for a manager, and records to look at again."
WAITING_TITLE = "Waiting for a decision"
OVERDUE_TITLE = "Overdue"
REVIEWS_TITLE = "Review is due"
INBOX_NONE = "Nothing waits here."
INBOX_MORE = "More records wait. They are listed once these are done."
NOTHING_OWN = "You cannot approve what you recorded yourself."
DUE = "Decide by {when}"
OVERDUE = "Overdue since {when}"

APPROVE_TITLE = "Approve"
APPROVE = "You have read the record, and the decision may be carried out as it stands."
NOTE_LABEL = "Note (you may leave it empty)"
APPROVE_BUTTON = "Approve the decision"
RETURN_TITLE = "Return"
RETURN_LABEL = "What must be changed or looked at again"
RETURN_BUTTON = "Return the record"
TAKE_OVER_TITLE = "Take over"
TAKE_OVER_LABEL = "Why you answer for it from now on"
TAKE_OVER_BUTTON = "Take the record over"
REVIEW_TITLE = "Write down a review"
REVIEW_LABEL = "What came of it"
REVIEW_NEXT_LABEL = "Look again on (you may leave it empty)"
REVIEW_BUTTON = "Keep the review"
SUBMIT_TITLE = "Hand in for approval"
SUBMIT = "A manager sees the record in the list of approvals again."
SUBMIT_BUTTON = "Hand in the record"
NOT_HANDED_IN_HERE = (
    "Only who made a record hands it in here. Nothing was recorded.",
    "Where nobody signed in to make it, whoever did has a link for that from the chat.",
)
HAND_IN_TITLE = "Hand in {reference}"
HAND_IN_RECORDED = "It was recorded on {when}, by somebody who was not signed in."
HAND_IN = (
    "Hand it in only if you made it. Your account then stands behind it, and a manager sees it in the list of "
    "approvals. You cannot approve it yourself."
)
UNKNOWN_AUTHOR = (
    "Nobody signed in to make this record, so nobody knows who did. Who made it can hand it in from the chat. You may "
    "approve it as it stands if you did not make it."
)
NOT_MINE_LABEL = "Who made it"
NOT_MINE = "I did not make this record"
NEEDS_NOT_MINE = "Say that you did not make this record. If you did, ask another manager."
DECLARED = "The manager said that they did not make the record."
NOTHING_CORRECTED = "You corrected this record, so another manager approves it."
NO_NAMES_HINT = "Leave out names and other details that identify a person."
NEEDS_TEXT = "Write a sentence: this is what the record says later."
IDENTIFIES = "This text names what may identify a person: {found}. Leave it out, and send the form again."
TOO_LONG = "This text is too long. Use at most {longest} characters."

CORRECT_LINK = "Correct this record"
CORRECT_TITLE = "Correct a record"
CORRECT = "What was recorded first stays in the record. The correction stands beside it, with your reason."
CORRECT_WHICH = "Choose what to correct"
CORRECT_FIELD_TITLE = "Correct: {field}"
CORRECT_WAITS = "This decision was approved. After a correction it waits for approval again."
CORRECT_TEXT_LABEL = "What it should say"
CORRECT_WORDS_LABEL = "In words (you may leave it empty)"
CORRECT_CHOICE_LABEL = "What it should be"
CORRECT_DAY_LABEL = "The right day"
CORRECT_REASON_LABEL = "Why you correct it"
CORRECT_BUTTON = "Keep the correction"
BLANK_OPTION = "Leave it blank"
BLANK = "Left blank"
NEEDS_VALUE = "Give what this should be, or choose to leave it blank."
BLANK_OR_VALUE = "Either leave it blank or give a value. You cannot do both."
SAME_VALUE = "The record says this already. Change it, or go back to the record."
NOT_TO_CORRECT = (
    "You may not correct this record",
    "Its author, who answers for it, or a manager of the team may. This was written down.",
)
CHANGED_FROM = "Earlier"
CHANGED_TO = "Now"

FIELDS_TITLE = "What was recorded"
TIMELINE_TITLE = "What happened to it"
SCREENS_TITLE = "What was seen on the way"
SCREENS_LINK = "Show the screens of this walk"
EXPORT_LINK = "Export this record"
SCREENS_MISSING = (
    "The guidance of that day is not kept on this server. The answers are shown with the guidance of today."
)
SCREENS_EARLIER = "These are the words of the guidance on the day of the decision."
ANSWERED = "Answer"
OUTCOME_TITLE = "Outcome"
IDENTITY_TITLE = "Identifying details"
IDENTITY_STATES = MappingProxyType(
    {
        IdentityState.NONE: "None were added.",
        IdentityState.HELD: "They are kept encrypted. Reading them is written into the record.",
        IdentityState.ERASED: "They were erased.",
    }
)
READ_TITLE = "Read identifying details"
READ = "Each reading is an entry in the record: who read, when and why. They are shown once, on the next page."
READ_REASON_LABEL = "Why you need to read them"
READ_BUTTON = "Read the details"
READ_LINK = "Read the identifying details"
READ_NOW_TITLE = "Identifying details, shown once"
READ_NOW = "Do not copy them anywhere that your organisation does not control. They are gone when you leave this page."
DETAILS = MappingProxyType(
    {
        "case-reference": "Case reference",
        "whose-information": "Whose information",
        "who-decided": "Who decided",
    }
)
STATUSES = MappingProxyType(
    {
        RecordStatus.RECORDED: "Recorded",
        RecordStatus.WAITING_FOR_APPROVAL: "Waiting for approval",
        RecordStatus.APPROVED: "Approved",
        RecordStatus.RETURNED: "Returned",
        RecordStatus.TAKEN_OVER: "Taken over by a manager",
    }
)
RETENTION = MappingProxyType(
    {
        RetentionState.KEPT: "Kept",
        RetentionState.HELD: "On hold: nothing of it may be erased",
        RetentionState.AGREED: "Erasure was agreed",
        RetentionState.ERASED: "Erased",
    }
)
_KINDS = {
    "decision": "Recorded",
    "correction": "Corrected",
    "identity": "Identifying details added",
    "identity-read": "Identifying details read",
    "erasure": "Erased",
    "submission": "Handed in for approval",
    "approval": "Approved",
    "return": "Returned",
    "take-over": "Taken over",
    "review": "Reviewed",
    "export": "Exported",
}
KINDS = MappingProxyType(
    {kind: _KINDS.get(kind.value, kind.value.replace("-", " ").capitalize()) for kind in EntryKind}
)
BY_NOBODY = "by somebody who was not signed in"
BY_COMMAND = "by command on the server"
TEAM_OF_NOBODY = "Recorded without signing in"
