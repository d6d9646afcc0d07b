"""Named schools, nurseries, hospitals, care homes and other services."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.churches import OF_A_CHURCH
from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.tokens import Token
from bot.privacy.view import View

_SCHOOL_KINDS = (
    "primary school|primary academy|primary|infant school|infants school|infants|junior school|juniors|"
    "junior academy|secondary school|secondary|high school|grammar school|grammar|comprehensive|comp|"
    "free school|special school|middle school|first school|community school|church school|academy trust|"
    "academy|sixth form college|sixth form|technical college|tech college|college|university|uni|"
    "nursery school|day nursery|nursery|preschool|pre-school|pre school|playgroup|play group|kindergarten|"
    "creche|breakfast club|after school club|afterschool club|holiday club|high|prep school|prep|school|"
    "pru|montessori|childminding|childcare|forest school|madrasa|madrassa|grammar|girls school|boys school|"
    "girls' school|boys' school|rc primary|ce primary|catholic college|technology college|tots|tiny tots|kids club|"
    "nurseries"
)
_SETTING_KINDS = (
    "general hospital|community hospital|children's hospital|university hospital|district hospital|"
    "hospital|infirmary|hospice|health centre|medical centre|medical practice|gp practice|surgery|clinic|"
    "walk in centre|care home|nursing home|residential home|children's home|childrens home|rest home|"
    "lodge|care centre|day centre|family centre|children's centre|childrens centre|youth club|"
    "youth centre|community centre|scout group|scouts|guides|brownies|cubs|church|chapel|mosque|temple|"
    "gurdwara|synagogue|hostel|refuge|prison|hmp|sheltered housing|supported living|"
    "retirement village|manor|grange|ward|memorial|royal infirmary|bmx track|gym|boxing "
    "gym|pentecostal|methodist|residential|tech|treatment unit|hotel|travelodge|foyer|dental practice|dentist|"
    "pharmacy|leisure centre|football "
    "club|"
    "fc|dance school|swimming club|gymnastics|boxing club|cmht|homecare|home care|care agency|carers agency|"
    "domiciliary|"
    "fostering|dental|dental surgery|suite|lunch club|family hub|social club|rugby club|cricket club|judo club|"
    "karate club|"
    "swim school|stables|riding school|day care|daycare|care services|healthcare|care group|care ltd|housing "
    "association|"
    "homes|health center|treatment centre|treatment center|cottage hospital|nursing|dementia unit|unit|birth "
    "centre|mosque|church hall|chapel hall|parish hall|village hall|mission hall|drill hall|community hall|"
    "memorial hall|"
    "scout hut|scout hall|guide hut|methodist church|baptist church|reformed church|parish church|church centre|"
    "church rooms|rainbows|beavers|cadets|squirrels|contact centre|extra care|football academy|tennis club|"
    "sheltered scheme|sheltered accommodation|retirement flats|almshouses|supported housing|extra care scheme|"
    "respite unit|respite home|respite|assessment unit|rehab unit|rehab|detox unit|mother and baby unit|stroke unit|"
    "women's refuge|womens refuge|night shelter|day service|day services|short breaks|mosque madrassah|"
    "mosque madrassa|madrassah|sports centre|activity centre|residents home|convent|sixth form centre|"
    "hockey club|netball club|golf club|sailing club|gymnastics club|respite centre|resource centre|nail bar"
)


def _alternatives(kinds: str) -> str:
    return "|".join(sorted((re.escape(kind.strip()) for kind in kinds.split("|")), key=len, reverse=True))


_KIND = re.compile(
    rf"(?<![\w'])(?:(?P<school>(?:{OF_A_CHURCH}\s)?(?:{_alternatives(_SCHOOL_KINDS)})|{OF_A_CHURCH})|"
    rf"(?P<setting>{_alternatives(_SETTING_KINDS)}))(?![\w])"
)
# What may stand before a kind without naming one: "the local primary", "a mental health hospital".
_GENERIC = frozenset(
    """
    a an the this that these those his her their my our your its some any no each every other another same new
    old in on at by to of for from with and or but if so as is are was were be been has have had do does did can
    could will would should may might must not he she it they we you i who what which where when why how up down
    out off over under about than then there here just only very too also into onto between within without
    during after before since until primary secondary infant infants junior juniors high middle first upper
    lower grammar comprehensive independent state special mainstream faith catholic church cofe ce rc muslim
    islamic jewish christian sikh hindu local nearby nearest private public boarding residential day night
    nursing care foster children's childrens child's kids adult adults mental health community general
    psychiatric acute maternity secure specialist family home homes house residential dental medical gp doctor's
    doctors hospital hospitals school schools nursery nurseries college colleges university sheltered supported
    women's womens women men's mens youth young people people's sunday saturday weekend evening current previous
    former present last next different whole both two three four five six one first second third academy sixth
    form further higher education technical art drama dance music swimming football boxing martial parent
    parents parent's parents' teacher mum mums mum's dad dads dad's nan's nans carer carers sister's brother's
    child pupil pupils student students patient's patients' elderly dementia learning disability respite short
    stay outside inside attend attends attending attended start starts started starting leave leaves left
    leaving go goes going went gone get gets got getting visit visits visited visiting at's tell tells told ask
    asks asked asking contact contacts contacted contacting inform informs informed ring rings rang phone phones
    phoned call calls called refuse refuses refused refusing miss misses missed missing hate hates love loves
    like likes enjoy enjoys skip skips because when while though although unless until whether me him us them
    someone anyone everyone nobody anybody good bad great nice big small large little main early years year
    reception free open closed own full time part still never always often sometimes usually now today tomorrow
    yesterday please let lets thinks think want wants need needs says said say see saw seen knows know find
    found use used work works worked working staff manager head nurse every non home's home-school pre after
    breakfast holiday out-of outside's in-patient inpatient outpatient a&e safeguarding trust legal refugee
    baptist methodist pentecostal anglican mosque temple local's multi special needs send sen behaviour
    alternative virtual online unregistered illegal religious supplementary welsh english medium rural urban
    village town city county district regional national royal's major single mixed boys boys' girls girls' take
    takes took taken taking bring brings brought bringing drop drops dropped collect collects collected
    collecting pick picks picked put puts moved move moves moving change changes changed changing between's back
    again from's share shares shared sharing sent sends sending record records information info advice concern
    concerns worried police duty social services service council authority area tier priority too really very
    quite how's per vs versus via re talk talking talks spoke speak speaking between among around near close
    opposite pass past present partner partner's hostel refuge prison open's mothers mother mother's father's
    round memory eye eyes foot hip knee hearing sexual fracture pain wound asthma diabetes diabetic drug thyroid heart
    brain cancer chest vaccine flu antenatal warm food polling workhouse skin blood breast fertility smoking weight
    obesity
    dialysis stroke cardiac open-heart plastic cosmetic back bowel gastric keyhole day-case vet vets
    baby toddler toddlers
    under-fives under fives gender continuing cat category b c d""".split()
)
# These describe a school ("a little school") unless a name follows or they have a capital ("Little Stars").
_OPENS_A_NAME = frozenset("little early bright great upper lower new old big royal green free".split())
# Kinds that many ordinary words stand in front of: "a police unit", "good homes". They need a capital or a rare word.
_WEAK_KINDS = frozenset(
    "methodist residential tech ward high fc unit suite homes nursing dental fostering homecare healthcare tots "
    "grammar".split()
)
# Kinds that begin a message only with a name in front of them: "kids planet nursery rang".
_SURE_KINDS = frozenset(
    ("nursery", "preschool", "academy", "primary", "infants", "juniors", "surgery", "playgroup", "hospice",
     "boxing club", "football club", "rugby club", "cricket club", "judo club", "karate club", "dance school",
     "swimming club", "tennis club", "contact centre", "extra care", "care home", "nursing home", "medical centre",
     "health centre", "medical practice", "primary school", "high school", "children's centre", "childrens centre",
     "community centre", "youth centre", "leisure centre", "children's home", "childrens home", "day nursery",
     "respite", "respite unit", "women's refuge", "womens refuge", "night shelter", "sheltered scheme",
     "retirement flats", "assessment unit", "day service", "supported housing", "extra care scheme", "sports centre")
)  # fmt: skip
_OF_ONE_WORD = frozenset(("respite unit", "women's refuge", "womens refuge", "night shelter", "sheltered scheme"))
_ONE_WORD_RANK = 10_000
_NOUN_RANK = 300
_RARE = 99_999
# Honours that begin the names of schools and hospitals.
_HONOURS = frozenset(
    "queen king kings queens prince bishop archbishop cardinal lady lord duke sir sacred blessed holy our royal st "
    "saint".split()
)
_CUES = frozenset(
    """
    at to from goes go went going starts started = : attends attend attending attended in near outside by joined joins
    leaves left called for of with
    and works into under moved manager head teacher pupil student resident hate hates loves likes enjoys""".split()
)
_SAINTS = frozenset(("st", "saint", "st."))
# What may stand between the name of a school and its kind: "St Benet's RC primary", "Moorside community primary".
_BETWEEN = frozenset(
    "rc ce cofe catholic community junior infant girls boys primary infants first grammar church house court "
    "close".split()
)
_MOST_WORDS = 5
_EVERYDAY_RANK = 1_500
# The hundred most frequent words are no part of a school's name.
_NAMING_RANK = 100
_WARD = re.compile(r"\bward\s(?:\d{1,3}[a-z]?|[a-z])\s(?:at|in|of|,)\s(?:the\s)?$|\bward\s(?:\d{1,3}[a-z]?)\s?,?\s?$")
_PARTNERS = re.compile(
    r"(?<!\w)drs?\.? [a-z'\-]{2,20}(?:,? (?:(?:&|and) )?[a-z'\-]{2,20}){0,2} (?:&|and) partners"
    r"(?: (?:surgery|practice))?(?!\w)"
)
_ON_WARD = re.compile(
    r"\bward\s\w{1,3}\s(?:at|in|of)\s(?:the\s)?royal\s[a-z]{4,12}(?!\w)|"
    r"\bward\s\w{1,3}\s(?:at|in|of)\s(?!(?:the|a|our|night|home|hospital|"
    r"all)\b)[a-z]{3,15}(?:\s(?:[a-z]{3,12}\s)?(?:general|memorial|infirmary|royal|hospital|"
    r"united))?(?!\w)|"
    r"\b(?:seen|treated|admitted|scan|ward|a&e|maternity|born|surgery|appointment|inpatient)\s(?:at|in|"
    r"to)\s(?:the\s)?[a-z]{3,15}(?:\s[a-z]{3,12})?\s(?:general|memorial|infirmary|royal|united)(?!\w)"
)
_HOSPITAL_OF = re.compile(
    r"\b(?:university|general|district|royal|community)\shospitals?\s(?:of\s)[a-z]{3,12}(?:\s[a-z]{3,12})?(?!\w)"
)
_NAMED_WARD = re.compile(
    r"\bon\s(?P<name>(?!(?:the|a|her|his|my|our|this|that|acute|mental|childrens|general|surgical|medical|"
    r"maternity|night|postnatal|antenatal|labour|locked|open|elderly|dementia|psychiatric|adult|"
    r"paediatric|stroke|covid|same|another|one|old|new)\b)[a-z]{3,12}\sward)(?!\w)"
)


def find(view: View, tokens: list[Token], lexicon: Lexicon) -> Iterator[Finding]:
    """Names of schools and services: words that name one, in front of a word for its kind."""
    places = {token.start: number for number, token in enumerate(tokens)}
    for hit in _KIND.finditer(view.lower):
        number = places.get(hit.start())
        if number is None:
            continue
        first = _first_word(tokens, number, hit, lexicon)
        if first is None:
            continue
        if first > 0 and tokens[first - 1].core == "the" and not tokens[first].after_break:
            first -= 1
        kind = "school" if hit.group("school") else "setting"
        yield Finding(_with_ward(view.lower, tokens[first].start), hit.end(), kind, f"looks like the name of a {kind}")
    for pattern in (_ON_WARD, _HOSPITAL_OF):
        for hit in pattern.finditer(view.lower):
            yield Finding(hit.start(), hit.end(), "setting", "looks like the name of a hospital or a ward")
    for hit in _NAMED_WARD.finditer(view.lower):
        yield Finding(hit.start("name"), hit.end("name"), "setting", "looks like the name of a ward")
    for hit in _PARTNERS.finditer(view.lower):
        yield Finding(hit.start(), hit.end(), "setting", "looks like the name of a surgery")


def _with_ward(low: str, start: int) -> int:
    before = max(0, start - 24)
    hit = _WARD.search(low[before:start])
    return before + hit.start() if hit else start


def _first_word(tokens: list[Token], number: int, hit: re.Match[str], lexicon: Lexicon) -> int | None:
    """The token with which the name begins, or None where the words in front name nothing."""
    first = number
    while first > 0 and number - first < _MOST_WORDS and _may_belong(tokens[first - 1], tokens[first]):
        first -= 1
    while first < number and tokens[first].text in "-.'":
        first += 1
    while first < number and tokens[first].core in _BETWEEN:
        first += 1
    words = [token for token in tokens[first:number] if token.is_word]
    if not words:
        return None
    # In mixed text, the name is the capitalised part: "Spoke to Oakfield Academy".
    capitals = [place for place in range(first, number) if tokens[place].capital]
    saint = [place for place in range(first, number) if tokens[place].core in _SAINTS]
    if saint:
        return saint[0]
    honours = [place for place in range(first, number) if tokens[place].core in _HONOURS]
    if honours and number - honours[0] > 1 and tokens[honours[0]].core not in ("our", "royal"):
        return honours[0]
    if honours == [number - 1] and tokens[number - 1].core in ("kings", "queens", "bishops") and hit.group("school"):
        return number - 1
    unusual = [place for place in range(first, number) if tokens[place].is_word and _is_unusual(tokens[place], lexicon)]
    if capitals and capitals[0] == 0 and _is_everyday_word(tokens[0], lexicon) and not unusual:
        # The first word of a message has a capital anyway: "Consider school and home".
        capitals = capitals if tokens[0].core in _OPENS_A_NAME else capitals[1:]
    telling = tokens[number].capital or bool(unusual) or len(capitals) > 1
    if capitals and tokens[number - 1].capital and (telling or not _is_everyday_word(tokens[number - 1], lexicon)):
        return capitals[0]
    if unusual:
        return _after_verbs(tokens, first, unusual[0])
    if first > 0 and tokens[first - 1].core in _CUES and hit.group() not in _WEAK_KINDS:
        return first if _all_nouns(words, lexicon) else None
    if first == 0 and len(words) > 1 and hit.group() in _SURE_KINDS and _all_nouns(words, lexicon):
        return first if all(lexicon.rank.get(word.core, _RARE) > _NOUN_RANK for word in words) else None
    if first == 0 and hit.group() in _OF_ONE_WORD and lexicon.rank.get(words[0].core, _RARE) > _ONE_WORD_RANK:
        return first if _all_nouns(words, lexicon) else None
    telling_words = all(lexicon.rank.get(word.core, 0) > _EVERYDAY_RANK for word in words)
    if first > 1 and tokens[first - 1].core == "the" and tokens[first - 2].core in _CUES and telling_words:
        return first if _all_nouns(words, lexicon) and not words[0].core.endswith("est") else None
    return None


def _may_belong(token: Token, following: Token) -> bool:
    if following.after_break or following.start - token.start - len(token.text) > 1:
        return False
    if token.text in ("-", ".") or token.core in _SAINTS or token.core in _BETWEEN:
        return True
    if token.core in _OPENS_A_NAME:
        return token.capital or following.core not in _GENERIC and _KIND.match(following.core) is None
    return (
        token.is_word
        and not any(one.isdigit() for one in token.core)
        and token.core not in _GENERIC
        and token.text.lower() not in _GENERIC
    )


def _is_unusual(token: Token, lexicon: Lexicon) -> bool:
    word = token.core
    if word in lexicon.names or word in lexicon.places or word in lexicon.given_places:
        return True
    if any(one.isdigit() for one in word) or word in lexicon.jargon or word in lexicon.given_words:
        return False
    return word not in lexicon.rank and len(word) > 3 and lexicon.word_distance(word) > 1


def _is_everyday_word(token: Token, lexicon: Lexicon) -> bool:
    return lexicon.rank.get(token.core, _EVERYDAY_RANK) < _EVERYDAY_RANK


def _after_verbs(tokens: list[Token], first: int, unusual: int) -> int:
    """Names of several words begin before the unusual word only where a cue stands in front: "at little oakfield"."""
    return first if first > 0 and tokens[first - 1].core in _CUES else unusual


def _all_nouns(words: list[Token], lexicon: Lexicon) -> bool:
    """Whether ordinary words in front of a kind can be its name: "at sunny days nursery", not "to safe hospital"."""
    return all(
        word.core in _OPENS_A_NAME
        or lexicon.rank.get(word.core, _RARE) > _NAMING_RANK
        and not word.core.endswith(("ing", "ed", "ly", "ally"))
        for word in words
    )
