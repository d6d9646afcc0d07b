"""Every fixed sentence of an export. A test holds them to the reading limits."""

from __future__ import annotations

from types import MappingProxyType

from bot.decision_log import EntryKind, RecordStatus

TITLE_RECORD = "Record of a decision"
TITLE_PERIOD = "Records of a period"
TITLE_SUBJECT_ACCESS = "Records for a subject access request"
MADE = "Made on {day} from the decision log. Records: {count}."
LEFT_OUT = "What was written in words is left out. So are identifying details."
INCLUDED = "What was written in words is included. Identifying details are left out."
CHECK_THIRD_PARTIES = (
    "Before you hand this over, read every text and look for other people in it. Ask your data protection officer what "
    "must be left out. Ask your safeguarding lead whether handing it over could put somebody at risk."
)
CONFIDENTIAL = "Confidential. Keep it where your organisation keeps records. Destroy copies that you no longer need."
FOOTER = "Sharewell export. Confidential."
ERASED = "What this record held was erased on {day}."
WITHHELD = "(text left out)"
APPROVED_OF_UNKNOWN = "Approved, by a manager who said that they did not make the record"
BLANK = "Left blank"
NOT_SHOWN = "Some letters cannot be set in this PDF and are shown as a white square. The JSON file has them all."

FACTS_TITLE = "The decision"
FIELDS_TITLE = "What was recorded"
EVENTS_TITLE = "What happened to it"
NOTHING_RECORDED = "No field is held any more."
WHAT_COLUMN = "What"
WHAT_STANDS_COLUMN = "What stands in the record"
WHEN_COLUMN = "When and by whom"

REFERENCE = "Reference"
RECORDED_AT = "Recorded"
CHECK = "Check"
OUTCOME = "Outcome"
AREA = "Area"
STATUS = "Status"
AUTHOR = "Account"
VERSION = "Version of the guidance"
NOBODY = "nobody who was signed in"

READ_ME = """This is an export of the Sharewell decision log.

{made}
{redaction}
{confidential}
{note}
records.pdf is for reading. records.csv is for a spreadsheet. records.json is for programs.

The folder proof shows that nothing was changed. To check it, you need Python and the package cryptography:

    python3 verify_export.py THIS-FILE.zip PUBLIC-KEY-FILE

The script stands in the folder proof, and in the program. Take it from the program if you do not trust this file.
Get the public key from the organisation in another way, and compare it with proof/public-key.txt.
The entry of this export stands in the log, with the digest of proof/manifest.json.
"""

STATUSES = MappingProxyType(
    {
        RecordStatus.RECORDED: "Recorded",
        RecordStatus.WAITING_FOR_APPROVAL: "Waiting for approval",
        RecordStatus.APPROVED: "Approved",
        RecordStatus.RETURNED: "Returned",
        RecordStatus.TAKEN_OVER: "Taken over by a manager",
    }
)
KINDS = MappingProxyType(
    {
        EntryKind.GENESIS: "Log begun",
        EntryKind.DECISION: "Recorded",
        EntryKind.CORRECTION: "Corrected",
        EntryKind.SUBMISSION: "Handed in for approval",
        EntryKind.APPROVAL: "Approved",
        EntryKind.RETURN: "Returned",
        EntryKind.TAKE_OVER: "Taken over",
        EntryKind.REVIEW: "Reviewed",
        EntryKind.IDENTITY: "Identifying details added",
        EntryKind.IDENTITY_READ: "Identifying details read",
        EntryKind.HOLD: "Held: nothing of it may be erased",
        EntryKind.RELEASE: "Hold ended",
        EntryKind.RETENTION_REVIEW: "Reviewed before erasure",
        EntryKind.ERASURE: "Erased",
        EntryKind.EXPORT: "Exported",
        EntryKind.KEY_ROTATION: "Key changed",
        EntryKind.CLOCK: "Clock accepted",
    }
)
