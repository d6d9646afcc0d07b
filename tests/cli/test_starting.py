"""`sharewell start`: what is refused before anything is started."""

from __future__ import annotations

import pytest

from bot.cli.main import main


@pytest.mark.parametrize("port", ["99999", "65536", "-1", "eighty", "9" * 5000])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["start", f"--port={port}"])
    assert "0 to 65535" in capsys.readouterr().err
