"""Asks a service of docker-compose.yml whether it is well: `python deploy/healthy.py ADDRESS [KEY-FILE]`.

Exit code 0 when it answers with status 200 within three seconds, else 1. The standard library only, any Python from
3.10 on: it runs in both images.
"""

import sys
import urllib.error
import urllib.request
from pathlib import Path

SECONDS = 3.0


def is_well(address: str, key: str = "") -> bool:
    """Whether the service at `address` answers with status 200. `key` is the one that Rasa wants."""
    request = urllib.request.Request(address, headers={"X-Sharewell-Key": key} if key else {})
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # it is beside us: no proxy
    try:
        with ask.open(request, timeout=SECONDS) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


if __name__ == "__main__":
    keys = [Path(name).read_text(encoding="utf-8").strip() for name in sys.argv[2:3]]
    sys.exit(0 if is_well(sys.argv[1], *keys) else 1)
