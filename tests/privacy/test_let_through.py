"""Words of the field and ordinary words that the gate must leave alone."""

from __future__ import annotations

import pytest

from bot.privacy import Gate

HARMLESS = """
is he gillick competent
fraser guidelines
Caldicott principles
Laming, Munro and Bichard
the victoria climbie inquiry
lord laming said so
marac mash lado dash dbs gdpr uk gdpr mappa sar
Durham County Council
bath and north east somerset
rochdale, derby and derbyshire
she lives in kent
the nspcc rang
Children Act 1989 section 47
Article 8
s47 or section 17
Data Protection Act 1998
25 May 2018
meeting on 3 May
review on 03/05/2026
may i share this
may we
mark it as urgent
will he be ok
hope she rings
grace period
can i say
the bill
call the police
sue for damages
pat on the back
a frank conversation
mum and dad and nan
step-dad shouted
the SW, the DSL and the GP
foster carer
14 yo girl
age 7
she is fifteen
half past nine
£2,000
999
101 and 111
116 123
shud i shrae it
wierd
saftey plan
gilick competance
confidentialty
on monday in june
polish and urdu
muslim and sikh families
the school
primary school
his nursery
local hospital
a care home
10 minutes walk
one way street
clare's law
talk to frank
child a and child b
told mum
rang camhs
https://www.gov.uk/guidance/sharing
flowchart on the wall
why is the boy flinching
a bruise in the shape of a hand
moving to chelsea
told may i share
the family
the wider family
young people said no
strategy meeting about her on 3/4/2026
the guidance of 3 july 2018 about a child
from april we use a new form
peace and patience
he was frank with me
travelling to chad with 2 girls
jordan and syria
a charlie on the table
an austin allegro
happy as larry
robbing peter to pay paul
the prince's trust mentor
how do we see em
c100 form
75mcg patch
12500 pounds
attends every meeting
the nursery is closed
https://learning.nspcc.org.uk/child-abuse-and-neglect
legislation.gov.uk/ukpga/2014/23
right as rain on sunday
old mrs upstairs
London, Leeds and Hull have other rules
Mum, Dad and the school disagree
van parked outside
big brother hits her
wee lad has no coat
granny refuses to leave
nanny bites the baby
Resident and her son disagree
Vicar and his wife foster
put his mothers name on the form
his name is not known
arm bruised
summer holidays
hospital 2 nurses on shift
1st scout meeting
2nd and 3rd year guides
cubs at the church hall
a C of E school asked
our c of e primary wants advice
her new addr is not known
moved to 4 different schools
lives at 2 addresses
charged with GBH
lpa or deputy
birmingham has its own MASH
is m14 area ours
inlaws control her
C.I.N. plan
P.E. teacher
tel or email
Mine.
<img src=x onerror=alert(1)>
Women's Aid can help you here
ask Barnardo's or the NSPCC
Childline, Mencap and Age UK
Shelter or Refuge
Citizens Advice has a form
St John Ambulance volunteer
St Mungo's outreach
jays law training
CPOMS or Bromcom
what did W v Egdell decide
receptionist told the ex
gangmaster keeps the papers
r u a bot
in cat B
happy friday
his insta is recruiting
young person in YOI who do we ring
child A told child B
""".strip().splitlines()


@pytest.mark.parametrize("text", HARMLESS)
def test_is_let_through(gate: Gate, text: str) -> None:
    assert gate.scan(text) == ()


@pytest.mark.parametrize(
    ("person", "word"),
    [
        ("told grace about it", "the grace period is over"),
        ("will's mum rang", "will mum ring"),
        ("spoke to may today", "may i speak today"),
        ("mark said he hurts", "mark it on the form"),
        ("asked hope about school", "i hope the school asks"),
        ("visited rose", "she rose early"),
        ("dawn rang", "up at dawn"),
        ("met summer at home", "over the summer"),
        ("amber is crying", "it is amber rated"),
        ("joy told me", "no joy"),
        ("faith is 9", "in good faith"),
        ("phoned june", "in june"),
        ("his brother bill said no", "pay the bill"),
        ("told rob", "they rob shops"),
        ("chase disclosed today", "chase the referral"),
        ("told fraser", "fraser competent"),
        ("chelsea's mum", "from chelsea"),
        ("Mr King", "king size"),
        ("spoke to paris", "in paris"),
    ],
)
def test_a_name_that_is_a_word_is_told_by_its_neighbours(gate: Gate, person: str, word: str) -> None:
    assert [span.type for span in gate.scan(person)] == ["name"]
    assert gate.scan(word) == ()


def test_guidance_terms_are_let_through_whole_but_not_in_part(gate: Gate) -> None:
    assert gate.scan("what is the hope street protocol") == ()
    assert gate.scan("told hope") != ()


def test_allowed_strings_are_let_through_in_any_case(gate: Gate) -> None:
    assert gate.scan("spoke to Kayleigh", ["kayleigh"]) == ()
    assert gate.scan("KAYLEIGH'S mum", ["kayleigh"]) == ()
    assert gate.scan("ring 07700 900123", ["07700 900123"]) == ()
    assert [span.type for span in gate.scan("kayleigh and siobhan", ["kayleigh"])] == ["name"]
