"""Words of which a detail that may point to one person is made, as alternatives of a pattern."""

from __future__ import annotations

import re

SOMEBODY = (
    "girl|boy|child|lad|lass|kid|pupil|student|daughter|son|sister|brother|twin(?! [gbs])|woman|man|lady|mother|father|"
    "mum|dad|resident|patient|client|male|female|teenager|baby|toddler|granddaughter|grandson|niece|nephew|stepson|"
    "stepdaughter|teen|infant|schoolgirl|schoolboy|youngster|young person|schoolchild"
)
ARTICLE = r"(?P<article>\b(?:an?|the|this|that|his|her|their|our|my)\s+)?"
NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-2]"
DAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTHS = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun"
    "|jul|aug|sept?|oct|nov|dec)"
)
PEOPLES = (
    "afghan|albanian|algerian|arabic|bangladeshi|bengali|brazilian|bulgarian|cantonese|chinese|czech|eritrean|"
    "ethiopian|filipino|ghanaian|greek|gujarati|hungarian|indian|iranian|iraqi|jamaican|kosovan|kurdish|latvian|"
    "lithuanian|mandarin|moroccan|nepalese|nepali|nigerian|pakistani|pashto|polish|portuguese|punjabi|romanian|"
    "russian|slovak|somali|sudanese|syrian|tamil|tigrinya|turkish|ukrainian|urdu|vietnamese|yemeni|zimbabwean|"
    "roma|romany|gypsy|traveller|jewish|muslim|sikh|hindu|buddhist|mormon|jehovah's witness|asylum[- ]seeking|"
    "refugee"
)
ONE_OF_A_KIND = (
    "mps?|police (?:and crime )?commissioner|"
    "head ?teacher|head ?mistress|head ?master|deputy head|vicar|priest|imam|rabbi|pastor|bishop|nun|mayor|"
    "councillor|member of parliament|magistrate|chief inspector|police inspector|sergeant|detective|"
    "football coach|swimming coach|gymnastics coach|dance teacher|piano teacher|scout leader|guide leader|"
    "cub leader|school governor|chair of governors|caretaker|lollipop (?:lady|man)|publican|landlord of the pub|"
    "shopkeeper|farmer|lighthouse keeper|undertaker|town clerk|school cook|bus driver|footballer|celebrity|actor|"
    "singer|jockey|boxer"
)
RARE = (
    "down'?s syndrome|cystic fibrosis|muscular dystrophy|cerebral palsy|spina bifida|"
    "sickle cell(?: disease| anaemia)?|tourette'?s(?: syndrome)?|haemophilia|leukaemia|motor neurone disease|"
    "huntington'?s(?: disease)?|prader[- ]willi(?: syndrome)?|fragile x(?: syndrome)?|albinism|dwarfism|"
    "brittle bones?(?: disease)?|foetal alcohol (?:syndrome|spectrum disorder)|locked[- ]in syndrome|hiv|"
    "alopecia|lupus|vitiligo|narcolepsy|progeria|epidermolysis bullosa"
)
SENSES = "deaf ?blind|deaf|blind|wheelchair user|amputee|paraplegic|quadriplegic"
THE = "(?:the|a|an|that|this|our|her|his|their|my)"
PUBLIC = "(?:in|on|all over) (?:the |our |local |national )+(?:news(?:paper)?s?|papers?|press|telly|tv)"
NO_PLACES = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|"
    "Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter|Year|English|Children|Adult|Social|Police|Health|"
    "Education|Early|Reception|Section|Working|Urdu|Polish|Welsh|The"
)
ONE = "(?:one|person|family|child|pupil|girl|boy|woman|man|resident|teacher)"
FEW = "(?:family|child|pupil|girl|boy|resident|teacher)"

# ---- ages in words
AGE_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
"""In order, from one."""
YEAR_WORDS = "|".join(reversed(AGE_WORDS[:13]))
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
"""In order, from twenty."""
BANDS: tuple[tuple[int, str, str, str], ...] = (
    (1, "very young", "a baby", "under two"),
    (4, "pre-school", "a child under five", "under five"),
    (10, "primary-age", "a child of primary age", "of primary age"),
    (12, "secondary-age", "a child of secondary age", "of secondary age"),
    (15, "teenage", "a teenager", "in the early teens"),
    (17, "older teenage", "an older teenager", "aged 16 or 17"),
    (24, "young adult", "a young adult", "in early adulthood"),
    (64, "working-age", "an adult of working age", "of working age"),
    (130, "older", "an older adult", "over 65"),
)
"""Up to which age; an adjective, a noun phrase, and what follows "aged" or "is"."""
AGE = rf"\d{{1,3}}|(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(AGE_WORDS[:9])}))?|{'|'.join(reversed(AGE_WORDS))}"
AGE_ENDS = (
    r"(?=\s*(?:[,;.)!?]|$)|\s+(?:at|in|from|with|and|who|whose|is|was|has|had|goes|lives|attends|living|attending|but)\b)"
)
"""What may follow the number of an age that no word says is one: "a girl, 13, at"."""

# ---- settings
KIND_OF_SCHOOL = (
    "special|boarding|village|faith|church|catholic|jewish|muslim|islamic|private|independent|grammar|welsh|steiner|"
    "small|local|only|primary|secondary|junior|infants?|high|middle|comprehensive|nursery|prep|preparatory|public|"
    "sixth[- ]form|girls'?|boys'?|rural|nearby|church of england|c of e|rc"
)
SETTING = (
    r"academy|primary|infants|juniors|grammar|comprehensive|nursery|pre-?school|play ?group|pupil referral unit|pru|"
    r"comp|sixth[- ]form(?: college)?|college|care home|nursing home|residential home|children'?s home|boarding house|"
    r"sheltered housing|day cent(?:re|er)|youth club"
)
SETTING_MASKS = ("[school]", "[setting]")

# ---- what happened to somebody once: each with more general words that read on
RELATIVE = (
    "dad|mum|mam|father|mother|brother|sister|parents?|step-?dad|step-?mum|step-?father|step-?mother|uncle|aunt|auntie|"
    "cousin|gran|nan|nana|grandad|grandfather|grandmother|twin|son|daughter|husband|wife|partner|boyfriend|girlfriend|"
    "best friend|friend|baby|carer"
)
_BE = r"(?:was|were|is|are|has been|had been|have been|got|getting|being|just been|been)(?: just| recently| later)?"
_WHEN = r"(?: (?:last|this) (?:week|month|year|term|summer|night|weekend)| yesterday| today| this morning)?"
_LAW = (
    r"arrested|charged|convicted|sentenced|jailed|imprisoned|deported|detained|remanded|cautioned|tasered|"
    r"sent (?:to prison|down)|on remand|on bail|on trial|in (?:prison|custody)"
)
_HARM = (
    r"murdered|killed|stabbed|shot|kidnapped|abducted|run over|knocked (?:down|over|off)|hit by an? \w+|mugged|"
    r"attacked|beaten up|electrocuted|scalded|burn(?:ed|t)|airlifted|rescued|struck by lightning|trapped|"
    r"(?:bitten|mauled|kicked) by an? \w+|raped|poisoned|trafficked|"
    r"locked (?:in|out)|left (?:on|at|in|behind)|found (?:dead|unconscious|collapsed|naked|drunk|\w+ing)|sectioned|"
    r"evicted|evacuated|married|engaged|baptised|adopted|crowned|elected|interviewed|photographed|filmed|"
    r"caught \w+ing"
)
_OWN = "(?:his|her|their|its|the|a|an|my|both|both his|both her)"
INCIDENTS: tuple[tuple[str, str], ...] = (
    (rf"{_BE} (?:{_LAW}){_WHEN}", "had a legal matter"),
    (rf"(?:went|going|sent) (?:to (?:prison|jail|court|trial)|on trial|before the (?:court|magistrates)){_WHEN}",
     "had a legal matter"),
    (rf"on trial|on remand|on bail|(?:appeared|appearing|gave evidence|giving evidence|stood trial|up) "
     rf"(?:in|at) (?:the )?(?:\w+ )?court{_WHEN}",
     "had a legal matter"),
    (rf"{_BE} (?:permanently )?(?:excluded|expelled|suspended){_WHEN}", "was disciplined"),
    (rf"(?:suspension|exclusion|expulsion){_WHEN}", "matter of discipline"),
    (rf"{_BE} (?:{_HARM}){_WHEN}", "had a serious event"),
    (rf"(?:gave birth|had (?:a|her|the) baby|had (?:a miscarriage|a stillbirth|an abortion|twins))"
     rf"(?: (?:in|at|on) the \w+)?{_WHEN}", "needed medical care"),
    (r"(?:(?:is|was|fell|became|got) )?(?:\w+ (?:months|weeks) )?pregnant(?: by \w+ \w+)?", "needs medical care"),
    (rf"(?:died|dies|drowned|took (?:his|her|their) own life|"
     rf"(?:killed|hanged|hung|shot|stabbed|burn(?:ed|t)|set fire to) "
     rf"(?:himself|herself|themselves)|passed away|lost (?:his|her|their) (?:life|{RELATIVE}))"
     r"(?: (?:in|of|from|after) (?:an? |the )?\w+(?: (?:crash|accident|collision|fire|attack|cancer))?)?" + _WHEN,
     "had a serious event"),
    (rf"(?:collapsed|fainted|choked|poisoned|sectioned|attempted suicide|tried to (?:kill|hang|drown|poison) \w+|"
     rf"(?:drank|swallowed|ate|choked on) (?:an? |some |the )?(?:bleach|batter(?:y|ies)|magnets?|petrol|poison|acid|"
     rf"antifreeze|tablets|pills|glass|grape|coins?|cannabis \w+)|nearly drowned|overdosed|took an overdose|"
     rf"had (?:a|an) (?:\w+ )?(?:stroke|seizure|fit|heart attack|overdose|accident|crash|"
     rf"transplant|amputation|operation)){_WHEN}",
     "needed medical care"),
    (rf"(?:broke|fractured|lost|burn(?:ed|t)|scalded|cut off|injured) {_OWN} "
     rf"(?:\w+ )?(?:arms?|legs?|neck|back|wrists?|ankles?|jaw|skull|hips?|fingers?|hands?|foot|feet|eyes?|nose|"
     rf"collarbone|sight|hearing){_WHEN}", "was hurt"),
    (rf"(?:fell|jumped|climbed) (?:off|from|out of|through|into|onto|down) (?:the |a |an |his |her )?\w+{_WHEN}",
     "was hurt"),
    (rf"(?:set fire to|burn(?:ed|t) down|blew up|crashed|stole|smashed up|vandalised|hacked|pulled a knife on|stabbed|"
     rf"attacked|bit(?: off)?|punched|head-?butted) (?:the|a|an|his|her|their|another|one of) (?:\w+ )?\w+{_WHEN}|"
     rf"set (?:\w+ )?\w+ on fire{_WHEN}",
     "was part of a serious event"),
    (rf"(?:house|home|flat|caravan|shop|car) (?:was |got )?(?:burn(?:ed|t)(?: down)?|flooded|raided|fire-?bombed|"
     rf"caught fire|exploded){_WHEN}", "family had a serious event"),
    (rf"(?:brought|took|had|carried|carrying|found with|caught with) (?:in )?an? (?:\w+ )?(?:knife|gun|weapon|machete|"
     rf"blade|axe|air rifle)(?: (?:into|in|to|on) \w+)?{_WHEN}", "broke a rule"),
    (rf"(?:ran away|ran off|went missing|disappeared|absconded|eloped){_WHEN}", "was away"),
    (r"(?:won|was awarded|has won|had won|was given|received|got) (?:an?|the|first|second|gold|silver|bronze) "
     r"(?:\w+[- ]){0,3}?(?:award|medal|prize|competition|championships?|title|cup|trophy|"
      r"scholarship|race|place|election|lottery)",
     "did well"),
    (r"(?:plays?|played|swims?|swam|runs?|ran|boxes|boxed|fenced|competed|competes|sings?|sang|acted) (?:\w+ )?for "
     r"(?:england|britain|great britain|scotland|wales|ireland|the county|the country)", "has a hobby"),
    (r"(?:was |were |been |appeared |has been )?on (?:the )?(?:tv|telly|television|radio|x factor|got talent)",
     "was seen by others"),
    (r"(?:all over|posted on|live on|viral on|filmed for|filmed on) (?:facebook|tik ?tok|instagram|snapchat|youtube|"
     r"social media|whatsapp)", "seen by others"),
    (r"(?:moved|came|come|arrived|fled|flew)(?: (?:here|over|to (?:england|the uk|britain|wales)))?"
     r"(?: (?:alone|recently|last (?:week|month|year|term|summer)|in \w+))? "
     r"(?:from|in from|over from) (?!the (?:school|hospital|gp)\b)(?!school|home|hospital|work|care)(?:the )?\w+",
     "moved"),
    (r"(?:has|had|have|with|diagnosed with|got|getting|treated for) (?:an? )?(?:very )?"
     r"(?:rare \w+(?: \w+)?|brain tumou?r|cancer|\w+ cancer|lymphoma|meningitis|sepsis|tuberculosis|tb|"
     r"heart transplant|kidney transplant|transplant|artificial leg|prosthetic \w+|one (?:arm|leg|eye|hand))",
     "had a health condition"),
)  # fmt: skip

# ---- a relative clause about something that happened once, however it is put
_ORDINARY = (
    "told|said|says|asked|wanted|disclosed|refused|needed|agreed|consented|mentioned|reported|confided|shared|lived|"
    "used|worked|called|talked|spoke|made|did|had|seemed|looked|appeared|liked|stayed|attended|wished|tried|started|"
    "stopped|knew|felt|thought|kept|came|went|referred|concerned|worried|need"
)
_IRREGULAR = (
    "ran|fell|broke|stole|brought|took|threw|gave|hit|bit|cut|lost|found|won|left|wrote|drove|swam|fought|beat|shot|"
    "hid|froze|drank|ate|swallowed|caught|set|hurt|sent|sold|bought|blew|shook|flew|woke|rode|got|"
    "became|was (?:on|in) (?:the )?[a-z]+"
)
_PAST = (
    rf"(?!(?:{_ORDINARY})\b)(?:(?:was|were|got|has been|had been) (?:[a-z]{{2,}}(?:ed|en|own)|{_IRREGULAR})"
    rf"|[a-z]{{2,}}ed|{_IRREGULAR})"
)
_CLAUSE_REST = (
    r"(?:\s+(?!(?:and|but|can|could|do|does|did|should|shall|may|must|is|are|am|what|who|whom|i|we|so|because|now)\b)"
    r"[\w'-]+){0,8}"
)
CLAUSE = (
    r"(?<=[\w\],] )(?P<who>who|that|whose (?:\w+ )?\w+)\s+(?:just |once |recently |nearly |almost )?"
    rf"{_PAST}\b{_CLAUSE_REST}"
)
FAMILY_CLAUSE = (
    rf"\b(?:whose|(?:his|her|their)) (?:\w+ )?(?:{RELATIVE}) (?:(?:is|are|was|were) (?:an?|the|in an?|in|on|a) \w+|"
    rf"(?:both )?{_PAST}\b){_CLAUSE_REST}"
)
"""What somebody in the family is, or what happened to them."""


def number(said: str) -> int:
    """The number that is said in digits or in words."""
    if said.isdecimal():
        return int(said)
    first, *rest = re.split("[- ]", said.casefold())
    if first in TENS:
        return 20 + 10 * TENS.index(first) + sum(number(each) for each in rest)
    return 1 + AGE_WORDS.index(first)
