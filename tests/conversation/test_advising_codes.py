"""Receipt codes in what is typed: found before the gate, and shown to nobody."""

from __future__ import annotations

import pytest

from bot.conversation.advising_codes import code_in, masked_with, nearly_a_code
from tests.support.assistants import gate

CODE = "4821773019482265"
GROUPED = "4821 7730 1948 2265"


@pytest.mark.parametrize(
    "text",
    [
        GROUPED, CODE, "4821-7730-1948-2265", f"  {GROUPED}\n", f"my code is {GROUPED}", f"/advice {GROUPED}",
        f"{GROUPED} any reply yet?", "code: 4821.7730.1948.2265.", "4 8 2 1 7 7 3 0 1 9 4 8 2 2 6 5",
        "4821 - 7730 - 1948 - 2265", "4821, 7730, 1948, 2265", "4821/7730/1948/2265", "4821_7730_1948_2265",
        "4821\u200b7730\u200b1948\u200b2265", "(4821) (7730) (1948) (2265)", f"/Advice{CODE}", f"code{CODE}",
    ],
)  # fmt: skip
def test_a_code_is_found_however_it_is_typed(text: str) -> None:
    found = code_in(text)
    assert found is not None and found.code == CODE
    assert not any(sign.isdecimal() for sign in found.rest)


@pytest.mark.parametrize(
    "text",
    [
        "", "07700 900123", "4821 7730 1948 226", "4821 7730 1948 22655", f"{GROUPED} {GROUPED}", f"ref{CODE}",
        "2014, 2015, 2016, 2017", "12/03/2014 - 14/05/2016", "4821, 7730, 1948, 2265, 4821",
        f"the man with the card {GROUPED} took her money on the ward, do i have to tell the police",
    ],
)  # fmt: skip
def test_what_is_no_code_is_left(text: str) -> None:
    assert code_in(text) is None


@pytest.mark.parametrize("text", ["4821 7730 1948 226", "code 4821 7730 1948 22655", "48217730194822",
                                  "4821 / 7730 / 1948 / 226"])
def test_a_mistyped_code_is_known_as_one(text: str) -> None:
    assert nearly_a_code(text)


@pytest.mark.parametrize("text", ["07700 900123", "943 476 5919", "she is 14 and he is 15", "12/03/2011",
                                  "2014, 2015, 2016, 2017"])
def test_other_numbers_are_not(text: str) -> None:
    assert not nearly_a_code(text)


@pytest.mark.parametrize("digits", [GROUPED, "1234 5678 9012 3456", "4821 7730 1948 226",
                                    "4821 / 7730 / 1948 / 2265"])
def test_no_code_gets_past_the_masking(digits: str) -> None:
    text = f"kayleigh told me, and {digits} is what i have, can the nurse on the ward be told"
    masked = masked_with(gate(), text, ())
    assert not any(sign.isdecimal() for sign in masked.text)
    assert [text[span.start : span.end] for span in masked.spans] == ["kayleigh", digits]


def test_a_text_without_codes_is_masked_by_the_gate_alone() -> None:
    text = "spoke to Kayleigh Smith on 07700 900123"
    assert masked_with(gate(), text, ()) == gate().mask(text)
