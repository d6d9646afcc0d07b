"""Small numbers: details that may tell one person from the rest are pointed out together, and can be made general."""

from __future__ import annotations

import pytest

from bot.conversation.small_number_lists import INCIDENTS
from bot.conversation.small_numbers import details, generalised, warning
from tests.support.assistants import knowledge


def _kinds(text: str) -> set[str]:
    return {hint.kind for hint in details(text)}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A 14-year-old told me about the house fire", {"age", "event"}),
        ("she is 15 and her mum is the vicar", {"age", "role"}),
        ("a year 9 boy at the special school, it was all over the local paper", {"age", "school", "event"}),
        ("14yo f, lives in Crook, youngest of seven", {"age", "place", "family"}),
        ("He is deaf and the only Somali boy", {"health", "unique"}),
        ("On 3 March an 84-year-old man in our village fell", {"date", "age", "place"}),
        ("a 15 year old at the grammar school who gave birth in the toilets", {"age", "school", "incident"}),
        ("a 9 year old at the village school whose dad was arrested last week", {"age", "school", "incident"}),
        ("mum speaks only Polish and has cystic fibrosis", {"background", "health"}),
    ],
)
def test_a_combination_is_pointed_out(text: str, kinds: set[str]) -> None:
    assert _kinds(text) == kinds
    assert {hint.kind for hint in warning(text)} == kinds


@pytest.mark.parametrize(
    "text",
    [
        "A 14-year-old told me that her dad hits her",
        "she is 15 and in year 10",
        "the children are hungry at school and mum drinks",
        "can i tell the GP, mum said no",
        "A girl told me about the house fire",
        "a resident aged 84 has bruises on her arms",
        "a 14-year-old at the school was late on Monday",
        "she is 16 and i only need one person to agree, who is to judge",
        "he comes 3 times a week and is 20 minutes late",
        "",
    ],
)
def test_what_fits_many_people_is_not(text: str) -> None:
    assert warning(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "a nine-year-old at our primary whose house burned down",
        "girl, 13, from the academy, ran away to London with her teacher",
        "a boy of 8 at the village school fell out of a window",
        "a pupil aged twelve at our school whose mum was on the news",
        "a ten year old at the catholic primary who came from Syria alone",
        "[name], 11, at [school], was hit by a car",
        "an 87 year old in our care home who won a bravery award",
        "year six girl at the junior school whose brother drowned last summer",
        "a three-year-old at the nursery broke both legs",
        "y10 lad at the high school brought a machete into class",
        "a fifteen-year-old at the local secondary school is pregnant by her cousin",
        "14 yr old girl at [school] took an overdose last Tuesday",
        "a child of six at our local primary school, her father was jailed for fraud",
        "Boy (12) at the special school set fire to the gym",
        "a year 2 pupil at the primary with alopecia",
        "a 16 year old at boarding school, his father is an ambassador",
        "a five year old in our nursery class whose mum is in a coma",
        "pupil in Y5 at the C of E primary, dad hanged himself at Christmas",
        "a little girl of seven at the infant school, her mum was murdered by her stepdad",
        "the lad is fourteen, goes to the local comp, and he stabbed a teacher",
        "6yo at our nursery school swallowed a battery and nearly died",
        "eighteen year old at the college, on trial for arson",
        "an eleven-year-old boy at the prep school with a prosthetic leg",
        "a Year 8 at [school] whose brother went to prison for murder",
        "we have a woman of 79 in the residential home who was scalded in the bath",
        "girl in year ten at the academy had a baby in March",
        "a pupil, 9, at the rural primary, lost his dad in a farming accident",
        "the seven-year-old at our school who was left on the coach",
        "a 12 year old at the independent school who won the national spelling competition",
        "a seven-year-old at the local primary whose mother was found in the river",
        "the girl, 15, at our academy, was photographed by the papers after she saved a drowning man",
        "a pupil of 11 at the middle school lost both parents in a plane crash",
        "year 3 lad at the village school bit off another child's finger",
        "nine-year-old from the faith school, hospitalised with meningitis",
        "a woman, 88, at the care home set her bed on fire",
        "a 13 year old at the comp whose sister is in prison for manslaughter",
        "a year one child at our infant school, her house flooded in the storm",
    ],
)
def test_an_age_a_school_and_anything_further_is_pointed_out(text: str) -> None:
    found = warning(text)
    assert found != ()
    assert warning(generalised(text, found)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "a 14 year old at our school told me her dad hits her",
        "a 10 year old at our school, his mum said no",
        "a 9 year old at the village school whose mum refused to consent",
        "a year 8 pupil at the academy whose dad wants to see the file",
        "a 15 year old is pregnant, do I tell her mum",
        "the academy wants to know why the child is on a plan",
        "our nursery had a bruised toddler, who do I ring",
        "can I share with the school that dad was arrested",
        "he was excluded last week, can the school tell the new one",
        "a nine-year-old told me that mum drinks",
        "a boy of 8 has no lunch most days",
        "a pupil aged twelve has asked me to keep a secret",
        "the care home will not give me the records",
        "a resident who fell last week has no next of kin",
        "a resident aged 84 at the care home has bruises",
        "what if a child at [school] refuses",
        "the GP wants to know about a 16 year old",
        "a girl, 13, says she is being touched",
        "my student is 17 and does not want her parents told",
        "the mum who was arrested has three children",
        "how do I share with the care home what happened",
        "a year 5 pupil at our primary school comes in dirty every day",
        "a 12 year old at the academy says her stepdad touches her",
        "a ten year old at the local school wants to see his file",
        "the boy of 14 lives at home and refuses help",
        "a mum of four has left her partner",
        "a patient aged 70 at the surgery said no",
        "he's 15 and goes to college, is he old enough to decide",
        "my pupil is ten and often hungry",
        "a teacher at the primary was rude to me",
        "the girl who was hurt does not want police",
        "the pupil who was hit asked me not to tell",
        "a 17 year old who left care needs housing",
        "who should I tell at the academy",
        "an eight year old at the infants has head lice again",
        "year 6 move to secondary school, what do we pass on",
        "in the last two years he was excluded from the high school",
    ],
)
def test_an_ordinary_question_is_not(text: str) -> None:
    assert warning(text) == ()


def test_questions_that_people_ask_are_hardly_ever_pointed_out() -> None:
    """A warning that comes often is one that nobody reads. The examples are how people ask."""
    known = knowledge()
    examples = [each for topic in known.topics.values() for each in topic.examples]
    examples += [each for check in known.checks.values() for each in check.examples]
    assert len(examples) > 5000
    assert len([each for each in examples if warning(each)]) <= 5


def test_what_the_gate_masked_is_not_pointed_out() -> None:
    assert warning("[name], 14 years old, goes to [school], born [date of birth], lives at [address]") == ()


def test_a_masked_school_counts() -> None:
    told = "a year 9 boy at {} was arrested"
    assert [hint.kind for hint in warning(told.format("[school]"))] == ["age", "incident"]
    assert warning(told.format("home")) == ()


@pytest.mark.parametrize(
    ("said", "general"),
    [
        ("A 14-year-old girl", "A teenage girl"),
        ("a 14 year old", "a teenager"),
        ("the 3-year-old", "the child under five"),
        ("an 8 yr old boy", "a primary-age boy"),
        ("aged 12", "of secondary age"),
        ("she is 16", "she is aged 16 or 17"),
        ("in year 9", "of secondary age"),
        ("a year 5 pupil", "a primary-age pupil"),
        ("his 45-year-old mother", "his working-age mother"),
        ("a 6 month old baby", "a baby"),
        ("last Tuesday", "recently"),
        ("A Polish family", "A family"),
        ("an Eritrean family", "a family"),
        ("she is the only one here", "she is one of a few here"),
        ("a nine-year-old boy", "a primary-age boy"),
        ("an eighty-four-year-old man", "an older man"),
        ("A girl, 13, from here", "A girl in the early teens from here"),
        ("a boy of 8", "a boy of primary age"),
        ("aged twelve", "of secondary age"),
        ("[name] (13) said", "[name] (in the early teens) said"),
        ("in year nine", "of secondary age"),
        ("a Y5 pupil", "a primary-age pupil"),
        ("the local academy", "a school"),
        ("our care home", "a setting"),
        ("who gave birth in the toilets", "who needed medical care"),
        ("a girl whose cat was painted green", "a girl with a family concern"),
        ("a nurse from Ward 7 rang", "a nurse in the area rang"),
    ],
)
def test_general_words_read_on(said: str, general: str) -> None:
    assert generalised(said, details(said)) == general


def test_all_hints_are_put_in_place_in_one_go() -> None:
    text = "A 14-year-old girl at [school] told me about the house fire last Tuesday. She is in year 9."
    assert generalised(text, warning(text)) == (
        "A teenage girl at [school] told me about a serious event recently. She is of secondary age."
    )


def test_one_hint_changes_nothing_else() -> None:
    text = "A 14-year-old saw the fire last Tuesday"
    only = [hint for hint in warning(text) if hint.kind == "event"]
    assert generalised(text, only) == "A 14-year-old saw a serious event last Tuesday"


def test_general_words_end_the_warning() -> None:
    text = "A 14-year-old girl saw the fire last Tuesday in our village, everyone knows her"
    assert warning(text) != ()
    assert warning(generalised(text, warning(text))) == ()


def test_what_was_kept_is_not_pointed_out_again_but_counts() -> None:
    text = "A 14-year-old saw the fire last Tuesday"
    kept = {"a 14-year-old", "last tuesday"}
    assert [hint.said for hint in warning(text, kept=kept)] == ["the fire"]


def test_what_was_written_before_counts_with_it() -> None:
    assert warning("it began after the house fire") == ()
    found = warning("it began after the house fire", earlier=["A 14-year-old told me"])
    assert [hint.said for hint in found] == ["the house fire"]


def test_no_general_words_are_a_detail_themselves() -> None:
    """What is changed once must not be found again: the user would go round in circles."""
    assert {general: found for _, general in INCIDENTS if (found := details(f"the boy {general} then"))} == {}


def test_a_long_text_takes_no_time_worth_naming() -> None:
    text = "the the the 14 14 14 year on at in last who was was burned the our local primary small school " * 100
    assert isinstance(details(text[:4000]), tuple)
