"""Asking an adviser: nothing is sent unseen, an emergency is never queued, and no code and no word is left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path

import pytest

from bot.consultations import CodeRefused, Subject
from bot.conversation import advising_words as words
from bot.conversation import words as said
from bot.conversation.assistant import Assistant
from bot.conversation.messages import Message, Reply
from tests.support.advice import ADVISER, reply
from tests.support.assistants import IDLE_SECONDS, Bench, made, value_of

SITUATION = "the school asked for a copy of the family plan and i am not sure we may send it"
TELLING = "a 14-year-old was absent after the house fire, can i tell the nurse"

Talk = Callable[[Bench], Coroutine[None, None, None]]


def _run(home: Path, talk: Talk) -> Bench:
    with made(home) as bench:
        asyncio.run(talk(bench))
    return bench


async def _at_text(bench: Bench) -> Reply:
    await bench.press("advice")
    await bench.press("advice:subject:children")
    return await bench.press("advice:urgency:same-day")


async def _sent(bench: Bench, text: str = SITUATION) -> tuple[Reply, str, str]:
    """A question that was sent: the reply, the code and the reference."""
    await _at_text(bench)
    sent = await bench.choose(await bench.say(text), "Send to an adviser")
    rows = dict(row for part in sent.parts for row in part.rows)
    return sent, rows[words.CODE_LABEL], rows[words.REFERENCE_LABEL]


def _waiting(bench: Bench) -> int:
    return bench.advice.numbers().threads


def _bytes(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def test_nothing_is_sent_before_the_preview_is_confirmed(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        preview = await bench.say(SITUATION)
        assert preview.kind == "preview" and SITUATION in preview.text
        assert "30 days" in preview.text and words.NOT_WATCHED in preview.text
        assert "whether you have read their answers" in preview.text and "An answer is due by" in preview.text
        assert _waiting(bench) == 0
        sent = await bench.choose(preview, "Send to an adviser")
        assert _waiting(bench) == 1
        assert sent.parts[0].kind == "once"
        again = await bench.choose(preview, "Send to an adviser")
        assert _waiting(bench) == 1, "a second press sent it twice"
        assert words.CODE_LABEL not in again.text, "the code was shown twice"

    _run(tmp_path, talk)


def test_neither_the_code_nor_the_words_stand_in_any_file(tmp_path: Path) -> None:
    codes: list[str] = []

    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        await bench.say(SITUATION)
        assert SITUATION.encode() not in _bytes(tmp_path), "a draft was written"
        sent = await bench.say("confirm")
        code = dict(sent.parts[0].rows)[words.CODE_LABEL]
        codes.append(code)
        thread = await bench.say(f"/advice {code}")
        assert SITUATION in thread.text
        assert thread.echo == "" and code not in thread.text
        await bench.press("advice:write")
        await bench.say("and grandma was told")

    _run(tmp_path, talk)
    held = _bytes(tmp_path)
    for code in (codes[0], codes[0].replace(" ", "")):
        assert code.encode() not in held
    assert SITUATION.encode() not in held and b"grandma" not in held


def test_an_emergency_is_never_queued(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        preview = await bench.say(SITUATION)
        urgent = await bench.choose(preview, "Someone may be in danger now")
        assert urgent.kind == "urgent" and "999" in urgent.text
        late = await bench.choose(preview, "Send to an adviser")
        assert said.OLD_BUTTON in late.text
        assert _waiting(bench) == 0

    _run(tmp_path, talk)


def test_a_button_sends_what_was_shown_beside_it_and_nothing_else(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        first = await bench.say(SITUATION)
        await bench.press("advice:subject:adults")
        half = await bench.choose(first, "Send to an adviser")
        assert said.OLD_BUTTON in half.text and half.id == "advice/urgency"
        second = await bench.press("advice:urgency:routine")
        assert "Adults" not in first.text and second.kind == "preview"
        old = await bench.choose(first, "Send to an adviser")
        assert said.OLD_BUTTON in old.text and old.kind == "preview" and _waiting(bench) == 0
        await bench.choose(second, "Send to an adviser")
        assert _waiting(bench) == 1

    _run(tmp_path, talk)


@pytest.mark.parametrize("old", ["edit", "more", "preview", "keep", "calm"])
def test_an_old_button_does_not_lead_past_subject_and_urgency(tmp_path: Path, old: str) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("advice")
        await bench.press(f"advice:{old}")
        if (await bench.press("show")).id == "advice/text":
            assert (await bench.say(SITUATION)).id == "advice/subject"
        await bench.press("advice:subject:adults")
        reached = await bench.press("advice:urgency:routine")
        preview = reached if reached.kind == "preview" else await bench.say(SITUATION)
        assert preview.kind == "preview" and SITUATION in preview.text

    _run(tmp_path, talk)


def test_an_old_button_does_not_lead_past_the_question_about_danger(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        preview = await bench.say(SITUATION)
        await bench.say("he has just hit her and i do not know what to do")
        pressed = await bench.choose(preview, "Send to an adviser")
        assert words.DANGER in pressed.text and pressed.kind != "preview" and _waiting(bench) == 0

    _run(tmp_path, talk)


def test_unsent_words_stay_where_the_other_thread_cannot_be_opened(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        _, code, _ = await _sent(bench)
        await _at_text(bench)
        await bench.say("a second question that nobody has seen")
        asked = await bench.say(code)
        bench.clock.forward(IDLE_SECONDS - 60)
        await bench.press("menu")  # the conversation lives on, the ticket of the other thread does not
        bench.clock.forward(120)
        failed = await bench.choose(asked, "Open the thread")
        assert "a second question that nobody has seen" in failed.text

    _run(tmp_path, talk)


def test_danger_in_the_words_holds_them_back_until_nobody_is_in_danger(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        told = await bench.say("he has just hit her and i do not know what to do")
        assert told.parts[0].kind == "urgent"
        assert words.DANGER in told.text
        assert _waiting(bench) == 0
        unsure = await bench.say("not sure")
        assert unsure.kind == "urgent", "who is not sure is told what to do now"
        assert _waiting(bench) == 0

    _run(tmp_path, talk)


def test_danger_told_at_the_preview_is_asked_about_before_sending(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        preview = await bench.say(SITUATION)
        told = await bench.say("he has a knife and is threatening her")
        assert told.parts[0].kind == "urgent" and words.DANGER in told.text
        await bench.choose(preview, "Send to an adviser")
        assert _waiting(bench) == 0
        calm = await bench.press("advice:calm")
        assert calm.kind == "preview"
        await bench.choose(calm, "Send to an adviser")
        assert _waiting(bench) == 1

    _run(tmp_path, talk)


def test_small_numbers_are_accepted_edited_or_kept(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        asked = await bench.say(TELLING)
        assert asked.id == "advice/general"
        assert "“a 14-year-old”" in asked.text and "“a teenager”" in asked.text
        general = await bench.choose(asked, "Use all the general words")
        assert "a teenager was absent after a serious event" in general.text
        await bench.choose(general, "Change my words")
        asked = await bench.say(TELLING)
        kept = await bench.choose(asked, "Keep my words as they are")
        assert kept.kind == "preview" and TELLING in kept.text
        await bench.choose(kept, "Change my words")
        assert (await bench.say(TELLING)).kind == "preview", "what was kept was pointed out again"

    _run(tmp_path, talk)


def test_one_general_word_ends_the_warning_where_the_rest_fits_many(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        asked = await bench.say(TELLING)
        after = await bench.choose(asked, "Use it for “the house fire”")
        assert after.kind == "preview"
        assert "a 14-year-old was absent after a serious event" in after.text

    _run(tmp_path, talk)


def test_an_old_button_never_changes_another_detail(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        asked = await bench.say("a 14-year-old was absent on 3 March, after the house fire, near the mosque")
        first = value_of(asked, "Use it for “a 14-year-old”")
        left = await bench.press(first)
        assert "“a 14-year-old”" not in left.text and "“on 3 March”" in left.text
        again = await bench.press(first)
        assert said.OLD_BUTTON in again.text and "“on 3 March”" in again.text

    _run(tmp_path, talk)


def test_a_message_counts_with_what_was_written_in_the_thread_before(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        _, code, _ = await _sent(bench, "a 14-year-old has missed lessons")
        await bench.say(code)
        await bench.press("advice:write")
        asked = await bench.say("it began after the house fire")
        assert asked.id == "advice/general" and "the house fire" in asked.text

    _run(tmp_path, talk)


def test_answers_of_the_check_go_with_it_unless_they_are_left_out(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("restart:share-decision")
        await bench.choose(await bench.press("show"), "Yes")
        outcome = await bench.choose(await bench.press("show"), "Not sure")
        assert value_of(outcome, "Ask an adviser without names") == "advice"
        await _at_text(bench)
        preview = await bench.say(SITUATION)
        first = "Do you have a clear and proper purpose for sharing this?"
        assert first in preview.text and "Could somebody work out who this is about?" in preview.text
        await bench.press("advice:answers")
        await bench.press("advice:leave:1")
        preview = await bench.press("advice:preview")
        assert first not in preview.text and "Could somebody work out who this is about?" in preview.text
        sent = await bench.choose(preview, "Send to an adviser")
        reference = dict(sent.parts[1].rows)[words.REFERENCE_LABEL]
        thread = bench.advice.desk.thread(ADVISER, reference)
        assert [answer.question for answer in thread.answers] == ["Could somebody work out who this is about?"]
        assert thread.check == "share-decision"
        back = await bench.choose(sent, "Go back to where you were")
        assert back.id == "share-decision/seek-advice"

    _run(tmp_path, talk)


@pytest.mark.parametrize("text", ["/advice", "/advice@some_bot", "advice", "ask an adviser"])
def test_the_command_and_its_words_begin_it(tmp_path: Path, text: str) -> None:
    async def talk(bench: Bench) -> None:
        assert (await bench.say(text)).id == "advice/subject"

    _run(tmp_path, talk)


def test_every_advice_outcome_offers_it_and_no_urgent_one(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("restart:seek-advice-anonymously")
        harm = await bench.choose(await bench.press("show"), "Not sure")
        assert harm.details["urgency"] == "now"
        assert "advice" not in [button.value for button in harm.buttons]
        await bench.press("back")
        await bench.choose(await bench.press("show"), "No")
        await bench.choose(await bench.press("show"), "Yes")
        lead = await bench.choose(await bench.press("show"), "A worry about a child")
        assert lead.buttons[0].value == "advice"

    _run(tmp_path, talk)


def test_stop_and_the_idle_time_wipe_what_was_typed(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        await bench.say(SITUATION)
        stopped = await bench.say("stop")
        assert words.STOPPED in stopped.text
        assert SITUATION not in (await bench.press("advice")).text
        await _at_text(bench)
        await bench.say(SITUATION)
        bench.clock.forward(IDLE_SECONDS + 1)
        begun = await bench.press("advice:preview")
        assert SITUATION not in begun.text

    _run(tmp_path, talk)


def test_a_draft_that_went_with_the_process_is_asked_for_again(tmp_path: Path) -> None:
    async def first(bench: Bench) -> None:
        await _at_text(bench)
        await bench.say(SITUATION)

    async def second(bench: Bench) -> None:
        shown = await bench.press("show")
        assert words.LOST in shown.text and shown.id == "advice/text"

    _run(tmp_path, first)
    _run(tmp_path, second)


def test_details_in_the_words_are_masked_and_can_be_let_through(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        preview = await bench.say("spoke to kayleigh about the form, whom do i ask")
        assert "kayleigh" not in preview.text and "[name]" in preview.text
        through = await bench.press("not-a-name")
        assert through.kind == "preview" and "spoke to kayleigh" in through.text
        await bench.press("advice:more")
        added = await bench.say("and marigold asked for a copy")
        assert "[name] asked for a copy" in added.text
        again = await bench.press("not-a-name")
        assert again.text.count("asked for a copy") == 1 and "marigold asked" in again.text

    _run(tmp_path, talk)


def test_what_is_typed_for_an_adviser_never_goes_to_rasa(tmp_path: Path) -> None:
    """Rasa is not there: content is taken all the same, and nothing tells that free text is not understood."""

    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        for text in (SITUATION, "what is gillick competence", "help", "yes"):
            shown = await bench.say(text)
            assert shown.kind == "preview" and said.NLU_DOWN not in shown.text
            await bench.choose(shown, "Change my words")

    _run(tmp_path, talk)


def test_too_long_words_are_refused_whole(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _at_text(bench)
        await bench.say("the form " * 400)
        await bench.press("advice:more")
        refused = await bench.say("the visits " * 100)
        assert "longer than 4000 characters" in refused.text
        assert "visits" not in (await bench.press("advice:preview")).text

    _run(tmp_path, talk)


def test_the_thread_is_read_written_to_closed_and_destroyed(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        _, code, reference = await _sent(bench)
        await bench.press("forget")
        assert words.NO_THREAD in (await bench.press("advice:thread")).text
        reply(bench.advice, reference, "Ask the health visitor.")
        thread = await bench.say(f"my code is {code}")
        assert "Ask the health visitor." in thread.text and reference in thread.text
        assert words.STATE_ANSWERED in thread.text
        await bench.press("advice:write")
        preview = await bench.say("which one, the old or the new")
        assert _messages(bench, reference) == 2
        await bench.choose(preview, "Send to the adviser")
        assert _messages(bench, reference) == 3
        assert words.STATE_TAKEN in (await bench.press("advice:thread")).text
        desk = bench.advice.desk
        desk.put_back(ADVISER, reference, version=desk.thread(ADVISER, reference).version)
        waiting = (await bench.press("advice:thread")).text
        assert words.STATE_WAITING in waiting and words.STATE_TAKEN not in waiting
        await bench.press("advice:close")
        assert "closed" in (await bench.press("advice:close-now")).text
        assert "Write to the adviser" not in [button.label for button in (await bench.press("advice:thread")).buttons]
        await bench.press("advice:wipe")
        assert words.WIPED in (await bench.press("advice:wipe-now")).text
        assert "opens nothing" in (await bench.say(code)).text

    _run(tmp_path, talk)


def _messages(bench: Bench, reference: str) -> int:
    return len(bench.advice.desk.thread(ADVISER, reference).messages)


def test_a_long_thread_shows_its_newest_messages_and_the_rest_when_asked(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        _, code, reference = await _sent(bench)
        for number in range(15):
            reply(bench.advice, reference, f"Answer number {number}.")
        thread = await bench.say(code)
        assert SITUATION not in thread.text and "Answer number 14." in thread.text
        assert words.EARLIER.format(count=4) in thread.text
        whole = await bench.choose(thread, "Show all messages")
        assert SITUATION in whole.text and "Answer number 14." in whole.text

    _run(tmp_path, talk)


def test_an_adviser_who_asks_back_is_answered_with_what_is_typed_next(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        _, code, reference = await _sent(bench)
        desk = bench.advice.desk
        desk.ask(ADVISER, reference, "Has anyone asked the child?", version=desk.thread(ADVISER, reference).version)
        thread = await bench.say(code)
        assert words.ANSWER_BACK in thread.text
        preview = await bench.say("nobody has asked yet")
        assert preview.kind == "preview" and reference in preview.text
        again = await bench.press("advice:thread")
        assert "Has anyone asked the child?" in again.text
        preview = await bench.choose(again, "Go on with your question")
        assert "nobody has asked yet" in preview.text
        await bench.choose(preview, "Send to the adviser")
        assert _messages(bench, reference) == 3

    _run(tmp_path, talk)


def test_two_conversations_keep_to_their_own_threads(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        references = []
        for chat, text in (("one", "the first worry"), ("two", "the second worry")):
            for value in ("advice", "advice:subject:adults", "advice:urgency:routine"):
                await bench.press(value, chat)
            sent = await bench.press(value_of(await bench.say(text, chat), "Send to an adviser"), chat)
            references.append(dict(sent.parts[1].rows)[words.REFERENCE_LABEL])
        await asyncio.gather(*(bench.press("advice:write", chat) for chat in ("one", "two")))
        previews = await asyncio.gather(*(bench.say(f"something more for {chat}", chat) for chat in ("one", "two")))
        await asyncio.gather(*(
            bench.press(value_of(preview, "Send"), chat) for chat, preview in zip(("one", "two"), previews, strict=True)
        ))  # fmt: skip
        firsts = ("the first worry", "the second worry")
        for reference, first, chat in zip(references, firsts, ("one", "two"), strict=True):
            texts = [each.text for each in bench.advice.desk.thread(ADVISER, reference).messages]
            assert texts == [first, f"something more for {chat}"]
        crossed = await bench.press(value_of(previews[0], "Send"), "two")
        assert said.OLD_BUTTON in crossed.text

    _run(tmp_path, talk)


def test_advice_goes_into_a_record_by_its_reference_only(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        _, code, reference = await _sent(bench)
        reply(bench.advice, reference, "Ask the health visitor.")
        await bench.say(code)
        assert words.RECORD_LATER in (await bench.press("advice:record")).text
        await bench.press("restart:share-decision")
        await bench.choose(await bench.press("show"), "No")
        await bench.press("record")
        preview = await bench.press("preview")
        assert f"Anonymous advice {reference}, answered on 20 November 2026" in preview.text
        assert "Ask the health visitor" not in preview.text and code not in preview.text
        recorded = await bench.choose(preview, "Confirm and record")
        value = bench.log.show(recorded.id).fields["advice-taken"]
        assert "anonymous-adviser" in value.choices and reference in value.text
        await bench.press("restart:share-decision")
        await bench.choose(await bench.press("show"), "No")
        await bench.press("record")
        assert reference not in (await bench.press("preview")).text, "it went into a second record"

    _run(tmp_path, talk)


def test_advice_joins_a_record_in_the_making(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("restart:share-decision")
        await bench.choose(await bench.press("show"), "No")
        await bench.press("record")
        await bench.press("revise:advice-taken")
        await bench.press("field:advice-taken:line-manager")
        await bench.press("field:advice-taken:done")
        _, code, reference = await _sent(bench)
        await bench.say(code)
        before = await bench.press("preview")
        assert words.RECORD_ADDED in (await bench.press("advice:record")).text
        unseen = await bench.choose(before, "Confirm and record")
        assert unseen.kind != "recorded" and reference in unseen.text, "it was recorded without being shown"
        preview = await bench.press("preview")
        assert f"Line manager or supervisor; Adviser in this assistant, anonymously. Anonymous advice {reference}" in (
            preview.text
        )

    _run(tmp_path, talk)


def test_the_training_beneath_is_one_button_away(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("learn:three")
        await bench.press("advice")
        stopped = await bench.say("stop")
        assert (await bench.choose(stopped, "Go on with the training")).id.startswith("question:")
        sent, _, _ = await _sent(bench)
        assert "learn:show" in [button.value for button in sent.buttons]

    _run(tmp_path, talk)


@pytest.mark.parametrize("verb", ["close", "wipe"])
def test_nobody_is_asked_to_end_a_thread_that_is_not_open(tmp_path: Path, verb: str) -> None:
    async def talk(bench: Bench) -> None:
        assert words.NO_THREAD in (await bench.press(f"advice:{verb}")).text

    _run(tmp_path, talk)


def test_a_referral_is_by_the_users_own_word_and_names_nobody(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        _, code, reference = await _sent(bench)
        await bench.say(code)
        page = await bench.press("advice:referral")
        assert page.text.index("telephone first") < page.text.index("referral summary")
        assert "letter:referral-summary" in [button.value for button in page.buttons]
        assert _messages(bench, reference) == 1
        await bench.press("advice:referred")
        assert _messages(bench, reference) == 2
        await bench.press("restart:share-decision")
        await bench.choose(await bench.press("show"), "No")
        assert "record" in [button.value for button in (await bench.press("advice:referral")).buttons]
        await bench.press("record")
        recorded = await bench.choose(await bench.press("preview"), "Confirm and record")
        after = await bench.press("advice:referral")
        assert f"identify:{recorded.id}" in [button.value for button in after.buttons]
        assert words.REFERRED in (await bench.press("advice:thread")).text

    _run(tmp_path, talk)


def test_a_reply_is_told_of_only_where_the_user_chose_it(tmp_path: Path) -> None:
    address = b"chat 7 of a third party"

    async def talk(bench: Bench) -> None:
        async def press(value: str) -> Reply:
            return await bench.assistant.turn(Message(bench.chat, button=value, private_entry=False, notices=address))

        _, code, reference = await _sent(bench)
        await bench.say(code)
        assert words.NOTICE_IMPOSSIBLE in (await bench.press("advice:notices")).text
        explained = await press("advice:notices")
        assert words.NOTICE in explained.text
        reply(bench.advice, reference, "Ask the health visitor.")
        assert bench.advice.pending_notices() == (), "an address was stored before the user chose so"
        await press("advice:notices-on")
        reply(bench.advice, reference, "Ask her today.")
        assert [notice.address for notice in bench.advice.pending_notices()] == [address]
        await press("advice:notices-off")
        assert bench.advice.pending_notices() == ()

    _run(tmp_path, talk)
    assert address not in _bytes(tmp_path)


def test_unsent_words_are_not_lost_unasked(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("restart:share-decision")
        question = await bench.press("show")
        _, code, _ = await _sent(bench)
        await _at_text(bench)
        await bench.say("a second worry")
        for value in ("check:gillick-competence", "record", "save-nothing", "advice:code", value_of(question, "Yes")):
            asked = await bench.press(value)
            assert words.UNSENT_FIRST in asked.text, value
            assert "a second worry" in (await bench.press("show")).text
        assert words.OPEN_LOSES in (await bench.say(code)).text
        assert "a second worry" in (await bench.press("show")).text
        opened = await bench.press("advice:open")
        assert SITUATION in opened.text
        assert (await bench.press("show")).id == question.id

    _run(tmp_path, talk)


def test_acting_on_harm_is_never_held_up(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("restart:share-decision")
        question = await bench.press("show")
        await _at_text(bench)
        await bench.say(SITUATION)
        now = await bench.choose(question, "Someone may be harmed")
        assert now.kind == "outcome" and now.details["urgency"] == "now"

    _run(tmp_path, talk)


def test_by_telephone_it_is_the_same_at_every_step(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        first = await bench.press("advice:telephone")
        assert words.TELEPHONE_GAP in first.text and "Your organisation's safeguarding lead" in first.text
        await _at_text(bench)
        await bench.say(SITUATION)
        page = await bench.press("advice:telephone")
        assert SITUATION in page.text and "Children's social care" in page.text
        assert SITUATION in (await bench.press("show")).text

    _run(tmp_path, talk)


@pytest.mark.parametrize(
    "text", ["4821 7730 1948 226", "my code is 4821 7730 1948 22655", "/advice 4821 7730 1948 226"]
)
def test_a_mistyped_code_is_not_told_back_and_not_understood_as_a_question(tmp_path: Path, text: str) -> None:
    async def talk(bench: Bench) -> None:
        for _ in range(2):
            told = await bench.say(text)
            assert words.CODE_NEARLY in told.text
            assert not any(sign.isdecimal() for sign in told.echo)
            await bench.press("advice:code")

    _run(tmp_path, talk)


def test_danger_beside_a_code_is_answered_first(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        _, code, _ = await _sent(bench)
        told = await bench.say(f"{code} he has just hit her")
        assert told.parts[0].kind == "urgent" and SITUATION in told.text

    _run(tmp_path, talk)


def test_a_code_tells_nothing_of_why_it_opens_nothing(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        refused = await bench.say("0000 0000 0000 0001")
        assert CodeRefused().message in refused.text
        assert refused.echo == ""

    _run(tmp_path, talk)


def test_guesses_are_counted_by_the_source_that_the_channel_gives(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        async def guess(number: int, source: str) -> str:
            chat = f"chat {number}"
            told = await bench.assistant.turn(Message(chat, text=f"{number:016d}", source=source))
            return told.text

        said_ = [await guess(number, "one place") for number in range(12)]
        assert any("Wait" in text for text in said_), "twelve guesses from one place were free"
        assert "Wait" not in await guess(99, "another place")

    _run(tmp_path, talk)


def test_where_nobody_answers_the_telephone_is_offered(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        bench.advice.answered = lambda area, subject: subject is Subject.ADULTS
        await bench.press("advice")
        nobody = await bench.press("advice:subject:children")
        assert words.NOBODY.format(subject="children") in nobody.text
        assert "Children's social care" in nobody.text
        assert (await bench.press("advice:subject:adults")).id == "advice/urgency"

    _run(tmp_path, talk)


def test_without_advice_everything_else_goes_on(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        alone = Assistant(replace(bench.assistant._parts, advice=None))
        for message in (Message("x", button="advice"), Message("x", button="advice:thread"),
                        Message("x", text="0000 0000 0000 0001")):  # fmt: skip
            told = await alone.turn(message)
            assert words.UNAVAILABLE in told.text
        assert words.TELEPHONE_GAP in (await alone.turn(Message("x", button="advice:telephone"))).text

    _run(tmp_path, talk)
