"""Makes the secrets that docker-compose.yml names, random and each in a file: `sudo python3 deploy/make_secrets.py`.

Each file belongs to the account that reads it in its container, and to nobody else. Docker hands a file over with the
owner and the mode that it has here. A folder that already holds something is left alone.
"""

import hashlib
import os
import secrets
import sys
from pathlib import Path

APPLICATION = 10001
"""User of the application and of Rasa in their images."""

DATABASES = 999
"""User of PostgreSQL and of Redis in their images for Debian."""

REDIS_MAY = (
    "+ping +select +get +set +del +exists +zadd +zrem +zrangebyscore +pexpire +watch +unwatch +multi +exec +discard"
)


def contents() -> "dict[str, tuple[int, str]]":
    """The owner and the one line of each file, new at each call."""
    postgres, redis = secrets.token_hex(32), secrets.token_hex(32)
    known_by = hashlib.sha256(redis.encode()).hexdigest()
    return {
        "rasa_key": (APPLICATION, secrets.token_hex(32)),
        "log_url": (APPLICATION, f"postgresql://sharewell:{postgres}@postgres/sharewell"),
        "accounts_url": (APPLICATION, f"postgresql://sharewell:{postgres}@postgres/sharewell_accounts"),
        "advice_url": (APPLICATION, f"postgresql://sharewell:{postgres}@postgres/sharewell_advice"),
        "training_url": (APPLICATION, f"postgresql://sharewell:{postgres}@postgres/sharewell_training"),
        "sessions_url": (APPLICATION, f"redis://sharewell:{redis}@redis:6379/0"),
        "postgres_password": (DATABASES, postgres),
        "redis_users": (DATABASES, f"user default off\nuser sharewell on #{known_by} ~sharewell:* -@all {REDIS_MAY}"),
    }


def write(folder: Path) -> "list[str]":
    """Writes the files. Returns the commands that are left to do where this account may not give files away."""
    folder.mkdir(mode=0o700)
    left = []
    for name, (owner, text) in contents().items():
        path = folder / name
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text + "\n")
        try:
            os.chown(path, owner, owner)
        except PermissionError:
            left.append(f"chown {owner}:{owner} {path}")
    return left


def main(folder: Path) -> int:
    try:
        left = write(folder)
    except FileExistsError:
        print(f"{folder} is there already. Nothing was changed.", file=sys.stderr)
        return 1
    print(f"The secrets are in {folder}. Keep a copy of them apart from the backups.")
    if left:
        print("This account may not give files away. Run this as an administrator:")
        print("\n".join(left))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent / "secrets"))
