"""What a typed reply is taken for at a check's question, without Rasa: an option, doubt, or nothing."""

from __future__ import annotations

import pytest

from bot.conversation.replying import Meant, contradicts, meant
from bot.knowledge import Question
from tests.support.assistants import knowledge

DOUBT = Meant(doubtful=True)
FOR_RASA = Meant()


def _question(place: str) -> Question:
    check, _, question_id = place.partition("/")
    question = knowledge().checks[check].question(question_id)
    assert question is not None
    return question


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("yup", "yes"), ("she has yeah", "yes"), ("i suppose so", "yes"), ("prob yes", "yes"), ("👍", "yes"),
        ("it does", "yes"), ("thats right", "yes"), ("yes mum is at home", "yes"), ("100%", "yes"),
        ("nah she wouldnt", "no"), ("not that i know of", "no"), ("i doubt it", "no"), ("prob not", "no"),
        ("isnt", "no"), ("no, nothing like that", "no"), ("dont think so", "no"), ("👎", "no"), ("not yet", "no"),
        ("dunno", "not-sure"), ("not really sure tbh", "not-sure"), ("maybe", "not-sure"), ("50/50", "not-sure"),
        ("i'd have to ask", "not-sure"), ("i think so but cant be sure", "not-sure"), ("no idea", "not-sure"),
    ],
)  # fmt: skip
def test_yes_no_and_not_sure_are_read_in_the_words_of_a_phone(text: str, option: str) -> None:
    assert meant(text, _question("share-decision/purpose")) == Meant(option)


@pytest.mark.parametrize(
    "text",
    ["yes but only a bit", "no but she might", "yes unless dad finds out", "they said no but maybe now"],
)
def test_what_points_two_ways_is_asked_again(text: str) -> None:
    assert meant(text, _question("share-decision/purpose")) == DOUBT


@pytest.mark.parametrize(
    "text",
    [
        "can i tell the school", "why do you ask", "what does lawful mean?", "go back", "stop", "never mind", "y tho",
        "no thanks", "is that relevant", "", "the health visitor told me last week that mum had been drinking at home",
    ],
)  # fmt: skip
def test_questions_and_commands_are_left_to_rasa(text: str) -> None:
    assert meant(text, _question("share-decision/purpose")) == FOR_RASA


@pytest.mark.parametrize(
    ("place", "text", "option"),
    [
        ("consent-validity/form", "only verbally", "verbal-not-recorded"),
        ("share-decision/consent", "no", "refused-or-none"),
        ("share-decision/consent", "they agreed", "yes"),
        ("share-decision/consent", "may not have capacity", "may-lack-capacity"),
        ("share-decision/basis", "they did not give consent", "without-consent"),
        ("share-decision/basis", "with consent", "consent"),
        ("withholding-information/nobody-else", "correct", "true"),
        ("withholding-information/nobody-else", "that isnt right", "false"),
        ("refusal-override/approval", "my manager said no", "manager-disagrees"),
        ("refusal-override/approval", "havent asked her", "not-yet"),
        ("gillick-competence/age", "shes fourteen", "12-to-15"),
        ("gillick-competence/age", "about 10", "under-12"),
        ("under-16-sexual-activity/age", "12", "under-13"),
    ],
)  # fmt: skip
def test_options_are_named_in_other_words(place: str, text: str, option: str) -> None:
    assert meant(text, _question(place)) == Meant(option)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("withholding-information/nobody-else", "yes"),  # the statement itself denies: yes may mean either
        ("withholding-information/nobody-else", "no"),
        ("withholding-information/nobody-else", "i doubt it is true"),
        ("refusal-override/approval", "no"),  # not yet, or the manager disagrees
        ("consent-validity/current", "no"),
    ],
)
def test_an_answer_that_fits_several_options_is_asked_again(place: str, text: str) -> None:
    assert meant(text, _question(place)) == DOUBT


@pytest.mark.parametrize("text", ["nearly 16", "15 i think", "14 or 15", "her brother is 9", "about 12"])
def test_an_age_that_is_not_plain_names_no_band(text: str) -> None:
    assert meant(text, _question("gillick-competence/age")).option is None


def test_every_option_is_understood_by_its_own_words() -> None:
    read = {
        (check.id, question.id, option.id, words): meant(words, question).option
        for check in knowledge().checks.values()
        for question in check.questions
        for option in question.options
        for words in (option.text, *option.says)
    }
    assert {place: option for place, option in read.items() if option != place[2]} == {}


def test_what_rasa_took_for_yes_is_doubted_where_the_words_deny() -> None:
    calm = _question("share-decision/identifiable")
    assert contradicts("yes", "she isnt keen", calm)
    assert contradicts("no", "no but she would later", calm)
    assert not contradicts("yes", "she is keen", calm)
    assert not contradicts("not-sure", "no telling", calm)


@pytest.mark.parametrize(
    ("place", "value", "text"),
    [
        ("refusal-override/child-harm", "no", "no one is safe there"),
        ("refusal-override/others", "no", "theres no doubt about it"),
        ("adult-capacity/safe-to-wait", "yes", "she is in danger"),
        ("staff-checklist-sharing/consent", "yes", "i said yes for her"),
    ],
)
def test_what_rasa_heard_is_doubted_where_harm_or_consent_hangs_on_it(place: str, value: str, text: str) -> None:
    assert contradicts(value, text, _question(place))


def test_what_rasa_heard_outright_is_not_doubted_where_harm_or_consent_hangs_on_it() -> None:
    assert not contradicts("no", "no nothing like that", _question("refusal-override/child-harm"))
    assert not contradicts("yes", "yeah they agreed", _question("staff-checklist-sharing/consent"))
