"""Addresses with their village, units on sites, rare surnames in small letters, and services by their kind."""

from __future__ import annotations

import pytest

from bot.privacy import Gate

WHOLE = {
    # a village or a second number belongs to the address
    "the plan went to 6 tanners fold, ottersby": "6 tanners fold, ottersby",
    "he is at the old smithy, little mowbury": "the old smithy, little mowbury",
    "41 and 43 Bobbin Row both complain": "41 and 43 Bobbin Row",
    # a unit on a site, though no street is named
    "they are on plot 8 heron hill": "plot 8 heron hill",
    "nobody in at bungalow 4 orchard field": "bungalow 4 orchard field",
    "chalet 9 sandy cove has children in it": "chalet 9 sandy cove",
    # a rare word behind a name that is no word
    "coach martin tully left before we could ask": "martin tully",
    "report on doreen tack for the niece": "doreen tack",
    "emma k texted me last night": "emma k",
    "ring lucy-anne stubbings on monday": "lucy-anne stubbings",
    "trevor pipe has arrears": "trevor pipe",
    # what somebody is called
    "Babs at number 4 rang": "Babs",
    "a chap called bash gives them vapes": "bash",
    "the ward discharged rowan and told nobody": "rowan",
    "sister bernadette heard it in confession": "sister bernadette",
    # services
    "warden at Larch Close sheltered scheme rang": "Larch Close sheltered scheme",
    "Elm View respite unit lost the chart": "Elm View respite unit",
    "worker from lantern women's refuge": "lantern women's refuge",
    "Canal Street Mosque madrassah has no lead": "Canal Street Mosque madrassah",
    "the nursery (Tiny Frogs at Marden) rang": "Tiny Frogs at Marden",
    "the care home (elmstead) lost it": "elmstead",
    "last school hollin rise sent no file": "hollin rise",
}
LEFT_ALONE = """
can the last school refuse to send the file
what happens if the old school never sent the file
the previous nursery (now closed) has the records
the hospital (inpatient) refused
can a respite unit share with the family
is a women's refuge allowed to tell police
does a sheltered scheme manager need consent
a boy called police himself
a lady called asking about her records
she was discharged hope she copes
4 and 6 weekly reviews
2 or 3 close calls
cottage 2 miles away
her sister told the priest
"""


@pytest.mark.parametrize(("text", "whole"), WHOLE.items())
def test_is_masked_whole(gate: Gate, text: str, whole: str) -> None:
    start = text.index(whole)
    found = [span for span in gate.scan(text) if span.start <= start and start + len(whole) <= span.end]
    assert found, gate.mask(text).text


@pytest.mark.parametrize("text", LEFT_ALONE.strip().splitlines())
def test_is_left_alone(gate: Gate, text: str) -> None:
    assert gate.scan(text) == ()


def test_kin_stays_readable(gate: Gate) -> None:
    assert gate.mask("her sister Emma hit him").text == "her sister [name] hit him"


def test_a_village_needs_its_comma_and_a_place(gate: Gate) -> None:
    assert gate.mask("lives at 6 Tanners Road, nobody knows").text == "lives at [address], nobody knows"
