"""A backup of the log alone whose compressed bytes were changed: said to be not whole, never a bare fault of zlib."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.decision_log import BackupError, DecisionLog, KeySource, restore_backup, write_backup

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
HEADER = 10  # bytes of gzip before what is compressed


def test_changed_bytes_are_said_to_be_no_whole_backup(home: Path, tmp_path: Path) -> None:
    url, key, file = f"sqlite:///{home / 'log.db'}", home / "log.key", tmp_path / "backup"
    DecisionLog.open(url, key).close()
    write_backup(url, file, NOW, 5.0)
    whole = file.read_bytes()
    file.write_bytes(whole[:HEADER] + b"\xff" * 8 + whole[HEADER + 8 :])
    with pytest.raises(BackupError, match="not whole"):
        restore_backup(f"sqlite:///{tmp_path / 'other.db'}", file, KeySource(key), 5.0)
