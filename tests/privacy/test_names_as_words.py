"""Names that are towns, verbs and things: a person where a person is spoken of, else the town or the thing."""

from __future__ import annotations

import pytest

from bot.privacy import Gate, lexicon

PLACES_AND_THINGS = """
which council covers Stanley in durham
has Leigh got its own mash
the placement is in Shirley
Chelsea and Westminster share a team
Nelson library for contact
Chester is in which council
Beverley is East Riding or hull
moved from Barry to Cardiff
lives near Shirley in solihull
Lewes comes under East Sussex
moving from washington to sunderland
the isle of skye
mark every box
is it wrong to josh with pupils
rob means steal
hunter gatherer topic
car jack left outside
poppy tea
the rota for june
june and july are quiet
august was when notice was served
a bag of billy
what is charlie cut with
bishop wants a say
taylor made plan
Mr X and Mrs Y in the example
NICE NG76 on neglect
kirpan at school
nortriptyline and alcohol
the act came in on 1 september 2025
the evangelical church has no lead
the charity hostel has bedbugs
rugby practice finishes late
"""
PEOPLE = {
    "confided in Beverley about it": "Beverley",
    "Barry told me he hits them": "Barry",
    "noticed a change in Shirley lately": "Shirley",
    "took Barry to hospital": "Barry",
    "in Barry's room": "Barry",
    "Barry is under council care": "Barry",
    "Leigh has a council flat": "Leigh",
    "Nelson has a police record": "Nelson",
    "Beverley is still in London": "Beverley",
    "not allowed near Shirley": "Shirley",
    "money moved from Stanley to his son": "Stanley",
    "Ivy leaves the gas on": "Ivy",
    "Star jumps when dad shouts": "Star",
    "rob every night drinks and hits her": "rob",
    "Frank talks about dying": "Frank",
    "Will says mum hits him": "Will",
    "Harlow is 5 and has no shoes": "Harlow",
    "Mark only eats toast": "Mark",
    "Jack up and left": "Jack",
    "rob means to leave her": "rob",
    "Josh with the broken arm": "Josh",
    "taylor made a disclosure": "taylor",
    "Carol singing then broke down": "Carol",
    "Penny dropped a note in my bag": "Penny",
    "support plan for june, her son steals": "june",
    "april and may are sisters": "april",
    "Molly said she took mdma": "Molly",
    "sue in the office opened the letter": "sue",
    "bill in room 4 is shouted at": "bill",
    "king family have moved": "king",
    "An is 15 and missing": "An",
    "My is what she is called": "My",
}
SERVICES = {
    "pay into 60-11-08 / 44820193": "60-11-08 / 44820193",
    "acct 40 17 29 / 61038845 was emptied": "40 17 29 / 61038845",
    "sort code 20-45-81 account 73920164": "sort code 20-45-81 account 73920164",
    "moved to LN29HV with two kids": "LN29HV",
    "a letter to Parkgate Practice": "Parkgate Practice",
    "Moorend JFC under 13s manager shouts": "Moorend JFC under 13s",
    "what if hillcrest ring me again": "hillcrest",
    "the lantern church takes her wages": "the lantern church",
    "kids at the junction youth club": "the junction youth club",
    "darul uloom centre has no checks": "darul uloom centre",
    "in hotel astoria on mill lane": "hotel astoria on mill lane",
    "lives at unit 7, Loom Works": "unit 7, Loom Works",
    "he is in badgers class at Stonelea Infants": "badgers class at Stonelea Infants",
    "took her to Kingsmoor Walk-in": "Kingsmoor Walk-in",
}


@pytest.mark.parametrize("text", PLACES_AND_THINGS.strip().splitlines())
def test_towns_and_things_stay(gate: Gate, text: str) -> None:
    assert gate.scan(text) == ()


@pytest.mark.parametrize(("text", "part"), [*PEOPLE.items(), *SERVICES.items()])
def test_people_and_services_are_masked(gate: Gate, text: str, part: str) -> None:
    assert part in [text[span.start : span.end] for span in gate.scan(text)]


def test_each_line_of_companions_has_a_word_and_its_company() -> None:
    lists = lexicon.load()
    assert [word for word in lists.behind if not word.isalpha() or not (lists.behind[word] | lists.front[word])] == []
    assert lists.front["jack"] >= {"car"} and "gatherer" in lists.behind["hunter"]
