"""`sharewell log retention`, `review-retention`, `hold`, `release`, `erase`: the end of a record."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

from bot.application import open_existing_log
from bot.cli.common import InputError, print_json
from bot.cli.guarding import refuse_identifying, require_account
from bot.decision_log import COMMAND_LINE, DecisionLog, Due, DueList
from bot.settings import from_environment


def add_to(actions: Any) -> None:
    retention = actions.add_parser("retention", help="list what is due to be erased, then erase it by its digest")
    how = retention.add_mutually_exclusive_group(required=True)
    how.add_argument("--dry-run", action="store_true", help="list what is due, and change nothing")
    how.add_argument("--confirm", metavar="DIGEST", help="erase what the list of this digest names")
    retention.add_argument("--json", action="store_true", help="write one JSON object")
    _add_account(retention)
    retention.set_defaults(run=_retention)
    review = actions.add_parser("review-retention", help="say that a record may be erased, or is kept until a day")
    _add_reference(review)
    result = review.add_mutually_exclusive_group(required=True)
    result.add_argument("--erase", action="store_true", help="it may be erased when it is due")
    result.add_argument("--keep-until", metavar="DAY", help="it is kept until this day, as 2030-01-31")
    _add_reason(review)
    review.set_defaults(run=_review)
    for name, said, run in (
        ("hold", "let nothing of a record be erased", _hold), ("release", "end the hold of a record", _release),
    ):  # fmt: skip
        action = actions.add_parser(name, help=said)
        _add_reference(action)
        _add_reason(action)
        action.set_defaults(run=run)
    erase = actions.add_parser("erase", help="erase what a record holds, because the person asked for it and may")
    _add_reference(erase)
    erase.add_argument("--again", metavar="REFERENCE", required=True, help="the reference number once more")
    _add_account(erase)
    erase.set_defaults(run=_erase)


def _add_reference(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reference", metavar="REFERENCE", help="the reference number of the record")


def _add_reason(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why, without names; it is kept encrypted")
    _add_account(parser)


def _add_account(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--by", default=COMMAND_LINE, metavar="ACCOUNT", help="the account id to write down (default: %(default)s)"
    )


def _log() -> closing[DecisionLog]:
    return closing(open_existing_log(from_environment(), {}))


def _look(options: argparse.Namespace) -> None:
    """Raises where what was typed may not be kept: a reason that names somebody, or an account that is none."""
    settings = from_environment()
    require_account(settings, options.by)
    if "reason" in options:
        refuse_identifying(settings, "--reason", options.reason)


def _now() -> datetime:
    return datetime.now(UTC)


def _retention(options: argparse.Namespace) -> int:
    _look(options)
    with _log() as log:
        if options.confirm is None:
            due = log.retention_due(_now())
            if options.json:
                print_json(_as_json(due))
            else:
                print("\n".join(_listed(due)))
            return 0
        erased = log.erase_due(options.confirm, options.by, _now())
    if options.json:
        print_json({"erased": [receipt.reference for receipt in erased]})
    else:
        print("\n".join([*(f"{receipt.reference}: erased" for receipt in erased), f"{len(erased)} records erased."]))
    return 0


def _listed(due: DueList) -> list[str]:
    lines = [f"To be erased: {len(due.erasable)}", *(_line(one) for one in due.erasable)]
    lines += [f"To be reviewed first: {len(due.waiting)}", *(_line(one) for one in due.waiting)]
    if due.erasable:
        lines.append(f"To erase the first list: sharewell log retention --confirm {due.digest}")
    return lines


def _line(due: Due) -> str:
    return f"  {due.reference}  {due.area}  {due.decision or 'no decision'}  since {due.kept_from[:10]}"


def _as_json(due: DueList) -> dict[str, Any]:
    return {
        "erasable": [one.reference for one in due.erasable], "to_review": [one.reference for one in due.waiting],
        "digest": due.digest,
    }  # fmt: skip


def _review(options: argparse.Namespace) -> int:
    _look(options)
    with _log() as log:
        if options.erase:
            done = log.agree_to_erase(options.reference, options.by, options.reason, _now())
            print(f"{done.reference} may be erased when it is due.")
            return 0
        until = _day(options.keep_until)
        done = log.keep_until(options.reference, options.by, until, options.reason, _now())
    print(f"{done.reference} is kept until {until.isoformat()}.")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{text}' is not a day.", "Give it as year, month and day, such as 2030-01-31.") from None


def _hold(options: argparse.Namespace) -> int:
    _look(options)
    with _log() as log:
        done = log.hold(options.reference, options.by, options.reason, _now())
    print(f"{done.reference} is held: nothing of it is erased.")
    return 0


def _release(options: argparse.Namespace) -> int:
    _look(options)
    with _log() as log:
        done = log.release(options.reference, options.by, options.reason, _now())
    print(f"The hold of {done.reference} has ended.")
    return 0


def _erase(options: argparse.Namespace) -> int:
    if options.again.strip() != options.reference.strip():
        raise InputError("The two reference numbers differ. Nothing was erased.", "Give the same one twice.")
    _look(options)
    with _log() as log:
        done = log.erase_record(options.reference, options.by, _now())
    print(f"What {done.reference} held was erased. Its entries stay, and the log is still whole.")
    if not done.traces_cleared:
        print("Traces may stand in the database's files and in backups. `sharewell log rotate-key` ends both.")
    return 0
