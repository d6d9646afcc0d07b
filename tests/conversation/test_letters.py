"""Letters and forms in conversation: offered where they fit, filled from what is known, never with what identifies."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import words
from bot.conversation.interpret import Interpreter
from bot.conversation.messages import MAX_BUTTON_BYTES, Document, File, Reply, document_named
from bot.conversation.nlu_client import Ranked, Understood
from bot.errors import SharewellError
from bot.knowledge import Knowledge
from bot.letters import FORMATS, LetterError
from tests.support.assistants import Bench, detector, gate, knowledge, made, value_of
from tests.support.pdf import inside, words_of

Talk = Callable[[Bench], Coroutine[Any, Any, None]]
CANARY = "Quillfeather"


class Says:
    """An understanding that always gives the same directive: what Rasa decides is tested with Rasa."""

    starting = False

    def __init__(self, **directive: str) -> None:
        self._directive = directive

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        return Understood(self._directive["do"], dict(self._directive))

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        return [() for _ in texts]

    async def forget(self, sender: str) -> None:
        return None


def _run(tmp_path: Path, talk: Talk, understanding: Says | None = None, known: Knowledge | None = None) -> None:
    with made(tmp_path, understanding, known=lambda: known or knowledge()) as bench:
        asyncio.run(talk(bench))


async def _outcome(bench: Bench) -> Reply:
    """Do not share this now: the shortest way to an outcome."""
    await bench.press("restart:share-decision")
    return await bench.choose(await bench.press("show"), "No")


async def _refused(bench: Bench) -> Reply:
    """A refusal, then harm: an outcome that shares without consent."""
    await bench.press("restart:share-decision")
    for label in ("Yes", "Yes", "Yes", "No: refused", "Asked, and they said no"):
        reply = await bench.choose(await bench.press("show"), label)
    return reply


def _rows(reply: Reply) -> dict[str, str]:
    return {label: value for part in reply.parts for label, value in part.rows}


def _word(file: File) -> str:
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")


def test_an_outcome_offers_the_letters_that_fit_there(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        reply = await bench.choose(await _outcome(bench), "Draft a letter or form")
        labels = [button.label for button in reply.buttons]
        titles = {letter.title for letter in knowledge().letters.values()}
        assert [label for label in labels if label in titles] == [
            knowledge().letters["declining-a-request"].title, knowledge().letters["record-of-decision"].title,
        ]  # fmt: skip
        assert (await bench.choose(reply, "Go back to the outcome")).kind == "outcome"

    _run(tmp_path, talk)


def test_the_menu_offers_all_of_them(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        reply = await bench.choose(await bench.press("menu"), "Draft a letter or form")
        titles = {letter.title for letter in knowledge().letters.values()}
        assert titles <= {button.label for button in reply.buttons}

    _run(tmp_path, talk)


@pytest.mark.parametrize("name", sorted(knowledge().letters))
def test_every_letter_says_what_it_is_for_and_offers_both_formats(name: str, tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        reply = await bench.press(f"letter:{name}")
        assert (reply.kind, reply.id) == ("letter", name)
        letter = knowledge().letters[name]
        assert letter.purpose in reply.text
        assert letter.when_to_use.strip() in reply.text
        assert {line.id for line in reply.sources} == {citation.source for citation in letter.sources}
        assert all(line.date for line in reply.sources)
        assert all(f"- {field.label}" in reply.text for field in letter.fields if field.identifying)
        assert reply.documents == (Document(name, letter.title, ("docx", "pdf")),)
        assert reply.as_json()["documents"][0]["buttons"][1]["value"] == f"document:{name}:pdf"
        for kind in FORMATS:
            file = await bench.assistant.document(bench.chat, name, kind.id)
            assert file.name == f"{name}-2026-11-20.{kind.id}"
            assert file.media_type == kind.media_type
            assert file.data

    _run(tmp_path, talk)


def test_a_walk_fills_what_it_tells(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _refused(bench)
        rows = _rows(await bench.press("letter:record-of-decision"))
        assert rows["Consent gained, refused or withdrawn"] == "Refused"
        assert rows["Check walked"] == knowledge().checks["refusal-override"].title
        assert "The decision" not in rows

    _run(tmp_path, talk)


def test_an_outcome_fills_its_decision_and_how_soon(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _outcome(bench)
        rows = _rows(await bench.press("letter:record-of-decision"))
        assert rows["The decision"] == "Not shared"
        assert rows["Where it ended"] == "Do not share this now"
        await bench.press("restart:report-a-concern")
        await bench.choose(await bench.press("show"), "Someone may be harmed")
        rows = _rows(await bench.press("letter:referral-summary"))
        assert rows["How soon: same day (harm actual or likely), or 3 working days (adult's unmet need)"] == "At once"

    _run(tmp_path, talk)


def test_a_draft_fills_its_choices_and_masked_words(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _outcome(bench)
        await bench.press("record")
        await bench.say(f"they told Thaddeus {CANARY} out of curiosity")
        reply = await bench.press("letter:record-of-decision")
        reasons = _rows(reply)["Reasons"]
        assert "out of curiosity" in reasons
        assert CANARY not in reasons
        file = await bench.assistant.document(bench.chat, "record-of-decision", "docx")
        assert "out of curiosity" in _word(file)
        assert CANARY not in _word(file)

    _run(tmp_path, talk)


def test_a_record_just_confirmed_fills_the_form(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _outcome(bench)
        await bench.press("record")
        await bench.press("field:reasons:no-purpose")
        recorded = await bench.choose(await bench.press("preview"), "Confirm and record")
        reply = await bench.choose(await bench.choose(recorded, "Draft a letter or form"), "Record of an information")
        rows = _rows(reply)
        assert rows["Reference in the decision log"] == recorded.id
        assert rows["The decision"] == "Not shared"
        assert rows["Reasons"] == "There is no clear purpose"
        assert rows["Date and time"] == "20 November 2026, 09:30 (UTC)"
        file = await bench.assistant.document(bench.chat, "record-of-decision", "pdf")
        assert recorded.id in words_of(file.data)

    _run(tmp_path, talk)


def test_identifying_details_never_come_into_a_document(tmp_path: Path) -> None:
    """Neither what is typed in the private step, nor what stands under an identifying field, whatever the way in."""

    async def talk(bench: Bench) -> None:
        await _outcome(bench)
        await bench.press("record")
        await bench.press("preview")
        recorded = await bench.choose(await bench.press("show"), "Confirm and record")
        await bench.choose(recorded, "Add identifying details")
        await bench.say(f"case {CANARY} 7719344")
        for name in knowledge().letters:
            for kind in ("docx", "pdf"):
                file = await bench.assistant.document(bench.chat, name, kind)
                whole = _word(file) if kind == "docx" else words_of(file.data) + inside(file.data).decode("latin-1")
                assert CANARY not in whole
                assert "7719344" not in whole

    _run(tmp_path, talk)


def test_identifying_fields_of_a_draft_stay_blank(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _outcome(bench)
        await bench.press("record")
        stored = bench.store.load(bench.chat, bench.clock().timestamp()).session
        assert stored is not None and stored.drafting is not None
        letter = knowledge().letters["record-of-decision"]
        identifying = {field.record_field for field in letter.fields if field.identifying and field.record_field}
        stored.drafting.values = {name: {"choices": [], "text": f"{CANARY} {name}"} for name in identifying}
        bench.store.save(bench.chat, stored, bench.clock().timestamp())
        for kind in ("docx", "pdf"):
            file = await bench.assistant.document(bench.chat, "record-of-decision", kind)
            whole = _word(file) if kind == "docx" else words_of(file.data) + inside(file.data).decode("latin-1")
            assert CANARY not in whole
        assert CANARY not in (await bench.press("letter:record-of-decision")).parts[1].text

    _run(tmp_path, talk)


def test_the_area_is_named_in_an_escalation_letter(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("area:rochdale")
        file = await bench.assistant.document(bench.chat, "escalation-letter-1", "pdf")
        said = words_of(file.data).partition("About this draft")[0]
        assert "Every partner organisation in Rochdale" in said
        assert "multi-agency adult safeguarding policy" in said
        assert "County Durham" not in said

    _run(tmp_path, talk)


def test_a_letter_in_the_middle_of_a_question_comes_back_to_it(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        question = await bench.press("restart:share-decision")
        reply = await bench.press("letter:consent-record")
        assert reply.documents
        assert reply.parts[-1].text == question.parts[-1].text
        assert (await bench.choose(reply, "No")).kind == "outcome"

    _run(tmp_path, talk)


@pytest.mark.parametrize(
    ("letter", "kind", "said"),
    [("no-such-letter", "docx", "There is no letter"), ("consent-record", "exe", "not made in this format")],
)
def test_a_wrong_wish_is_refused_in_words(letter: str, kind: str, said: str, tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("menu")
        with pytest.raises(LetterError) as refused:
            await bench.assistant.document(bench.chat, letter, kind)
        assert said in refused.value.message
        assert refused.value.remedy

    _run(tmp_path, talk)


def test_a_conversation_that_ended_gives_no_document(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        with pytest.raises(LetterError, match="has ended"):
            await bench.assistant.document(bench.chat, "consent-record", "docx")
        await bench.press("letter:consent-record")
        bench.clock.forward(3600)
        with pytest.raises(SharewellError, match="has ended"):
            await bench.assistant.document(bench.chat, "consent-record", "docx")

    _run(tmp_path, talk)


def test_a_document_is_stored_nowhere_and_changes_nothing(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _outcome(bench)
        before = bench.store.load(bench.chat, bench.clock().timestamp()).session
        names = sorted(path.name for path in tmp_path.iterdir())
        await bench.assistant.document(bench.chat, "record-of-decision", "docx")
        after = bench.store.load(bench.chat, bench.clock().timestamp()).session
        assert before is not None and after is not None and before.as_text() == after.as_text()
        assert sorted(path.name for path in tmp_path.iterdir()) == names

    _run(tmp_path, talk)


def test_a_letter_past_the_limit_of_the_area_is_withheld(tmp_path: Path) -> None:
    area = knowledge().areas["rochdale"]
    limited = area.settings.model_copy(update={"withhold_after_review_days": 1})
    strict = {**knowledge().areas, "rochdale": area.model_copy(update={"settings": limited})}

    async def talk(bench: Bench) -> None:
        await bench.press("area:rochdale")
        reply = await bench.press("letter:consent-record")
        assert reply.documents == ()
        assert words.LETTER_WITHHELD.format(area="Rochdale") in reply.text
        with pytest.raises(LetterError, match="withheld"):
            await bench.assistant.document(bench.chat, "consent-record", "pdf")

    _run(tmp_path, talk, known=replace(knowledge(), areas=strict))


def test_a_letter_may_be_asked_for_in_words(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        reply = await bench.say("draft an escalation letter")
        assert (reply.kind, reply.id) == ("letter", "escalation-letter-1")

    _run(tmp_path, talk, Says(do="letter", letter="escalation-letter-1"))


def test_a_letter_that_only_the_model_knows_is_not_opened(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        assert (await bench.say("draft the old letter")).kind == "unknown"

    _run(tmp_path, talk, Says(do="letter", letter="an-old-letter"))


def test_the_list_is_understood_without_rasa(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        assert words.LETTERS_TITLE in (await bench.say("letters and forms")).text

    _run(tmp_path, talk)


def test_every_button_of_a_document_fits_every_channel() -> None:
    for letter in knowledge().letters.values():
        for button in Document(letter.id, letter.title, tuple(kind.id for kind in FORMATS)).offer():
            assert len(button.value.encode()) <= MAX_BUTTON_BYTES
            assert document_named(button.value) in {(letter.id, kind.id) for kind in FORMATS}
    assert document_named("letter:consent-record") is None
    assert document_named("document:consent-record") is None
    assert document_named(None) is None


def test_a_button_of_a_document_that_comes_back_shows_the_letter_again(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        reply = await bench.press("document:consent-record:pdf")
        assert reply.documents[0].id == "consent-record"
        assert words.UNKNOWN_BUTTON in (await bench.press("document:nothing:pdf")).text
        assert words.UNKNOWN_BUTTON in (await bench.press("letter:nothing")).text
        assert value_of(reply, "See all letters and forms") == "all-letters"

    _run(tmp_path, talk)


class _Sure:
    """A parser that is sure of one intent."""

    async def parse(self, texts: Any) -> list[tuple[Ranked, ...]]:
        return [(Ranked("letter_consent-record", 0.9),) for _ in texts]


def test_scripts_are_told_of_a_letter_as_advice() -> None:
    known = knowledge()
    interpreter = Interpreter(
        known, gate(), detector(), known.areas["national"], date(2026, 11, 20), _Sure()
    )
    found = asyncio.run(interpreter.interpret(["consent form"]))[0]
    assert (found.kind, found.id) == ("advice", "consent-record")
    assert known.letters["consent-record"].purpose in found.text
    assert [line.id for line in found.sources] == ["bnes-2018", "rochdale-adults"]
