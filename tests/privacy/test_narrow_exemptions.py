"""Exemptions made for harmless words, each beside the person whom it must not let through."""

from __future__ import annotations

import pytest

from bot.privacy import Gate

# Of each class: the sentence and the part that must be masked.
LAWS = {
    "My client is James Law": "James Law",
    "chris law disclosed today": "chris law",
    "thomas law is 14": "thomas law",
    "mr harris law wont sign": "mr harris law",
    "Alexis Law is scared of him": "Alexis Law",
    "marcus law has a bruise": "marcus law",
}
TOWNS = {
    "Is Chelsea under 16?": "Chelsea",
    "is georgia under 13": "georgia",
    "Is Savannah under a child protection plan?": "Savannah",
    "is jordan part of the plan": "jordan",
    "is chelsea covered by the court order": "chelsea",
    "is barry covered by the council tax exemption": "barry",
    "has jordan got their own social worker": "jordan",
    "does stanley have their own council flat": "stanley",
    "Which team covers Florence?": "Florence",
    "who covers chelsea on friday": "chelsea",
    "which duty officer covers shirley": "shirley",
    "chelsea is in which class": "chelsea",
    "lewis comes under which form": "lewis",
    "jordan has a lado meeting": "jordan",
    "lewis and derby": "lewis",
    "lewis and derby hit her in the council flat": "lewis",
    "across lewis face": "lewis",
    "marks across kingston back": "kingston",
    "drugs found in lewis room": "lewis",
    "symptoms in shirley": "shirley",
    "signs of harm, bruising in chelsea": "chelsea",
}
MEANT = {
    "Kayleigh means trouble": "Kayleigh",
    "Sophie means her mum": "Sophie",
    "stanley means business": "stanley",
    "jordan means violence": "jordan",
}
PRISONS = {
    "he is in HMP Full Sutton": "HMP Full Sutton",
    "HMP Long Lartin rang": "HMP Long Lartin",
    "moved to HMP Five Wells last week": "HMP Five Wells",
    "hmp high down wont say": "hmp high down",
    "she is in HMP New Hall": "HMP New Hall",
    "dad is in hmp north sea camp now": "hmp north sea camp",
    "a letter from HMP East Sutton Park": "HMP East Sutton Park",
    "she is at HMP Send": "HMP Send",
    "hmp send rang me": "hmp send",
    "in HMP Send the visits are short": "HMP Send",
}
SLANG = {
    "calling it mandy took drugs": "mandy",
    "smoking molly": "molly",
    "dealing henry": "henry",
    "dealing henry drugs at the gate": "henry",
    "henry mixed with the wrong crowd": "henry",
}
MONTHS = {
    "dates for june and her mum": "june",
    "rota for june, her son needs lifts": "june",
    "leave for april who is ill": "april",
}
INITIALS = {
    "mrs z is 82": "mrs z",
    "mr y hit her": "mr y",
    "mr x has slapped him twice": "mr x",
    "Mrs Y's house": "Mrs Y",
}
HOUSES = {
    "she lives at the old school": "the old school",
    "they lived in the old school with an uncle": "the old school",
}
# What the exemptions were made for.
READABLE = """
jays law training
sarahs law how to ask
is clare's law for a friend as well
is Chelsea under kensington council
is barry covered by welsh law
is shirley part of the county council
is beverley part of east yorkshire
has stanley got their own county council
has leigh got its own board
which council covers Florence
Chester falls under which authority
Chelsea and Westminster share an office
we cover lewis and derby
families in lewis
the hostel in shirley
services across kingston
rob means steal here
rose means red
can hmp tell us the date
is hmp allowed to share
hmp send letters to victims
does HMP share risk information
young person in a YOI, what now
hmp resettlement team
kids calling it mandy is that mdma
smoking molly or weed
dealing henry and heroin
what is charlie cut with
dates for june please
dates for june and july
Mr X and Mrs Y in the example
what if the old school kept the file
he was fine at the old school
"""


@pytest.mark.parametrize(
    ("text", "part"),
    [pair for kind in (LAWS, TOWNS, MEANT, PRISONS, SLANG, MONTHS, INITIALS, HOUSES) for pair in kind.items()],
)
def test_a_person_is_masked(gate: Gate, text: str, part: str) -> None:
    start = text.index(part)
    covered = [span for span in gate.scan(text) if span.start <= start and start + len(part) <= span.end]
    assert covered, gate.mask(text).text


@pytest.mark.parametrize("text", READABLE.strip().splitlines())
def test_what_the_exemption_was_made_for_stays(gate: Gate, text: str) -> None:
    assert gate.scan(text) == ()
