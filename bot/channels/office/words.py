"""Every fixed sentence of the office. A test holds them to the reading limits."""

from __future__ import annotations

from types import MappingProxyType

from bot.accounts import AccountState, Action, EventKind, Role

OFFICE = "Sharewell office"
EMERGENCY = "In immediate danger, call 999."

# ---- the frame
PROBLEM_TITLE = "There is a problem"
BACK = "Back"
HOME_TITLE = "Your work"
HOME_NOTHING = "Nothing is here for your roles yet."
DENIED = (
    "You may not open this page",
    "It needs the role {roles}, which your account does not have. If you need it, ask an administrator. This was "
    "written down.",
)
DENIED_TO_ALL = "No role may open it. This was written down."
STALE = (
    "This page was out of date",
    "Nothing was changed. Your session may have ended, or begun again in another window. Open the page afresh.",
)
STALE_LINK = "Open the page afresh"
MISSING = ("There is no page here", "Check the address, or go to the first page.")
NOT_ALLOWED = ("That page cannot be used in this way", "Go to the first page and try again.")
TOO_OFTEN = ("Too many requests", "Wait a minute, then try again.")
FIRST_PAGE = "Go to the first page"
IDLE_TITLE = "You will soon be signed out"
IDLE = "Nothing has happened here for a while. What you typed is lost when you are signed out."
IDLE_STAY = "Stay signed in"
IDLE_ENDED_TITLE = "You are signed out"
IDLE_ENDED = "Copy what you typed, if you still need it. Then open this page again."

# ---- signing in
SIGN_IN_TITLE = "Sign in"
SIGN_IN_FIRST = "Sign in to go on to the page that you asked for."
CHAT_NEEDS_NONE = "You need no account to ask for guidance."
CHAT_LINK = "Go to the conversation"
NOBODY_TITLE = "There is no account yet"
NOBODY = (
    "Whoever looks after this service makes the first one. On the server, run this command. It prints a link, which "
    "works once and for three days."
)
NOBODY_COMMAND = "sharewell account invite --role administrator"
WITH_PASSKEY_TITLE = "With a passkey"
WITH_PASSKEY = "Your device asks for your finger, your face or its code."
WITH_PASSKEY_BUTTON = "Sign in with a passkey"
WITH_ORGANISATION_TITLE = "Through your organisation"
WITH_ORGANISATION_LINK = "Sign in through your organisation"
WITH_PASSWORD_TITLE = "With a password"
WITH_PASSWORD_BUTTON = "Sign in with the password"
PASSKEY_NEEDS_SCRIPT = "A passkey needs JavaScript. Without it, use a password."
PASSKEY_NEEDS_NAME = "Passkeys do not work at this address, because it is a number. Open the pages by their name."
PASSKEY_NOT_HERE = "This browser cannot use passkeys here."
PASSKEY_FAILED = "The passkey did not work, or was cancelled. Try again, or use another way."
NAME_LABEL = "Your name here"
NAME_HINT = "The name that you chose when you joined."
NAME_MISSING = "Type your name here."
PASSWORD_LABEL = "Password"
PASSWORD_MISSING = "Type the password."
SHOW_PASSWORD = "Show the password"
HIDE_PASSWORD = "Hide the password"
SIGNED_OUT = "You are signed out."

# ---- showing again who it is
CONFIRM_TITLE = "Show that it is you"
CONFIRM = "What comes next needs care. So show again who you are. It counts for ten minutes."
CONFIRM_PASSKEY_BUTTON = "Use a passkey"
CONFIRM_PASSWORD_BUTTON = "Go on"
CONFIRM_OTHER = ("That was another account", "Use the passkey of the account that you are signed in with.")

# ---- joining
JOIN_TITLE = "Join Sharewell"
JOIN = "You were invited as {roles}. Choose how you are called here, and how you sign in."
JOIN_NAME_HINT = "Colleagues see it. You type it when you sign in with a password. A work name is enough."
JOIN_WAY_LABEL = "How do you want to sign in?"
JOIN_PASSKEY_HINT = "The safest way, and nothing to remember."
JOIN_PASSKEY_BUTTON = "Make a passkey and join"
JOIN_PASSWORD_BUTTON = "Set the password and join"
NEW_PASSWORD_LABEL = "New password"
NEW_PASSWORD_HINT = (
    "At least {shortest} characters. Four words that do not belong together are easy to remember. You may paste it."
)
JOIN_KEPT_TITLE = "What is kept about you"
JOIN_KEPT = (
    "- Your name here, your roles, your team and area, and how you sign in.\n"
    "- When you sign in and out, what you were refused, and changes to your account. Auditors see these.\n"
    "- The records that you confirm or decide while you are signed in carry the id of your account."
)

# ---- one's own account
ACCOUNT_TITLE = "My account"
ACCOUNT_ABOUT = "Your name, your ways to sign in, and where you are signed in."
ROLES_LABEL = "Roles"
TEAM_LABEL = "Team"
AREA_LABEL = "Area"
SUBJECTS_LABEL = "Subjects"
ID_LABEL = "Id of the account"
NONE = "None"
RENAME_BUTTON = "Change the name"
RENAME_HINT = "Colleagues see it. You type it when you sign in with a password."
WAYS_TITLE = "How you sign in"
HAS_PASSWORD = "You have a password."
HAS_NO_PASSWORD = "You have no password."
FROM_ORGANISATION = "You sign in through your organisation."
CHANGE_PASSWORD_LINK = "Change the password"
SET_PASSWORD_LINK = "Set a password"
REMOVE_PASSWORD_BUTTON = "Remove the password"
PASSKEYS_TITLE = "Passkeys"
NO_PASSKEYS = "You have no passkey."
PASSKEY_MADE = "Made on {day}"
ADD_PASSKEY_LINK = "Add a passkey"
REMOVE_BUTTON = "Remove {label}"
PASSWORD_PAGE_TITLE = "Set a new password"
PASSWORD_PAGE = "Your other browsers are signed out when you change it."
SET_PASSWORD_BUTTON = "Set the new password"
PASSKEY_PAGE_TITLE = "Add a passkey"
PASSKEY_PAGE = "A passkey stays in your device or your password manager. We keep only its public half."
PASSKEY_LABEL = "What to call it"
PASSKEY_LABEL_HINT = "Such as: work phone. You may leave it empty."
ADD_PASSKEY_BUTTON = "Make the passkey"
SESSIONS_TITLE = "Where you are signed in"
SESSION_HERE = "This browser"
SESSION_ELSEWHERE = "Another browser"
SESSION_TIMES = "Signed in on {began}. Last used on {seen}."
END_BUTTON = "Sign out there"
END_OTHERS_BUTTON = "Sign out everywhere else"
SESSION_LIMITS = "A session ends after {idle} without use, and after {absolute} in any case."
SIGN_OUT_BUTTON = "Sign out"

# ---- people
PEOPLE_TITLE = "People"
PEOPLE_ABOUT = "Invite people, give them roles, and suspend accounts."
INVITE_LINK = "Invite somebody"
INVITE_TITLE = "Invite somebody"
INVITE = "You get a link to pass on. It works once, and for three days."
INVITE_BUTTON = "Make the link"
INVITE_NAME_LABEL = "Name (optional)"
INVITE_NAME_HINT = "The person can change it when they join."
ROLES_QUESTION = "What will this person do?"
ROLES_QUESTION_HINT = "Choose all that apply."
TEAM_HINT = "Optional. Managers see the records of their own team, so write it the same way for everybody in it."
AREA_HINT = "Optional. The area for which this person is there. An adviser without one answers for every area."
SUBJECTS_HINT = "For advisers: children, adults, data protection. Write one or more, with commas."
LINK_TITLE = "Pass this link on"
LINK_SHOWN_ONCE = "It is shown here once. It works once, until {until}. Whoever has it can join, so send it with care."
LINK_LABEL = "Link"
CHANGE_ROLES_BUTTON = "Change the roles"
CHANGE_PLACE_TITLE = "Team, area and subjects"
CHANGE_PLACE_BUTTON = "Change team, area and subjects"
SUSPEND_TITLE = "Suspend this account"
SUSPEND = "Nobody can sign in with it, and its sessions end now. What it recorded stays."
SUSPEND_BUTTON = "Suspend the account"
RESTORE_TITLE = "Restore this account"
RESTORE = "The person can sign in again, in the ways that they had."
RESTORE_BUTTON = "Restore the account"
RESET_TITLE = "Make a new link"
RESET = (
    "For somebody who has lost a password or a device. Every way into the account is taken away, and its sessions end. "
    "The link then lets the person choose a new way."
)
RESET_BUTTON = "Take the ways away and make a link"
OWN_TITLE = "This is your own account"
OWN = "Another administrator changes your roles or suspends you."
PROVIDER_ROLES = "This person's roles come from your organisation's sign-in. They change with the next sign-in."

# ---- events
EVENTS_TITLE = "Events"
EVENTS_ABOUT = "Sign-ins, denials, and changes to accounts."
EVENTS = (
    "The newest come first. What is kept is the id of an account, never a name, and nothing that anybody typed. Events "
    "are kept for {days} days."
)
EVENTS_NONE = "There are no such events."
EVENTS_KIND_LABEL = "Kind of event"
EVENTS_ALL = "All kinds"
EVENTS_BUTTON = "Show these"
EVENTS_OLDER = "Older events"
EVENTS_NEWEST = "The newest events"
WHEN_LABEL = "When"
WHAT_LABEL = "What"
WHO_LABEL = "Account"
NOBODY_KNOWN = "Nobody known"
BY_COMMAND = "By command on the server"

# ---- help
HELP_TITLE = "Help with these pages"
HELP_SIGN_IN_TITLE = "If you cannot sign in"
HELP_SIGN_IN = (
    "- Wait as long as the page says. Your account is never locked, whatever others type.\n"
    "- A passkey works at once, also while a password has to wait.\n"
    "- If you have lost your password or your device, ask an administrator for a new link."
)
HELP_SESSION_TITLE = "When you are signed out"
HELP_SESSION = (
    "You are signed out when nothing happens for a while, and at the end of the day. A note warns you two minutes "
    "before, where JavaScript is on. Sign out yourself when you leave a computer that others use."
)
HELP_ROLES_TITLE = "What each role may do"
HELP_PERSON_TITLE = "Ask a person"
HELP_PERSON = (
    "Ask your administrator about accounts, and your manager or safeguarding lead about a case.\n\n"
    "In immediate danger, call 999."
)

ROLES = MappingProxyType(
    {
        Role.PRACTITIONER: "practitioner", Role.MANAGER: "manager", Role.ADVISER: "adviser", Role.AUDITOR: "auditor",
        Role.ADMINISTRATOR: "administrator",
    }
)  # fmt: skip
ROLE_HINTS = MappingProxyType(
    {
        Role.PRACTITIONER: "Keeps records under their own account, and reads these.",
        Role.MANAGER: "Reads the records of the team, and decides on approvals.",
        Role.ADVISER: "Answers people who ask for advice without a name.",
        Role.AUDITOR: "Reads all records without identifying details, the reports and the events.",
        Role.ADMINISTRATOR: "Invites people and runs the service. Reads no record.",
    }
)
STATES = MappingProxyType(
    {AccountState.INVITED: "invited", AccountState.ACTIVE: "active", AccountState.SUSPENDED: "suspended"}
)
ACTIONS = MappingProxyType(
    {
        Action.OWN_ACCOUNT: "see their own account",
        Action.RECORD_LIST: "find records that they may read",
        Action.RECORD_READ_OWN: "read their own records",
        Action.RECORD_READ_TEAM: "read the records of the team",
        Action.RECORD_READ_ALL: "read all records, without identifying details",
        Action.RECORD_CORRECT: "correct a record",
        Action.RECORD_REVIEW: "review a record",
        Action.APPROVAL_DECIDE: "decide on approvals",
        Action.IDENTITY_READ: "read identifying details",
        Action.IDENTITY_ERASE: "erase identifying details",
        Action.ADVICE_ANSWER: "answer requests for advice",
        Action.AUDIT_READ: "read the audit report",
        Action.EVENTS_READ: "read the events",
        Action.LOG_EXPORT: "export records",
        Action.RETENTION_READ: "see what is due to be erased",
        Action.RETENTION_RUN: "erase what is due",
        Action.KEY_ROTATE: "change the master key",
        Action.ACCOUNT_MANAGE: "manage accounts",
        Action.TRAINING_READ: "see who showed completed training",
    }
)
EVENT_KINDS = MappingProxyType(
    {
        EventKind.INVITED: "Invited",
        EventKind.ACCEPTED: "Joined",
        EventKind.INVITATION_REFUSED: "Link refused",
        EventKind.IDENTITY_LINK_REFUSED: "Link about a record refused",
        EventKind.ENROLMENT_OFFERED: "Invited to act from Telegram",
        EventKind.ENROLLED: "Acts from Telegram",
        EventKind.ENROLMENT_ENDED: "No longer acts from Telegram",
        EventKind.SIGNED_IN_PASSWORD: "Signed in with a password",
        EventKind.SIGNED_IN_PASSKEY: "Signed in with a passkey",
        EventKind.SIGNED_IN_PROVIDER: "Signed in through the organisation",
        EventKind.SIGN_IN_FAILED: "Sign-in failed",
        EventKind.SIGN_IN_DELAYED: "Sign-in failed, the next must wait",
        EventKind.SIGNED_OUT: "Signed out",
        EventKind.SESSION_ENDED: "Session ended by its owner",
        EventKind.PROVED: "Showed again who it is",
        EventKind.PROOF_FAILED: "Did not show who it is",
        EventKind.DENIED: "Denied",
        EventKind.FORGED: "Form out of date or forged",
        EventKind.ROLES_CHANGED: "Roles changed",
        EventKind.PLACE_CHANGED: "Team, area or subjects changed",
        EventKind.NAME_CHANGED: "Name changed",
        EventKind.PASSWORD_CHANGED: "Password changed",
        EventKind.PASSKEY_ADDED: "Passkey added",
        EventKind.PASSKEY_REMOVED: "Passkey removed",
        EventKind.SUSPENDED: "Suspended",
        EventKind.RESTORED: "Restored",
        EventKind.RESET: "New link made",
    }
)


def named_roles(roles: frozenset[Role]) -> str:
    """Roles in words, in the order of the table."""
    return ", ".join(ROLES[role] for role in Role if role in roles) or "none"
