"""SHAREWELL_SITE_URL: the address of the web pages, or a plain refusal."""

from __future__ import annotations

import pytest

from bot.errors import SettingsError
from bot.settings import from_environment


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""), ("  ", ""), ("https://advice.example.org", "https://advice.example.org"),
        ("https://advice.example.org/", "https://advice.example.org"), ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://example.org/sharewell/", "https://example.org/sharewell"),
    ],
)  # fmt: skip
def test_an_address_is_kept_without_its_last_slash(given: str, kept: str) -> None:
    assert from_environment({"SHAREWELL_SITE_URL": given}).site_url == kept


@pytest.mark.parametrize(
    "given",
    [
        "advice.example.org", "javascript:alert(1)", "ftp://example.org", "https://", "https://a.example/?q=1",
        "https://a.example/#x", "https://user@a.example", "https://a.example/'x", 'https://a.example/"x', "https://a b",
        "https://a.example:port", "https://[::1", "https://a.example/\nx", "https://ex\u00e4mple.org",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="SHAREWELL_SITE_URL"):
        from_environment({"SHAREWELL_SITE_URL": given})
