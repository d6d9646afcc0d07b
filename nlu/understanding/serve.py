"""Serves a trained model on the loopback interface: `python -m understanding.serve --model FILE --port PORT`.

Does what `rasa run` does with one connector, without the parts that are not used, so that it is ready sooner.
The key that every request must carry comes in the environment variable SHAREWELL_NLU_KEY, or in the file that
SHAREWELL_NLU_KEY_FILE names.
"""

from __future__ import annotations

from understanding.quiet import silence

silence()

import argparse  # noqa: E402
import os  # noqa: E402
import stat  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any, List, Optional  # noqa: E402

KEY_VARIABLE = "SHAREWELL_NLU_KEY"
KEY_FILE_VARIABLE = "SHAREWELL_NLU_KEY_FILE"
_ROUTE = "/webhooks/"
_WRONG_USAGE = 2


def main(arguments: Optional[List[str]] = None) -> int:
    """Serve until stopped. Returns 2 when the key or the model is missing."""
    parser = argparse.ArgumentParser(prog="python -m understanding.serve", description="Serves the trained model.")
    parser.add_argument("--model", required=True, type=Path, help="the trained model, or the folder of it")
    parser.add_argument("--port", required=True, type=int, help="the port to listen on")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--endpoints", type=Path, help="Rasa's endpoints file, to keep trackers and locks in Redis")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    options = parser.parse_args(arguments)
    if options.with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        key = _key()
    except ValueError as problem:
        return _complain(str(problem))
    model = _model(options.model)
    if not model.is_file():
        return _complain(f"There is no model at {options.model}. Run ./sharewell setup.")
    app = build_app(model, key, options.endpoints)
    app.run(host=options.host, port=options.port, access_log=False, debug=False)
    return 0


def _model(place: Path) -> Path:
    """The model itself: in a folder that the set-up made, the file `current` names it."""
    pointer = place / "current"
    return place / pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else place


def _key() -> str:
    """The key, taken out of the environment. Raises ValueError saying what is missing; the words never hold the key."""
    given, name = os.environ.pop(KEY_VARIABLE, ""), os.environ.pop(KEY_FILE_VARIABLE, "")
    if given and name:
        raise ValueError(f"Both {KEY_VARIABLE} and {KEY_FILE_VARIABLE} are set. Set one of them.")
    if given:
        return given
    if not name:
        raise ValueError(f"{KEY_VARIABLE} is not set. Set it to a secret that the application also has.")
    try:
        mode, key = os.stat(name).st_mode, Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"The file {name} of {KEY_FILE_VARIABLE} cannot be read.") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ValueError(f"Other accounts of this machine may use the file {name}. Close it: chmod 600 {name}")
    if len(key.split()) != 1:
        raise ValueError(f"The file {name} does not hold one line. Put the key on one line.")
    return key


def _end_with_parent() -> None:
    """Standard input is a pipe that the application holds open: when it was killed, the pipe closes and so do we."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(0)


def build_app(model: Path, key: str, endpoints: Optional[Path] = None) -> Any:
    """The Sanic application with the model loaded and the one connector registered."""
    from rasa.core.channels.channel import register
    from rasa.utils.log_utils import configure_structlog
    from sanic import Sanic

    from understanding.channel import SharewellChannel

    configure_structlog()
    app = Sanic("sharewell_nlu", configure_logging=False)
    app.ctx.agent = _load_agent(model, endpoints)
    register([SharewellChannel(key)], app, route=_ROUTE)
    return app


def _load_agent(model: Path, endpoints: Optional[Path]) -> Any:
    from rasa.core.agent import Agent
    from rasa.core.lock_store import LockStore
    from rasa.core.tracker_store import TrackerStore

    from understanding.trackers import ForgettingTrackerStore

    if endpoints is None:
        return Agent.load(model, tracker_store=ForgettingTrackerStore())
    from rasa.core.utils import AvailableEndpoints

    available = AvailableEndpoints.read_endpoints(str(endpoints))
    return Agent.load(
        model,
        tracker_store=TrackerStore.create(available.tracker_store),
        lock_store=LockStore.create(available.lock_store),
    )


def _complain(words: str) -> int:
    print(words, file=sys.stderr)
    return _WRONG_USAGE


if __name__ == "__main__":
    sys.exit(main())
