"""What is known is filled in; what identifies somebody never is; what is not known stays blank and is not made up."""

from __future__ import annotations

import pytest

from bot.letters import Known, filled, left_blank, plain_text
from tests.letters.drafts import area, draft_of, everything_known, letter_of, letters
from tests.support.assistants import knowledge


@pytest.mark.parametrize("name", letters())
def test_identifying_fields_stay_blank_whatever_is_known(name: str) -> None:
    letter = letter_of(name)
    values = filled(letter, everything_known(), area("county-durham"), knowledge())
    identifying = {field.id for field in letter.fields if field.identifying}
    assert identifying & set(values) == set()
    assert identifying <= {field.id for field in left_blank(letter, values)}


@pytest.mark.parametrize("name", letters())
def test_nothing_is_made_up(name: str) -> None:
    assert filled(letter_of(name), Known(), area(), knowledge()) == {}


@pytest.mark.parametrize("name", letters())
def test_a_field_is_either_filled_or_left_blank(name: str) -> None:
    letter = letter_of(name)
    values = filled(letter, everything_known(), area("county-durham"), knowledge())
    blank = [field.id for field in left_blank(letter, values)]
    assert sorted([*values, *blank]) == sorted(field.id for field in letter.fields)


def test_a_record_fills_the_record_of_decision() -> None:
    known = Known({"decision": "Shared", "reasons": "To protect a child"}, {"check": "Decide whether and how to share"})
    text = plain_text(draft_of("record-of-decision", known))
    assert "The decision: Shared\n" in text
    assert "Reasons: To protect a child\n" in text
    assert "Check walked: Decide whether and how to share\n" in text
    assert "Who was involved: [fill in by hand]\n" in text


def test_a_letter_about_an_organisation_takes_nothing_from_a_case() -> None:
    case = {"review-date": "1 December 2026", "purpose": "Protect from harm", "retention": "Until the review date"}
    known = Known(case)
    for name in ("information-sharing-agreement", "privacy-notice-outline", "staff-consent-procedure-outline"):
        assert filled(letter_of(name), known, area(), knowledge()) == {}


@pytest.mark.parametrize(
    ("where", "person", "protocol"),
    [
        ("county-durham", None, "Collaborative Working and Information Sharing between Professionals"),
        ("county-durham", "adult at risk", "Collaborative Working and Information Sharing between Professionals"),
        ("rochdale", None, "multi-agency adult safeguarding policy and procedures"),
        ("bath-and-north-east-somerset", "child", "Multi-Agency Information Sharing Guidance"),
        ("derby-and-derbyshire", None, "Information Sharing Agreement and Guidance for Practitioners"),
    ],
)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_escalation_letter_names_the_areas_own_protocol(
    number: int, where: str, person: str | None, protocol: str
) -> None:
    known = Known({}, {} if person is None else {"person": person})
    body = plain_text(draft_of(f"escalation-letter-{number}", known, where)).partition("About this draft")[0]
    assert protocol in body
    assert f"Every partner organisation in {area(where).name} must comply" in body
    others = [source.title for source in knowledge().sources.values() if source.id not in area(where).sources]
    assert not any(title in body for title in others)


def test_a_protocol_for_others_is_not_named() -> None:
    letter = letter_of("escalation-letter-1")
    child = Known({}, {"person": "child"})
    assert "protocol" not in filled(letter, child, area("rochdale"), knowledge())
    adult = Known({}, {"person": "adult at risk"})
    assert "protocol" not in filled(letter, adult, area("derby-and-derbyshire"), knowledge())


def test_no_area_means_no_protocol() -> None:
    body = plain_text(draft_of("escalation-letter-1"))
    assert "[Name and year of your area's protocol]" in body
    assert "Every partner organisation in [Name of your area] must comply" in body


def test_the_agreement_names_the_overarching_one_only_where_it_was_taken_from() -> None:
    letter = letter_of("information-sharing-agreement")
    derby = filled(letter, Known(), area("derby-and-derbyshire"), knowledge())
    assert "Information Sharing Agreement" in derby["overarching-agreement"]
    assert filled(letter, Known(), area("rochdale"), knowledge()) == {}


@pytest.mark.parametrize("name", letters())
def test_every_draft_says_where_it_comes_from_and_when_it_was_made(name: str) -> None:
    draft = draft_of(name)
    about = plain_text(draft).partition("About this draft")[2]
    for citation in letter_of(name).sources:
        assert knowledge().sources[citation.source].title in about
        assert citation.where in about
    for said in ("Check it before sending. Sharewell guides, and you decide.", "Made on 20 November 2026."):
        assert said in about
    assert draft.footer == f"{letter_of(name).heading}. Made on 20 November 2026."
    assert "which has passed" in about


def test_signs_that_no_document_shows_are_left_out() -> None:
    letter = letter_of("record-of-decision")
    value = "first\nsecond\tthird \u202emirrored\u202c \x00\x07\ud800\ufeff end"
    values = filled(letter, Known({"reasons": value}), area(), knowledge())
    assert values["reasons"] == "first second third mirrored end"
    assert filled(letter, Known({"reasons": " \u200b\n"}), area(), knowledge()) == {}
