# ruff: noqa: E501  (word lists: a row holds what belongs together)
"""Signs in a message that it is, or is not, a report of something happening: words of closing, study, agreement, haste.

None decides by itself: each is a name for which the classifier has learnt a weight (bot/urgent/evidence.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from bot.urgent.concepts import CONCEPTS
from bot.urgent.frames import stands
from bot.urgent.normalise import Sentence
from bot.urgent.patterns import Phrase, compile_concepts

_SIGNS: Final = MappingProxyType(
    {
        # what tells of calm
        "no worry": (
            "no|not|nothing|zero|without|never|nobody|none|any ~ concern|concerns|worried|worries|worry|risk|danger|harm|harmed|hurt|abuse|abused|abusive|violence|violent|safeguarding|urgent|emergency|suspected|wrong|threat|threats|evidence|injuries|missing|sinister|illegal|suicidal|underage",
            "is not a|an safeguarding|emergency|disclosure|threat|risk|concern|crime|allegation", "false alarm", "turned out", "turns out", "panic over", "stand down", "scrap that", "called off", "wrong client|person|house|room|number|child|box", "by mistake", "by accident", "only|just asking|asks|want|wants|need|checking|a_question|a_copy",
        ),
        "closed": (
            "closed|concluded|resolved|sorted|settled|archived|archive|expired|lifted|lapsed|unfounded|acquitted|cleared|convicted|jailed|discharged|withdrawn|finished|ended|debriefed|deceased|died|spent|apologised|stepped_down|signed_off|dealt_with|no_further_action|nfa|found_false|found_safe|found_nothing|served_his_time|passed_away|moved_on|ran_out|case_to_answer|no_role",
        ),
        "long past": (
            "years|yrs|decades|year|terms|months ago|back|since", "ages|long ago", "last|two|three|four|five|six|ten|twenty|thirty|forty years|year|spring|summer|autumn|winter|term|century", "when|as he|she|i|they|a was|were|child|nipper|kid|boy|girl", "used to be|have|drink|hit|cut|run|work|live", "historic|historical|decades|formerly|childhood|forebears|grown_up|grown|survivor",
        ),
        "all well": (
            "fine|happy|well|great|lovely|thriving|brilliant|smashing|flying|settled|safe_and_well|healthy|cheerful|content|proud|delighted|chuffed|thrilled|stable|ok|okay|grand|relaxed|laughing|laughed|laugh|friendly|amicable|polite|recovered|healed|better|good|enjoyed|enjoys|loves|loved|sober|clean|relieved|sensible",
        ),
        "agreed": (
            "agreed|agrees|consented|consents|said_yes|says_yes|signed|happy_for|happy_with|fine_with|ok_with|okay_with|asked_me|asked_us|wants_us|wants_me|would_like|wants_to|nodded|willing|opted|permission|has_capacity|gave_consent|consent_on_file|verbal_yes|in_favour|keen|all_for_it|approved|his_choice|her_choice|their_choice|declined|prefers|rather",
        ),
        "study": (
            "training|trainer|course|courses|module|modules|quiz|quizzes|exam|essay|assignment|dissertation|lesson|lessons|lecture|lecturer|tutor|student|learner|learners|workbook|handbook|textbook|slide|slides|scenario|scenarios|role_play|example|examples|case_study|case_studies|webinar|refresher|certificate|poster|leaflet|policy|procedure|protocol|guidance|definition|induction|nvq|uni|university|viva|revision|revising|mock|pretend|imaginary|made_up|fictional|drama|film|book|novel|play|documentary|podcast|telly|tv|research|statistics|stats|figures|governors|trustees|inspector|ofsted|audit|interview|drill|exercise|awareness|newsletter|journal",
        ),
        "in general": (
            "what_if|suppose|supposing|hypothetical|hypothetically|in_theory|theoretically|theoretical|in_principle|in_general|generally|general_question|as_a_rule|normally|usually|nobody_in_mind|no_one_in_mind|lets_say|let_us_say|imagine|legally|by_law|nothing_real|according_to|for_instance|whenever|ever|always|typical|sort_of|supposed_to|meant_to|allowed_to",
            "if|when|should|must|can|does|do|are|is a|an|any|someone|somebody|staff|schools|teachers|children|adults|people|parents|patients|professionals|agencies",
        ),
        "defines": (
            "what is|are|does|counts|happens|do", "difference between", "meaning|define|definition|explain|list|describe|summarise|compare|remind|spell|mean|means|stand_for|called|threshold|criteria",
        ),
        "paperwork": (
            "form|forms|file|files|filed|record|records|recorded|log|logged|minutes|template|copy|copies|letter|letters|retention|keep|kept|shred|destroy|delete|archive|archived|folder|notes|note|register|report|reports|invoice|spreadsheet|signature|address|number|email|emails|link|page|box|tick|wording|database|password|printed|print|agenda|meeting|appointment|referral_form|reference|photo|photos|mileage|rota|booking|timetable|paper|envelope|certificate|badge|grant|passport|insurance",
        ),
        "laughs": ("lol|haha|ha|lmao|joking|joke|jokes|jk|giggles|giggling|bless|phew|cheers|ta|thanks|ignore|oops|sorry",),
        "of my work": (
            "i|we|im|am|my|our|me|this|that|the ~ spreadsheet|paperwork|deadline|deadlines|report|laptop|computer|printer|screen|phone_bill|database|meeting|agenda|rota|form|forms|acronym|acronyms|inspection|ofsted|audit|manager|boss|supervisor|supervision|budget|workload|team|panel|emails|quiz|match|game|final|song|wifi|car|knee|back|shoulder|brew|tea|coffee|cake|weather|recipe|holiday|leave|pension|payslip",
        ),
        # whom it is about
        "a small child": ("%under13|toddler|toddlers|baby|babies|newborn|infant|bairn|bairns|wean|nursery|playgroup|preschool|reception|nappy|cot|pram|pushchair|childminder|brownies|cubs|midwife|bump|unborn|pregnant",),
        "a teenager": ("%teenager|teenager|teen|teens|gcse|a_level|sixth_form|sixth_former|youth|snapchat|snap|nudes|xbox|roblox",),
        "at school": ("school|class|classroom|pupil|pupils|teacher|teachers|form|homework|playground|pe|assembly|lunch_club|dinner_lady|headteacher|ta|kid|kids|child|children|girl|girls|boy|boys|foster",),
        "an adult": ("%adult|man|woman|lady|ladies|gentleman|gent|chap|fella|bloke|tenant|client|patient|wife|husband|partner|service_user|hostel|worker|workers",),
        "an old person": ("elderly|old|pensioner|pension|gran|nan|nana|granny|grandma|grandad|granddad|widow|widower|dementia|alzheimers|frail|resident|residents|care_home|carer|carers|sheltered|bedbound|housebound|parkinsons|stroke|district_nurse",),
        "a disabled person": ("ld|downs|autism|autistic|disabled|disability|disabilities|wheelchair|cerebral_palsy|brain_injury|blind|deaf|learning_difficulties|adhd",),
        # what tells of something that goes on
        "now": (
            "now|tonight|today|just|currently|ongoing|still|again|keeps|kept|minute|minutes|hour|hours|this_morning|this_afternoon|this_week|last_night|yesterday|since_monday|since_friday|since_sunday|at_the_moment|right_now|any_minute|so_far|as_we_speak|tomorrow|weekend|until|waiting|outside|here|happening|nights|every",
        ),
        "told": ("told|disclosed|disclosure|whispered|blurted|confided|says|said|saying|showed|text|texted|rang|phoned|message|messaged|wrote|drew|admitted|begged|told_me|told_us|overheard|heard|saw|seen|noticed|found",),
        "afraid": ("terrified|scared|frightened|afraid|fears|shaking|trembling|crying|cries|screaming|screams|flinched|flinches|flinch|begging|sobbing|hiding|hides|cowering|rigid|silent|panicking|desperate|uneasy|worried|withdrawn",),
        "on their own": ("alone|on_her_own|on_his_own|on_their_own|by_himself|by_herself|unattended|unsupervised|locked|padlock|padlocked|bolt|bolted|left_in|shut_in|trapped|stuck|missing|gone|vanished|disappeared|not_answering|no_answer|no_one_answering|nobody_answering",),
        "goes without": ("starving|starved|hungry|unfed|no_food|not_eaten|not_eating|not_drinking|no_heating|freezing|cold|filthy|filth|soiled|sores|maggots|thin|skinny|skeletal|underweight|weight|insulin|dehydrated|septic|unwashed|stinks|smell|smells",),
        "held over": ("makes_her|makes_him|made_her|made_him|makes_them|will_not_let|does_not_let|not_allowed|controls|controlling|forced|forces|pressured|pressuring|owes|debt|passport|watching|follows|following|followed|tracks|tracker|answers_for|speaks_for|in_the_room|bank_card|pin|pension",),
        "no one comes": ("cannot_reach|can_not_reach|not_picking_up|no_reply|no_one_here|engaged|voicemail|on_my_own|only_one|nobody_has|no_one_has|wont_come|will_not_come|closed_it|threshold|arguing|disagree|not_us|refusing|refuses|refused|cancelled|stopped|shut_the_door|withdrawn",),
    }
)
_CONCEPTS: Final = ("hit", "beaten", "abused", "touch", "private", "sex", "images", "marks", "weapon", "threat", "suicide", "selfharm", "tablets", "drugs", "dying", "gone", "money", "child", "littlechild", "partner", "parent", "staff")
"""Word lists of bot/urgent/concepts.py that are signs by themselves."""

_NOTHING: Final = compile_concepts({})
_COMPILED: Final = {name: tuple(Phrase(text, _NOTHING) for text in texts) for name, texts in _SIGNS.items()}
_ALL_LISTS: Final = compile_concepts(CONCEPTS)
_LISTS: Final = {name: (_ALL_LISTS[name], _ALL_LISTS[name].firsts()) for name in _CONCEPTS}


def signs(sentences: tuple[Sentence, ...]) -> dict[str, None]:
    """Names of the signs in a message, each once; "last ..." where one stands in its last sentence."""
    found: dict[str, None] = {}
    for place, sentence in enumerate(sentences):
        last = place == len(sentences) - 1
        for name, phrases in _COMPILED.items():
            if stands(phrases, sentence.words):
                found[f"sign {name}"] = None
                if last:
                    found[f"last {name}"] = None
        found.update((f"word {name}", None) for name in _listed(sentence.words))
    return found


def _listed(words: tuple[str, ...]) -> Iterator[str]:
    for name, (alternatives, firsts) in _LISTS.items():
        places = (place for place, word in enumerate(words) if word in firsts)
        if any(True for place in places for _ in alternatives.ends(words, place)):
            yield name
